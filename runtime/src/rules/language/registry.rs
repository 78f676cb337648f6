//! The IANA Language Subtag Registry with the File-Date 2025-08-25, in lower case, without its private-use ranges.
//!
//! It holds the codes of ISO 639 for languages, ISO 15924 for scripts, ISO 3166-1 and UN M.49 for regions.

use super::super::listed;

/// Two-letter languages: for each first letter, the second ones as bits.
static TWO: [u32; 26] = two(include_str!("two.txt"));
/// Three-letter languages: for each two letters, the third ones as bits. In the file they stand behind the two.
static THREE: [u32; 676] = three(include_str!("three.txt"));
static EXTENDED: [u32; 676] = three(include_str!("extended.txt"));
static SCRIPTS: [&str; 224] = listed::words(include_str!("scripts.txt"));
static REGIONS: [&str; 303] = listed::words(include_str!("regions.txt"));
static VARIANTS: [&str; 134] = listed::words(include_str!("variants.txt"));

/// Sorted.
static GRANDFATHERED: [&str; 26] = [
    "art-lojban", "cel-gaulish", "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux",
    "i-mingo", "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "no-bok", "no-nyn", "sgn-be-fr", "sgn-be-nl", "sgn-ch-de",
    "zh-guoyu", "zh-hakka", "zh-min", "zh-min-nan", "zh-xiang",
];

pub(super) fn is_language(subtag: &str) -> bool {
    match subtag.as_bytes() {
        [first, second] => letter(*first).and_then(|first| TWO.get(first)).is_some_and(|seconds| has(*seconds, *second)),
        [b'q', b'a'..=b't', b'a'..=b'z'] => true,
        _ => holds(&THREE, subtag),
    }
}

pub(super) fn is_extended_language(subtag: &str) -> bool {
    holds(&EXTENDED, subtag)
}

pub(super) fn is_script(subtag: &str) -> bool {
    ("qaaa"..="qabx").contains(&subtag) || listed::holds(&SCRIPTS, subtag)
}

pub(super) fn is_region(subtag: &str) -> bool {
    matches!(subtag.as_bytes(), [b'q', b'm'..=b'z'] | [b'x', b'a'..=b'z']) || listed::holds(&REGIONS, subtag)
}

pub(super) fn is_variant(subtag: &str) -> bool {
    listed::holds(&VARIANTS, subtag)
}

/// Whether the tag is a whole of its own, in any case.
pub(super) fn is_grandfathered(tag: &str) -> bool {
    GRANDFATHERED.iter().any(|listed| listed.eq_ignore_ascii_case(tag))
}

fn holds(codes: &[u32; 676], subtag: &str) -> bool {
    let [first, second, third] = subtag.as_bytes() else {
        return false;
    };
    match (letter(*first), letter(*second)) {
        (Some(first), Some(second)) => codes.get(first * 26 + second).is_some_and(|thirds| has(*thirds, *third)),
        (None, _) | (_, None) => false,
    }
}

fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
}

fn has(letters: u32, byte: u8) -> bool {
    letter(byte).is_some_and(|letter| letters & 1 << letter != 0)
}

const fn two(file: &'static str) -> [u32; 26] {
    let mut codes = [0; 26];
    let mut rest = file;
    while let Some((word, behind)) = listed::next_word(rest) {
        let word = word.as_bytes();
        codes[(word[0] - b'a') as usize] |= 1 << (word[1] - b'a');
        rest = behind;
    }
    codes
}

const fn three(file: &'static str) -> [u32; 676] {
    let mut codes = [0; 676];
    let mut rest = file;
    while let Some((row, behind)) = listed::next_word(rest) {
        let row = row.as_bytes();
        let pair = (row[0] - b'a') as usize * 26 + (row[1] - b'a') as usize;
        let mut at = 2;
        while at < row.len() {
            codes[pair] |= 1 << (row[at] - b'a');
            at += 1;
        }
        rest = behind;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        let count = |codes: &[u32]| codes.iter().map(|letters| letters.count_ones()).sum::<u32>();
        assert_eq!((count(&TWO), count(&THREE), count(&EXTENDED)), (190, 8_077, 256));
        listed::assert_sound(&SCRIPTS, 224);
        listed::assert_sound(&REGIONS, 303);
        listed::assert_sound(&VARIANTS, 134);
        listed::assert_sound(&GRANDFATHERED, 26);
    }

    #[test]
    fn every_extended_language_is_a_language() {
        for (extended, languages) in EXTENDED.iter().zip(THREE) {
            assert_eq!(extended & !languages, 0);
        }
    }
}
