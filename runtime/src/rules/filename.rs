//! `filename`: a name for a file on any operating system, which does not say what it is not.
//!
//! ```
//! use palisade::rules::{Apply, filename::Filename};
//!
//! const RULE: Filename = Filename::new().seal().into_rule();
//! assert!(RULE.check("Rechnung März.pdf"));
//! assert!(!RULE.check("nul.txt"));
//! assert!(!RULE.check("invoice\u{202E}fdp.exe"));
//! ```
//!
//! It is a `path_segment` that in addition has no character that Windows refuses (`<>:"|?*`), no dot or space at its end,
//! which Windows drops, and no control character of bidirectional text; and that is no device of Windows, with or without an
//! extension, in any case: `CON`, `PRN`, `AUX`, `NUL`, `CONIN$`, `CONOUT$`, and `COM` or `LPT` with one digit, superscript
//! ones included. All of it holds for what a percent-encoded name becomes, too, however often it is decoded: `%6eul` and
//! `a%2E` are refused. At most 255 bytes of UTF-8.
//!
//! Whether its extension is one that you serve is for `suffix`. Two names may still be one file where case or form of
//! normalization is not told apart: clean with `nfc`, and choose the names on disk yourself where you can.

use std::fmt;

use super::{Sealed, TextRule, no_bidi::has_bidi_control, path_segment, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts};

/// What a pattern can say of it in a few words: it has no way to count bytes.
const FORM: PatternFacts = Pattern::facts_of(
    "[^\"*\\/:<>?\\\\|\\x00-\\x1F\\x7F-\\x9F\u{61C}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]{1,255}",
);

/// The rule `filename`.
#[derive(Debug, Clone, Copy)]
pub struct Filename;

impl Filename {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule, with its bounds: 1 to 255 characters.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(FORM)).with(Facet::Custom("filename")))
    }
}

impl TextRule for Filename {
    fn code(&self) -> &'static str {
        "filename"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a name that every operating system takes for a file, of at most 255 bytes")
    }

    fn accepts(&self, text: &str) -> bool {
        path_segment::is_at_each_decoding(text, is_name)
    }
}

/// Whether it is a name as it stands. What was decoded need not be UTF-8.
fn is_name(text: &[u8]) -> bool {
    let refused = text.iter().any(|byte| matches!(byte, b'<' | b'>' | b'"' | b'|' | b'?' | b'*'));
    path_segment::is_name(text)
        && !refused
        && !matches!(text, [.., b'.' | b' '])
        && !text.utf8_chunks().any(|chunk| has_bidi_control(chunk.valid()))
        && !is_device(text)
}

/// Whether Windows opens a device under this name.
fn is_device(text: &[u8]) -> bool {
    let stem = text.split(|byte| *byte == b'.').next().unwrap_or(text);
    // No name of a device has other bytes.
    let Ok(stem) = str::from_utf8(stem.trim_ascii_end()) else { return false };
    let is = |name: &str| stem.eq_ignore_ascii_case(name);
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].into_iter().any(is) {
        return true;
    }
    let Some((port, number)) = stem.split_at_checked(3) else { return false };
    let is_port = port.eq_ignore_ascii_case("COM") || port.eq_ignore_ascii_case("LPT");
    let mut digits = number.chars();
    is_port && matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    static PUBLISHED: Pattern = Pattern::compile(FORM.source);

    #[test]
    fn ordinary_names_pass() {
        for text in [
            "a", "report.pdf", "Rechnung März.pdf", "日本語.txt", ".htaccess", "archive.tar.gz", "a b", " a", "100%",
            "console", "con-1", "nullable.rs", "com.example", "com", "com10", "COMA", "lpt", "LPT⁴", "aux2", "x.nul",
            "a'b", "a&b;c", "$HOME", "שלום.txt",
            "a%20b", "%6eull", "100%25.txt", "a%2Eb", "caf%C3%A9", "%F7", "..a;b",
        ] {
            assert!(Filename.accepts(text), "{text:?}");
            assert!(PUBLISHED.matches(text), "the published pattern refuses {text:?}");
        }
    }

    #[test]
    fn hostile_names_do_not() {
        let too_long = "x".repeat(256);
        for text in [
            "", ".", "..", "...", "a/b", "a\\b", "a\0", "a\n", "%2e%2e", "a<b", "a>b", "C:", "a:stream", "a\"b", "a|b",
            "a?", "*", "a.", "a ", "a. ", "a.pdf ", "con", "CON", "Con.txt", "prn", "aux.h", "NUL", "nul.tar.gz", "nul .txt",
            "nul ", "com1", "COM0", "Com9.log", "COM¹", "com².txt", "com³", "lpt1", "LPT¹.x", "conin$", "CONOUT$.txt",
            "invoice\u{202E}fdp.exe", "a\u{200F}b", "\u{2066}a", "\u{61C}a", "a\u{85}", &too_long,
            "%6eul", "nul%2Etxt", "n%2575l.txt", "COM%C2%B9", "a%2e", "a%252E", "a%20", "a%3Ab", "a%3cb", "a%E2%80%AEfdp.exe",
            "%E2%80%AE%F7", "nul.%F7", "..;", "..;a=b", "%2e%2e;x", "..%3b", "..;x%20y", "..\u{A0}", "C:evil", "C%3Aevil",
            "%f8%80%80%80%af",
        ] {
            assert!(!Filename.accepts(text), "{text:?}");
        }
    }
}
