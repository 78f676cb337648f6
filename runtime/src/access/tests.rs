//! Deciding against a truth table written another way, and what a denial names.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;

use super::{Decision, Denial, Factors, GrantedScopes, Login, Ownership, contexts, decide, decide_property};
use crate::{
    auth::{Caller, OptionalClaim},
    controls,
    policy::{Access, Acr, CallerKind, Catalogue, Entry, Freshness, Grant, Listed, Mask, Roles, Scopes, named},
    testing::{ProofKey, TestIssuer},
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

/// The contexts of the issuer, the weakest first.
const LEVELS: [&str; 3] = ["bronze", "silver", "gold"];

/// How a caller logged in.
#[derive(Debug, Clone, Copy)]
struct Logged {
    /// Seconds ago.
    age: Option<u64>,
    /// The place among the levels.
    level: Option<usize>,
    several_factors: bool,
    is_bound: bool,
}

const NEVER: Logged = Logged { age: None, level: None, several_factors: false, is_bound: false };

fn logged() -> impl Strategy<Value = Logged> {
    let parts = (prop::option::of(0_u64..240), prop::option::of(0_usize..3), any::<bool>(), any::<bool>());
    parts.prop_map(|(age, level, several_factors, is_bound)| Logged { age, level, several_factors, is_bound })
}

fn acr(level: usize) -> Access {
    Access::Acr(Acr::named(LEVELS[level]))
}

/// A caller who logged in like this.
fn caller(scopes: u8, roles: u8, logged: Logged) -> Caller {
    // Keys take longer to make than all else.
    static ISSUER: LazyLock<(TestIssuer, Value)> =
        LazyLock::new(|| (TestIssuer::new("https://id.shop.example"), ProofKey::new().confirmation()));
    let (issuer, confirmation) = &*ISSUER;
    let mut token = issuer.token().expires_in(3_600);
    if let Some(age) = logged.age {
        token = token.authenticated(age);
    }
    if let Some(level) = logged.level {
        token = token.claim("acr", LEVELS[level]);
    }
    if logged.several_factors {
        token = token.claim("amr", vec!["pwd", "otp"]);
    }
    if logged.is_bound {
        token = token.claim("cnf", confirmation.clone());
    }
    let tokens = issuer.tokens(TestIssuer::AUDIENCE).acr_levels(LEVELS).multi_factor_acr(["platinum"]);
    let verified = tokens.verify(&token.sign(NOW), NOW).expect("a good token");
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
        (0_usize..3).prop_map(acr),
        Just(Access::Mfa),
        Just(Access::SenderConstrained),
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
fn truth(access: &Access, scopes: u8, roles: u8, logged: Logged, owns: bool) -> u8 {
    match access {
        Access::Scope(grant) => 2 * (scopes >> grant.index() & 1),
        Access::Role(grant) => 2 * (roles >> grant.index() & 1),
        // The caller of these tests is a person.
        Access::Kinds(kinds) => 2 * u8::from(kinds.contains(CallerKind::User)),
        Access::Fresh(fresh) => 2 * u8::from(logged.age.is_some_and(|age| age <= fresh.seconds())),
        Access::Acr(acr) => {
            let wanted = LEVELS.iter().position(|level| *level == acr.value());
            2 * u8::from(logged.level.is_some_and(|level| wanted.is_some_and(|wanted| wanted <= level)))
        }
        Access::Mfa => 2 * u8::from(logged.several_factors),
        Access::SenderConstrained => 2 * u8::from(logged.is_bound),
        Access::Predicate(_) => 1,
        Access::Owner => 2 * u8::from(owns),
        Access::All(parts) => parts.iter().map(|part| truth(part, scopes, roles, logged, owns)).min().unwrap_or(2),
        Access::Any(parts) => parts.iter().map(|part| truth(part, scopes, roles, logged, owns)).max().unwrap_or(0),
        Access::Not(part) => 2 - truth(part, scopes, roles, logged, owns),
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
        logged in logged(),
    ) {
        let demands: Vec<&Access> = demands.iter().collect();
        let expected = demands.iter().map(|access| truth(access, scopes, roles, logged, false)).min();
        prop_assert_eq!(Some(number(decide(&demands, &caller(scopes, roles, logged), NOW))), expected);
    }

    #[test]
    fn a_demand_on_a_property_is_decided_likewise_and_knows_the_owner(
        demand in expressions(),
        scopes in 0_u8..8,
        roles in 0_u8..4,
        logged in logged(),
        owns: bool,
    ) {
        let ownership = if owns { Ownership::Own } else { Ownership::Foreign };
        let found = decide_property(&demand, &caller(scopes, roles, logged), NOW, ownership);
        prop_assert_eq!(number(found), truth(&demand, scopes, roles, logged, owns));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whoever does what a denial says is allowed then.
    #[test]
    fn rule_12_a_login_that_does_what_the_denial_says_is_good(
        demand in expressions(),
        scopes in 0_u8..8,
        logged in logged(),
    ) {
        let before = caller(scopes, 0, logged);
        if let Decision::Deny(Denial::Login(login)) = decide(&[&demand], &before, NOW) {
            let level = login.acr.and_then(|acr| LEVELS.iter().position(|level| *level == acr));
            let after = Logged {
                age: if login.max_age.is_some() { Some(0) } else { logged.age },
                level: level.or(logged.level),
                several_factors: login.factors == Factors::Several || logged.several_factors,
                ..logged
            };
            let asked = super::scopes_in(&demand);
            let granted = (0..3).filter(|scope| asked.contains(*scope)).fold(scopes, |granted, scope| granted | 1 << scope);
            let scopes = if login.scopes == GrantedScopes::Demanded { granted } else { scopes };
            prop_assert_eq!(truth(&demand, scopes, 0, after, false), 2, "{:?} {:?}", demand, login);
            prop_assert_eq!(login.acr, contexts(&[&demand], &before, NOW, login).first().copied());
        }
    }
}

const LOGIN: Login =
    Login { max_age: None, acr: None, factors: Factors::AsTheyWere, scopes: GrantedScopes::AsTheyWere };

#[test]
fn a_denial_names_what_the_caller_could_change() {
    let aged = |age| Logged { age: Some(age), ..NEVER };
    let write_and_fresh = Access::all(leak(vec![scope(0), Access::any(leak(vec![role(0), fresh(900)]))]));
    let login = |max_age, scopes| Decision::Deny(Denial::Login(Login { max_age: Some(max_age), scopes, ..LOGIN }));
    let (same, demanded) = (GrantedScopes::AsTheyWere, GrantedScopes::Demanded);
    let rows = [
        (write_and_fresh, 0b1, 0b0, aged(0), Decision::Allow),
        (write_and_fresh, 0b1, 0b1, NEVER, Decision::Allow),
        (write_and_fresh, 0b1, 0b0, aged(901), login(900, same)),
        (write_and_fresh, 0b1, 0b0, NEVER, login(900, same)),
        (write_and_fresh, 0b0, 0b0, aged(0), Decision::Deny(Denial::Scope)),
        (write_and_fresh, 0b0, 0b1, NEVER, Decision::Deny(Denial::Scope)),
        (write_and_fresh, 0b0, 0b0, aged(901), login(900, demanded)),
        (role(1), 0b111, 0b1, aged(0), Decision::Deny(Denial::Forbidden)),
        (Access::not(Box::leak(Box::new(scope(0)))), 0b1, 0b0, NEVER, Decision::Deny(Denial::Forbidden)),
    ];
    for (access, scopes, roles, logged, expected) in rows {
        let found = decide(&[&access], &caller(scopes, roles, logged), NOW);
        assert_eq!(found, expected, "{access:?} {scopes} {roles} {logged:?}");
    }
}

#[test]
fn rule_12_a_denial_names_the_least_that_a_login_has_to_be() {
    let every = |parts: &[Access]| Access::all(leak(parts.to_vec()));
    let either = |parts: &[Access]| Access::any(leak(parts.to_vec()));
    let (gold, silver) = (acr(2), acr(1));
    let rows = [
        (silver, Login { acr: Some("silver"), ..LOGIN }),
        (either(&[gold, silver]), Login { acr: Some("gold"), ..LOGIN }),
        (every(&[gold, silver]), Login { acr: Some("gold"), ..LOGIN }),
        (Access::Mfa, Login { factors: Factors::Several, ..LOGIN }),
        (either(&[fresh(300), gold]), Login { max_age: Some(300), ..LOGIN }),
        (every(&[fresh(300), gold]), Login { max_age: Some(300), acr: Some("gold"), ..LOGIN }),
        (every(&[fresh(300), Access::Mfa]), Login { max_age: Some(300), factors: Factors::Several, ..LOGIN }),
        (every(&[gold, Access::Mfa]), Login { acr: Some("gold"), factors: Factors::Several, ..LOGIN }),
        (every(&[scope(1), gold]), Login { acr: Some("gold"), scopes: GrantedScopes::Demanded, ..LOGIN }),
    ];
    for (access, expected) in rows {
        let found = decide(&[&access], &caller(0, 0, NEVER), NOW);
        assert_eq!(found, Decision::Deny(Denial::Login(expected)), "{access:?}");
    }
    let either = either(&[gold, silver]);
    assert_eq!(contexts(&[&either], &caller(0, 0, NEVER), NOW, LOGIN), <[&str; 0]>::default());
    let login = Login { acr: Some("gold"), ..LOGIN };
    assert_eq!(contexts(&[&either], &caller(0, 0, NEVER), NOW, login), ["gold", "silver"]);
}

#[test]
fn a_credential_that_anybody_could_use_is_told_so_before_a_login_is() {
    let bound = Access::SenderConstrained;
    let demands = [&bound, &scope(0), &fresh(60)];
    assert_eq!(decide(&demands, &caller(0, 0, NEVER), NOW), Decision::Deny(Denial::SenderConstrained));
    assert_eq!(decide(&[&bound, &role(0)], &caller(0, 0, NEVER), NOW), Decision::Deny(Denial::Forbidden));
    let is_bound = Logged { is_bound: true, ..NEVER };
    assert_eq!(decide(&[&bound], &caller(0, 0, is_bound), NOW), Decision::Allow);
}

#[test]
fn a_key_has_no_login_and_cannot_step_up() {
    let key = Caller::api_key(crate::auth::StoredKey::new("k1", "billing-job"), Mask::EMPTY, Mask::EMPTY);
    for access in [fresh(60), acr(0), Access::Mfa] {
        assert_eq!(decide(&[&access], &key, NOW), Decision::deny(), "{access:?}");
    }
}

#[test]
fn rule_70_an_empty_any_denies() {
    assert_eq!(
        decide(&[&Access::any(&[])], &caller(0b111, 0b11, Logged { age: Some(0), ..NEVER }), NOW),
        Decision::deny()
    );
}

#[test]
fn a_caller_of_unknown_kind_is_neither_a_user_nor_a_machine_nor_the_opposite_of_either() {
    let issuer = TestIssuer::new("https://id.shop.example");
    let tokens = issuer.tokens(TestIssuer::AUDIENCE).accept_missing(OptionalClaim::ClientId);
    let verified = tokens.verify(&issuer.token().without("client_id").sign(NOW), NOW).expect("a good token");
    let unknown = Caller::bearer(verified, Mask::EMPTY, Mask::EMPTY);
    assert_eq!(unknown.kind(), None);
    static MACHINE: Access = controls::machine();
    static USER: Access = controls::user();
    static NOT_MACHINE: Access = Access::Not(&MACHINE);
    static EITHER: [Access; 2] = [MACHINE, USER];
    static BOTH: [Access; 2] = [Access::Not(&MACHINE), Access::Not(&USER)];
    let demands = [
        MACHINE,
        USER,
        Access::Not(&MACHINE),
        Access::Not(&USER),
        Access::Any(&EITHER),
        Access::Not(&NOT_MACHINE),
        Access::Any(&BOTH),
        Access::Not(leak(vec![Access::All(&EITHER)]).first().unwrap()),
        Access::Not(leak(vec![Access::Any(&EITHER)]).first().unwrap()),
    ];
    for demand in demands {
        assert_eq!(decide(&[&demand], &unknown, NOW), Decision::deny(), "{demand:?}");
    }
}
