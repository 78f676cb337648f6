//! The words of an API.

use proc_macro2::TokenStream;
use syn::{Meta, MetaList};

use crate::{
    errors::Errors,
    grammar,
    model::{Call, Method, RawApi},
    tokens,
};

const WORDS: &str =
    "an API is made of `title`, `version`, `auth(..)`, `scopes`, `roles`, `default(..)`, `endpoints(..)` and `crate`";
/// The form of an endpoint in its list.
const ENDPOINT: &str = "name handlers, as in `endpoints(place_order, orders::read)`";

/// Every word is known here; what an API demands of all its endpoints goes into `default(..)`.
pub(crate) fn api(words: TokenStream, errors: &mut Errors) -> RawApi {
    let mut raw = RawApi::default();
    for entry in grammar::entries(words, errors) {
        let at = grammar::span(&entry);
        let word = grammar::word(&entry).unwrap_or_default();
        if Method::parse(&word).is_some() {
            // The words behind it are those of a handler.
            errors.at(at, &format!("`{word}` is for a handler: write an `async fn`, or a struct with braces"));
            return raw;
        }
        match word.as_str() {
            "crate" => {
                let path = grammar::path(entry, "path", errors);
                grammar::once(&mut raw.krate, path, at, "crate", errors);
            }
            "title" => {
                let title = grammar::text(entry, "\"Shop\"", errors);
                grammar::once(&mut raw.title, title, at, "title", errors);
            }
            "version" => {
                let version = grammar::text(entry, "\"1.0.0\"", errors);
                grammar::once(&mut raw.version, version, at, "version", errors);
            }
            "scopes" => {
                let scopes = grammar::path(entry, "Type", errors);
                grammar::once(&mut raw.scopes, scopes, at, "scopes", errors);
            }
            "roles" => {
                let roles = grammar::path(entry, "Type", errors);
                grammar::once(&mut raw.roles, roles, at, "roles", errors);
            }
            "auth" => {
                let schemes = list(entry, errors).map(|list| calls(&list, errors));
                grammar::once(&mut raw.schemes, schemes, at, "auth", errors);
            }
            "default" => {
                let defaults = list(entry, errors).map(|list| (at, calls(&list, errors)));
                grammar::once(&mut raw.defaults, defaults, at, "default", errors);
            }
            "endpoints" => {
                let endpoints = list(entry, errors).map(|list| (at, grammar::nested_as(&list, ENDPOINT, errors)));
                grammar::once(&mut raw.endpoints, endpoints, at, "endpoints", errors);
            }
            _ => errors.at(at, &format!("`{}` is unknown: {WORDS}", tokens::path_text(entry.path()))),
        }
    }
    raw
}

fn list(entry: Meta, errors: &mut Errors) -> Option<MetaList> {
    let (at, word) = (grammar::span(&entry), tokens::path_text(entry.path()));
    if let Meta::List(list) = entry {
        return Some(list);
    }
    errors.at(at, &format!("`{word}`: write `{word}(..)`"));
    None
}

fn calls(list: &MetaList, errors: &mut Errors) -> Vec<Call> {
    grammar::nested(list, errors).into_iter().map(|entry| grammar::call(entry, errors)).collect()
}
