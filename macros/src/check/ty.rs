//! A request or response type: which way it goes, what it is on the wire, and what it does with unknown fields.

use proc_macro2::Ident;
use quote::quote;
use syn::{Fields, GenericParam, LitStr, Meta, Path};

use super::{
    field::{Context, Counts, fields},
    paths, wire,
};
use crate::{
    errors::Errors,
    grammar,
    model::{
        Decoding, Direction, RawBody, RawField, RawType, RawVariant, Renames, Serde, Shape, Tagging, Ty, Unknown,
        Variant,
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
        counts: &mut Counts::default(),
    };
    let has_names = has_named_fields(&raw.body);
    let shape = match raw.body {
        RawBody::Struct(fields) => object(ident, &raw.input.data, fields, &mut context, errors),
        RawBody::Enum(variants) => choice_or_variants(ident, variants, &mut context, errors),
        RawBody::Union(at) => {
            errors.at(at, "a union has no declared fields: write a struct or an enum");
            Shape::Broken
        }
    };
    let unknown = unknown(ident, &raw.serde, &words, has_names, errors);
    let decoding = if raw.serde.opaque { Decoding::Own } else { Decoding::Derived };
    Ty { paths: paths(words.krate), path, direction: words.direction, unknown, decoding, shape, input: raw.input }
}

const WORDS: &str =
    "a type says `input`, `output`, `ignore_unknown = \"reason\"` or `crate = path`; rules go on its fields";

/// The words on the type itself.
struct Words {
    direction: Direction,
    ignore_unknown: Option<LitStr>,
    krate: Option<Path>,
}

fn words(entries: Vec<Meta>, errors: &mut Errors) -> Words {
    let (mut input, mut output, mut ignore_unknown, mut krate) = (None, None, None, None);
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
            Some(word @ "ignore_unknown") => {
                let reason = grammar::text(entry, "\"reason\"", errors);
                if let Some(reason) = &reason {
                    grammar::reason(reason, word, errors);
                }
                grammar::once(&mut ignore_unknown, reason, at, word, errors);
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
    Words { direction, ignore_unknown, krate }
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
    match (fields.pop(), fields.is_empty()) {
        (Some(field), true) => Shape::Newtype(Box::new(field)),
        (Some(_), false) => {
            errors.at(
                ident.span(),
                &format!("`{ident}` is a list of different things on the wire: give its fields names"),
            );
            Shape::Broken
        }
        (None, _) => {
            errors.at(ident.span(), &format!("`{ident}` is `null` on the wire: write `struct {ident} {{}}`"));
            Shape::Broken
        }
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
        |raw: &RawVariant| matches!(raw.variant.fields, Fields::Unit) && !raw.serde.untagged && !raw.serde.opaque;
    if container.tag.is_none() && !container.untagged && raw.iter().all(is_plain) {
        return Shape::Choice(raw.iter().map(|raw| (raw.variant.ident.clone(), name(raw))).collect());
    }
    let variants = raw.into_iter().map(|raw| variant(raw, &name, context, errors)).collect();
    Shape::Variants(variants)
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
            counts: context.counts,
        },
        errors,
    );
    if is_unnamed && fields.len() > 1 {
        let ident = &raw.variant.ident;
        errors.at(ident.span(), &format!("`{ident}` is a list of different things on the wire: give its fields names"));
        fields.clear();
    }
    if raw.serde.opaque {
        fields.iter_mut().for_each(|field| field.opaque = true);
    }
    Variant { ident: raw.variant.ident, wire, tagging: tagging(context.container, raw.serde.untagged), fields }
}

fn tagging(container: &Serde, is_untagged: bool) -> Tagging {
    match (&container.tag, &container.content) {
        _ if is_untagged || container.untagged => Tagging::InPlace,
        (Some(_), Some(content)) => Tagging::Adjacent(content.clone()),
        (Some(_), None) => Tagging::InPlace,
        (None, _) => Tagging::External,
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
