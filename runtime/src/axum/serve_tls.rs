//! Serves an application over TLS that ends here.

use std::{
    io,
    task::{Context, Poll, ready},
};

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;

use super::{
    accept::{Accept, Accepted},
    serve::{PATIENCE, serve_within},
};
use crate::{
    gate::Channel,
    tls::{Established, Handshakes, Tls},
};

/// Serves `app` on `listener` over TLS, HTTP/2 and HTTP/1.1, until `shutdown` is done and open requests are answered.
///
/// What is true of [`palisade::axum::serve`](crate::axum::serve) is true here, and the gate is told what the connection proved:
/// that it is encrypted, and the certificate of its client. Handshakes are waited for beside each other and for a bounded
/// time ([`handshake_timeout`](crate::tls::TlsBuilder::handshake_timeout)); those in progress at the end are broken off. While it serves, the
/// files of `tls` are looked at ([`reload_every`](crate::tls::TlsBuilder::reload_every)).
///
/// ```no_run
/// use palisade::{auth::SecretFile, tls::{self, Tls}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tls = Tls::builder("chain.pem", SecretFile::at("key.pem")).build().await?;
/// let listener = tokio::net::TcpListener::bind("[::]:443").await?;
/// let app = axum::Router::new().fallback(palisade::axum::not_found);
/// tls::serve(listener, app, tls, std::future::pending()).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// None at present: a connection that cannot be accepted is no reason to stop.
pub async fn serve_tls(
    listener: TcpListener,
    app: Router,
    tls: Tls,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_within(PATIENCE, Handshakes::new(listener, tls), app, shutdown).await;
    Ok(())
}

impl Accept for Handshakes {
    type Stream = TlsStream<TcpStream>;

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Accepted<Self::Stream>> {
        let Established { stream, peer, certificate } = ready!(Self::poll_next(self, context));
        Poll::Ready(Accepted { stream, peer, channel: Channel::Tls { certificate } })
    }
}
