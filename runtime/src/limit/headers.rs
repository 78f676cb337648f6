//! The header fields that tell a client its rates: draft-ietf-httpapi-ratelimit-headers-10 and RFC 9110.

use http::{HeaderName, HeaderValue};

use super::Standing;

/// The largest integer of RFC 9651.
const LARGEST: u64 = 999_999_999_999_999;

/// `RateLimit-Policy`: the policies that apply.
pub const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// `RateLimit`: where the client stands with each.
pub const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// The value of `RateLimit-Policy`: for each policy its quota in requests and its window in seconds. `None` when
/// no policy applies.
///
/// ```
/// use palisade::{limit::{self, Charge, Standing}, policy::Rate};
///
/// const RATE: Rate = Rate::parse("60/min per caller");
/// let charge = Charge { name: "orders", rate: &RATE, key: b"alice" };
/// let standings = [Standing::kept(&charge, 59, 1_000_000_000)];
///
/// assert_eq!(limit::ratelimit_policy(&standings).unwrap(), r#""orders";q=60;w=60"#);
/// assert_eq!(limit::ratelimit(&standings).unwrap(), r#""orders";r=59;t=1"#);
/// assert_eq!(limit::retry_after(&standings), None);
///
/// let standings = [Standing::violated(&charge, 1_500_000_000)];
/// assert_eq!(limit::ratelimit(&standings).unwrap(), r#""orders";r=0;t=2"#);
/// assert_eq!(limit::retry_after(&standings).unwrap(), "2");
/// ```
#[must_use]
pub fn ratelimit_policy<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Option<HeaderValue> {
    list(standings, |text, standing| {
        parameter(text, ";q=", standing.quota().into());
        parameter(text, ";w=", standing.window().min(LARGEST));
    })
}

/// The value of `RateLimit`: for each policy the requests that remain, and the seconds until there is one more.
/// `None` when no policy applies. Example at [`ratelimit_policy`].
///
/// When a request is refused, only the violated policies say `t`. `Retry-After` may not be earlier than any `t`, and
/// a policy that has units left is no reason to wait.
#[must_use]
pub fn ratelimit<'a, Standings>(standings: Standings) -> Option<HeaderValue>
where
    Standings: IntoIterator<Item = &'a Standing>,
    Standings::IntoIter: Clone,
{
    let standings = standings.into_iter();
    let refused = standings.clone().any(Standing::is_violated);
    list(standings, |text, standing| {
        parameter(text, ";r=", standing.remaining().into());
        if standing.is_violated() || !refused {
            parameter(text, ";t=", standing.reset_seconds().min(LARGEST));
        }
    })
}

/// The value of `Retry-After`: whole seconds, at least one, after which every violated policy has a unit again.
/// `None` when none is violated. Example at [`ratelimit_policy`].
#[must_use]
pub fn retry_after<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Option<HeaderValue> {
    let violated = standings.into_iter().filter(|standing| standing.is_violated());
    let seconds = violated.map(Standing::reset_seconds).max()?;
    HeaderValue::from_str(decimal(seconds.max(1), &mut [0; DIGITS])).ok()
}

/// A List of Items whose bare item is the name of the policy as a String (RFC 9651, section 3.1).
fn list<'a>(
    standings: impl IntoIterator<Item = &'a Standing>,
    parameters: impl Fn(&mut String, &Standing),
) -> Option<HeaderValue> {
    let mut standings = standings.into_iter().peekable();
    standings.peek()?;
    let mut text = String::with_capacity(64);
    for standing in standings {
        if !text.is_empty() {
            text.push_str(", ");
        }
        name(&mut text, standing.name());
        parameters(&mut text, standing);
    }
    HeaderValue::try_from(text).ok()
}

/// A parameter that is an Integer.
fn parameter(text: &mut String, name: &str, number: u64) {
    text.push_str(name);
    text.push_str(decimal(number, &mut [0; DIGITS]));
}

/// The most digits that a number has.
const DIGITS: usize = 20;

/// The number in digits. Every answer has some, so they are written without the machinery of `write!`.
fn decimal(number: u64, digits: &mut [u8; DIGITS]) -> &str {
    let (mut rest, mut first) = (number, DIGITS);
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        first -= 1;
        if rest == 0 {
            break;
        }
    }
    digits.get(first..).and_then(|digits| str::from_utf8(digits).ok()).unwrap_or_default()
}

/// A String of RFC 9651 holds visible ASCII and spaces. What else a name holds becomes `_`.
fn name(text: &mut String, name: &str) {
    text.push('"');
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        text.push_str(name);
        text.push('"');
        return;
    }
    for character in name.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            ' '..='~' => text.push(character),
            _ => text.push('_'),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use sfv::{BareItem, List, ListEntry, Parser};

    use super::*;
    use crate::{limit::Charge, policy::Rate};

    const MINUTE: Rate = Rate::parse("60/min per caller");
    const DAY: Rate = Rate::parse("1000/d per ip");

    fn charge(name: &'static str, rate: &'static Rate) -> Charge<'static> {
        Charge { name, rate, key: b"" }
    }

    /// Each item as its name and integer parameters, parsed by somebody else.
    fn parsed(value: &HeaderValue) -> Vec<(String, Vec<(String, i64)>)> {
        let list: List = Parser::new(value.as_bytes()).parse().expect("a list of RFC 9651");
        list.into_iter()
            .map(|entry| {
                let ListEntry::Item(item) = entry else { panic!("an item, not an inner list") };
                let BareItem::String(name) = item.bare_item else { panic!("the bare item is a String") };
                let integer = |value: BareItem| value.as_integer().expect("an integer").into();
                (name.into(), item.params.into_iter().map(|(key, value)| (key.into(), integer(value))).collect())
            })
            .collect()
    }

    fn item(name: &str, parameters: &[(&str, i64)]) -> (String, Vec<(String, i64)>) {
        (name.to_owned(), parameters.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect())
    }

    #[test]
    fn every_policy_is_one_item() {
        let standings =
            [Standing::kept(&charge("orders", &MINUTE), 59, 1), Standing::kept(&charge("default", &DAY), 1000, 0)];
        let policies = ratelimit_policy(&standings).expect("two policies");
        assert_eq!(
            parsed(&policies),
            [item("orders", &[("q", 60), ("w", 60)]), item("default", &[("q", 1000), ("w", 86_400)])]
        );
        let rates = ratelimit(&standings).expect("two policies");
        assert_eq!(parsed(&rates), [item("orders", &[("r", 59), ("t", 1)]), item("default", &[("r", 1000), ("t", 0)])]);
        assert_eq!(retry_after(&standings), None);
    }

    #[test]
    fn retry_after_is_no_earlier_than_any_reported_t() {
        let standings = [
            Standing::violated(&charge("orders", &MINUTE), 400_000_000),
            Standing::violated(&charge("burst", &MINUTE), 2_000_000_001),
            Standing::kept(&charge("default", &DAY), 7, 86_000_000_000),
        ];
        assert_eq!(retry_after(&standings).expect("refused"), "3");
        assert_eq!(
            parsed(&ratelimit(&standings).expect("three policies")),
            [item("orders", &[("r", 0), ("t", 1)]), item("burst", &[("r", 0), ("t", 3)]), item("default", &[("r", 7)])]
        );
    }

    #[test]
    fn retry_after_is_at_least_a_second() {
        assert_eq!(retry_after(&[Standing::violated(&charge("orders", &MINUTE), 0)]).expect("refused"), "1");
    }

    #[test]
    fn any_name_is_a_string_of_the_standard() {
        let standings = [Standing::kept(&charge("a\"b\\c\u{e9}\n", &MINUTE), 1, 1)];
        assert_eq!(parsed(&ratelimit(&standings).expect("a policy")), [item("a\"b\\c__", &[("r", 1), ("t", 1)])]);
    }

    #[test]
    fn numbers_beyond_the_standard_are_cut() {
        const AGES: Rate = Rate::parse("1/213503d per ip");
        let standings = [Standing::violated(&charge("ages", &AGES), u64::MAX)];
        assert_eq!(
            parsed(&ratelimit(&standings).expect("a policy")),
            [item("ages", &[("r", 0), ("t", 18_446_744_074)])]
        );
    }

    #[test]
    fn no_policy_is_no_field() {
        assert_eq!((ratelimit_policy(&[]), ratelimit(&[]), retry_after(&[])), (None, None, None));
    }
}
