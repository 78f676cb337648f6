//! Items made by `macro_rules!`, with types, rules, expressions and literals handed through.

use palisade::prelude::*;

/// What a token may be good for.
#[derive(Scopes)]
pub enum Scope {
    /// Read.
    #[secure("read")]
    Read,
}

macro_rules! request {
    ($name:ident { $field:ident: $t:ty, max = $max:expr, pattern = $pattern:literal }) => {
        /// A request.
        #[derive(serde::Serialize, serde::Deserialize, Secure)]
        #[secure(input, output)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            #[secure(length(max = $max))]
            $field: $t,
            #[secure(pattern($pattern))]
            fixed: String,
            #[secure(length(max = 2), each(range(max = $max)))]
            list: Vec<u64>,
        }
    };
}

request!(Named { name: Option<String>, max = 2 + 2, pattern = "[a-z]{3}" });

macro_rules! endpoint {
    ($name:ident, $path:literal, $scope:path, $rate:expr, $input:ty, $output:ty, $body:expr) => {
        /// An endpoint.
        #[secure(post = $path, scope = $scope, rate = $rate)]
        async fn $name(Json(input): Json<$input>) -> $output {
            drop(input);
            $body
        }
    };
}

endpoint!(rename, "/names", Scope::Read, "1/s per caller", Named, Result<NoContent, Problem>, Ok(NoContent));

macro_rules! api {
    ($name:ident, $title:expr, $($endpoint:path),*) => {
        /// An API.
        #[secure(title = $title, version = "1.0.0", auth(oauth2), scopes = Scope, endpoints($($endpoint),*))]
        pub struct $name;
    };
}

api!(Names, "Names", rename);

#[test]
fn fragments_of_macros_are_what_they_are() {
    let named = Named { name: Some("12345".into()), fixed: "a".into(), list: vec![5] };
    assert_eq!(super::refused(named), ["/name", "/fixed", "/list/0"]);
    assert_eq!(Names::POLICY.declared_endpoints()[0].path(), "/names");
}
