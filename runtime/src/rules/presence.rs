//! Whether fields are there, one or several at a time: what rules between fields ask.

/// A field that may be absent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is always there",
    label = "this rule is about fields that may be absent",
    note = "a field that may be absent is an `Option`"
)]
pub trait Presence {
    /// Whether it is there.
    fn is_there(&self) -> bool;
}

impl<T> Presence for Option<T> {
    #[inline]
    fn is_there(&self) -> bool {
        self.is_some()
    }
}

/// The fields that a rule between fields mentions: references to some that may be absent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are more fields than one rule takes",
    label = "this rule takes up to twelve fields",
    note = "put the fields into a type of their own"
)]
pub trait Presences {
    /// How many of them are there.
    fn count(&self) -> usize;
}

macro_rules! several {
    ($($one:ident)+) => {
        impl<$($one: Presence),+> Presences for ($(&$one,)+) {
            #[inline]
            #[expect(non_snake_case, reason = "a type and its value share their letter")]
            fn count(&self) -> usize {
                let ($($one,)+) = self;
                0 $(+ usize::from($one.is_there()))+
            }
        }
    };
}
several!(A);
several!(A B);
several!(A B C);
several!(A B C D);
several!(A B C D E);
several!(A B C D E F);
several!(A B C D E F G);
several!(A B C D E F G H);
several!(A B C D E F G H I);
several!(A B C D E F G H I J);
several!(A B C D E F G H I J K);
several!(A B C D E F G H I J K L);
