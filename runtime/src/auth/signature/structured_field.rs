//! Fields whose value is a structured field, written anew in its one spelling (RFC 9421, sections 2.1.1 and 2.1.2).

use http::HeaderName;
use sfv::{Dictionary, FieldType, Item, List, ListSerializer, Parser};

/// What a structured field is at its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Dictionary,
    List,
    Item,
}

impl Kind {
    /// The kind of a field that a request may carry, by the registry of HTTP field names. Whose kind is not known cannot be
    /// signed with `;sf`: taken for another kind it would mean something else.
    pub(super) fn of(name: &HeaderName) -> Option<Self> {
        match name.as_str() {
            "accept-signature"
            | "available-dictionary"
            | "cdn-cache-control"
            | "content-digest"
            | "priority"
            | "repr-digest"
            | "signature"
            | "signature-input"
            | "want-content-digest"
            | "want-repr-digest" => Some(Self::Dictionary),
            "accept-ch" | "client-cert-chain" | "cache-status" | "proxy-status" | "sec-ch-ua" => Some(Self::List),
            "client-cert" | "date-sf" | "idempotency-key" => Some(Self::Item),
            _ => None,
        }
    }
}

/// A field as RFC 9651, section 4.1 serializes what it says.
pub(super) fn anew(kind: Kind, line: &[u8]) -> Option<String> {
    let parser = Parser::new(line);
    match kind {
        // What says nothing is not serialized at all.
        Kind::Dictionary => parser.parse::<Dictionary>().ok().map(|field| field.serialize().unwrap_or_default()),
        Kind::List => parser.parse::<List>().ok().map(|field| field.serialize().unwrap_or_default()),
        Kind::Item => parser.parse::<Item>().ok().map(|field| field.serialize()),
    }
}

/// One member of a dictionary: its value and its parameters.
pub(super) fn member(line: &[u8], key: &str) -> Option<String> {
    let dictionary = Parser::new(line).parse::<Dictionary>().ok()?;
    let mut alone = ListSerializer::new();
    alone.members([dictionary.get(key)?]);
    alone.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_one_spelling() {
        // RFC 9421, section 2.1.1.
        let line = b"a=1,    b=2;x=1;y=2,   c=(a   b   c)";
        assert_eq!(anew(Kind::Dictionary, line).as_deref(), Some("a=1, b=2;x=1;y=2, c=(a b c)"));
        assert_eq!(anew(Kind::List, b"a,b").as_deref(), Some("a, b"));
        assert_eq!(anew(Kind::Item, b"\"a\";b").as_deref(), Some("\"a\";b"));
        assert_eq!(anew(Kind::Item, b"a, b"), None);
    }

    #[test]
    fn a_member_stands_by_itself() {
        // RFC 9421, section 2.1.2.
        let line = b"a=1, b=2;x=1;y=2, c=(a   b    c), d";
        for (key, expected) in [
            ("a", Some("1")),
            ("b", Some("2;x=1;y=2")),
            ("c", Some("(a b c)")),
            ("d", Some("?1")),
            ("e", None),
            ("A", None),
            ("", None),
        ] {
            assert_eq!(member(line, key).as_deref(), expected, "{key}");
        }
        assert_eq!(member(b"\"text\"", "a"), None);
    }
}
