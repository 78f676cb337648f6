//! What holds of keys, with a store in memory.

use std::{
    future,
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use super::{pepper::counted, *};
use crate::{
    Outage, Promise,
    policy::{Entry, Listed},
};

const NOW: u64 = 1_800_000_000;

fn keys() -> ApiKeys<MemoryKeys> {
    ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).unwrap()
}

fn verify<S: ApiKeyStore>(keys: &ApiKeys<S>, key: &str) -> Result<StoredKey, ApiKeyError> {
    ready(keys.verify(key, NOW))
}

fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
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
fn rule_65_as_many_digests_are_made_whatever_is_known() {
    let keys = keys();
    let (unknown, one) = (keys.issue("unknown").unwrap(), ready(keys.create(NewApiKey::of("one"), NOW)).unwrap());
    let two = ready(keys.create(NewApiKey::of("two"), NOW)).unwrap();
    let newer = ready(keys.rotate(two.stored.id(), 60, NOW)).unwrap();
    let elsewhere = keys.issue("of another pepper").unwrap();
    let secret = elsewhere.stored.secrets()[0].clone().peppered(9);
    keys.store().put(StoredKey::new(elsewhere.stored.id(), "three").secret(secret));
    let wrong = text::new_key("shop", one.stored.id()).unwrap();
    counted::take();
    for key in [&unknown.key, &one.key, &two.key, &newer.key, &wrong, &elsewhere.key] {
        let _ = verify(&keys, key.expose());
        assert_eq!(counted::take(), MOST_SECRETS);
    }
    assert_eq!(verify(&keys, elsewhere.key.expose()), Err(ApiKeyError::WrongSecret));
}

#[test]
fn rule_65_a_new_pepper_leaves_old_secrets_good() {
    let pepper = |byte| Secret::new([byte; 32]);
    let store = Arc::new(MemoryKeys::new([]));
    let old = ApiKeys::new("shop", Arc::clone(&store), pepper(7)).unwrap();
    let first = ready(old.create(NewApiKey::of("one"), NOW)).unwrap();

    let both = Peppers::new(1, pepper(7)).and_then(|peppers| peppers.and(2, pepper(8))).unwrap();
    let both = ApiKeys::peppered("shop", Arc::clone(&store), both).unwrap();
    let second = ready(both.rotate(first.stored.id(), 60, NOW)).unwrap();
    assert_eq!(second.stored.secrets().iter().map(StoredSecret::pepper).collect::<Vec<_>>(), [1, 2]);
    assert!(verify(&both, first.key.expose()).is_ok() && verify(&both, second.key.expose()).is_ok());
    assert!(verify(&old, first.key.expose()).is_ok());

    let new = ApiKeys::peppered("shop", store, Peppers::new(2, pepper(8)).unwrap()).unwrap();
    assert_eq!(verify(&new, first.key.expose()), Err(ApiKeyError::WrongSecret));
    assert!(verify(&new, second.key.expose()).is_ok());
}

#[test]
fn rule_65_peppers_are_read_anew_while_keys_are_in_use() {
    let text = Arc::new(Mutex::new(format!("1:{}", "a".repeat(32))));
    let read = Arc::clone(&text);
    let source = move || future::ready(Ok(Secret::new(read.lock().unwrap().clone().into_bytes())));
    let peppers = ready(Reloading::read(source, Peppers::parse)).unwrap();
    let keys = ApiKeys::peppered("shop", MemoryKeys::new([]), peppers.clone()).unwrap();
    let first = ready(keys.create(NewApiKey::of("one"), NOW)).unwrap();
    text.lock().unwrap().push_str(&format!("\n2:{}", "b".repeat(32)));
    ready(peppers.reload()).unwrap();
    let second = ready(keys.create(NewApiKey::of("two"), NOW)).unwrap();
    assert_eq!(second.stored.secrets()[0].pepper(), 2);
    assert!(verify(&keys, first.key.expose()).is_ok() && verify(&keys, second.key.expose()).is_ok());
}

#[test]
fn rule_67_the_store_is_told_of_uses_once_a_minute() {
    let keys = keys();
    let issued = ready(keys.create(NewApiKey::of("one"), NOW)).unwrap();
    let used = || ready(keys.store().find(issued.stored.id())).unwrap().unwrap().last_used();
    for (at, expected) in [(NOW, NOW), (NOW + 59, NOW), (NOW + 60, NOW + 60), (NOW + 61, NOW + 60)] {
        ready(keys.verify(issued.key.expose(), at)).unwrap();
        assert_eq!(used(), Some(expected));
    }
    let wrong = text::new_key("shop", issued.stored.id()).unwrap();
    assert!(ready(keys.verify(wrong.expose(), NOW + 600)).is_err());
    assert_eq!(used(), Some(NOW + 60), "a refused key is not used");
}

/// What the keys of a test may be good for.
struct OneScope;

impl Listed for OneScope {
    const CATALOGUE: &'static Catalogue = {
        const ENTRIES: &[Entry] = &[Entry::new("orders:read", "Read orders.")];
        &Catalogue::new("scope", ENTRIES)
    };

    fn index(&self) -> usize {
        0
    }
}

impl Scopes for OneScope {}

#[test]
fn rule_68_a_key_has_scopes_of_the_catalogue_only() {
    let keys = keys().scopes::<OneScope>();
    let new = |scope: &str| NewApiKey::of("one").scopes([scope]);
    assert!(ready(keys.create(new("orders:read"), NOW)).is_ok());
    let error = ready(keys.create(new("orders:raed"), NOW)).unwrap_err();
    assert_eq!(error.to_string(), "the API has no scope `orders:raed`: name one that it declares");
}

#[test]
fn a_key_that_makes_no_sense_is_not_made() {
    let keys = keys();
    let new = || NewApiKey::of("one");
    for (new, expected) in [
        (NewApiKey::of(""), IssueError::Subject),
        (NewApiKey::of("a".repeat(257)), IssueError::Subject),
        (NewApiKey::of("a\nb"), IssueError::Subject),
        (new().described("a".repeat(1_025)), IssueError::Description),
        (new().scopes(["a b"]), IssueError::Names),
        (new().scopes([""]), IssueError::Names),
        (new().roles((0..129).map(|number| number.to_string())), IssueError::Names),
        (new().expiring(NOW), IssueError::Past),
    ] {
        assert_eq!(ready(keys.create(new, NOW)).unwrap_err(), expected);
    }
    assert_eq!(ready(keys.list(None, 9)).unwrap(), []);
}

#[test]
fn rule_66_a_key_is_found_in_a_text_and_nothing_else_is() {
    let keys = keys();
    let (one, two) = (keys.issue("one").unwrap().key, keys.issue("two").unwrap().key);
    let (one, two) = (one.expose().as_str(), two.expose().as_str());
    let typo = format!("{}0", &one[..one.len() - 1]);
    let text = format!("SHOP={one}\n{{\"key\":\"{two}\"}} x{one} {one}x {} {typo}é{two}", &one[1..]);
    let found: Vec<&str> = leaked_api_keys(&text).filter(|found| *found != typo).collect();
    assert_eq!(found, [one, two, two]);
    assert!(keys.has_form(one) && !keys.has_form(&one[1..]));
    let pattern = regex::Regex::new(API_KEY_PATTERN).unwrap();
    assert_eq!(pattern.find(&text).map(|found| found.as_str()), Some(one));
}

#[test]
fn a_key_with_an_id_of_other_making_cannot_be_replaced() {
    let keys = keys();
    let secret = keys.issue("one").unwrap().stored.secrets()[0].clone();
    keys.store().put(StoredKey::new("k_1", "one").secret(secret));
    assert_eq!(ready(keys.rotate("k_1", 0, NOW)).err(), Some(IssueError::ForeignId));
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
        (bare().secret(secret()).expiring(NOW - 1), Some(ApiKeyError::Expired)),
        (bare().secret(secret().not_before(NOW).not_after(NOW)).expiring(NOW), None),
    ] {
        keys.store().put(stored);
        assert_eq!(verify(&keys, issued.key.expose()).err(), expected);
    }
}

#[test]
fn rule_17_an_outage_is_neither_yes_nor_no() {
    struct Down;
    impl ApiKeyStore for Down {
        fn find<'a>(&'a self, _: &'a str) -> Promise<'a, Option<StoredKey>> {
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
    assert_eq!(setup("shop", 31), Some(ApiKeysError::Pepper(PepperError::TooShort)));
    for prefix in ["", "Shop", "sh-op", "sh op", &"a".repeat(25)] {
        assert_eq!(setup(prefix, 32), Some(ApiKeysError::Prefix), "{prefix}");
    }
}
