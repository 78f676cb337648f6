//! Whether fields are there, one or several at a time: what rules between fields ask.

/// A field that may be absent, or references to several of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is always there",
    label = "this rule is about fields that may be absent",
    note = "a field that may be absent is an `Option`"
)]
pub trait Presence {
    /// How many of them are there.
    fn count(&self) -> usize;
}

impl<T> Presence for Option<T> {
    #[inline]
    fn count(&self) -> usize {
        usize::from(self.is_some())
    }
}

impl<T: Presence + ?Sized> Presence for &T {
    #[inline]
    fn count(&self) -> usize {
        (**self).count()
    }
}

macro_rules! several {
    ($($one:ident)+) => {
        impl<$($one: Presence),+> Presence for ($($one,)+) {
            #[inline]
            #[expect(non_snake_case, reason = "a type and its value share their letter")]
            fn count(&self) -> usize {
                let ($($one,)+) = self;
                0 $(+ $one.count())+
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
