//! What a house crate has: our crate under another name, rules and predicates of its own, and endpoints in modules.

pub mod kit {
    //! Everything a team may use.

    pub use palisade as guard;
}

use palisade::{
    access::Decision,
    auth::Caller,
    policy::{Facet, Facets},
    rules::{Apply, Rule, Sealed},
};

/// `house::Even::new()`: an even number.
pub struct Even {
    zero: bool,
}

impl Even {
    /// The rule, zero excluded.
    #[must_use]
    pub const fn new() -> Self {
        Self { zero: false }
    }

    /// Whether zero passes.
    #[must_use]
    pub const fn zero(self, zero: bool) -> Self {
        Self { zero }
    }

    /// The rule, sealed.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Custom("even")))
    }
}

impl Rule for Even {
    fn code(&self) -> &'static str {
        "even"
    }
}

impl Apply<u32> for Even {
    fn check(&self, value: &u32) -> bool {
        value.is_multiple_of(2) && (self.zero || *value != 0)
    }
}

/// A text that the house has words for.
pub struct Known(&'static [&'static str]);

impl Known {
    /// One of `words`.
    #[must_use]
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self(words)
    }

    /// The rule, sealed.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        let facets = Facets::NONE.with(Facet::OneOf(self.0));
        Sealed::new(self, facets)
    }
}

impl Rule for Known {
    fn code(&self) -> &'static str {
        "known"
    }
}

impl Apply<String> for Known {
    fn check(&self, value: &String) -> bool {
        self.0.contains(&value.as_str())
    }
}

/// Whether somebody is at home.
pub fn office_hours(caller: &Caller) -> Decision {
    Decision::allow_if(!caller.subject().is_empty())
}
