//! The enum of callers.

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput};

use crate::{errors::Errors, grammar, model::RawCallers};

/// The input of `#[derive(Callers)]`.
pub(crate) fn callers(item: TokenStream, errors: &mut Errors) -> Option<RawCallers> {
    let input: DeriveInput = errors.keep(syn::parse2(item))?;
    let entries = grammar::secure_entries(&input.attrs, errors);
    match input.data {
        Data::Enum(data) => Some(RawCallers {
            ident: input.ident,
            generics: input.generics,
            entries,
            variants: data.variants.into_iter().collect(),
        }),
        Data::Struct(_) | Data::Union(_) => {
            errors.at(input.ident.span(), "callers of several kinds are an enum, each variant around one of them");
            None
        }
    }
}
