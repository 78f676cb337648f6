//! The files that were taken in, at hand while the type that holds them is decoded.
//!
//! Serde hands texts and numbers to a type, not values; a file is asked for by its number.

use std::{any::Any, cell::RefCell};

thread_local! {
    static HELD: RefCell<Vec<Option<Received>>> = const { RefCell::new(Vec::new()) };
}

/// A `File<K>` without its type.
pub(super) type Received = Box<dyn Any + Send>;

/// Runs `decode`, to which these files are at hand. Those that it does not take are dropped.
pub(super) fn holding<R>(files: Vec<Received>, decode: impl FnOnce() -> R) -> R {
    let before = HELD.replace(files.into_iter().map(Some).collect());
    let restored = Restored(Some(before));
    let decoded = decode();
    drop(restored);
    decoded
}

/// The file of this number, if it is one of this type.
pub(super) fn take<T: 'static>(index: u64) -> Option<T> {
    let index = usize::try_from(index).ok()?;
    let file = HELD.with_borrow_mut(|held| held.get_mut(index)?.take())?;
    file.downcast().ok().map(|file| *file)
}

/// Puts back what was held before, also when decoding panics.
struct Restored(Option<Vec<Option<Received>>>);

impl Drop for Restored {
    fn drop(&mut self) {
        // Dropped outside of the borrow: a sink may do what it likes.
        let left = self.0.take().map(|before| HELD.replace(before));
        drop(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_once_and_only_as_what_it_is() {
        let files: Vec<Received> = vec![Box::new(7_u8), Box::new("text")];
        holding(files, || {
            assert_eq!(take::<u8>(0), Some(7));
            assert_eq!(take::<u8>(0), None);
            assert_eq!(take::<u8>(1), None);
            assert_eq!(take::<u8>(2), None);
        });
        assert_eq!(take::<&str>(1), None);
    }
}
