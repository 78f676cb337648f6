//! The client that fetches from authorization servers: `https`, bounded, without redirects and proxies.

mod error;
mod roots;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use tokio::time::timeout;

use super::{Fetch, FetchError, Fetched, issuer::is_safe};

pub use self::error::ClientError;

/// The client that an issuer's keys are fetched with when nothing else is said: TLS 1.2 and 1.3, the roots that browsers
/// trust, no redirects, no proxies, at most 512 KiB. Clones share connections.
///
/// ```
/// use std::time::Duration;
/// use palisade::auth::{HttpsClient, Tokens};
///
/// # fn main() -> Result<(), palisade::auth::ClientError> {
/// let client = HttpsClient::new()?.timeout(Duration::from_secs(3));
/// let shop = Tokens::issuer("https://id.shop.example").audience("https://api.shop.example").fetch(client.clone());
/// let staff = Tokens::issuer("https://login.example/staff").audience("https://api.shop.example").fetch(client);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct HttpsClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    timeout: Duration,
}

/// An [`HttpsClient`] being set up.
///
/// ```
/// use palisade::auth::{ClientError, HttpsClient};
///
/// let none = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----";
/// assert_eq!(HttpsClient::builder().roots(none).err(), Some(ClientError::NoCertificate));
/// ```
#[derive(Debug)]
#[must_use = "build it with `.build()`"]
pub struct HttpsClientBuilder {
    roots: RootCertStore,
    connect_timeout: Duration,
}

impl HttpsClient {
    /// The longest answer that is read, in bytes.
    pub const LARGEST: usize = 512 * 1024;

    /// How many connections to a server are kept open.
    const IDLE: usize = 4;

    /// How long they are.
    const IDLE_FOR: Duration = Duration::from_secs(60);

    /// The bytes of a header that are read.
    const HEADER: usize = 64 * 1024;

    /// A client with the defaults.
    ///
    /// # Errors
    /// When the provider of cryptography has no protocol version in common with what is wanted.
    pub fn new() -> Result<Self, ClientError> {
        Self::builder().build()
    }

    /// A client that trusts further roots, or waits another time for connections.
    pub fn builder() -> HttpsClientBuilder {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        HttpsClientBuilder { roots, connect_timeout: Duration::from_secs(2) }
    }

    /// How long a request may take in all: 5 seconds when not said, and at most 30.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: timeout.min(Duration::from_secs(30)), ..self }
    }

    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
        if !is_safe(request.uri()) {
            return Err(FetchError::Insecure);
        }
        let agent = HeaderValue::from_static(concat!("palisade/", env!("CARGO_PKG_VERSION")));
        request.headers_mut().entry(header::USER_AGENT).or_insert(agent);
        let answer = self.client.request(request.map(Full::new)).await.map_err(|_| FetchError::Unreachable)?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, Self::LARGEST).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { FetchError::TooLarge } else { FetchError::Unreachable }
        })?;
        Ok(Response::from_parts(head, body.to_bytes()))
    }
}

impl Fetch for HttpsClient {
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
        Box::pin(async { timeout(self.timeout, self.send(request)).await.unwrap_or(Err(FetchError::Slow)) })
    }
}

impl fmt::Debug for HttpsClient {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("HttpsClient").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl HttpsClientBuilder {
    /// Trusts these roots too: one or more `CERTIFICATE` blocks of a PEM text.
    ///
    /// # Errors
    /// When there is none, or one of them is no certificate.
    pub fn roots(mut self, pem: impl AsRef<[u8]>) -> Result<Self, ClientError> {
        roots::add(&mut self.roots, pem.as_ref())?;
        Ok(self)
    }

    /// How long a connection may take to be there: 2 seconds when not said, and at most 30. TLS comes after it, within
    /// [`HttpsClient::timeout`].
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        Self { connect_timeout: timeout.min(Duration::from_secs(30)), ..self }
    }

    /// The client.
    ///
    /// # Errors
    /// When the provider of cryptography has no protocol version in common with what is wanted.
    pub fn build(self) -> Result<HttpsClient, ClientError> {
        // Said here, since a process may have any other provider as its default, or several.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| ClientError::NoProtocol)?
            .with_root_certificates(self.roots)
            .with_no_client_auth();
        let mut tcp = HttpConnector::new();
        tcp.set_connect_timeout(Some(self.connect_timeout));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        // Plain connections are for this machine: `send` has looked at the address.
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(config).https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(HttpsClient::IDLE_FOR)
            .pool_max_idle_per_host(HttpsClient::IDLE)
            .pool_timer(TokioTimer::new())
            .http1_max_buf_size(HttpsClient::HEADER)
            .build(connector);
        Ok(HttpsClient { client, timeout: Duration::from_secs(5) })
    }
}
