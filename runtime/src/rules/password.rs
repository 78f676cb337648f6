//! `password(min_entropy = 50)`: so hard to guess, in bits, by the estimate of zxcvbn. At most 128 code points. Sensitive.
//!
//! zxcvbn counts the guesses of an attacker who knows words, names, dates, keyboards and the usual replacements; the bits are
//! their binary logarithm. It is a careful estimate: a random character counts ten guesses, so 50 bits need 16 of them, or five
//! random words; the best score of zxcvbn begins at 33 bits. Feature `password`.
//!
//! The rule is `sensitive` by itself: the other violations of its field are reported without arguments.
//!
//! The estimate takes time that grows with the square of the length, times the ways to read characters such as `4` and `@`
//! as letters, of which a hostile text has hundreds. So it reads a leading part only, 64 code points or fewer (28 where no
//! white space parts them), within
//! a fixed amount of work (a few milliseconds once optimised; it allocates). What is hard to guess in part is hard to guess as a whole.
//!
//! ```
//! use palisade::rules::{Apply, Rule, password::Password};
//!
//! const RULE: Password = Password::new().min_entropy(50).seal().into_rule();
//! assert!(RULE.check("orbit velvet mango thirsty plank"));
//! assert!(!RULE.check("P4ssw0rd1234567890"));
//! assert!(RULE.is_sensitive());
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Text, View},
};

/// In code points.
const LONGEST: usize = 128;
/// In code points: more than enough for any entropy that can be asked for.
const LONGEST_READ: usize = 64;
/// In code points: in a longer row of neighbouring keys, zxcvbn 3.1 counts beyond 64 bits, and panics where overflow does.
const LONGEST_ROW: usize = 28;
/// The ways to read replacements, times the square of the code points read. Without a bound, 100 code points take a second.
const MOST_WORK: usize = 50_000;
/// The characters that zxcvbn reads as a letter, for each letter that has some.
const REPLACEMENTS: [&str; 12] = ["4@", "8", "({[<", "3", "69", "1!|", "1|7", "0", "$5", "+7", "%", "2"];

/// The rule `password`.
#[derive(Debug, Clone, Copy)]
pub struct Password {
    min_entropy: Option<u32>,
}

impl Password {
    /// No demand yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_entropy: None }
    }

    /// At least so many bits.
    #[must_use]
    pub const fn min_entropy(self, bits: u32) -> Self {
        Self { min_entropy: Some(bits) }
    }

    /// The rule, once its demand makes sense.
    ///
    /// # Panics
    /// In const evaluation, without `min_entropy`, or with one that the estimate cannot reach.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        let Some(bits) = self.min_entropy else {
            panic!("`password` needs `min_entropy`, like `password(min_entropy = 50)`");
        };
        assert!(matches!(bits, 1..=60), "`password`: `min_entropy` is from 1 to 60 bits");
        let facets = Facets::NONE
            .with(Facet::Sensitive)
            .with(Facet::MinLength(fewest(bits) as u64))
            .with(Facet::MaxLength(LONGEST as u64))
            .with(Facet::Custom("password"));
        Sealed::new(self, facets)
    }

    fn accepts(self, text: &str) -> bool {
        let bits = self.min_entropy.unwrap_or(u32::MAX);
        if text.chars().nth(LONGEST).is_some() {
            return false;
        }
        let read = affordable(text);
        read.chars().count() >= fewest(bits) && 1_u64.checked_shl(bits).is_some_and(|least| guesses(read) >= least)
    }
}

/// The guesses that a text takes.
fn guesses(text: &str) -> u64 {
    zxcvbn::zxcvbn(text, &[]).guesses()
}

/// The fewest code points that can take 2^`bits` guesses: trying all digits in their place is always a way to guess.
const fn fewest(bits: u32) -> usize {
    let mut count = 1;
    while count < LONGEST_READ && most_guesses(count) >> bits == 0 {
        count += 1;
    }
    count
}

/// The most guesses that so many code points take.
const fn most_guesses(count: usize) -> u128 {
    if count == 1 {
        return 12;
    }
    let mut guesses = 1_u128;
    let mut at = 0;
    while at < count && guesses < 1 << 64 {
        guesses *= 10;
        at += 1;
    }
    guesses + 1
}

/// The longest leading part that can be estimated within the bounds.
fn affordable(text: &str) -> &str {
    let mut count = text.chars().take(LONGEST_READ.min(countable(text))).count();
    let mut part = leading(text, count);
    while count * count * readings(part) > MOST_WORK {
        count -= 1;
        part = leading(text, count);
    }
    part
}

/// How many code points stand in front of the one that makes a row too long. Each visible ASCII character is a key.
fn countable(text: &str) -> usize {
    let mut row = 0;
    let too_long = |character: char| {
        row = if character.is_ascii_graphic() { row + 1 } else { 0 };
        LONGEST_ROW < row
    };
    text.chars().position(too_long).unwrap_or(usize::MAX)
}

fn leading(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// In how many ways the replacements in a text can be read.
fn readings(text: &str) -> usize {
    REPLACEMENTS.iter().map(|marks| marks.chars().filter(|mark| text.contains(*mark)).count().max(1)).product()
}

impl Rule for Password {
    fn code(&self) -> &'static str {
        "password"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be harder to guess, and at most {LONGEST} characters long")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if let Some(bits) = self.min_entropy {
            visit("min_entropy", Parameter::Integer(bits.into()));
        }
    }

    fn is_sensitive(&self) -> bool {
        true
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Text + ?Sized> Apply<T> for Password {
    fn check(&self, value: &T) -> bool {
        value.text().is_none_or(|text| self.accepts(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: Password = Password::new().min_entropy(50).seal().into_rule();

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        for text in [
            "",
            "password",
            "P@ssw0rd!2024",
            "qwertyuiopasdfghjklzxcvbnm",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabcabcabcabcabcabc",
            "1234567890123456789012345678901234567890",
            "correct horse",
            "19991231235959",
            "x7#Kq2!mZ",
        ] {
            assert!(!RULE.check(text), "{text}");
        }
        for text in ["x7#Kq2!mZp0Vw9$LrT", "orbit velvet mango thirsty plank", "日本語の長い合言葉はとても推測しにくいです"] {
            assert!(RULE.check(text), "{text}");
        }
    }

    #[test]
    fn more_than_128_code_points_are_refused_however_hard_to_guess() {
        let hard = "x7#Kq-mZpVw9LrTé".repeat(8);
        assert_eq!(hard.chars().count(), 128);
        assert!(Password::new().min_entropy(20).check(&hard));
        assert!(!Password::new().min_entropy(20).check(&format!("{hard}1")));
    }

    #[test]
    fn hostile_replacements_shorten_what_is_read() {
        let hostile = "4@8({[<369!1|70$5+%2".repeat(5);
        let read = affordable(&hostile);
        assert!(read.len() * read.len() * readings(read) <= MOST_WORK, "{read}");
        assert!((9..20).contains(&read.len()), "{read}");
        assert_eq!(affordable("x7#Kq2!mZp0Vw9$LrT"), "x7#Kq2!mZp0Vw9$LrT");
        assert_eq!(affordable(&"é".repeat(128)), "é".repeat(64));
        assert_eq!(affordable(""), "");
    }

    #[test]
    fn a_long_row_of_neighbouring_keys_is_estimated_without_overflow() {
        for row in ["32", "as", "qw", "5456", "sdfd", "aoeo"] {
            let text = row.repeat(64).chars().take(64).collect::<String>();
            assert_eq!(affordable(&text).len(), LONGEST_ROW, "{text}");
            for text in [text.clone(), format!("x7 {text}"), format!("é{text}")] {
                assert!(guesses(affordable(&text)) > 0, "{text}");
            }
        }
        assert_eq!(affordable("orbit velvet mango thirsty plank"), "orbit velvet mango thirsty plank");
    }

    #[test]
    fn the_published_length_is_the_fewest_that_can_pass() {
        assert_eq!([1, 3, 4, 20, 34, 50, 60].map(fewest), [1, 1, 2, 7, 11, 16, 19]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_takes_more_guesses_than_its_length_allows(text in "\\PC{1,22}|[a-zA-Z0-9$@!]{1,22}") {
            prop_assert!(u128::from(guesses(&text)) <= most_guesses(text.chars().count()));
        }
    }
}
