//! Requests of our own to other servers: bounded in time and size, to addresses from the configuration only.

use std::{fmt, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::FutureExt;
use http::{Request, Response};

/// How long any answer is waited for, whatever the client promises.
const LONGEST: Duration = Duration::from_secs(30);

/// What a server answers, once it does.
pub type Fetched<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, FetchError>> + Send + 'a>>;

/// Sends requests to authorization servers: for their metadata, their keys, and what they know about a token.
///
/// The promise: it follows no redirect, gives up after a time, reads no more than a bounded body, and speaks `https`, but
/// for addresses of this machine. Nothing that a caller sent decides where it goes.
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use palisade::auth::{Fetch, FetchError, Fetched};
///
/// struct Offline;
///
/// impl Fetch for Offline {
///     fn fetch(&self, _request: Request<Bytes>) -> Fetched<'_> {
///         Box::pin(async { Err(FetchError::Unreachable) })
///     }
/// }
/// ```
pub trait Fetch: Send + Sync + 'static {
    /// Sends the request, and reads the answer whole.
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_>;
}

impl<F: Fetch + ?Sized> Fetch for Arc<F> {
    fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
        F::fetch(self, request)
    }
}

/// The answer. A client of the user's that panics or hangs takes neither the keys along nor those who wait for the same answer.
pub(super) async fn fetched(fetch: &dyn Fetch, request: Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
    let answer = AssertUnwindSafe(async { fetch.fetch(request).await }).catch_unwind();
    let answer = tokio::time::timeout(LONGEST, answer).await.map_err(|_| FetchError::Slow)?;
    answer.unwrap_or(Err(FetchError::Unreachable))
}

/// Why there is no answer. None of them says what the server sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FetchError {
    /// The address is neither `https` nor of this machine.
    Insecure,
    /// No connection, or it broke off.
    Unreachable,
    /// The answer took too long.
    Slow,
    /// The answer is longer than what is read.
    TooLarge,
}

impl FetchError {
    /// A stable code for logs and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Insecure => "insecure",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::TooLarge => "too_large",
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Insecure => "the address is neither `https` nor on this machine: use `https`",
            Self::Unreachable => "the server cannot be reached",
            Self::Slow => "the server took too long to answer",
            Self::TooLarge => "the server's answer is too long",
        })
    }
}

impl std::error::Error for FetchError {}
