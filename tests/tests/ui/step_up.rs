//! How strongly a caller logged in, judged when the policy is put together.

use palisade::prelude::*;

#[secure(get = "/a", acr = "")]
async fn no_context() -> NoContent {
    NoContent
}

#[secure(get = "/b", acr = "urn:silver urn:gold")]
async fn two_contexts() -> NoContent {
    NoContent
}

#[secure(get = "/c", allow = acr("urn:gold") && !acr("urn:gold"), rate = "60/min per caller")]
async fn nobody() -> NoContent {
    NoContent
}

#[secure(get = "/d", allow = mfa() || !mfa(), rate = "60/min per caller")]
async fn everybody() -> NoContent {
    NoContent
}

#[secure(get = "/e", allow = !sender_constrained(), sender_constrained, rate = "60/min per caller")]
async fn bound_and_not() -> NoContent {
    NoContent
}

#[secure(title = "Contradictions", version = "1.0.0", auth(oauth2), endpoints(nobody, everybody, bound_and_not))]
struct Contradictions;

fn main() {}
