//! Arguments of `url` that make no sense.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Hook {
    #[secure(url(schemes = []))]
    without_scheme: String,
    #[secure(url(schemes = ["HTTPS"]))]
    scheme_in_capitals: String,
    #[secure(url(schemes = ["https://"]))]
    scheme_with_slashes: String,
    #[secure(url(schemes = ["https", "javascript"]))]
    scheme_that_runs: String,
    #[secure(url(host = "private"))]
    host: String,
    #[secure(url(ports = []))]
    without_port: String,
    #[secure(url(ports = [0]))]
    port: String,
    #[secure(url(userinfo = "none"))]
    userinfo: String,
    #[secure(url(fragment = "none"))]
    fragment: String,
    #[secure(url(international = "none"))]
    international: String,
    #[secure(url(max = 4))]
    max: String,
}

fn main() {}
