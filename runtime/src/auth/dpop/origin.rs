//! The address by which clients know the API: configured, never read from a request.

use std::{fmt, net::Ipv6Addr};

/// Scheme and authority (RFC 6454), normalized: lower case, without the default port.
///
/// ```
/// use palisade::auth::{OriginError, PublicOrigin};
///
/// let origin = PublicOrigin::new("https://API.shop.example:443")?;
/// assert_eq!(origin.to_string(), "https://api.shop.example");
///
/// for refused in ["http://api.shop.example", "https://api.shop.example/v1", "https://user@api.shop.example"] {
///     assert_eq!(PublicOrigin::new(refused), Err(OriginError));
/// }
/// assert!(PublicOrigin::new("http://127.0.0.1:8080").is_ok());
/// # Ok::<(), OriginError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicOrigin {
    scheme: Scheme,
    host: String,
    port: u16,
}

/// The text is no origin that clients could be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OriginError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Https,
    Http,
}

impl PublicOrigin {
    /// Reads an origin: `https`, or `http` where the host is this machine (`localhost`, 127.0.0.0/8, `[::1]`).
    pub fn new(text: &str) -> Result<Self, OriginError> {
        match Self::split(text) {
            Some((origin, "" | "/")) if origin.scheme == Scheme::Https || is_loopback(&origin.host) => Ok(origin),
            Some(_) | None => Err(OriginError),
        }
    }

    /// An absolute URI as its origin and what follows it: path, query and fragment.
    pub(crate) fn split(uri: &str) -> Option<(Self, &str)> {
        let (scheme, rest) = uri.split_once("://")?;
        let scheme = if scheme.eq_ignore_ascii_case("https") {
            Scheme::Https
        } else if scheme.eq_ignore_ascii_case("http") {
            Scheme::Http
        } else {
            return None;
        };
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            // What is between brackets has colons of its own.
            Some((host, port)) if !port.ends_with(']') => (host, port),
            Some(_) | None => (authority, ""),
        };
        let port = match port {
            "" => scheme.default_port(),
            port if port.bytes().all(|digit| digit.is_ascii_digit()) => port.parse().ok()?,
            _ => return None,
        };
        is_host(host).then(|| (Self { scheme, host: host.to_ascii_lowercase(), port }, rest))
    }
}

impl PublicOrigin {
    /// The scheme, in lower case.
    pub(crate) const fn scheme(&self) -> &'static str {
        self.scheme.name()
    }

    /// The host, and the port where it is not the scheme's own.
    pub(crate) fn authority(&self) -> String {
        if self.port == self.scheme.default_port() { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

impl Scheme {
    const fn name(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

/// A name, an IPv4 address, or an IPv6 address in brackets. Nobody's name has an `@`, a `%` or a letter beyond ASCII.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    !host.is_empty() && host.len() <= 253 && host.bytes().all(letter)
}

fn is_loopback(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for PublicOrigin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.scheme.name(), self.host)?;
        if self.port == self.scheme.default_port() { Ok(()) } else { write!(out, ":{}", self.port) }
    }
}

impl fmt::Display for OriginError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the public origin is refused: write scheme and host, like \"https://api.shop.example\"")
    }
}

impl std::error::Error for OriginError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_spelling() {
        for (text, expected) in [
            ("https://api.example", Some("https://api.example")),
            ("HTTPS://Api.Example:443/", Some("https://api.example")),
            ("https://api.example:8443", Some("https://api.example:8443")),
            ("https://api.example:", Some("https://api.example")),
            ("http://localhost:3000", Some("http://localhost:3000")),
            ("http://[::1]:3000", Some("http://[::1]:3000")),
            ("https://[2001:DB8::1]", Some("https://[2001:db8::1]")),
            ("http://127.1.2.3:80", Some("http://127.1.2.3")),
            ("http://api.example", None),
            ("https://api.example/v1", None),
            ("https://api.example?x", None),
            ("https://api.example#x", None),
            ("https://user@api.example", None),
            ("https://user:1@api.example", None),
            ("https://api.example:x", None),
            ("https://api.example:+443", None),
            ("https://api.example:65536", None),
            ("https://", None),
            ("https://:443", None),
            ("https://[::1", None),
            ("https://[::1]x", None),
            ("https://[]", None),
            ("https://bücher.example", None),
            ("https://*.example", None),
            ("ftp://api.example", None),
            ("api.example", None),
            ("", None),
        ] {
            let found = PublicOrigin::new(text).ok().map(|origin| origin.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
