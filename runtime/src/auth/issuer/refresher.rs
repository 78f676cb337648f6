//! The one task that fetches the keys of one issuer: before they are old, and when a token names a key that is not there.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use http::Response;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, timeout_at},
};

use super::{
    IssuerError, Metadata, Refresh,
    discover::{discover, get},
    live::{Asked, Live},
    place::Place,
    schedule,
};
use crate::auth::{Fetch, KeySetError, Keys};

/// How long metadata are believed before they are read again.
const METADATA_FOR: Duration = Duration::from_secs(3_600);

/// Fetches the keys of one issuer.
pub(super) struct Refresher {
    issuer: Arc<str>,
    place: Whereabouts,
    fetch: Arc<dyn Fetch>,
    refresh: Refresh,
    /// Fires when a token asks, and ends with the keys.
    asked: mpsc::Receiver<()>,
    finished: watch::Sender<u64>,
    failures: u32,
}

/// Where the keys are.
pub(super) enum Whereabouts {
    /// Somebody said so.
    Known(Place),
    /// The metadata say so, until they are read again.
    Discovered(Option<(Place, Instant)>),
}

impl Refresher {
    pub(super) const fn new(
        issuer: Arc<str>,
        place: Whereabouts,
        fetch: Arc<dyn Fetch>,
        refresh: Refresh,
        asked: mpsc::Receiver<()>,
        finished: watch::Sender<u64>,
    ) -> Self {
        Self { issuer, place, fetch, refresh, asked, finished, failures: 0 }
    }

    /// Goes on until nobody needs the keys any more.
    pub(super) async fn run(mut self, live: Weak<Live>, mut next: Instant) {
        loop {
            let asked = match timeout_at(next, self.asked.recv()).await {
                Ok(None) => return,
                Ok(Some(())) => Asked::ByToken,
                Err(_) => Asked::ByTime,
            };
            let Some(live) = live.upgrade() else { return };
            if let Some(moment) = self.attempt(&live, asked).await {
                next = moment;
            }
        }
    }

    /// Fetches the keys, and says when to do so again; nothing when it was done already.
    pub(super) async fn attempt(&mut self, live: &Live, asked: Asked) -> Option<Instant> {
        let number = live.begin(asked)?;
        let wait = match self.keys(asked).await {
            Ok((keys, lifetime)) => {
                self.failures = 0;
                live.succeed(keys);
                schedule::before_the_end_of(lifetime)
            }
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                live.fail(&error);
                schedule::after_failures(self.failures, self.refresh.unknown_kid)
            }
        };
        self.finished.send_replace(number);
        Some(Instant::now() + wait)
    }

    async fn keys(&mut self, asked: Asked) -> Result<(Keys, Duration), IssuerError> {
        let place = self.whereabouts(asked).await?;
        let answer = match get(self.fetch.as_ref(), &place).await {
            Ok(answer) => answer,
            Err(error) => {
                // They may have moved.
                if let Whereabouts::Discovered(Some((_, until))) = &mut self.place {
                    *until = Instant::now();
                }
                return Err(error);
            }
        };
        let keys = read(&answer)?;
        Ok((keys, self.refresh.lifetime(schedule::max_age(answer.headers()))))
    }

    async fn whereabouts(&mut self, asked: Asked) -> Result<Place, IssuerError> {
        let known = match &self.place {
            Whereabouts::Known(place) => return Ok(place.clone()),
            Whereabouts::Discovered(known) => known,
        };
        match (known, asked) {
            // A token waits: what is known will do.
            (Some((place, _)), Asked::ByToken) => return Ok(place.clone()),
            (Some((place, until)), Asked::ByTime) if Instant::now() < *until => return Ok(place.clone()),
            (_, Asked::ByTime | Asked::ByToken) => {}
        }
        let place = match (discover(self.fetch.as_ref(), &self.issuer).await, known) {
            (Ok(metadata), _) => jwks_uri(&metadata)?,
            // Keys are at hand as long as their place answers, whatever has become of the metadata.
            (Err(error), Some((place, _))) => {
                let (issuer, code) = (&*self.issuer, error.code());
                tracing::warn!(target: "palisade", issuer, code, %error, "the metadata of an issuer cannot be read again");
                place.clone()
            }
            (Err(error), None) => return Err(error),
        };
        self.place = Whereabouts::Discovered(Some((place.clone(), Instant::now() + METADATA_FOR)));
        Ok(place)
    }
}

fn jwks_uri(metadata: &Metadata) -> Result<Place, IssuerError> {
    Place::parse(metadata.jwks_uri()).ok_or(IssuerError::InsecureJwksUri)
}

fn read(answer: &Response<bytes::Bytes>) -> Result<Keys, IssuerError> {
    let text = str::from_utf8(answer.body()).map_err(|_| KeySetError::NotAKeySet)?;
    let keys = Keys::jwks(text)?;
    if keys.iter().any(|key| key.algorithm().is_symmetric()) {
        return Err(IssuerError::PublishedSecrets);
    }
    Ok(keys)
}
