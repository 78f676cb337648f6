//! What a limiter needs of a store that lives elsewhere, such as one shared by several processes.

use std::{error::Error, fmt, pin::Pin};

use super::{Admission, Charge};

/// A place that keeps rates for several processes.
///
/// The promise: the charges of one call are taken all or none, also against other calls at the same time; a
/// refused call changes nothing; and a store that cannot tell says [`Outage`], never "admitted".
///
/// ```
/// use std::pin::Pin;
///
/// use palisade::limit::{Admission, Charge, Limiter, Outage, Store};
///
/// struct Down;
///
/// impl Store for Down {
///     fn admit<'a>(
///         &'a self,
///         _charges: &'a [Charge<'a>],
///         _now: u64,
///     ) -> Pin<Box<dyn Future<Output = Result<Admission, Outage>> + Send + 'a>> {
///         Box::pin(async { Err(Outage::Unavailable) })
///     }
/// }
///
/// let limiter = Limiter::shared(Down);
/// # let _ = limiter;
/// ```
pub trait Store: Send + Sync + 'static {
    /// Takes one unit for each charge, or none at all. `now` is in nanoseconds since some fixed moment; a store
    /// with a clock of its own uses that.
    fn admit<'a>(
        &'a self,
        charges: &'a [Charge<'a>],
        now: u64,
    ) -> Pin<Box<dyn Future<Output = Result<Admission, Outage>> + Send + 'a>>;
}

/// Why a limiter cannot say whether a request is within its rates. It tells nothing of the request.
///
/// ```
/// use palisade::limit::Outage;
///
/// assert_eq!(Outage::TimedOut.to_string(), "the rate store did not answer in time");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// The store cannot be reached, or says it is in no state to answer.
    Unavailable,
    /// The store did not answer within its deadline.
    TimedOut,
    /// One request makes more charges than [`Admission::CAPACITY`].
    TooManyCharges,
}

impl fmt::Display for Outage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unavailable => "the rate store is not available",
            Self::TimedOut => "the rate store did not answer in time",
            Self::TooManyCharges => "a request is counted by more than 8 rates: declare fewer",
        })
    }
}

impl Error for Outage {}
