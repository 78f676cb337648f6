//! Who sees and who writes a field: what can be said where.

use proc_macro2::Span;

use super::{
    controls::controls,
    field::{Context, next},
    wire,
};
use crate::{
    errors::Errors,
    grammar,
    model::{Direction, Leaving, Owner, Property, RawField, RawProperty, Serde, Wire},
    tokens,
};

/// What a property is seen against.
pub(super) struct Standing<'a> {
    pub(super) wire: Wire,
    pub(super) serde: &'a Serde,
    pub(super) ty: &'a syn::Type,
}

/// The field that says whose the value is.
pub(super) fn owner(raw: &[RawField], errors: &mut Errors) -> Option<Owner> {
    let mut found = None;
    for field in raw {
        if let Some(span) = field.property.owner {
            let owner = Owner { member: field.member.clone(), ty: field.ty.clone(), span };
            grammar::once(&mut found, Some(owner), span, "owner", errors);
        }
    }
    found
}

/// How serde writes the field, if it does.
pub(super) fn leaving(serde: &Serde, written: Option<&str>, context: &Context<'_>) -> Option<Leaving> {
    if serde.skip_serializing {
        return None;
    }
    let name = match written {
        Some(written) => wire::field(serde, context.spelling, written, Direction::Out),
        None => context.unnamed.to_owned(),
    };
    let by_hand = serde.by_hand || context.container.into;
    Some(Leaving { name, skipped_if: serde.skip_serializing_if.clone(), by_hand })
}

/// What is said of a field that is on the wire; nothing when every caller sees and writes it.
pub(super) fn property(
    raw: RawProperty,
    standing: &Standing<'_>,
    context: &mut Context<'_>,
    errors: &mut Errors,
) -> Option<Property> {
    let is_bare = raw.visible.is_none() && raw.writable.is_none() && raw.never.is_none() && raw.mask.is_none();
    if is_bare {
        return None;
    }
    directions(&raw, standing, context, errors);
    names(&raw, standing, errors);
    if let (Some(at), Some(other)) =
        (raw.never, raw.visible.as_ref().map(|_| "visible").or(raw.mask.as_ref().map(|_| "mask")))
    {
        errors.at(at, &format!("`never` excludes `{other}`: remove one"));
    }
    if let Some(demand) = &raw.writable {
        if !tokens::is_option(standing.ty) {
            errors.at(demand.at, "`writable`: who may not give it has to leave it out: write an `Option<..>`");
        }
        if let Some(at) = demand.access.asks_owner() {
            errors.at(at, "`owner`: what enters says of itself whose it is: demand a scope or a role");
        }
    }
    if let Some(at) = raw.visible.as_ref().and_then(|demand| demand.access.asks_owner())
        && !context.has_owner
    {
        errors.at(
            at,
            "`owner`: no field says whose the value is: write `#[secure(owner)]` on the one that holds the subject",
        );
    }
    for demand in raw.demands() {
        controls(demand.access.calls(), errors);
    }
    Some(Property {
        index: next(&mut context.counts.properties),
        visible: raw.visible.map(|demand| demand.access),
        writable: raw.writable.map(|demand| demand.access),
        never: raw.never,
        mask: raw.mask,
    })
}

/// Each word is about one direction.
fn directions(raw: &RawProperty, standing: &Standing<'_>, context: &Context<'_>, errors: &mut Errors) {
    let outward = words(raw).filter(|(word, _)| *word != "writable");
    for (word, at) in outward {
        if context.direction == Direction::In {
            errors.at(
                at,
                &format!("`{word}` is about what leaves, and this type only enters: say `#[secure(output)]` on it"),
            );
        } else if standing.serde.skip_serializing && word != "never" {
            errors.at(at, &format!("serde never writes this field, so nobody sees it: remove `{word}`"));
        } else if context.container.into {
            errors.at(at, &format!("`into` writes another type: say `{word}` there"));
        }
    }
    if let Some(demand) = &raw.writable {
        if context.direction == Direction::Out {
            errors.at(
                demand.at,
                "`writable` is about what enters, and this type only leaves: say `#[secure(input, output)]` on it",
            );
        } else if standing.serde.skip_deserializing {
            errors.at(demand.at, "serde never reads this field, so nobody writes it: remove `writable`");
        }
    }
}

/// What has no name of its own cannot be left out.
fn names(raw: &RawProperty, standing: &Standing<'_>, errors: &mut Errors) {
    if standing.serde.flatten {
        for (word, at) in words(raw) {
            errors.at(at, &format!("`{word}`: the fields of this field stand in its place: write it on them"));
        }
        return;
    }
    if standing.wire == Wire::Named {
        return;
    }
    for (word, at) in words(raw).filter(|(word, _)| *word != "mask") {
        errors.at(at, &format!("`{word}`: what has no name cannot be left out: write it on a field with a name"));
    }
}

/// Serde neither reads nor writes it in the direction of the type.
pub(super) fn refuse_absent(raw: &RawProperty, errors: &mut Errors) {
    for (word, at) in words(raw).filter(|(word, _)| *word != "never") {
        errors.at(at, &format!("serde skips this field: remove `{word}`"));
    }
}

/// The words make no sense on what is a whole input.
pub(super) fn refuse_whole(raw: &RawProperty, errors: &mut Errors) {
    for (word, at) in words(raw) {
        errors.at(at, &format!("`{word}` is about a property: write it on a field of the type"));
    }
}

fn words(raw: &RawProperty) -> impl Iterator<Item = (&'static str, Span)> {
    let visible = raw.visible.as_ref().map(|demand| ("visible", demand.at));
    let writable = raw.writable.as_ref().map(|demand| ("writable", demand.at));
    let mask = raw.mask.as_ref().map(|call| ("mask", call.span()));
    [visible, writable, raw.never.map(|at| ("never", at)), mask].into_iter().flatten()
}
