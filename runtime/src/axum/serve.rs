//! Serves an application with the connection info that counting by address needs.

use std::{io, net::SocketAddr};

use axum::Router;
use tokio::net::TcpListener;

/// Serves `app` on `listener`, HTTP/1.1 and HTTP/2, until `shutdown` is done and open requests are answered.
///
/// The address of each connection reaches the gate, which could not count `per ip` without it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// let app = axum::Router::new().fallback(palisade::axum::not_found);
/// palisade::axum::serve(listener, app, std::future::ready(())).await
/// # }
/// ```
///
/// # Errors
/// Those of the listener.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await
}
