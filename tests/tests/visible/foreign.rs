//! A demand that no catalogue of the API declares would be held against a catalogue it does not mean: the gate stays shut.

use palisade::{
    gate::StartError,
    input::upload::{File, FileType},
    policy::MediaType,
    prelude::*,
    respond::{Csv, Download, Events, Lines, Page, Tagged},
    testing::TestIssuer,
};
use serde::{Deserialize, Serialize};

/// The catalogue of the API.
#[derive(Roles)]
enum Own {
    /// Buys.
    #[secure("customer")]
    Customer,
}

/// The catalogue of another API, whose first role has the same place.
#[derive(Roles)]
enum Foreign {
    /// Runs the other shop.
    #[secure("admin")]
    Admin,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Written {
    #[secure(writable(role = Foreign::Admin))]
    price: Option<u32>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct WrittenHere {
    #[secure(writable(role = Own::Customer))]
    price: Option<u32>,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Seen {
    #[secure(visible(role = Foreign::Admin))]
    price: u32,
}

struct Paper;

impl FileType for Paper {
    const LONGEST: u64 = 64;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PDF];
    type Sink = Vec<u8>;
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Upload {
    #[secure(writable(role = Foreign::Admin))]
    price: Option<u32>,
    paper: File<Paper>,
}

/// What the gate of an API says of one endpoint, which takes `$input` and answers `$answer`.
macro_rules! start {
    ($input:ty, $answer:ty) => {{
        #[secure(post = "/prices", auth = "oauth2", rate = "60/min per caller")]
        async fn prices(_input: $input) -> Result<$answer, Problem> {
            Err(Problem::not_found())
        }

        #[secure(title = "Prices", version = "1.0.0", auth(oauth2), roles = Own, endpoints(prices))]
        struct Prices;

        let tokens = TestIssuer::new("https://id.shop.example").tokens(TestIssuer::AUDIENCE);
        let gate = Gate::builder().bearer(tokens).limiter(Limiter::memory()).audit(Audit::none("a test"));
        gate.build::<Prices>().await.map(|_| ()).map_err(|error: StartError| error.to_string())
    }};
}

#[tokio::test]
async fn a_demand_of_another_catalogue_does_not_start() {
    let rows = [
        ("json", start!(Json<Written>, NoContent)),
        ("form", start!(Form<Written>, NoContent)),
        ("query", start!(Query<Written>, NoContent)),
        ("headers", start!(Headers<Written>, NoContent)),
        ("cookies", start!(Cookies<Written>, NoContent)),
        ("multipart", start!(Multipart<Upload>, NoContent)),
        ("lines that enter", start!(Ndjson<Written, 9>, NoContent)),
        ("an answer", start!(Caller, Json<Seen>)),
        ("an answer within others", start!(Caller, Created<Tagged<Json<Seen>>>)),
        ("a page", start!(Caller, Page<Seen>)),
        ("lines that leave", start!(Caller, Lines<Seen>)),
        ("events", start!(Caller, Events<Seen>)),
        ("a table", start!(Caller, Download<Csv<Seen>>)),
    ];
    for (what, outcome) in rows {
        let expected = "`prices` (POST /prices) has a property that demands `admin`, which the API does not declare: demand a \
                        scope or role of the API's own catalogue";
        assert_eq!(outcome, Err(expected.to_owned()), "{what}");
    }
}

#[tokio::test]
async fn a_demand_of_the_own_catalogue_starts() {
    let rows = [start!(Headers<WrittenHere>, NoContent), start!(Cookies<WrittenHere>, NoContent)];
    assert_eq!(rows, [Ok(()), Ok(())]);
}
