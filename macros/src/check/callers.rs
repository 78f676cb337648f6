//! Callers of several kinds: variants around one caller each.

use syn::{Fields, Variant};

use super::paths;
use crate::{
    errors::Errors,
    grammar,
    model::{Callers, OneCaller, RawCallers},
};

/// The enum, without the variants that are around nothing or several things.
pub(crate) fn callers(raw: RawCallers, errors: &mut Errors) -> Callers {
    let RawCallers { ident, generics, entries, variants } = raw;
    if !generics.params.is_empty() {
        errors.at(ident.span(), "callers of several kinds are an enum without generics");
    }
    let mut krate = None;
    for entry in entries {
        let at = grammar::span(&entry);
        if grammar::word(&entry).as_deref() == Some("crate") {
            let path = grammar::path(entry, "path", errors);
            grammar::once(&mut krate, path, at, "crate", errors);
        } else {
            errors.at(at, "an enum of callers says `crate = path` or nothing");
        }
    }
    if variants.is_empty() {
        errors.at(ident.span(), "nobody is a caller of this enum: add a variant, as in `Person(User)`");
    }
    let variants = variants.into_iter().filter_map(|variant| one(variant, errors)).collect();
    Callers { paths: paths(krate), ident, generics, variants }
}

fn one(variant: Variant, errors: &mut Errors) -> Option<OneCaller> {
    let name = variant.ident;
    match variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let ty = fields.unnamed.into_iter().next()?.ty;
            Some(OneCaller { variant: name, ty })
        }
        Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => {
            errors.at(name.span(), &format!("`{name}` is not around one caller: write `{name}(User)`, or another"));
            None
        }
    }
}
