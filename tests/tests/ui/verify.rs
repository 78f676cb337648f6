//! What a lookup has the last word about does not enter without it.

use palisade::{
    Outage,
    prelude::*,
    value::{Findings, Verified, Verify},
};

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(verify)]
struct NewOrder {
    quantity: u32,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Plain {
    quantity: u32,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(verify)]
struct Unsaid {
    quantity: u32,
}

struct Stock;

impl Verify for NewOrder {
    type Context = Stock;

    async fn verify(&self, _stock: &Stock, _findings: &mut Findings<'_>) -> Result<(), Outage> {
        Ok(())
    }
}

#[secure(post = "/a", auth = "oauth2", rate = "60/min per caller")]
async fn without_a_lookup(_: Json<NewOrder>) -> NoContent {
    NoContent
}

#[secure(post = "/b", auth = "oauth2", rate = "60/min per caller")]
async fn nothing_to_look_up(_: Verified<Json<Plain>>) -> NoContent {
    NoContent
}

#[secure(post = "/c", auth = "oauth2", rate = "60/min per caller")]
async fn nothing_said(_: Verified<Json<Unsaid>>) -> NoContent {
    NoContent
}

fn main() {}
