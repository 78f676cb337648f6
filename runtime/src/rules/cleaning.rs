//! What cleaning steps share: one pass that finds a text clean, and the smallest change that makes it so.

use std::ops::Range;

use crate::value::Cleaned;

/// Whether no byte of the text is suspect. The pass has no branches, so that it runs over many bytes at once.
#[inline]
pub(super) fn no_byte(text: &str, is_suspect: impl Fn(u8) -> bool) -> bool {
    !text.bytes().fold(false, |found, byte| found | is_suspect(byte))
}

/// Whether the text begins and ends with an ASCII character above the space, or is empty: then no white space is at its ends.
#[inline]
pub(super) fn has_solid_ends(text: &str) -> bool {
    let is_solid = |byte: &u8| b' ' < *byte && byte.is_ascii();
    text.as_bytes().first().is_none_or(is_solid) && text.as_bytes().last().is_none_or(is_solid)
}

/// The bytes between what is stripped from both ends.
pub(super) fn inner(text: &str, is_stripped: impl Fn(char) -> bool) -> Range<usize> {
    let rest = text.trim_start_matches(&is_stripped);
    let start = text.len() - rest.len();
    start..start + rest.trim_end_matches(&is_stripped).len()
}

/// This part of the text is clean.
#[inline]
pub(super) fn part(text: &str, clean: Range<usize>) -> Cleaned {
    if clean == (0..text.len()) { Cleaned::Same } else { Cleaned::Part(clean) }
}

/// The text without the characters that are removed: in place, when they are all at its ends.
pub(super) fn without(text: &str, is_removed: impl Fn(char) -> bool) -> Cleaned {
    let range = inner(text, &is_removed);
    let middle = text.get(range.clone()).unwrap_or_default();
    if !middle.contains(&is_removed) {
        return part(text, range);
    }
    let mut clean = middle.to_owned();
    clean.retain(|character| !is_removed(character));
    Cleaned::New(clean)
}

/// What a conversion that may find nothing to do made of the text.
#[cfg(any(feature = "html", feature = "unicode", feature = "url"))]
pub(super) fn replaced(text: &str, clean: String) -> Cleaned {
    if clean == text { Cleaned::Same } else { Cleaned::New(clean) }
}

/// What tests of cleaning steps share.
#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use crate::{
        rules::Apply,
        value::{Cleaned, EditText, View},
    };

    /// Texts that have broken others: controls, marks, joiners, directions, markup, forms that change under case.
    pub(in crate::rules) const NAUGHTY: &[&str] = &[
        "",
        " ",
        "\0",
        "\u{7f}\u{80}\u{9f}\u{a0}",
        "\t a \r\n b \u{2028}\u{2029}\u{85}",
        "\u{feff}bom",
        "\u{200b}\u{200c}\u{200d}\u{2060}",
        "e\u{301}\u{327}\u{323}",
        "\u{301}\u{301}\u{301}",
        "\u{212b}\u{2126}\u{fb03}\u{fdfa}\u{1f82}",
        "ǅ İ ı ß ẞ Σ ΑΣ ŉ ΐ ﬃ",
        "\u{345}\u{1fb3}",
        "한국\u{1100}\u{1161}\u{11a8}",
        "👨‍👩‍👧‍👦🇨🇦🇨🇦🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "\u{202e}abc\u{202c}",
        "Z\u{351}\u{36b}\u{343}a\u{300}\u{32a}l",
        "<script>alert(1)</script>",
        "<svg><style><img src=x onerror=alert(1)>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "&amp;lt;b&amp;gt; &lt &#60; &#x3c; &unknown; &",
        "a & b < c > d \" e ' f",
        "https://EXAMPLE.com:443/a/../b?q#f",
        "http://1.2.3/%2e%2E/",
        " Ada@Example.ORG ",
        "\u{ff21}\u{ff5e}\u{3000}",
        "\u{10ffff}\u{e000}\u{fdd0}",
    ];

    pub(in crate::rules) fn texts() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(NAUGHTY);
        prop_oneof![
            any::<String>(),
            "[ -~]{0,80}",
            "[\\p{White_Space}\\p{Cc}a-z]{0,12}",
            "[\\p{M}\\p{Lu}\\p{Lt}\\p{Hangul}a-z]{0,12}",
            "[<>&;\"'a-z#/= !-]{0,40}",
            prop::collection::vec(pieces, 0..4).prop_map(|pieces| pieces.concat()),
        ]
    }

    /// What a step makes of a text, once what holds for every step was seen to hold.
    #[track_caller]
    pub(in crate::rules) fn cleaned<R>(rule: &R, given: &str) -> String
    where
        R: Apply<String> + for<'a> Apply<View<'a>>,
    {
        let mut value = given.to_owned();
        let was_clean = Apply::<String>::is_clean(rule, &value);
        let before = value.as_ptr();
        rule.clean(&mut value);
        assert_eq!(was_clean, value == given, "{given:?}: clean is what is not changed");
        if was_clean {
            assert_eq!(value.as_ptr(), before, "{given:?}: what is clean stays where it is");
        }
        let once = value.clone();
        let before = value.as_ptr();
        rule.clean(&mut value);
        assert_eq!(value, once, "{given:?}: cleaning again changes nothing");
        assert_eq!(value.as_ptr(), before, "{given:?}: what was cleaned stays where it is");
        assert!(Apply::<String>::is_clean(rule, &value), "{given:?}: what was cleaned is clean");
        let mut view = View::Text(given.into());
        rule.clean_view(&mut view);
        assert_eq!(view, View::Text(once.into()), "{given:?}: explained as it is cleaned");
        value
    }

    #[track_caller]
    pub(in crate::rules) fn check_rows<R>(rule: &R, rows: &[(&str, &str)])
    where
        R: Apply<String> + for<'a> Apply<View<'a>>,
    {
        for (given, expected) in rows {
            assert_eq!(cleaned(rule, given), *expected, "{given:?}");
        }
        for given in NAUGHTY {
            cleaned(rule, given);
        }
    }

    #[test]
    fn an_absent_text_is_clean() {
        assert!(EditText::is_clean(&None::<String>, |_| Cleaned::Part(0..0)));
    }
}
