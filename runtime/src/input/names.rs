//! The names that fields of headers and cookies can have, and the kinds of value they can hold, proved in const evaluation.

use crate::policy::{Field, Kind, Message};

/// Proves in const evaluation that each field can be a header field that a document may speak of.
///
/// # Panics
/// In const evaluation, with the field and the mend.
#[track_caller]
pub(super) const fn assert_header_names(fields: &'static [Field]) {
    let mut at = 0;
    while at < fields.len() {
        let field = &fields[at];
        if !field.is_flattened() {
            assert_name(field.name(), "header field", "#[serde(rename = \"X-Request-Id\")]");
            assert_free(field.name());
            assert_one_text(field, "header field", true);
        }
        at += 1;
    }
}

/// Proves in const evaluation that each field can be a cookie.
///
/// # Panics
/// In const evaluation, with the field and the mend.
#[track_caller]
pub(super) const fn assert_cookie_names(fields: &'static [Field]) {
    let mut at = 0;
    while at < fields.len() {
        let field = &fields[at];
        if !field.is_flattened() {
            assert_name(field.name(), "cookie", "#[serde(rename = \"theme\")]");
            assert_one_text(field, "cookie", false);
        }
        at += 1;
    }
}

/// A token (RFC 9110, section 5.6.2; RFC 6265, section 4.1.1).
#[track_caller]
const fn assert_name(name: &str, what: &str, mend: &str) {
    let bytes = name.as_bytes();
    let mut is_token = !bytes.is_empty();
    let mut at = 0;
    while at < bytes.len() {
        is_token = is_token
            && (bytes[at].is_ascii_alphanumeric()
                || matches!(
                    bytes[at],
                    b'!' | b'#'
                        | b'$'
                        | b'%'
                        | b'&'
                        | b'\''
                        | b'*'
                        | b'+'
                        | b'-'
                        | b'.'
                        | b'^'
                        | b'_'
                        | b'`'
                        | b'|'
                        | b'~'
                ));
        at += 1;
    }
    if !is_token {
        Message::new("")
            .quoted(name)
            .text(" is no name of a ")
            .text(what)
            .text(": rename it, as in `")
            .text(mend)
            .text("`")
            .panic();
    }
}

/// `OpenAPI` ignores parameters of these names, so the document would not say what is demanded.
#[track_caller]
const fn assert_free(name: &str) {
    let mend = if same(name, "Accept") {
        "what an endpoint answers is said by its return type"
    } else if same(name, "Content-Type") {
        "take the body as `Json`, `Form`, `Text` or `Bytes`, which demand theirs"
    } else if same(name, "Authorization") {
        "say who may call with `auth`, `scope` or `role`"
    } else if same(name, "Cookie") {
        "take `Cookies` of a type"
    } else {
        return;
    };
    Message::new("").quoted(name).text(" is no header parameter, and a document may not name it: ").text(mend).panic();
}

const fn same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

#[track_caller]
const fn assert_one_text(field: &Field, what: &str, lists: bool) {
    let mend = match field.kind() {
        Kind::List(_) | Kind::Array(..) if lists => return,
        Kind::List(_) | Kind::Array(..) => "a list",
        Kind::Map(..) => "a map",
        Kind::Text
        | Kind::Integer(..)
        | Kind::Number
        | Kind::Boolean
        | Kind::Object
        | Kind::Choice
        | Kind::Formatted(_)
        | Kind::Opaque => return,
    };
    Message::new("")
        .quoted(field.name())
        .text(" is ")
        .text(mend)
        .text(", and a ")
        .text(what)
        .text(" holds one text: write a type that is read from one")
        .panic();
}
