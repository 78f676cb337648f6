//! An issuer of access tokens for tests, with real keys, so that the real verifier is what a test goes through.

use std::{fmt, sync::LazyLock};

use base64_simd::URL_SAFE_NO_PAD;
use ring::{
    hmac,
    rand::{SecureRandom, SystemRandom},
    rsa,
    signature::{
        self, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
        Ed25519KeyPair, KeyPair, RsaEncoding, RsaKeyPair,
    },
};
use serde_json::{Value, json};

use super::{IssuerServer, TokenBuilder};
use crate::auth::{Algorithm, Key, Keys, Secret, Tokens};

/// An issuer whose keys were made for this run. It signs anything it is asked to.
///
/// ```
/// use palisade::auth::{Algorithm, TokenError};
/// use palisade::testing::TestIssuer;
///
/// let id = TestIssuer::new("https://id.shop.example");
/// let tokens = id.tokens("https://api.shop.example");
/// let now = 1_800_000_000;
///
/// let good = id.token().subject("alice").scope("orders:read orders:write").expires_in(60).algorithm(Algorithm::Es256);
/// assert_eq!(tokens.verify(&good.sign(now), now)?.subject(), "alice");
///
/// let stranger = TestIssuer::new("https://id.shop.example");
/// assert_eq!(tokens.verify(&stranger.token().sign(now), now).unwrap_err(), TokenError::BadSignature);
///
/// let raw = id.sign_raw(Algorithm::EdDsa, r#"{"alg":"none"}"#, "{}");
/// assert_eq!(tokens.verify(&raw, now).unwrap_err(), TokenError::AlgorithmUnknown);
/// # Ok::<(), TokenError>(())
/// ```
pub struct TestIssuer {
    issuer: String,
    /// How often its keys were replaced.
    rotations: u32,
    ed25519: Ed25519KeyPair,
    p256: EcdsaKeyPair,
    p384: EcdsaKeyPair,
    secret: [u8; 64],
}

/// For tests only, and the same for every issuer: ring cannot make RSA keys. Everybody knows the private half.
static RSA: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    RsaKeyPair::from_pkcs8(include_bytes!("rsa_test_key.der")).expect("the embedded RSA test key is a PKCS#8 key")
});

impl TestIssuer {
    /// The audience of a token that names no other.
    pub const AUDIENCE: &'static str = "https://api.shop.example";

    /// An issuer with new keys.
    ///
    /// # Panics
    /// When the operating system gives no random bytes.
    #[must_use]
    pub fn new(issuer: impl Into<String>) -> Self {
        let random = SystemRandom::new();
        let ed25519 = Ed25519KeyPair::generate_pkcs8(&random).expect("random bytes for a test key");
        let mut secret = [0; 64];
        random.fill(&mut secret).expect("random bytes for a test secret");
        Self {
            issuer: issuer.into(),
            rotations: 0,
            ed25519: Ed25519KeyPair::from_pkcs8(ed25519.as_ref()).expect("ring reads what ring has written"),
            p256: ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING, &random),
            p384: ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING, &random),
            secret,
        }
    }

    /// The same issuer with new keys under new names, as after a rotation. RSA keys get a new name only.
    ///
    /// ```
    /// use palisade::testing::TestIssuer;
    ///
    /// let before = TestIssuer::new("https://id.shop.example");
    /// let after = before.rotated();
    /// let tokens = after.tokens(TestIssuer::AUDIENCE);
    /// assert!(tokens.verify(&after.token().sign(1_800_000_000), 1_800_000_000).is_ok());
    /// assert!(tokens.verify(&before.token().sign(1_800_000_000), 1_800_000_000).is_err());
    /// ```
    ///
    /// # Panics
    /// When the operating system gives no random bytes.
    #[must_use]
    pub fn rotated(&self) -> Self {
        Self { rotations: self.rotations.saturating_add(1), ..Self::new(self.issuer.as_str()) }
    }

    /// Its server, without a network: a [`Fetch`](crate::auth::Fetch) for `Tokens` and `Introspection`.
    #[must_use]
    pub fn server(&self) -> IssuerServer {
        IssuerServer::of(self)
    }

    /// Its identifier, as `iss` has it.
    #[must_use]
    pub fn identifier(&self) -> &str {
        &self.issuer
    }

    /// A verifier of this issuer's tokens, with nothing relaxed.
    #[must_use]
    pub fn tokens(&self, audience: &str) -> Tokens {
        Tokens::issuer(self.issuer.as_str()).audience(audience).keys(self.keys())
    }

    /// The public keys, one for each asymmetric algorithm.
    ///
    /// # Panics
    /// Never: the set is its own.
    #[must_use]
    pub fn keys(&self) -> Keys {
        Keys::jwks(&self.jwks()).expect("the issuer's own key set is a good one")
    }

    /// The secret that HS256, HS384 and HS512 are signed with, as keys of a set of their own.
    ///
    /// # Panics
    /// Never: the secret is long enough.
    #[must_use]
    pub fn symmetric_keys(&self) -> Keys {
        let key = |algorithm| {
            Key::hmac(algorithm, &Secret::new(self.secret)).map(|key| key.named(self.current_kid(algorithm)))
        };
        let keys: Result<Vec<_>, _> =
            Algorithm::ALL.into_iter().filter(|algorithm| algorithm.is_symmetric()).map(key).collect();
        Keys::new(keys.expect("the issuer's own secret is long enough")).expect("the issuer's own set is a good one")
    }

    /// The public keys as JWK Set.
    #[must_use]
    pub fn jwks(&self) -> String {
        let jwks: Vec<_> = Algorithm::ALL.into_iter().filter_map(|algorithm| self.jwk(algorithm)).collect();
        json!({ "keys": jwks }).to_string()
    }

    /// The name of the first key for an algorithm. It is the same for every test issuer, as it may be in real life.
    #[must_use]
    pub fn kid(algorithm: Algorithm) -> String {
        format!("test-{algorithm}")
    }

    /// The name of the key for an algorithm after its rotations.
    pub(super) fn current_kid(&self, algorithm: Algorithm) -> String {
        match self.rotations {
            0 => Self::kid(algorithm),
            rotations => format!("{}-{rotations}", Self::kid(algorithm)),
        }
    }

    /// A good token: `EdDSA`, for [`TestIssuer::AUDIENCE`], five minutes, no scope.
    pub fn token(&self) -> TokenBuilder<'_> {
        TokenBuilder::of(self)
    }

    /// Signs exactly these bytes, whatever they are: the door for tests of refusals.
    #[must_use]
    pub fn sign_raw(&self, algorithm: Algorithm, header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
        let signed = format!("{}.{}", base64url(header), base64url(claims));
        let signature = self.signature(algorithm, signed.as_bytes());
        format!("{signed}.{}", base64url(signature))
    }

    /// The signature of an algorithm over these bytes.
    ///
    /// # Panics
    /// When ring cannot sign, which needs a machine without random bytes.
    #[must_use]
    pub fn signature(&self, algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
        let ecdsa =
            |key: &EcdsaKeyPair| key.sign(&SystemRandom::new(), message).expect("a test key signs").as_ref().to_vec();
        let hmac = |hash| hmac::sign(&hmac::Key::new(hash, &self.secret), message).as_ref().to_vec();
        match algorithm {
            Algorithm::EdDsa => self.ed25519.sign(message).as_ref().to_vec(),
            Algorithm::Es256 => ecdsa(&self.p256),
            Algorithm::Es384 => ecdsa(&self.p384),
            Algorithm::Rs256 => rsa(&signature::RSA_PKCS1_SHA256, message),
            Algorithm::Rs384 => rsa(&signature::RSA_PKCS1_SHA384, message),
            Algorithm::Rs512 => rsa(&signature::RSA_PKCS1_SHA512, message),
            Algorithm::Ps256 => rsa(&signature::RSA_PSS_SHA256, message),
            Algorithm::Ps384 => rsa(&signature::RSA_PSS_SHA384, message),
            Algorithm::Ps512 => rsa(&signature::RSA_PSS_SHA512, message),
            Algorithm::Hs256 => hmac(hmac::HMAC_SHA256),
            Algorithm::Hs384 => hmac(hmac::HMAC_SHA384),
            Algorithm::Hs512 => hmac(hmac::HMAC_SHA512),
        }
    }

    fn jwk(&self, algorithm: Algorithm) -> Option<Value> {
        let ec = |key: &EcdsaKeyPair, curve: &str| {
            // The uncompressed point: a byte that says so, then both coordinates.
            let point = key.public_key().as_ref().get(1..).unwrap_or_default();
            let (x, y) = point.split_at(point.len() / 2);
            json!({"kty": "EC", "crv": curve, "x": base64url(x), "y": base64url(y)})
        };
        let mut jwk = match algorithm {
            Algorithm::EdDsa => json!({"kty": "OKP", "crv": "Ed25519", "x": base64url(self.ed25519.public_key())}),
            Algorithm::Es256 => ec(&self.p256, "P-256"),
            Algorithm::Es384 => ec(&self.p384, "P-384"),
            Algorithm::Rs256
            | Algorithm::Rs384
            | Algorithm::Rs512
            | Algorithm::Ps256
            | Algorithm::Ps384
            | Algorithm::Ps512 => {
                let rsa::PublicKeyComponents { n, e } = rsa::PublicKeyComponents::<Vec<u8>>::from(RSA.public());
                json!({"kty": "RSA", "n": base64url(n), "e": base64url(e)})
            }
            Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => return None,
        };
        let members = jwk.as_object_mut()?;
        members.insert("alg".into(), algorithm.name().into());
        members.insert("kid".into(), self.current_kid(algorithm).into());
        members.insert("use".into(), "sig".into());
        Some(jwk)
    }
}

fn ecdsa(algorithm: &'static EcdsaSigningAlgorithm, random: &SystemRandom) -> EcdsaKeyPair {
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, random).expect("random bytes for a test key");
    EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), random).expect("ring reads what ring has written")
}

fn rsa(encoding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; RSA.public().modulus_len()];
    RSA.sign(encoding, &SystemRandom::new(), message, &mut signature).expect("a test key signs");
    signature
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode_to_string(bytes)
}

impl fmt::Debug for TestIssuer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TestIssuer").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
