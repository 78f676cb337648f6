//! Serde's attributes. What cannot be read is serde's to report.

use syn::{Attribute, Expr, ExprLit, ExprPath, Lit, Meta, Token, punctuated::Punctuated};

use crate::{
    model::{Case, Names, Renames, Serde},
    tokens,
};

/// What the serde attributes among `attributes` say.
pub(crate) fn serde(attributes: &[Attribute]) -> Serde {
    let mut serde = Serde::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        if let Ok(entries) = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) {
            entries.iter().for_each(|entry| read(entry, &mut serde));
        }
    }
    serde
}

fn read(entry: &Meta, serde: &mut Serde) {
    let Some(word) = entry.path().get_ident() else { return };
    match word.to_string().as_str() {
        "rename" => serde.rename = names(entry),
        "alias" => serde.aliases.extend(text(entry)),
        "rename_all" => serde.rename_all = renames(entry),
        "rename_all_fields" => serde.rename_all_fields = renames(entry),
        "deny_unknown_fields" => serde.deny_unknown_fields = true,
        "default" => serde.default = true,
        "skip" => {
            serde.skip_serializing = true;
            serde.skip_deserializing = true;
        }
        "skip_serializing" => serde.skip_serializing = true,
        "skip_serializing_if" => serde.skip_serializing_if = function(entry),
        "into" => serde.into = true,
        "skip_deserializing" => serde.skip_deserializing = true,
        "flatten" => serde.flatten = true,
        "transparent" => serde.transparent = true,
        "untagged" => serde.untagged = true,
        "other" => serde.other = true,
        "tag" => serde.tag = text(entry),
        "content" => serde.content = text(entry),
        "with" | "serialize_with" => {
            serde.opaque = true;
            serde.by_hand = true;
        }
        "deserialize_with" | "from" | "remote" => serde.opaque = true,
        "try_from" => serde.try_from = text(entry),
        // All that changes nothing about names and fields.
        _ => {}
    }
}

/// The function that a text names.
fn function(entry: &Meta) -> Option<ExprPath> {
    let Meta::NameValue(pair) = entry else { return None };
    match tokens::ungroup(&pair.value) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.parse().ok(),
        _ => None,
    }
}

/// `rename = "a"` or `rename(serialize = "a", deserialize = "b")`.
fn names(entry: &Meta) -> Names {
    if let Some(name) = text(entry) {
        return Names { serialize: Some(name.clone()), deserialize: Some(name) };
    }
    let mut names = Names::default();
    if let Meta::List(list) = entry
        && let Ok(entries) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
    {
        for entry in &entries {
            if entry.path().is_ident("serialize") {
                names.serialize = text(entry);
            } else if entry.path().is_ident("deserialize") {
                names.deserialize = text(entry);
            }
        }
    }
    names
}

fn renames(entry: &Meta) -> Renames {
    let names = names(entry);
    let case = |name: Option<String>| name.as_deref().and_then(Case::parse);
    Renames { serialize: case(names.serialize), deserialize: case(names.deserialize) }
}

fn text(entry: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = entry else { return None };
    match tokens::ungroup(&pair.value) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}
