//! How the keys of an issuer are kept fresh, and how long they do without the issuer.

use std::time::Duration;

/// How the keys of an issuer are kept fresh.
///
/// ```
/// use std::time::Duration;
/// use palisade::auth::{AtStart, Refresh, Tokens};
///
/// let patient = Refresh::new().max_stale(Duration::from_secs(3_600)).at_start(AtStart::KeysMayCome);
/// let tokens = Tokens::issuer("https://id.shop.example").audience("https://api.shop.example").refresh(patient);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "give it to `Tokens::refresh`"]
pub struct Refresh {
    pub(super) unknown_kid: Duration,
    pub(super) shortest: Duration,
    pub(super) longest: Duration,
    pub(super) max_stale: Duration,
    pub(super) at_start: AtStart,
}

/// What a gate does when it is built and an issuer's keys cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AtStart {
    /// It does not open: what is wrong with the configuration shows when it is deployed.
    KeysNeeded,
    /// It opens, answers requests with tokens of this issuer with 503, and goes on asking for the keys.
    KeysMayCome,
}

impl Refresh {
    /// Below this nothing is asked again, whatever is configured.
    const LEAST: Duration = Duration::from_secs(1);

    /// The longest time that keys are kept without asking.
    const MOST: Duration = Duration::from_secs(24 * 3_600);

    /// How long keys are good for when the issuer does not say.
    const UNSAID: Duration = Duration::from_secs(600);

    /// The defaults: keys are good for what `Cache-Control` says, between a minute and an hour, or for ten minutes when it
    /// says nothing; an unknown `kid` makes them be fetched at most every 30 seconds; without the issuer they are good for
    /// 24 hours; a gate does not open without them.
    pub const fn new() -> Self {
        Self {
            unknown_kid: Duration::from_secs(30),
            shortest: Duration::from_secs(60),
            longest: Duration::from_secs(3_600),
            max_stale: Self::MOST,
            at_start: AtStart::KeysNeeded,
        }
    }

    /// How often a token with a `kid` that no key has may have the keys fetched: every 30 seconds when not said, and never
    /// more often than every second. For four times as long, a `kid` that was then still unknown has nothing fetched.
    pub fn unknown_kid_every(mut self, interval: Duration) -> Self {
        self.unknown_kid = interval.clamp(Self::LEAST, Self::MOST);
        self
    }

    /// Between which bounds the issuer may say how long its keys are good for (`Cache-Control: max-age`): a minute and an
    /// hour when not said, at least a second, and at most a day. They are fetched again a little before. This is how long a
    /// key that the issuer has withdrawn goes on being believed.
    pub fn between(mut self, shortest: Duration, longest: Duration) -> Self {
        self.shortest = shortest.clamp(Self::LEAST, Self::MOST);
        self.longest = longest.clamp(self.shortest, Self::MOST);
        self
    }

    /// How long after they were last fetched keys are used while the issuer cannot be asked: 24 hours when not said, and at
    /// most a week. After that, requests with its tokens are answered with 503.
    pub fn max_stale(mut self, age: Duration) -> Self {
        self.max_stale = age.clamp(Self::LEAST, Self::MOST * 7);
        self
    }

    /// What a gate does without keys when it is built: [`AtStart::KeysNeeded`] when not said.
    pub const fn at_start(mut self, at_start: AtStart) -> Self {
        self.at_start = at_start;
        self
    }

    /// How long keys are good for, with what the issuer says of it.
    pub(super) fn lifetime(&self, max_age: Option<Duration>) -> Duration {
        max_age.unwrap_or(Self::UNSAID).clamp(self.shortest, self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn rule_49_what_the_issuer_says_is_kept_within_bounds() {
        let refresh = Refresh::new();
        for (said, expected) in [(None, 600), (Some(0), 60), (Some(300), 300), (Some(86_400), 3_600)] {
            assert_eq!(refresh.lifetime(said.map(seconds)), seconds(expected), "{said:?}");
        }
        let narrow = Refresh::new().between(seconds(5), seconds(7));
        assert_eq!((narrow.lifetime(None), narrow.lifetime(Some(seconds(1)))), (seconds(7), seconds(5)));
    }

    #[test]
    fn nothing_that_is_configured_makes_a_gate_ask_without_end() {
        let hasty = Refresh::new().unknown_kid_every(seconds(0)).between(seconds(9), seconds(0)).max_stale(seconds(0));
        assert_eq!((hasty.unknown_kid, hasty.shortest, hasty.longest), (seconds(1), seconds(9), seconds(9)));
        assert_eq!(hasty.max_stale, seconds(1));
        let endless = Refresh::new().between(Duration::MAX, Duration::MAX).max_stale(Duration::MAX);
        assert_eq!((endless.longest, endless.max_stale), (seconds(86_400), seconds(604_800)));
    }
}
