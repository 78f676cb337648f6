//! Tokens as a real provider signs them, by keys that were read once.

use palisade::auth::{Keys, Tokens};
use serde_json::json;

use crate::{
    op::{Provider, RESOURCE},
    world::World,
};

/// The algorithms that the provider signs with.
const ALGORITHMS: [&str; 5] = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];

#[tokio::test]
async fn rule_36_tokens_of_a_real_provider_are_good_as_they_are() {
    let Some(provider) = Provider::start() else { return };
    let keys = Keys::jwks(&provider.jwks().await).expect("a good set");
    let world = World::trusting(Tokens::issuer(provider.issuer()).audience(RESOURCE).keys(keys)).await;
    for algorithm in ALGORITHMS {
        let token = provider.token(algorithm, RESOURCE).await;
        let answer = world.ask(&token).await;
        assert_eq!((answer.status, answer.json()), (200, json!({"by": algorithm})), "{algorithm}");
        let (signed, _) = token.rsplit_once('.').expect("three segments");
        assert_eq!(world.verdict(&format!("{signed}.AAAA")).await, (401, "bad_signature".into()), "{algorithm}");
    }
    let elsewhere = provider.token("ES256", crate::op::OPAQUE).await;
    assert_eq!(world.verdict(&elsewhere).await.0, 401);
}
