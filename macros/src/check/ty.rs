//! A request or response type: which way it goes, what it is on the wire, and what it does with unknown fields.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Fields, GenericParam, LitStr, Meta, Path};

use super::{
    field::{self, Context, Counts, fields},
    paths, property, wire,
};
use crate::{
    errors::Errors,
    grammar,
    model::{
        Content, Decoding, Direction, Entrance, Field, RawBody, RawField, RawType, RawVariant, Renames, Serde, Shape,
        Tagged, Ty, Unknown, Variant, Wire,
    },
    tokens,
};

/// A type that can be emitted. What was refused is left out of it.
pub(crate) fn ty(raw: RawType, errors: &mut Errors) -> Ty {
    let words = words(raw.entries, errors);
    let (_, generics, _) = raw.input.generics.split_for_impl();
    let ident = &raw.input.ident;
    let path = quote!(#ident #generics);
    let parameters: Vec<Ident> = raw.input.generics.params.iter().filter_map(parameter).collect();
    let mut context = Context {
        owner: &path,
        parameters: &parameters,
        container: &raw.serde,
        spelling: raw.serde.rename_all,
        direction: words.direction,
        unnamed: "0",
        siblings: Vec::new(),
        beyond: &raw.beyond,
        has_owner: false,
        counts: &mut Counts::default(),
    };
    let has_names = has_named_fields(&raw.body);
    let owner = match &raw.body {
        RawBody::Struct(fields) => property::owner(fields, errors),
        RawBody::Enum(_) | RawBody::Union(_) => None,
    };
    let shape = match raw.body {
        RawBody::Struct(fields) => object(ident, &raw.input.data, fields, &mut context, errors),
        RawBody::Enum(variants) => choice_or_variants(ident, variants, &mut context, errors),
        RawBody::Union(at) => {
            errors.at(at, "a union has no declared fields: write a struct or an enum");
            Shape::Broken
        }
    };
    let whole = field::place(raw.whole, &mut context, errors);
    if let (Some(rule), false) =
        (whole.rules.iter().find(|rule| rule.between.is_some()), matches!(shape, Shape::Object(_)))
    {
        errors.at(rule.call.span(), "a rule between fields is for a struct with named fields");
    }
    let unknown = unknown(ident, &raw.serde, &words, has_names, errors);
    let constructor = constructor(ident, words.constructor, &raw.input, errors);
    let decoding = decoding(&raw.serde, &shape, constructor);
    let entrance = if words.verify.is_some() { Entrance::Verified } else { Entrance::Plain };
    let paths = paths(words.krate);
    Ty {
        paths,
        name: tokens::unraw(&raw.input.ident),
        path,
        direction: words.direction,
        entrance,
        unknown,
        decoding,
        constructor,
        owner,
        whole,
        shape,
        input: raw.input,
    }
}

const WORDS: &str = "a type says `input`, `output`, `verify`, `constructor`, `check = path`, `ignore_unknown = \"reason\"` or `crate = path`; rules go on its fields";

/// The words on the type itself.
struct Words {
    direction: Direction,
    verify: Option<Span>,
    ignore_unknown: Option<LitStr>,
    constructor: Option<Span>,
    krate: Option<Path>,
}

fn words(entries: Vec<Meta>, errors: &mut Errors) -> Words {
    let (mut input, mut output, mut verify, mut ignore_unknown, mut constructor, mut krate) =
        (None, None, None, None, None, None);
    for entry in entries {
        let at = grammar::span(&entry);
        match grammar::word(&entry).as_deref() {
            Some(word @ "input") => {
                grammar::bare(&entry, errors);
                grammar::once(&mut input, Some(()), at, word, errors);
            }
            Some(word @ "output") => {
                grammar::bare(&entry, errors);
                grammar::once(&mut output, Some(()), at, word, errors);
            }
            Some(word @ "verify") => {
                grammar::bare(&entry, errors);
                grammar::once(&mut verify, Some(at), at, word, errors);
            }
            Some(word @ "ignore_unknown") => {
                let reason = grammar::text(entry, "\"reason\"", errors);
                if let Some(reason) = &reason {
                    grammar::reason(reason, word, errors);
                }
                grammar::once(&mut ignore_unknown, reason, at, word, errors);
            }
            Some(word @ "constructor") => {
                grammar::bare(&entry, errors);
                grammar::once(&mut constructor, Some(at), at, word, errors);
            }
            Some(word @ "crate") => {
                let path = grammar::path(entry, "path", errors);
                grammar::once(&mut krate, path, at, word, errors);
            }
            _ => errors.at(at, &format!("`{}` is unknown: {WORDS}", tokens::path_text(entry.path()))),
        }
    }
    let direction = match (input, output) {
        (None | Some(()), None) => Direction::In,
        (None, Some(())) => Direction::Out,
        (Some(()), Some(())) => Direction::Both,
    };
    if let (Some(at), Direction::Out) = (verify, direction) {
        errors.at(at, "`verify` is about what enters: remove it, or say `input` too");
    }
    Words { direction, verify, ignore_unknown, constructor, krate }
}

/// A constructor takes the one value that the type holds.
fn constructor(ident: &Ident, word: Option<Span>, input: &DeriveInput, errors: &mut Errors) -> Option<Span> {
    let at = word?;
    let holds_one = matches!(&input.data, syn::Data::Struct(data) if data.fields.len() == 1);
    let is_named = matches!(&input.data, syn::Data::Struct(data) if matches!(data.fields, Fields::Named(_)));
    if !holds_one || is_named {
        let message = format!(
            "`constructor` is for a type around one value: write `struct {ident}(..)`, or use `Valid<{ident}>`"
        );
        errors.at(at, &message);
        return None;
    }
    if input.generics.type_params().next().is_some() {
        errors.at(at, &format!("`constructor`: `{ident}` could be made from any type: use `Valid<{ident}<..>>`"));
        return None;
    }
    Some(at)
}

/// What `try_from` names is decoded as the type itself would be, when our own constructor takes it.
fn decoding(serde: &Serde, shape: &Shape, constructor: Option<Span>) -> Decoding {
    let is_ours = |source: &str| match (constructor, shape, source.parse::<TokenStream>()) {
        (Some(_), Shape::Newtype(field), Ok(source)) => source.to_string() == field.ty.to_string(),
        _ => false,
    };
    match &serde.try_from {
        _ if serde.opaque => Decoding::Own,
        Some(source) if !is_ours(source) => Decoding::Own,
        Some(_) | None => Decoding::Derived,
    }
}

fn parameter(parameter: &GenericParam) -> Option<Ident> {
    match parameter {
        GenericParam::Lifetime(_) => None,
        GenericParam::Type(parameter) => Some(parameter.ident.clone()),
        GenericParam::Const(parameter) => Some(parameter.ident.clone()),
    }
}

fn has_named_fields(body: &RawBody) -> bool {
    match body {
        RawBody::Struct(fields) => fields.iter().any(is_named),
        RawBody::Enum(variants) => variants.iter().any(|variant| matches!(variant.variant.fields, Fields::Named(_))),
        RawBody::Union(_) => false,
    }
}

fn is_named(field: &RawField) -> bool {
    matches!(field.member, syn::Member::Named(_))
}

/// What a struct is on the wire: serde writes one unnamed field in place, several as a list, none as `null`.
fn object(
    ident: &Ident,
    data: &syn::Data,
    raw: Vec<RawField>,
    context: &mut Context<'_>,
    errors: &mut Errors,
) -> Shape {
    let is_named = matches!(data, syn::Data::Struct(data) if matches!(data.fields, Fields::Named(_)));
    let mut fields = fields(raw, context, errors);
    if is_named && !context.container.transparent {
        return Shape::Object(fields);
    }
    if fields.len() > 1 {
        positions(&mut fields, errors);
        return Shape::Tuple(fields);
    }
    match fields.pop() {
        Some(field) => Shape::Newtype(Box::new(field)),
        None => {
            errors.at(ident.span(), &format!("`{ident}` is `null` on the wire: write `struct {ident} {{}}`"));
            Shape::Broken
        }
    }
}

/// Fields without names are a list on the wire.
fn positions(fields: &mut [Field], errors: &mut Errors) {
    for (position, field) in fields.iter_mut().enumerate() {
        if field.leaving.as_ref().is_some_and(|leaving| leaving.skipped_if.is_some()) {
            let message = "`skip_serializing_if`: what stands behind it would take its place: give the fields names";
            errors.at(field.span, message);
        }
        field.name = position.to_string();
        field.wire = Wire::Position(position);
    }
}

fn choice_or_variants(ident: &Ident, raw: Vec<RawVariant>, context: &mut Context<'_>, errors: &mut Errors) -> Shape {
    let container = context.container;
    let spelling = container.rename_all;
    let direction = context.direction;
    let raw: Vec<RawVariant> = raw.into_iter().filter(|raw| !wire::is_absent(&raw.serde, direction)).collect();
    if raw.is_empty() {
        errors.at(ident.span(), &format!("`{ident}` has no variants, so no value is ever accepted: add one"));
        return Shape::Broken;
    }
    let name = |raw: &RawVariant| wire::variant(&raw.serde, spelling, &tokens::unraw(&raw.variant.ident), direction);
    let is_plain =
        |raw: &RawVariant| matches!(raw.variant.fields, Fields::Unit) && !says_nothing(raw) && !raw.serde.opaque;
    if container.tag.is_none() && !container.untagged && raw.iter().all(is_plain) {
        return Shape::Choice(raw.iter().map(|raw| (raw.variant.ident.clone(), name(raw))).collect());
    }
    refuse_open_variants(&raw, context, errors);
    let tagged = tagged(container, raw.iter().any(says_nothing));
    let variants = raw.into_iter().map(|raw| variant(raw, &name, context, errors)).collect();
    Shape::Variants(tagged, variants)
}

/// Serde takes any members beside the tag of a variant without fields, whatever the enum says of unknown ones.
fn refuse_open_variants(raw: &[RawVariant], context: &Context<'_>, errors: &mut Errors) {
    let container = context.container;
    let (Some(tag), None, true) = (&container.tag, &container.content, container.deny_unknown_fields) else { return };
    if context.direction == Direction::Out {
        return;
    }
    for raw in raw.iter().filter(|raw| matches!(raw.variant.fields, Fields::Unit) && !says_nothing(raw)) {
        let ident = &raw.variant.ident;
        let message = format!("`{ident}` takes any members beside `{tag}`, as serde reads it: write `{ident} {{}}`");
        errors.at(ident.span(), &message);
    }
}

/// Whether the wire does not name the variant.
fn says_nothing(raw: &RawVariant) -> bool {
    raw.serde.untagged || raw.serde.other
}

fn variant(
    raw: RawVariant,
    name: &dyn Fn(&RawVariant) -> String,
    context: &mut Context<'_>,
    errors: &mut Errors,
) -> Variant {
    let wire = name(&raw);
    let own = raw.serde.rename_all;
    let all = context.container.rename_all_fields;
    let spelling =
        Renames { serialize: own.serialize.or(all.serialize), deserialize: own.deserialize.or(all.deserialize) };
    let leaving =
        wire::variant(&raw.serde, context.container.rename_all, &tokens::unraw(&raw.variant.ident), Direction::Out);
    let owner = property::owner(&raw.fields, errors);
    let is_unnamed = matches!(raw.variant.fields, Fields::Unnamed(_));
    let mut fields = fields(
        raw.fields,
        &mut Context {
            owner: context.owner,
            parameters: context.parameters,
            container: context.container,
            spelling,
            direction: context.direction,
            unnamed: &wire,
            siblings: Vec::new(),
            beyond: context.beyond,
            has_owner: false,
            counts: context.counts,
        },
        errors,
    );
    if is_unnamed && fields.len() > 1 {
        positions(&mut fields, errors);
    }
    if raw.serde.by_hand {
        fields.iter_mut().filter_map(|field| field.leaving.as_mut()).for_each(|leaving| leaving.by_hand = true);
    }
    if raw.serde.opaque {
        fields.iter_mut().for_each(|field| field.opaque = true);
    }
    let form = match (&raw.variant.fields, fields.len()) {
        _ if raw.serde.opaque => Content::Opaque,
        (Fields::Unit, _) => Content::Unit,
        (Fields::Named(_), _) => Content::Object,
        (Fields::Unnamed(all), 1) if all.unnamed.len() == 1 => Content::Newtype,
        (Fields::Unnamed(_), _) => Content::Tuple,
    };
    let tagged = tagged(context.container, raw.serde.untagged);
    Variant { ident: raw.variant.ident, wire, aliases: raw.serde.aliases, tagged, form, leaving, owner, fields }
}

fn tagged(container: &Serde, is_untagged: bool) -> Tagged {
    match (&container.tag, &container.content) {
        _ if is_untagged || container.untagged => Tagged::Untagged,
        (Some(tag), Some(content)) => Tagged::Adjacent(tag.clone(), content.clone()),
        (Some(tag), None) => Tagged::Internal(tag.clone()),
        (None, _) => Tagged::External,
    }
}

/// An input type says what becomes of fields it does not know.
fn unknown(ident: &Ident, serde: &Serde, words: &Words, has_names: bool, errors: &mut Errors) -> Unknown {
    if let Some(reason) = &words.ignore_unknown {
        if serde.deny_unknown_fields {
            errors.at(reason.span(), "`ignore_unknown` contradicts `#[serde(deny_unknown_fields)]`: remove one");
        }
        return Unknown::Ignored;
    }
    if serde.deny_unknown_fields {
        return Unknown::Refused;
    }
    let enters = words.direction != Direction::Out;
    if enters && has_names && !serde.transparent {
        let mend = "add `#[serde(deny_unknown_fields)]`, or `#[secure(ignore_unknown = \"reason\")]`; if it only leaves, `#[secure(output)]`";
        errors.at(ident.span(), &format!("`{ident}` ignores unknown fields: {mend}"));
    }
    Unknown::Ignored
}
