//! What the service says about itself, to everybody.

use palisade::{openapi::Document, prelude::*};

/// Says that the service is there.
#[secure(get = "/health", tag = "service", public = "a liveness probe; it returns nothing but 204")]
pub async fn health() -> NoContent {
    NoContent
}

/// This document: what the API offers, and to whom.
#[secure(
    get = "/openapi.json",
    tag = "service",
    public = "what the API offers is no secret, who may use it is enforced"
)]
pub async fn openapi(State(document): State<Document>) -> Document {
    document
}
