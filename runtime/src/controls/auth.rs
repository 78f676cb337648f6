//! `auth = "api_key"`: the caller authenticated by this scheme of the API. Said twice, either will do; `and` demands both.

use crate::policy::{Access, Control, Requirement};

/// A scheme, by the name the API gave it. Without one, every scheme of the API is accepted.
///
/// `auth("oauth2", and = "mtls")` demands both together: the first says who the caller is.
///
/// ```
/// use palisade::{controls, policy::Control};
///
/// let both = controls::auth("oauth2").and("mtls").control();
/// assert!(matches!(both, Control::Requirement(both) if both.names() == ["oauth2", "mtls"]));
/// ```
#[must_use]
#[track_caller]
pub const fn auth(scheme: &'static str) -> Auth {
    Auth(Requirement::of(scheme))
}

/// The demand for a scheme, or several together.
#[derive(Debug, Clone, Copy)]
pub struct Auth(Requirement);

impl Auth {
    /// This scheme besides, in the same request.
    #[must_use]
    #[track_caller]
    pub const fn and(self, scheme: &'static str) -> Self {
        Self(self.0.and(scheme))
    }

    /// The control.
    #[must_use]
    pub const fn control(self) -> Control {
        Control::Requirement(self.0)
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
