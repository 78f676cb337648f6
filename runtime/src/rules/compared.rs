//! What rules between fields ask of two values: whether they are equal, which is less, whether a condition holds. Traits
//! of our own, so that rustc says what the rule needs.

/// A value that may equal another.
#[diagnostic::on_unimplemented(
    message = "`{Self}` and `{U}` are never equal",
    label = "this rule compares fields of one type",
    note = "give both fields the same type; one of your own derives `PartialEq`"
)]
pub trait Comparable<U: ?Sized> {
    /// Whether the two are equal.
    fn equals(&self, other: &U) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: PartialEq<U> + ?Sized, U: ?Sized> Comparable<U> for T {
    #[inline]
    fn equals(&self, other: &U) -> bool {
        self == other
    }
}

/// A value that may be less than another.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither less nor greater than `{U}`",
    label = "this rule compares fields of one type",
    note = "give both fields the same type; one of your own derives `PartialEq` and `PartialOrd`"
)]
pub trait Ordered<U: ?Sized> {
    /// Whether it is less.
    fn is_below(&self, other: &U) -> bool;
    /// Whether it is greater.
    fn is_above(&self, other: &U) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: PartialOrd + ?Sized> Ordered<T> for T {
    #[inline]
    fn is_below(&self, other: &T) -> bool {
        self < other
    }

    #[inline]
    fn is_above(&self, other: &T) -> bool {
        other < self
    }
}

// A value that may be absent beside one that is always there. What is absent is not compared.
#[diagnostic::do_not_recommend]
impl<T: PartialOrd> Ordered<T> for Option<T> {
    #[inline]
    fn is_below(&self, other: &T) -> bool {
        self.as_ref().is_none_or(|value| value < other)
    }

    #[inline]
    fn is_above(&self, other: &T) -> bool {
        self.as_ref().is_none_or(|value| other < value)
    }
}

#[diagnostic::do_not_recommend]
impl<T: PartialOrd> Ordered<Option<T>> for T {
    #[inline]
    fn is_below(&self, other: &Option<T>) -> bool {
        other.as_ref().is_none_or(|other| self < other)
    }

    #[inline]
    fn is_above(&self, other: &Option<T>) -> bool {
        other.as_ref().is_none_or(|other| other < self)
    }
}

/// A condition on fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no condition",
    label = "this rule takes a condition, as in `required_if(kind == Kind::Company)`",
    note = "to ask whether another field is there, write `required_with(field)`"
)]
pub trait Condition {
    /// Whether it holds.
    fn is_met(&self) -> bool;
}

#[diagnostic::do_not_recommend]
impl Condition for bool {
    #[inline]
    fn is_met(&self) -> bool {
        *self
    }
}
