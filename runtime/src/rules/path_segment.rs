//! `path_segment`: one name within a path, which cannot lead out of its folder.
//!
//! ```
//! use palisade::rules::{Apply, path_segment::PathSegment};
//!
//! const RULE: PathSegment = PathSegment::new().seal().into_rule();
//! assert!(RULE.check("report 2026.pdf"));
//! assert!(!RULE.check(".."));
//! assert!(!RULE.check("..%2Fetc"));
//! ```
//!
//! Refused are the empty text, `.` and `..`; `/`, `\` and control characters (`Cc`); more than 255 bytes of UTF-8, which is
//! what file systems take; and what is percent-encoded (RFC 3986, section 2.1) and would become one of those for who decodes
//! it once more: `/`, `\`, `.`, a control character, `%` itself, UTF-8 of more bytes than it needs, and the form `%u002F` of
//! some servers. Any other `%` is a character like others.
//!
//! What some program makes a slash or a dot of only after it has changed the text is for the cleaning steps before: `nfkc`
//! turns the full-width `／` into `/`, which is then refused.

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

/// What a pattern can say of it: it has no way to count bytes.
const FORM: PatternFacts = Pattern::facts_of(r"[^\/\\\x00-\x1F\x7F-\x9F]{1,255}");

/// The rule `path_segment`.
#[derive(Debug, Clone, Copy)]
pub struct PathSegment;

impl PathSegment {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule, with its bounds: 1 to 255 characters.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(FORM)).with(Facet::Custom("path_segment")))
    }
}

impl TextRule for PathSegment {
    fn code(&self) -> &'static str {
        "path_segment"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be one name within a path, of at most 255 bytes")
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        is_path_segment(text)
    }
}

/// Whether the text stays in its folder, whoever reads it.
pub(super) fn is_path_segment(text: &str) -> bool {
    const LONGEST: usize = 255;

    if LONGEST < text.len() || matches!(text, "" | "." | "..") {
        return false;
    }
    // One pass without a way out, done in blocks of bytes. 0xC2 begins the control characters above ASCII.
    let (mut refused, mut suspect) = (false, false);
    for byte in text.bytes() {
        refused |= matches!(byte, b'/' | b'\\' | 0x7F) | (byte < b' ');
        suspect |= matches!(byte, b'%' | 0xC2);
    }
    !refused && (!suspect || !text.chars().any(char::is_control) && !hides(text.as_bytes()))
}

/// Whether something percent-encoded would be refused if it were not.
fn hides(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        if *byte == b'%' && encodes_refused(behind) {
            return true;
        }
        rest = behind;
    }
    false
}

/// Whether what stands behind a `%` makes it something to refuse.
fn encodes_refused(behind: &[u8]) -> bool {
    if let [b'u' | b'U', digits @ ..] = behind {
        return digits.iter().take(4).filter(|digit| digit.is_ascii_hexdigit()).count() == 4;
    }
    let Some((byte, behind)) = octet(behind) else { return false };
    match byte {
        0..b' ' | b'%' | b'.' | b'/' | b'\\' | 0x7F => true,
        // Never in UTF-8: an ASCII character in two bytes.
        0xC0 | 0xC1 => true,
        // U+0080 to U+009F, and what could be said in fewer bytes.
        0xC2 => next_octet(behind).is_some_and(|next| next < 0xA0),
        0xE0 => next_octet(behind).is_some_and(|next| next < 0xA0),
        0xF0 => next_octet(behind).is_some_and(|next| next < 0x90),
        _ => false,
    }
}

fn next_octet(text: &[u8]) -> Option<u8> {
    text.strip_prefix(b"%").and_then(octet).map(|(byte, _)| byte)
}

/// The byte that two hexadecimal digits say, and what stands behind them.
fn octet(text: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, behind @ ..] = text else { return None };
    let (high, low) = ((*high as char).to_digit(16)?, (*low as char).to_digit(16)?);
    Some((u8::try_from(high * 16 + low).ok()?, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    static PUBLISHED: Pattern = Pattern::compile(FORM.source);

    #[test]
    fn a_name_is_a_name() {
        let longest = "é".repeat(127) + "x";
        for text in [
            "a", "...", "..a", ".htaccess", "a..b", "report 2026.pdf", "日本語", "100%", "50%-off", "%zz", "%", "a%20b",
            "caf%C3%A9", "%E2%82%AC", "%use", "%u12", "~root", "-rf", "con", "a:b", "%%", &longest,
        ] {
            assert!(PathSegment.accepts(text), "{text:?}");
            assert!(PUBLISHED.matches(text), "the published pattern refuses {text:?}");
        }
    }

    #[test]
    fn no_way_leads_out() {
        let too_long = "é".repeat(128);
        for text in [
            "", ".", "..", "/", "\\", "a/b", "a\\b", "../a", "..\\a", "/etc/passwd", "a\0.png", "a\nb", "a\u{7F}",
            "a\u{85}b", "\u{9B}2J", "%2e", "%2E", "%2e%2e", "%2E.", ".%2e", "a%2Eb", "%2f", "%2F", "..%2f", "%5c", "%5C",
            "..%5Ca", "%00", "a%00.png", "a%0d%0aX:%20y", "%0A", "%1f", "%7f", "%7F", "%25", "%252e%252e%252f", "%%2f",
            "%%%2f", "%C2%85", "%c2%9b", "%C0%AF", "%c0%ae%c0%ae", "%c1%9c", "%e0%80%af", "%E0%80%AE", "%f0%80%80%af",
            "%u002e", "%u2215", "%U2F2F", "100%25", &too_long,
        ] {
            assert!(!PathSegment.accepts(text), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_accepted_name_decodes_to_a_name(text in "[%.a2-9A-Fa-f/]{1,12}|\\PC{1,12}") {
            if PathSegment.accepts(&text) {
                proptest::prop_assert!(PUBLISHED.matches(&text));
                let decoded = decode(text.as_bytes());
                let name = String::from_utf8_lossy(&decoded);
                proptest::prop_assert!(name != "." && name != ".." && !name.contains(['/', '\\', '%', '\0']) || !has_encoded(&text), "{}", name);
            }
        }
    }

    fn has_encoded(text: &str) -> bool {
        text.match_indices('%').any(|(at, _)| octet(&text.as_bytes()[at + 1..]).is_some())
    }

    /// As a lenient decoder does it: what is no escape stays.
    fn decode(text: &[u8]) -> Vec<u8> {
        let (mut decoded, mut rest) = (Vec::new(), text);
        while let [byte, behind @ ..] = rest {
            let escape = if *byte == b'%' { octet(behind) } else { None };
            let (byte, behind) = escape.unwrap_or((*byte, behind));
            decoded.push(byte);
            rest = behind;
        }
        decoded
    }
}
