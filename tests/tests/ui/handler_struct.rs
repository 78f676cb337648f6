//! A struct that is an endpoint: each field comes from one place, and rules stand beside it.

use palisade::prelude::*;

#[secure(get = "/a/{x}", auth = "oauth2", open(x, "a word"))]
struct Misplaced {
    #[secure(qurey)]
    a: u8,
    #[secure(length(max = 64))]
    b: String,
    #[secure(query, path)]
    x: u8,
}

#[secure(put = "/b/{id}", auth = "oauth2", object(id: Order))]
struct Bound {
    #[secure(path)]
    id: u32,
    #[secure(path)]
    line: u8,
    #[secure(body)]
    one: Line,
    #[secure(body)]
    other: Line,
}

#[secure(get = "/c/{line}", auth = "oauth2")]
struct Unbound {
    #[secure(path)]
    line: u8,
}

#[secure(get = "/d", auth = "oauth2")]
struct Generic<T> {
    #[secure(query)]
    a: T,
}

#[secure(get = "/e", auth = "oauth2")]
struct Tuple(Caller);

#[secure(get = "/f", auth = "oauth2")]
struct Unit;

#[secure(title = "Shop", version = "1.0.0", endpoints())]
struct Shop {}

struct Order;
struct Line;

fn main() {}
