//! A request that is signed: by whose key, and what the signature covers beyond what every signature must.

use super::Control;

/// The demand that a request is signed. Beside `auth`, both must hold.
#[derive(Debug, Clone, Copy)]
pub struct Signed {
    by: &'static str,
    covers: [&'static str; Self::MOST],
    count: usize,
}

impl Signed {
    /// How many components can be demanded beyond those of every signature.
    pub const MOST: usize = 8;

    /// Signed by a key of this scheme of the API.
    ///
    /// # Panics
    /// In const evaluation, when the name is empty.
    #[must_use]
    #[track_caller]
    pub const fn by(scheme: &'static str) -> Self {
        assert!(!scheme.is_empty(), "`signed`: name a scheme of the API, like `by = \"partner\"`");
        Self { by: scheme, covers: [""; Self::MOST], count: 0 }
    }

    /// The signature covers this component too (RFC 9421, section 2).
    ///
    /// # Panics
    /// In const evaluation, when there are eight already.
    #[must_use]
    #[track_caller]
    pub const fn covering(mut self, component: &'static str) -> Self {
        assert!(self.count < Self::MOST, "`signed`: `covers` lists at most 8 components");
        self.covers[self.count] = component;
        self.count += 1;
        self
    }

    /// The scheme whose key signs.
    #[must_use]
    pub const fn scheme(&self) -> &'static str {
        self.by
    }

    /// The components beyond those that every signature covers.
    #[must_use]
    pub const fn components(&self) -> &[&'static str] {
        self.covers.split_at(self.count).0
    }

    /// The control that demands it.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Signed(self)
    }
}
