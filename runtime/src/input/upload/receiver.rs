//! What takes in the files of one field, without their type, so that the reader of a body is compiled once.

use std::{any::Any, future::Future, marker::PhantomData, pin::Pin};

use bytes::Bytes;

use super::{File, FileType, Opening, Sink};
use crate::{Outage, policy::MediaType};

pub(super) type Receiver = Box<dyn Receive>;
type Receiving<'a> = Pin<Box<dyn Future<Output = Result<(), Outage>> + Send + 'a>>;

/// Takes in one file: opened once, then written to, then done.
pub(super) trait Receive: Send {
    fn open<'a>(&'a mut self, file: &'a Opening<'a>) -> Receiving<'a>;
    fn write(&mut self, chunk: Bytes) -> Receiving<'_>;
    /// The `File<K>`; nothing when it was never opened.
    fn finish(
        self: Box<Self>,
        name: Box<str>,
        media_type: &'static MediaType,
        size: u64,
    ) -> Option<Box<dyn Any + Send>>;
}

/// What takes in a `File<K>`.
pub(super) fn receiver<K: FileType>() -> Receiver {
    Box::new(Into::<K> { sink: None, kind: PhantomData })
}

struct Into<K: FileType> {
    sink: Option<K::Sink>,
    kind: PhantomData<fn() -> K>,
}

impl<K: FileType> Receive for Into<K> {
    fn open<'a>(&'a mut self, file: &'a Opening<'a>) -> Receiving<'a> {
        Box::pin(async move {
            self.sink = Some(K::Sink::open(file).await?);
            Ok(())
        })
    }

    fn write(&mut self, chunk: Bytes) -> Receiving<'_> {
        Box::pin(async move {
            match &mut self.sink {
                Some(sink) => sink.write(chunk).await,
                None => Err(Outage),
            }
        })
    }

    fn finish(
        self: Box<Self>,
        name: Box<str>,
        media_type: &'static MediaType,
        size: u64,
    ) -> Option<Box<dyn Any + Send>> {
        let sink = self.sink?;
        Some(Box::new(File::<K>::new(name, media_type, size, sink)))
    }
}
