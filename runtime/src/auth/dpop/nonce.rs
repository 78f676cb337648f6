//! Nonces that need no store: each is the authenticated number of a span of time (RFC 9449, sections 8 and 9).

use std::{fmt, time::Duration};

use base64_simd::URL_SAFE_NO_PAD;
use ring::hmac;

use super::{Dpop, ProofError};
use crate::auth::jose::base64url;

/// Keeps what is authenticated here apart from anything else that is authenticated with the same key.
const PURPOSE: &[u8] = b"palisade dpop nonce\0";

/// Makes and recognizes nonces, where they are asked for.
#[derive(Clone)]
pub(super) struct Nonces {
    key: NonceKey,
    /// How many seconds the same nonce is handed out.
    window: u64,
}

#[derive(Clone)]
enum NonceKey {
    NotNeeded,
    Known(hmac::Key),
    TooShort,
}

impl Nonces {
    pub(super) const fn not_needed() -> Self {
        Self { key: NonceKey::NotNeeded, window: Dpop::NONCE_WINDOW.as_secs() }
    }

    pub(super) fn keyed(self, key: &[u8]) -> Self {
        let key = match key.len() {
            0..32 => NonceKey::TooShort,
            32.. => NonceKey::Known(hmac::Key::new(hmac::HMAC_SHA256, key)),
        };
        Self { key, ..self }
    }

    pub(super) fn lasting(self, window: Duration) -> Self {
        Self { window: window.as_secs().clamp(10, 3_600), ..self }
    }

    /// Whether they are asked for and cannot be made.
    pub(super) const fn lack_key(&self) -> bool {
        matches!(self.key, NonceKey::TooShort)
    }

    /// The nonce of now.
    pub(super) fn current(&self, now: u64) -> Option<String> {
        match &self.key {
            NonceKey::Known(key) => {
                Some(URL_SAFE_NO_PAD.encode_to_string(hmac::sign(key, &self.message(self.span(now)))))
            }
            NonceKey::NotNeeded | NonceKey::TooShort => None,
        }
    }

    /// Whether a proof carries the nonce of now or the one before, if it has to carry one.
    pub(super) fn check(&self, nonce: Option<&str>, now: u64) -> Result<(), ProofError> {
        let key = match &self.key {
            NonceKey::NotNeeded => return Ok(()),
            NonceKey::Known(key) => key,
            // No gate opens with it.
            NonceKey::TooShort => return Err(ProofError::StaleNonce),
        };
        let nonce = nonce.ok_or(ProofError::NoNonce)?;
        let span = self.span(now);
        let spans = [Some(span), span.checked_sub(1)];
        let is_known = spans.into_iter().flatten().any(|span| self.is_of(key, nonce, span));
        if is_known { Ok(()) } else { Err(ProofError::StaleNonce) }
    }

    /// The nonce of now, where a good proof carried the one before.
    pub(super) fn next(&self, nonce: Option<&str>, now: u64) -> Option<String> {
        let current = self.current(now)?;
        (nonce != Some(current.as_str())).then_some(current)
    }

    fn is_of(&self, key: &hmac::Key, nonce: &str, span: u64) -> bool {
        let mut tag = [0; 32];
        let tag = base64url::decode_into(nonce, &mut tag);
        tag.is_ok_and(|tag| hmac::verify(key, &self.message(span), tag).is_ok())
    }

    const fn span(&self, now: u64) -> u64 {
        match now.checked_div(self.window) {
            Some(span) => span,
            None => now,
        }
    }

    fn message(&self, span: u64) -> Vec<u8> {
        [PURPOSE, &self.window.to_be_bytes(), &span.to_be_bytes()].concat()
    }
}

impl fmt::Debug for Nonces {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Nonces").field("window", &self.window).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn nonces(key: &[u8]) -> Nonces {
        Nonces::not_needed().keyed(key)
    }

    #[test]
    fn rule_55_a_nonce_is_good_in_its_span_and_the_next() {
        let nonces = nonces(&[7; 32]);
        let nonce = nonces.current(NOW).unwrap();
        for (later, expected, renewed) in [
            (0, Ok(()), false),
            (119, Ok(()), false),
            (120, Ok(()), true),
            (239, Ok(()), true),
            (240, Err(ProofError::StaleNonce), true),
        ] {
            assert_eq!(nonces.check(Some(&nonce), NOW + later), expected, "{later}");
            assert_eq!(nonces.next(Some(&nonce), NOW + later).is_some(), renewed, "{later}");
        }
        assert_eq!(nonces.check(Some(&nonce), NOW - 1), Err(ProofError::StaleNonce));
        assert_eq!(nonces.check(None, NOW), Err(ProofError::NoNonce));
    }

    #[test]
    fn rule_55_a_nonce_of_nobody_or_somebody_else_is_refused() {
        let nonces = nonces(&[7; 32]);
        let other = self::nonces(&[8; 32]).current(NOW).unwrap();
        let (long, current) = ("A".repeat(4_000), nonces.current(NOW).unwrap());
        for nonce in ["", "A", "=", other.as_str(), &current[1..], long.as_str()] {
            assert_eq!(nonces.check(Some(nonce), NOW), Err(ProofError::StaleNonce), "{nonce}");
        }
    }

    #[test]
    fn a_key_is_at_least_as_long_as_the_hash() {
        let short = nonces(&[7; 31]);
        assert!(short.lack_key() && !nonces(&[7; 32]).lack_key());
        assert_eq!(short.check(Some(""), NOW), Err(ProofError::StaleNonce));
    }

    #[test]
    fn where_none_is_needed_any_will_do() {
        let nonces = Nonces::not_needed();
        assert_eq!((nonces.check(None, NOW), nonces.check(Some("A"), NOW)), (Ok(()), Ok(())));
        assert_eq!((nonces.current(NOW), nonces.next(None, NOW)), (None, None));
    }

    #[test]
    fn a_window_is_bounded_whenever_it_is_said() {
        for (seconds, expected) in [(0, 10), (60, 60), (1_000_000, 3_600)] {
            let window = Duration::from_secs(seconds);
            assert_eq!(nonces(&[7; 32]).lasting(window).window, expected);
            assert_eq!(Nonces::not_needed().lasting(window).keyed(&[7; 32]).window, expected);
        }
    }
}
