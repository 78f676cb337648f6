//! One key that tokens are verified with: its name, its one algorithm, its checked material.

use std::{fmt, sync::OnceLock};

use ring::{
    agreement, hmac,
    rand::SystemRandom,
    signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey},
};
use zeroize::Zeroize;

use super::{
    Algorithm, Curve, Primitive, json, jwk,
    jws::Kind,
    spki::{self, PublicKey},
};
use crate::auth::Secret;

/// The longest header that is kept, as the token has it, in bytes.
const LONGEST_SEEN_HEADER: usize = 512;

/// The longest `kid` that is looked at, in a key and in a token.
pub(super) const LONGEST_KID: usize = 256;

/// The largest text of one key that is read, in bytes: RSA with 8192 bits, and certificates.
const LARGEST_JWK: usize = 32 * 1024;

/// A verification key. Its algorithm is settled here, once; a token cannot choose another.
///
/// ```
/// use palisade::auth::{Algorithm, Key, KeyFault, Secret};
///
/// let text = "-----BEGIN PUBLIC KEY-----\n\
///     MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
///     -----END PUBLIC KEY-----";
/// let key = Key::pem(Algorithm::EdDsa, text)?.named("2026-11");
/// assert_eq!(key.kid(), Some("2026-11"));
///
/// // RFC 8037, appendix A.2
/// let key = Key::jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)?;
/// assert_eq!((key.kid(), key.algorithm()), (None, Algorithm::EdDsa));
///
/// assert_eq!(Key::pem(Algorithm::Es256, text).err(), Some(KeyFault::AlgorithmDoesNotFit));
/// assert_eq!(Key::hmac(Algorithm::Hs256, &Secret::new(*b"short")).err(), Some(KeyFault::SecretTooShort));
/// # Ok::<(), KeyFault>(())
/// ```
pub struct Key {
    kid: Option<String>,
    algorithm: Algorithm,
    material: Material,
    header: OnceLock<SeenHeader>,
}

/// The header of the first good token that this key was found for. The keys of a set never change, so that the same header means
/// the same.
struct SeenHeader {
    segment: Box<str>,
    kind: Kind,
}

enum Material {
    Public(UnparsedPublicKey<Vec<u8>>),
    Rsa(&'static RsaParameters, RsaPublicKeyComponents<Vec<u8>>),
    Hmac(hmac::Key),
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyFault {
    /// The text or the bytes are not a key in the expected form.
    Malformed,
    /// The key type, curve or algorithm is none that tokens are verified with here.
    UnknownAlgorithm,
    /// The key cannot be used with the algorithm said for it.
    AlgorithmDoesNotFit,
    /// `use` or `key_ops` keep it for something else than verifying.
    NotForSignatures,
    /// It is a private key.
    Private,
    /// The RSA modulus has fewer than 2048 or more than 8192 bits, or is even.
    RsaModulus,
    /// The RSA exponent is even, below 3 or above 33 bits.
    RsaExponent,
    /// The point is not on its curve.
    NotOnCurve,
    /// The HMAC secret is shorter than the hash.
    SecretTooShort,
    /// The HMAC secret is the text of a key, so that it would be known to everybody.
    SecretIsKeyText,
    /// The `kid` is longer than 256 bytes.
    KidTooLong,
}

impl Key {
    /// A key from a PEM text with one `PUBLIC KEY` block.
    pub fn pem(algorithm: Algorithm, text: &str) -> Result<Self, KeyFault> {
        Self::der(algorithm, &spki::pem(text)?)
    }

    /// A key from a `SubjectPublicKeyInfo` in DER.
    pub fn der(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, KeyFault> {
        Self::public(algorithm, &spki::der(bytes)?)
    }

    /// A key from the text of one JSON Web Key (RFC 7517), under its `kid`: what [`Keys::jwks`](super::Keys::jwks) takes several
    /// of.
    pub fn jwk(text: &str) -> Result<Self, KeyFault> {
        if LARGEST_JWK < text.len() {
            return Err(KeyFault::Malformed);
        }
        jwk::key(&json::object(text.as_bytes()).map_err(|_| KeyFault::Malformed)?)
    }

    /// A key from a secret shared with the issuer, at least as long as the hash.
    pub fn hmac<S: AsRef<[u8]> + Zeroize>(algorithm: Algorithm, secret: &Secret<S>) -> Result<Self, KeyFault> {
        let secret = secret.expose().as_ref();
        let Primitive::Hmac(hash) = algorithm.primitive() else { return Err(KeyFault::AlgorithmDoesNotFit) };
        if secret.trim_ascii_start().starts_with(b"-----BEGIN") {
            return Err(KeyFault::SecretIsKeyText);
        }
        if secret.len() < hash.digest_algorithm().output_len() {
            return Err(KeyFault::SecretTooShort);
        }
        Ok(Self {
            kid: None,
            algorithm,
            material: Material::Hmac(hmac::Key::new(hash, secret)),
            header: OnceLock::new(),
        })
    }

    /// The same key under a name, which tokens give as `kid`.
    #[must_use]
    pub fn named(self, kid: impl Into<String>) -> Self {
        Self { kid: Some(kid.into()), header: OnceLock::new(), ..self }
    }

    /// The name of the key. A key without one answers to every `kid` that no other key has.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The one algorithm it verifies.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(super) fn public(algorithm: Algorithm, key: &PublicKey<'_>) -> Result<Self, KeyFault> {
        let material = match (algorithm.primitive(), key) {
            (Primitive::Ecdsa(wanted), PublicKey::Ecdsa { curve, point }) if wanted == *curve => ecdsa(wanted, point)?,
            (Primitive::Ed25519, PublicKey::Ed25519(bytes)) => ed25519(bytes)?,
            (Primitive::Rsa(parameters), PublicKey::Rsa { modulus, exponent }) => rsa(parameters, modulus, exponent)?,
            (Primitive::Ecdsa(_) | Primitive::Ed25519 | Primitive::Rsa(_) | Primitive::Hmac(_), _) => {
                return Err(KeyFault::AlgorithmDoesNotFit);
            }
        };
        Ok(Self { kid: None, algorithm, material, header: OnceLock::new() })
    }

    /// The `typ` of the header that was seen with this key, if it is this one.
    pub(super) fn kind_of_header(&self, segment: &str) -> Option<&Kind> {
        self.header.get().filter(|seen| *seen.segment == *segment).map(|seen| &seen.kind)
    }

    /// Takes note of the header of a token whose signature is good by this key: nobody else can fill the place.
    pub(super) fn saw_header(&self, segment: &str, kind: &Kind) {
        if self.header.get().is_none() && segment.len() <= LONGEST_SEEN_HEADER {
            // Another thread may have been faster, with what is as good.
            let _ = self.header.set(SeenHeader { segment: segment.into(), kind: kind.clone() });
        }
    }

    /// Whether the two verify the same signatures under the same name. Of secrets it is not told.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let material = match (&self.material, &other.material) {
            (Material::Public(one), Material::Public(other)) => one.as_ref() == other.as_ref(),
            (Material::Rsa(_, one), Material::Rsa(_, other)) => one.n == other.n && one.e == other.e,
            (Material::Public(_) | Material::Rsa(..) | Material::Hmac(_), _) => false,
        };
        material && self.kid == other.kid && self.algorithm == other.algorithm
    }

    /// Whether `signature` over `message` is by this key.
    pub(in crate::auth) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Public(key) => key.verify(message, signature).is_ok(),
            Material::Rsa(parameters, key) => key.verify(parameters, message, signature).is_ok(),
            Material::Hmac(key) => hmac::verify(key, message, signature).is_ok(),
        }
    }
}

fn ecdsa(curve: Curve, point: &[u8]) -> Result<Material, KeyFault> {
    // Fixed width only: the ASN.1 form of a signature has many spellings of the same value.
    let (verification, exchange): (&signature::EcdsaVerificationAlgorithm, _) = match curve {
        Curve::P256 => (&signature::ECDSA_P256_SHA256_FIXED, &agreement::ECDH_P256),
        Curve::P384 => (&signature::ECDSA_P384_SHA384_FIXED, &agreement::ECDH_P384),
    };
    // ring checks the point at each verification. A key exchange makes it check the point now, so that a
    // broken key is reported when it is loaded and not as a bad signature for each token.
    let partner = agreement::UnparsedPublicKey::new(exchange, point);
    agreement::EphemeralPrivateKey::generate(exchange, &SystemRandom::new())
        .and_then(|private| agreement::agree_ephemeral(private, &partner, |_| ()))
        .map_err(|_| KeyFault::NotOnCurve)?;
    Ok(Material::Public(UnparsedPublicKey::new(verification, point.to_vec())))
}

fn ed25519(bytes: &[u8]) -> Result<Material, KeyFault> {
    if bytes.len() != 32 {
        return Err(KeyFault::Malformed);
    }
    Ok(Material::Public(UnparsedPublicKey::new(&signature::ED25519, bytes.to_vec())))
}

fn rsa(parameters: &'static RsaParameters, modulus: &[u8], exponent: &[u8]) -> Result<Material, KeyFault> {
    // DER needs a leading zero where the top bit is set, and some issuers keep it in their JWKs.
    let (modulus, exponent) = (without_zeros(modulus), without_zeros(exponent));
    let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    if !(2048..=8192).contains(&bit_length(modulus)) || !odd(modulus) {
        return Err(KeyFault::RsaModulus);
    }
    if !(2..=33).contains(&bit_length(exponent)) || !odd(exponent) {
        return Err(KeyFault::RsaExponent);
    }
    Ok(Material::Rsa(parameters, RsaPublicKeyComponents { n: modulus.to_vec(), e: exponent.to_vec() }))
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

/// Bits of a big-endian number without leading zero bytes.
fn bit_length(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Key").field("kid", &self.kid).field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "the key cannot be read: give a JWK or a `PUBLIC KEY` block",
            Self::UnknownAlgorithm => {
                "the key has no algorithm known here: use P-256, P-384, Ed25519, RSA or `oct` with `alg`"
            }
            Self::AlgorithmDoesNotFit => "the key does not fit its algorithm: name the algorithm the issuer signs with",
            Self::NotForSignatures => "`use` or `key_ops` forbid to verify with this key: use the issuer's signing key",
            Self::Private => "this is a private key: give the public half only",
            Self::RsaModulus => "the RSA modulus is refused: it must be odd and have 2048 to 8192 bits",
            Self::RsaExponent => "the RSA exponent is refused: it must be odd, at least 3 and at most 33 bits",
            Self::NotOnCurve => "the point is not on its curve: export the key again",
            Self::SecretTooShort => "the HMAC secret is shorter than its hash: use at least 32, 48 or 64 random bytes",
            Self::SecretIsKeyText => "the HMAC secret is the text of a key: load that key with `Key::pem`",
            Self::KidTooLong => "the `kid` is longer than 256 bytes: choose a shorter one",
        })
    }
}

impl std::error::Error for KeyFault {}

#[cfg(test)]
mod tests {
    use super::*;

    fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Option<KeyFault> {
        Key::public(Algorithm::Rs256, &PublicKey::Rsa { modulus, exponent }).err()
    }

    #[test]
    fn rule_23_rsa_sizes_and_exponents_are_bounded() {
        let modulus = |bytes: usize| [vec![0x80], vec![1; bytes - 1]].concat();
        let good = modulus(256);
        assert_eq!(rsa_key(&good, &[1, 0, 1]), None);
        assert_eq!(rsa_key(&good, &[3]), None);
        assert_eq!(rsa_key(&[&[0], &good[..]].concat(), &[0, 1, 0, 1]), None);
        for exponent in [&[][..], &[0], &[1], &[2], &[1, 0, 0], &[4, 0, 0, 0, 1]] {
            assert_eq!(rsa_key(&good, exponent), Some(KeyFault::RsaExponent), "{exponent:?}");
        }
        assert_eq!(rsa_key(&modulus(255), &[3]), Some(KeyFault::RsaModulus));
        assert_eq!(rsa_key(&modulus(128), &[3]), Some(KeyFault::RsaModulus));
        assert_eq!(rsa_key(&[&[0x7f], &good[1..]].concat(), &[3]), Some(KeyFault::RsaModulus));
        assert_eq!(rsa_key(&modulus(1024), &[3]), None);
        assert_eq!(rsa_key(&modulus(1025), &[3]), Some(KeyFault::RsaModulus));
        assert_eq!(rsa_key(&[&good[..255], &[2]].concat(), &[3]), Some(KeyFault::RsaModulus));
        assert_eq!(rsa_key(&[], &[3]), Some(KeyFault::RsaModulus));
    }

    #[test]
    fn rule_23_a_point_off_the_curve_is_refused_when_it_is_loaded() {
        for (algorithm, curve) in [(Algorithm::Es256, Curve::P256), (Algorithm::Es384, Curve::P384)] {
            let point = [vec![4], vec![1; 2 * curve.coordinate()]].concat();
            let key = Key::public(algorithm, &PublicKey::Ecdsa { curve, point: &point });
            assert_eq!(key.err(), Some(KeyFault::NotOnCurve));
        }
    }

    #[test]
    fn rule_23_a_weak_blank_or_public_secret_is_refused() {
        let weak = |secret: &[u8]| Key::hmac(Algorithm::Hs256, &Secret::new(secret.to_vec())).err();
        assert_eq!(weak(b""), Some(KeyFault::SecretTooShort));
        assert_eq!(weak(&[7; 31]), Some(KeyFault::SecretTooShort));
        assert_eq!(weak(&[7; 32]), None);
        assert_eq!(Key::hmac(Algorithm::Hs512, &Secret::new([7; 63])).err(), Some(KeyFault::SecretTooShort));
        assert_eq!(weak(b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9E"), Some(KeyFault::SecretIsKeyText));
        assert_eq!(Key::hmac(Algorithm::Rs256, &Secret::new([7; 64])).err(), Some(KeyFault::AlgorithmDoesNotFit));
    }

    #[test]
    fn rule_23_a_curve_belongs_to_one_algorithm() {
        let point = [4; 65];
        let key = Key::public(Algorithm::Es384, &PublicKey::Ecdsa { curve: Curve::P256, point: &point });
        assert_eq!(key.err(), Some(KeyFault::AlgorithmDoesNotFit));
    }
}
