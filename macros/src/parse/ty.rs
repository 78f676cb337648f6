//! A request or response type, its fields and what is said about each.

use proc_macro2::{Span, TokenStream};
use syn::{Data, DeriveInput, Fields, Meta, Path, spanned::Spanned};

use super::{property, serde::serde};
use crate::{
    errors::Errors,
    grammar,
    model::{RawBody, RawField, RawPlace, RawRule, RawType, RawVariant},
    tokens,
};

/// The input of `#[derive(Secure)]`.
pub(crate) fn ty(item: TokenStream, errors: &mut Errors) -> Option<RawType> {
    let input: DeriveInput = errors.keep(syn::parse2(item))?;
    let (rules, entries): (Vec<Meta>, Vec<Meta>) =
        grammar::secure_entries(&input.attrs, errors).into_iter().partition(is_about_the_whole);
    let whole = place(input.ident.span(), vec![rules], errors);
    let serde = serde(&input.attrs);
    let body = match &input.data {
        Data::Struct(data) => RawBody::Struct(fields(&data.fields, errors)),
        Data::Enum(data) => RawBody::Enum(data.variants.iter().map(|variant| self::variant(variant, errors)).collect()),
        Data::Union(data) => RawBody::Union(data.union_token.span),
    };
    Some(RawType { input, entries, whole, serde, body, beyond: Vec::new() })
}

/// A rule on a type is a call or a path, so that a misspelt word of the type is not taken for one.
fn is_about_the_whole(entry: &Meta) -> bool {
    let is_rule = match entry {
        Meta::List(_) => true,
        Meta::Path(path) => path.segments.len() > 1,
        Meta::NameValue(_) => false,
    };
    let word = grammar::word(entry);
    match word.as_deref() {
        Some("check") => true,
        Some(
            "input" | "output" | "verify" | "constructor" | "ignore_unknown" | "crate" | "each" | "keys" | "values",
        ) => false,
        _ => is_rule,
    }
}

fn variant(variant: &syn::Variant, errors: &mut Errors) -> RawVariant {
    for entry in grammar::secure_entries(&variant.attrs, errors) {
        errors.at(grammar::span(&entry), "a variant takes no rules: write them on its fields");
    }
    RawVariant { serde: serde(&variant.attrs), fields: fields(&variant.fields, errors), variant: variant.clone() }
}

fn fields(fields: &Fields, errors: &mut Errors) -> Vec<RawField> {
    let members = fields.members();
    let field = |(member, field): (_, &syn::Field)| {
        let attributes = grammar::secure_attributes(&field.attrs, errors);
        let (about, attributes) = apart(attributes);
        RawField {
            member,
            ty: field.ty.clone(),
            place: place(field.span(), attributes, errors),
            property: property::property(about, errors),
            serde: serde(&field.attrs),
        }
    };
    members.zip(fields).map(field).collect()
}

/// What is about the property, and for each attribute what is about its value.
fn apart(attributes: Vec<Vec<Meta>>) -> (Vec<Meta>, Vec<Vec<Meta>>) {
    let mut about = Vec::new();
    let rest = attributes.into_iter().map(|entries| {
        let (property, value): (Vec<Meta>, Vec<Meta>) = entries.into_iter().partition(property::is_about_the_property);
        about.extend(property);
        value
    });
    let rest = rest.collect();
    (about, rest)
}

/// Structural words apart, every entry is a rule. `on = Group` holds for the rules of its attribute.
pub(super) fn place(span: Span, attributes: Vec<Vec<Meta>>, errors: &mut Errors) -> RawPlace {
    let mut place = RawPlace::new(span);
    for entries in attributes {
        let (groups, entries): (Vec<Meta>, Vec<Meta>) =
            entries.into_iter().partition(|entry| grammar::word(entry).as_deref() == Some("on"));
        let mut group = None;
        for entry in groups {
            let at = grammar::span(&entry);
            let path = grammar::path(entry, "Group", errors);
            grammar::once(&mut group, path, at, "on", errors);
        }
        if let (Some(group), true) = (&group, entries.is_empty()) {
            errors.at(tokens::path_span(group), "`on` alone says nothing: write the rules of the group beside it");
        }
        for entry in entries {
            say(&mut place, entry, group.as_ref(), errors);
        }
    }
    place
}

fn say(place: &mut RawPlace, entry: Meta, group: Option<&Path>, errors: &mut Errors) {
    let at = grammar::span(&entry);
    let word = grammar::word(&entry);
    if let (Some(word @ ("each" | "keys" | "values" | "check" | "unchecked" | "style")), Some(_)) =
        (word.as_deref(), group)
    {
        errors.at(at, &format!("`{word}` holds in every group: write it in an attribute without `on`"));
    }
    if property::is_about_the_property(&entry) {
        let word = word.unwrap_or_default();
        return errors.at(at, &format!("`{word}` is about a property: write it on the field itself"));
    }
    match word.as_deref() {
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
        Some(word @ "check") => {
            let path = grammar::path(entry, "path::to::function", errors);
            grammar::once(&mut place.check, path, at, word, errors);
        }
        Some(word @ "unchecked") => {
            let reason = grammar::text(entry, "\"reason\"", errors);
            grammar::once(&mut place.unchecked, reason, at, word, errors);
        }
        Some(word @ "style") => {
            let path = grammar::path(entry, STYLES, errors);
            grammar::once(&mut place.style, path, at, word, errors);
        }
        _ => match word.as_deref().and_then(elsewhere) {
            Some(mend) => errors.at(at, &format!("`{}`: {mend}", word.unwrap_or_default())),
            None => place.rules.push(RawRule { call: grammar::call(entry, errors), group: group.cloned() }),
        },
    }
}

/// The words of `style`, as the value that is shown.
const STYLES: &str = "comma_separated` or `style = deep_object";

/// What is written here for words that other derives have beside their rules.
fn elsewhere(word: &str) -> Option<&'static str> {
    Some(match word {
        "inner" => "write `each(..)`; on a map, `keys(..)` and `values(..)`",
        "dive" | "nested" => "a declared type is checked without a word: remove this",
        "skip" => "a type that bounds itself needs no word: remove this, or write `unchecked = \"reason\"`",
        "custom" => "write `check = path::to::function`",
        "message" | "code" => {
            "a rule has words and a code of its own: for yours, write `check = ..` and an `Invariant`"
        }
        _ => return None,
    })
}

fn inner(entry: Meta, errors: &mut Errors) -> Option<Box<RawPlace>> {
    let (at, word) = (grammar::span(&entry), tokens::path_text(entry.path()));
    let Meta::List(list) = entry else {
        errors.at(at, &format!("`{word}`: write the rules in parentheses, as in `{word}(length(max = 24))`"));
        return None;
    };
    let entries = grammar::nested(&list, errors);
    Some(Box::new(place(at, vec![entries], errors)))
}
