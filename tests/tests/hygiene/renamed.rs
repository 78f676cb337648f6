//! Our crate under another name, and rules and predicates that are named by path.

use super::house::{self, kit};

use kit::guard::{Json, Path, Problem, Roles, Scopes, Secure, secure};

/// What a token may be good for.
#[derive(Scopes)]
#[secure(crate = kit::guard)]
pub enum Scope {
    /// Count.
    #[secure("count")]
    Count,
}

/// What a caller may be.
#[derive(Roles)]
#[secure(crate = super::house::kit::guard)]
pub enum Role {
    /// Counts.
    #[secure("clerk")]
    Clerk,
}

/// Numbers.
#[derive(serde::Serialize, serde::Deserialize, Secure)]
#[secure(input, output, crate = crate::house::kit::guard)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    #[secure(house::Even)]
    strict: u32,
    #[secure(crate::house::Even(zero = true))]
    lax: u32,
    #[secure(super::house::Known(["one", "two"]))]
    word: String,
    #[secure(length(max = 4), each(self::house::Even(), range(max = 8)))]
    list: Vec<u32>,
}

/// Counts.
#[secure(
    put = "/numbers/{number}", scope = Scope::Count, open(number, "a number is no secret"), crate = kit::guard,
    allow = house::office_hours && !(crate::house::office_hours && role(Role::Clerk)),
)]
async fn count(Path(_): Path<Number>, Json(numbers): Json<Numbers>) -> Result<Json<Numbers>, Problem> {
    Ok(Json(numbers))
}

/// A number in a path.
#[derive(serde::Deserialize, Secure)]
#[secure(crate = kit::guard)]
#[serde(deny_unknown_fields)]
pub struct Number {
    #[secure(range(max = 9))]
    number: u8,
}

/// Numbers.
#[secure(
    title = "Numbers", version = "1.0.0", auth(oauth2), scopes = Scope, roles = self::Role, crate = super::house::kit::guard,
    default(rate = "1/s per ip"), endpoints(self::count),
)]
pub struct Counting;

#[test]
fn rules_and_predicates_come_by_path() {
    let numbers = Numbers { strict: 0, lax: 0, word: "three".into(), list: vec![2, 3, 10] };
    assert_eq!(super::refused(numbers), ["/strict", "/word", "/list/1", "/list/2"]);
    assert!(super::refused(Number { number: 9 }).is_empty());
    assert_eq!(<Counting as kit::guard::Api>::POLICY.declared_endpoints().len(), 1);
}
