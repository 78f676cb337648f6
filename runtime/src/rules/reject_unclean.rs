//! `reject_unclean`: the cleaning steps in front of it refuse what they would change, each with its own code.
//!
//! `#[secure(trim, nfc, reject_unclean, length(max = 64))]` takes `Ada` and refuses ` Ada` with the code `trim`: for
//! values that somebody signed, hashed or compares elsewhere, where a silent change would be a surprise. A step behind it
//! still cleans, and as every constraint looks at the value once all cleaning is done, so do the steps that refuse.
//!
//! ```
//! use palisade::prelude::*;
//!
//! #[derive(serde::Deserialize, Secure)]
//! #[serde(deny_unknown_fields)]
//! struct Rename {
//!     #[secure(trim, reject_unclean, length(min = 1, max = 64))]
//!     title: String,
//! }
//!
//! let mut rename = Rename { title: " Ada".into() };
//! let report = palisade::value::examine(&mut rename);
//! assert_eq!(report.violations().next().unwrap().code(), "trim");
//! assert_eq!(rename.title, " Ada");
//! ```

use super::{Apply, Rule, Sealed};
use crate::policy::{Facet, Facets};

/// The mark `reject_unclean`. It refuses nothing itself.
#[derive(Debug, Clone, Copy)]
pub struct RejectUnclean;

impl RejectUnclean {
    /// The mark; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::RejectUnclean))
    }
}

impl Rule for RejectUnclean {
    fn code(&self) -> &'static str {
        "reject_unclean"
    }
}

impl<T: ?Sized> Apply<T> for RejectUnclean {}

#[cfg(test)]
mod tests {
    use crate::value::Surroundings;
    use crate::{
        policy::Facet,
        rules::{
            Placed, Rule, Unclean, clamp::Clamp, length::Length, lowercase::Lowercase, reject_unclean::RejectUnclean,
            trim::Trim,
        },
        value::View,
    };

    const BEHIND: Unclean = RejectUnclean::new().seal().before(Unclean::Changed).demanded();

    #[test]
    fn the_view_is_refused_as_the_value_is() {
        const RULE: Placed<Lowercase> = Lowercase::new().seal().before(BEHIND);
        for (given, is_clean) in [("ada", true), ("Ada", false), ("ΑΣ", false), ("", true)] {
            let mut value = given.to_owned();
            let mut view = View::Text(given.into());
            RULE.clean(&mut value);
            RULE.clean_view(&mut view);
            assert_eq!(value, given);
            assert_eq!(view, View::Text(given.into()));
            assert_eq!(RULE.check_in(&value, Surroundings::NONE), is_clean);
            assert_eq!(RULE.check_view(&view), is_clean);
        }
        assert!(RULE.check_in(&None::<String>, Surroundings::NONE));
        assert!(RULE.check_view(&View::Integer(1)));
    }

    #[test]
    fn a_number_is_refused_instead_of_clamped() {
        const RULE: Placed<Clamp> = Clamp::new().min(1).max(9).seal().before(BEHIND);
        for (mut value, is_clean) in [(1_u8, true), (9, true), (0, false), (10, false)] {
            RULE.clean(&mut value);
            assert_eq!(RULE.check_in(&value, Surroundings::NONE), is_clean);
        }
        let facets: Vec<Facet> = RULE.facets().into_iter().collect();
        assert!(matches!(facets.as_slice(), [Facet::Clean("clamp", _), Facet::Minimum(_), Facet::Maximum(_)]));
    }

    #[test]
    fn only_steps_in_front_refuse() {
        const FRONT: Placed<Trim> =
            Trim::new().seal().before(Length::new().max(4).seal().before(BEHIND).demanded());
        const BACK: Placed<Trim> = Trim::new().seal().before(Length::new().max(4).seal().before(Unclean::Changed).demanded());
        let mut value = String::from(" a");
        FRONT.clean(&mut value);
        assert_eq!(value, " a");
        BACK.clean(&mut value);
        assert_eq!(value, "a");
    }
}
