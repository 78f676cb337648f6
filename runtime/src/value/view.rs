//! A value that was never decoded into its type, as rules see it while a refused request is explained.

use std::borrow::Cow;

use super::{Cleaned, EditText, Limit, Measure, Order, Text};
use crate::policy::Bound;

/// A scalar or the size of a collection, seen without its type.
#[derive(Debug, Clone, PartialEq)]
pub enum View<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i128),
    /// A number.
    Number(f64),
    /// A list or map with this many items or entries.
    Count(u64),
    /// Nothing that a built-in rule looks at.
    Other,
}

#[diagnostic::do_not_recommend]
impl Text for View<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_) | Self::Number(_) | Self::Count(_) | Self::Other => None,
        }
    }
}

#[diagnostic::do_not_recommend]
impl EditText for View<'_> {
    fn edit(&mut self, clean: impl Fn(&str) -> Cleaned) {
        if let Self::Text(text) = self {
            text.edit(clean);
        }
    }
}

#[diagnostic::do_not_recommend]
impl Measure for View<'_> {
    fn within(&self, min: u64, max: u64) -> bool {
        match self {
            Self::Text(text) => Measure::within(text, min, max),
            Self::Count(count) => min <= *count && *count <= max,
            Self::Integer(_) | Self::Number(_) | Self::Other => true,
        }
    }

    fn measured_text(&self) -> Option<&str> {
        self.text()
    }
}

#[diagnostic::do_not_recommend]
impl Order for View<'_> {
    fn within(&self, lowest: Limit, highest: Limit) -> bool {
        match self {
            Self::Integer(value) => Order::within(value, lowest, highest),
            Self::Number(value) => Order::within(value, lowest, highest),
            Self::Text(_) | Self::Count(_) | Self::Other => true,
        }
    }

    fn is_multiple_of(&self, factor: Bound) -> bool {
        match self {
            Self::Integer(value) => Order::is_multiple_of(value, factor),
            Self::Number(value) => Order::is_multiple_of(value, factor),
            Self::Text(_) | Self::Count(_) | Self::Other => true,
        }
    }
}
