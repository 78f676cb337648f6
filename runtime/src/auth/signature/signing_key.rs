//! The private half of a key: what clients sign requests with.

use std::fmt;

use ring::{
    hmac,
    rand::SystemRandom,
    signature::{self, EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair},
};
use zeroize::{Zeroize, Zeroizing};

use super::key::registered;
use crate::auth::{Algorithm, KeyFault, Secret};

/// A key to sign with.
///
/// ```
/// use palisade::auth::{Algorithm, KeyFault, Secret, SigningKey};
///
/// // RFC 9421, appendix B.1.4: a key that everybody knows.
/// let text = Secret::new(String::from("-----BEGIN PRIVATE KEY-----\n\
///     MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n\
///     -----END PRIVATE KEY-----"));
/// let key = SigningKey::pem(Algorithm::EdDsa, &text)?;
/// assert_eq!(key.algorithm(), Algorithm::EdDsa);
/// assert_eq!(SigningKey::hmac(&Secret::new(*b"short")).err(), Some(KeyFault::SecretTooShort));
/// # Ok::<(), KeyFault>(())
/// ```
pub struct SigningKey {
    algorithm: Algorithm,
    material: Material,
}

enum Material {
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    Rsa(&'static dyn signature::RsaEncoding, RsaKeyPair),
    Hmac(hmac::Key),
}

/// The system gave no randomness, or the key cannot sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsigned;

impl SigningKey {
    /// A key from a PEM text with one `PRIVATE KEY` block (PKCS #8), for ES256, ES384, `EdDSA`, PS512 or RS256.
    ///
    /// # Errors
    /// When the text is no such block, or a key for another algorithm.
    pub fn pem<S: AsRef<str> + Zeroize>(algorithm: Algorithm, text: &Secret<S>) -> Result<Self, KeyFault> {
        let body =
            text.expose().as_ref().trim().strip_prefix("-----BEGIN PRIVATE KEY-----").ok_or(KeyFault::Malformed)?;
        let body = body.strip_suffix("-----END PRIVATE KEY-----").ok_or(KeyFault::Malformed)?;
        let base64: Zeroizing<Vec<u8>> =
            Zeroizing::new(body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect());
        let der = base64_simd::STANDARD.decode_to_vec(&*base64).map_err(|_| KeyFault::Malformed)?;
        Self::pkcs8(algorithm, &Secret::new(der))
    }

    /// A key from a PKCS #8 document, for ES256, ES384, `EdDSA`, PS512 or RS256.
    ///
    /// # Errors
    /// When the bytes are no such document, or a key for another algorithm.
    pub fn pkcs8<S: AsRef<[u8]> + Zeroize>(algorithm: Algorithm, document: &Secret<S>) -> Result<Self, KeyFault> {
        let document = document.expose().as_ref();
        registered(algorithm).ok_or(KeyFault::UnknownAlgorithm)?;
        let ecdsa = |curve| EcdsaKeyPair::from_pkcs8(curve, document, &SystemRandom::new()).map(Material::Ecdsa);
        let rsa = |padding| RsaKeyPair::from_pkcs8(document).map(|key| Material::Rsa(padding, key));
        let material = match algorithm {
            Algorithm::Es256 => ecdsa(&signature::ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::Es384 => ecdsa(&signature::ECDSA_P384_SHA384_FIXED_SIGNING),
            // The public half is left out by most who write such documents.
            Algorithm::EdDsa => Ed25519KeyPair::from_pkcs8_maybe_unchecked(document).map(Material::Ed25519),
            Algorithm::Ps512 => rsa(&signature::RSA_PSS_SHA512),
            Algorithm::Rs256 => rsa(&signature::RSA_PKCS1_SHA256),
            Algorithm::Rs384
            | Algorithm::Rs512
            | Algorithm::Ps256
            | Algorithm::Ps384
            | Algorithm::Hs256
            | Algorithm::Hs384
            | Algorithm::Hs512 => return Err(KeyFault::AlgorithmDoesNotFit),
        };
        // Which of the ways to be wrong it was says nothing that helps, and may say something of the key.
        Ok(Self { algorithm, material: material.map_err(|_| KeyFault::Malformed)? })
    }

    /// A key from a secret of at least 32 bytes, shared with the server, for HS256.
    ///
    /// # Errors
    /// When it is shorter.
    pub fn hmac<S: AsRef<[u8]> + Zeroize>(secret: &Secret<S>) -> Result<Self, KeyFault> {
        let secret = secret.expose().as_ref();
        if secret.len() < 32 {
            return Err(KeyFault::SecretTooShort);
        }
        Ok(Self { algorithm: Algorithm::Hs256, material: Material::Hmac(hmac::Key::new(hmac::HMAC_SHA256, secret)) })
    }

    /// The algorithm that it signs with.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unsigned> {
        let random = SystemRandom::new();
        match &self.material {
            Material::Ecdsa(key) => {
                key.sign(&random, message).map(|signature| signature.as_ref().to_vec()).map_err(|_| Unsigned)
            }
            Material::Ed25519(key) => Ok(key.sign(message).as_ref().to_vec()),
            Material::Rsa(padding, key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(*padding, &random, message, &mut signature).map_err(|_| Unsigned)?;
                Ok(signature)
            }
            Material::Hmac(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SigningKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}
