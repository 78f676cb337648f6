//! The body of axum, and how long its sender may keep a request waiting for it.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::input::{Arriving, BodyError, Incoming};

/// A body on its way. Only the time in which somebody waits for it counts.
pub(super) struct Paced {
    body: Body,
    pace: Pace,
    waiting: Waiting,
    /// Made for the first body that is not there at once, and used again.
    alarm: Option<Pin<Box<Sleep>>>,
}

/// Whether somebody waits for the body.
#[derive(Debug, Clone, Copy)]
enum Waiting {
    No,
    /// It was asked for, and will be once more when the connection has had its turn. A body that came in with its request is
    /// there then, and no alarm was set for nothing.
    Asked,
    /// Since then.
    Since(Instant),
}

impl Paced {
    pub(super) fn new(body: Body, patience: Duration) -> Self {
        Self { body, pace: Pace { patience, waited: Duration::ZERO, received: 0 }, waiting: Waiting::No, alarm: None }
    }
}

/// How long a sender may keep waiting in all: some time, and more for what it sent.
#[derive(Debug, Clone, Copy)]
struct Pace {
    patience: Duration,
    waited: Duration,
    received: u64,
}

impl Pace {
    /// Bytes that earn one more second: slower than this, a body of any size ends.
    const RATE: u64 = 8 * 1024;

    fn left(&self) -> Duration {
        let earned = Duration::from_millis(self.received.saturating_mul(1_000) / Self::RATE);
        self.patience.saturating_add(earned).saturating_sub(self.waited)
    }
}

impl http_body::Body for Paced {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) else { return this.wait(context) };
        if let Waiting::Since(since) = std::mem::replace(&mut this.waiting, Waiting::No) {
            this.pace.waited = this.pace.waited.saturating_add(since.elapsed());
        }
        Poll::Ready(frame.map(|frame| {
            let frame = frame.map_err(|_| BodyError::Interrupted)?;
            let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
            this.pace.received = this.pace.received.saturating_add(bytes);
            Ok(frame)
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Paced {
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match self.waiting {
            Waiting::No => {
                self.waiting = Waiting::Asked;
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Waiting::Asked => {
                let now = Instant::now();
                self.waiting = Waiting::Since(now);
                // A time that no clock can say never comes.
                let Some(end) = now.checked_add(self.pace.left()) else { return Poll::Pending };
                match &mut self.alarm {
                    Some(alarm) => alarm.as_mut().reset(end),
                    none @ None => *none = Some(Box::pin(sleep_until(end))),
                }
            }
            Waiting::Since(_) => {}
        }
        match self.alarm.as_mut().map(|alarm| alarm.as_mut().poll(context)) {
            Some(Poll::Ready(())) => Poll::Ready(Some(Err(BodyError::Slow))),
            Some(Poll::Pending) | None => Poll::Pending,
        }
    }
}

impl Arriving for Paced {
    fn detach(&mut self) -> Box<Incoming<'static>> {
        let body = std::mem::take(&mut self.body);
        let waiting = std::mem::replace(&mut self.waiting, Waiting::No);
        Box::new(Self { body, pace: self.pace, waiting, alarm: self.alarm.take() })
    }

    fn renew(&mut self) {
        self.pace.waited = Duration::ZERO;
        self.pace.received = 0;
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt, StreamBody};

    use super::*;

    /// A body that brings `size` bytes every `pause`.
    fn drip(size: usize, pause: Duration) -> Body {
        let frames = futures_util::stream::unfold((), move |()| async move {
            tokio::time::sleep(pause).await;
            Some((Ok::<_, std::io::Error>(Frame::data(Bytes::from(vec![b'x'; size]))), ()))
        });
        Body::new(StreamBody::new(frames))
    }

    /// How many seconds it is read before it is too slow; an hour is for ever.
    async fn seconds(size: usize, pause: u64) -> Option<u64> {
        let mut body = Paced::new(drip(size, Duration::from_secs(pause)), Duration::from_secs(10));
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(3_600) {
            if let Some(Err(error)) = body.frame().await {
                assert_eq!(error, BodyError::Slow);
                return Some(start.elapsed().as_secs());
            }
        }
        None
    }

    #[tokio::test(start_paused = true)]
    async fn waits_as_long_as_what_came_is_worth() {
        assert_eq!(seconds(1, 1).await, Some(10), "a byte a second earns nothing");
        let halved = seconds(4 * 1024, 1).await;
        assert!(matches!(halved, Some(19..=20)), "half the rate doubles the time, not {halved:?}");
        assert_eq!(seconds(8 * 1024, 1).await, None);
        assert_eq!(seconds(1 << 20, 11).await, Some(10), "nothing is owed in advance");
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_worth_it_is_forgiven() {
        let mut body = Paced::new(drip(1, Duration::from_secs(6)), Duration::from_secs(10));
        for _ in 0..9 {
            assert!(body.frame().await.is_some_and(|frame| frame.is_ok()));
            body.renew();
        }
        let mut rest = body.detach();
        assert!(rest.frame().await.is_some_and(|frame| frame.is_ok()));
        assert_eq!(rest.frame().await.and_then(Result::err), Some(BodyError::Slow));
        assert!(body.frame().await.is_none());
    }
}
