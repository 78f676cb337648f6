//! Other attributes beside ours: on handlers, on types, above and below.

use palisade::prelude::*;

/// A thing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, Secure)]
#[secure(input)]
#[secure(output)]
#[serde(deny_unknown_fields)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct Thing {
    /// Its name, which is said in two attributes.
    #[secure(trim)]
    #[doc = "More about it."]
    #[secure(length(max = 4))]
    #[serde(default)]
    long_name: String,
}

/// Reads a thing.
///
/// It has *more* to say.
#[tracing::instrument(skip(name))]
#[secure(put = "/things", public = "a shelf", rate = "1/s per ip")]
#[doc = "And more."]
async fn read(#[expect(unused_mut, reason = "it is not changed")] Json(mut name): Json<Thing>) -> Json<Thing> {
    Json(name)
}

/// Reads a thing, instrumented above and below.
#[secure(post = "/things", public = "a shelf", rate = "1/s per ip")]
#[tracing::instrument(skip_all)]
#[inline]
async fn write(Json(thing): Json<Thing>) -> Result<Json<Thing>, Problem> {
    std::future::ready(()).await;
    Ok(Json(thing))
}

/// Things.
///
/// All of them.
#[secure(title = "Things", version = "1.0.0", endpoints(read, write))]
#[derive(Debug, Clone, Copy)]
pub struct Things;

#[tokio::test]
async fn handlers_keep_their_attributes_and_stay_callable() {
    let thing = Thing { long_name: "a".into() };
    assert_eq!(read::handler(Json(thing.clone())).await.0, thing);
    assert!(write::handler(Json(thing)).await.is_ok());
    let endpoint = Things::POLICY.declared_endpoints()[0];
    assert_eq!(endpoint.summary(), "Reads a thing.");
    assert_eq!(Things::POLICY.description(), "Things.\n\nAll of them.");
    assert_eq!(super::refused(Thing { long_name: "12345".into() }), ["/longName"]);
}
