//! Serves an application with the connection info that counting by address needs, and waits for no client for ever.

use std::{
    future::poll_fn,
    io,
    net::SocketAddr,
    pin::pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    BoxError, Router,
    body::{Body, Bytes, HttpBody},
    extract::ConnectInfo,
};
use futures_util::future::{Either, select};
use http::Request;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::net::TcpListener;
use tower_service::Service;

use super::{
    accept::{Accept, Accepted, Plain},
    greeting::Greeting,
};
use crate::gate::Channel;

/// How long a connection may take to begin, to send the head of a request, and, between two requests, to begin the next.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The most bytes of the head of a request, and of a body that nobody has taken yet.
const HEAD: usize = 32 * 1024;

/// Serves `app` on `listener`, HTTP/1.1 and HTTP/2, until `shutdown` is done and open requests are answered.
///
/// The address of each connection reaches the gate, which could not count `per ip` without it. A client that does not
/// finish the head of a request within 30 seconds, or answers no ping of HTTP/2, loses its connection; until then it holds nothing
/// else. A head is of at most 32 KiB in HTTP/1.1 and 16 KiB in HTTP/2, beyond which it is answered with 431. How long a body may take, the gate says ([`body_timeout`](crate::gate::GateBuilder::body_timeout)).
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
/// None at present: a connection that cannot be accepted is no reason to stop.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_within(PATIENCE, Plain::new(listener), app, shutdown).await;
    Ok(())
}

pub(super) async fn serve_within(
    patience: Duration,
    mut listener: impl Accept,
    app: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(HEAD);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(patience).keep_alive_timeout(patience);
    let open = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = select(poll_fn(|context| listener.poll_next(context)), shutdown.as_mut()).await;
        let Accepted { stream, peer, channel } = match accepted {
            Either::Left((accepted, _)) => accepted,
            Either::Right(((), _)) => break,
        };
        let service = TowerToHyperService::new(Connected { app: app.clone(), peer, channel });
        let stream = TokioIo::new(Greeting::new(stream, patience));
        let connection = builder.serve_connection_with_upgrades(stream, service).into_owned();
        // What ends a connection is its client's to know: each request has its event.
        tokio::spawn(open.watch(connection));
    }
    drop(listener);
    open.shutdown().await;
}

/// The application as one connection meets it.
#[derive(Clone)]
struct Connected {
    app: Router,
    peer: SocketAddr,
    channel: Channel,
}

impl<B> Service<Request<B>> for Connected
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = <Router as Service<Request<Body>>>::Response;
    type Error = <Router as Service<Request<Body>>>::Error;
    type Future = <Router as Service<Request<Body>>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Service::<Request<Body>>::poll_ready(&mut self.app, context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(self.peer));
        match &self.channel {
            // Nothing needs to be said of it.
            Channel::Plain => {}
            channel @ Channel::Tls { .. } => drop(request.extensions_mut().insert(channel.clone())),
        }
        self.app.call(request)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        time::sleep,
    };

    use super::*;

    const SHORT: Duration = Duration::from_millis(200);

    async fn peer(ConnectInfo(peer): ConnectInfo<SocketAddr>) -> String {
        sleep(3 * SHORT).await;
        peer.ip().to_string()
    }

    /// What comes back from a server that waits a short time.
    async fn exchange(sent: &[u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve_within(SHORT, Plain::new(listener), Router::new().fallback(peer), std::future::pending()));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let (mut received, started) = (Vec::new(), Instant::now());
        let _ = tokio::time::timeout(40 * SHORT, stream.read_to_end(&mut received)).await.expect("it is closed");
        assert!(SHORT / 2 < started.elapsed());
        String::from_utf8_lossy(&received).into_owned()
    }

    #[tokio::test]
    async fn a_client_that_does_not_go_on_loses_its_connection() {
        let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        for sent in [b"".as_slice(), b"G", b"GET / HTTP/1.1\r\nhost: a\r\nx: ", b"PRI * HT", preface] {
            let received = exchange(sent).await;
            assert!(!received.contains("200"), "{received}");
        }
    }

    #[tokio::test]
    async fn a_request_that_is_there_is_waited_for() {
        for sent in [b"GET / HTTP/1.0\r\n\r\n".as_slice(), b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"] {
            let received = exchange(sent).await;
            assert!(received.contains(" 200 OK\r\n") && received.ends_with("127.0.0.1"), "{received}");
        }
    }

    #[tokio::test]
    async fn open_requests_are_answered_before_it_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        serve_within(20 * SHORT, Plain::new(listener), Router::new().fallback(peer), sleep(SHORT)).await;
        let mut received = String::new();
        stream.read_to_string(&mut received).await.unwrap();
        assert!(received.ends_with("127.0.0.1"), "{received}");
    }
}
