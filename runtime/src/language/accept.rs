//! Which languages a caller asks for: `Accept-Language` (RFC 9110, section 12.5.4) and the tags that a range matches (RFC 4647).

/// One language range with its weight in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range<'a> {
    tag: &'a str,
    weight: u16,
}

/// How much of the header is read: what comes behind it is not asked for.
const LONGEST: usize = 1_000;
const MOST: usize = 32;

impl<'a> Range<'a> {
    /// A language asked for without reservation.
    pub(super) const fn exactly(tag: &'a str) -> Self {
        Self { tag, weight: 1_000 }
    }

    /// `de-AT;q=0.8`; `None` when it is no range with a weight.
    fn parse(text: &'a str) -> Option<Self> {
        let (tag, weight) = match text.split_once(';') {
            None => (text, 1_000),
            Some((tag, parameter)) => (tag, weight(parameter.trim_matches([' ', '\t']))?),
        };
        let tag = tag.trim_matches([' ', '\t']);
        is_range(tag).then_some(Self { tag, weight })
    }

    fn is_wildcard(&self) -> bool {
        self.tag == "*"
    }

    /// Basic filtering (RFC 4647, section 3.3.1): the range is the tag, or its first subtags.
    fn covers(&self, tag: &str) -> bool {
        starts(tag, self.tag)
    }
}

/// The ranges of the header's lines, the most wanted first. What is malformed is left out.
pub(super) fn ranges<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Range<'a>> {
    let mut left = LONGEST;
    let whole = |element: &&str| {
        let length = element.len() + 1;
        let fits = length <= left;
        left = left.saturating_sub(length);
        fits
    };
    let elements = lines.flat_map(|line| line.split(',')).take_while(whole);
    let mut ranges: Vec<_> =
        elements.filter_map(|element| Range::parse(element.trim_matches([' ', '\t']))).take(MOST).collect();
    // Stable: among equals, the first is wanted most.
    ranges.sort_by_key(|range| std::cmp::Reverse(range.weight));
    ranges
}

/// Which of `tags` serve the caller, best first: for each range the tag itself, then what is left of it when subtags are
/// taken off its end (lookup, RFC 4647, section 3.4), then what is more special than it.
pub(super) fn choose(ranges: &[Range<'_>], tags: &[&str]) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut add = |at: usize| {
        if !chosen.contains(&at) {
            chosen.push(at);
        }
    };
    let acceptable = || tags.iter().enumerate().filter(|(_, tag)| !is_refused(ranges, tag));
    for range in ranges.iter().filter(|range| range.weight > 0) {
        if range.is_wildcard() {
            // It stands for the languages that no other range names.
            let named = |tag: &str| ranges.iter().any(|other| other.covers(tag));
            acceptable().filter(|(_, tag)| !named(tag)).for_each(|(at, _)| add(at));
            continue;
        }
        let mut rest = Some(range.tag);
        while let Some(tag) = rest {
            acceptable().filter(|(_, known)| known.eq_ignore_ascii_case(tag)).for_each(|(at, _)| add(at));
            rest = tag.rsplit_once('-').map(|(shorter, _)| shorter);
        }
        acceptable().filter(|(_, tag)| range.covers(tag)).for_each(|(at, _)| add(at));
    }
    chosen
}

/// Whether the most special range that covers the tag has weight 0.
fn is_refused(ranges: &[Range<'_>], tag: &str) -> bool {
    let covering = ranges.iter().filter(|range| range.covers(tag));
    covering.max_by_key(|range| range.tag.len()).is_some_and(|range| range.weight == 0)
}

/// `language-range = (1*8ALPHA *("-" 1*8alphanum)) / "*"` (RFC 4647, section 2.1).
fn is_range(tag: &str) -> bool {
    let is_subtag =
        |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let primary = tag.split('-').next().unwrap_or_default();
    tag == "*" || (primary.bytes().all(|byte| byte.is_ascii_alphabetic()) && tag.split('-').all(is_subtag))
}

/// `q=0.8` in thousandths (RFC 9110, section 12.4.2).
fn weight(parameter: &str) -> Option<u16> {
    let value = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="))?;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{fraction:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", thousandths) => Some(thousandths),
        ("1", 0) => Some(1_000),
        _ => None,
    }
}

fn starts(tag: &str, range: &str) -> bool {
    let same = tag.get(..range.len()).is_some_and(|start| start.eq_ignore_ascii_case(range));
    same && matches!(tag.as_bytes().get(range.len()), None | Some(b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGS: &[&str] = &["en", "de", "pt-BR", "de-AT", "zh-Hant"];

    fn chosen(header: &str) -> Vec<&'static str> {
        let ranges = ranges(std::iter::once(header));
        choose(&ranges, TAGS).into_iter().map(|at| TAGS[at]).collect()
    }

    #[test]
    fn the_header_is_understood() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            ("de", &["de", "de-AT"]),
            ("DE-at", &["de-AT", "de"]),
            ("de-CH", &["de"]),
            ("de-CH-1996, en;q=0.5", &["de", "en"]),
            ("en;q=0.5, de;q=0.8", &["de", "de-AT", "en"]),
            ("en;q=0.8,de;q=0.8", &["en", "de", "de-AT"]),
            ("pt", &["pt-BR"]),
            ("pt-PT, en", &["en"]),
            ("zh-Hant-TW", &["zh-Hant"]),
            ("zh-TW", &[]),
            ("*", &["en", "de", "pt-BR", "de-AT", "zh-Hant"]),
            ("de;q=0, *", &["en", "pt-BR", "zh-Hant"]),
            ("de;q=0, de-AT", &["de-AT"]),
            ("de-AT;q=0, de", &["de"]),
            ("*;q=0.5, de;q=0.1", &["en", "pt-BR", "zh-Hant", "de", "de-AT"]),
            ("*;q=0, en", &["en"]),
            (" \tde \t; q=1.000 ,, en ; q=0.001", &["de", "de-AT", "en"]),
            // What is malformed is left out, and no error.
            ("de;q=2, en;q=0.1234, pt;q=, zh-Hant;x=1, *x", &[]),
            ("d\u{e9}, de-, -de, 1, de_AT, englishlanguage, en", &["en"]),
        ];
        for (header, expected) in table {
            assert_eq!(chosen(header), *expected, "{header}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        assert_eq!(chosen(&format!("{}de", "fr,".repeat(31))), ["de", "de-AT"]);
        assert!(chosen(&format!("{}de", "fr,".repeat(32))).is_empty());
        assert!(chosen(&format!("{}, de", "f".repeat(5_000))).is_empty());
        assert_eq!(chosen(&format!("en, {}, de", "f".repeat(5_000))), ["en"]);
    }

    proptest::proptest! {
        #[test]
        fn no_header_is_an_error(header in "\\PC*", almost in "([a-zA-Z*0-9-]{1,9}(;q=[01](\\.[0-9]{0,4})?)?[, ]{0,2}){0,40}") {
            for header in [header, almost] {
                let found = chosen(&header);
                proptest::prop_assert!(found.len() <= TAGS.len());
            }
        }
    }
}
