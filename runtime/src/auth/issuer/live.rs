//! The keys of one issuer as they are now: read without a lock, replaced as a whole, and asked for by one fetch at a time.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwapOption;
use tokio::sync::{mpsc, watch};

use super::{IssuerError, IssuerHealth, Readiness, Refresh, unknown::Unknown};
use crate::{Clock, auth::Keys, auth::TokenError};

/// For how many intervals of the guard an unknown name has nothing fetched.
const UNKNOWN_FOR: u32 = 4;

/// The keys of one issuer, kept fresh by a task that ends with them.
pub(super) struct Live {
    issuer: Arc<str>,
    refresh: Refresh,
    clock: Arc<dyn Clock>,
    current: ArcSwapOption<KeySet>,
    /// Shared by all issuers of a gate: it moves when a key is gone.
    generation: Arc<AtomicU64>,
    state: Mutex<State>,
    /// Wakes the task. It ends when this is dropped.
    wake: mpsc::Sender<()>,
    /// The last attempt that the task has finished.
    finished: watch::Receiver<u64>,
}

/// Keys that were fetched together.
struct KeySet {
    keys: Keys,
    fetched_at: u64,
    usable_until: u64,
}

struct State {
    /// Attempts are counted from 1; one is on its way while the task has not finished as many.
    started: u64,
    /// When an unknown name last had the keys fetched, in nanoseconds of the clock.
    asked_at: Option<u64>,
    unknown: Unknown,
    failing_since: Option<u64>,
    failure: Option<IssuerError>,
}

/// What becomes of a name that no key has.
enum Next {
    /// It has one by now.
    Look,
    /// Wait for this attempt, then look again.
    Await(u64),
    /// Nothing more can be done.
    Give(TokenError),
}

impl Live {
    pub(super) fn new(
        issuer: Arc<str>,
        refresh: Refresh,
        clock: Arc<dyn Clock>,
        generation: Arc<AtomicU64>,
        wake: mpsc::Sender<()>,
        finished: watch::Receiver<u64>,
    ) -> Self {
        let state = State { started: 0, asked_at: None, unknown: Unknown::new(), failing_since: None, failure: None };
        Self {
            issuer,
            refresh,
            clock,
            current: ArcSwapOption::empty(),
            generation,
            state: Mutex::new(state),
            wake,
            finished,
        }
    }

    /// Hands out the keys at `now`, in seconds since 1970: neither a lock nor an allocation.
    pub(super) fn read<T>(&self, now: u64, reader: impl FnOnce(&Keys) -> T) -> Result<T, TokenError> {
        let current = self.current.load();
        match current.as_deref() {
            Some(set) if now < set.usable_until => Ok(reader(&set.keys)),
            Some(_) | None => Err(TokenError::KeysUnavailable),
        }
    }

    /// Until when the keys are good without the issuer.
    pub(super) fn usable_until(&self) -> u64 {
        self.current.load().as_deref().map_or(0, |set| set.usable_until)
    }

    /// Waits until there may be a key of this name, for a token that names one which is not there. All who wait share one
    /// fetch; there is none at all when there was one a moment ago.
    pub(super) async fn look_for(&self, kid: &str) -> Result<(), TokenError> {
        let came = self.state().started;
        loop {
            match self.next(kid, came) {
                Next::Look => return Ok(()),
                Next::Give(error) => return Err(error),
                Next::Await(attempt) => {
                    let mut finished = self.finished.clone();
                    // The task is gone with its runtime: nothing will ever be fetched again.
                    finished.wait_for(|last| attempt <= *last).await.map_err(|_| TokenError::KeysUnavailable)?;
                }
            }
        }
    }

    fn next(&self, kid: &str, came: u64) -> Next {
        let now = self.clock.nanos();
        let mut state = self.state();
        // Under the lock that keys are published under: a key that came a moment ago is not missed for good.
        if self.has(kid) {
            return Next::Look;
        }
        let finished = *self.finished.borrow();
        let given_up = match state.failure {
            // The issuer might know the key, and cannot be asked: neither yes nor no.
            Some(_) => TokenError::KeysUnavailable,
            None => TokenError::KeyUnknown,
        };
        if finished < state.started {
            return Next::Await(state.started);
        }
        // An attempt that was on its way already may have been answered before the key was published.
        if came < finished {
            if state.failure.is_none() {
                state.unknown.remember(kid, now.saturating_add(nanos(self.refresh.unknown_kid * UNKNOWN_FOR)));
            }
            return Next::Give(given_up);
        }
        if state.unknown.holds(kid, now) {
            return Next::Give(TokenError::KeyUnknown);
        }
        let guard = nanos(self.refresh.unknown_kid);
        if state.asked_at.is_some_and(|asked_at| now.saturating_sub(asked_at) < guard) {
            return Next::Give(given_up);
        }
        match self.wake.try_send(()) {
            Ok(()) => {
                state.asked_at = Some(now);
                state.started += 1;
                Next::Await(state.started)
            }
            Err(_) => Next::Give(TokenError::KeysUnavailable),
        }
    }

    /// Begins an attempt, or joins the one that was asked for. Returns its number; nothing when there is none to be made.
    pub(super) fn begin(&self, asked: Asked) -> Option<u64> {
        let mut state = self.state();
        let finished = *self.finished.borrow();
        match asked {
            Asked::ByTime if state.started == finished => state.started += 1,
            // What is asked for may have been done by the clock in the meantime.
            Asked::ByToken if state.started == finished => return None,
            Asked::ByTime | Asked::ByToken => {}
        }
        Some(state.started)
    }

    /// Publishes keys.
    pub(super) fn succeed(&self, keys: Keys) {
        let now = self.clock.unix_seconds();
        let usable_until = now.saturating_add(self.refresh.max_stale.as_secs());
        let names = keys.iter().filter_map(|key| key.kid()).map(String::from).collect::<Vec<_>>();
        let set = Arc::new(KeySet { keys, fetched_at: now, usable_until });
        let mut state = self.state();
        let before = self.current.swap(Some(Arc::clone(&set)));
        let removed = before.as_ref().is_some_and(|before| set.keys.lacks_some_of(&before.keys));
        if removed {
            // Only after the swap: who sees the new number sees the new keys.
            self.generation.fetch_add(1, Ordering::Release);
        }
        if removed || before.is_none_or(|before| before.keys.lacks_some_of(&set.keys)) {
            state.unknown.clear();
            tracing::info!(target: "palisade", issuer = &*self.issuer, keys = ?names, "the keys of an issuer are new");
            report_skipped(&self.issuer, &set.keys);
        }
        if let Some(since) = state.failing_since.take() {
            let seconds = now.saturating_sub(since);
            tracing::info!(target: "palisade", issuer = &*self.issuer, seconds, "the keys of an issuer can be fetched again");
        }
        state.failure = None;
    }

    /// Keeps the keys there are.
    pub(super) fn fail(&self, error: &IssuerError) {
        let now = self.clock.unix_seconds();
        let mut state = self.state();
        let since = *state.failing_since.get_or_insert(now);
        if state.failure.as_ref() != Some(error) {
            let (code, usable_until) = (error.code(), self.usable_until());
            tracing::warn!(target: "palisade", issuer = &*self.issuer, code, %error, since, usable_until, "the keys of an issuer cannot be fetched");
        } else if self.usable_until() <= now {
            tracing::error!(target: "palisade", issuer = &*self.issuer, code = error.code(), since, "the keys of an issuer are too old to be used");
        }
        state.failure = Some(error.clone());
    }

    pub(super) fn health(&self) -> IssuerHealth {
        let current = self.current.load_full();
        let state = self.state();
        let usable = current.as_ref().is_some_and(|set| self.clock.unix_seconds() < set.usable_until);
        IssuerHealth {
            issuer: String::from(&*self.issuer),
            keys: current.as_ref().map_or(0, |set| set.keys.iter().count()),
            skipped: current.as_ref().map_or(0, |set| set.keys.skipped().len()),
            fetched_at: current.as_ref().map(|set| set.fetched_at),
            stale_since: state.failing_since,
            failure: state.failure.clone(),
            readiness: if usable { Readiness::Ready } else { Readiness::Unavailable },
        }
    }

    /// Why the keys could not be fetched the last time.
    pub(super) fn failure(&self) -> Option<IssuerError> {
        self.state().failure.clone()
    }

    fn has(&self, kid: &str) -> bool {
        self.current.load().as_deref().is_some_and(|set| set.keys.iter().any(|key| key.kid() == Some(kid)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the task is awake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    ByTime,
    ByToken,
}

fn report_skipped(issuer: &str, keys: &Keys) {
    for key in keys.skipped() {
        let (index, kid, fault) = (key.index(), key.kid(), key.fault());
        tracing::warn!(target: "palisade", issuer, index, kid, %fault, "a key of an issuer is skipped: tokens signed with it are refused");
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
