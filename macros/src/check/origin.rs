//! Where the fields of a handler struct come from: each from one place that the request has.

use std::collections::HashMap;

use super::request::Placed;
use crate::{
    errors::Errors,
    model::{Origin, Place, RawEndpoint, RawPlace, Reach},
    tokens,
};

const PLACES: &str = "`path`, `query`, `header`, `cookie` or `body`";

/// What a field alone can have wrong.
pub(super) fn field(field: &Placed, errors: &mut Errors) {
    let (ident, raw) = (&field.ident, &field.raw);
    if let Some(span) = raw.condition {
        errors.at(span, "a field of a request cannot be conditional: put `cfg` on two structs");
    }
    match &raw.origin {
        None => unplaced(field, errors),
        Some(origin) if origin.origin == Origin::Body => {
            if let Some(name) = &origin.name {
                errors.at(name.span(), "the body has no name: write `body`");
            }
            if let Some(rule) = raw.place.rules.first() {
                errors.at(rule.call.span(), "the rules of a body are said by its type: move this there");
            } else if !is_bare(&raw.place) {
                errors.at(origin.span, "the rules of a body are said by its type: leave `body` alone here");
            }
        }
        Some(_) if raw.serde.flatten || raw.serde.skip_deserializing => {
            errors.at(
                ident.span(),
                "a field with a place stands there under its name: remove serde's `flatten` or `skip`",
            );
        }
        Some(_) => {}
    }
}

/// An argument as on a function: nothing can be said of it. What looks like a rule may be a misspelt place.
fn unplaced(field: &Placed, errors: &mut Errors) {
    let place = &field.raw.place;
    for rule in &place.rules {
        let word = tokens::path_text(&rule.call.path);
        let message =
            format!("`{word}` does not say where `{}` comes from: write {PLACES}, then the rules", field.ident);
        errors.at(rule.call.span(), &message);
    }
    if place.rules.is_empty() && !is_bare(place) {
        let message = format!("`{}` comes from nowhere: write {PLACES}, then the rules", field.ident);
        errors.at(field.ident.span(), &message);
    }
}

fn is_bare(place: &RawPlace) -> bool {
    let RawPlace { span: _, rules, check, each, keys, values, unchecked, style } = place;
    rules.is_empty()
        && [each, keys, values].into_iter().all(Option::is_none)
        && check.is_none()
        && unchecked.is_none()
        && style.is_none()
}

/// What fields have wrong together, and with the path.
pub(super) fn together(fields: &[Placed], words: &RawEndpoint, errors: &mut Errors) {
    let mut known: HashMap<(&str, String), &Placed> = HashMap::new();
    for field in fields {
        let Some(origin) = &field.raw.origin else { continue };
        let name = match origin.origin {
            Origin::Body => String::new(),
            Origin::Header => field.name.to_ascii_lowercase(),
            Origin::Path | Origin::Query | Origin::Cookie => field.name.clone(),
        };
        match known.insert((origin.origin.word(), name), field) {
            None => {}
            Some(before) if origin.origin == Origin::Body => {
                let message = format!("`{}` is the body already: a request has one", before.ident);
                errors.at(origin.span, &message);
            }
            Some(before) => {
                let (place, name) = (origin.origin.word(), &field.name);
                let message = format!("`{}` is `{name}` of the {place} already: name another", before.ident);
                errors.at(origin.span, &message);
            }
        }
    }
    in_path(fields, words, errors);
}

/// Fields of the path and open parameters are one to one, where there is such a field at all.
fn in_path(fields: &[Placed], words: &RawEndpoint, errors: &mut Errors) {
    let mut fields = fields.iter().filter(|field| field.origin() == Some(Origin::Path)).peekable();
    if fields.peek().is_none() || words.has_unread_binding {
        return;
    }
    let Some(route) = &words.route else { return };
    let path = route.path.value();
    let is_open = |name: &str| words.opens.iter().any(|open| tokens::unraw(&open.parameter) == name);
    let object = |name: &str| words.objects.iter().find(|object| tokens::unraw(&object.parameter) == name);
    let mut taken = Vec::new();
    for field in fields {
        let name = field.name.as_str();
        if let Some(object) = object(name) {
            let ty = tokens::text(&object.ty);
            let message = format!("`{{{name}}}` names an object: take it as `Authorized<{ty}>`, without a place");
            errors.at(field.ident.span(), &message);
        } else if !is_open(name) && !path.split('/').any(|segment| segment == format!("{{{name}}}")) {
            let message = format!("the path has no `{{{name}}}`: add it, and `open({name}, \"reason\")`");
            errors.at(field.ident.span(), &message);
        }
        taken.push(name);
    }
    for open in &words.opens {
        let name = tokens::unraw(&open.parameter);
        if !taken.contains(&name.as_str()) {
            let message = format!("no field takes `{{{name}}}`: add one with `#[secure(path)]`, as for the others");
            errors.at(open.parameter.span(), &message);
        }
    }
}

/// What a rule on a field cannot be in a request.
pub(super) fn rules(place: &Place, errors: &mut Errors) {
    for rule in &place.rules {
        if let Some(group) = &rule.group {
            errors.at(tokens::path_span(group), "a handler struct has one purpose: remove `on`");
        }
    }
    for inner in [&place.each, &place.keys, &place.values].into_iter().flatten() {
        rules(inner, errors);
        for rule in &inner.rules {
            if rule.between.as_ref().is_some_and(|between| between.reach == Reach::Request) {
                let mend = "mention fields of its own place, or write a function: `check = path` beside the method";
                errors.at(rule.call.span(), &format!("a rule on what a field holds is about that place: {mend}"));
            }
        }
    }
}
