//! When keys are fetched next: before they are old, at a moment that other gates do not share, and later after a failure.

use std::time::Duration;

use http::{HeaderMap, header::CACHE_CONTROL};
use ring::rand::{SecureRandom, SystemRandom};

/// The first wait after a failure.
const FIRST_RETRY: Duration = Duration::from_secs(1);

/// How long an answer may be kept (RFC 9111, section 5.2.2.1), as far as it says so. The shortest of several counts.
pub(super) fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let lines = headers.get_all(CACHE_CONTROL).into_iter().filter_map(|line| line.to_str().ok());
    let ages = lines.flat_map(|line| line.split(',')).filter_map(|directive| {
        let (name, value) = match directive.split_once('=') {
            Some((name, value)) => (name.trim(), value.trim()),
            None => (directive.trim(), "0"),
        };
        if name.eq_ignore_ascii_case("max-age") {
            let digits = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
            digits.parse().ok()
        } else if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            Some(0)
        } else {
            None
        }
    });
    ages.min().map(Duration::from_secs)
}

/// The wait until keys that are good for `lifetime` are fetched again: three quarters of that, or a little longer.
pub(super) fn before_the_end_of(lifetime: Duration) -> Duration {
    spread(lifetime.mul_f64(0.75), lifetime.mul_f64(0.95))
}

/// The wait after so many failures in a row: a second, two, four, and never longer than `longest`.
pub(super) fn after_failures(failures: u32, longest: Duration) -> Duration {
    let whole = FIRST_RETRY.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(longest);
    spread(whole / 2, whole)
}

/// A moment between two, so that many gates do not ask at once.
fn spread(from: Duration, to: Duration) -> Duration {
    let mut random = [0; 4];
    // Without randomness all gates ask at the same moment, which is no reason not to ask.
    let _ = SystemRandom::new().fill(&mut random);
    let part = f64::from(u32::from_be_bytes(random)) / f64::from(u32::MAX);
    from + to.saturating_sub(from).mul_f64(part)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn age(lines: &[&'static str]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(CACHE_CONTROL, HeaderValue::from_static(line));
        }
        max_age(&headers).map(|age| age.as_secs())
    }

    #[test]
    fn rule_49_cache_control_is_read_as_its_standard_says() {
        for (lines, expected) in [
            (&[][..], None),
            (&["max-age=600"], Some(600)),
            (&["public, max-age=21600, must-revalidate, no-transform"], Some(21_600)),
            (&["Public , MAX-AGE = 7"], Some(7)),
            (&["max-age=\"60\""], Some(60)),
            (&["max-age=600", "max-age=60"], Some(60)),
            (&["no-store"], Some(0)),
            (&["max-age=600, no-cache"], Some(0)),
            (&["s-maxage=9"], None),
            (&["max-age=-1"], None),
            (&["max-age=99999999999999999999999"], None),
            (&["max-age=, max-age=x"], None),
            (&["public", ",,="], None),
        ] {
            assert_eq!(age(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn rule_49_keys_are_fetched_before_they_are_old_at_no_common_moment() {
        let waits: Vec<_> = (0..50).map(|_| before_the_end_of(Duration::from_secs(100))).collect();
        assert!(waits.iter().all(|wait| (75..=95).contains(&wait.as_secs())), "{waits:?}");
        assert!(waits.windows(2).any(|pair| pair.first() != pair.last()), "{waits:?}");
    }

    #[test]
    fn rule_50_failures_are_followed_by_longer_and_longer_waits() {
        let longest = Duration::from_secs(30);
        for (failures, most) in [(1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (40, 30), (u32::MAX, 30)] {
            let wait = after_failures(failures, longest);
            assert!(wait <= Duration::from_secs(most) && Duration::from_secs(most) / 2 <= wait, "{failures}: {wait:?}");
        }
    }
}
