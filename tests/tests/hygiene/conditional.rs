//! Fields, variants, handlers and attributes under `cfg`.

use palisade::prelude::*;

/// What a token may be good for.
#[derive(Scopes)]
pub enum Scope {
    #[cfg(any())]
    Never,
    /// Read.
    #[cfg_attr(all(), secure("read"))]
    Read,
}

/// A thing.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[cfg_attr(all(), secure(input, output), serde(deny_unknown_fields))]
pub struct Thing {
    #[cfg(any())]
    gone: Nowhere,
    #[cfg(not(any()))]
    #[secure(length(max = 4))]
    here: String,
    #[cfg_attr(any(), secure(nonsense))]
    #[cfg_attr(all(), secure(range(max = 4)))]
    ruled: u8,
}

/// A choice.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub enum Choice {
    #[cfg(any())]
    Gone(Nowhere),
    /// The text.
    Here(#[secure(length(max = 4))] String),
}

/// Reads.
#[cfg(not(any()))]
#[secure(get = "/things", scope = Scope::Read)]
async fn read() -> Json<Thing> {
    Json(Thing { here: String::new(), ruled: 0 })
}

#[cfg(any())]
#[secure(get = "/things", scope = Scope::Read)]
async fn read(State(_): State<Nowhere>) -> Json<Thing> {}

#[secure(put = "/things", scope = Scope::Read)]
#[cfg(any())]
async fn replace(State(_): State<Nowhere>) -> Json<Thing> {}

/// Chooses.
#[cfg_attr(all(), secure(post = "/things", scope = Scope::Read))]
async fn choose(Json(choice): Json<Choice>) -> Json<Choice> {
    Json(choice)
}

/// Things.
#[secure(
    title = "Things", version = "1.0.0", auth(oauth2), scopes = Scope, default(rate = "1/s per ip"),
    endpoints(read, choose),
)]
#[cfg(not(any()))]
pub struct Things;

#[test]
fn what_is_configured_out_is_out() {
    assert_eq!(super::refused(Thing { here: "12345".into(), ruled: 5 }), ["/here", "/ruled"]);
    assert_eq!(super::refused(Choice::Here("12345".into())), ["/Here"]);
    assert_eq!(Things::POLICY.declared_endpoints().len(), 2);
}
