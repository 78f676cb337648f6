//! The names that fields of headers and cookies can have: what no request could say, or no document may, is an error.

use crate::{
    policy::{Field, Message, Shape},
    value::decode::{fields::declared, misfit::Misfit},
};

/// Proves in const evaluation that each field can be a header field that a document may speak of.
///
/// # Panics
/// In const evaluation, with the name and the mend.
#[track_caller]
pub(super) const fn assert_header_names(fields: &'static [Field]) {
    let mut at = 0;
    while at < fields.len() {
        let field = &fields[at];
        if !field.is_flattened() {
            assert_name(field.name(), header_fault(field.name()));
            let mut alias = 0;
            while alias < field.other_names().len() {
                assert_name(field.other_names()[alias], header_fault(field.other_names()[alias]));
                alias += 1;
            }
        }
        at += 1;
    }
}

/// Proves in const evaluation that each field can be a cookie.
///
/// # Panics
/// In const evaluation, with the name and the mend.
#[track_caller]
pub(super) const fn assert_cookie_names(fields: &'static [Field]) {
    let mut at = 0;
    while at < fields.len() {
        let field = &fields[at];
        if !field.is_flattened() {
            assert_name(field.name(), cookie_fault(field.name()));
        }
        at += 1;
    }
}

#[track_caller]
const fn assert_name(name: &str, fault: Option<Fault>) {
    if let Some(Fault { what, mend }) = fault {
        Message::new("`").text(name).text("` ").text(what).text(": ").text(mend).panic();
    }
}

/// The first flattened header field with a name that it cannot have: const evaluation does not see what is flattened.
pub(super) fn flattened_header(shape: Shape) -> Option<Misfit> {
    flattened(shape, header_fault)
}

/// The first flattened cookie with a name that it cannot have.
pub(super) fn flattened_cookie(shape: Shape) -> Option<Misfit> {
    flattened(shape, cookie_fault)
}

fn flattened(shape: Shape, fault: fn(&str) -> Option<Fault>) -> Option<Misfit> {
    let inner = declared(shape).iter().filter(|field| field.is_flattened()).map(Field::shape);
    inner.into_iter().find_map(|shape| {
        let own = declared(shape).iter().filter(|field| !field.is_flattened()).find_map(|field| {
            let Fault { what, mend } = field.names().find_map(fault)?;
            Some(Misfit { field: field.name(), what, mend })
        });
        own.or_else(|| flattened(shape, fault))
    })
}

/// Why a name cannot be, and what to do about it.
#[derive(Clone, Copy)]
struct Fault {
    what: &'static str,
    mend: &'static str,
}

/// `OpenAPI` 3.1 ignores parameters of three names (section 4.8.12), so a document would not say what is demanded.
const fn header_fault(name: &str) -> Option<Fault> {
    if !is_token(name) {
        return Some(Fault {
            what: "is no name of a header field",
            mend: "rename it, as in `#[serde(rename = \"X-Request-Id\")]`",
        });
    }
    let mend = if name.eq_ignore_ascii_case("Accept") {
        "an endpoint answers what its return type says: remove it"
    } else if name.eq_ignore_ascii_case("Content-Type") {
        "take the body as `Json`, `Form`, `Text` or `Bytes`, which demand theirs"
    } else if name.eq_ignore_ascii_case("Authorization") {
        "say who may call with `auth`, `scope` or `role`"
    } else if name.eq_ignore_ascii_case("Cookie") {
        "take `Cookies` of a type"
    } else {
        return None;
    };
    Some(Fault { what: "is a header field that no parameter speaks of", mend })
}

const fn cookie_fault(name: &str) -> Option<Fault> {
    if is_token(name) {
        return None;
    }
    Some(Fault { what: "is no name of a cookie", mend: "rename it, as in `#[serde(rename = \"theme\")]`" })
}

/// A token (RFC 9110, section 5.6.2).
pub(super) const fn is_token(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let is_symbol = matches!(
            bytes[at],
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        );
        if !bytes[at].is_ascii_alphanumeric() && !is_symbol {
            return false;
        }
        at += 1;
    }
    at != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_no_separators() {
        for (name, expected) in
            [("X-Id", true), ("__Host-a", true), ("", false), ("a b", false), ("a=b", false), ("é", false)]
        {
            assert_eq!(is_token(name), expected, "{name}");
        }
    }

    #[test]
    fn what_a_document_may_not_name_is_refused_in_any_case() {
        for name in ["authorization", "CONTENT-TYPE", "Accept", "cookie"] {
            assert!(header_fault(name).is_some(), "{name}");
        }
        assert!(header_fault("Accept-Language").is_none());
    }
}
