//! Where connections come from.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::{Sleep, sleep},
};

use crate::gate::Channel;

/// A listener, whatever its connections have to go through before they are there.
pub(super) trait Accept {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The next connection. Nothing is lost if it is not waited for to the end.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Accepted<Self::Stream>>;
}

/// A connection, and what is known of it.
pub(super) struct Accepted<S> {
    pub(super) stream: S,
    pub(super) peer: SocketAddr,
    pub(super) channel: Channel,
}

/// Connections as they come: what is sent over them can be read on the way.
pub(super) struct Plain {
    incoming: Incoming,
}

impl Plain {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self { incoming: Incoming::new(listener) }
    }
}

impl Accept for Plain {
    type Stream = TcpStream;

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Accepted<TcpStream>> {
        let (stream, peer) = ready!(self.incoming.poll_next(context));
        Poll::Ready(Accepted { stream, peer, channel: Channel::Plain })
    }
}

/// The connections of a listener that goes on whatever happens.
pub(crate) struct Incoming {
    listener: TcpListener,
    /// Until then nothing can be accepted.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Incoming {
    pub(crate) fn new(listener: TcpListener) -> Self {
        Self { listener, pause: None }
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<(TcpStream, SocketAddr)> {
        loop {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            match ready!(self.listener.poll_accept(context)) {
                Ok(connected) => return Poll::Ready(connected),
                Err(error) if is_of_client(&error) => {}
                // There are too many files open, most likely: some will be closed.
                Err(error) => {
                    tracing::warn!(target: "palisade", %error, "no connection can be accepted");
                    self.pause = Some(Box::pin(sleep(Duration::from_secs(1))));
                }
            }
        }
    }
}

/// Whether a client went away before it was accepted.
fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}
