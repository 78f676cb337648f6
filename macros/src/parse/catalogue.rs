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
    let mut entry = RawEntry {
        variant: variant.clone(),
        name: None,
        has_words: false,
        implies: Vec::new(),
        docs: docs(&variant.attrs),
    };
    let attributes = || variant.attrs.iter().filter(|attribute| attribute.path().is_ident("secure"));
    entry.has_words = attributes().next().is_some();
    for attribute in attributes() {
        let parsed = attribute.parse_args_with(Punctuated::<Part, Token![,]>::parse_terminated);
        for part in errors.keep(parsed).unwrap_or_default() {
            match part {
                Part::Name(name) if entry.name.is_some() => {
                    errors.at(name.span(), "a variant has one name: remove this one");
                }
                Part::Name(name) => entry.name = Some(name),
                Part::Word(word) => self::word(*word, &mut entry.implies, errors),
            }
        }
    }
    entry
}

fn word(word: Meta, implies: &mut Vec<Ident>, errors: &mut Errors) {
    match word {
        Meta::List(list) if list.path.is_ident("implies") => {
            implies.extend(grammar::nested_as::<Ident>(&list, "name variants, as in `implies(Customer)`", errors));
        }
        word => {
            errors
                .at(grammar::span(&word), "a variant has a name, as in `\"orders:read\"`, and `implies(Variant, ..)`");
        }
    }
}

/// The name of an entry, or a word about it.
enum Part {
    Name(LitStr),
    Word(Box<Meta>),
}

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::Ident) {
            return input.parse().map(Box::new).map(Self::Word);
        }
        let name: Expr = input.parse()?;
        let message = "write the name as a string literal, as in `\"orders:read\"`";
        grammar::literal(&name).map(Self::Name).ok_or_else(|| syn::Error::new_spanned(&name, message))
    }
}
