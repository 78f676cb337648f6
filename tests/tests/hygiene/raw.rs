//! Raw identifiers: on the wire they are plain words.

use palisade::prelude::*;

/// A match.
#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub struct Match {
    #[secure(length(max = 4))]
    r#type: String,
    r#in: Kind,
}

/// A kind.
#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[expect(non_camel_case_types, reason = "the wire is lower case")]
pub enum Kind {
    /// With text.
    r#dyn(#[secure(length(max = 4))] String),
}

/// Matches.
#[secure(post = "/matches/{type}", public = "a score board", open(r#type, "no secret"), rate = "1/s per ip")]
async fn r#match(Json(found): Json<Match>) -> NoContent {
    drop((found.r#type, found.r#in));
    NoContent
}

/// Scores.
#[secure(title = "Scores", version = "1.0.0", endpoints(r#match))]
pub struct Scores;

#[test]
fn raw_identifiers_are_plain_on_the_wire() {
    let found = Match { r#type: "12345".into(), r#in: Kind::r#dyn("12345".into()) };
    assert_eq!(super::refused(found), ["/type", "/in/dyn"]);
    let endpoint = Scores::POLICY.declared_endpoints()[0];
    assert_eq!((endpoint.id(), endpoint.open_parameters()[0].name()), ("match", "type"));
}
