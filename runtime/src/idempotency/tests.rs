//! What every store promises, asked of each.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, StatusCode};

use super::{Capacity, Claim, Claimed, Fingerprint, KeptAnswer, Key, Slot, Store, Ticket, memory::Memory};

const NOW: u64 = 1_800_000_000;
const LEASE: u64 = 300;

fn slot(key: &'static str) -> Slot {
    Slot::new("Shop", "place", b"alice", &Key::parse(&HeaderValue::from_static(key)).unwrap())
}

fn fingerprint(body: &str) -> Fingerprint {
    Fingerprint::new(&Request::post("/orders").body(()).unwrap().into_parts().0, &[], body.as_bytes())
}

fn claim(slot: Slot, body: &str, now: u64) -> Claim {
    Claim { slot, fingerprint: fingerprint(body), now, lease_ends: now + LEASE }
}

fn answer(body: &'static str) -> KeptAnswer {
    let headers = HeaderMap::from_iter([(http::header::LOCATION, HeaderValue::from_static("/orders/7"))]);
    KeptAnswer::new(StatusCode::CREATED, headers, Bytes::from_static(body.as_bytes()))
}

async fn granted(store: &dyn Store, claim: &Claim) -> Ticket {
    match store.claim(claim).await.unwrap() {
        Claimed::Granted(ticket) => ticket,
        other => panic!("{other:?}"),
    }
}

/// The life of a slot: claimed, given back, claimed, answered, over.
async fn lives(store: &dyn Store) {
    let (one, other) = (slot("\"1\""), slot("\"2\""));
    let first = granted(store, &claim(one, "a", NOW)).await;
    assert_eq!(store.claim(&claim(one, "a", NOW)).await, Ok(Claimed::Running));
    assert_eq!(store.claim(&claim(one, "b", NOW)).await, Ok(Claimed::Differs));
    let elsewhere = granted(store, &claim(other, "b", NOW)).await;

    store.release(&one, first).await.unwrap();
    let second = granted(store, &claim(one, "b", NOW)).await;
    assert_ne!(first, second);
    // A ticket that is over changes nothing.
    store.release(&one, first).await.unwrap();
    store.keep(&one, first, &answer("wrong"), NOW + 900).await.unwrap();
    assert_eq!(store.claim(&claim(one, "b", NOW)).await, Ok(Claimed::Running));

    store.keep(&one, second, &answer("right"), NOW + 900).await.unwrap();
    store.release(&one, second).await.unwrap();
    store.keep(&one, second, &answer("again"), NOW + 9_000).await.unwrap();
    assert_eq!(store.claim(&claim(one, "a", NOW + 1)).await, Ok(Claimed::Differs));
    assert_eq!(store.claim(&claim(one, "b", NOW + 899)).await, Ok(Claimed::Answered(answer("right"))));
    let third = granted(store, &claim(one, "a", NOW + 900)).await;
    store.release(&one, third).await.unwrap();
    store.release(&other, elsewhere).await.unwrap();
}

/// Of many claims at once, one is granted.
async fn grants_once(store: Arc<dyn Store>) {
    let claims = (0..50).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.claim(&claim(slot("\"50\""), "a", NOW)).await.unwrap() })
    });
    let mut tickets = 0;
    for claimed in claims.collect::<Vec<_>>() {
        match claimed.await.unwrap() {
            Claimed::Granted(_) => tickets += 1,
            Claimed::Running => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(tickets, 1);
}

fn memory(keys: usize, bytes: usize) -> Memory {
    Memory::new(Capacity { keys, bytes })
}

#[tokio::test]
async fn memory_keeps_its_promise() {
    lives(&memory(2, 1 << 20)).await;
    grants_once(Arc::new(memory(100, 1 << 20))).await;
}

#[tokio::test]
async fn a_full_memory_refuses_and_forgets_only_what_is_over() {
    for (keys, bytes) in [(2, 1 << 20), (100, 512)] {
        let store = memory(keys, bytes);
        let one = granted(&store, &claim(slot("\"1\""), "a", NOW)).await;
        granted(&store, &claim(slot("\"2\""), "a", NOW)).await;
        assert_eq!(store.claim(&claim(slot("\"3\""), "a", NOW)).await, Ok(Claimed::Full));
        // What runs is kept also where there is no room for it any more.
        store.keep(&slot("\"1\""), one, &answer("body"), NOW + 60).await.unwrap();
        assert_eq!(store.claim(&claim(slot("\"3\""), "a", NOW + 59)).await, Ok(Claimed::Full));
        assert_eq!(store.claim(&claim(slot("\"1\""), "a", NOW + 59)).await, Ok(Claimed::Answered(answer("body"))));
        granted(&store, &claim(slot("\"3\""), "a", NOW + 60)).await;
        // No lease here: whoever runs, runs in this process.
        assert_eq!(store.claim(&claim(slot("\"2\""), "a", NOW + 10 * LEASE)).await, Ok(Claimed::Running));
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use std::path::PathBuf;

    use super::*;
    use crate::idempotency::Sqlite;

    /// A database of its own, which is gone with it.
    struct File(PathBuf);

    impl File {
        fn new(name: &str) -> Self {
            let file = Self(std::env::temp_dir().join(format!("palisade_{name}_{}.db", std::process::id())));
            file.remove();
            file
        }

        fn remove(&self) {
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
            }
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            self.remove();
        }
    }

    #[tokio::test]
    async fn sqlite_keeps_its_promise() {
        let file = File::new("promise");
        let store = Sqlite::open(&file.0).await.unwrap();
        lives(&store).await;
        grants_once(Arc::new(store)).await;
    }

    #[tokio::test]
    async fn what_is_kept_outlives_its_process_and_is_shared() {
        let file = File::new("shared");
        let (one, two) = (slot("\"1\""), slot("\"2\""));
        let (here, there) = (Sqlite::open(&file.0).await.unwrap(), Sqlite::open(&file.0).await.unwrap());
        let ticket = granted(&here, &claim(one, "a", NOW)).await;
        assert_eq!(there.claim(&claim(one, "a", NOW)).await, Ok(Claimed::Running));
        here.keep(&one, ticket, &answer("body"), NOW + 900).await.unwrap();
        let lost = granted(&here, &claim(two, "a", NOW)).await;
        here.close().await.unwrap();
        assert_eq!(there.claim(&claim(one, "a", NOW)).await, Ok(Claimed::Answered(answer("body"))));
        there.close().await.unwrap();

        let again = Sqlite::open(&file.0).await.unwrap();
        assert_eq!(again.claim(&claim(one, "a", NOW)).await, Ok(Claimed::Answered(answer("body"))));
        assert_eq!(again.claim(&claim(two, "a", NOW + LEASE - 1)).await, Ok(Claimed::Running));
        granted(&again, &claim(two, "a", NOW + LEASE)).await;
        // The one that was taken for dead comes too late.
        again.keep(&two, lost, &answer("late"), NOW + 900).await.unwrap();
        assert_eq!(again.claim(&claim(two, "a", NOW + LEASE)).await, Ok(Claimed::Running));
    }

    #[tokio::test]
    async fn a_release_that_nobody_waits_for_happens() {
        use futures_util::FutureExt;
        let file = File::new("release");
        let store = Sqlite::open(&file.0).await.unwrap();
        let ticket = granted(&store, &claim(slot("\"1\""), "a", NOW)).await;
        let _ = store.release(&slot("\"1\""), ticket).now_or_never();
        granted(&store, &claim(slot("\"1\""), "a", NOW)).await;
    }

    #[tokio::test]
    async fn a_full_or_closed_database_grants_nothing() {
        let file = File::new("full");
        let store = Sqlite::open_with(&file.0, 64 << 10).await.unwrap();
        let keys: Vec<&'static str> = (0..2_000).map(|at| format!("\"{at}\"").leak() as &str).collect();
        let mut claims = keys.iter();
        let refused = loop {
            match store.claim(&claim(slot(claims.next().expect("it is full at last")), "a", NOW)).await.unwrap() {
                Claimed::Granted(_) => {}
                other => break other,
            }
        };
        assert_eq!(refused, Claimed::Full);
        assert_eq!(store.claim(&claim(slot(keys[0]), "a", NOW)).await, Ok(Claimed::Running), "nothing is forgotten");
        granted(&store, &claim(slot("\"later\""), "a", NOW + LEASE)).await;
        store.clone().close().await.unwrap();
        assert_eq!(store.claim(&claim(slot(keys[0]), "a", NOW)).await, Err(crate::Outage));
    }

    #[tokio::test]
    async fn what_is_no_database_does_not_open() {
        let file = File::new("none");
        std::fs::write(&file.0, "this is no database, and was not made by one").unwrap();
        assert!(Sqlite::open(&file.0).await.is_err());
    }
}
