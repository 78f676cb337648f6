//! The path of an endpoint: its form, and what each of its parameters is bound to.

use std::collections::HashSet;

use proc_macro2::Ident;
use syn::LitStr;

use crate::{errors::Errors, grammar, model::RawEndpoint, tokens};

/// Checks the path literal and that it and the bound names are one to one, as far as both could be read.
pub(crate) fn path(path: &LitStr, raw: &RawEndpoint, errors: &mut Errors) {
    for open in &raw.opens {
        grammar::reason(&open.reason, "open", errors);
    }
    let Some(parameters) = parameters(path, errors) else { return };
    let mut bound = HashSet::new();
    let objects = raw.objects.iter().map(|object| &object.parameter);
    for name in objects.chain(raw.opens.iter().map(|open| &open.parameter)) {
        bind(name, &parameters, &mut bound, errors);
    }
    if raw.has_unread_binding {
        return;
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

/// The names in braces, in the order of the path; `None` when one of them is not to be made out.
fn parameters(path: &LitStr, errors: &mut Errors) -> Option<Vec<String>> {
    let text = path.value();
    let Some(segments) = text.strip_prefix('/') else {
        let mend = format!("write `\"/{text}\"`");
        errors.at(path.span(), &format!("a path starts with `/`: {mend}"));
        return None;
    };
    let mut is_sound = true;
    for segment in segments.split('/').filter(|segment| !segment.contains(['{', '}'])) {
        if let Some(mend) = unmatched(segment, &text) {
            is_sound = false;
            errors.at(path.span(), &format!("`{segment}` is no segment that a request can have: {mend}"));
        }
    }
    let mut parameters: Vec<String> = Vec::new();
    for segment in segments.split('/').filter(|segment| segment.contains(['{', '}'])) {
        let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')).unwrap_or_default();
        if name.starts_with('*') {
            is_sound = false;
            errors.at(path.span(), &format!("`{segment}` matches any depth: name each segment"));
        } else if !is_name(name) {
            is_sound = false;
            errors.at(path.span(), &format!("`{segment}` is no parameter: a segment is a text or one `{{name}}`"));
        } else if parameters.iter().any(|known| known == name) {
            errors
                .at(path.span(), &format!("`{{{name}}}` is in the path twice: give each parameter a name of its own"));
        } else {
            parameters.push(name.to_owned());
        }
    }
    is_sound.then_some(parameters)
}

/// Why no request has this literal segment, or routers read it as something else. Paths are compared as they are sent, so
/// what has to be percent-encoded cannot be written.
fn unmatched(segment: &str, path: &str) -> Option<&'static str> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    match segment {
        // `/` itself, or a path that ends in `/`.
        "" if !path.contains("//") => None,
        "" => Some("write one `/` between segments"),
        "." | ".." => Some("clients resolve it before they send; write the path that is meant"),
        _ if segment.starts_with([':', '*']) => Some("write a parameter as `{name}`"),
        _ if segment.bytes().all(allowed) => None,
        _ => Some("write letters, digits and `-._~!$&'()*+,;=:@`"),
    }
}

/// A parameter is bound by an identifier, so it is one.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}
