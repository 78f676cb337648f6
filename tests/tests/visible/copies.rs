//! Copies that clients keep: one caller's is not another's, whichever way callers say who they are.

use palisade::{
    auth::{MemoryKeys, Secret},
    prelude::*,
    respond::Tagged,
};
use serde::Serialize;

use crate::doors::client::Ask;

#[derive(Serialize, Secure)]
#[secure(output)]
struct Note {
    id: u64,
}

#[secure(get = "/tagged", auth = "api_key", rate = "6000/min per ip")]
async fn tagged() -> Tagged<Json<Note>> {
    Tagged::version(7, Json(Note { id: 7 }))
}

/// An answer that is kept, in an API of keys.
#[secure(title = "Copies", version = "1.0.0", auth(api_key(header = "X-Api-Key")), endpoints(tagged))]
struct Copies;

#[tokio::test]
async fn a_copy_is_of_whom_a_key_names() {
    let (store, pepper) = (MemoryKeys::new([]), || Secret::new(vec![7; 32]));
    let issued = ApiKeys::new("shop", MemoryKeys::new([]), pepper()).unwrap().issue("a machine").unwrap();
    store.put(issued.stored);
    let gate = Gate::builder()
        .api_keys(ApiKeys::new("shop", store, pepper()).unwrap())
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Copies::application(gate.build().await.unwrap());
    tokio::spawn(palisade::axum::serve(listener, app, std::future::pending()));
    let ask = || Ask::new("GET", "/tagged").header("x-api-key", issued.key.expose());
    for (ask, status) in [(ask(), 200), (ask().header("if-none-match", "\"7\""), 304)] {
        let answer = ask.send(address).await;
        let fields = answer.headers.iter().filter(|(name, _)| name == "vary");
        let vary: Vec<&str> = fields.map(|(_, value)| value.as_str()).collect();
        assert_eq!((answer.status, &*vary), (status, &["Authorization", "x-api-key"][..]));
    }
}
