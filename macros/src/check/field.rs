//! The fields of a type and the rules on them.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Member, Path, spanned::Spanned};

use super::{property, stranger, wire};
use crate::{
    errors::Errors,
    grammar,
    model::{
        Between, Call, Direction, Field, Given, Place, Presence, RawField, RawPlace, RawRule, Reach, Renames, Rule,
        Serde, Wire,
    },
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
    /// The fields that rules may mention, by identifier and by name on the wire.
    pub(crate) siblings: Vec<(Ident, String)>,
    /// The same beside the object, in other parts of a request.
    pub(crate) beyond: &'a [(Ident, String)],
    /// Whether one of the fields says whose the value is.
    pub(crate) has_owner: bool,
    /// How many rules and places there are so far.
    pub(crate) counts: &'a mut Counts,
}

/// Numbers for statics.
#[derive(Default)]
pub(crate) struct Counts {
    fields: usize,
    places: usize,
    rules: usize,
    pub(super) properties: usize,
}

/// The fields that are on the wire.
pub(crate) fn fields(raw: Vec<RawField>, context: &mut Context<'_>, errors: &mut Errors) -> Vec<Field> {
    context.has_owner = raw.iter().any(|raw| raw.property.owner.is_some());
    let siblings = raw.iter().filter_map(|raw| sibling(raw, context)).collect();
    let outer = std::mem::replace(&mut context.siblings, siblings);
    let fields = raw.into_iter().filter_map(|raw| field(raw, context, errors)).collect();
    // Those of a struct stay, for the rules on it as a whole.
    if !outer.is_empty() {
        context.siblings = outer;
    }
    fields
}

fn sibling(raw: &RawField, context: &Context<'_>) -> Option<(Ident, String)> {
    let Member::Named(ident) = &raw.member else { return None };
    let name = wire::field(&raw.serde, context.spelling, &tokens::unraw(ident), context.direction);
    (!wire::is_absent(&raw.serde, context.direction)).then(|| (ident.clone(), name))
}

fn field(mut raw: RawField, context: &mut Context<'_>, errors: &mut Errors) -> Option<Field> {
    if wire::is_absent(&raw.serde, context.direction) {
        refuse_words(&raw.place, errors);
        property::refuse_absent(&raw.property, errors);
        return None;
    }
    let style = style(raw.place.style.take(), &raw, errors);
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
    let wire = if is_named { Wire::Named } else { Wire::InPlace };
    let leaving_name = match &raw.member {
        Member::Named(ident) => Some(tokens::unraw(ident)),
        Member::Unnamed(_) => None,
    };
    let leaving = property::leaving(&raw.serde, leaving_name.as_deref(), context);
    let standing = property::Standing { wire, serde: &raw.serde, ty: &raw.ty };
    let property = property::property(raw.property, &standing, context, errors);
    Some(Field {
        index: next(&mut context.counts.fields),
        ty,
        generic,
        span,
        name,
        aliases: raw.serde.aliases,
        wire,
        presence: if is_optional { Presence::Optional } else { Presence::Required },
        opaque: raw.serde.opaque,
        style,
        entering: !raw.serde.skip_deserializing,
        leaving,
        property,
        place: place(raw.place, context, errors),
        member: raw.member,
    })
}

/// The word that says how the field is spelled among names and texts.
fn style(path: Option<Path>, raw: &RawField, errors: &mut Errors) -> Option<Ident> {
    let path = path?;
    if raw.serde.flatten || matches!(raw.member, Member::Unnamed(_)) {
        errors.at(tokens::path_span(&path), "`style` is how a name is spelled, and this field has none: remove it");
        return None;
    }
    let word = path.get_ident().cloned();
    if word.is_none() {
        errors.at(tokens::path_span(&path), "`style`: write one word, as in `style = comma_separated`");
    }
    word
}

/// A value that never is on the wire has nothing to be checked.
fn refuse_words(place: &RawPlace, errors: &mut Errors) {
    for rule in &place.rules {
        errors.at(rule.call.span(), "serde skips this field, so no rule ever sees it: remove the rule");
    }
    for inner in [&place.each, &place.keys, &place.values].into_iter().flatten() {
        refuse_words(inner, errors);
    }
    if let Some(reason) = &place.unchecked {
        errors.at(reason.span(), "serde skips this field: remove `unchecked`");
    }
    if let Some(check) = &place.check {
        errors.at(tokens::path_span(check), "serde skips this field, so no rule ever sees it: remove `check`");
    }
    if let Some(style) = &place.style {
        errors.at(tokens::path_span(style), "serde skips this field: remove `style`");
    }
}

pub(super) fn place(raw: RawPlace, context: &mut Context<'_>, errors: &mut Errors) -> Place {
    if let Some(text) = &raw.unchecked {
        grammar::reason(text, "unchecked", errors);
    }
    if let Some(style) = &raw.style {
        errors
            .at(tokens::path_span(style), "`style` is for a field as a whole: write it beside the rules of the field");
    }
    let index = next(&mut context.counts.places);
    let rules = raw.rules.into_iter().map(|raw| rule(raw, context, errors)).collect();
    let mut inner = |raw: Option<Box<RawPlace>>| raw.map(|raw| Box::new(place(*raw, context, errors)));
    Place {
        index,
        span: raw.span,
        rules,
        check: raw.check,
        each: inner(raw.each),
        keys: inner(raw.keys),
        values: inner(raw.values),
        unchecked: raw.unchecked,
    }
}

/// The rule becomes a static, and a static cannot see the generics around it.
fn rule(raw: RawRule, context: &mut Context<'_>, errors: &mut Errors) -> Rule {
    let RawRule { mut call, group } = raw;
    let between = between(&mut call, context, errors);
    let mut all: TokenStream = call.arguments.iter().map(|argument| argument.value.tokens()).collect();
    call.path.to_tokens(&mut all);
    if let Some(parameter) = tokens::find_ident(all.clone(), &|ident| context.parameters.contains(ident)) {
        errors.at(parameter.span(), &format!("a rule argument cannot mention `{parameter}`: write a constant"));
    }
    if let Some(own) = tokens::find_ident(all, &|ident| ident == "Self") {
        errors.at(own.span(), "a rule argument cannot mention `Self`: write the name of the type");
    }
    Rule { index: next(&mut context.counts.rules), call, between, group }
}

/// Takes the arguments that mention fields out of the call.
fn between(call: &mut Call, context: &Context<'_>, errors: &mut Errors) -> Option<Between> {
    let mut names = Vec::new();
    let mut arguments = Vec::new();
    let mut reach = Reach::Object;
    call.arguments.retain(|argument| {
        let tokens = argument.value.tokens();
        let among = |fields: &[(Ident, String)], ident: &Ident| {
            fields.iter().find(|(field, _)| field == ident).map(|(_, name)| name.clone())
        };
        let is_field = |ident: &Ident| among(&context.siblings, ident).or_else(|| among(context.beyond, ident));
        let mentioned = tokens::find_values(tokens.clone(), &is_field);
        if !tokens::find_values(tokens.clone(), &|ident| among(context.beyond, ident)).is_empty() {
            reach = Reach::Request;
        }
        let strangers = match (&argument.name, &argument.value) {
            (None, Given::Entry(value) | Given::Plain(value)) => {
                stranger::strangers(value, &|ident| is_field(ident).is_some())
            }
            (None, Given::List(_)) | (Some(_), _) => Vec::new(),
        };
        for word in &strangers {
            let fields: Vec<&Ident> = context.siblings.iter().chain(context.beyond).map(|(field, _)| field).collect();
            errors.at(word.span(), &stranger::message(word, &fields));
        }
        if mentioned.is_empty() || !strangers.is_empty() {
            return strangers.is_empty();
        }
        if let Some(name) = &argument.name {
            let message = format!("`{name}` is a constant, and this mentions a field: write a constant, or a rule between fields such as `less_than(field)`");
            errors.at(name.span(), &message);
            return false;
        }
        names.extend(mentioned);
        arguments.push(tokens);
        false
    });
    names.dedup();
    (!arguments.is_empty()).then_some(Between { names, arguments, reach })
}

pub(super) fn next(count: &mut usize) -> usize {
    let index = *count;
    *count += 1;
    index
}
