//! What a gate lacks is said when it is built, with the endpoint that needs it and what to add.

use palisade::{
    auth::{MemoryKeys, Secret},
    gate::GateBuilder,
    prelude::*,
    testing::TestIssuer,
};
use shop::policy::Shop;

fn keys() -> ApiKeys<MemoryKeys> {
    ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).unwrap()
}

fn tokens() -> Tokens {
    TestIssuer::new("https://id.shop.example").tokens("https://api.shop.example")
}

#[tokio::test]
async fn a_gate_that_lacks_something_does_not_open() {
    let with = Gate::builder;
    let rows: [(&str, GateBuilder, &[&str]); 6] = [
        (
            "no verifier",
            with().api_keys(keys()).limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::tracing()),
            &["`list_orders` (GET /v1/orders)", "tokens", "add `.bearer("],
        ),
        (
            "no keys",
            with().bearer(tokens()).limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::tracing()),
            &["`daily_report` (GET /v1/reports/daily)", "API keys", "add `.api_keys("],
        ),
        (
            "no limiter",
            with().bearer(tokens()).api_keys(keys()).clients(Clients::direct()).audit(Audit::tracing()),
            &["`health` (GET /health)", "rate", "add `.limiter("],
        ),
        (
            "no clients",
            with().bearer(tokens()).api_keys(keys()).limiter(Limiter::memory()).audit(Audit::tracing()),
            &["`health` (GET /health)", "address", "add `.clients("],
        ),
        (
            "no audit",
            with().bearer(tokens()).api_keys(keys()).limiter(Limiter::memory()).clients(Clients::direct()),
            &["audit", "add `.audit("],
        ),
        (
            "a wildcard as origin",
            with()
                .bearer(tokens())
                .api_keys(keys())
                .limiter(Limiter::memory())
                .clients(Clients::direct())
                .audit(Audit::tracing())
                .origin("https://*"),
            &["`.origin(..)`", "write one origin"],
        ),
    ];
    for (what, builder, parts) in rows {
        let error = match builder.build::<Shop>().await {
            Ok(_) => panic!("{what}: the gate opened"),
            Err(error) => error.to_string(),
        };
        for part in parts {
            assert!(error.contains(part), "{what}: {error}");
        }
    }
}

#[tokio::test]
async fn a_gate_with_everything_opens() {
    let gate = Gate::builder()
        .bearer(tokens())
        .api_keys(keys())
        .limiter(Limiter::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test of the start"))
        .build::<Shop>()
        .await;
    assert!(gate.is_ok());
}
