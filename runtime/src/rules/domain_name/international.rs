//! International names: the mapping of UTS 46 must change nothing, and what RFC 5892 adds to it must hold.

use std::sync::LazyLock;

use idna::{
    AsciiDenyList,
    uts46::{DnsLength, Hyphens, Uts46},
};
use regex::Regex;

use super::{LONGEST_NAME, is_label, is_marked};

static UTS46: Uts46 = Uts46::new();

/// The letters, digits and marks of RFC 5892, section 2.1, without capitals, which no U-label holds but those of Cherokee,
/// whose small letters fold to them; and without the blocks of section 2.4, the old letters of Hangul (section 2.9) and the
/// exceptions that section 2.6 disallows.
static LETTERS_AND_DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let class = r"[[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}\x{13A0}-\x{13F5}]--[\x{20D0}-\x{20FF}\x{1D100}-\x{1D24F}]--[\x{1100}-\x{11FF}\x{A960}-\x{A97F}\x{D7B0}-\x{D7FF}]--[\x{640}\x{7FA}\x{302E}\x{302F}\x{3031}-\x{3035}\x{303B}]]";
    Regex::new(&format!(r"\A{class}\z")).ok()
});

/// Whether `text` is a name with A-labels or U-labels, each one in its only form.
pub(super) fn is_international(text: &str) -> bool {
    // No form of a name is longer in UTF-8 than its labels of 63 code points of four bytes allow.
    if text.len() > LONGEST_NAME * 4 {
        return false;
    }
    let Ok(ascii) = UTS46.to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow, DnsLength::Verify) else {
        return false;
    };
    let (unicode, Ok(())) = UTS46.to_unicode(text.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow) else {
        return false;
    };
    let forms = text.split('.').zip(ascii.split('.')).zip(unicode.split('.'));
    same_count(text, &ascii)
        && same_count(text, &unicode)
        && forms.into_iter().all(|((given, ascii), unicode)| is_one_form(given, ascii, unicode))
}

fn same_count(left: &str, right: &str) -> bool {
    left.split('.').count() == right.split('.').count()
}

/// Whether the label is given as its A-label or as its U-label, or is one of ASCII alone.
fn is_one_form(given: &str, ascii: &str, unicode: &str) -> bool {
    if !is_label(ascii) {
        return false;
    }
    if !is_marked(ascii) {
        return given.eq_ignore_ascii_case(ascii);
    }
    (given.eq_ignore_ascii_case(ascii) || given == unicode) && is_u_label(unicode)
}

/// RFC 5891, section 4.2.3.1, and RFC 5892; that the label is composed, begins with no mark, joins as it may and keeps
/// its direction was seen to.
fn is_u_label(label: &str) -> bool {
    let hyphens = label.starts_with('-') || label.ends_with('-') || label.chars().skip(2).take(2).eq("--".chars());
    let characters: Vec<char> = label.chars().collect();
    !hyphens && (0..characters.len()).all(|at| is_valid(&characters, at))
}

/// Whether the code point at `at` may stand there (RFC 5892, section 3 and appendix A).
fn is_valid(label: &[char], at: usize) -> bool {
    let neighbour = |distance: isize| at.checked_add_signed(distance).and_then(|at| label.get(at)).copied();
    let Some(character) = label.get(at).copied() else { return false };
    match character {
        '-' | 'a'..='z' | '0'..='9' => true,
        // The exceptions that are valid (section 2.6), and the joiners, whose contexts were checked with the mapping.
        'ß' | 'ς' | '\u{6FD}' | '\u{6FE}' | '\u{F0B}' | '\u{3007}' | '\u{200C}' | '\u{200D}' => true,
        '·' => neighbour(-1) == Some('l') && neighbour(1) == Some('l'),
        '\u{375}' => neighbour(1).is_some_and(is_greek),
        '\u{5F3}' | '\u{5F4}' => neighbour(-1).is_some_and(is_hebrew),
        '\u{30FB}' => label.iter().copied().any(is_japanese),
        '\u{660}'..='\u{669}' => !label.iter().any(|other| matches!(other, '\u{6F0}'..='\u{6F9}')),
        '\u{6F0}'..='\u{6F9}' => !label.iter().any(|other| matches!(other, '\u{660}'..='\u{669}')),
        _ => is_letter_or_digit(character),
    }
}

fn is_letter_or_digit(character: char) -> bool {
    LETTERS_AND_DIGITS.as_ref().is_some_and(|class| class.is_match(character.encode_utf8(&mut [0; 4])))
}

fn is_greek(character: char) -> bool {
    is_of(&GREEK, character)
}

fn is_hebrew(character: char) -> bool {
    is_of(&HEBREW, character)
}

fn is_japanese(character: char) -> bool {
    is_of(&JAPANESE, character)
}

static GREEK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A\p{Greek}\z").ok());
static HEBREW: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A\p{Hebrew}\z").ok());
static JAPANESE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A[\p{Hiragana}\p{Katakana}\p{Han}]\z").ok());

fn is_of(script: &LazyLock<Option<Regex>>, character: char) -> bool {
    script.as_ref().is_some_and(|script| script.is_match(character.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::is_name, *};

    #[test]
    fn accepts_both_forms_of_international_names() {
        for text in [
            "bücher.example",
            "xn--bcher-kva.example",
            "XN--BCHER-KVA.example",
            "bücher.EXAMPLE",
            "faß.de",
            "βόλος.com",
            "실례.테스트",
            "例え.jp",
            "пример.рф",
            "l·l",
            "א׳ב",
            "بي\u{200C}بي",
            "क्\u{200D}ष",
            "・ぁ",
            "ᏣᎳᎩ.com",
            "xn--f9dt7l.com",
        ] {
            assert!(is_international(text), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_is_mapped_disallowed_or_out_of_context() {
        for text in [
            "Bücher.example",
            "bu\u{308}cher.example",
            "bücher。example",
            "１２７.０.０.１",
            "ⓛⓞcalhost",
            "☃.example",
            "💩.la",
            "a·l",
            "l·",
            "xn--",
            "xn--a",
            "xn--x",
            "xn--example-",
            "xn---9uc",
            "xn--a-ecp.ru",
            "-ü",
            "ü-",
            "ab--ü",
            "\u{300}a",
            "a\u{200D}b",
            "a\u{AD}b",
            "ü\u{202E}b",
            "אa",
            "0a.א",
            "ب٠۰",
            "\u{302E}실례",
            "\u{640}\u{7FA}",
            "\u{ab73}\u{ab83}\u{ab79}.com",
            "a\u{20D0}",
            "a\u{20F0}",
            "a\u{1D167}",
            "a\u{1D1AA}",
            "a\u{1D242}",
            "ü..b",
            "ü.",
            ".ü",
            "ü_b",
            "ü b",
        ] {
            assert!(!is_international(text), "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_refused_at_once() {
        assert!(!is_international(&"ü".repeat(64)));
        assert!(!is_international(&"ü.".repeat(1_000)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_passes_is_one_of_the_two_forms_of_its_name(texts in prop::collection::vec(
            prop_oneof!["\\PC{0,8}", "[a-zäßא・ー一\u{200C}\u{300}.-]{1,8}", "(xn--[a-z0-9-]{1,8}\\.?){1,2}"],
            50,
        )) {
            // Names such as `r3---sn.example` are in use, although IDNA keeps such labels for itself.
            let is_reserved = |label: &str| label.is_ascii() && label.get(2..4) == Some("--") && !label.starts_with("xn");
            for text in texts.iter().filter(|text| is_name(text) && !text.split('.').any(is_reserved)) {
                let ascii = idna::domain_to_ascii_strict(text).unwrap();
                let (unicode, _) = idna::domain_to_unicode(text);
                prop_assert!(is_name(&ascii) && is_name(&unicode), "{:?}", text);
                let small = text.to_ascii_lowercase();
                let is_mixed = text.split('.').count() > 1;
                prop_assert!(is_mixed || small == ascii || small == unicode, "{:?}", text);
            }
        }
    }
}
