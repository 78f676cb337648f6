//! The last pass: checked models to tokens. It cannot fail.

mod access;
mod api;
mod bounds;
mod call;
mod callers;
mod catalogue;
mod constructor;
mod endpoint;
mod handler;
mod mirror;
mod plain;
mod proof;
mod property;
mod regard;
mod request;
mod rules;
mod serve;
mod ty;
mod visit;

pub(crate) use self::{api::api, callers::callers, catalogue::catalogue, endpoint::endpoint, ty::ty};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Index;

use crate::paths::Paths;

/// Items where no name of theirs can meet one of the user's, behind the `use` that their paths begin with.
fn block(paths: &Paths, items: &TokenStream) -> TokenStream {
    let import = paths.import();
    // Names of ours are no style of the user's, and paths are absolute although a shorter one might do.
    quote! {
        #[allow(
            clippy::absolute_paths, clippy::declare_interior_mutable_const, clippy::pedantic, clippy::nursery, clippy::redundant_closure, clippy::restriction, dead_code,
            non_camel_case_types, non_upper_case_globals, private_bounds, private_interfaces, unreachable_patterns, unused_imports, unused_qualifications
        )]
        const _: () = {
            #import
            #items
        };
    }
}

/// A name of ours with a number, such as `__FIELD_0`.
fn numbered(stem: &str, index: usize, span: Span) -> Ident {
    format_ident!("__{stem}_{index}", span = span)
}

fn index(at: usize) -> Index {
    Index::from(at)
}
