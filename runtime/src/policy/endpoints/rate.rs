//! How often something may be done and who is counted: `"100/min per caller"` as constant data.

use crate::policy::{Message, catalogue::same};

const NANOS: u64 = 1_000_000_000;

/// The longest period in seconds: what 64 bits of nanoseconds hold, 584 years.
const LONGEST: u64 = u64::MAX / NANOS;

const LIKE: &str = "write count/unit and who is counted, like \"100/min per caller\"";

/// A rate: how many requests in which period, how many at once, and who is counted.
///
/// A literal that makes no sense does not compile.
///
/// ```
/// use palisade::policy::{Partition, Rate};
///
/// const RATE: Rate = Rate::parse("100/15min per ip").burst(20);
/// assert_eq!((RATE.count(), RATE.period(), RATE.burst_size()), (100, 900, 20));
/// assert_eq!(RATE.partition(), Partition::Address);
/// assert_eq!(RATE.text(), "100/15min per ip");
/// ```
///
/// ```compile_fail
/// use palisade::policy::Rate;
///
/// const RATE: Rate = Rate::parse("100/fortnight per caller");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    text: &'static str,
    count: u32,
    period: u64,
    burst: u32,
    partition: Partition,
    name: Option<&'static str>,
}

/// Who is counted.
///
/// ```
/// use palisade::policy::Partition;
///
/// assert_eq!(Partition::Caller.name(), "caller");
/// assert_eq!(Partition::Address.name(), "ip");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Partition {
    /// Each authenticated caller.
    Caller,
    /// Each client address: an IPv4 address, or the /64 network of an IPv6 address.
    Address,
}

impl Partition {
    /// The word of the grammar: `caller` or `ip`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Address => "ip",
        }
    }
}

impl Rate {
    /// The rate that `text` says: `COUNT/[N]UNIT per caller|ip`, where UNIT is `s`, `sec`, `second`, `min`,
    /// `minute`, `h`, `hour`, `d` or `day`. The burst is the count.
    ///
    /// # Panics
    /// In const evaluation, with the mend, when the text does not follow the grammar, a number is zero or too
    /// large, or units would come less than a nanosecond apart.
    #[must_use]
    #[track_caller]
    pub const fn parse(text: &'static str) -> Self {
        let Some(per) = find(text, b" per ") else { uncounted(text) };
        let (amount, who) = (before(text, per), after(text, per + " per ".len()));
        let Some(slash) = find(amount, b"/") else {
            Message::new("`rate`: ").quoted(amount).text(" has no unit: ").text(LIKE).panic();
        };
        let (count, period) = (count(before(amount, slash)), period(after(amount, slash + 1)));
        if count as u64 > period * NANOS {
            Message::new("`rate`: ")
                .quoted(amount)
                .text(" is more than one in a nanosecond, which no clock tells apart: write at most ")
                .number(period * NANOS)
                .panic();
        }
        Self { text, count, period, burst: count, partition: partition(who), name: None }
    }

    /// The same rate, with `burst` requests at once after a rest. More than the count lets a rested caller
    /// exceed it once; less spreads the count over the period.
    ///
    /// # Panics
    /// In const evaluation, when `burst` is zero.
    #[must_use]
    #[track_caller]
    pub const fn burst(mut self, burst: u32) -> Self {
        if burst == 0 {
            Message::new("`burst`: a burst of zero admits nobody: write at least 1, or leave it out for ")
                .number(self.count as u64)
                .panic();
        }
        self.burst = burst;
        self
    }

    /// The same rate under a name of its own, which clients see in header fields. Without one it has the name of
    /// what it limits; two rates that count the same on one endpoint need it.
    ///
    /// # Panics
    /// In const evaluation, when the name is not made of letters, digits, `-`, `_` and `.`.
    #[must_use]
    #[track_caller]
    pub const fn name(mut self, name: &'static str) -> Self {
        let bytes = name.as_bytes();
        let mut sound = !bytes.is_empty();
        let mut at = 0;
        while at < bytes.len() {
            sound = sound && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'_' | b'.'));
            at += 1;
        }
        if !sound {
            Message::new("`name`: ")
                .quoted(name)
                .text(" is no name: write letters, digits, `-`, `_` or `.`, like \"hourly\"")
                .panic();
        }
        self.name = Some(name);
        self
    }

    /// The name that [`Rate::name`] gave it, or `otherwise`.
    #[must_use]
    pub const fn name_or(&self, otherwise: &'static str) -> &'static str {
        match self.name {
            Some(name) => name,
            None => otherwise,
        }
    }

    /// Requests in one period, at least 1.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The period in seconds, at least 1.
    #[must_use]
    pub const fn period(&self) -> u64 {
        self.period
    }

    /// Requests at once after a rest, at least 1: what [`Rate::burst`] set, or the count.
    #[must_use]
    pub const fn burst_size(&self) -> u32 {
        self.burst
    }

    /// Who is counted.
    #[must_use]
    pub const fn partition(&self) -> Partition {
        self.partition
    }

    /// The text as the developer wrote it. It does not tell the burst.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }
}

#[track_caller]
const fn uncounted(text: &str) -> ! {
    let amount = match find(text, b" ") {
        Some(space) => before(text, space),
        None => text,
    };
    if amount.is_empty() {
        Message::new("`rate`: ").quoted(text).text(" says nothing: ").text(LIKE).panic();
    }
    Message::new("`rate`: say who is counted: write `")
        .text(amount)
        .text(" per caller` or `")
        .text(amount)
        .text(" per ip`")
        .panic();
}

#[track_caller]
const fn count(text: &str) -> u32 {
    match number(text) {
        Number::Said(0) => Message::new("`rate`: a count of zero admits nobody: ")
            .text("write at least 1, or leave the endpoint out")
            .panic(),
        Number::Said(count) if count <= u32::MAX as u64 => count as u32,
        Number::Said(_) | Number::Overflow => {
            Message::new("`rate`: the count ").quoted(text).text(" is too large: write at most 4294967295").panic()
        }
        Number::Other => Message::new("`rate`: ")
            .quoted(text)
            .text(" is not a count: write digits only, like \"100/min per caller\"")
            .panic(),
    }
}

#[track_caller]
const fn period(text: &str) -> u64 {
    let split = leading_digits(text);
    let (times, unit) = (before(text, split), after(text, split));
    let seconds = seconds(unit);
    let times = match number(times) {
        Number::Other => 1,
        Number::Said(0) => Message::new("`rate`: a period of ")
            .quoted(text)
            .text(" never passes: write at least 1, or the unit alone")
            .panic(),
        Number::Said(times) => times,
        Number::Overflow => u64::MAX,
    };
    match times.checked_mul(seconds) {
        Some(period) if period <= LONGEST => period,
        Some(_) | None => Message::new("`rate`: a period of ")
            .quoted(text)
            .text(" is longer than the clock counts: write at most ")
            .number(LONGEST / seconds)
            .text(unit)
            .panic(),
    }
}

#[track_caller]
const fn seconds(unit: &str) -> u64 {
    match unit.as_bytes() {
        b"s" | b"sec" | b"second" => 1,
        b"min" | b"minute" => 60,
        b"h" | b"hour" => 3_600,
        b"d" | b"day" => 86_400,
        _ => Message::new("`rate`: unknown unit ")
            .quoted(unit)
            .text(": write `s`, `min`, `h` or `d`, like \"100/min per caller\"")
            .panic(),
    }
}

#[track_caller]
const fn partition(who: &str) -> Partition {
    if same(who, Partition::Caller.name()) {
        return Partition::Caller;
    }
    if same(who, Partition::Address.name()) {
        return Partition::Address;
    }
    Message::new("`rate`: ").quoted(who).text(" cannot be counted: write `per caller` or `per ip`").panic()
}

/// What a piece of text is as a number.
enum Number {
    Said(u64),
    Overflow,
    Other,
}

const fn number(text: &str) -> Number {
    let digits = text.as_bytes();
    if digits.is_empty() || leading_digits(text) < digits.len() {
        return Number::Other;
    }
    let (mut value, mut at) = (0u64, 0);
    while at < digits.len() {
        value = match value.checked_mul(10) {
            Some(tens) => match tens.checked_add((digits[at] - b'0') as u64) {
                Some(value) => value,
                None => return Number::Overflow,
            },
            None => return Number::Overflow,
        };
        at += 1;
    }
    Number::Said(value)
}

const fn leading_digits(text: &str) -> usize {
    let (text, mut at) = (text.as_bytes(), 0);
    while at < text.len() && text[at].is_ascii_digit() {
        at += 1;
    }
    at
}

/// Where `wanted` is first found in `text`, in const evaluation.
const fn find(text: &str, wanted: &[u8]) -> Option<usize> {
    let (text, mut at) = (text.as_bytes(), 0);
    while at + wanted.len() <= text.len() {
        let mut matched = 0;
        while matched < wanted.len() && text[at + matched] == wanted[matched] {
            matched += 1;
        }
        if matched == wanted.len() {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Both cuts are at ASCII characters, so never within a character.
const fn before(text: &str, at: usize) -> &str {
    text.split_at(at).0
}

const fn after(text: &str, at: usize) -> &str {
    text.split_at(at).1
}

#[cfg(test)]
mod tests;
