//! `#[secure(constructor)]`: the one way to a newtype from what it holds, through its rules.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::bounds;
use crate::model::{Shape, Ty};

/// The impl of `TryFrom`, when the type asks for it.
pub(super) fn constructor(ty: &Ty) -> Option<TokenStream> {
    let (Some(span), Shape::Newtype(field)) = (ty.constructor, &ty.shape) else { return None };
    let private = ty.paths.private(span);
    let (generics, _, _) = ty.input.generics.split_for_impl();
    let (path, where_clause) = (&ty.path, bounds::where_clause(ty, None));
    let inner = &field.ty;
    Some(quote_spanned! {span=>
        #[automatically_derived]
        impl #generics ::core::convert::TryFrom<#inner> for #path #where_clause {
            type Error = #private::Report;

            fn try_from(__value: #inner) -> ::core::result::Result<#path, #private::Report> {
                #private::sound::<#path>(Self(__value))
            }
        }
    })
}
