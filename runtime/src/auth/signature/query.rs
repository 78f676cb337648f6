//! One parameter of a query, in the one spelling that signatures know (RFC 9421, section 2.2.8).

use std::fmt::Write;

/// The encoded value of the parameter with this encoded name. None where the query does not have it once.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let mut found = query.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (encode(&decode(key)?) == name).then(|| decode(value).map(|value| encode(&value)))
    });
    match (found.next(), found.next()) {
        (Some(value), None) => value,
        // What is there twice must not be signed by name: a reader may take either.
        (None | Some(_), _) => None,
    }
}

/// Bytes of a form, decoded. What is no UTF-8 has no spelling that both sides share.
fn decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || bytes.next().and_then(|digit| char::from(digit).to_digit(16));
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

/// The `application/x-www-form-urlencoded` set of the URL standard, with a space as `%20`.
fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            // Writing to a string does not fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, name: &str, expected: Option<&str>) {
        assert_eq!(parameter(query, name).as_deref(), expected, "{query} {name}");
    }

    #[test]
    fn the_examples_of_the_standard() {
        let query = "param=value&foo=bar&baz=batman&qux=";
        check(query, "baz", Some("batman"));
        check(query, "qux", Some(""));
        check(query, "param", Some("value"));
        let query =
            "var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something";
        check(query, "var", Some("this%20is%20a%20big%0Amultiline%20value"));
        check(query, "bar", Some("with%20plus%20whitespace"));
        check(query, "fa%C3%A7ade%22%3A%20", Some("something"));
    }

    #[test]
    fn rule_62_what_is_there_twice_or_not_at_all_cannot_be_signed() {
        check("a=1&a=1", "a", None);
        check("a=1&%61=1", "a", None);
        check("a=1", "b", None);
        check("", "", None);
        check("=1", "", Some("1"));
        for broken in ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%+1"] {
            check(broken, "a", None);
        }
    }
}
