//! What no request could spell is said when the gate is opened, with the field and the mend.

use std::collections::HashMap;

use palisade::{gate::StartError, prelude::*};

/// An API of one endpoint that takes `$input`, and what its gate says.
macro_rules! start {
    ($input:ty) => {{
        #[secure(post = "/taken", public = "a test", rate = "60/min per ip")]
        async fn taken(_taken: $input) -> NoContent {
            NoContent
        }

        #[secure(title = "Start", version = "1.0.0", endpoints(taken))]
        struct Start;

        let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
        gate.build::<Start>().await.map(|_| ()).map_err(|error: StartError| error.to_string())
    }};
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Inner {
    count: u8,
}

#[derive(serde::Deserialize, Secure)]
struct Names(#[secure(length(max = 3), each(length(max = 8)))] Vec<String>);

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Holds<T: palisade::value::Value> {
    held: T,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Commas<T: palisade::value::Value> {
    #[secure(style = comma_separated)]
    held: T,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Deep<T: palisade::value::Value> {
    #[secure(style = deep_object)]
    held: T,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Map {
    #[secure(length(max = 3), keys(length(max = 8)))]
    held: HashMap<String, u8>,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Beside {
    #[serde(flatten)]
    credentials: Credentials,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Credentials {
    #[serde(rename = "Authorization")]
    #[secure(length(max = 8))]
    authorization: String,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Chain {
    #[secure(style = deep_object)]
    next: Option<Box<Chain>>,
}

#[derive(serde::Deserialize, Secure)]
#[secure(ignore_unknown = "a test")]
struct Around<T: palisade::value::Value> {
    #[serde(flatten)]
    inner: T,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Words {
    #[secure(length(max = 3), each(length(max = 8)))]
    words: Vec<String>,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Circle {
    next: Option<Box<Circle>>,
}

#[tokio::test]
async fn what_no_request_could_spell_does_not_start() {
    let rows = [
        ("an object in a query", start!(Query<Holds<Inner>>), "style = deep_object"),
        ("an object in a form", start!(Form<Holds<Option<Inner>>>), "style = deep_object"),
        ("a map in a query", start!(Query<Map>), "style = deep_object"),
        ("no names", start!(Query<Names>), "write a struct with named fields"),
        ("commas of objects", start!(Query<Commas<Inner>>), "is no list"),
        ("members of a list", start!(Query<Deep<Names>>), "has no fields with names"),
        ("an object that holds itself", start!(Query<Chain>), "4 deep"),
        ("a flattened number in a query", start!(Query<Around<Inner>>), "`count`, which stands in a flattened type"),
        ("a flattened number in a form", start!(Form<Around<Option<Inner>>>), "where serde keeps texts"),
        ("a flattened number in a header field", start!(Headers<Around<Around<Inner>>>), "where serde keeps texts"),
        ("a part that holds itself", start!(Multipart<Circle>), "is an object"),
        ("an object in a header field", start!(Headers<Holds<Inner>>), "is an object"),
        ("a style in a header field", start!(Headers<Commas<Names>>), "remove `style`"),
        ("a flattened header field of the gate's", start!(Headers<Beside>), "`Authorization`"),
        ("a list in a cookie", start!(Cookies<Holds<Names>>), "one text is all it can be"),
    ];
    for (what, outcome, part) in rows {
        let error = outcome.expect_err(what);
        assert!(error.starts_with("`taken` (POST /taken) takes ") && error.contains(part), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_limit_is_no_more_than_is_ever_held() {
    macro_rules! limited {
        ($max:expr, $input:ty) => {{
            #[secure(post = "/taken", public = "a test", rate = "60/min per ip", body_limit(max = $max, reason = "a test"))]
            async fn taken(_taken: $input) -> NoContent {
                NoContent
            }

            #[secure(title = "Start", version = "1.0.0", endpoints(taken))]
            struct Start;

            let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
            gate.build::<Start>().await.map(|_| ()).map_err(|error: StartError| error.to_string())
        }};
    }
    assert_eq!(limited!(16_777_216, Json<Inner>), Ok(()));
    assert_eq!(limited!(16_777_217, Ndjson<Inner, 1_000_000>), Ok(()));
    assert!(limited!(16_777_217, Json<Inner>).is_err_and(|error| error.contains("lower `body_limit`")));
    assert!(limited!(u64::MAX, Ndjson<Inner, 1_000_000>).is_err_and(|error| error.contains("lower `body_limit`")));
}

#[tokio::test]
async fn what_can_be_spelled_starts() {
    let rows = [
        ("a list behind a name of its own", start!(Query<Holds<Names>>)),
        ("commas", start!(Query<Commas<Names>>)),
        ("an object of a style", start!(Form<Deep<Inner>>)),
        ("flattened texts", start!(Query<Around<Words>>)),
        ("a list of header fields", start!(Headers<Holds<Names>>)),
    ];
    for (what, outcome) in rows {
        assert_eq!(outcome, Ok(()), "{what}");
    }
}
