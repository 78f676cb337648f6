//! Walks an access expression over what is known of a caller.

use super::{Decision, Denial};
use crate::{
    auth::Caller,
    policy::{Access, Mask},
};

/// Whether `caller` satisfies all of `demands` at `now`, in seconds since 1970.
///
/// A denial says what would have to change for the answer to be yes: scopes, a recent login, or neither.
pub fn decide(demands: &[&Access], caller: &Caller, now: u64) -> Decision {
    let facts = Facts::of(caller, now);
    match all(demands, &facts) {
        Decision::Deny(_) => Decision::Deny(missing(demands, &facts)),
        decision @ (Decision::Allow | Decision::Indeterminate) => decision,
    }
}

/// Whether `caller` satisfies a demand on the property of a value, which they own or do not.
pub(crate) fn decide_property(demand: &Access, caller: &Caller, now: u64, ownership: Ownership) -> Decision {
    one(demand, &Facts { ownership, ..Facts::of(caller, now) })
}

/// Whether the caller owns the value that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ownership {
    Own,
    Foreign,
}

/// What an expression is held against: the caller as they are, or as they could be.
struct Facts<'a> {
    caller: &'a Caller,
    scopes: Mask,
    age: Option<u64>,
    ownership: Ownership,
}

impl<'a> Facts<'a> {
    fn of(caller: &'a Caller, now: u64) -> Self {
        let age = caller.authenticated_at().map(|at| now.saturating_sub(at));
        Self { caller, scopes: caller.scopes(), age, ownership: Ownership::Foreign }
    }
}

fn all(demands: &[&Access], facts: &Facts<'_>) -> Decision {
    demands.iter().fold(Decision::Allow, |decision, demand| decision.and(one(demand, facts)))
}

fn one(access: &Access, facts: &Facts<'_>) -> Decision {
    match access {
        Access::Scope(grant) => Decision::allow_if(facts.scopes.contains(grant.index())),
        Access::Role(grant) => Decision::allow_if(facts.caller.roles().contains(grant.index())),
        Access::Kinds(kinds) => Decision::allow_if(facts.caller.kind().is_some_and(|kind| kinds.contains(kind))),
        // A login of unknown age is not fresh.
        Access::Fresh(fresh) => Decision::allow_if(facts.age.is_some_and(|age| age <= fresh.seconds())),
        Access::Predicate(predicate) => predicate.decide(facts.caller),
        Access::Owner => Decision::allow_if(facts.ownership == Ownership::Own),
        Access::All(parts) => parts.iter().fold(Decision::Allow, |decision, part| decision.and(one(part, facts))),
        Access::Any(parts) => parts.iter().fold(Decision::deny(), |decision, part| decision.or(one(part, facts))),
        Access::Not(part) => one(part, facts).not(),
    }
}

/// Tries what the caller could change: first the token's scopes, then the age of the login.
fn missing(demands: &[&Access], facts: &Facts<'_>) -> Denial {
    let allowed = |scopes, age| all(demands, &Facts { scopes, age, ..*facts }) == Decision::Allow;
    let asked = demands.iter().fold(facts.scopes, |scopes, demand| scopes.union(scopes_in(demand)));
    if allowed(asked, facts.age) {
        return Denial::Scope;
    }
    match demands.iter().copied().filter_map(strictest).min() {
        Some(seconds) if allowed(facts.scopes, Some(0)) => Denial::Fresh(seconds),
        Some(seconds) if allowed(asked, Some(0)) => Denial::FreshAndScope(seconds),
        Some(_) | None => Denial::Forbidden,
    }
}

/// The scopes that an expression mentions without denying them.
pub(crate) fn scopes_in(access: &Access) -> Mask {
    match access {
        Access::Scope(grant) => Mask::EMPTY.with(grant.index()),
        Access::All(parts) | Access::Any(parts) => {
            parts.iter().fold(Mask::EMPTY, |scopes, part| scopes.union(scopes_in(part)))
        }
        Access::Role(_)
        | Access::Kinds(_)
        | Access::Fresh(_)
        | Access::Predicate(_)
        | Access::Owner
        | Access::Not(_) => Mask::EMPTY,
    }
}

fn strictest(access: &Access) -> Option<u64> {
    match access {
        Access::Fresh(fresh) => Some(fresh.seconds()),
        Access::All(parts) | Access::Any(parts) => parts.iter().filter_map(strictest).min(),
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::Predicate(_)
        | Access::Owner
        | Access::Not(_) => None,
    }
}
