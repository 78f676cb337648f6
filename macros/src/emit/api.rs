//! `#[secure(..)]` on a unit struct: the policy of the API, its proofs, and the mounting of its endpoints.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use super::{block, call, index, numbered};
use crate::{errors::Soundness, model::Api, paths::Words, tokens};

/// The whole expansion of an API.
pub(crate) fn api(api: &Api, soundness: Soundness) -> TokenStream {
    let private = api.paths.private(Span::call_site());
    let item = &api.item;
    let fallbacks = (0..api.endpoints.len()).map(|at| {
        let name = numbered("Endpoint", at, Span::call_site());
        quote!(use #private::Unannotated as #name;)
    });
    let names = api.endpoints.iter().enumerate().map(|(at, path)| {
        let span = tokens::path_span(path);
        let name = numbered("Endpoint", at, span);
        quote_spanned!(span=> use #path as #name;)
    });
    let (policy, mount) = (policy(api), mount(api));
    let proofs = (soundness == Soundness::Sound).then(|| proofs(api));
    let ident = &api.ident;
    // A plain function has a name among values only. Then the name of the type is found in the block around, where it
    // stands for a type that is no endpoint and says so.
    let block = block(
        &api.paths,
        &quote! {
            #(#fallbacks)*
            const _: () = {
                #(#names)*
                #policy
                impl #private::Api for #ident {
                    const POLICY: &'static #private::ApiPolicy = &__API;
                }
                #proofs
                #mount
            };
        },
    );
    quote!(#item #block)
}

fn policy(api: &Api) -> TokenStream {
    let private = api.paths.private(Span::call_site());
    let (title, version) = (&api.title, &api.version);
    let described = (!api.docs.is_empty()).then(|| {
        let docs = api.docs.whole();
        quote!(.described(#docs))
    });
    let (scheme_constants, schemes) = constants(api, "SCHEME", "Scheme", Words::Schemes, "seal", &api.schemes);
    let (default_constants, defaults) = constants(api, "DEFAULT", "Control", Words::Controls, "control", &api.defaults);
    let scopes = api.scopes.as_ref().map(|path| catalogue(api, "scopes", "Scopes", path));
    let roles = api.roles.as_ref().map(|path| catalogue(api, "roles", "Roles", path));
    // A constant each, since rustc stops at the first of several that are wrong in one.
    let policies = api.endpoints.iter().enumerate().map(|(at, path)| {
        let span = tokens::path_span(path);
        let (private, name, policy) =
            (api.paths.private(span), numbered("Endpoint", at, span), numbered("POLICY", at, span));
        quote_spanned!(span=> const #policy: &#private::Endpoint = <#name as #private::Annotated>::POLICY;)
    });
    let endpoints = (0..api.endpoints.len()).map(|at| numbered("POLICY", at, Span::call_site()));
    quote! {
        #scheme_constants
        #default_constants
        #(#policies)*
        static __API: #private::ApiPolicy = #private::ApiPolicy::new(#title, #version)
            #described
            .schemes(&[#(#schemes),*])
            #scopes
            #roles
            .defaults(&[#(#defaults),*])
            .endpoints(&[#(#endpoints),*]);
    }
}

/// A constant for each call of a list, and their names.
fn constants(
    api: &Api,
    stem: &str,
    ty: &str,
    words: Words,
    finish: &str,
    calls: &[crate::model::Call],
) -> (TokenStream, Vec<Ident>) {
    let mut names = Vec::new();
    let constants = calls.iter().enumerate().map(|(at, entry)| {
        let span = entry.span();
        let (private, name) = (api.paths.private(span), numbered(stem, at, span));
        let (ty, finish) = (Ident::new(ty, span), Ident::new(finish, span));
        let value = call::control(&api.paths, words, entry);
        names.push(name.clone());
        quote_spanned!(span=> const #name: #private::#ty = #value.#finish();)
    });
    let constants = constants.collect();
    (constants, names)
}

/// The catalogue of a type, asked for through the trait that its derive implements.
fn catalogue(api: &Api, word: &str, marker: &str, path: &Path) -> TokenStream {
    let span = tokens::path_span(path);
    let private = api.paths.private(span);
    let constant = Ident::new(&word.to_uppercase(), span);
    let (word, marker) = (Ident::new(word, span), Ident::new(marker, span));
    quote_spanned!(span=> .#word(<#path as #private::#marker>::#constant))
}

/// One proof for each endpoint at its name, one for the defaults, and one for all endpoints together.
fn proofs(api: &Api) -> TokenStream {
    let endpoints = api.endpoints.iter().enumerate().map(|(at, path)| {
        let (span, at) = (tokens::path_span(path), index(at));
        quote_spanned!(span=> const _: () = __API.assert_endpoint(#at);)
    });
    let defaults = quote_spanned!(api.defaults_span=> const _: () = __API.assert_defaults(););
    let whole = quote_spanned!(api.endpoints_span=> const _: () = __API.assert_apart(););
    quote!(#(#endpoints)* #defaults #whole)
}

fn mount(api: &Api) -> TokenStream {
    let private = api.paths.private(Span::call_site());
    let ident = &api.ident;
    let names: Vec<Ident> =
        api.endpoints.iter().enumerate().map(|(at, path)| numbered("Endpoint", at, tokens::path_span(path))).collect();
    let policies = (0..names.len()).map(|at| numbered("POLICY", at, Span::call_site()));
    let bounds = names.iter().map(|name| {
        let private = api.paths.private(name.span());
        quote_spanned!(name.span()=> #name: #private::Serve<__S>)
    });
    quote! {
        impl<__S: #private::AnyState> #private::Mounts<__S> for #ident
        where
            #(#bounds,)*
        {
            fn mount<__M: #private::Mount<__S>>(__mount: &mut __M) {
                #(__mount.endpoint::<#names>(#policies);)*
            }
        }
    }
}
