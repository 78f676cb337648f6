//! Where the keys of one issuer come from: given, or fetched and kept fresh.

use std::{
    fmt,
    sync::{Arc, atomic::AtomicU64},
};

use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
    time::Instant,
};

use super::{
    AtStart, IssuerError, IssuerHealth, Readiness, Refresh,
    live::{Asked, Live},
    place::Place,
    refresher::{Refresher, Whereabouts},
};
use crate::{
    Clock,
    auth::{Fetch, Keys, TokenError},
};

/// The keys of one issuer, or how to come by them.
pub(in crate::auth) struct Source {
    origin: Origin,
    fetch: Option<Arc<dyn Fetch>>,
    refresh: Refresh,
}

enum Origin {
    /// They are at hand.
    Given(Keys),
    /// Its metadata say where they are.
    Discovered,
    /// They are at this address.
    At(String),
    /// They are fetched and kept fresh.
    Live(Arc<Live>),
}

/// What all issuers of a gate share.
pub(super) struct Shared {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) generation: Arc<AtomicU64>,
    /// For those that have no client of their own.
    pub(super) fetch: Option<Arc<dyn Fetch>>,
}

impl Source {
    /// Fetched from where the issuer's metadata say.
    pub(in crate::auth) const fn discovered() -> Self {
        Self { origin: Origin::Discovered, fetch: None, refresh: Refresh::new() }
    }

    pub(in crate::auth) fn given(self, keys: Keys) -> Self {
        Self { origin: Origin::Given(keys), ..self }
    }

    pub(in crate::auth) fn at(self, address: String) -> Self {
        Self { origin: Origin::At(address), ..self }
    }

    pub(in crate::auth) fn by(self, fetch: Arc<dyn Fetch>) -> Self {
        Self { fetch: Some(fetch), ..self }
    }

    pub(in crate::auth) fn kept(self, refresh: Refresh) -> Self {
        Self { refresh, ..self }
    }

    /// Hands out the keys at `now`, in seconds since 1970.
    pub(in crate::auth) fn read<T>(&self, now: u64, reader: impl FnOnce(&Keys) -> T) -> Result<T, TokenError> {
        match &self.origin {
            Origin::Given(keys) => Ok(reader(keys)),
            Origin::Live(live) => live.read(now, reader),
            Origin::Discovered | Origin::At(_) => Err(TokenError::KeysUnavailable),
        }
    }

    /// Whether keys have to be fetched.
    pub(super) const fn is_remote(&self) -> bool {
        match &self.origin {
            Origin::Given(_) | Origin::Live(_) => false,
            Origin::Discovered | Origin::At(_) => true,
        }
    }

    /// The client of its own.
    pub(super) const fn fetch(&self) -> Option<&Arc<dyn Fetch>> {
        self.fetch.as_ref()
    }

    /// The keys that are fetched and kept fresh.
    pub(super) const fn live(&self) -> Option<&Arc<Live>> {
        match &self.origin {
            Origin::Live(live) => Some(live),
            Origin::Given(_) | Origin::Discovered | Origin::At(_) => None,
        }
    }

    /// Fetches the keys for the first time, and sees to it that they stay fresh for as long as this is there.
    pub(super) async fn start(self, issuer: Arc<str>, shared: &Shared) -> Result<Self, IssuerError> {
        let whereabouts = match &self.origin {
            Origin::Given(_) | Origin::Live(_) => return Ok(self),
            Origin::Discovered => Whereabouts::Discovered(None),
            Origin::At(address) => Whereabouts::Known(Place::parse(address).ok_or(IssuerError::Insecure)?),
        };
        let runtime = Handle::try_current().map_err(|_| IssuerError::NoRuntime)?;
        let fetch = self.fetch.as_ref().or(shared.fetch.as_ref()).ok_or(IssuerError::NoClient)?;
        let (wake, asked) = mpsc::channel(1);
        let (finished, watched) = watch::channel(0);
        let (clock, generation) = (Arc::clone(&shared.clock), Arc::clone(&shared.generation));
        let live = Arc::new(Live::new(Arc::clone(&issuer), self.refresh, clock, generation, wake, watched));
        let mut refresher = Refresher::new(issuer, whereabouts, Arc::clone(fetch), self.refresh, asked, finished);
        let next = match self.refresh.at_start {
            AtStart::KeysNeeded => {
                let next = refresher.attempt(&live, Asked::ByTime).await;
                if let Some(failure) = live.failure() {
                    return Err(failure);
                }
                next
            }
            AtStart::KeysMayCome => None,
        };
        runtime.spawn(refresher.run(Arc::downgrade(&live), next.unwrap_or_else(Instant::now)));
        Ok(Self { origin: Origin::Live(live), ..self })
    }

    pub(super) fn health(&self, issuer: &str) -> IssuerHealth {
        let (keys, skipped, readiness) = match &self.origin {
            Origin::Live(live) => return live.health(),
            Origin::Given(keys) => (keys.iter().count(), keys.skipped().len(), Readiness::Ready),
            Origin::Discovered | Origin::At(_) => (0, 0, Readiness::Unavailable),
        };
        let issuer = String::from(issuer);
        IssuerHealth { issuer, keys, skipped, fetched_at: None, stale_since: None, failure: None, readiness }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::Given(keys) => keys.fmt(out),
            Origin::Discovered => out.write_str("Discovered"),
            Origin::At(address) => out.debug_tuple("At").field(address).finish(),
            Origin::Live(_) => out.write_str("Live"),
        }
    }
}
