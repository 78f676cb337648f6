//! Who sees and who writes a field: `visible(..)`, `writable(..)`, `never`, `mask(..)` and `owner`.

use proc_macro2::Span;
use syn::Meta;

use super::access::access;
use crate::{
    errors::Errors,
    grammar,
    model::{Access, RawDemand, RawProperty},
    tokens,
};

/// Whether an entry is about the property and not about its value.
pub(super) fn is_about_the_property(entry: &Meta) -> bool {
    matches!(grammar::word(entry).as_deref(), Some("visible" | "writable" | "never" | "mask" | "owner"))
}

/// What the entries of a field say.
pub(super) fn property(entries: Vec<Meta>, errors: &mut Errors) -> RawProperty {
    let mut property = RawProperty::default();
    for entry in entries {
        let at = grammar::span(&entry);
        match grammar::word(&entry).as_deref() {
            Some(word @ "visible") => {
                let demand = demand(&entry, errors);
                grammar::once(&mut property.visible, demand, at, word, errors);
            }
            Some(word @ "writable") => {
                let demand = demand(&entry, errors);
                grammar::once(&mut property.writable, demand, at, word, errors);
            }
            Some(word @ "never") => {
                grammar::bare(&entry, errors);
                grammar::once(&mut property.never, Some(at), at, word, errors);
            }
            Some(word @ "owner") => {
                grammar::bare(&entry, errors);
                grammar::once(&mut property.owner, Some(at), at, word, errors);
            }
            Some(word @ "mask") => {
                let call = grammar::call(entry, errors);
                grammar::once(&mut property.mask, Some(call), at, word, errors);
            }
            Some(_) | None => {}
        }
    }
    property
}

/// What the parentheses demand; several entries all of it, as on an endpoint.
fn demand(entry: &Meta, errors: &mut Errors) -> Option<RawDemand> {
    let (at, word) = (grammar::span(entry), tokens::path_text(entry.path()));
    let Meta::List(list) = entry else {
        errors.at(at, &format!("`{word}`: say who, as in `{word}(role = Role::Support)`"));
        return None;
    };
    let entries = grammar::nested(list, errors);
    if entries.is_empty() {
        errors.at(at, &format!("`{word}`: say who, as in `{word}(role = Role::Support)`"));
        return None;
    }
    let mut demands: Vec<Access> = entries.into_iter().filter_map(|entry| one(entry, errors)).collect();
    let access = match demands.len() {
        0 => return None,
        1 => demands.pop()?,
        _ => Access::All(at, demands),
    };
    Some(RawDemand { at, access })
}

fn one(entry: Meta, errors: &mut Errors) -> Option<Access> {
    match grammar::word(&entry).as_deref() {
        Some("owner") => {
            let at: Span = grammar::span(&entry);
            grammar::bare(&entry, errors);
            Some(Access::Owner(at))
        }
        Some("allow") => {
            let value = grammar::value(entry, "owner || role(Role::Support)", errors)?;
            access(&value, errors).map(owned)
        }
        Some(_) | None => Some(Access::Control(grammar::call(entry, errors))),
    }
}

/// In a demand on a property, the word `owner` is no predicate of the user's.
fn owned(access: Access) -> Access {
    match access {
        Access::All(at, parts) => Access::All(at, parts.into_iter().map(owned).collect()),
        Access::Any(at, parts) => Access::Any(at, parts.into_iter().map(owned).collect()),
        Access::Not(at, part) => Access::Not(at, Box::new(owned(*part))),
        Access::Predicate(path, _) if path.is_ident("owner") => Access::Owner(tokens::path_span(&path)),
        Access::Control(_) | Access::Predicate(..) | Access::Owner(_) => access,
    }
}
