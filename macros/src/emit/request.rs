//! A struct that is an endpoint: the hidden types of its parts, how it is put together, and what it is asked as a whole.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{index, ty, visit};
use crate::{
    errors::Soundness,
    model::{Endpoint, Part, Request, Stands},
    tokens,
};

/// The hidden types, each with what their rules say about the whole request.
pub(super) fn parts(endpoint: &Endpoint, request: &Request) -> TokenStream {
    if request.parts.is_empty() {
        return whole(endpoint, request);
    }
    let private = endpoint.paths.private(Span::call_site());
    let parts = request.parts.iter().map(|part| self::part(endpoint, request, part));
    let whole = whole(endpoint, request);
    quote! {
        use #private::serde as __serde;
        #(#parts)*
        #whole
    }
}

/// The fields are the user's, so serde's derive reads what the user says to serde.
fn part(endpoint: &Endpoint, request: &Request, part: &Part) -> TokenStream {
    let private = endpoint.paths.private(Span::call_site());
    let (owner, input, hidden) = (&endpoint.handler.ident, &part.ty.input, &part.ty.input.ident);
    let items = ty::items(&part.ty, Soundness::Sound);
    let texts = texts(part);
    let relations: TokenStream = relations(request, part);
    let relates = (!relations.is_empty()).then(|| {
        quote! {
            impl #private::Relates<#hidden> for #owner {
                fn relate(&self, __path: &#private::Path<'_>, __report: &mut #private::Report) {
                    #relations
                }
            }
        }
    });
    quote! {
        #[derive(__serde::Deserialize)]
        #[serde(crate = "__serde")]
        #input
        const _: () = {
            #items
            #texts
            #relates
        };
    }
}

fn relations(request: &Request, part: &Part) -> TokenStream {
    let fields: Vec<Ident> = request.members.iter().map(|member| member.ident.clone()).collect();
    part.ty.shape.fields().into_iter().map(|field| visit::relations(&part.ty.paths, field, &fields)).collect()
}

/// The proof of each field that what the part holds can be it.
fn texts(part: &Part) -> TokenStream {
    let (name, paths) = (&part.ty.name, &part.ty.paths);
    let fields = part.ty.shape.fields().into_iter().enumerate();
    let proofs = fields.map(|(at, field)| {
        let (span, ty, at) = (field.span, &field.ty, index(at));
        let (private, source) = (paths.private(span), Ident::new(part.origin.variant(), span));
        quote_spanned! {span=>
            const _: () = #private::assert_text(
                #name, &__FIELDS[#at], <#ty as #private::Value>::FIELDS, #private::Source::#source,
            );
        }
    });
    proofs.collect()
}

/// What is asked of the request once all of it is there, and the order in which what is wrong with it is told.
fn whole(endpoint: &Endpoint, request: &Request) -> TokenStream {
    let private = endpoint.paths.private(Span::call_site());
    let ident = &endpoint.handler.ident;
    let order = request.members.iter().filter_map(|member| match &member.stands {
        Stands::Itself => None,
        Stands::Inside => Some(quote!((#private::Source::Body, ""))),
        Stands::Among(origin, name) => {
            let source = Ident::new(origin.variant(), Span::call_site());
            Some(quote!((#private::Source::#source, #name)))
        }
    });
    let relations = request.parts.iter().filter(|part| !relations(request, part).is_empty()).map(|part| {
        let (hidden, source) = (&part.ty.input.ident, Ident::new(part.origin.variant(), Span::call_site()));
        quote!(#private::relate::<#hidden, #ident>(self, #private::Source::#source, __report);)
    });
    let check = request.check.as_ref().map(|function| {
        let span = tokens::path_span(function);
        let private = endpoint.paths.private(span);
        let (this, report) = (tokens::local("self", span), tokens::local("__report", span));
        quote_spanned!(span=> #private::consider::<#ident>(#this, #report, #function);)
    });
    quote! {
        impl #private::Whole for #ident {
            const ORDER: &'static [(#private::Source, &'static str)] = &[#(#order),*];

            fn consider(&self, __report: &mut #private::Report) {
                #(#relations)*
                #check
            }
        }
    }
}

/// The struct, made of the inputs in `arguments`.
pub(super) fn assembled(endpoint: &Endpoint, request: &Request, arguments: &[Ident]) -> TokenStream {
    let ident = &endpoint.handler.ident;
    let members = request.members.iter().filter_map(|member| {
        let (name, input) = (&member.ident, arguments.get(member.input)?);
        Some(match member.stands {
            Stands::Itself => quote!(#name: #input),
            Stands::Inside => quote!(#name: #input.0),
            Stands::Among(..) => quote!(#name: #input.0.#name),
        })
    });
    quote!(#ident { #(#members),* })
}
