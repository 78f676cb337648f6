//! What a gate lacks is said when it is built, with the endpoint that needs it and what to add.

use palisade::{
    auth::{MemoryKeys, Secret},
    gate::GateBuilder,
    prelude::*,
    testing::TestIssuer,
};
use shop::policy::Shop;

use crate::world::with_partners;

fn keys() -> ApiKeys<MemoryKeys> {
    ApiKeys::new("shop", MemoryKeys::new([]), Secret::new(vec![7; 32])).unwrap()
}

fn tokens() -> Tokens {
    TestIssuer::new("https://id.shop.example").tokens("https://api.shop.example")
}

#[tokio::test]
async fn a_gate_that_lacks_something_does_not_open() {
    let with = || with_partners(Gate::builder());
    let complete = |gate: GateBuilder| {
        gate.bearer(tokens())
            .api_keys(keys())
            .limiter(Limiter::memory())
            .idempotency(Idempotency::memory())
            .clients(Clients::direct())
            .audit(Audit::tracing())
    };
    let rows: [(&str, GateBuilder, &[&str]); 8] = [
        (
            "nobody who sends webhooks",
            complete(Gate::builder()),
            &["`note_payment` (POST /v1/webhooks/payments)", "`payments`", "add `.webhooks(\"payments\""],
        ),
        (
            "no verifier",
            with()
                .api_keys(keys())
                .limiter(Limiter::memory())
                .idempotency(Idempotency::memory())
                .clients(Clients::direct())
                .audit(Audit::tracing()),
            &["`list_orders` (GET /v1/orders)", "tokens", "add `.bearer("],
        ),
        (
            "no keys",
            with()
                .bearer(tokens())
                .limiter(Limiter::memory())
                .idempotency(Idempotency::memory())
                .clients(Clients::direct())
                .audit(Audit::tracing()),
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
            "no place for answers",
            with()
                .bearer(tokens())
                .api_keys(keys())
                .limiter(Limiter::memory())
                .clients(Clients::direct())
                .audit(Audit::tracing()),
            &["`place_order` (POST /v1/orders)", "idempotent", "add `.idempotency("],
        ),
        (
            "no audit",
            with()
                .bearer(tokens())
                .api_keys(keys())
                .limiter(Limiter::memory())
                .idempotency(Idempotency::memory())
                .clients(Clients::direct()),
            &["audit", "add `.audit("],
        ),
        ("a wildcard as origin", complete(with()).origin("https://*"), &["`.origin(..)`", "write one origin"]),
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
    let gate = with_partners(Gate::builder())
        .bearer(tokens())
        .api_keys(keys())
        .limiter(Limiter::memory())
        .idempotency(Idempotency::memory())
        .clients(Clients::direct())
        .audit(Audit::none("a test of the start"))
        .build::<Shop>()
        .await;
    assert!(gate.is_ok());
}

/// What a policy could be asked for, but no request could be granted.
mod impossible {
    use palisade::prelude::*;

    #[derive(serde::Deserialize, Secure)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Half {
        pub(super) count: u8,
    }

    #[secure(post = "/twice", auth = "oauth2", rate = "60/min per caller")]
    async fn twice(Json(left): Json<Half>, Json(right): Json<Half>) -> NoContent {
        assert!(left.count < right.count);
        NoContent
    }

    #[secure(title = "Twice", version = "1.0.0", auth(oauth2), endpoints(twice))]
    pub(super) struct Twice;

    #[secure(
        get = "/counted",
        auth = "oauth2",
        rate("1/s per ip", name = "a"),
        rate("2/s per ip", name = "b"),
        rate("3/s per ip", name = "c"),
        rate("4/s per ip", name = "d"),
        rate("5/s per ip", name = "e"),
        rate("6/s per ip", name = "f"),
        rate("7/s per ip", name = "g"),
        rate("8/s per ip", name = "h"),
        rate("9/s per ip", name = "i")
    )]
    async fn counted() -> NoContent {
        NoContent
    }

    #[derive(serde::Serialize, Secure)]
    #[secure(output)]
    pub(super) struct Tick {
        pub(super) count: u8,
    }

    #[secure(post = "/ticks", auth = "oauth2", rate = "60/min per caller", idempotent)]
    async fn ticks() -> palisade::respond::Lines<Tick> {
        palisade::respond::Lines::of(futures_util::stream::iter([Ok(Tick { count: 1 })]))
    }

    #[secure(title = "Ticking", version = "1.0.0", auth(oauth2), endpoints(ticks))]
    pub(super) struct Ticking;

    #[secure(title = "Counted", version = "1.0.0", auth(oauth2), endpoints(counted))]
    pub(super) struct Counted;
}

#[tokio::test]
async fn what_no_request_could_be_granted_does_not_start() {
    let gate = || {
        let gate = Gate::builder()
            .bearer(tokens())
            .limiter(Limiter::memory())
            .idempotency(Idempotency::memory())
            .clients(Clients::direct());
        gate.audit(Audit::none("a test of the start"))
    };
    let twice = gate().build::<impossible::Twice>().await.unwrap_err().to_string();
    assert_eq!(twice, "`twice` (POST /twice) reads the body twice: put both into one type");
    let counted = gate().build::<impossible::Counted>().await.unwrap_err().to_string();
    assert_eq!(counted, "`counted` (GET /counted) has more than 8 rates: leave out those that others imply");
    let ticking = gate().build::<impossible::Ticking>().await.unwrap_err().to_string();
    assert_eq!(
        ticking,
        "`ticks` (POST /ticks) is idempotent, and answers with a stream, which cannot be kept: answer with the whole of it, or \
         remove `idempotent`"
    );
    let silent = Gate::builder().audit(Audit::none("")).build::<impossible::Twice>().await.unwrap_err().to_string();
    assert_eq!(silent, "`Audit::none` needs a reason: say why nothing is recorded");
}
