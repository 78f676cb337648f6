//! The fields of a type and the rules on them.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Member, spanned::Spanned};

use super::wire;
use crate::{
    errors::Errors,
    grammar,
    model::{Call, Direction, Field, Given, Place, Presence, RawField, RawPlace, Renames, Rule, Serde, Wire},
    tokens,
};

/// What a field's type and rules are seen against.
pub(crate) struct Context<'a> {
    /// The type with its generics, for `Self`.
    pub(crate) owner: &'a TokenStream,
    /// The type and const parameters.
    pub(crate) parameters: &'a [Ident],
    pub(crate) container: &'a Serde,
    pub(crate) spelling: Renames,
    pub(crate) direction: Direction,
    /// The name of a field without one, such as the content of a variant.
    pub(crate) unnamed: &'a str,
    /// How many rules and places there are so far.
    pub(crate) counts: &'a mut Counts,
}

/// Numbers for statics.
#[derive(Default)]
pub(crate) struct Counts {
    fields: usize,
    places: usize,
    rules: usize,
}

/// The fields that are on the wire.
pub(crate) fn fields(raw: Vec<RawField>, context: &mut Context<'_>, errors: &mut Errors) -> Vec<Field> {
    raw.into_iter().filter_map(|raw| field(raw, context, errors)).collect()
}

fn field(raw: RawField, context: &mut Context<'_>, errors: &mut Errors) -> Option<Field> {
    if wire::is_absent(&raw.serde, context.direction) {
        refuse_words(&raw.place, errors);
        return None;
    }
    let (span, written) = match &raw.member {
        Member::Named(ident) => (ident.span(), tokens::unraw(ident)),
        Member::Unnamed(_) => (raw.ty.span(), context.unnamed.to_owned()),
    };
    let name = match &raw.member {
        Member::Named(_) => wire::field(&raw.serde, context.spelling, &written, context.direction),
        Member::Unnamed(_) => written,
    };
    let ty =
        tokens::replace_idents(raw.ty.to_token_stream(), &|ident| (ident == "Self").then(|| context.owner.clone()));
    let generic = tokens::find_ident(ty.clone(), &|ident| context.parameters.contains(ident));
    let is_named = matches!(raw.member, Member::Named(_)) && !raw.serde.flatten && !context.container.transparent;
    let is_optional =
        raw.serde.default || context.container.default || (tokens::is_option(&raw.ty) && !raw.serde.opaque);
    Some(Field {
        index: next(&mut context.counts.fields),
        ty,
        generic,
        span,
        name,
        aliases: raw.serde.aliases,
        wire: if is_named { Wire::Named } else { Wire::InPlace },
        presence: if is_optional { Presence::Optional } else { Presence::Required },
        opaque: raw.serde.opaque,
        place: place(raw.place, context, errors),
        member: raw.member,
    })
}

/// A value that never is on the wire has nothing to be checked.
fn refuse_words(place: &RawPlace, errors: &mut Errors) {
    for rule in &place.rules {
        errors.at(rule.span(), "serde skips this field, so no rule ever sees it: remove the rule");
    }
    for inner in [&place.each, &place.keys, &place.values].into_iter().flatten() {
        refuse_words(inner, errors);
    }
    if let Some(reason) = &place.unchecked {
        errors.at(reason.span(), "serde skips this field: remove `unchecked`");
    }
}

fn place(raw: RawPlace, context: &mut Context<'_>, errors: &mut Errors) -> Place {
    if let Some(text) = &raw.unchecked {
        grammar::reason(text, "unchecked", errors);
    }
    let index = next(&mut context.counts.places);
    let rules = raw.rules.into_iter().map(|call| rule(call, context, errors)).collect();
    let mut inner = |raw: Option<Box<RawPlace>>| raw.map(|raw| Box::new(place(*raw, context, errors)));
    Place {
        index,
        span: raw.span,
        rules,
        each: inner(raw.each),
        keys: inner(raw.keys),
        values: inner(raw.values),
        unchecked: raw.unchecked,
    }
}

/// The rule becomes a static, and a static cannot see the generics around it.
fn rule(call: Call, context: &mut Context<'_>, errors: &mut Errors) -> Rule {
    let given = call.arguments.iter().map(|argument| match &argument.value {
        Given::List(list) => list.to_token_stream(),
        Given::Entry(expr) | Given::Plain(expr) => expr.to_token_stream(),
    });
    let mut all: TokenStream = given.collect();
    call.path.to_tokens(&mut all);
    if let Some(parameter) = tokens::find_ident(all.clone(), &|ident| context.parameters.contains(ident)) {
        errors.at(parameter.span(), &format!("a rule argument cannot mention `{parameter}`: write a constant"));
    }
    if let Some(own) = tokens::find_ident(all, &|ident| ident == "Self") {
        errors.at(own.span(), "a rule argument cannot mention `Self`: write the name of the type");
    }
    Rule { index: next(&mut context.counts.rules), call }
}

fn next(count: &mut usize) -> usize {
    let index = *count;
    *count += 1;
    index
}
