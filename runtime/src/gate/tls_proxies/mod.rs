//! What the client's own connection proved, behind proxies that end TLS for it and are known by address.

mod fields;

use std::{fmt, net::IpAddr};

use http::{HeaderMap, HeaderName, HeaderValue};
use ipnet::IpNet;

use super::{
    Channel, InvalidNetwork,
    address::{mapped, parse_network},
};
use crate::auth::ClientCertificate;

const CLIENT_CERT: HeaderName = HeaderName::from_static("client-cert");
const X_FORWARDED_CLIENT_CERT: HeaderName = HeaderName::from_static("x-forwarded-client-cert");

/// The proxies that end TLS in front of this process, and the one header field in which they tell the certificate of the
/// client.
///
/// Whatever comes from one of them is taken to have come to it over TLS: it must not serve clients without. What it says of
/// a certificate is believed, so it has to take the field out of what clients send (RFC 9440, section 4). The same field from anybody
/// else is refused with 400, so that a claim helps nobody and a proxy that was left out of the list is found. A certificate that
/// the proxy shows to this process itself is its own, and never the client's.
///
/// ```
/// use std::net::IpAddr;
///
/// use http::HeaderMap;
/// use palisade::gate::{Channel, ForwardedCertificateError, TlsProxies};
///
/// let proxies = TlsProxies::at(["10.0.0.0/8"])?.client_cert();
/// let (proxy, stranger): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [203, 0, 113, 9].into());
///
/// let without = proxies.resolve(proxy, &Channel::Plain, &HeaderMap::new());
/// assert!(matches!(without, Ok(Channel::Tls { certificate: None })));
///
/// let mut headers = HeaderMap::new();
/// headers.insert("client-cert", ":MIIB:".parse().unwrap());
/// assert!(matches!(proxies.resolve(proxy, &Channel::Plain, &headers), Ok(Channel::Tls { certificate: Some(_) })));
/// let claimed = proxies.resolve(stranger, &Channel::Plain, &headers);
/// assert!(matches!(claimed, Err(ForwardedCertificateError::Stranger)));
/// # Ok::<(), palisade::gate::InvalidNetwork>(())
/// ```
#[derive(Debug, Clone)]
pub struct TlsProxies {
    networks: Vec<IpNet>,
    field: Field,
    belief: Belief,
}

/// The header field that the proxies write.
#[derive(Debug, Clone, Copy)]
enum Field {
    None,
    ClientCert,
    XForwardedClientCert,
}

/// What the proxies verify.
#[derive(Debug, Clone, Copy)]
enum Belief {
    Vouched,
    ForBinding,
}

impl TlsProxies {
    /// Proxies in these networks (`10.0.0.0/8`) or at these addresses. They end TLS, and tell nothing of certificates unless
    /// said so.
    ///
    /// # Errors
    /// When one of them is no network, or is every address there is.
    pub fn at<Network: AsRef<str>>(networks: impl IntoIterator<Item = Network>) -> Result<Self, InvalidNetwork> {
        let networks = networks.into_iter().map(|network| parse_network(network.as_ref())).collect::<Result<_, _>>()?;
        Ok(Self { networks, field: Field::None, belief: Belief::Vouched })
    }

    /// They write the certificate of the client in `Client-Cert` (RFC 9440), once they have verified it.
    #[must_use]
    pub fn client_cert(self) -> Self {
        Self { field: Field::ClientCert, ..self }
    }

    /// They write it in `X-Forwarded-Client-Cert`, as Envoy does. There has to be one element, with a `Hash`: let the proxy replace
    /// what came (`SANITIZE_SET`), not add to it. `Cert` is read where it is there, else `URI` and `DNS` are its names.
    #[must_use]
    pub fn x_forwarded_client_cert(self) -> Self {
        Self { field: Field::XForwardedClientCert, ..self }
    }

    /// They do not verify certificates, but hand on any whose key a client proved to hold: tokens can be bound to it, and it
    /// is never a caller.
    #[must_use]
    pub fn for_binding_only(self) -> Self {
        Self { belief: Belief::ForBinding, ..self }
    }

    /// What protects the connection of the client whose request came from `peer` over `channel`.
    ///
    /// # Errors
    /// When somebody else than one of the proxies tells of a certificate, or one does in a way that has no meaning.
    pub fn resolve(
        &self,
        peer: IpAddr,
        channel: &Channel,
        headers: &HeaderMap,
    ) -> Result<Channel, ForwardedCertificateError> {
        let name = match self.field {
            Field::None => None,
            Field::ClientCert => Some(CLIENT_CERT),
            Field::XForwardedClientCert => Some(X_FORWARDED_CLIENT_CERT),
        };
        let mut lines = name.iter().flat_map(|name| headers.get_all(name));
        let (line, more) = (lines.next(), lines.next());
        if !self.trusts(peer) {
            return match line {
                Some(_) => Err(ForwardedCertificateError::Stranger),
                None => Ok(channel.clone()),
            };
        }
        if more.is_some() {
            return Err(ForwardedCertificateError::Repeated);
        }
        let certificate = line.map(|line| self.read(line).ok_or(ForwardedCertificateError::Malformed)).transpose()?;
        Ok(Channel::Tls { certificate })
    }

    fn trusts(&self, peer: IpAddr) -> bool {
        let peer = mapped(peer);
        self.networks.iter().any(|network| network.contains(&peer))
    }

    fn read(&self, line: &HeaderValue) -> Option<ClientCertificate> {
        match self.field {
            Field::None => None,
            Field::ClientCert => fields::client_cert(line).map(|der| match self.belief {
                Belief::Vouched => ClientCertificate::vouched(&der),
                Belief::ForBinding => ClientCertificate::for_binding(&der),
            }),
            Field::XForwardedClientCert => {
                let certificate = fields::x_forwarded_client_cert(line)?;
                Some(match self.belief {
                    Belief::Vouched => certificate,
                    Belief::ForBinding => certificate.for_binding_only(),
                })
            }
        }
    }
}

/// Why what a request says of a client certificate is not taken. What it says is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForwardedCertificateError {
    /// Whoever sent it is none of the proxies.
    Stranger,
    /// It is said more than once.
    Repeated,
    /// It is no certificate.
    Malformed,
}

impl ForwardedCertificateError {
    /// A stable code for logs and audit events.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stranger => "forwarded_certificate_of_stranger",
            Self::Repeated => "forwarded_certificate_repeated",
            Self::Malformed => "forwarded_certificate_malformed",
        }
    }
}

impl fmt::Display for ForwardedCertificateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Stranger => "a client certificate is told by somebody who is none of the proxies",
            Self::Repeated => "a client certificate is told more than once",
            Self::Malformed => "what is told is no client certificate",
        })
    }
}

impl std::error::Error for ForwardedCertificateError {}

#[cfg(test)]
mod tests;
