//! Why a secret could not be read.

use std::{borrow::Cow, fmt};

/// Why a secret could not be read, in words for the one who runs the service. It never says what the secret is.
///
/// ```
/// use palisade::auth::SecretFault;
///
/// let fault = SecretFault::new("the vault is sealed: unseal it").of("pepper");
/// assert_eq!(fault.to_string(), "the secret `pepper`: the vault is sealed: unseal it");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretFault {
    place: Option<String>,
    what: Cow<'static, str>,
}

impl SecretFault {
    /// A fault in these words.
    #[must_use]
    pub fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self { place: None, what: what.into() }
    }

    /// The same, with the name of the file, variable or entry that should have held the secret.
    #[must_use]
    pub fn of(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }
}

impl fmt::Display for SecretFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(out, "the secret `{place}`: {}", self.what),
            None => out.write_str(&self.what),
        }
    }
}

impl std::error::Error for SecretFault {}
