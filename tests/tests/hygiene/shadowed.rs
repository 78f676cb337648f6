//! Items of the user's that are called like those of the standard library, or like ours.
#![expect(dead_code, reason = "they are there to be in the way")]

use palisade::prelude::*;

struct Option;
struct Result;
struct Vec;
struct Cow;
struct Box;
struct Value;
struct Rule;
struct Path;
struct Report;
struct Request;
struct Outcome;
struct Field;
struct Kind;
struct Sealed;
struct Some;
struct None;
struct Ok;
struct Err;
struct Into;
struct Default;
trait Sized {}
trait Clone {}
trait From {}
const SHAPE: u8 = 1;
const POLICY: u8 = 1;
const FIELDS: u8 = 1;
const __RULE_0: u8 = 1;

const fn check() {}
const fn clean() {}
const fn path() {}
const fn report() {}
const fn refuse() {}
const fn handler() {}
const fn scope() {}
const fn rate() {}
const fn length() {}
const fn named() {}

mod palisade_macros {}
mod serde_json {}
mod core {}
mod std {}
mod controls {}
mod schemars {}

type Text = ::std::string::String;
struct String;

/// What a caller may be.
#[derive(Roles)]
pub enum Role {
    /// Helps.
    #[secure("support")]
    Support,
}

/// An item.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// A field called like an argument of ours.
    #[secure(trim, length(max = 4))]
    path: Text,
    /// Another.
    #[secure(length(max = 4), each(length(max = 4)))]
    report: ::std::vec::Vec<Text>,
    /// A third.
    #[secure(range(max = 4))]
    value: ::std::option::Option<u8>,
}

/// Whoever calls.
#[derive(Callers, Debug)]
pub enum Fitted {
    /// A person.
    None(::palisade::auth::User),
    /// A program.
    Some(::palisade::auth::Machine),
}

/// Takes whoever calls.
#[secure(get = "/who", role = Role::Support, rate = "1/s per caller")]
async fn extract(caller: Fitted) -> ::palisade::respond::NoContent {
    drop(caller);
    ::palisade::respond::NoContent
}

/// Checks an item, under a name of ours, with arguments called like ours.
#[secure(post = "/items/{id}", role = Role::Support, open(id, "nothing secret"), rate = "1/s per caller")]
async fn serve(Json(request): Json<Item>, caller: Caller, State(state): State<u8>) -> Json<Item> {
    drop((caller, state));
    Json(request)
}

/// Items.
#[secure(title = "Items", version = "1.0.0", auth(oauth2), roles = Role, endpoints(serve, extract))]
pub struct Api;

#[test]
fn names_of_the_user_s_stay_out_of_expansions() {
    let item = Item { path: "12345".into(), report: vec!["12345".into()], value: ::std::option::Option::Some(5) };
    assert_eq!(super::refused(item), ["/path", "/report/0", "/value"]);
    assert_eq!(<Api as ::palisade::Api>::POLICY.declared_endpoints()[0].id(), "serve");
}
