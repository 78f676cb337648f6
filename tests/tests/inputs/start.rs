//! What no request could spell is said when the gate is opened, with the field and the mend.

use std::collections::HashMap;

use palisade::{
    gate::StartError,
    input::upload::{File, FileType},
    policy::MediaType,
    prelude::*,
};

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
#[serde(deny_unknown_fields)]
struct Paper {
    paper: File<Pdf>,
}

/// It holds itself, and a file only behind that.
#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Papers {
    #[secure(length(max = 3))]
    older: Vec<Papers>,
    newest: Option<Paper>,
}

struct Pdf;

impl FileType for Pdf {
    const LONGEST: u64 = 64;
    const MEDIA_TYPES: &'static [MediaType] = &[MediaType::PDF];
    type Sink = Vec<u8>;
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
        ("a file in a document", start!(Json<Paper>), "take it with `Multipart<T>`"),
        ("a file within a list", start!(Json<Papers>), "take it with `Multipart<T>`"),
        ("a file in lines", start!(Ndjson<Holds<Papers>, 9>), "take it with `Multipart<T>`"),
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
        ("a document that holds itself", start!(Json<Deep<Option<Box<Chain>>>>)),
    ];
    for (what, outcome) in rows {
        assert_eq!(outcome, Ok(()), "{what}");
    }
}

#[tokio::test]
async fn a_get_reads_no_body() {
    #[secure(get = "/found", public = "a test", rate = "60/min per ip")]
    async fn found(_search: Json<Inner>) -> NoContent {
        NoContent
    }

    #[secure(title = "Found", version = "1.0.0", endpoints(found))]
    struct Found;

    let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
    let error = gate.build::<Found>().await.map(|_| ()).map_err(|error| error.to_string());
    let expected = "`found` (GET /found) reads a body, which means nothing in a GET or HEAD: take it in the query, or make it a POST";
    assert_eq!(error, Err(expected.to_owned()));
}

#[tokio::test]
async fn a_query_is_read_once() {
    #[secure(get = "/pages", public = "a test", rate = "60/min per ip")]
    async fn pages(_one: Query<Inner>, _other: Query<Holds<u8>>) -> NoContent {
        NoContent
    }

    #[secure(title = "Pages", version = "1.0.0", endpoints(pages))]
    struct Pages;

    let gate = Gate::builder().limiter(Limiter::memory()).clients(Clients::direct()).audit(Audit::none("a test"));
    let error = gate.build::<Pages>().await.map(|_| ()).map_err(|error| error.to_string());
    assert_eq!(error, Err("`pages` (GET /pages) reads the query twice: put both into one type".to_owned()));
}
