//! Deciding against a truth table written another way, and what a denial names.

use proptest::prelude::*;

use super::{Decision, Denial, Ownership, decide, decide_property};
use crate::{
    auth::Caller,
    controls,
    policy::{Access, CallerKind, Catalogue, Entry, Freshness, Grant, Listed, Mask, Roles, Scopes, named},
    testing::TestIssuer,
};

const NOW: u64 = 1_800_000_000;

static SCOPES: Catalogue = Catalogue::new("scope", &[Entry::new("a", ""), Entry::new("b", ""), Entry::new("c", "")]);
static ROLES: Catalogue = Catalogue::new("role", &[Entry::new("x", ""), Entry::new("y", "")]);

struct Scope;
struct Role;

impl Listed for Scope {
    const CATALOGUE: &'static Catalogue = &SCOPES;

    fn index(&self) -> usize {
        0
    }
}
impl Listed for Role {
    const CATALOGUE: &'static Catalogue = &ROLES;

    fn index(&self) -> usize {
        0
    }
}
impl Scopes for Scope {}
impl Roles for Role {}

fn outage(_caller: &Caller) -> Decision {
    Decision::Indeterminate
}

fn scope(index: usize) -> Access {
    Access::Scope(Grant::new(&named(Scope, index)))
}

fn role(index: usize) -> Access {
    Access::Role(Grant::new(&named(Role, index)))
}

fn fresh(seconds: u64) -> Access {
    Access::Fresh(Freshness::within(std::time::Duration::from_secs(seconds)))
}

/// A caller who logged in `age` seconds ago.
fn caller(scopes: u8, roles: u8, age: Option<u64>) -> Caller {
    let issuer = TestIssuer::new("https://id.shop.example");
    let token = issuer.token().expires_in(3_600);
    let token = match age {
        Some(age) => token.authenticated(age),
        None => token,
    };
    let verified = issuer.tokens(TestIssuer::AUDIENCE).verify(&token.sign(NOW), NOW).expect("a good token");
    let mask = |bits: u8| (0..8).filter(|bit| bits & (1 << bit) != 0).fold(Mask::EMPTY, Mask::with);
    Caller::bearer(verified, mask(scopes), mask(roles))
}

fn leak(parts: Vec<Access>) -> &'static [Access] {
    Box::leak(parts.into_boxed_slice())
}

fn expressions() -> impl Strategy<Value = Access> {
    let leaf = prop_oneof![
        (0_usize..3).prop_map(scope),
        (0_usize..2).prop_map(role),
        (1_u64..4).prop_map(|minutes| fresh(minutes * 60)),
        Just(Access::predicate("outage", outage)),
        Just(Access::owner()),
        Just(controls::user()),
        Just(controls::machine()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Access::all(leak(parts))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Access::any(leak(parts))),
            inner.prop_map(|part| Access::not(Box::leak(Box::new(part)))),
        ]
    })
}

/// Kleene's logic in numbers: 0 is no, 1 unknown, 2 yes; all is the least, any the greatest, not the complement.
fn truth(access: &Access, scopes: u8, roles: u8, age: Option<u64>, owns: bool) -> u8 {
    match access {
        Access::Scope(grant) => 2 * (scopes >> grant.index() & 1),
        Access::Role(grant) => 2 * (roles >> grant.index() & 1),
        // The caller of these tests is a person.
        Access::Kinds(kinds) => 2 * u8::from(kinds.contains(CallerKind::User)),
        Access::Fresh(fresh) => 2 * u8::from(age.is_some_and(|age| age <= fresh.seconds())),
        Access::Predicate(_) => 1,
        Access::Owner => 2 * u8::from(owns),
        Access::All(parts) => parts.iter().map(|part| truth(part, scopes, roles, age, owns)).min().unwrap_or(2),
        Access::Any(parts) => parts.iter().map(|part| truth(part, scopes, roles, age, owns)).max().unwrap_or(0),
        Access::Not(part) => 2 - truth(part, scopes, roles, age, owns),
    }
}

const fn number(decision: Decision) -> u8 {
    match decision {
        Decision::Deny(_) => 0,
        Decision::Indeterminate => 1,
        Decision::Allow => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn rule_72_decides_as_the_truth_table_says(
        demands in prop::collection::vec(expressions(), 1..3),
        scopes in 0_u8..8,
        roles in 0_u8..4,
        age in prop::option::of(0_u64..240),
    ) {
        let demands: Vec<&Access> = demands.iter().collect();
        let expected = demands.iter().map(|access| truth(access, scopes, roles, age, false)).min();
        prop_assert_eq!(Some(number(decide(&demands, &caller(scopes, roles, age), NOW))), expected);
    }

    #[test]
    fn a_demand_on_a_property_is_decided_likewise_and_knows_the_owner(
        demand in expressions(),
        scopes in 0_u8..8,
        roles in 0_u8..4,
        age in prop::option::of(0_u64..240),
        owns: bool,
    ) {
        let ownership = if owns { Ownership::Own } else { Ownership::Foreign };
        let found = decide_property(&demand, &caller(scopes, roles, age), NOW, ownership);
        prop_assert_eq!(number(found), truth(&demand, scopes, roles, age, owns));
    }
}

#[test]
fn a_denial_names_what_the_caller_could_change() {
    let write_and_fresh = Access::all(leak(vec![scope(0), Access::any(leak(vec![role(0), fresh(900)]))]));
    let rows = [
        (write_and_fresh, 0b1, 0b0, Some(0), Decision::Allow),
        (write_and_fresh, 0b1, 0b1, None, Decision::Allow),
        (write_and_fresh, 0b1, 0b0, Some(901), Decision::Deny(Denial::Fresh(900))),
        (write_and_fresh, 0b1, 0b0, None, Decision::Deny(Denial::Fresh(900))),
        (write_and_fresh, 0b0, 0b0, Some(0), Decision::Deny(Denial::Scope)),
        (write_and_fresh, 0b0, 0b1, None, Decision::Deny(Denial::Scope)),
        (write_and_fresh, 0b0, 0b0, Some(901), Decision::Deny(Denial::FreshAndScope(900))),
        (role(1), 0b111, 0b1, Some(0), Decision::Deny(Denial::Forbidden)),
        (Access::not(Box::leak(Box::new(scope(0)))), 0b1, 0b0, None, Decision::Deny(Denial::Forbidden)),
    ];
    for (access, scopes, roles, age, expected) in rows {
        assert_eq!(
            decide(&[&access], &caller(scopes, roles, age), NOW),
            expected,
            "{access:?} {scopes} {roles} {age:?}"
        );
    }
}

#[test]
fn rule_70_an_empty_any_denies() {
    assert_eq!(decide(&[&Access::any(&[])], &caller(0b111, 0b11, Some(0)), NOW), Decision::deny());
}
