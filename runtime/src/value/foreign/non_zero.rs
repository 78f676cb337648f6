//! The whole numbers that are not zero.

use std::num::NonZero;

use crate::{
    policy::{Bound, Kind},
    value::{Limit, Order, Value},
};

macro_rules! non_zero {
    ($($integer:ident),+) => {
        $(
            impl Value for NonZero<$integer> {
                const KIND: Kind = Kind::Integer(Self::MIN.get() as i128, $integer::MAX as i128);
            }
            #[diagnostic::do_not_recommend]
            impl Order for NonZero<$integer> {
                #[inline]
                fn within(&self, lowest: Limit, highest: Limit) -> bool {
                    self.get().within(lowest, highest)
                }

                #[inline]
                fn is_multiple_of(&self, factor: Bound) -> bool {
                    Order::is_multiple_of(&self.get(), factor)
                }
            }
        )+
    };
}
non_zero!(u8, u16, u32, u64, usize, i8, i16, i32, i64, i128, isize);
