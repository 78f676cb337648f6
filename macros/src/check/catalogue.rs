//! Scopes and roles: fieldless variants with names.

use proc_macro2::Ident;
use syn::{Fields, LitStr};

use super::paths;
use crate::{
    errors::Errors,
    grammar,
    model::{Catalogue, Entry, RawCatalogue, RawEntry, Word},
};

/// A catalogue. A variant without a name keeps its place, since later ones are counted from it.
pub(crate) fn catalogue(raw: RawCatalogue, word: Word, errors: &mut Errors) -> Catalogue {
    let ident = raw.input.ident;
    let generics = raw.input.generics;
    if !generics.params.is_empty() {
        errors.at(ident.span(), "a catalogue is an enum without generics");
    }
    let mut krate = None;
    for entry in raw.entries {
        let at = grammar::span(&entry);
        if grammar::word(&entry).as_deref() == Some("crate") {
            let path = grammar::path(entry, "path", errors);
            grammar::once(&mut krate, path, at, "crate", errors);
        } else {
            errors.at(at, "a catalogue says `crate = path` or nothing; names go on its variants");
        }
    }
    let variants: Vec<Ident> = raw.variants.iter().map(|entry| entry.variant.ident.clone()).collect();
    let entries = raw.variants.into_iter().map(|raw| entry(raw, &ident, &variants, errors)).collect();
    Catalogue { paths: paths(krate), word, ident, generics, entries }
}

fn entry(raw: RawEntry, owner: &Ident, variants: &[Ident], errors: &mut Errors) -> Entry {
    let variant = &raw.variant.ident;
    if !matches!(raw.variant.fields, Fields::Unit) {
        errors.at(variant.span(), &format!("`{variant}` carries data: a catalogue is an enum without fields"));
    }
    if let Some((_, discriminant)) = &raw.variant.discriminant {
        errors.push(syn::Error::new_spanned(discriminant, "entries are counted in order: remove the discriminant"));
    }
    let said_elsewhere = raw.has_words && !errors.is_empty();
    if raw.name.is_none() && !said_elsewhere {
        errors.at(variant.span(), &format!("`{variant}` has no name: write `#[secure(\"{}\")]`", suggestion(variant)));
    }
    for implied in raw.implies.iter().filter(|implied| !variants.contains(implied)) {
        errors.at(implied.span(), &format!("`{owner}` has no variant `{implied}`"));
    }
    let implies = raw.implies.into_iter().filter(|implied| variants.contains(implied)).collect();
    let name = raw.name.unwrap_or_else(|| LitStr::new(&variant.to_string(), variant.span()));
    Entry { name, docs: raw.docs, implies, variant: raw.variant.ident }
}

/// `OrdersRead` is probably called `orders:read`.
fn suggestion(variant: &Ident) -> String {
    let mut name = String::new();
    for (at, character) in variant.to_string().char_indices() {
        if at > 0 && character.is_uppercase() {
            name.push(':');
        }
        name.extend(character.to_lowercase());
    }
    name
}
