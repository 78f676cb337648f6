//! Where events go, and under which names callers stand in them.

use std::fmt;

use ring::{hmac, rand::SystemRandom};
use zeroize::Zeroize;

use super::{Event, Known, Verdict, known::identity};
use crate::auth::{Caller, Secret};

/// Takes events. It is called on the request's own task, so it must not block.
pub trait Sink: Send + Sync + 'static {
    /// Takes one event.
    fn record(&self, event: &Event<'_>);
}

/// The audit log of a gate.
///
/// ```
/// use palisade::{audit::{Event, Sink}, prelude::*};
///
/// struct Counted(std::sync::atomic::AtomicU64);
///
/// impl Sink for Counted {
///     fn record(&self, _event: &Event<'_>) {
///         self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
///     }
/// }
///
/// let audit = Audit::sink(Counted(0.into()));
/// # let _ = audit;
/// ```
pub struct Audit {
    sink: Option<Box<dyn Sink>>,
    pseudonyms: Option<hmac::Key>,
    silence: Option<&'static str>,
}

impl Audit {
    /// Events as `tracing` events of target `palisade::audit`, at level `INFO`, or `WARN` when something of ours failed.
    #[must_use]
    pub fn tracing() -> Self {
        Self::sink(Tracing)
    }

    /// Events into a sink of the user's own.
    #[must_use]
    pub fn sink(sink: impl Sink) -> Self {
        let pseudonyms = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok();
        Self { sink: Some(Box::new(sink)), pseudonyms, silence: None }
    }

    /// No events, for a reason: say it where reviewers see it.
    #[must_use]
    pub fn none(reason: &'static str) -> Self {
        Self { sink: None, pseudonyms: None, silence: Some(reason) }
    }

    /// Why there are no events, or why there cannot be any: what a gate asks before it opens.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match (&self.sink, &self.pseudonyms, self.silence) {
            (Some(_), Some(_), _) => None,
            (Some(_), None, _) => {
                Some("the system has no randomness to name callers by: give it a `.pseudonym_key(..)`")
            }
            (None, _, Some("") | None) => Some("`Audit::none` needs a reason: say why nothing is recorded"),
            (None, _, Some(_)) => None,
        }
    }

    /// Names callers by a key of the deployment's own, so that pseudonyms are the same in every process. Without it each
    /// process makes its own key at start.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "the key is taken, so that it is wiped on return")]
    pub fn pseudonym_key<K: AsRef<[u8]> + Zeroize>(self, key: Secret<K>) -> Self {
        Self { pseudonyms: Some(hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_ref())), ..self }
    }

    /// The caller with their pseudonym: the first 16 hexadecimal digits of an HMAC over issuer and subject.
    pub(crate) fn know(&self, caller: Caller) -> Known {
        let pseudonym = match &self.pseudonyms {
            None => String::new(),
            Some(key) => {
                let digest = hmac::sign(key, &identity(&caller));
                digest.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
            }
        };
        Known::new(caller, pseudonym)
    }

    pub(super) fn record(&self, event: &Event<'_>) {
        if let Some(sink) = &self.sink {
            sink.record(event);
        }
    }
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.silence {
            None => f.write_str("Audit"),
            Some(reason) => write!(f, "Audit::none({reason:?})"),
        }
    }
}

struct Tracing;

macro_rules! emit {
    ($level:ident, $event:ident) => {
        tracing::event!(
            target: "palisade::audit",
            tracing::Level::$level,
            decision = $event.verdict.name(),
            stage = $event.stage,
            reason = $event.reason,
            policy = $event.policy,
            method = $event.method,
            route = $event.route,
            caller = $event.caller,
            authenticated_by = $event.authenticated_by,
            status = $event.status,
            latency_us = u64::try_from($event.latency.as_micros()).unwrap_or(u64::MAX),
        )
    };
}

impl Sink for Tracing {
    fn record(&self, event: &Event<'_>) {
        match event.verdict {
            Verdict::Failed => emit!(WARN, event),
            Verdict::Allowed | Verdict::Refused | Verdict::Abandoned => emit!(INFO, event),
        }
    }
}
