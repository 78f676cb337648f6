//! Who the client is, behind proxies that are trusted by name and behind nobody else.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use http::{HeaderMap, HeaderName, HeaderValue, header::FORWARDED};
use ipnet::{IpNet, Ipv4Net};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose word about the client is believed, and the one header field in which they give it.
///
/// A request from anybody else is from whoever sent it, whatever its header fields say. The field is read from the
/// right, where the nearest proxy writes, up to the first address that is no trusted proxy: what stands left of
/// that is the client's own claim.
///
/// ```
/// use std::net::IpAddr;
///
/// use http::HeaderMap;
/// use palisade::gate::TrustedProxies;
///
/// let proxies = TrustedProxies::x_forwarded_for(["10.0.0.0/8", "2001:db8:1::/48"])?;
/// let mut headers = HeaderMap::new();
/// headers.insert("x-forwarded-for", "1.2.3.4, 203.0.113.9, 10.0.0.7".parse().unwrap());
///
/// let proxy: IpAddr = [10, 0, 0, 1].into();
/// let client: IpAddr = [203, 0, 113, 9].into();
/// let stranger: IpAddr = [198, 51, 100, 1].into();
/// assert_eq!(proxies.resolve(proxy, &headers), client);
/// assert_eq!(proxies.resolve(stranger, &headers), stranger);
/// assert_eq!(TrustedProxies::none().resolve(proxy, &headers), proxy);
/// # Ok::<(), palisade::gate::InvalidNetwork>(())
/// ```
#[derive(Debug, Clone)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    field: Field,
}

/// The header field that the proxies write. Another one is the client's own claim, so it is not read.
#[derive(Debug, Clone, Copy)]
enum Field {
    XForwardedFor,
    Forwarded,
}

impl TrustedProxies {
    /// No proxy: the client is the peer of the connection.
    #[must_use]
    pub const fn none() -> Self {
        Self { networks: Vec::new(), field: Field::Forwarded }
    }

    /// Proxies in these networks (`10.0.0.0/8`) or at these addresses, which write `X-Forwarded-For`.
    ///
    /// # Errors
    /// When one of them is no network, or is every address there is.
    pub fn x_forwarded_for<Network: AsRef<str>>(
        networks: impl IntoIterator<Item = Network>,
    ) -> Result<Self, InvalidNetwork> {
        Self::behind(networks, Field::XForwardedFor)
    }

    /// Proxies in these networks (`10.0.0.0/8`) or at these addresses, which write `Forwarded` (RFC 7239).
    ///
    /// # Errors
    /// When one of them is no network, or is every address there is.
    pub fn forwarded<Network: AsRef<str>>(networks: impl IntoIterator<Item = Network>) -> Result<Self, InvalidNetwork> {
        Self::behind(networks, Field::Forwarded)
    }

    /// The address of the client whose request came from `peer`: an IPv4 address also where IPv6 carries one.
    #[must_use]
    pub fn resolve(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        translated(self.walk(mapped(peer), headers))
    }

    fn behind<Network: AsRef<str>>(
        networks: impl IntoIterator<Item = Network>,
        field: Field,
    ) -> Result<Self, InvalidNetwork> {
        let networks = networks.into_iter().map(|network| parse_network(network.as_ref())).collect::<Result<_, _>>()?;
        Ok(Self { networks, field })
    }

    fn walk(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        if !self.trusts(client) {
            return client;
        }
        // Several lines of a field are one list, in their order.
        let name = match self.field {
            Field::XForwardedFor => X_FORWARDED_FOR,
            Field::Forwarded => FORWARDED,
        };
        for line in headers.get_all(name).iter().rev() {
            for hop in self.hops(line) {
                // What the proxy says cannot be read: whatever stands left of it is not the proxy's word.
                let Some(hop) = hop.map(mapped) else { return client };
                client = hop;
                if !self.trusts(client) {
                    return client;
                }
            }
        }
        client
    }

    /// The hops of one line from the right, `None` for one that tells no address.
    fn hops(&self, line: &HeaderValue) -> impl Iterator<Item = Option<IpAddr>> {
        let field = self.field;
        let text = line.to_str().unwrap_or_default();
        elements(text).map(move |element| match field {
            Field::XForwardedFor => node(element),
            Field::Forwarded => forwarded_for(element).and_then(node),
        })
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }
}

/// Whom an address is counted as: an IPv4 address is itself, an IPv6 address its /64 network, since one subscriber
/// has at least that. The first byte is the version, so that the two never meet.
#[must_use]
pub(crate) fn bucket(address: IpAddr) -> [u8; 17] {
    let mut bucket = [0; 17];
    let octets = bucket.iter_mut().skip(1);
    match translated(mapped(address)) {
        IpAddr::V4(address) => {
            octets.zip(address.octets()).for_each(|(byte, octet)| *byte = octet);
            bucket[0] = 4;
        }
        IpAddr::V6(address) => {
            octets.zip(address.octets()).take(8).for_each(|(byte, octet)| *byte = octet);
            bucket[0] = 6;
        }
    }
    bucket
}

/// Why a trusted network is refused.
///
/// ```
/// use palisade::gate::TrustedProxies;
///
/// let error = TrustedProxies::forwarded(["10.0.0/8"]).unwrap_err();
/// assert_eq!(error.to_string(), "`10.0.0/8` is no network: write an address or a network, like \"10.0.0.0/8\"");
/// assert!(TrustedProxies::forwarded(["0.0.0.0/0"]).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidNetwork {
    /// Neither an address nor a network.
    Malformed(String),
    /// A network of every address. Then each client is a proxy and says what it likes.
    Everybody(String),
}

impl fmt::Display for InvalidNetwork {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(text) => {
                write!(formatter, "`{text}` is no network: write an address or a network, like \"10.0.0.0/8\"")
            }
            Self::Everybody(text) => {
                write!(formatter, "`{text}` trusts every client to say who it is: name the networks of your proxies")
            }
        }
    }
}

impl Error for InvalidNetwork {}

pub(super) fn parse_network(text: &str) -> Result<IpNet, InvalidNetwork> {
    let network = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address),
        Err(_) => text.parse().map_err(|_| InvalidNetwork::Malformed(text.to_owned()))?,
    };
    if network.prefix_len() == 0 {
        return Err(InvalidNetwork::Everybody(text.to_owned()));
    }
    // Addresses are compared as IPv4 where they are, so networks must be too.
    match (mapped(network.addr()), network.prefix_len().checked_sub(96)) {
        (IpAddr::V4(address), Some(prefix)) if network.addr().is_ipv6() => match Ipv4Net::new(address, prefix) {
            Ok(_) if prefix == 0 => Err(InvalidNetwork::Everybody(text.to_owned())),
            Ok(network) => Ok(network.into()),
            Err(_) => Err(InvalidNetwork::Malformed(text.to_owned())),
        },
        _ => Ok(network),
    }
}

/// `::ffff:a.b.c.d` is how a socket for both versions writes a.b.c.d.
pub(super) fn mapped(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// `64:ff9b::a.b.c.d` is how a translator (RFC 6052) writes a.b.c.d. It is the same client, yet not the same as a
/// proxy at that address, so trust is asked before this.
fn translated(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            Ipv4Addr::new(a, b, c, d).into()
        }
        _ => address,
    }
}

/// The elements of a list from the right. Quotes are paired from the right as well: a quote that a client leaves
/// open cannot swallow the comma before what the proxy appended.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let list = rest?;
        let mut quoted = false;
        let comma = list.bytes().rposition(|byte| {
            quoted ^= byte == b'"';
            byte == b',' && !quoted
        });
        let split = comma.and_then(|comma| Some((list.get(..comma)?, list.get(comma + 1..)?)));
        rest = split.map(|(left, _)| left);
        Some(split.map_or(list, |(_, last)| last).trim_matches([' ', '\t']))
    })
}

/// The value of `for` in an element of `Forwarded`. An element that is malformed or says it twice says nothing.
fn forwarded_for(element: &str) -> Option<&str> {
    let mut found = None;
    for pair in element.split(';') {
        let (name, value) = pair.trim_matches([' ', '\t']).split_once('=')?;
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.strip_suffix('"')?,
            None => value,
        };
        // Nothing that a node, host or protocol is made of needs an escape, and a `;` within quotes is no node.
        if value.contains(['"', '\\']) {
            return None;
        }
        if name.eq_ignore_ascii_case("for") && found.replace(value).is_some() {
            return None;
        }
    }
    found
}

/// The address of a node: `a.b.c.d`, `a.b.c.d:port`, `v6`, `[v6]` or `[v6]:port`. `unknown` and names have none.
fn node(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Some(bracketed) = text.strip_prefix('[') {
        let (address, port) = bracketed.split_once(']')?;
        let address: Ipv6Addr = address.parse().ok()?;
        return (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(address.into());
    }
    let (address, port) = text.split_once(':')?;
    let address: Ipv4Addr = address.parse().ok()?;
    is_port(port).then_some(address.into())
}

/// A number, or a hidden one that begins with `_` (RFC 7239, section 6.3).
fn is_port(text: &str) -> bool {
    match text.strip_prefix('_') {
        Some(hidden) => {
            !hidden.is_empty() && hidden.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        }
        None => text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok(),
    }
}

#[cfg(test)]
mod tests;
