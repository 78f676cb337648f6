//! The road from a request to the handler: objects, arguments, call, response.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{numbered, request};
use crate::{
    model::{Endpoint, Form},
    tokens,
};

/// The impl of `Serve`.
pub(super) fn serve(endpoint: &Endpoint) -> TokenStream {
    let span = Span::call_site();
    let private = endpoint.paths.private(span);
    let ident = &endpoint.handler.ident;
    let bounds = endpoint.handler.arguments.iter().map(|ty| {
        let span = ty.span();
        let private = endpoint.paths.private(span);
        quote_spanned!(span=> #ty: #private::Extract<__S, #ident>)
    });
    let loadable = endpoint.objects.iter().map(|object| {
        let ty = &object.ty;
        let span = ty.span();
        let private = endpoint.paths.private(span);
        quote_spanned!(span=> #ty: #private::ObjectIn<__S>)
    });
    let body = body(endpoint);
    quote! {
        impl<__S> #private::Serve<__S> for #ident
        where
            __S: #private::AnyState,
            #(#bounds,)*
            #(#loadable,)*
        {
            async fn serve(__request: &mut #private::Request<'_, __S>) -> #private::Outcome {
                #body
            }
        }
    }
}

/// An impl that refuses: the policy is broken, and nothing else may complain about the endpoint.
pub(super) fn refuse(endpoint: &Endpoint) -> TokenStream {
    let private = endpoint.paths.private(Span::call_site());
    let (ident, generics) = (&endpoint.handler.ident, &endpoint.handler.generics);
    let (_, parameters, where_clause) = generics.split_for_impl();
    let own = &generics.params;
    let comma = (!own.is_empty() && !own.trailing_punct()).then(|| quote!(,));
    quote! {
        impl<#own #comma __S: #private::AnyState> #private::Serve<__S> for #ident #parameters #where_clause {
            async fn serve(__request: &mut #private::Request<'_, __S>) -> #private::Outcome {
                #private::Err(__request.refusal())
            }
        }
    }
}

fn body(endpoint: &Endpoint) -> TokenStream {
    let span = Span::call_site();
    let private = endpoint.paths.private(span);
    let (ident, response) = (&endpoint.handler.ident, &endpoint.handler.response);
    let objects: Vec<_> = (0..endpoint.objects.len()).map(|at| numbered("object", at, span)).collect();
    let arguments: Vec<_> = (0..endpoint.handler.arguments.len()).map(|at| numbered("argument", at, span)).collect();
    let loads = endpoint.objects.iter().zip(&objects).map(|(object, local)| {
        let (ty, name) = (&object.ty, tokens::unraw(&object.parameter));
        quote! {
            let mut #local = match #private::object::<#ty, __S>(__request, #name).await {
                #private::Ok(__object) => #private::Some(__object),
                #private::Err(__refusal) => return #private::Err(__refusal),
            };
        }
    });
    let extracts = endpoint.handler.arguments.iter().zip(&arguments).map(|(ty, local)| {
        quote! {
            let #local = <#ty as #private::Extract<__S, #ident>>::extract(__request, &mut [#(&mut #objects),*]).await;
        }
    });
    let (refusal, consider, called) = match &endpoint.handler.form {
        Form::Function(_) => (quote!(__request.refusal()), None, quote!(#ident::handler(#(#arguments),*).await)),
        Form::Struct(request, _) => {
            let whole = request::assembled(endpoint, request, &arguments);
            let consider = quote! {
                let __whole = #whole;
                if let #private::Err(__refusal) = __request.consider(&__whole) {
                    return #private::Err(__refusal);
                }
            };
            let (span, local) = (ident.span(), tokens::local("__whole", ident.span()));
            let private = endpoint.paths.private(span);
            let called = quote_spanned!(span=> <#response as #private::Handling<#ident>>::of(#local).await);
            (quote!(__request.refusal_of::<#ident>()), Some(consider), called)
        }
    };
    // Every argument is looked at before the request is refused, so that one answer names all that is wrong.
    let all = (!arguments.is_empty()).then(|| {
        quote! {
            let (#(#private::Some(#arguments),)*) = (#(#arguments,)*) else {
                return #private::Err(#refusal);
            };
        }
    });
    quote! {
        #(#loads)*
        #(#extracts)*
        #all
        #consider
        if let #private::Err(__refusal) = __request.enter_handler() {
            return #private::Err(__refusal);
        }
        #private::Ok(<#response as #private::Respond>::respond(#called, &__request.recipient()))
    }
}
