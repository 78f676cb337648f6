//! Where the world reaches this API: what the addresses in proofs and signatures are held against.

use std::fmt;

use http::uri::{Authority, Scheme, Uri};

/// The public origin of an API (RFC 6454): a scheme and an authority, nothing behind it.
///
/// It is configured, since a process behind a proxy cannot know it, and what a request says in `Host` is its sender's word.
/// The host is compared in lower case, and the scheme's own port is the same as none (RFC 9110, section 4.2.3).
///
/// ```
/// use palisade::auth::PublicOrigin;
///
/// let origin = PublicOrigin::parse("https://API.shop.example:443")?;
/// assert_eq!(origin.as_str(), "https://api.shop.example");
/// assert!(PublicOrigin::parse("https://api.shop.example/v1").is_err());
/// # Ok::<(), palisade::auth::NoOrigin>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicOrigin {
    text: String,
    /// Where the authority starts in the text.
    scheme_length: usize,
}

/// The text is no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoOrigin;

impl PublicOrigin {
    /// The origin in a text.
    ///
    /// # Errors
    /// When it is no `https` or `http` address, or has a path, a query or a user.
    pub fn parse(text: &str) -> Result<Self, NoOrigin> {
        // A URI without a path has the path `/`, which is more than was written.
        if text.split_once("://").is_none_or(|(_, authority)| authority.contains(['/', '?', '#'])) {
            return Err(NoOrigin);
        }
        Self::of(&text.parse().map_err(|_| NoOrigin)?)
    }

    /// The origin of an absolute URI.
    pub(super) fn of(uri: &Uri) -> Result<Self, NoOrigin> {
        let (scheme, port) = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => ("https", 443),
            Some(scheme) if *scheme == Scheme::HTTP => ("http", 80),
            Some(_) | None => return Err(NoOrigin),
        };
        let authority = uri.authority().filter(|authority| sound(authority)).ok_or(NoOrigin)?;
        let mut text = format!("{scheme}://{}", authority.host().to_ascii_lowercase());
        if let Some(other) = authority.port_u16().filter(|other| *other != port) {
            text.push_str(&format!(":{other}"));
        }
        Ok(Self { text, scheme_length: scheme.len() })
    }

    /// The scheme and the authority, like `https://api.shop.example`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.text.get(..self.scheme_length).unwrap_or_default()
    }

    /// The authority: the host, and the port where it is not the scheme's own.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.text.get(self.scheme_length + "://".len()..).unwrap_or_default()
    }
}

/// A user in front of the host, or a port that is none, is no part of an origin.
fn sound(authority: &Authority) -> bool {
    let text = authority.as_str();
    let rest = text.get(authority.host().len()..).unwrap_or_default();
    !text.contains('@') && !authority.host().is_empty() && (rest.is_empty() || authority.port_u16().is_some())
}

impl fmt::Display for NoOrigin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("this is no origin: write a scheme and a host, like `https://api.shop.example`")
    }
}

impl std::error::Error for NoOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let origin = PublicOrigin::parse(text).ok();
        assert_eq!(origin.as_ref().map(PublicOrigin::as_str), expected, "{text}");
    }

    #[test]
    fn rule_58_an_origin_has_one_spelling() {
        check("https://api.shop.example", Some("https://api.shop.example"));
        check("HTTPS://API.shop.example:443", Some("https://api.shop.example"));
        check("http://localhost:8080", Some("http://localhost:8080"));
        check("http://localhost:80", Some("http://localhost"));
        check("https://localhost:80", Some("https://localhost:80"));
        check("https://[2001:db8::1]:8443", Some("https://[2001:db8::1]:8443"));
        let origin = PublicOrigin::parse("https://[2001:db8::1]:8443").unwrap();
        assert_eq!((origin.scheme(), origin.authority()), ("https", "[2001:db8::1]:8443"));
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for text in [
            "",
            "api.shop.example",
            "/orders",
            "ftp://api.shop.example",
            "https://",
            "https://api.shop.example/",
            "https://api.shop.example/v1",
            "https://api.shop.example?x",
            "https://api.shop.example#x",
            "https://user@api.shop.example",
            "https://api.shop.example:99999",
            "https://api.shop.example:",
            "https://a b",
            "http:///",
        ] {
            check(text, None);
        }
    }
}
