//! The server that ends TLS itself, for deployments without a proxy in front.
//!
//! TLS 1.3 and 1.2 with the suites of `rustls` that are safe, HTTP/2 and HTTP/1.1 by ALPN (RFC 7301), no early data (RFC 8446,
//! section 8: it can be replayed). Certificates, keys, the authorities of clients and their lists of revoked certificates change
//! while the server runs: files that changed are read anew, and what does not work leaves the last good state in place.
//!
//! ```no_run
//! use palisade::{auth::SecretFile, tls::{self, ClientAuthentication, Tls}};
//!
//! # async fn run(app: axum::Router) -> Result<(), Box<dyn std::error::Error>> {
//! let tls = Tls::builder("tls/chain.pem", SecretFile::at("tls/key.pem"))
//!     .clients(ClientAuthentication::optional("tls/clients.pem").revoked("tls/revoked.crl"))
//!     .build()
//!     .await?;
//! let listener = tokio::net::TcpListener::bind("[::]:443").await?;
//! tls::serve(listener, app, tls, std::future::pending()).await?;
//! # Ok(())
//! # }
//! ```

mod builder;
mod clients;
mod error;
mod handshakes;
mod load;
mod state;

pub(crate) use self::handshakes::{Established, Handshakes};
pub use self::{
    builder::TlsBuilder,
    clients::ClientAuthentication,
    error::TlsError,
    state::{Reloaded, Tls},
};
pub use crate::axum::serve_tls as serve;
