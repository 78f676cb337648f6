//! The path of an endpoint: its form, and what each of its parameters is bound to.

use std::collections::HashSet;

use proc_macro2::Ident;
use syn::LitStr;

use crate::{
    errors::Errors,
    grammar,
    model::{Object, Open},
    tokens,
};

/// Checks the path literal and that it and the bound names are one to one.
pub(crate) fn path(path: &LitStr, objects: &[Object], opens: &[Open], errors: &mut Errors) {
    let parameters = parameters(path, errors);
    let mut bound = HashSet::new();
    for name in objects.iter().map(|object| &object.parameter).chain(opens.iter().map(|open| &open.parameter)) {
        bind(name, &parameters, &mut bound, errors);
    }
    for open in opens {
        grammar::reason(&open.reason, "open", errors);
    }
    for parameter in parameters.iter().filter(|parameter| !bound.contains(*parameter)) {
        let mend = format!("add `object({parameter}: Type)`, or `open({parameter}, \"reason\")`");
        errors.at(path.span(), &format!("`{{{parameter}}}` is bound to nothing: {mend}"));
    }
}

fn bind(name: &Ident, parameters: &[String], bound: &mut HashSet<String>, errors: &mut Errors) {
    let text = tokens::unraw(name);
    if !parameters.contains(&text) {
        errors.at(name.span(), &format!("the path has no `{{{text}}}`: add it, or remove this"));
    } else if !bound.insert(text.clone()) {
        errors.at(name.span(), &format!("`{text}` is bound twice: remove one"));
    }
}

/// The names in braces, in the order of the path.
fn parameters(path: &LitStr, errors: &mut Errors) -> Vec<String> {
    let text = path.value();
    let Some(segments) = text.strip_prefix('/') else {
        errors.at(path.span(), "a path starts with `/`");
        return Vec::new();
    };
    let mut parameters: Vec<String> = Vec::new();
    for segment in segments.split('/').filter(|segment| segment.contains(['{', '}'])) {
        let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')).unwrap_or_default();
        if name.starts_with('*') {
            errors.at(path.span(), &format!("`{segment}` matches any depth: name each segment"));
        } else if !is_name(name) {
            errors.at(path.span(), &format!("`{segment}` is no parameter: a segment is a text or one `{{name}}`"));
        } else if parameters.iter().any(|known| known == name) {
            errors.at(path.span(), &format!("`{{{name}}}` is in the path twice: give each parameter a name of its own"));
        } else {
            parameters.push(name.to_owned());
        }
    }
    parameters
}

/// A parameter is bound by an identifier, so it is one.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}
