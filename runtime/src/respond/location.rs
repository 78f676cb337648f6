//! Where something is: a text as a URI-reference (RFC 3986, section 4.1), whatever the text holds.

use std::{fmt::Write, net::Ipv6Addr};

use http::HeaderValue;

/// A URI-reference: ASCII without spaces, quotes and controls, so that any header field can hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Location(String);

impl Location {
    /// The text with everything percent-encoded that no URI-reference can hold. What would be none even then, such as
    /// `http://host:port:port`, becomes a relative path.
    pub(super) fn of(text: &str) -> Self {
        let encoded = encode(text, is_uri_byte);
        Self(if is_reference(&encoded) { encoded } else { encode(text, is_path_byte) })
    }

    /// The same, on the origin that the request went to: no scheme, and no authority.
    pub(super) fn within(text: &str) -> Self {
        let rooted = text.trim_start_matches('/');
        let root = if rooted.len() < text.len() { "/" } else { "" };
        let first = rooted.find(['/', '?', '#']).unwrap_or(rooted.len());
        // A colon in the first segment would end a scheme.
        let (first, rest) = rooted.split_at(first);
        let encoded = format!("{root}{}{}", encode(first, is_segment_byte), encode(rest, is_uri_byte));
        Self(if is_reference(&encoded) { encoded } else { format!("{root}{}", encode(rooted, is_path_byte)) })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// As the value of a header field. There is always one.
    pub(super) fn value(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

/// The text with every byte percent-encoded that is not kept. What is percent-encoded already stays.
fn encode(text: &str, keeps: fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let Some((byte, rest)) = bytes.split_first() {
        let is_escape = *byte == b'%' && rest.iter().take(2).filter(|digit| digit.is_ascii_hexdigit()).count() == 2;
        if keeps(*byte) || is_escape {
            encoded.push(char::from(*byte));
        } else {
            // A `String` takes whatever is written.
            let _ = write!(encoded, "%{byte:02X}");
        }
        bytes = rest;
    }
    encoded
}

/// `unreserved` and `reserved` of RFC 3986.
fn is_uri_byte(byte: u8) -> bool {
    is_segment_byte(byte) || b":/?#[]".contains(&byte)
}

/// `segment-nz-nc`: what can stand in the first segment of a relative path.
fn is_segment_byte(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=@".contains(&byte)
}

/// What stands in a path and nowhere ends one.
fn is_path_byte(byte: u8) -> bool {
    is_unreserved(byte) || byte == b'/'
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Whether a text of nothing but `is_uri_byte` and escapes has the structure of a URI-reference.
fn is_reference(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (scheme, text) = match text.split_once(':') {
        Some((scheme, rest)) if !scheme.contains('/') => (Some(scheme), rest),
        Some(_) | None => (None, text),
    };
    let (authority, path) = match text.strip_prefix("//") {
        Some(text) => text.split_at(text.find('/').unwrap_or(text.len())),
        None => ("", text),
    };
    scheme.is_none_or(is_scheme)
        && is_authority(authority)
        && !path.contains(['[', ']'])
        && !query.contains(['[', ']'])
        && !fragment.contains(['[', ']', '#'])
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// `[userinfo "@"] host [":" port]`, where the host is a name or an address; empty where there is none.
fn is_authority(authority: &str) -> bool {
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (is_host, port) = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((address, port)) => (address.parse::<Ipv6Addr>().is_ok(), port),
        None => {
            let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
            (!name.contains(['[', ']', '@']), port)
        }
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    is_host && !user.contains(['[', ']', '@']) && port.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use fluent_uri::UriRef;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_no_reference_can_hold_is_encoded() {
        let rows = [
            ("/orders/7", "/orders/7", "/orders/7"),
            (
                "/orders/a b\"\r\nSet-Cookie: x",
                "/orders/a%20b%22%0D%0ASet-Cookie:%20x",
                "/orders/a%20b%22%0D%0ASet-Cookie:%20x",
            ),
            ("/caf\u{e9}/100%/%41", "/caf%C3%A9/100%25/%41", "/caf%C3%A9/100%25/%41"),
            ("?page=2#a#b", "%3Fpage%3D2%23a%23b", "%3Fpage%3D2%23a%23b"),
            ("?page=2", "?page=2", "?page=2"),
            ("", "", ""),
            (
                "https://api.example:8443/a?b=[c]",
                "https%3A//api.example%3A8443/a%3Fb%3D%5Bc%5D",
                "https%3A//api.example%3A8443/a%3Fb%3D%5Bc%5D",
            ),
            (
                "https://api.example:8443/a?b=c#d",
                "https://api.example:8443/a?b=c#d",
                "https%3A//api.example:8443/a?b=c#d",
            ),
            ("https://[::1]:80/", "https://[::1]:80/", "https%3A//%5B%3A%3A1%5D%3A80/"),
            ("https://[evil]/", "https%3A//%5Bevil%5D/", "https%3A//%5Bevil%5D/"),
            ("http://a:b:c/", "http%3A//a%3Ab%3Ac/", "http%3A//a:b:c/"),
            ("//evil.example/", "//evil.example/", "/evil.example/"),
            ("/\\evil.example", "/%5Cevil.example", "/%5Cevil.example"),
            ("\\\\evil.example", "%5C%5Cevil.example", "%5C%5Cevil.example"),
            ("javascript:alert(1)", "javascript:alert(1)", "javascript%3Aalert(1)"),
            (" https://evil.example", "%20https%3A//evil.example", "%20https%3A//evil.example"),
            ("7:a", "7%3Aa", "7%3Aa"),
        ];
        for (text, expected, within) in rows {
            assert_eq!(Location::of(text).as_str(), expected, "{text}");
            assert_eq!(Location::within(text).as_str(), within, "{text}");
        }
    }

    /// Texts of the characters that mean something, so that structures come up.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof!["[a1:/?#@%.\\[\\]]{0,12}", "(https?:)?//[a1:@\\[\\].]{0,8}/?", any::<String>()]
    }

    proptest! {
        #[test]
        fn every_text_becomes_a_reference(text in texts()) {
            for location in [Location::of(&text), Location::within(&text)] {
                prop_assert!(UriRef::parse(location.as_str()).is_ok(), "{:?}", location);
                prop_assert!(location.value().is_some());
            }
        }

        #[test]
        fn nothing_within_leads_elsewhere(text in texts()) {
            let location = Location::within(&text);
            let reference = UriRef::parse(location.as_str()).unwrap();
            prop_assert!(reference.scheme().is_none() && reference.authority().is_none(), "{:?}", location);
        }

        #[test]
        fn a_reference_stays_as_it_is(text in texts()) {
            if UriRef::parse(text.as_str()).is_ok() {
                let location = Location::of(&text);
                prop_assert_eq!(location.as_str(), text);
            }
        }
    }
}
