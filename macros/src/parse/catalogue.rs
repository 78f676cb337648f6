//! The enum of scopes or roles.

use proc_macro2::{Ident, TokenStream};
use syn::{
    Data, DeriveInput, Expr, LitStr, Meta, Token,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

use super::docs;
use crate::{
    errors::Errors,
    grammar,
    model::{RawCatalogue, RawEntry},
};

/// The input of `#[derive(Scopes)]` and `#[derive(Roles)]`.
pub(crate) fn catalogue(item: TokenStream, errors: &mut Errors) -> Option<RawCatalogue> {
    let input: DeriveInput = errors.keep(syn::parse2(item))?;
    let entries = grammar::secure_entries(&input.attrs, errors);
    let variants = match &input.data {
        Data::Enum(data) => data.variants.iter().map(|variant| entry(variant, errors)).collect(),
        Data::Struct(_) | Data::Union(_) => {
            errors.at(input.ident.span(), "a catalogue is an enum without fields");
            return None;
        }
    };
    Some(RawCatalogue { input, entries, variants })
}

fn entry(variant: &syn::Variant, errors: &mut Errors) -> RawEntry {
    let mut entry = RawEntry { variant: variant.clone(), name: None, implies: Vec::new(), docs: docs(&variant.attrs) };
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("secure")) {
        let parsed = attribute.parse_args_with(Punctuated::<Part, Token![,]>::parse_terminated);
        for part in errors.keep(parsed).unwrap_or_default() {
            match part {
                Part::Name(name) => {
                    let at = name.span();
                    grammar::once(&mut entry.name, Some(name), at, "the name", errors);
                }
                Part::Word(Meta::List(list)) if list.path.is_ident("implies") => {
                    entry.implies.extend(grammar::nested::<Ident>(&list, errors));
                }
                Part::Word(word) => {
                    errors.at(grammar::span(&word), "a variant has a name, as in `\"orders:read\"`, and `implies(Variant, ..)`");
                }
            }
        }
    }
    entry
}

/// The name of an entry, or a word about it.
enum Part {
    Name(LitStr),
    Word(Meta),
}

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::Ident) {
            return input.parse().map(Self::Word);
        }
        let name: Expr = input.parse()?;
        let mut errors = Errors::new();
        grammar::literal(&name, "the name", &mut errors).map(Self::Name).ok_or_else(|| {
            syn::Error::new_spanned(&name, "write the name as a string literal, as in `\"orders:read\"`")
        })
    }
}
