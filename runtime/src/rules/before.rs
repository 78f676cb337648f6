//! `before("2030-01-01T00:00:00Z")`: a date or time before this one, which is read when the crate is compiled.
//!
//! The literal is a date or a date with time and offset (RFC 3339, section 5.6). A date counts from its first moment in
//! UTC, on both sides.
//!
//! ```
//! use palisade::{rules::{Apply, before::Before}, value::Moment};
//!
//! const RULE: Before = Before::new("2030-01-01").seal().into_rule();
//! assert!(RULE.check(&Moment::parse("2029-12-31T23:59:59.999Z")));
//! assert!(!RULE.check(&Moment::parse("2030-01-01T00:00:00Z")));
//! ```

use std::fmt;

use super::{Apply, Parameter, Rule, Sealed};
use crate::{
    policy::{Facet, Facets},
    value::{Moment, Temporal, View},
};

/// The rule `before`.
#[derive(Debug, Clone, Copy)]
pub struct Before {
    written: &'static str,
    moment: Option<Moment>,
}

impl Before {
    /// Before the moment that is written here.
    #[must_use]
    pub const fn new(moment: &'static str) -> Self {
        Self { written: moment, moment: Moment::parse(moment) }
    }

    /// The rule, once its literal makes sense.
    ///
    /// # Panics
    /// In const evaluation, when the literal is neither a date nor a date with time and offset.
    #[must_use]
    #[track_caller]
    pub const fn seal(self) -> Sealed<Self> {
        assert!(
            self.moment.is_some(),
            "`before`: write a date like \"2030-01-01\", or a time with its offset like \"2030-01-01T00:00:00Z\""
        );
        Sealed::new(self, Facets::NONE.with(Facet::Custom("before")))
    }
}

impl Rule for Before {
    fn code(&self) -> &'static str {
        "before"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be before {}", self.written)
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("moment", Parameter::Text(self.written));
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Temporal + ?Sized> Apply<T> for Before {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.moment().is_none_or(|moment| self.moment.is_some_and(|bound| moment < bound))
    }
}
