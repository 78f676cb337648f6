//! Schemes that no client could use.

use palisade::prelude::*;

#[secure(title = "A", version = "1.0.0", auth(api_key(header = "X Api Key")), endpoints())]
struct Spaced;

#[secure(title = "B", version = "1.0.0", auth(api_key(header = "")), endpoints())]
struct Unnamed;

#[secure(title = "C", version = "1.0.0", auth(api_key(header = "Authorization")), endpoints())]
struct Taken;

fn main() {}
