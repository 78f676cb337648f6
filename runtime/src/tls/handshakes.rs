//! Takes connections, and lets many of them shake hands at once, each within its time.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::{Tls, clients::Vouching};
use crate::auth::ClientCertificate;

/// A listener that ends TLS. When it is dropped, the handshakes that are in progress end.
pub(crate) struct Handshakes {
    incoming: crate::axum::Incoming,
    tls: Tls,
    tasks: JoinSet<Option<Established>>,
    /// The oldest first; those that are done are taken out when they are met.
    order: VecDeque<AbortHandle>,
    watch: AbortHandle,
}

/// A connection that shook hands.
pub(crate) struct Established {
    pub(crate) stream: TlsStream<TcpStream>,
    pub(crate) peer: SocketAddr,
    pub(crate) certificate: Option<ClientCertificate>,
}

impl Handshakes {
    pub(crate) fn new(listener: TcpListener, tls: Tls) -> Self {
        let watch = tokio::spawn(tls.clone().watch()).abort_handle();
        let incoming = crate::axum::Incoming::new(listener);
        Self { incoming, tls, tasks: JoinSet::new(), order: VecDeque::new(), watch }
    }

    /// The next connection. Nothing is lost if it is not waited for to the end.
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Established> {
        loop {
            // Those that are done go first, so that a flood of new ones keeps nobody from being served.
            while let Poll::Ready(Some(done)) = self.tasks.poll_join_next(context) {
                if let Ok(Some(established)) = done {
                    return Poll::Ready(established);
                }
            }
            let (stream, peer) = ready!(self.incoming.poll_next(context));
            self.begin(stream, peer);
        }
    }

    fn begin(&mut self, stream: TcpStream, peer: SocketAddr) {
        let limits = self.tls.limits();
        if limits.handshakes <= self.tasks.len() {
            self.end_oldest();
        }
        if limits.handshakes.saturating_mul(2) < self.order.len() {
            self.order.retain(|task| !task.is_finished());
        }
        let handshake = shake_hands(self.tls.clone(), stream, peer, limits.handshake);
        self.order.push_back(self.tasks.spawn(handshake));
    }

    fn end_oldest(&mut self) {
        while let Some(oldest) = self.order.pop_front() {
            if !oldest.is_finished() {
                return oldest.abort();
            }
        }
    }
}

impl Drop for Handshakes {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

async fn shake_hands(tls: Tls, stream: TcpStream, peer: SocketAddr, patience: Duration) -> Option<Established> {
    let setting = tls.setting();
    let handshake = TlsAcceptor::from(Arc::clone(&setting.config)).accept(stream);
    let stream = match timeout(patience, handshake).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            tracing::debug!(target: "palisade", peer = %peer.ip(), %error, "a TLS handshake failed");
            return None;
        }
        Err(_) => {
            tracing::debug!(target: "palisade", peer = %peer.ip(), "a TLS handshake took too long");
            return None;
        }
    };
    let leaf = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let certificate = leaf.map(|leaf| match setting.vouching {
        Vouching::ByAuthorities => ClientCertificate::vouched(leaf),
        Vouching::ByNobody => ClientCertificate::for_binding(leaf),
    });
    Some(Established { stream, peer, certificate })
}
