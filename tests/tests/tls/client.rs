//! A client that speaks HTTP over TLS, and says what went wrong.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, crypto::ring, version},
};

use super::authority::{Authority, Holder};

const PATIENCE: Duration = Duration::from_secs(20);

/// Whom a client trusts, who it is, and what it speaks.
#[derive(Clone)]
pub(crate) struct Client(Arc<ClientConfig>);

impl Client {
    pub(crate) fn new(trusts: &Authority, shows: Option<&Holder>) -> Self {
        Self::speaking(&[&version::TLS13, &version::TLS12], &[b"http/1.1"], trusts, shows)
    }

    pub(crate) fn speaking(
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[&[u8]],
        trusts: &Authority,
        shows: Option<&Holder>,
    ) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(trusts.root.clone()).expect("a root");
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_protocol_versions(versions).expect("versions").with_root_certificates(roots);
        let mut config = match shows {
            Some(holder) => builder.with_client_auth_cert(holder.chain.clone(), holder.key()).expect("a certificate"),
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        Self(Arc::new(config))
    }

    pub(crate) async fn connect(&self, address: SocketAddr, name: &str) -> io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(address).await?;
        let name = name.to_owned().try_into().expect("a name");
        timeout(PATIENCE, TlsConnector::from(Arc::clone(&self.0)).connect(name, stream)).await?
    }

    /// The status and body of one request on a connection of its own.
    pub(crate) async fn get(
        &self,
        address: SocketAddr,
        name: &str,
        path: &str,
        fields: &str,
    ) -> io::Result<(u16, String)> {
        let mut stream = self.connect(address, name).await?;
        request(&mut stream, path, fields).await
    }
}

/// Sends one request and reads to the end of the connection.
pub(crate) async fn request(stream: &mut TlsStream<TcpStream>, path: &str, fields: &str) -> io::Result<(u16, String)> {
    let text = format!("GET {path} HTTP/1.1\r\nhost: api.example\r\nconnection: close\r\n{fields}\r\n");
    stream.write_all(text.as_bytes()).await?;
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await??;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let (_head, body) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::InvalidData)?;
    Ok((status, body.to_owned()))
}
