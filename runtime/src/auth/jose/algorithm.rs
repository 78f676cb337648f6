//! The signature algorithms a token may be signed with: one table row for each.

use std::fmt;

use ring::{hmac, signature};

/// A JWS algorithm (RFC 7518, RFC 8037). It belongs to a key; a token can only agree with it.
///
/// ```
/// use palisade::auth::Algorithm;
///
/// assert_eq!(Algorithm::named("ES256"), Some(Algorithm::Es256));
/// assert_eq!(Algorithm::named("none"), None);
/// assert_eq!(Algorithm::EdDsa.name(), "EdDSA");
/// assert!(Algorithm::Hs256.is_symmetric());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519. A token may also call it `Ed25519` (RFC 9864).
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
}

/// What ring needs to verify with an algorithm, and with it the kind of key.
pub(super) enum Primitive {
    Ecdsa(Curve),
    Ed25519,
    Rsa(&'static signature::RsaParameters),
    Hmac(hmac::Algorithm),
}

/// A curve that ECDSA is used on here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 12] = [
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
    ];

    /// The algorithm with this `alg` value, compared exactly. There is no row for `none`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == "Ed25519" {
            return Some(Self::EdDsa);
        }
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The `alg` value.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// Whether the verifier holds the same secret as the signer.
    #[must_use]
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }

    pub(super) const fn primitive(self) -> Primitive {
        match self {
            Self::Es256 => Primitive::Ecdsa(Curve::P256),
            Self::Es384 => Primitive::Ecdsa(Curve::P384),
            Self::EdDsa => Primitive::Ed25519,
            Self::Rs256 => Primitive::Rsa(&signature::RSA_PKCS1_2048_8192_SHA256),
            Self::Rs384 => Primitive::Rsa(&signature::RSA_PKCS1_2048_8192_SHA384),
            Self::Rs512 => Primitive::Rsa(&signature::RSA_PKCS1_2048_8192_SHA512),
            Self::Ps256 => Primitive::Rsa(&signature::RSA_PSS_2048_8192_SHA256),
            Self::Ps384 => Primitive::Rsa(&signature::RSA_PSS_2048_8192_SHA384),
            Self::Ps512 => Primitive::Rsa(&signature::RSA_PSS_2048_8192_SHA512),
            Self::Hs256 => Primitive::Hmac(hmac::HMAC_SHA256),
            Self::Hs384 => Primitive::Hmac(hmac::HMAC_SHA384),
            Self::Hs512 => Primitive::Hmac(hmac::HMAC_SHA512),
        }
    }
}

impl Curve {
    /// The JWK `crv` value.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    /// Bytes of one coordinate.
    pub(super) const fn coordinate(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_21_none_is_no_algorithm_in_any_case() {
        for name in ["none", "None", "nOnE", "NONE", "", "es256", "ES256 ", "HS1", "ES256K", "ES512"] {
            assert_eq!(Algorithm::named(name), None, "{name:?}");
        }
    }

    #[test]
    fn every_algorithm_is_found_by_its_name() {
        for algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::named(algorithm.name()), Some(algorithm));
        }
    }
}
