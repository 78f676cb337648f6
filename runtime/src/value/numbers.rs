//! Numbers that a cleaning step changes.

use super::{
    Limit, Order, View,
    order::{whole_highest, whole_lowest},
};
use crate::policy::Bound;

/// A number that a cleaning step may change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number that can be changed",
    label = "this rule changes numbers, and `{Self}` is none that it could change",
    note = "to clean what a list holds, write `each(..)`"
)]
pub trait EditNumber: Order {
    /// Brings the number between the two, unless it is absent or NaN. A bound that the type cannot hold is met from within.
    fn clamp_to(&mut self, min: Option<Bound>, max: Option<Bound>);
}

macro_rules! edited_integers {
    ($($integer:ty),+) => {
        $(impl EditNumber for $integer {
            #[inline]
            fn clamp_to(&mut self, min: Option<Bound>, max: Option<Bound>) {
                let lowest = min.and_then(|min| whole_lowest(Limit::To(min)));
                let highest = max.and_then(|max| whole_highest(Limit::To(max)));
                // `u128` beyond `i128::MAX` is above every bound that can be written.
                let value = i128::try_from(*self).unwrap_or(i128::MAX);
                let clamped = lowest.map_or(value, |lowest| value.max(lowest));
                let clamped = highest.map_or(clamped, |highest| clamped.min(highest));
                if clamped != value || (highest.is_some() && i128::try_from(*self).is_err()) {
                    *self = <$integer>::try_from(clamped).unwrap_or(*self);
                }
            }
        })+
    };
}
edited_integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

macro_rules! edited_floats {
    ($($float:ty),+) => {
        $(impl EditNumber for $float {
            #[inline]
            fn clamp_to(&mut self, min: Option<Bound>, max: Option<Bound>) {
                if let Some(min) = min.map(Bound::as_f64)
                    && f64::from(*self) < min
                {
                    let nearest = min as $float;
                    *self = if f64::from(nearest) < min { nearest.next_up() } else { nearest };
                }
                if let Some(max) = max.map(Bound::as_f64)
                    && max < f64::from(*self)
                {
                    let nearest = max as $float;
                    *self = if max < f64::from(nearest) { nearest.next_down() } else { nearest };
                }
            }
        })+
    };
}
edited_floats!(f32, f64);

#[diagnostic::do_not_recommend]
impl<T: EditNumber> EditNumber for Option<T> {
    #[inline]
    fn clamp_to(&mut self, min: Option<Bound>, max: Option<Bound>) {
        if let Some(value) = self {
            value.clamp_to(min, max);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: EditNumber> EditNumber for Box<T> {
    fn clamp_to(&mut self, min: Option<Bound>, max: Option<Bound>) {
        (**self).clamp_to(min, max);
    }
}

#[diagnostic::do_not_recommend]
impl EditNumber for View<'_> {
    fn clamp_to(&mut self, min: Option<Bound>, max: Option<Bound>) {
        match self {
            Self::Integer(value) => value.clamp_to(min, max),
            Self::Number(value) => value.clamp_to(min, max),
            Self::Text(_) | Self::Count(_) | Self::Other => {}
        }
    }
}
