//! SPIFFE ids and trust domains, by the letter of the SPIFFE ID standard.

use std::{fmt, str::FromStr};

const SCHEME: &str = "spiffe://";

/// Who a workload is: `spiffe://trust-domain/path`.
///
/// Nothing is normalized: what could be written in two ways is refused in all but one.
///
/// ```
/// use palisade::auth::SpiffeId;
///
/// let id: SpiffeId = "spiffe://prod.example/billing/worker".parse()?;
/// assert_eq!((id.trust_domain(), id.path()), ("prod.example", "/billing/worker"));
/// assert!("spiffe://prod.example:443/billing".parse::<SpiffeId>().is_err());
/// # Ok::<(), palisade::auth::SpiffeIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SpiffeId {
    text: Box<str>,
    path: usize,
}

impl SpiffeId {
    /// The most bytes of an id (SPIFFE ID, section 2.3).
    pub const MOST: usize = 2_048;

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The trust domain.
    #[must_use]
    pub fn trust_domain(&self) -> &str {
        self.text.get(SCHEME.len()..self.path).unwrap_or_default()
    }

    /// The path with its leading slash; empty for the id of the trust domain itself, which is no workload's.
    #[must_use]
    pub fn path(&self) -> &str {
        self.text.get(self.path..).unwrap_or_default()
    }
}

impl FromStr for SpiffeId {
    type Err = SpiffeIdError;

    fn from_str(text: &str) -> Result<Self, SpiffeIdError> {
        if Self::MOST < text.len() {
            return Err(SpiffeIdError::TooLong);
        }
        let rest = text.strip_prefix(SCHEME).ok_or(SpiffeIdError::Scheme)?;
        let domain = rest.split_once('/').map_or(rest, |(domain, _)| domain);
        if !is_domain(domain) {
            return Err(SpiffeIdError::TrustDomain);
        }
        // Every path begins with a slash, so that what stands before the first is no segment.
        let path = rest.get(domain.len()..).unwrap_or_default();
        if !path.split('/').skip(1).all(is_segment) {
            return Err(SpiffeIdError::Path);
        }
        Ok(Self { path: SCHEME.len() + domain.len(), text: text.into() })
    }
}

impl fmt::Display for SpiffeId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// The realm of one authority: what ids of others begin with is not believed.
///
/// ```
/// use palisade::auth::TrustDomain;
///
/// let domain: TrustDomain = "prod.example".parse()?;
/// assert_eq!(domain.as_str(), "prod.example");
/// assert!("Prod.Example".parse::<TrustDomain>().is_err());
/// # Ok::<(), palisade::auth::SpiffeIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrustDomain(Box<str>);

impl TrustDomain {
    /// The most bytes of a name (SPIFFE ID, section 2.3).
    pub const MOST: usize = 255;

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TrustDomain {
    type Err = SpiffeIdError;

    fn from_str(text: &str) -> Result<Self, SpiffeIdError> {
        if is_domain(text) { Ok(Self(text.into())) } else { Err(SpiffeIdError::TrustDomain) }
    }
}

/// SPIFFE ID, section 2.1. No port, no user, no escape and no capital passes.
fn is_domain(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
    !text.is_empty() && text.len() <= TrustDomain::MOST && text.bytes().all(letter)
}

/// SPIFFE ID, section 2.2. No query, no fragment and no escape passes.
fn is_segment(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !matches!(text, "" | "." | "..") && text.bytes().all(letter)
}

/// Why a text is no SPIFFE id. The text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpiffeIdError {
    /// It is longer than 2048 bytes.
    TooLong,
    /// It does not begin with `spiffe://`.
    Scheme,
    /// The trust domain is empty, or has other characters than `a-z`, `0-9`, `.`, `-` and `_`.
    TrustDomain,
    /// A segment of the path is empty, `.` or `..`, or has other characters than letters, digits, `.`, `-` and `_`.
    Path,
}

impl fmt::Display for SpiffeIdError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TooLong => "a SPIFFE id is at most 2048 bytes long",
            Self::Scheme => "a SPIFFE id begins with `spiffe://`, in lower case",
            Self::TrustDomain => "a trust domain is 1 to 255 of `a-z`, `0-9`, `.`, `-` and `_`, without a port",
            Self::Path => "segments of a path are letters, digits, `.`, `-` and `_`, and neither empty, `.` nor `..`",
        })
    }
}

impl std::error::Error for SpiffeIdError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Result<(String, String), SpiffeIdError> {
        text.parse::<SpiffeId>().map(|id| (id.trust_domain().to_owned(), id.path().to_owned()))
    }

    #[test]
    fn rule_61_a_spiffe_id_is_what_the_standard_says() {
        let good = [
            ("spiffe://prod.example", "prod.example", ""),
            ("spiffe://prod.example/a", "prod.example", "/a"),
            ("spiffe://9_x-y.z/Ab.9/_-/...", "9_x-y.z", "/Ab.9/_-/..."),
        ];
        for (text, domain, path) in good {
            assert_eq!(parsed(text), Ok((domain.to_owned(), path.to_owned())), "{text}");
        }
        let bad = [
            ("", SpiffeIdError::Scheme),
            ("https://prod.example/a", SpiffeIdError::Scheme),
            ("SPIFFE://prod.example/a", SpiffeIdError::Scheme),
            ("spiffe:prod.example/a", SpiffeIdError::Scheme),
            ("spiffe://", SpiffeIdError::TrustDomain),
            ("spiffe:///a", SpiffeIdError::TrustDomain),
            ("spiffe://Prod.example/a", SpiffeIdError::TrustDomain),
            ("spiffe://prod.example:443/a", SpiffeIdError::TrustDomain),
            ("spiffe://user@prod.example/a", SpiffeIdError::TrustDomain),
            ("spiffe://pröd.example/a", SpiffeIdError::TrustDomain),
            ("spiffe://prod%2eexample/a", SpiffeIdError::TrustDomain),
            ("spiffe://prod.example?a", SpiffeIdError::TrustDomain),
            ("spiffe://prod.example/", SpiffeIdError::Path),
            ("spiffe://prod.example/a/", SpiffeIdError::Path),
            ("spiffe://prod.example//a", SpiffeIdError::Path),
            ("spiffe://prod.example/./a", SpiffeIdError::Path),
            ("spiffe://prod.example/a/..", SpiffeIdError::Path),
            ("spiffe://prod.example/a?b", SpiffeIdError::Path),
            ("spiffe://prod.example/a#b", SpiffeIdError::Path),
            ("spiffe://prod.example/%61", SpiffeIdError::Path),
            ("spiffe://prod.example/a b", SpiffeIdError::Path),
            ("spiffe://prod.example/a\0", SpiffeIdError::Path),
        ];
        for (text, error) in bad {
            assert_eq!(parsed(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn rule_61_a_spiffe_id_and_its_domain_are_bounded() {
        let domain = "d".repeat(TrustDomain::MOST);
        assert!(domain.parse::<TrustDomain>().is_ok() && format!("{domain}d").parse::<TrustDomain>().is_err());
        let id = format!("spiffe://d/{}", "p".repeat(SpiffeId::MOST - 11));
        assert!(id.parse::<SpiffeId>().is_ok());
        assert_eq!(format!("{id}p").parse::<SpiffeId>(), Err(SpiffeIdError::TooLong));
    }

    proptest! {
        #[test]
        fn an_id_is_the_sum_of_its_parts(text in "(spiffe://)?[a-zA-Z0-9./:?#@%_-]{0,40}") {
            if let Ok(id) = text.parse::<SpiffeId>() {
                prop_assert_eq!(format!("spiffe://{}{}", id.trust_domain(), id.path()), text);
                prop_assert!(id.trust_domain().parse::<TrustDomain>().is_ok());
            }
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = text.parse::<SpiffeId>();
            let _ = format!("spiffe://{text}").parse::<SpiffeId>();
        }
    }
}
