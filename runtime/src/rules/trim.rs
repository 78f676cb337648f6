//! `trim`: white space (Unicode `White_Space`) at both ends is removed before the rules behind it look.
//!
//! ```
//! use palisade::rules::{Apply, trim::Trim};
//!
//! let mut name = String::from("  Ada ");
//! Trim::new().seal().into_rule().clean(&mut name);
//! assert_eq!(name, "Ada");
//! ```

use super::{Apply, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Cleaned, EditText, View},
};

/// The cleaning step `trim`.
#[derive(Debug, Clone, Copy)]
pub struct Trim;

impl Trim {
    /// The step; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Cleaned("trim")))
    }
}

impl Rule for Trim {
    fn code(&self) -> &'static str {
        "trim"
    }

    fn clean_view(&self, view: &mut View<'_>) {
        self.clean(view);
    }
}

impl<T: EditText + ?Sized> Apply<T> for Trim {
    #[inline]
    fn clean(&self, value: &mut T) {
        value.edit(|text| {
            let clean = text.trim_start();
            let start = text.len() - clean.len();
            let clean = clean.trim_end();
            if clean.len() == text.len() { Cleaned::Same } else { Cleaned::Part(start..start + clean.len()) }
        });
    }
}
