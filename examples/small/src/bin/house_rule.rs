//! Rules of your own: values like the built-in ones, used by their path.

use palisade::{prelude::*, value::from_json};
use serde::Deserialize;

/// Rules that this house adds to those it was given.
mod house {
    use palisade::{
        policy::{Facet, Facets},
        rules::{Apply, Parameter, Rule, Sealed, TextRule},
        value::{Text, View},
    };

    /// `house::Isbn`: an ISBN-13, its digits alone. A rule on texts is this short.
    pub(crate) struct Isbn;

    impl Isbn {
        pub(crate) const fn new() -> Self {
            Self
        }

        /// What it means to documents: a length, and a check that they cannot say.
        pub(crate) const fn seal(self) -> Sealed<Self> {
            Sealed::new(self, Facets::NONE.with(Facet::MaxLength(13)).with(Facet::Custom("isbn")))
        }
    }

    impl TextRule for Isbn {
        fn code(&self) -> &'static str {
            "isbn"
        }

        fn accepts(&self, text: &str) -> bool {
            let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
            let weighted = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight);
            text.len() == 13 && digits.len() == 13 && weighted.sum::<u32>() % 10 == 0
        }
    }

    impl<T: Text + ?Sized> Apply<T> for Isbn {
        fn check(&self, value: &T) -> bool {
            value.text().is_none_or(|text| self.accepts(text))
        }
    }

    /// `house::Packs(of = 6)`: whole packs. A rule on numbers, with an argument.
    pub(crate) struct Packs {
        of: u32,
    }

    impl Packs {
        pub(crate) const fn new() -> Self {
            Self { of: 1 }
        }

        /// An argument is a method: what does not fit is refused where it is written, when the crate is compiled.
        #[track_caller]
        pub(crate) const fn of(self, of: u32) -> Self {
            assert!(0 < of, "a pack holds something");
            Self { of }
        }

        pub(crate) const fn seal(self) -> Sealed<Self> {
            Sealed::new(self, Facets::NONE.with(Facet::Custom("packs")))
        }
    }

    impl Rule for Packs {
        fn code(&self) -> &'static str {
            "packs"
        }

        fn explain(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "must be whole packs of {}", self.of)
        }

        fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
            visit("of", Parameter::Integer(self.of.into()));
        }

        // A document that does not decode is explained from its text, so the rule looks at what stands there too.
        fn check_view(&self, view: &View<'_>) -> bool {
            !matches!(view, View::Integer(number) if number % i128::from(self.of) != 0)
        }
    }

    impl Apply<u32> for Packs {
        fn check(&self, value: &u32) -> bool {
            value.is_multiple_of(self.of)
        }
    }
}

/// A line of an order of books.
#[derive(Debug, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Line {
    #[secure(house::Isbn)]
    isbn: String,
    #[secure(range(min = 6, max = 600), house::Packs(of = 6))]
    copies: u32,
}

const LINES: &[(&str, &str)] = &[
    (r#"{"isbn":"9780131103627","copies":12}"#, ""),
    (
        r#"{"isbn":"9780131103620","copies":13}"#,
        "/isbn must satisfy `isbn` (isbn); /copies must be whole packs of 6 (packs)",
    ),
    (
        r#"{"isbn":9780131103627,"copies":13}"#,
        "/isbn must be a string (type); /copies must be whole packs of 6 (packs)",
    ),
];

fn main() {
    for (line, expected) in LINES {
        let said = match from_json::<Line>(line) {
            Ok(line) => {
                println!("{} copies of {}", line.copies, line.isbn);
                String::new()
            }
            Err(report) => report.to_string(),
        };
        println!("{line}\n  {said}");
        assert_eq!(said, *expected);
    }
    println!("{}", palisade::schema::input::<Line>().to_value());
}
