//! Whose a value is.

use super::Key;

/// What says whose a value is: the field with `#[secure(owner)]`.
///
/// A text, number or other [`Key`] is the subject of its owner, as the caller's credential spells it. A subject is unique
/// for its issuer only: where callers of several issuers meet, or API keys share subjects with tokens, say the issuer as
/// well, with a type of your own.
///
/// ```
/// use palisade::value::Owner;
///
/// struct Account { issuer: String, subject: String }
///
/// impl Owner for Account {
///     fn is(&self, issuer: &str, subject: &str) -> bool {
///         self.issuer == issuer && self.subject == subject
///     }
/// }
///
/// let account = Account { issuer: "https://id.shop.example".into(), subject: "ada".into() };
/// assert!(account.is("https://id.shop.example", "ada"));
/// assert!(!account.is("urn:palisade:api-key", "ada"));
/// assert!("ada".is("https://id.shop.example", "ada"));
/// assert!(!None::<String>.is("https://id.shop.example", "ada"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who owns a value",
    label = "no subject is spelled like this",
    note = "an owner is a text, a whole number, a newtype around one that derives `Secure`, or a type that implements `palisade::value::Owner`"
)]
pub trait Owner {
    /// Whether it is this subject of this issuer.
    fn is(&self, issuer: &str, subject: &str) -> bool;
}

impl<K: Key + ?Sized> Owner for K {
    fn is(&self, _issuer: &str, subject: &str) -> bool {
        self.spell(|owner| owner == subject)
    }
}

/// What nobody owns is nobody's.
impl<K: Key> Owner for Option<K> {
    fn is(&self, issuer: &str, subject: &str) -> bool {
        self.as_ref().is_some_and(|owner| owner.is(issuer, subject))
    }
}
