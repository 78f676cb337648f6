//! Where a server may be asked: over `https`, or on this machine.

use std::net::{IpAddr, Ipv6Addr};

use http::{Uri, uri::Scheme};

/// An address to ask at: absolute, without a user in it, and safe from those on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::auth) struct Place(Uri);

impl Place {
    /// The address in `text`, if it is one.
    pub(in crate::auth) fn parse(text: &str) -> Option<Self> {
        // `Uri` drops a fragment without a word.
        if text.contains('#') {
            return None;
        }
        text.parse().ok().filter(is_safe).map(Self)
    }

    pub(in crate::auth) const fn uri(&self) -> &Uri {
        &self.0
    }

    /// Whether it is on this machine.
    pub(in crate::auth) fn is_local(&self) -> bool {
        is_local(&self.0)
    }
}

/// `https` to anywhere, `http` to this machine.
pub(in crate::auth) fn is_safe(uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else { return false };
    let nobody = !authority.as_str().contains('@');
    // `Uri` takes any text behind a host, and then asks at the usual port.
    let port = match authority.as_str().strip_prefix(authority.host()) {
        None => false,
        Some("") => true,
        Some(rest) => rest.strip_prefix(':').is_some_and(|port| !port.starts_with('+') && port.parse::<u16>().is_ok()),
    };
    let https = uri.scheme() == Some(&Scheme::HTTPS) && is_host(authority.host());
    nobody && port && (https || uri.scheme() == Some(&Scheme::HTTP) && is_local(uri))
}

/// `Uri` takes brackets and signs anywhere in a host.
fn is_host(host: &str) -> bool {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    }
}

fn is_local(uri: &Uri) -> bool {
    let Some(host) = uri.host() else { return false };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_44_only_https_or_this_machine_is_asked() {
        for good in [
            "https://id.shop.example",
            "https://id.shop.example:8443/keys?v=1",
            "https://[2001:db8::1]:8443/keys",
            "http://localhost:9400/jwks",
            "http://LOCALHOST",
            "http://127.0.0.1:9400",
            "http://127.9.9.9",
            "http://[::1]:9400/a",
        ] {
            assert!(Place::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "/keys",
            "id.shop.example",
            "http://id.shop.example",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "https://user@id.shop.example",
            "https://id.shop.example#part",
            "https://id.shop.example:84-43",
            "https://id.shop.example:65536",
            "https://id.shop.example:",
            "https://i[]d.shop.example",
            "http://[::1]host:9400",
            "http://localhost:+400",
            "https://[id.shop.example]",
            "https://id!shop.example",
            "https://",
            "ftp://id.shop.example",
            "file:///etc/passwd",
            "gopher://localhost",
            "https://id.shop.example/a b",
        ] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_on_this_machine_is_known_by_its_name() {
        let local = |text| Place::parse(text).is_some_and(|place| place.is_local());
        assert!(local("https://localhost") && local("http://[::1]") && local("http://127.0.0.1"));
        assert!(!local("https://id.shop.example") && !local("https://10.0.0.1"));
    }
}
