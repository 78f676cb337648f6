//! Where the content of a file goes while it comes.

use std::{future::Future, io, io::Write};

use bytes::Bytes;
use http::Extensions;
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;

use crate::Outage;

/// Where the content of a file goes: a temporary file, a bucket, a hash.
///
/// It is opened when a file begins whose name and media type are accepted, and written to chunk by chunk; no more bytes than
/// [`LONGEST`](super::FileType::LONGEST) come. The handler gets it with everything written. **A sink that is dropped belongs to
/// an upload that was refused, or cut off:** it undoes what it did. So what has to be finished, the handler finishes.
///
/// ```
/// use bytes::Bytes;
/// use palisade::{Outage, input::upload::{Opening, Sink}};
///
/// /// Counts the bytes, and keeps none.
/// struct Count(u64);
///
/// impl Sink for Count {
///     async fn open(_file: &Opening<'_>) -> Result<Self, Outage> {
///         Ok(Self(0))
///     }
///
///     async fn write(&mut self, chunk: Bytes) -> Result<(), Outage> {
///         self.0 += chunk.len() as u64;
///         Ok(())
///     }
/// }
/// ```
pub trait Sink: Sized + Send + 'static {
    /// Makes room for a file.
    ///
    /// # Errors
    /// When there is none: the request is refused with 503.
    fn open(file: &Opening<'_>) -> impl Future<Output = Result<Self, Outage>> + Send;

    /// Takes the next bytes. The sender waits meanwhile, so that a slow sink fills no memory.
    ///
    /// # Errors
    /// When they cannot be written: the request is refused with 503.
    fn write(&mut self, chunk: Bytes) -> impl Future<Output = Result<(), Outage>> + Send;
}

/// A file that begins.
#[derive(Debug)]
pub struct Opening<'a> {
    pub(super) name: &'a str,
    pub(super) media_type: &'static str,
    pub(super) extensions: &'a Extensions,
}

impl Opening<'_> {
    /// Its name, which is a safe one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name
    }

    /// Its media type: one that is declared, and that the content bears out.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// What a layer around the application gave the request, such as the client of a store (`axum::Extension`).
    #[must_use]
    pub fn extension<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.extensions.get()
    }
}

/// A small file, in memory. `LONGEST` bounds it.
impl Sink for Vec<u8> {
    async fn open(_file: &Opening<'_>) -> Result<Self, Outage> {
        Ok(Self::new())
    }

    async fn write(&mut self, chunk: Bytes) -> Result<(), Outage> {
        self.extend_from_slice(&chunk);
        Ok(())
    }
}

/// A file in the system's directory for temporary files, which nobody but its owner may read, and which is removed when this is
/// dropped.
///
/// Writing is done where it may block. The name on disk is random, and says nothing of the name that the sender gave.
#[derive(Debug)]
pub struct TemporaryFile(Option<NamedTempFile>);

impl TemporaryFile {
    /// The file, to be read or kept ([`NamedTempFile::persist`]). `None` when writing to it failed, which no handler sees.
    #[must_use]
    pub fn into_inner(self) -> Option<NamedTempFile> {
        self.0
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> Option<&std::path::Path> {
        self.0.as_ref().map(NamedTempFile::path)
    }
}

impl Sink for TemporaryFile {
    async fn open(_file: &Opening<'_>) -> Result<Self, Outage> {
        blocking(NamedTempFile::new).await.map(|file| Self(Some(file)))
    }

    async fn write(&mut self, chunk: Bytes) -> Result<(), Outage> {
        let mut file = self.0.take().ok_or(Outage)?;
        let file = blocking(move || file.write_all(&chunk).map(|()| file)).await?;
        self.0 = Some(file);
        Ok(())
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Outage> {
    match spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) | Err(_) => Err(Outage),
    }
}
