//! Arguments of `url` that make no sense. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct WithoutScheme {
    #[secure(url(schemes = []))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct SchemeInCapitals {
    #[secure(url(schemes = ["HTTPS"]))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct SchemeWithSlashes {
    #[secure(url(schemes = ["https://"]))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct SchemeThatRuns {
    #[secure(url(schemes = ["https", "javascript"]))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Host {
    #[secure(url(host = "private"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct WithoutPort {
    #[secure(url(ports = []))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Port {
    #[secure(url(ports = [0]))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Userinfo {
    #[secure(url(userinfo = "none"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Fragment {
    #[secure(url(fragment = "none"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct International {
    #[secure(url(international = "none"))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Max {
    #[secure(url(max = 4))]
    value: String,
}

fn main() {}
