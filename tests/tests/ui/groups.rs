//! Groups: what cannot hold in one of them, and what bounds nothing outside of it.

use palisade::prelude::*;

struct Create;

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Cleaned {
    #[secure(length(max = 9))]
    #[secure(trim, on = Create)]
    title: String,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Unbounded {
    #[secure(length(max = 9), on = Create)]
    title: String,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Contradicted {
    #[secure(length(max = 9))]
    #[secure(length(min = 10), on = Create)]
    title: String,
}

#[derive(serde::Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Secret {
    #[secure(length(max = 9))]
    #[secure(sensitive, on = Create)]
    title: String,
}

fn main() {}
