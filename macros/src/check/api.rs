//! An API: what it cannot do without.

use proc_macro2::{Ident, Span};
use syn::LitStr;

use super::{controls::controls, paths};
use crate::{
    errors::Errors,
    model::{Api, Call, RawApi, RawUnit},
    tokens,
};

/// Words of an endpoint that say who may call, which an API cannot say for all of them.
const ENDPOINT_WORDS: &[&str] = &["public", "allow", "object", "open", "id", "tag"];

/// An API that can be emitted.
pub(crate) fn api(raw: RawApi, unit: RawUnit, errors: &mut Errors) -> Api {
    let ident = unit.item.ident.clone();
    let was_sound = errors.is_empty();
    let mut required = |text: Option<LitStr>, word: &str, example: &str| {
        let mend = format!("`{word} = \"{example}\"`");
        match &text {
            Some(text) if text.value().trim().is_empty() => {
                errors.at(text.span(), &format!("the {word} is empty: write one, as in {mend}"));
            }
            None if was_sound => errors.at(ident.span(), &format!("an API has a {word}: add {mend}")),
            Some(_) | None => {}
        }
        text.filter(|text| !text.value().trim().is_empty()).unwrap_or_else(|| LitStr::new(example, ident.span()))
    };
    let title = required(raw.title, "title", &ident.to_string());
    let version = required(raw.version, "version", "1.0.0");
    let schemes = raw.schemes.unwrap_or_default();
    single_words(&schemes, errors);
    let (defaults_span, defaults) = raw.defaults.unwrap_or_else(|| (ident.span(), Vec::new()));
    default_controls(&defaults, errors);
    let (endpoints_span, endpoints) = endpoints(raw.endpoints, &ident, was_sound, errors);
    Api {
        paths: paths(raw.krate),
        docs: unit.docs,
        item: unit.item,
        ident,
        title,
        version,
        schemes,
        scopes: raw.scopes,
        roles: raw.roles,
        defaults,
        defaults_span,
        endpoints,
        endpoints_span,
    }
}

fn endpoints(
    raw: Option<(Span, Vec<syn::Path>)>,
    ident: &Ident,
    was_sound: bool,
    errors: &mut Errors,
) -> (Span, Vec<syn::Path>) {
    if raw.is_none() && was_sound {
        errors.at(ident.span(), "an API has endpoints: add `endpoints(..)` with the names of the handlers");
    }
    raw.unwrap_or_else(|| (ident.span(), Vec::new()))
}

fn single_words(schemes: &[Call], errors: &mut Errors) {
    for call in schemes.iter().filter(|call| call.path.get_ident().is_none()) {
        let text = tokens::path_text(&call.path);
        errors.at(call.span(), &format!("`{text}` is no scheme: schemes are single words"));
    }
}

fn default_controls(defaults: &[Call], errors: &mut Errors) {
    controls(defaults, errors);
    for call in defaults {
        if let Some(word) = call.path.get_ident().filter(|word| ENDPOINT_WORDS.iter().any(|known| word == known)) {
            errors.at(word.span(), &format!("`{word}` is said by each endpoint: move it there"));
        }
    }
}
