//! A request or response type, its fields and what is said about each.

use proc_macro2::{Span, TokenStream};
use syn::{Data, DeriveInput, Fields, Meta, spanned::Spanned};

use super::serde::serde;
use crate::{
    errors::Errors,
    grammar,
    model::{RawBody, RawField, RawPlace, RawType, RawVariant},
    tokens,
};

/// The input of `#[derive(Secure)]`.
pub(crate) fn ty(item: TokenStream, errors: &mut Errors) -> Option<RawType> {
    let input: DeriveInput = errors.keep(syn::parse2(item))?;
    let entries = grammar::secure_entries(&input.attrs, errors);
    let serde = serde(&input.attrs);
    let body = match &input.data {
        Data::Struct(data) => RawBody::Struct(fields(&data.fields, errors)),
        Data::Enum(data) => RawBody::Enum(data.variants.iter().map(|variant| self::variant(variant, errors)).collect()),
        Data::Union(data) => RawBody::Union(data.union_token.span),
    };
    Some(RawType { input, entries, serde, body })
}

fn variant(variant: &syn::Variant, errors: &mut Errors) -> RawVariant {
    for entry in grammar::secure_entries(&variant.attrs, errors) {
        errors.at(grammar::span(&entry), "a variant takes no rules: write them on its fields");
    }
    RawVariant { serde: serde(&variant.attrs), fields: fields(&variant.fields, errors), variant: variant.clone() }
}

fn fields(fields: &Fields, errors: &mut Errors) -> Vec<RawField> {
    let members = fields.members();
    let field = |(member, field): (_, &syn::Field)| RawField {
        member,
        ty: field.ty.clone(),
        place: place(field.span(), grammar::secure_entries(&field.attrs, errors), errors),
        serde: serde(&field.attrs),
    };
    members.zip(fields).map(field).collect()
}

/// Structural words apart, every entry is a rule.
fn place(span: Span, entries: Vec<Meta>, errors: &mut Errors) -> RawPlace {
    let mut place = RawPlace::new(span);
    for entry in entries {
        let at = grammar::span(&entry);
        match grammar::word(&entry).as_deref() {
            Some(word @ "each") => {
                let inner = inner(entry, errors);
                grammar::once(&mut place.each, inner, at, word, errors);
            }
            Some(word @ "keys") => {
                let inner = inner(entry, errors);
                grammar::once(&mut place.keys, inner, at, word, errors);
            }
            Some(word @ "values") => {
                let inner = inner(entry, errors);
                grammar::once(&mut place.values, inner, at, word, errors);
            }
            Some(word @ "unchecked") => {
                let reason = grammar::text(entry, "\"reason\"", errors);
                grammar::once(&mut place.unchecked, reason, at, word, errors);
            }
            _ => place.rules.push(grammar::call(entry, errors)),
        }
    }
    place
}

fn inner(entry: Meta, errors: &mut Errors) -> Option<Box<RawPlace>> {
    let (at, word) = (grammar::span(&entry), tokens::path_text(entry.path()));
    let Meta::List(list) = entry else {
        errors.at(at, &format!("`{word}`: write the rules in parentheses, as in `{word}(length(max = 24))`"));
        return None;
    };
    let entries = grammar::nested(&list, errors);
    Some(Box::new(place(at, entries, errors)))
}
