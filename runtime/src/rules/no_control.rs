//! `no_control`: no control character, of which the terminal escape, NUL and the line ends are some.
//!
//! ```
//! use palisade::rules::{Apply, no_control::NoControl};
//!
//! const RULE: NoControl = NoControl::new().seal().into_rule();
//! assert!(RULE.check("one line"));
//! assert!(!RULE.check("\u{1B}[2J"));
//! assert!(!RULE.check("two\nlines"));
//!
//! const LINES: NoControl = NoControl::new().allow("lines").seal().into_rule();
//! assert!(LINES.check("two\nlines"));
//! ```
//!
//! They are those of general category `Cc`: U+0000 to U+001F, U+007F, and U+0080 to U+009F. With `allow = "tab"` the tab
//! passes, with `allow = "lines"` tab, line feed and carriage return do. What turns the line around is no control
//! character for Unicode: see `no_bidi`.

use std::fmt;

use super::{Parameter, Sealed, TextRule, pattern::engine::Pattern};
use crate::policy::{Facet, Facets, PatternFacts, same};

const NOTHING: PatternFacts = Pattern::facts_of(r"[^\x00-\x1F\x7F-\x9F]*");
const TAB: PatternFacts = Pattern::facts_of(r"[^\x00-\x08\x0A-\x1F\x7F-\x9F]*");
const LINES: PatternFacts = Pattern::facts_of(r"[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*");

/// The rule `no_control`.
#[derive(Debug, Clone, Copy)]
pub struct NoControl {
    allowed: Allowed,
}

#[derive(Debug, Clone, Copy)]
enum Allowed {
    Nothing,
    Tab,
    Lines,
}

impl NoControl {
    /// No control character at all.
    #[must_use]
    pub const fn new() -> Self {
        Self { allowed: Allowed::Nothing }
    }

    /// Which pass: `tab`, or `lines` for tab, line feed and carriage return.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn allow(self, word: &str) -> Self {
        let allowed = if same(word, "tab") {
            Allowed::Tab
        } else if same(word, "lines") {
            Allowed::Lines
        } else {
            panic!("`no_control`: `allow` is \"tab\" or \"lines\"")
        };
        Self { allowed }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facts = match self.allowed {
            Allowed::Nothing => NOTHING,
            Allowed::Tab => TAB,
            Allowed::Lines => LINES,
        };
        Sealed::new(self, Facets::NONE.with(Facet::Pattern(facts)))
    }

    const fn allows(&self, byte: u8) -> bool {
        match self.allowed {
            Allowed::Nothing => false,
            Allowed::Tab => byte == b'\t',
            Allowed::Lines => matches!(byte, b'\t' | b'\n' | b'\r'),
        }
    }
}

impl TextRule for NoControl {
    fn code(&self) -> &'static str {
        "no_control"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.allowed {
            Allowed::Nothing => "must not contain control characters",
            Allowed::Tab => "must not contain control characters other than tab",
            Allowed::Lines => "must not contain control characters other than tab and line ends",
        })
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.allowed {
            Allowed::Nothing => {}
            Allowed::Tab => visit("allow", Parameter::Text("tab")),
            Allowed::Lines => visit("allow", Parameter::Text("lines")),
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        // One pass without a way out, done in blocks of bytes. 0xC2 begins U+0080 to U+00BF, half of which are refused.
        let suspect = text.bytes().fold(false, |any, byte| any | (byte < b' ') | (byte == 0x7F) | (byte == 0xC2));
        !suspect || self.accepts_each(text)
    }
}

impl NoControl {
    fn accepts_each(&self, text: &str) -> bool {
        text.chars().all(|character| {
            !character.is_control() || u8::try_from(character).is_ok_and(|character| self.allows(character))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FORMS: [(NoControl, Pattern); 3] = [
        (NoControl::new(), Pattern::compile(NOTHING.source)),
        (NoControl::new().allow("tab"), Pattern::compile(TAB.source)),
        (NoControl::new().allow("lines"), Pattern::compile(LINES.source)),
    ];

    #[test]
    fn each_character_is_judged_as_the_published_pattern_judges_it() {
        for character in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("a{character}b");
            for (rule, form) in &FORMS {
                assert_eq!(rule.accepts(&text), form.matches(&text), "{character:?}");
            }
            assert_eq!(NoControl::new().accepts(&text), !character.is_control(), "{character:?}");
        }
    }

    #[test]
    fn lines_are_lines_and_nothing_else() {
        let lines = NoControl::new().allow("lines");
        for (text, verdict) in [
            ("", true),
            ("a\tb\r\nc\n", true),
            ("a\u{B}b", false),
            ("a\u{C}b", false),
            ("a\0b", false),
            ("a\u{85}b", false),
            ("a\u{9B}2J", false),
            ("a\u{A0}b", true),
            // A separator (`Zl`), and not a control character.
            ("a\u{2028}b", true),
        ] {
            assert_eq!(lines.accepts(text), verdict, "{text:?}");
        }
    }
}
