//! `port`: the number of a port that a host can be reached at, 1 to 65,535 (RFC 6335, section 6: 0 is reserved).
//!
//! It is for numbers. A port in a path or a query is a number once it is decoded, and in a text it belongs to
//! [`url`](super::url).
//!
//! ```
//! use palisade::rules::{Apply, port::Port};
//!
//! const RULE: Port = Port::new().seal().into_rule();
//! assert!(RULE.check(&443_u16));
//! assert!(!RULE.check(&0_u16));
//! assert!(!RULE.check(&65_536_u32));
//! ```

use std::fmt;

use super::{Apply, Rule, Sealed};
use crate::{
    policy::{Bound, Facet, Facets},
    value::{Limit, Order, View},
};

const LOWEST: Bound = Bound::Whole(1);
const HIGHEST: Bound = Bound::Whole(65_535);

/// The rule `port`.
#[derive(Debug, Clone, Copy)]
pub struct Port;

impl Port {
    /// The rule; it takes no arguments.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// The rule with its bounds.
    #[must_use]
    pub const fn seal(self) -> Sealed<Self> {
        Sealed::new(self, Facets::NONE.with(Facet::Minimum(LOWEST)).with(Facet::Maximum(HIGHEST)))
    }
}

impl Rule for Port {
    fn code(&self) -> &'static str {
        "port"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a port from 1 to 65535")
    }

    fn check_view(&self, view: &View<'_>) -> bool {
        self.check(view)
    }
}

impl<T: Order + ?Sized> Apply<T> for Port {
    #[inline]
    fn check(&self, value: &T) -> bool {
        value.within(Limit::To(LOWEST), Limit::To(HIGHEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_has_sixteen_bits_and_is_not_zero() {
        for number in [1_i64, 80, 443, 65_535] {
            assert!(Port.check(&number), "{number}");
        }
        for number in [i64::MIN, -1, 0, 65_536, i64::MAX] {
            assert!(!Port.check(&number), "{number}");
        }
        assert!(Port.check(&None::<u16>));
    }
}
