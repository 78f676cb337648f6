//! `#[secure(..)]` on a handler: the struct, the function, the policy, and the road to it.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{access, block, call, handler, numbered, request, serve};
use crate::{
    errors::Soundness,
    model::{Endpoint, Exposure, Form, Route},
    paths::Words,
    tokens,
};

/// The whole expansion of an endpoint.
pub(crate) fn endpoint(endpoint: &Endpoint, soundness: Soundness) -> TokenStream {
    let handler = handler::handler(endpoint);
    let conditions = handler::conditions(endpoint);
    let markers = markers(endpoint);
    let policy = match (&endpoint.route, soundness) {
        (Some(route), Soundness::Sound) => {
            let (policy, serve) = (policy(endpoint, route), serve::serve(endpoint));
            let parts = match &endpoint.handler.form {
                Form::Function(_) => None,
                Form::Struct(request, _) => Some(request::parts(endpoint, request)),
            };
            quote!(#parts #policy #serve)
        }
        (None, _) | (_, Soundness::Broken) => {
            let (broken, serve) = (broken(endpoint), serve::refuse(endpoint));
            quote!(#broken #serve)
        }
    };
    let block = block(&endpoint.paths, &quote!(#policy #markers));
    quote! {
        #handler
        #conditions
        #block
    }
}

/// The policy. One constant names each type of the signature, always at the user's token: rustc says there that a type is
/// no argument or no answer, and says it once for each constant.
fn policy(endpoint: &Endpoint, route: &Route) -> TokenStream {
    let private = endpoint.paths.private(Span::call_site());
    let ident = &endpoint.handler.ident;
    let (id, path) = (&endpoint.id, &route.path);
    let method = Ident::new(route.method.variant(), Span::call_site());
    let (constants, controls) = controls(endpoint);
    let (parameter_constants, parameters) = parameters(endpoint);
    let (described, tagged, public) = (described(endpoint), tagged(endpoint), public(endpoint));
    let arguments = &endpoint.handler.arguments;
    let longest = arguments.iter().map(|ty| {
        let private = endpoint.paths.private(ty.span());
        quote_spanned!(ty.span()=> <#ty as #private::Argument<#ident>>::longest)
    });
    let callers = arguments.iter().map(|ty| {
        let private = endpoint.paths.private(ty.span());
        quote_spanned!(ty.span()=> <#ty as #private::Argument<#ident>>::CALLERS)
    });
    let taking = (!arguments.is_empty()).then(|| quote!(.taking(&[#(#callers),*])));
    let documents = arguments.iter().map(|ty| {
        let private = endpoint.paths.private(ty.span());
        let operation = tokens::local("__operation", ty.span());
        quote_spanned!(ty.span()=> <#ty as #private::Argument<#ident>>::document(#operation);)
    });
    let response = {
        let ty = &endpoint.handler.response;
        let private = endpoint.paths.private(ty.span());
        let operation = tokens::local("__operation", ty.span());
        quote_spanned!(ty.span()=> <#ty as #private::Respond>::document(#operation);)
    };
    let proofs = proofs(endpoint);
    // The proof is a static of its own, so that what it says is said at the path and not at all of the attribute.
    let at_path = endpoint.paths.private(path.span());
    let sealed = quote_spanned!(path.span()=> static __POLICY: #at_path::Endpoint = __DRAFT.seal(););
    quote! {
        #constants
        #parameter_constants
        const __DRAFT: #private::Endpoint = {
            #proofs
            #private::Endpoint::new(#id, #private::Method::#method, #path)
                #described #tagged #public
                .controls(&[#(#controls),*])
                #parameters
                #taking
                .body(|| #private::longest(&[#(#longest),*]))
                .document(|__operation| { #(#documents)* #response })
        };
        #sealed
        impl #private::Annotated for #ident {
            const POLICY: &'static #private::Endpoint = &__POLICY;
        }
    }
}

/// A constant for each control, and their names in source order, `allow` last.
fn controls(endpoint: &Endpoint) -> (TokenStream, Vec<Ident>) {
    let mut constants = TokenStream::new();
    let mut names = Vec::new();
    for (at, control) in endpoint.controls.iter().enumerate() {
        let span = control.span();
        let (private, name) = (endpoint.paths.private(span), numbered("CONTROL", at, span));
        let value = call::control(&endpoint.paths, Words::Controls, control);
        constants.extend(quote_spanned!(span=> const #name: #private::Control = #value.control();));
        names.push(name);
    }
    if let Some(allow) = &endpoint.allow {
        let (tree, root) = access::access(&endpoint.paths, allow);
        let span = root.span();
        let (private, name) = (endpoint.paths.private(span), numbered("CONTROL", names.len(), span));
        constants.extend(tree);
        constants.extend(quote_spanned!(span=> const #name: #private::Control = #root.control();));
        names.push(name);
    }
    (constants, names)
}

fn parameters(endpoint: &Endpoint) -> (TokenStream, TokenStream) {
    let private = endpoint.paths.private(Span::call_site());
    let objects = endpoint.objects.iter().map(|object| {
        let span = object.ty.span();
        let (private, name, ty) = (endpoint.paths.private(span), tokens::unraw(&object.parameter), &object.ty);
        quote_spanned!(span=> #private::ObjectParameter::new(#name, <#ty as #private::Object>::ID, <#ty as #private::Object>::describe))
    });
    let opens = endpoint.opens.iter().map(|open| {
        let (name, reason) = (tokens::unraw(&open.parameter), &open.reason);
        quote!(#private::OpenParameter::new(#name, #reason))
    });
    let constants = quote! {
        const __OBJECTS: &[#private::ObjectParameter] = &[#(#objects),*];
        const __OPENS: &[#private::OpenParameter] = &[#(#opens),*];
    };
    (constants, quote!(.objects(__OBJECTS).opens(__OPENS)))
}

fn described(endpoint: &Endpoint) -> Option<TokenStream> {
    let docs = endpoint.handler.docs();
    let (summary, rest) = (docs.summary(), docs.rest());
    (!docs.is_empty()).then(|| quote!(.described(#summary, #rest)))
}

fn tagged(endpoint: &Endpoint) -> Option<TokenStream> {
    endpoint.tag.as_ref().map(|tag| quote_spanned!(tag.span()=> .tagged(#tag)))
}

fn public(endpoint: &Endpoint) -> Option<TokenStream> {
    match &endpoint.exposure {
        Exposure::Guarded => None,
        Exposure::Public(reason) => Some(quote_spanned!(reason.span()=> .public(#reason))),
    }
}

/// A generic type is proved bounded where it is used, at the user's token.
fn proofs(endpoint: &Endpoint) -> TokenStream {
    let ident = &endpoint.handler.ident;
    let arguments = endpoint.handler.arguments.iter().map(|ty| {
        let private = endpoint.paths.private(ty.span());
        quote_spanned!(ty.span()=> let () = <#ty as #private::Argument<#ident>>::DECLARED;)
    });
    let ty = &endpoint.handler.response;
    let private = endpoint.paths.private(ty.span());
    let response = quote_spanned!(ty.span()=> let () = <#ty as #private::Respond>::DECLARED;);
    quote!(#(#arguments)* #response)
}

fn broken(endpoint: &Endpoint) -> TokenStream {
    let private = endpoint.paths.private(Span::call_site());
    let ident = &endpoint.handler.ident;
    let (generics, parameters, where_clause) = endpoint.handler.generics.split_for_impl();
    quote! {
        impl #generics #private::Annotated for #ident #parameters #where_clause {
            const POLICY: &'static #private::Endpoint = &#private::BROKEN;
        }
    }
}

/// What other types ask of the endpoint: whether there is a caller, and which objects it loads.
fn markers(endpoint: &Endpoint) -> TokenStream {
    let private = endpoint.paths.private(Span::call_site());
    let ident = &endpoint.handler.ident;
    let (generics, parameters, where_clause) = endpoint.handler.generics.split_for_impl();
    // No `#[diagnostic::do_not_recommend]` here: a crate without the implicit prelude has no such path.
    let guarded = match endpoint.exposure {
        Exposure::Guarded => Some(quote!(impl #generics #private::Guarded for #ident #parameters #where_clause {})),
        Exposure::Public(_) => None,
    };
    let mut seen = HashSet::new();
    let loads = endpoint.objects.iter().filter(|object| seen.insert(tokens::text(&object.ty))).map(|object| {
        let ty = &object.ty;
        quote!(impl #generics #private::Loads<#ty> for #ident #parameters #where_clause {})
    });
    quote!(#guarded #(#loads)*)
}
