//! What stands in a path, a query, a header or a cookie is a text, so it is no object.

use palisade::prelude::*;
use serde::Deserialize;

/// Several things at once, which no text is.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Address {
    #[secure(length(max = 3))]
    country: String,
}

#[secure(post = "/a/{address}", auth = "oauth2", open(address, "for all"))]
struct InPath {
    #[secure(path)]
    address: Address,
}

#[secure(post = "/b", auth = "oauth2")]
struct InQuery {
    #[secure(query)]
    address: Address,
}

#[secure(post = "/c", auth = "oauth2")]
struct InHeader {
    #[secure(header)]
    address: Address,
}

#[secure(post = "/d", auth = "oauth2")]
struct InCookie {
    #[secure(cookie)]
    address: Address,
}

#[secure(post = "/e", auth = "oauth2")]
struct Reserved {
    #[secure(header, length(max = 64))]
    authorization: String,
}

macro_rules! handle {
    ($($request:ident)+) => {
        $(impl Handle for $request {
            type Answer = NoContent;

            async fn handle(self) -> NoContent {
                NoContent
            }
        })+
    };
}
handle!(InPath InQuery InHeader InCookie Reserved);

fn main() {}
