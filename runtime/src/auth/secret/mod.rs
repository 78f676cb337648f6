//! A value that must not be printed, and that is wiped when it is dropped.

mod fault;
mod file;
mod reloading;
mod source;
mod variable;

use std::fmt;

use zeroize::Zeroize;

pub use self::{
    fault::SecretFault,
    file::SecretFile,
    reloading::Reloading,
    source::{SecretRead, SecretSource},
    variable::SecretVariable,
};

/// Holds a secret: no `Debug` or `Display` of the content, no serialization, no copy by accident, memory overwritten on drop.
///
/// ```
/// use palisade::auth::Secret;
///
/// let pepper = Secret::new(b"from the secret store".to_vec());
/// assert_eq!(format!("{pepper:?}"), "Secret(..)");
/// assert_eq!(pepper.expose().len(), 21);
/// ```
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes the value into custody.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The content. The name is long so that a reviewer can search for it.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The content, to fill it in.
    #[must_use]
    pub(in crate::auth) const fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_69_a_secret_shows_nothing_when_printed() {
        let holder = Some(Secret::new(String::from("hunter2")));
        assert_eq!(format!("{holder:?}"), "Some(Secret(..))");
        assert_eq!(format!("{holder:#?}"), "Some(\n    Secret(..),\n)");
    }

    #[test]
    fn rule_69_a_secret_is_wiped_when_it_is_dropped() {
        struct Watched<'a>(&'a std::cell::Cell<bool>);
        impl Zeroize for Watched<'_> {
            fn zeroize(&mut self) {
                self.0.set(true);
            }
        }
        let wiped = std::cell::Cell::new(false);
        drop(Secret::new(Watched(&wiped)));
        assert!(wiped.get());
    }
}
