//! The keys of one issuer, and which of them a token means.

use std::fmt;

use serde_json::Value;

use super::{Algorithm, Key, KeyFault, json, jwk, jws::Kind, key::LONGEST_KID};
use crate::auth::TokenError;

/// The largest JWK Set that is read, in bytes.
const LARGEST_SET: usize = 512 * 1024;

/// How many keys a set may hold.
const MOST_KEYS: usize = 128;

/// The keys of one issuer: all symmetric or all asymmetric, each name once.
///
/// ```
/// use palisade::auth::Keys;
///
/// let keys = Keys::jwks(r#"{"keys": [
///     {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "now"},
///     {"kty": "EC", "crv": "secp256k1", "x": "", "y": "", "kid": "other"}
/// ]}"#)?;
/// assert_eq!(keys.iter().filter_map(|key| key.kid()).collect::<Vec<_>>(), ["now"]);
/// assert_eq!(keys.skipped()[0].kid(), Some("other"));
/// # Ok::<(), palisade::auth::KeySetError>(())
/// ```
#[derive(Debug)]
pub struct Keys {
    keys: Vec<Key>,
    skipped: Vec<Skipped>,
}

/// A key of a JWK Set that was left out, and why. Report it: a token signed with it will be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    index: usize,
    kid: Option<String>,
    fault: KeyFault,
}

/// Why a set of keys is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySetError {
    /// The text is not a JWK Set of at most 512 KiB.
    NotAKeySet,
    /// It has more than 128 keys.
    TooManyKeys,
    /// Nothing in it can be used; what was left out is listed.
    NoUsableKey(Vec<Skipped>),
    /// Two keys have the same `kid`.
    DuplicateKid(String),
    /// It has secrets and public keys.
    SymmetricAndAsymmetric,
}

impl Keys {
    /// A set of keys that are at hand.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Result<Self, KeySetError> {
        Self::checked(keys.into_iter().collect(), Vec::new())
    }

    /// The keys of a JWK Set (RFC 7517, section 5). A key that cannot be used is left out and reported.
    pub fn jwks(text: &str) -> Result<Self, KeySetError> {
        if text.len() > LARGEST_SET {
            return Err(KeySetError::NotAKeySet);
        }
        let set = json::object(text.as_bytes()).map_err(|_| KeySetError::NotAKeySet)?;
        let Some(Value::Array(list)) = set.get("keys") else { return Err(KeySetError::NotAKeySet) };
        if list.len() > MOST_KEYS {
            return Err(KeySetError::TooManyKeys);
        }
        let (mut keys, mut skipped) = (Vec::new(), Vec::new());
        for (index, entry) in list.iter().enumerate() {
            match entry.as_object().ok_or(KeyFault::Malformed).and_then(jwk::key) {
                Ok(key) => keys.push(key),
                Err(fault) => skipped.push(Skipped { index, kid: short_kid(entry), fault }),
            }
        }
        Self::checked(keys, skipped)
    }

    /// The keys, in the order they were given.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }

    /// The keys of the JWK Set that were left out.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Whether a key of the other set is not here, or is another by now.
    pub(in crate::auth) fn lacks_some_of(&self, other: &Self) -> bool {
        !other.keys.iter().all(|key| self.keys.iter().any(|ours| ours.is_same(key)))
    }

    /// The key that was meant by a token with this very header, and its `typ`. Nearly all tokens of an issuer have the same.
    pub(super) fn with_header(&self, segment: &str) -> Option<(&Key, &Kind)> {
        self.keys.iter().find_map(|key| Some((key, key.kind_of_header(segment)?)))
    }

    /// The key that a token with this header means. The algorithm is compared, never followed.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<&Key, TokenError> {
        if let Some(kid) = kid
            && let Some(key) = self.keys.iter().find(|key| key.kid() == Some(kid))
        {
            return if key.algorithm() == algorithm { Ok(key) } else { Err(TokenError::AlgorithmMismatch) };
        }
        // Without a name to go by there must be no choice: trying keys in turn would make the set's
        // weakest key good for every token. A `kid` nobody has can still mean a key that has none.
        let mut candidates = self.keys.iter().filter(|key| kid.is_none() || key.kid().is_none()).peekable();
        if candidates.peek().is_none() {
            return Err(TokenError::KeyUnknown);
        }
        let mut fitting = candidates.filter(|key| key.algorithm() == algorithm);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            (Some(_), Some(_)) => Err(TokenError::KeyAmbiguous),
            (None, _) => Err(TokenError::AlgorithmMismatch),
        }
    }

    fn checked(keys: Vec<Key>, skipped: Vec<Skipped>) -> Result<Self, KeySetError> {
        if keys.len() > MOST_KEYS {
            return Err(KeySetError::TooManyKeys);
        }
        let Some(first) = keys.first() else { return Err(KeySetError::NoUsableKey(skipped)) };
        if keys.iter().any(|key| key.algorithm().is_symmetric() != first.algorithm().is_symmetric()) {
            return Err(KeySetError::SymmetricAndAsymmetric);
        }
        let mut kids: Vec<&str> = keys.iter().filter_map(Key::kid).collect();
        kids.sort_unstable();
        if let Some(twice) = kids.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[&str]>::first) {
            return Err(KeySetError::DuplicateKid(String::from(*twice)));
        }
        Ok(Self { keys, skipped })
    }
}

fn short_kid(entry: &Value) -> Option<String> {
    entry.get("kid").and_then(Value::as_str).filter(|kid| kid.len() <= LONGEST_KID).map(String::from)
}

impl Skipped {
    /// Its place in the set, from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Its name, when it has one of a sensible length.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn fault(&self) -> KeyFault {
        self.fault
    }
}

impl fmt::Display for KeySetError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAKeySet => {
                out.write_str("this is no JWK Set: give an object with an array `keys`, of at most 512 KiB")
            }
            Self::TooManyKeys => out.write_str("the set has more than 128 keys: keep those the issuer signs with"),
            Self::NoUsableKey(skipped) => {
                out.write_str("the set has no key to verify with: add one")?;
                skipped.iter().try_for_each(|key| write!(out, "; key {}: {}", key.index, key.fault))
            }
            Self::DuplicateKid(kid) => write!(out, "two keys are called {kid:?}: give each a `kid` of its own"),
            Self::SymmetricAndAsymmetric => {
                out.write_str("secrets and public keys are in one set: make one issuer of each kind")
            }
        }
    }
}

impl std::error::Error for KeySetError {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn okp(kid: &str) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": kid})
    }

    fn nameless() -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": X})
    }

    fn set(keys: &[Value]) -> Result<Keys, KeySetError> {
        Keys::jwks(&json!({"keys": keys}).to_string())
    }

    #[test]
    fn rule_22_secrets_and_public_keys_never_share_a_set() {
        let secret = json!({"kty": "oct", "alg": "HS256", "k": "A".repeat(64), "kid": "s"});
        assert_eq!(set(&[okp("a"), secret.clone()]).err(), Some(KeySetError::SymmetricAndAsymmetric));
        assert!(set(&[secret]).is_ok());
    }

    #[test]
    fn rule_26_a_kid_said_twice_refuses_the_set() {
        assert_eq!(set(&[okp("a"), okp("b"), okp("a")]).err(), Some(KeySetError::DuplicateKid("a".into())));
        assert!(set(&[okp("a"), okp("A"), nameless(), nameless()]).is_ok());
    }

    #[test]
    fn rule_26_a_kid_is_an_opaque_name_compared_exactly() {
        let keys = set(&[okp("a"), okp("../a")]).unwrap();
        for kid in ["A", "a ", "", "../../a", "a' OR '1'='1", "https://evil.example/a", "a\0"] {
            assert_eq!(keys.find(Some(kid), Algorithm::EdDsa).err(), Some(TokenError::KeyUnknown), "{kid:?}");
        }
        assert_eq!(keys.find(Some("../a"), Algorithm::EdDsa).unwrap().kid(), Some("../a"));
    }

    #[test]
    fn rule_51_a_key_that_is_gone_or_another_is_noticed() {
        let other =
            json!({"kty": "OKP", "crv": "Ed25519", "x": "0vc6cS7O8Vj3mL8iSBVjjfj1bV_R3CSbMHzSSlJQ4uU", "kid": "a"});
        let sets =
            [set(&[okp("a")]), set(&[okp("a"), okp("b")]), set(&[other]), set(&[nameless()])].map(Result::unwrap);
        let [one, two, another, unnamed] = &sets;
        assert!(!one.lacks_some_of(one) && !two.lacks_some_of(one) && one.lacks_some_of(two));
        assert!(another.lacks_some_of(one) && unnamed.lacks_some_of(one) && one.lacks_some_of(unnamed));
    }

    #[test]
    fn rule_27_without_a_kid_there_must_be_no_choice() {
        let one = set(&[okp("a")]).unwrap();
        assert!(one.find(None, Algorithm::EdDsa).is_ok());
        assert_eq!(one.find(None, Algorithm::Es256).err(), Some(TokenError::AlgorithmMismatch));
        let two = set(&[okp("a"), okp("b")]).unwrap();
        assert_eq!(two.find(None, Algorithm::EdDsa).err(), Some(TokenError::KeyAmbiguous));
    }

    #[test]
    fn a_key_without_a_name_answers_to_a_kid_nobody_has() {
        let keys = set(&[okp("a"), nameless()]).unwrap();
        assert_eq!(keys.find(Some("b"), Algorithm::EdDsa).unwrap().kid(), None);
        assert_eq!(keys.find(Some("a"), Algorithm::EdDsa).unwrap().kid(), Some("a"));
        let two = set(&[nameless(), nameless()]).unwrap();
        assert_eq!(two.find(Some("b"), Algorithm::EdDsa).err(), Some(TokenError::KeyAmbiguous));
    }

    #[test]
    fn rule_34_a_broken_key_is_skipped_with_its_reason() {
        let keys = set(&[json!("text"), json!({"kty": "EC", "crv": "P-521", "kid": "big"}), okp("good")]).unwrap();
        let reasons: Vec<_> = keys.skipped().iter().map(|key| (key.index(), key.kid(), key.fault())).collect();
        assert_eq!(reasons, [(0, None, KeyFault::Malformed), (1, Some("big"), KeyFault::UnknownAlgorithm)]);
        assert_eq!(keys.iter().count(), 1);
    }

    #[test]
    fn a_set_that_can_verify_nothing_is_refused() {
        assert_eq!(set(&[]).err(), Some(KeySetError::NoUsableKey(vec![])));
        let error = set(&[json!({"kty": "EC"})]).err().map(|error| error.to_string());
        assert!(error.is_some_and(|text| text.contains("key 0: the key cannot be read")));
        for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[],"keys":[]}"#, "null"] {
            assert_eq!(Keys::jwks(text).err(), Some(KeySetError::NotAKeySet), "{text}");
        }
        let many: Vec<_> = (0..129).map(|number| okp(&number.to_string())).collect();
        assert_eq!(set(&many).err(), Some(KeySetError::TooManyKeys));
    }
}
