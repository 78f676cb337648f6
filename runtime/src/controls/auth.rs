//! `auth = "api_key"`: the caller authenticated by this scheme of the API. Said twice, either will do.

use crate::policy::{Access, Control};

/// A scheme, by the name the API gave it. Without one, every scheme of the API is accepted.
///
/// ```
/// use palisade::{controls, policy::Control};
///
/// assert!(matches!(controls::auth("api_key").control(), Control::Scheme("api_key")));
/// ```
#[must_use]
#[track_caller]
pub const fn auth(scheme: &'static str) -> Auth {
    assert!(!scheme.is_empty(), "`auth`: name a scheme of the API, like \"oauth2\"");
    Auth(scheme)
}

/// The demand for a scheme.
#[derive(Debug, Clone, Copy)]
pub struct Auth(&'static str);

impl Auth {
    /// The control.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Scheme(self.0)
    }

    /// Refuses to be part of an access expression.
    ///
    /// # Panics
    /// In const evaluation, always.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn access(self) -> Access {
        panic!("`auth` says by which scheme, not who: write it beside `allow`, as an entry of its own")
    }
}
