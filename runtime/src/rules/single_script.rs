//! `single_script`: the letters are of one script, so that none of them passes for another's (feature `unicode`).
//!
//! ```
//! use palisade::rules::{Apply, single_script::SingleScript};
//!
//! const RULE: SingleScript = SingleScript::new().seal().into_rule();
//! assert!(RULE.check("paypal"));
//! // The second letter is Cyrillic.
//! assert!(!RULE.check("pаypal"));
//! // Kanji, kana and a digit: one writing system.
//! assert!(RULE.check("東京タワー1"));
//! ```
//!
//! A text is single-script as UTS 39 defines it in section 5.1: there is a script that every character is used in, as
//! `Script_Extensions` says. Digits, signs and white space are used in all of them (`Common`, `Inherited`). Han counts as
//! Japanese beside kana, as Korean beside Hangul, and as Chinese beside Bopomofo (the *augmented* script sets).
//!
//! That is the *Single Script* level of section 5.2. `level = "highly_restrictive"` is the next one: Latin may also stand
//! beside Japanese, Korean or Chinese, as in `NHKワールド`. The levels of UTS 39 are about identifiers, and demand characters
//! that identifiers are made of on top of it; this rule does not, so that names of people and things pass.
//!
//! A text that is Cyrillic all through and looks Latin, as `раураӏ`, has one script and passes. Such *whole-script
//! confusables* show only when the text is held against those that are there already, by their skeletons (section 4): that
//! is the business of the store of names. And `Common` has characters that look alike as well.

use std::fmt;

use unicode_security::mixed_script::AugmentedScriptSet;

use super::{Parameter, Sealed, TextRule};
use crate::policy::{Facet, Facets, same};

/// The rule `single_script`.
#[derive(Debug, Clone, Copy)]
pub struct SingleScript {
    level: Level,
}

#[derive(Debug, Clone, Copy)]
enum Level {
    SingleScript,
    HighlyRestrictive,
}

impl SingleScript {
    /// One script.
    #[must_use]
    pub const fn new() -> Self {
        Self { level: Level::SingleScript }
    }

    /// Which level of UTS 39: `single_script` or `highly_restrictive`.
    ///
    /// # Panics
    /// In const evaluation, when it is another word.
    #[must_use]
    #[track_caller]
    pub const fn level(self, word: &str) -> Self {
        let level = if same(word, "single_script") {
            Level::SingleScript
        } else if same(word, "highly_restrictive") {
            Level::HighlyRestrictive
        } else {
            panic!("`single_script`: `level` is \"single_script\" or \"highly_restrictive\"")
        };
        Self { level }
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        // The scripts of characters change with each version of Unicode, so no pattern says it.
        Sealed::new(self, Facets::NONE.with(Facet::Custom("single_script")))
    }
}

impl TextRule for SingleScript {
    fn code(&self) -> &'static str {
        "single_script"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.level {
            Level::SingleScript => "must be written in one script",
            Level::HighlyRestrictive => {
                "must be written in one script, or in Latin beside Japanese, Korean or Chinese"
            }
        })
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self.level {
            Level::SingleScript => {}
            Level::HighlyRestrictive => visit("level", Parameter::Text("highly_restrictive")),
        }
    }

    #[inline]
    fn accepts(&self, text: &str) -> bool {
        text.is_ascii() || self.resolves(text)
    }
}

impl SingleScript {
    fn resolves(&self, text: &str) -> bool {
        let mut all = AugmentedScriptSet::default();
        let mut beside_latin = AugmentedScriptSet::default();
        for character in text.chars() {
            let scripts = AugmentedScriptSet::from(character);
            all.intersect_with(scripts);
            if !is_latin(scripts) {
                beside_latin.intersect_with(scripts);
            }
        }
        match self.level {
            Level::SingleScript => !all.is_empty(),
            Level::HighlyRestrictive => {
                !all.is_empty() || beside_latin.hanb || beside_latin.jpan || beside_latin.kore
            }
        }
    }
}

/// Whether the character is used in Latin, as `A` is and `ー` is not.
fn is_latin(scripts: AugmentedScriptSet) -> bool {
    let mut latin = AugmentedScriptSet::from('a');
    latin.intersect_with(scripts);
    !latin.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, whether it has one script, and whether it is within the next level.
    const ROWS: &[(&str, bool, bool)] = &[
        ("", true, true),
        ("paypal-1.0 (new)", true, true),
        ("Ærøskøbing", true, true),
        ("cafe\u{301}", true, true),
        ("Москва 1", true, true),
        ("Ελλάδα", true, true),
        ("שלום", true, true),
        ("東京タワー", true, true),
        ("カタカナひらがな漢字", true, true),
        ("서울大學", true, true),
        ("漢字ㄅㄆ", true, true),
        ("हिन्दी", true, true),
        ("NHKワールド", false, true),
        ("Kオ한", false, false),
        ("서울Seoul", false, true),
        ("漢字pinyin", false, true),
        ("ひらがな한글", false, false),
        ("ひらがなㄅ", false, false),
        // Cyrillic `а`, Greek `ο`, Cyrillic `о` among Latin letters.
        ("pаypal", false, false),
        ("gοοgle", false, false),
        ("micrоsoft", false, false),
        // Latin among Cyrillic.
        ("Mосква", false, false),
        // Whole-script confusable: told apart by nobody who sees the text alone.
        ("раураӏ", true, true),
        ("👩\u{200D}🔬 ok", true, true),
    ];

    #[test]
    fn scripts_are_told_apart() {
        for (text, one, next) in ROWS {
            assert_eq!(SingleScript::new().accepts(text), *one, "{text}");
            assert_eq!(SingleScript::new().level("highly_restrictive").accepts(text), *next, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn it_agrees_with_the_tables(text in "[a-cа-вα-γァ-ウ가-갂漢ㄅ1ー\u{301}]{0,4}|\\PC{0,6}") {
            use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection};

            proptest::prop_assert_eq!(SingleScript::new().accepts(&text), text.is_single_script());
            if text.detect_restriction_level() <= RestrictionLevel::HighlyRestrictive {
                proptest::prop_assert!(SingleScript::new().level("highly_restrictive").accepts(&text));
            }
        }
    }
}
