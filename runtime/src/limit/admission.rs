//! What a limiter answers: for each charge where its key stands, and from that whether the request is refused.

use std::time::Duration;

use super::{Charge, Outage};

const NANOS: u64 = 1_000_000_000;

/// The answer to the charges of one request: all of them are taken, or none is.
///
/// ```
/// # use palisade::limit::Outage;
/// use palisade::{limit::{Admission, Charge, Limiter}, policy::Rate};
///
/// const RATE: Rate = Rate::parse("2/min per caller");
/// let limiter = Limiter::memory();
/// let charges = [Charge { name: "orders", rate: &RATE, key: b"alice" }];
/// let mut now = 0;
/// let mut admit = |limiter: &Limiter| limiter.try_admit_now(&charges, now).unwrap_or(Err(Outage::Unavailable));
///
/// let admission: Admission = admit(&limiter)?;
/// assert!(admission.refused().is_none());
/// assert_eq!(admission.standings().next().map(|standing| standing.remaining()), Some(1));
///
/// admit(&limiter)?;
/// let admission = admit(&limiter)?;
/// let refusal = admission.refused().expect("a third in the same minute is too many");
/// assert_eq!(refusal.policies().collect::<Vec<_>>(), ["orders"]);
/// assert_eq!(refusal.wait().as_secs(), 30);
/// # Ok::<(), Outage>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Admission {
    standings: [Option<Standing>; Self::CAPACITY],
}

/// Where a key stands with one policy, after the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    name: &'static str,
    quota: u32,
    window: u64,
    remaining: u32,
    /// Nanoseconds until there is one more unit.
    until: u64,
    state: State,
}

/// Whether a policy is the reason of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Kept,
    Violated,
}

/// Why a request is refused, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    admission: &'a Admission,
    wait: Duration,
}

impl Admission {
    /// How many charges one request may make.
    pub const CAPACITY: usize = 8;

    /// The answer that these standings make, in the order of the charges.
    ///
    /// # Errors
    /// When there are more than [`Admission::CAPACITY`].
    pub fn of(standings: impl IntoIterator<Item = Standing>) -> Result<Self, Outage> {
        let mut admission = Self { standings: [None; Self::CAPACITY] };
        let mut places = admission.standings.iter_mut();
        for standing in standings {
            let place = places.next().ok_or(Outage::TooManyCharges)?;
            *place = Some(standing);
        }
        Ok(admission)
    }

    /// Where each charged key stands, in the order of the charges.
    pub fn standings(&self) -> impl Iterator<Item = &Standing> + Clone {
        self.standings.iter().flatten()
    }

    /// Why the request is refused, or `None` when it is admitted.
    #[must_use]
    pub fn refused(&self) -> Option<Refusal<'_>> {
        let wait = self.standings().filter(|standing| standing.is_violated()).map(Standing::wait).max()?;
        Some(Refusal { admission: self, wait })
    }
}

impl Refusal<'_> {
    /// The name of every violated policy, in the order of the charges.
    pub fn policies(&self) -> impl Iterator<Item = &'static str> {
        self.admission.standings().filter(|standing| standing.is_violated()).map(Standing::name)
    }

    /// How long until none of them is violated, when nobody else takes the units.
    #[must_use]
    pub fn wait(&self) -> Duration {
        self.wait
    }
}

impl Standing {
    /// A policy that the request keeps: `remaining` units are left, and one more comes after `until` nanoseconds.
    #[must_use]
    pub const fn kept(charge: &Charge<'_>, remaining: u32, until: u64) -> Self {
        Self::new(charge, remaining, until, State::Kept)
    }

    /// A policy that the request violates: there is no unit until `wait` nanoseconds have passed.
    #[must_use]
    pub const fn violated(charge: &Charge<'_>, wait: u64) -> Self {
        Self::new(charge, 0, wait, State::Violated)
    }

    const fn new(charge: &Charge<'_>, remaining: u32, until: u64, state: State) -> Self {
        let (quota, window) = (charge.rate.count(), charge.rate.period());
        Self { name: charge.rate.name_or(charge.name), quota, window, remaining, until, state }
    }

    /// The policy.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Units in one window.
    #[must_use]
    pub const fn quota(&self) -> u32 {
        self.quota
    }

    /// The window in seconds: the period of the rate.
    #[must_use]
    pub const fn window(&self) -> u64 {
        self.window
    }

    /// Units left now. A burst above the quota lets this exceed the quota.
    #[must_use]
    pub const fn remaining(&self) -> u32 {
        self.remaining
    }

    /// Seconds until there is one more unit, rounded up: zero only when no unit is missing.
    #[must_use]
    pub const fn reset_seconds(&self) -> u64 {
        self.until.div_ceil(NANOS)
    }

    /// Whether this policy is a reason of the refusal.
    #[must_use]
    pub const fn is_violated(&self) -> bool {
        matches!(self.state, State::Violated)
    }

    const fn wait(&self) -> Duration {
        Duration::from_nanos(self.until)
    }
}
