//! `normalize_url`: an absolute URL as the URL standard of the WHATWG writes it (feature `url`).
//!
//! The scheme and the host are in lower case, a host beyond ASCII is in Punycode, the scheme's own port and dot segments
//! are gone, and what may not stand there is percent-encoded. What that standard cannot read is left alone, for a rule
//! behind it to refuse. A URL in its written form is recognized without being parsed when it is a plain one.
//!
//! ```
//! use palisade::rules::{Apply, normalize_url::NormalizeUrl};
//!
//! let mut link = String::from("HTTPS://Example.ORG:443/a/../b?q=x y");
//! NormalizeUrl::new().seal().into_rule().clean(&mut link);
//! assert_eq!(link, "https://example.org/b?q=x%20y");
//! ```

use std::fmt;

use url::Url;

use super::{Apply, Rule, Sealed, cleaning};
use crate::{
    policy::{Facet, Facets, Leaves},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `normalize_url`.
#[derive(Debug, Clone, Copy)]
pub struct NormalizeUrl;

impl NormalizeUrl {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("normalize_url", Leaves::Anything)))
    }
}

impl Rule for NormalizeUrl {
    fn code(&self) -> &'static str {
        "normalize_url"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a URL as the URL standard writes it")
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for NormalizeUrl {
    fn clean(&self, value: &mut T) {
        value.edit(normalized);
    }

    fn is_clean(&self, value: &T) -> bool {
        value.is_clean(normalized)
    }
}

fn normalized(text: &str) -> Cleaned {
    if is_plain(text) {
        return Cleaned::Same;
    }
    match Url::parse(text) {
        // What would be read differently once written has no settled form.
        Ok(url) if url.as_str() != text && is_settled(&url) => cleaning::replaced(text, url.into()),
        Ok(_) | Err(_) => Cleaned::Same,
    }
}

fn is_settled(url: &Url) -> bool {
    Url::parse(url.as_str()).is_ok_and(|again| again.as_str() == url.as_str())
}

/// Whether the text is a URL in its written form beyond doubt: `http` or `https`, a host of letters, a path without dot
/// segments, and characters that mean themselves. Most links are.
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let Some(slash) = rest.bytes().position(|byte| byte == b'/') else { return false };
    let Some((host, path)) = rest.split_at_checked(slash) else { return false };
    is_plain_host(host) && path.bytes().all(is_plain_byte) && !path.contains("/.")
}

/// Labels of small letters, digits and hyphens. Those in Punycode are looked at in earnest, and so is a last label that
/// begins with a digit: it could be an IPv4 address.
fn is_plain_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_known) && !label.starts_with("xn--")
    };
    let is_name = |label: &str| label.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    host.split('.').all(is_label) && host.rsplit('.').next().is_some_and(is_name)
}

fn is_plain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'?' | b'&' | b'=' | b'+' | b',' | b';' | b':' | b'@' | b'!' | b'$' | b'(' | b')' | b'*' | b'#')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::cleaning::tests::{check_rows, cleaned, texts};

    #[test]
    fn writes_as_the_standard_does() {
        let rows = [
            ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("https://example.org", "https://example.org/"),
            ("HTTPS://EXAMPLE.org:443/%7Efoo/./bar/../baz", "https://example.org/%7Efoo/baz"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://[::0:1]:80/", "http://[::1]/"),
            ("https://exämple.org/ü", "https://xn--exmple-cua.org/%C3%BC"),
            (" https://example.org/\n", "https://example.org/"),
            ("mailto:Ada@Example.org", "mailto:Ada@Example.org"),
            ("https://example.org/%2e%2E/a", "https://example.org/a"),
            ("web+demo:/.//not-a-host/", "web+demo:/.//not-a-host/"),
            // No URL, or no absolute one.
            ("/a/../b", "/a/../b"),
            ("Example.ORG", "Example.ORG"),
            ("http://exa mple.org/", "http://exa mple.org/"),
            ("http://a b", "http://a b"),
        ];
        check_rows(&NormalizeUrl, &rows);
    }

    fn urls() -> impl Strategy<Value = String> {
        prop_oneof![
            texts(),
            "https?://[a-z0-9.x-]{1,12}/[a-zA-Z0-9./?#&=:@;,*()!$+_~%' -]{0,24}",
            "[a-zA-Z+]{1,6}:[/\\\\.]{0,4}[a-zA-Z0-9.@:%\\[\\]-]{0,12}[/\\\\.%2eE?#a-z \t\"<>|^`{}]{0,16}",
            "https?://xn--[a-z0-9-]{0,12}/",
        ]
    }

    proptest! {
        #[test]
        fn what_looks_settled_is(given in urls()) {
            if is_plain(&given) {
                let url = Url::parse(&given);
                prop_assert_eq!(url.as_ref().map(Url::as_str), Ok(given.as_str()));
            }
            let clean = cleaned(&NormalizeUrl, &given);
            if Url::parse(&given).is_err() {
                prop_assert_eq!(clean, given);
            }
        }
    }
}
