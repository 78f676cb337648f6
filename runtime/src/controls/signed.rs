//! `signed(by = "partner", covers = ["x-tenant"])`: the request is signed, beside what `auth` demands.

use crate::policy::{Access, Control, Signed};

/// Demands a signature by a key of a scheme of the API. `by` has to be said; `covers` lists components that the signature covers
/// beyond `@method`, `@target-uri` and, with a body, `content-digest`: fields in lower case, `@authority`, `@path`, `@query`,
/// `@request-target` or `@scheme` (RFC 9421, section 2). A field that is listed has to be in the request.
///
/// Where `auth` is said too, on the endpoint or in the API's defaults, both must hold, and `auth` says who the caller is. Where it is
/// not, the signer is the caller; where the defaults say it and the signer should be the caller, write `auth = "partner"`.
///
/// ```
/// use palisade::{controls, policy::Control};
///
/// let signed = controls::signed().by("partner").covers(["x-tenant", "@query"]);
/// assert!(matches!(signed.control(), Control::Signed(signed) if signed.components() == ["x-tenant", "@query"]));
/// ```
#[must_use]
pub const fn signed() -> SignedWords {
    SignedWords { signed: None }
}

/// The words of the demand, until it is known who signs.
#[derive(Debug, Clone, Copy)]
pub struct SignedWords {
    signed: Option<Signed>,
}

impl SignedWords {
    /// The scheme whose keys sign.
    #[must_use]
    #[track_caller]
    pub const fn by(self, scheme: &'static str) -> Self {
        Self { signed: Some(Signed::by(scheme)) }
    }

    /// The signature covers these components too.
    ///
    /// # Panics
    /// In const evaluation, when `by` is not said in front of it, or one is no component.
    #[must_use]
    #[track_caller]
    pub const fn covers<const N: usize>(self, components: [&'static str; N]) -> Self {
        let Some(mut signed) = self.signed else { panic!("`signed`: say `by = \"partner\"` first, then `covers`") };
        let mut at = 0;
        while at < N {
            signed = signed.covering(components[at]);
            at += 1;
        }
        Self { signed: Some(signed) }
    }

    /// The control.
    ///
    /// # Panics
    /// In const evaluation, when nobody is said to sign.
    #[must_use]
    #[track_caller]
    pub const fn control(self) -> Control {
        match self.signed {
            Some(signed) => signed.control(),
            None => panic!("`signed`: say who signs, like `signed(by = \"partner\")`"),
        }
    }

    /// Refuses to be part of an access expression.
    ///
    /// # Panics
    /// In const evaluation, always.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn access(self) -> Access {
        panic!("`signed` says how a request comes, not who may send it: write it beside `allow`, as an entry of its own")
    }
}
