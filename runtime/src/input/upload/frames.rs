//! The frames of a body as the parser of parts takes them: no more of them at once than it has use for.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::Stream;

use crate::input::{BodyError, Incoming};

/// Between two parts, and from one chunk of a part to the next, no more comes in than this and one frame.
const HELD: u64 = 64 * 1024;
/// The parser copies what it is given, and keeps the room.
const CHUNK: usize = 16 * 1024;

/// A body as a stream that has a limit, and that pauses after each chunk: the parser takes what it can get, and would
/// otherwise hold all that is there.
pub(super) struct Frames<'r, 'a> {
    body: &'r mut Incoming<'a>,
    rest: Bytes,
    pause: Pause,
    progress: Progress,
}

enum Pause {
    Due,
    Over,
}

/// How many bytes came in since the parser had something to show for them, and how many more may come in at all.
#[derive(Clone)]
pub(super) struct Progress {
    held: Arc<AtomicU64>,
    left: Arc<AtomicU64>,
}

impl Progress {
    pub(super) fn made(&self) {
        self.held.store(0, Ordering::Relaxed);
    }

    /// So many bytes have come in.
    pub(super) fn take(&self, bytes: usize) -> Result<(), BodyError> {
        let left = self.left.load(Ordering::Relaxed).checked_sub(bytes as u64).ok_or(BodyError::TooLarge)?;
        self.left.store(left, Ordering::Relaxed);
        Ok(())
    }
}

impl<'r, 'a> Frames<'r, 'a> {
    pub(super) fn new(body: &'r mut Incoming<'a>, limit: u64) -> (Self, Progress) {
        let progress = Progress { held: Arc::new(AtomicU64::new(0)), left: Arc::new(AtomicU64::new(limit)) };
        let frames = Self { body, rest: Bytes::new(), pause: Pause::Over, progress: progress.clone() };
        (frames, progress)
    }

    fn chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        while self.rest.is_empty() {
            match Pin::new(&mut *self.body).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(frame))) => self.rest = frame.into_data().unwrap_or_default(),
            }
            if let Err(error) = self.progress.take(self.rest.len()) {
                return Poll::Ready(Some(Err(error)));
            }
        }
        let size = self.rest.len().min(CHUNK);
        let chunk = self.rest.split_to(size);
        let held = self.progress.held.fetch_add(size as u64, Ordering::Relaxed);
        // Header fields that do not end, or white space around a boundary.
        if HELD < held { Poll::Ready(Some(Err(BodyError::TooLarge))) } else { Poll::Ready(Some(Ok(chunk))) }
    }
}

impl Stream for Frames<'_, '_> {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.pause {
            Pause::Due => {
                self.pause = Pause::Over;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Pause::Over => {
                let chunk = self.chunk(context);
                if let Poll::Ready(Some(Ok(_))) = chunk {
                    self.pause = Pause::Due;
                }
                chunk
            }
        }
    }
}
