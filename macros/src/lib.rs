//! The attributes and derives of palisade: attribute syntax in, constant data and trait calls out.
//!
//! This crate knows no rule and no control by name. Use it through `palisade`, whose re-exports carry the documentation.

mod check;
mod emit;
mod errors;
mod expand;
mod grammar;
mod model;
mod parse;
mod paths;
mod tokens;

use proc_macro::TokenStream;

/// Declares a request or response type. Documented at `palisade::Secure`.
#[proc_macro_derive(Secure, attributes(secure, serde))]
pub fn derive_secure(item: TokenStream) -> TokenStream {
    expand::ty(item.into()).into()
}

/// Lists the scopes of an API. Documented at `palisade::Scopes`.
#[proc_macro_derive(Scopes, attributes(secure))]
pub fn derive_scopes(item: TokenStream) -> TokenStream {
    expand::catalogue(item.into(), model::Word::Scope).into()
}

/// Lists the roles of an API. Documented at `palisade::Roles`.
#[proc_macro_derive(Roles, attributes(secure))]
pub fn derive_roles(item: TokenStream) -> TokenStream {
    expand::catalogue(item.into(), model::Word::Role).into()
}

/// Lists the kinds of callers that a handler takes. Documented at `palisade::Callers`.
#[proc_macro_derive(Callers, attributes(secure))]
pub fn derive_callers(item: TokenStream) -> TokenStream {
    expand::callers(item.into()).into()
}

/// Makes a function an endpoint, or a unit struct an API. Documented at `palisade::secure`.
#[proc_macro_attribute]
pub fn secure(words: TokenStream, item: TokenStream) -> TokenStream {
    expand::attribute(words.into(), item.into()).into()
}

/// Stands for `secure` in a `palisade` without the feature `gate`, and says so.
#[proc_macro_attribute]
pub fn secure_without_gate(_words: TokenStream, item: TokenStream) -> TokenStream {
    expand::without_gate(item.into()).into()
}
