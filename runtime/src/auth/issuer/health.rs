//! How an issuer is doing, for readiness probes and dashboards.

use super::IssuerError;

/// How an issuer is doing, as its gate sees it.
///
/// ```
/// # async fn probe<A>(gate: &palisade::prelude::Gate<A>) -> bool {
/// gate.issuers().iter().all(|issuer| issuer.is_ready())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerHealth {
    pub(super) issuer: String,
    pub(super) keys: usize,
    pub(super) skipped: usize,
    pub(super) fetched_at: Option<u64>,
    pub(super) stale_since: Option<u64>,
    pub(super) failure: Option<IssuerError>,
    pub(super) readiness: Readiness,
}

/// Whether tokens of an issuer can be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Readiness {
    /// They can.
    Ready,
    /// There are no keys, or none that are fresh enough: requests with its tokens are answered with 503.
    Unavailable,
}

impl IssuerHealth {
    /// The issuer's identifier.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether its tokens can be verified.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.readiness == Readiness::Ready
    }

    /// The same as a value.
    #[must_use]
    pub const fn readiness(&self) -> Readiness {
        self.readiness
    }

    /// How many keys there are.
    #[must_use]
    pub const fn keys(&self) -> usize {
        self.keys
    }

    /// How many keys of the issuer cannot be used.
    #[must_use]
    pub const fn skipped(&self) -> usize {
        self.skipped
    }

    /// When the keys were last fetched, in seconds since 1970; nothing for keys that were given.
    #[must_use]
    pub const fn fetched_at(&self) -> Option<u64> {
        self.fetched_at
    }

    /// Since when they could not be fetched any more, in seconds since 1970.
    #[must_use]
    pub const fn stale_since(&self) -> Option<u64> {
        self.stale_since
    }

    /// Why they could not.
    #[must_use]
    pub const fn failure(&self) -> Option<&IssuerError> {
        self.failure.as_ref()
    }
}
