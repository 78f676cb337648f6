//! Issues API keys and verifies them: found by id, compared as a keyed digest, in constant time.

mod store;
mod text;

use std::fmt;

use ring::hmac;
use zeroize::Zeroize;

use self::{store::MOST_SECRETS, text::Parts};
use super::{Outage, Secret};

pub use self::store::{ApiKeyStore, MemoryKeys, StoredKey, StoredSecret};

/// Issues and verifies API keys of the form `prefix_id_secret`.
///
/// The store holds `HMAC-SHA256(pepper, key)` only, so that a stolen table verifies nothing and forges nothing.
/// No slow password hash is needed: the secret has 190 random bits.
///
/// ```
/// use std::{pin::pin, task::{Context, Poll, Waker}};
/// use palisade::auth::{ApiKeyError, ApiKeys, MemoryKeys, Secret};
/// # fn ready<T>(future: impl Future<Output = T>) -> T {
/// #     match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
/// #         Poll::Ready(output) => output,
/// #         Poll::Pending => panic!("a store in memory answers at once"),
/// #     }
/// # }
///
/// let pepper = Secret::new(vec![7; 32]); // from your secret store, the same on every machine
/// let keys = ApiKeys::new("shop", MemoryKeys::new([]), pepper)?;
///
/// let issued = keys.issue("billing-job")?;
/// let shown_once = issued.key.expose().clone();
/// assert!(shown_once.starts_with("shop_"));
///
/// // `issued.stored` belongs into the store; without it the key is unknown.
/// let now = 1_800_000_000;
/// assert_eq!(ready(keys.verify(&shown_once, now)).unwrap_err(), ApiKeyError::Unknown);
/// keys.store().put(issued.stored.scopes(["orders:read"]));
/// assert_eq!(ready(keys.verify(&shown_once, now))?.subject(), "billing-job");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ApiKeys<S> {
    prefix: String,
    store: S,
    pepper: hmac::Key,
}

/// A key just made: `key` is for its owner and shown once, `stored` is for the store.
#[derive(Debug)]
pub struct Issued {
    /// The text of the key. It cannot be had again.
    pub key: Secret<String>,
    /// What the store keeps. Say its scopes before it goes there.
    pub stored: StoredKey,
}

/// Why an API key is refused: for the audit event only, except for an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiKeyError {
    /// It does not have the form, the prefix or the checksum of a key.
    Malformed,
    /// No key has this id.
    Unknown,
    /// The id is known, the secret is another.
    WrongSecret,
    /// The key is switched off.
    Disabled,
    /// The secret is not good yet.
    NotYetValid,
    /// The secret is no longer good.
    Expired,
    /// The store did not answer: neither allow nor deny (503).
    Outage(Outage),
}

/// Why `ApiKeys` cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiKeysError {
    /// The prefix is empty, or has more than 24 or other characters than `a-z`, `0-9` and `_`.
    Prefix,
    /// The pepper has fewer than 32 bytes.
    PepperTooShort,
}

/// Why no key can be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueError {
    /// The operating system gave no random bytes.
    NoRandomness,
    /// The key to be replaced has an id that was not made here, so that no key could be read back.
    ForeignId,
}

impl<S: ApiKeyStore> ApiKeys<S> {
    /// Keys that start with `prefix`, kept in `store`, their digests keyed with `pepper`.
    #[expect(clippy::needless_pass_by_value, reason = "the pepper is taken, so that it is wiped on return")]
    pub fn new<P>(prefix: &str, store: S, pepper: Secret<P>) -> Result<Self, ApiKeysError>
    where
        P: AsRef<[u8]> + Zeroize,
    {
        let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        if !(1..=24).contains(&prefix.len()) || !prefix.bytes().all(letter) {
            return Err(ApiKeysError::Prefix);
        }
        if pepper.expose().as_ref().len() < 32 {
            return Err(ApiKeysError::PepperTooShort);
        }
        let pepper = hmac::Key::new(hmac::HMAC_SHA256, pepper.expose().as_ref());
        Ok(Self { prefix: String::from(prefix), store, pepper })
    }

    /// The store the keys are looked up in.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Makes a key for `subject`. It can do nothing before it has scopes and is in the store.
    pub fn issue(&self, subject: impl Into<String>) -> Result<Issued, IssueError> {
        self.with_new_secret(StoredKey::new(text::new_id()?, subject))
    }

    /// Makes a new secret for a key. The one before stays good until `old_until`, at most.
    pub fn rotate(&self, key: StoredKey, old_until: u64) -> Result<Issued, IssueError> {
        self.with_new_secret(key.expiring(old_until))
    }

    /// Finds the key and checks it at `now`, in seconds since 1970.
    pub async fn verify(&self, presented: &str, now: u64) -> Result<StoredKey, ApiKeyError> {
        let parts = text::parse(presented, &self.prefix).ok_or(ApiKeyError::Malformed)?;
        let found = self.store.find(parts.id).await.map_err(ApiKeyError::Outage)?;
        let matching = self.matching(&parts, found.as_ref().map_or(&[], StoredKey::secrets));
        let Some(key) = found else { return Err(ApiKeyError::Unknown) };
        let (not_before, not_after) = matching.ok_or(ApiKeyError::WrongSecret)?.validity();
        if key.is_disabled() {
            return Err(ApiKeyError::Disabled);
        }
        if now < not_before {
            return Err(ApiKeyError::NotYetValid);
        }
        if not_after < now {
            return Err(ApiKeyError::Expired);
        }
        Ok(key)
    }

    /// The secret that was presented, among `secrets`. The time it takes tells neither whether the id is known
    /// nor which secret it was: as many digests are made in every case.
    fn matching(&self, parts: &Parts<'_>, secrets: &[StoredSecret]) -> Option<StoredSecret> {
        const NOBODYS: StoredSecret = StoredSecret::new([0; 32]);
        let mut matching = None;
        for index in 0..MOST_SECRETS {
            let (secret, counts) = secrets.get(index).map_or((&NOBODYS, false), |secret| (secret, true));
            let same = hmac::verify(&self.pepper, parts.authenticated.as_bytes(), secret.digest()).is_ok();
            if same && counts {
                matching = Some(secret.clone());
            }
        }
        matching
    }

    fn with_new_secret(&self, key: StoredKey) -> Result<Issued, IssueError> {
        let text = text::new_key(&self.prefix, key.id())?;
        let digest = self.digest(text.expose()).ok_or(IssueError::ForeignId)?;
        Ok(Issued { key: text, stored: key.secret(StoredSecret::new(digest)) })
    }

    fn digest(&self, key: &str) -> Option<[u8; 32]> {
        let parts = text::parse(key, &self.prefix)?;
        hmac::sign(&self.pepper, parts.authenticated.as_bytes()).as_ref().try_into().ok()
    }
}

impl ApiKeyError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::WrongSecret => "wrong_secret",
            Self::Disabled => "disabled",
            Self::NotYetValid => "not_yet_valid",
            Self::Expired => "expired",
            Self::Outage(Outage) => "outage",
        }
    }
}

impl<S> fmt::Debug for ApiKeys<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ApiKeys").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl fmt::Display for ApiKeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "this is not the form of an API key",
            Self::Unknown => "no API key has this id",
            Self::WrongSecret => "the secret of the API key is another",
            Self::Disabled => "the API key is switched off",
            Self::NotYetValid => "the API key is not valid yet",
            Self::Expired => "the API key has expired",
            Self::Outage(Outage) => "the store of the API keys did not answer",
        })
    }
}

impl fmt::Display for ApiKeysError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Prefix => "the prefix of API keys is refused: write 1 to 24 of `a-z`, `0-9` and `_`",
            Self::PepperTooShort => "the pepper is shorter than 32 bytes: use at least 32 random bytes",
        })
    }
}

impl fmt::Display for IssueError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoRandomness => "the operating system gave no random bytes: try again",
            Self::ForeignId => "the id of the key was not made by `issue`: issue a new key",
        })
    }
}

impl std::error::Error for ApiKeyError {}
impl std::error::Error for ApiKeysError {}
impl std::error::Error for IssueError {}

#[cfg(test)]
mod tests {
    use std::{
        future,
        pin::{Pin, pin},
        sync::Arc,
        task::{Context, Poll, Waker},
    };

    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn keys() -> ApiKeys<MemoryKeys> {
        ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).unwrap()
    }

    fn verify<S: ApiKeyStore>(keys: &ApiKeys<S>, key: &str) -> Result<StoredKey, ApiKeyError> {
        match pin!(keys.verify(key, NOW)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => panic!("the store of a test answers at once"),
        }
    }

    #[test]
    fn rule_65_an_issued_key_is_found_and_no_other_secret_opens_it() {
        let keys = keys();
        let (one, two) = (keys.issue("one").unwrap(), keys.issue("two").unwrap());
        let other = text::new_key("shop", one.stored.id()).unwrap();
        keys.store().put(one.stored.scopes(["orders:read"]).roles(["support"]));
        let key = verify(&keys, one.key.expose()).unwrap();
        assert_eq!(key.subject(), "one");
        assert!(key.scope_names().eq(["orders:read"]) && key.role_names().eq(["support"]));
        assert_eq!(verify(&keys, two.key.expose()), Err(ApiKeyError::Unknown));
        assert_eq!(verify(&keys, other.expose()), Err(ApiKeyError::WrongSecret));
        for text in ["", "shop", "shop__", "shop_1_2", "pshop_1_2", &one.key.expose()[1..]] {
            assert_eq!(verify(&keys, text), Err(ApiKeyError::Malformed), "{text}");
        }
    }

    #[test]
    fn rule_65_the_digest_depends_on_pepper_and_id() {
        let keys = keys();
        let issued = keys.issue("one").unwrap();
        let elsewhere = ApiKeys::new("shop", MemoryKeys::new([issued.stored.clone()]), Secret::new([8; 32])).unwrap();
        assert_eq!(verify(&elsewhere, issued.key.expose()), Err(ApiKeyError::WrongSecret));

        let victim = keys.issue("victim").unwrap().stored;
        let stolen = issued.stored.secrets()[0].clone();
        keys.store().put(StoredKey::new(victim.id(), "victim").secret(stolen));
        let forged = issued.key.expose().replace(issued.stored.id(), victim.id());
        let forged = text::seal(forged[..forged.len() - 6].to_owned());
        assert_eq!(verify(&keys, forged.expose()), Err(ApiKeyError::WrongSecret));
    }

    #[test]
    fn rule_65_a_key_without_a_secret_opens_to_nobody() {
        let keys = keys();
        let issued = keys.issue("one").unwrap();
        keys.store().put(StoredKey::new(issued.stored.id(), "one"));
        assert_eq!(verify(&keys, issued.key.expose()), Err(ApiKeyError::WrongSecret));
    }

    #[test]
    fn rule_67_two_secrets_are_good_while_a_key_is_replaced() {
        let keys = keys();
        let first = keys.issue("one").unwrap();
        let second = keys.rotate(first.stored, NOW).unwrap();
        keys.store().put(second.stored.clone());
        assert!(verify(&keys, first.key.expose()).is_ok());
        assert!(verify(&keys, second.key.expose()).is_ok());

        let third = keys.rotate(second.stored, NOW - 1).unwrap();
        keys.store().put(third.stored);
        assert_eq!(verify(&keys, first.key.expose()), Err(ApiKeyError::WrongSecret));
        assert_eq!(verify(&keys, second.key.expose()), Err(ApiKeyError::Expired));
        assert!(verify(&keys, third.key.expose()).is_ok());
    }

    #[test]
    fn a_key_with_an_id_of_other_making_cannot_be_replaced() {
        let error = keys().rotate(StoredKey::new("k_1", "one"), NOW).err();
        assert_eq!(error, Some(IssueError::ForeignId));
    }

    #[test]
    fn a_store_can_be_shared_and_its_type_forgotten() {
        fn is_send(_: &impl Send) {}
        let shared: Arc<dyn ApiKeyStore> = Arc::new(MemoryKeys::new([]));
        let keys = ApiKeys::new("shop", shared, Secret::new([7; 32])).unwrap();
        is_send(&keys.verify("", NOW));
        assert_eq!(verify(&keys, keys.issue("one").unwrap().key.expose()), Err(ApiKeyError::Unknown));
    }

    #[test]
    fn rule_68_disabled_expired_and_early_keys_are_refused() {
        let keys = keys();
        let issued = keys.issue("one").unwrap();
        let secret = || issued.stored.secrets()[0].clone();
        let bare = || StoredKey::new(issued.stored.id(), "one");
        for (stored, expected) in [
            (bare().secret(secret()).disabled(), Some(ApiKeyError::Disabled)),
            (bare().secret(secret().not_after(NOW - 1)), Some(ApiKeyError::Expired)),
            (bare().secret(secret().not_before(NOW + 1)), Some(ApiKeyError::NotYetValid)),
            (bare().secret(secret().not_before(NOW).not_after(NOW)), None),
        ] {
            keys.store().put(stored);
            assert_eq!(verify(&keys, issued.key.expose()).err(), expected);
        }
    }

    #[test]
    fn rule_17_an_outage_is_neither_yes_nor_no() {
        struct Down;
        impl ApiKeyStore for Down {
            fn find<'a>(
                &'a self,
                _: &'a str,
            ) -> Pin<Box<dyn Future<Output = Result<Option<StoredKey>, Outage>> + Send + 'a>> {
                Box::pin(future::ready(Err(Outage)))
            }
        }
        let keys = ApiKeys::new("shop", Down, Secret::new([7; 32])).unwrap();
        let issued = keys.issue("one").unwrap();
        assert_eq!(verify(&keys, issued.key.expose()), Err(ApiKeyError::Outage(Outage)));
    }

    #[test]
    fn rule_69_nothing_secret_is_printed() {
        let keys = keys();
        let issued = keys.issue("one").unwrap();
        let secret = issued.key.expose().rsplit_once('_').unwrap().1;
        let shown = format!("{issued:?} {keys:?}");
        assert!(!shown.contains(secret) && !shown.contains("digest"), "{shown}");
    }

    #[test]
    fn a_weak_set_up_is_refused() {
        let setup =
            |prefix: &str, pepper: usize| ApiKeys::new(prefix, MemoryKeys::new([]), Secret::new(vec![7; pepper])).err();
        assert_eq!(setup("shop", 31), Some(ApiKeysError::PepperTooShort));
        for prefix in ["", "Shop", "sh-op", "sh op", &"a".repeat(25)] {
            assert_eq!(setup(prefix, 32), Some(ApiKeysError::Prefix), "{prefix}");
        }
    }
}
