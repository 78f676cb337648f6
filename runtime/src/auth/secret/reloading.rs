//! What is made of a secret, and made anew when the secret changes.

use std::{
    fmt,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::ArcSwap;
#[cfg(feature = "axum")]
use futures_util::FutureExt;

use super::{Secret, SecretFault, SecretSource};

/// How long a source is waited for while requests go on with the last good value.
#[cfg(feature = "axum")]
const LONGEST: std::time::Duration = std::time::Duration::from_secs(30);

/// A value that comes from a [`SecretSource`] and can be read anew while it is in use. Clones share it.
///
/// Reading [the current one](Reloading::current) takes no lock. What cannot be read or understood does not replace what is
/// good: the last good value stays in use, without an end, and the log is told. Wherever a `Reloading<T>` is asked for, a `T`
/// that never changes will do.
///
/// ```
/// use palisade::auth::{Reloading, Secret, SecretFile};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let path = std::env::temp_dir().join("palisade_doc_reloading");
/// # let write = |text: &str| {
/// #     std::fs::write(&path, text)?;
/// #     #[cfg(unix)]
/// #     std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
/// #     std::io::Result::Ok(())
/// # };
/// write("the first\n")?;
/// let secret = Reloading::bytes(SecretFile::at(&path)).await?;
/// assert_eq!(secret.current().expose(), b"the first");
///
/// write("the second\n")?;
/// secret.reload().await?; // when the process is told to, by SIGHUP for example
/// assert_eq!(secret.current().expose(), b"the second");
///
/// write("")?;
/// assert!(secret.reload().await.is_err());
/// assert_eq!(secret.current().expose(), b"the second");
/// # Ok(())
/// # }
/// ```
pub struct Reloading<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    current: ArcSwap<T>,
    origin: Origin<T>,
    /// Counts readings as they begin.
    begun: AtomicU64,
    /// Which reading the current value is of, so that a slow one does not bring an older value back.
    settled: Mutex<u64>,
}

enum Origin<T> {
    Fixed,
    Read(Box<dyn Load<T>>),
}

/// A source together with what is made of its secret.
trait Load<T>: Send + Sync {
    fn load(&self) -> Loading<'_, T>;
}

type Loading<'a, T> = Pin<Box<dyn Future<Output = Result<T, SecretFault>> + Send + 'a>>;

struct Made<S, M> {
    source: S,
    make: M,
}

impl<T: Send + Sync + 'static> Reloading<T> {
    /// Reads the secret of `source` and makes a `T` of it, now and at each reloading. What `make` says of a secret that it does not
    /// understand goes to the log: it must not repeat it.
    ///
    /// # Errors
    /// When the first one cannot be read or understood.
    pub async fn read<S, M, E>(source: S, make: M) -> Result<Self, SecretFault>
    where
        S: SecretSource,
        M: Fn(Secret<Vec<u8>>) -> Result<T, E> + Send + Sync + 'static,
        E: fmt::Display,
    {
        let made = Made { source, make };
        let first = made.load().await?;
        Ok(Self::with(first, Origin::Read(Box::new(made))))
    }

    /// A value that never changes.
    #[must_use]
    pub fn fixed(value: T) -> Self {
        Self::with(value, Origin::Fixed)
    }

    /// The last good value.
    #[must_use]
    pub fn current(&self) -> Arc<T> {
        self.shared.current.load_full()
    }

    /// Reads it anew. One that is fixed stays what it is.
    ///
    /// # Errors
    /// When it cannot be read or understood: the last good value stays, and the log has been told.
    pub async fn reload(&self) -> Result<(), SecretFault> {
        let Origin::Read(made) = &self.shared.origin else { return Ok(()) };
        let turn = self.shared.begun.fetch_add(1, Ordering::Relaxed) + 1;
        let value = made.load().await.inspect_err(warn)?;
        let mut settled = self.shared.settled.lock().unwrap_or_else(PoisonError::into_inner);
        if *settled < turn {
            *settled = turn;
            self.shared.current.store(Arc::new(value));
        }
        Ok(())
    }

    /// Reads it anew after each `interval`, of a second at least, until nobody holds it any more. Needs a runtime of tokio.
    #[cfg(feature = "axum")]
    #[must_use]
    pub fn every(self, interval: std::time::Duration) -> Self {
        let weak = Arc::downgrade(&self.shared);
        let interval = interval.max(std::time::Duration::from_secs(1));
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(interval).await;
                let Some(shared) = weak.upgrade() else { return };
                let value = Self { shared };
                // A source of the user's that hangs or panics is asked again in the next turn. What else went wrong is in the log.
                let turn = std::panic::AssertUnwindSafe(value.reload()).catch_unwind();
                match tokio::time::timeout(LONGEST, turn).await {
                    Ok(Ok(Ok(()) | Err(_))) => {}
                    Ok(Err(_panic)) => warn(&SecretFault::new("its source panicked")),
                    Err(_) => warn(&SecretFault::new("its source took too long")),
                }
            }
        });
        self
    }

    fn with(value: T, origin: Origin<T>) -> Self {
        let (begun, settled) = (AtomicU64::new(0), Mutex::new(0));
        Self { shared: Arc::new(Shared { current: ArcSwap::from_pointee(value), origin, begun, settled }) }
    }
}

impl Reloading<Secret<Vec<u8>>> {
    /// The bytes of a secret, as they are.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn bytes(source: impl SecretSource) -> Result<Self, SecretFault> {
        Self::read(source, Ok::<_, SecretFault>).await
    }
}

impl Reloading<Secret<String>> {
    /// The text of a secret, such as a password.
    ///
    /// # Errors
    /// When it cannot be read, or is no UTF-8.
    pub async fn text(source: impl SecretSource) -> Result<Self, SecretFault> {
        let text = |secret: Secret<Vec<u8>>| match str::from_utf8(secret.expose()) {
            Ok(text) => Ok(Secret::new(String::from(text))),
            Err(_) => Err("it is not UTF-8: write it as text"),
        };
        Self::read(source, text).await
    }
}

impl<T: Send + Sync + 'static> From<T> for Reloading<T> {
    fn from(value: T) -> Self {
        Self::fixed(value)
    }
}

impl<T> Clone for Reloading<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<T> fmt::Debug for Reloading<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Reloading(..)")
    }
}

impl<T, S, M, E> Load<T> for Made<S, M>
where
    S: SecretSource,
    M: Fn(Secret<Vec<u8>>) -> Result<T, E> + Send + Sync,
    E: fmt::Display,
{
    fn load(&self) -> Loading<'_, T> {
        Box::pin(async {
            let secret = self.source.read().await?;
            (self.make)(secret).map_err(|error| SecretFault::new(error.to_string()))
        })
    }
}

#[cold]
fn warn(fault: &SecretFault) {
    tracing::warn!(target: "palisade", %fault, "a secret could not be read anew: the last good one stays in use");
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::*;

    fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    fn ready<F: Future>(future: F) -> F::Output {
        match poll(pin!(future)) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("the source of a test answers at once"),
        }
    }

    /// What is there to be read, and a source that reads it.
    fn source(first: &[u8]) -> (Arc<Mutex<Option<Vec<u8>>>>, impl SecretSource) {
        let place = Arc::new(Mutex::new(Some(first.to_vec())));
        let read = Arc::clone(&place);
        let source = move || {
            let found = read.lock().unwrap().clone().map(Secret::new);
            std::future::ready(found.ok_or_else(|| SecretFault::new("the vault is sealed")))
        };
        (place, source)
    }

    #[expect(clippy::needless_pass_by_value, reason = "the secret is handed over, as it is to everybody")]
    fn number(secret: Secret<Vec<u8>>) -> Result<u32, &'static str> {
        str::from_utf8(secret.expose()).ok().and_then(|text| text.parse().ok()).ok_or("write a number")
    }

    #[test]
    fn what_cannot_be_read_or_understood_leaves_the_last_good_value() {
        let (place, source) = source(b"1");
        let value = ready(Reloading::read(source, number)).unwrap();
        for (found, expected, now) in [
            (Some(&b"2"[..]), Ok(()), 2),
            (None, Err("the vault is sealed"), 2),
            (Some(b"secret"), Err("write a number"), 2),
            (Some(b"3"), Ok(()), 3),
        ] {
            *place.lock().unwrap() = found.map(<[u8]>::to_vec);
            assert_eq!(ready(value.reload()), expected.map_err(SecretFault::new));
            assert_eq!(*value.clone().current(), now);
        }
    }

    #[test]
    fn the_first_one_has_to_be_good() {
        let (_, source) = source(b"one");
        assert_eq!(ready(Reloading::read(source, number)).unwrap_err(), SecretFault::new("write a number"));
    }

    #[test]
    fn a_slow_reading_does_not_bring_an_older_value_back() {
        use std::sync::atomic::AtomicBool;
        let (slow, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let value = {
            let (slow, count) = (Arc::clone(&slow), Arc::clone(&count));
            let source = move || {
                let (slow, number) = (Arc::clone(&slow), count.fetch_add(1, Ordering::Relaxed));
                async move {
                    let mut waits = slow.load(Ordering::Relaxed);
                    std::future::poll_fn(|_| if std::mem::take(&mut waits) { Poll::Pending } else { Poll::Ready(()) })
                        .await;
                    Ok(Secret::new(number.to_string().into_bytes()))
                }
            };
            ready(Reloading::read(source, number)).unwrap()
        };
        slow.store(true, Ordering::Relaxed);
        let mut older = pin!(value.reload());
        assert!(poll(older.as_mut()).is_pending());
        slow.store(false, Ordering::Relaxed);
        ready(value.reload()).unwrap();
        assert_eq!(*value.current(), 2);
        assert_eq!(poll(older.as_mut()), Poll::Ready(Ok(())));
        assert_eq!(*value.current(), 2);
    }

    #[cfg(feature = "axum")]
    #[tokio::test(start_paused = true)]
    async fn a_source_that_hangs_or_panics_once_is_read_again() {
        let turn = AtomicU64::new(0);
        let source = move || {
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            assert!(turn != 2, "a source that panics");
            async move {
                if turn == 1 {
                    std::future::pending::<()>().await;
                }
                Ok(Secret::new(turn.to_string().into_bytes()))
            }
        };
        let value = Reloading::read(source, number).await.unwrap().every(std::time::Duration::from_secs(60));
        tokio::time::sleep(std::time::Duration::from_secs(240)).await;
        assert_eq!(*value.current(), 3);
    }

    #[test]
    fn a_plain_value_will_do_and_never_changes() {
        let value: Reloading<u32> = 7.into();
        assert_eq!(ready(value.reload()), Ok(()));
        assert_eq!(*value.current(), 7);
    }

    #[cfg(feature = "axum")]
    #[tokio::test(start_paused = true)]
    async fn it_is_read_anew_at_intervals_until_nobody_holds_it() {
        let (place, source) = source(b"1");
        let weak = Arc::downgrade(&place);
        let value = Reloading::read(source, number).await.unwrap().every(std::time::Duration::from_secs(60));
        *place.lock().unwrap() = Some(b"2".to_vec());
        drop(place);
        tokio::time::sleep(std::time::Duration::from_secs(59)).await;
        assert_eq!(*value.current(), 1);
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(*value.current(), 2);
        drop(value);
        tokio::time::sleep(std::time::Duration::from_secs(61)).await;
        assert!(weak.upgrade().is_none(), "the source is dropped with the last handle");
    }
}
