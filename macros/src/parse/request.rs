//! A struct that is an endpoint: where each field comes from, and the rules beside that.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::{Attribute, Field, ItemStruct, Meta, Token, punctuated::Punctuated, spanned::Spanned};

use super::{
    docs,
    property::{is_about_the_property, property},
    serde::serde,
    ty::place,
};
use crate::{
    errors::Errors,
    grammar,
    model::{Origin, RawOrigin, RawPart, RawRequest},
};

/// Reads the fields, and takes from them the attributes that nobody else can read.
pub(crate) fn request(mut item: ItemStruct, errors: &mut Errors) -> RawRequest {
    let fields = item.fields.iter().map(|field| part(field, errors)).collect();
    for field in &mut item.fields {
        field.attrs.retain(|attribute| !is_read_here(attribute));
    }
    let container: Vec<Attribute> =
        item.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")).cloned().collect();
    item.attrs.retain(|attribute| !is_read_here(attribute));
    let entries = container.iter().map(|attribute| {
        attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default()
    });
    let (spelling, foreign): (Vec<Meta>, Vec<Meta>) =
        entries.flatten().partition(|entry| entry.path().is_ident("rename_all"));
    RawRequest {
        docs: docs(&item.attrs),
        item,
        serde: serde(&container),
        spelling: quote!(#(#[serde(#spelling)])*),
        foreign,
        fields,
    }
}

fn is_read_here(attribute: &Attribute) -> bool {
    attribute.path().is_ident("secure") || attribute.path().is_ident("serde")
}

fn part(field: &Field, errors: &mut Errors) -> RawPart {
    let mut origin = None;
    let (mut rules, mut about) = (Vec::new(), Vec::new());
    for entries in grammar::secure_attributes(&field.attrs, errors) {
        let (places, entries): (Vec<Meta>, Vec<Meta>) = entries.into_iter().partition(is_place);
        for entry in places {
            let at = grammar::span(&entry);
            if let (Some(_), Some(word)) = (&origin, grammar::word(&entry)) {
                errors.at(at, &format!("a field comes from one place: remove `{word}`"));
            } else {
                origin = read(entry, at, errors);
            }
        }
        let (property, entries): (Vec<Meta>, Vec<Meta>) = entries.into_iter().partition(is_about_the_property);
        about.extend(property);
        rules.push(entries);
    }
    let attributes = field.attrs.iter().filter(|attribute| is_described(attribute)).map(ToTokens::to_token_stream);
    let condition = |attribute: &Attribute| {
        (attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")).then(|| attribute.span())
    };
    RawPart {
        ident: field.ident.clone(),
        ty: field.ty.clone(),
        origin,
        place: place(field.span(), rules, errors),
        property: property(about, errors),
        serde: serde(&field.attrs),
        attributes: attributes.collect(),
        condition: field.attrs.iter().find_map(condition),
    }
}

fn is_described(attribute: &Attribute) -> bool {
    ["doc", "deprecated", "serde"].iter().any(|word| attribute.path().is_ident(word))
}

/// A rule of the user's that has the name of a place is written as a path.
fn is_place(entry: &Meta) -> bool {
    grammar::word(entry).is_some_and(|word| Origin::parse(&word).is_some())
}

fn read(entry: Meta, span: Span, errors: &mut Errors) -> Option<RawOrigin> {
    let origin = Origin::parse(&grammar::word(&entry)?)?;
    let name = match entry {
        Meta::Path(_) => None,
        entry => grammar::text(entry, "\"name\"", errors),
    };
    Some(RawOrigin { span, origin, name })
}
