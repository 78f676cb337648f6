//! Issuers: where they say who they are and which keys are theirs, and how a gate keeps those keys.
//!
//! One task for each issuer fetches (`refresher`); what it fetched is read without a lock (`live`). A request never fetches:
//! where a token names a key that is not there it asks the task, at most so often (`refresh`), and waits with all the others.

mod claimed;
mod discover;
mod failure;
mod health;
mod live;
mod metadata;
mod place;
mod refresh;
mod refresher;
mod schedule;
mod source;
mod unknown;

#[cfg(test)]
mod tests;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use futures_util::future::try_join_all;

#[cfg(feature = "discovery")]
pub(in crate::auth) use self::place::is_safe;
use self::source::Shared;
pub(in crate::auth) use self::{claimed::issuer as claimed_issuer, place::Place, source::Source};
use super::{Fetch, TokenError, Tokens, Verified};
use crate::Clock;

pub use self::{
    failure::IssuerError,
    health::{IssuerHealth, Readiness},
    metadata::Metadata,
    refresh::{AtStart, Refresh},
};

/// The issuers that a gate believes, each with keys of its own.
#[derive(Debug)]
pub(crate) struct Issuers {
    all: Vec<Tokens>,
    generation: Arc<AtomicU64>,
}

impl Issuers {
    /// Fetches the keys that are not at hand, of all issuers at once. The error names the issuer.
    pub(crate) async fn start(all: Vec<Tokens>, clock: Arc<dyn Clock>) -> Result<Self, (String, IssuerError)> {
        let mut names: Vec<&str> = all.iter().map(Tokens::identifier).collect();
        names.sort_unstable();
        if let Some([twice, _]) = names.array_windows().find(|[one, other]| one == other) {
            return Err((String::from(*twice), IssuerError::SaidTwice));
        }
        let generation = Arc::new(AtomicU64::new(0));
        let lacking = all.iter().any(|tokens| tokens.source().is_remote() && tokens.source().fetch().is_none());
        let fetch = if lacking { default_client() } else { None };
        let shared = Shared { clock, generation: Arc::clone(&generation), fetch };
        let started = all.into_iter().map(|tokens| {
            let shared = &shared;
            async move {
                let name = Arc::clone(tokens.name());
                let (source, finish) = tokens.with_source();
                let started = source.start(Arc::clone(&name), shared).await;
                started.map(finish).map_err(|error| (String::from(&*name), error))
            }
        });
        let all = try_join_all(started).await?;
        Ok(Self { all, generation })
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A number that moves when an issuer withdraws a key. What was verified before may not be good any more: read it first,
    /// then verify, and believe what is remembered only under the same number.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Verifies a compact token by the keys of the issuer that it names, if that is one of these. A name of a key that is not
    /// there makes the keys be fetched, at most so often; nothing else does.
    pub(crate) async fn verify(&self, token: &str, now: u64) -> Result<Verified, TokenError> {
        let tokens = self.by(token)?;
        let error = match tokens.verify(token, now) {
            Err(TokenError::KeyUnknown) => TokenError::KeyUnknown,
            decided => return decided,
        };
        let (Some(live), Some(kid)) = (tokens.source().live(), claimed::kid(token)) else { return Err(error) };
        // A token of somebody else has nothing fetched here.
        if claimed::issuer(token)? != tokens.identifier() {
            return Err(TokenError::WrongIssuer);
        }
        live.look_for(&kid).await?;
        tokens.verify(token, now)
    }

    /// Until when what was verified may be remembered.
    pub(crate) fn believed_until(&self, verified: &Verified) -> u64 {
        let issuer = self.all.iter().find(|tokens| tokens.identifier() == verified.issuer());
        let keys = issuer.and_then(|tokens| tokens.source().live()).map_or(u64::MAX, |live| live.usable_until());
        issuer.map_or(0, |tokens| tokens.good_until(verified)).min(keys)
    }

    /// How each of them is doing.
    pub(crate) fn health(&self) -> Vec<IssuerHealth> {
        self.all.iter().map(|tokens| tokens.source().health(tokens.identifier())).collect()
    }

    /// The issuer of a token. One alone needs no choice: it refuses what is not its own.
    fn by(&self, token: &str) -> Result<&Tokens, TokenError> {
        if let [only] = self.all.as_slice() {
            return Ok(only);
        }
        let claimed = claimed::issuer(token)?;
        self.all.iter().find(|tokens| tokens.identifier() == claimed).ok_or(TokenError::WrongIssuer)
    }
}

/// What is asked with where nothing else is said.
#[cfg(feature = "discovery")]
pub(in crate::auth) fn default_client() -> Option<Arc<dyn Fetch>> {
    super::HttpsClient::new().ok().map(|client| Arc::new(client) as Arc<dyn Fetch>)
}

#[cfg(not(feature = "discovery"))]
pub(in crate::auth) fn default_client() -> Option<Arc<dyn Fetch>> {
    None
}
