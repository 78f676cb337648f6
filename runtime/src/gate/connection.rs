//! What is known of the connection that a request came by.

use std::net::IpAddr;

use crate::auth::ClientCertificate;

/// The connection, as whoever accepted it knows it. Nothing of it is the client's word.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    /// The address at the other end.
    pub(crate) peer: Option<IpAddr>,
    /// What protects it.
    pub(crate) channel: Channel,
}

/// What protects a connection, up to this process.
///
/// `palisade::tls::serve` (feature `tls`) says it of each request. A server of your own that ends TLS says it by an extension of this
/// type in the request, before the router; where none is, the connection is [`Plain`](Self::Plain).
///
/// ```
/// use palisade::{auth::ClientCertificate, gate::Channel};
///
/// let certificate = ClientCertificate::for_binding(b"the client's certificate in DER");
/// let mut request = http::Request::new(());
/// request.extensions_mut().insert(Channel::Tls { certificate: Some(certificate) });
/// ```
#[derive(Debug, Clone)]
pub enum Channel {
    /// Nothing: whoever is on the way can read and change what is sent.
    Plain,
    /// TLS.
    Tls {
        /// The certificate whose key the client proved to hold.
        certificate: Option<ClientCertificate>,
    },
}
