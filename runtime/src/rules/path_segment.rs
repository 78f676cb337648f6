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
//! Refused are the empty text, `.` and `..`, also between white space and before a `;`, where some servers cut off parameters
//! of the path; `/`, `\`, control characters (`Cc`), and `:`, behind a letter a drive of Windows; more than 255 bytes of
//! UTF-8, which is what file systems take; and what is percent-encoded (RFC 3986, section 2.1) and becomes one of those,
//! however often it is decoded. A character in more bytes of UTF-8 than it needs, as `%C0%AF`, does not pass, nor does a byte
//! from `%F8` on, which old decoders take for the start of five or six, nor the form `%u002F` of some servers. Any other `%`
//! is a character like others.
//!
//! What some program makes a slash or a dot of only after it has changed the text is for the cleaning steps before: `nfkc`
//! turns the full-width `／` into `/`, which is then refused.

use std::fmt;

use super::{Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

/// What a pattern can say of it: it has no way to count bytes.
const FORM: PatternFacts = Pattern::facts_of(r"[^\/:\\\x00-\x1F\x7F-\x9F]{1,255}");

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
        is_at_each_decoding(text, is_name)
    }
}

/// Whether the text is a name as it stands, and still one however often it is decoded.
#[inline]
pub(super) fn is_at_each_decoding(text: &str, is_name: impl Fn(&[u8]) -> bool) -> bool {
    let text = text.as_bytes();
    text.len() <= LONGEST && is_name(text) && (!text.contains(&b'%') || stays_name(text, is_name))
}

const LONGEST: usize = 255;

/// Whether it stays in its folder as it stands. What was decoded need not be UTF-8.
pub(super) fn is_name(text: &[u8]) -> bool {
    // One pass without a way out, done in blocks of bytes. The suspects are the first bytes that `is_disguised` looks for.
    let (mut refused, mut suspect) = (false, false);
    for byte in text {
        refused |= matches!(byte, 0..b' ' | b'/' | b':' | b'\\' | 0x7F | 0xF8..);
        suspect |= matches!(byte, 0xC0..=0xC2 | 0xE0 | 0xF0);
    }
    !refused && !text.is_empty() && !leads_out(text) && (!suspect || !is_disguised(text))
}

/// Whether it is `.` or `..` for those who drop white space, or parameters behind a `;`.
fn leads_out(text: &[u8]) -> bool {
    // Few names begin like that.
    if !matches!(text, [b'.' | b' ' | 0x80.., ..]) {
        return false;
    }
    let name = text.split(|byte| *byte == b';').next().unwrap_or(text);
    str::from_utf8(name).is_ok_and(|name| matches!(name.trim(), "." | ".."))
}

/// Whether a control character above ASCII is there, or any character in more bytes than it needs.
fn is_disguised(text: &[u8]) -> bool {
    let follows = text.iter().skip(1).copied().map(Some).chain([None]);
    text.iter().zip(follows).any(|(byte, next)| match (byte, next) {
        (0xC0 | 0xC1, _) => true,
        (0xC2 | 0xE0, Some(0x80..=0x9F)) | (0xF0, Some(0x80..=0x8F)) => true,
        (_, _) => false,
    })
}

/// Whether it is a name still, however often it is decoded. Each time it gets shorter.
fn stays_name(text: &[u8], is_name: impl Fn(&[u8]) -> bool) -> bool {
    let mut encoded = Decoded { bytes: [0; LONGEST], length: 0 };
    let Some(mut decoded) = decode(text) else { return false };
    while decoded.length != encoded.length {
        if !is_name(decoded.as_bytes()) {
            return false;
        }
        encoded = decoded;
        match decode(encoded.as_bytes()) {
            Some(again) => decoded = again,
            None => return false,
        }
    }
    true
}

/// What a text decodes to, which is never longer.
struct Decoded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Decoded {
    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Decodes once. What is no escape stays; `None` says that there is one of the form `%u002F`.
fn decode(text: &[u8]) -> Option<Decoded> {
    let mut decoded = Decoded { bytes: [0; LONGEST], length: 0 };
    let mut places = decoded.bytes.iter_mut();
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        let (byte, behind) = match (byte, behind) {
            (b'%', [b'u' | b'U', digits @ ..]) if is_code_unit(digits) => return None,
            (b'%', behind) => octet(behind).unwrap_or((b'%', behind)),
            (byte, behind) => (*byte, behind),
        };
        if let Some(place) = places.next() {
            *place = byte;
            decoded.length += 1;
        }
        rest = behind;
    }
    Some(decoded)
}

fn is_code_unit(digits: &[u8]) -> bool {
    digits.get(..4).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
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
            "caf%C3%A9", "%E2%82%AC", "%use", "a%2Eb", "100%25", "%41", "%2e%2e%2e", "%F7", "%u12", "~root", "-rf", "con", "%%", &longest,
            "a;b=c", "...;", "..a;b", ";..", ". .", "a ", " a", "%3b", "a%20", "\u{3000}a", "%F0%9F%98%80",
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
            "a\u{85}b", "\u{9B}2J", "%2e", "%2E", "%2e%2e", "%2E.", ".%2e",  "%2f", "%2F", "..%2f", "%5c", "%5C",
            "..%5Ca", "%00", "a%00.png", "a%0d%0aX:%20y", "%0A", "%1f", "%7f", "%7F",  "%252e%252e%252f", "%%2f",
            "%%%2f", "%C2%85", "%c2%9b", "%C0%AF", "%c0%ae%c0%ae", "%c1%9c", "%e0%80%af", "%%32f", "%2%66", "%%32%65%%32e", "%2525252f", "%E0%80%AE", "%f0%80%80%af",
            "%u002e", "%u2215", "%U2F2F",  &too_long,
            "%f8%80%80%80%af", "..%fc%80%80%80%80%afetc", "%25%66%38%80%80%80%af", "%FE", "%FF", "C:", "C:evil", "c:..",
            "C%3Aevil", "c%253a", "a:b", "..;", "..;a=b", ".;", "%2e%2e;x", "..%3b", "..%253Bx", ".. ", "..%20", " .", "%20.. ;x",
            "..\u{A0}", "%E3%80%80..", "..;%F7",
        ] {
            assert!(!PathSegment.accepts(text), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_accepted_name_is_one_however_often_it_is_decoded(text in "(%|2|3|5|b|e|f|F|8|c|0|\\.|/|;|:| |%25|%2|%u){1,14}|\\PC{1,12}") {
            if PathSegment.accepts(&text) {
                proptest::prop_assert!(PUBLISHED.matches(&text));
                let mut decoded = text.into_bytes();
                for _ in 0..20 {
                    let name = String::from_utf8_lossy(&decoded).into_owned();
                    let before = name.split(';').next().unwrap_or_default().trim();
                    let leads_out = name.is_empty() || matches!(before, "." | "..") || name.contains(['/', '\\', ':', '\0']);
                    proptest::prop_assert!(!leads_out && !name.chars().any(char::is_control), "{}", name);
                    decoded = decode(&decoded).map(|decoded| decoded.as_bytes().to_vec()).unwrap_or_default();
                }
            }
        }
    }
}
