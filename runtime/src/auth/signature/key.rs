//! The keys of those who sign, and what they may do.

use crate::auth::{Algorithm, Key};

/// A key that somebody signs requests with, whose it is, and what its signatures are good for.
///
/// Two keys of one owner are two entries: that is how a key is replaced. Without scopes and roles a signature only says who
/// sends a request.
///
/// ```
/// use palisade::auth::{Algorithm, Key, SignatureKey};
///
/// let pem = "-----BEGIN PUBLIC KEY-----\n\
///     MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n\
///     -----END PUBLIC KEY-----";
/// let key = SignatureKey::new("acme", Key::pem(Algorithm::EdDsa, pem)?.named("acme-2026")).scopes(["orders:write"]);
/// assert_eq!((key.owner(), key.id()), ("acme", Some("acme-2026")));
/// # Ok::<(), palisade::auth::KeyFault>(())
/// ```
#[derive(Debug)]
pub struct SignatureKey {
    pub(super) key: Key,
    owner: String,
    scopes: Vec<String>,
    roles: Vec<String>,
}

impl SignatureKey {
    /// A key of somebody's. Its name is the `keyid` that signatures give.
    #[must_use]
    pub fn new(owner: impl Into<String>, key: Key) -> Self {
        Self { key, owner: owner.into(), scopes: Vec::new(), roles: Vec::new() }
    }

    /// The scopes that its signatures carry.
    #[must_use]
    pub fn scopes<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { scopes: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// The roles that its signatures carry.
    #[must_use]
    pub fn roles<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { roles: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Whose it is.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The `keyid`.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.key.kid()
    }

    /// The names of its scopes.
    pub fn scope_names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    /// The names of its roles.
    pub fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(String::as_str)
    }
}

/// What RFC 9421, section 6.2 calls an algorithm; nothing for those that are not registered there.
pub(super) const fn registered(algorithm: Algorithm) -> Option<&'static str> {
    match algorithm {
        Algorithm::Es256 => Some("ecdsa-p256-sha256"),
        Algorithm::Es384 => Some("ecdsa-p384-sha384"),
        Algorithm::EdDsa => Some("ed25519"),
        Algorithm::Ps512 => Some("rsa-pss-sha512"),
        Algorithm::Rs256 => Some("rsa-v1_5-sha256"),
        Algorithm::Hs256 => Some("hmac-sha256"),
        Algorithm::Rs384
        | Algorithm::Rs512
        | Algorithm::Ps256
        | Algorithm::Ps384
        | Algorithm::Hs384
        | Algorithm::Hs512 => None,
    }
}
