//! A list on the wire, of which an item is left out now and then: what stands behind it has no place of its own.

use palisade::prelude::*;
use serde::Serialize;

#[derive(Serialize, Secure)]
#[secure(output)]
struct Moved(#[serde(skip_serializing_if = "Option::is_none")] Option<u8>, u8);

#[derive(Serialize, Secure)]
#[secure(output)]
enum Moves {
    Two(u8, #[serde(skip_serializing_if = "Option::is_none")] Option<u8>),
}

fn main() {}
