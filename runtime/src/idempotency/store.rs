//! What keeps answers: one trait for this process, a file, or a store that several processes share.

use super::{Fingerprint, KeptAnswer, Slot};
use crate::Promise;

/// Keeps the first answer to each request that has a key.
///
/// The promise: of several claims to one slot at the same time, one is granted; what is kept is not forgotten before its
/// time, and a slot that is claimed not before its lease is over; a store that cannot tell says
/// [`Outage`](crate::Outage), and one that has no room says [`Claimed::Full`], never "granted". It holds whole answers, so it is
/// guarded like the data they are made of.
///
/// ```
/// use palisade::{
///     Outage,
///     idempotency::{Claim, Claimed, Idempotency, KeptAnswer, Promise, Slot, Store, Ticket},
/// };
///
/// struct Down;
///
/// impl Store for Down {
///     fn claim<'a>(&'a self, _claim: &'a Claim) -> Promise<'a, Claimed> {
///         Box::pin(async { Err(Outage) })
///     }
///
///     fn keep<'a>(&'a self, _slot: &'a Slot, _ticket: Ticket, _answer: &'a KeptAnswer, _until: u64) -> Promise<'a, ()> {
///         Box::pin(async { Err(Outage) })
///     }
///
///     fn release<'a>(&'a self, _slot: &'a Slot, _ticket: Ticket) -> Promise<'a, ()> {
///         Box::pin(async { Err(Outage) })
///     }
/// }
///
/// let idempotency = Idempotency::shared(Down);
/// # let _ = idempotency;
/// ```
pub trait Store: Send + Sync + 'static {
    /// Claims a slot for a request that is about to be carried out.
    fn claim<'a>(&'a self, claim: &'a Claim) -> Promise<'a, Claimed>;

    /// Keeps the answer of the request that holds this ticket, until so many seconds after 1970. A ticket that is not valid
    /// any more changes nothing.
    fn keep<'a>(&'a self, slot: &'a Slot, ticket: Ticket, answer: &'a KeptAnswer, until: u64) -> Promise<'a, ()>;

    /// Gives the slot back without an answer: the next request with this key is the first. A ticket that is not valid any
    /// more changes nothing.
    ///
    /// Where a request is dropped on its way, this is polled once and then dropped too; what has not happened by then, the end of
    /// the lease brings about.
    fn release<'a>(&'a self, slot: &'a Slot, ticket: Ticket) -> Promise<'a, ()>;
}

/// A request that asks for its slot.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Whose request under which key.
    pub slot: Slot,
    /// What it asks for.
    pub fingerprint: Fingerprint,
    /// Now, in seconds since 1970.
    pub now: u64,
    /// When the slot is free again although nobody gave it back, in seconds since 1970: the process that held it has died.
    pub lease_ends: u64,
}

/// What becomes of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// It is the first: it may be carried out, and gives its ticket back with the answer.
    Granted(Ticket),
    /// It was answered before.
    Answered(KeptAnswer),
    /// The key was used before, for another request.
    Differs,
    /// The same request is being carried out.
    Running,
    /// There is no room for another one.
    Full,
}

/// Shows that a slot is held by this request and no other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

impl Ticket {
    /// A ticket of this number. The store sees to it that no slot has had it before.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}
