//! Access expressions, as far as the macro reads them.

use palisade::prelude::*;

#[secure(get = "/a", allow)]
async fn nothing() -> NoContent {
    NoContent
}

#[secure(get = "/b", allow = true)]
async fn a_truth_value() -> NoContent {
    NoContent
}

#[secure(get = "/c", allow = fresh(minutes(5)) & fresh(minutes(9)))]
async fn one_ampersand() -> NoContent {
    NoContent
}

#[secure(get = "/d", allow = house::open() && !"a text")]
async fn a_call_and_a_text() -> NoContent {
    NoContent
}

#[secure(get = "/e", allow = |caller| caller.subject() == "root")]
async fn a_closure() -> NoContent {
    NoContent
}

fn main() {}
