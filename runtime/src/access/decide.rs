//! Walks an access expression over what is known of a caller.

use super::{Decision, Denial, Factors, GrantedScopes, Login};
use crate::{
    auth::{Caller, Method},
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
#[derive(Clone, Copy)]
struct Facts<'a> {
    caller: &'a Caller,
    scopes: Mask,
    age: Option<u64>,
    /// The context that another login would reach.
    acr: Option<&'static str>,
    factors: Factors,
    binding: Binding,
    ownership: Ownership,
}

/// Whether the credential is worth nothing to anybody else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Binding {
    OfTheCaller,
    Assumed,
}

impl<'a> Facts<'a> {
    fn of(caller: &'a Caller, now: u64) -> Self {
        Self {
            caller,
            scopes: caller.scopes(),
            age: caller.authenticated_at().map(|at| now.saturating_sub(at)),
            acr: None,
            factors: Factors::AsTheyWere,
            binding: Binding::OfTheCaller,
            ownership: Ownership::Foreign,
        }
    }

    fn reach(&self, wanted: &str) -> bool {
        match self.acr {
            Some(assumed) => self.caller.could_reach(assumed, wanted),
            None => self.caller.reaches_context(wanted),
        }
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
        Access::Acr(acr) => Decision::allow_if(facts.reach(acr.value())),
        Access::Mfa => Decision::allow_if(facts.factors == Factors::Several || facts.caller.is_multi_factor()),
        Access::SenderConstrained => {
            Decision::allow_if(facts.binding == Binding::Assumed || facts.caller.is_sender_constrained())
        }
        Access::Predicate(predicate) => predicate.decide(facts.caller),
        Access::Owner => Decision::allow_if(facts.ownership == Ownership::Own),
        Access::All(parts) => parts.iter().fold(Decision::Allow, |decision, part| decision.and(one(part, facts))),
        Access::Any(parts) => parts.iter().fold(Decision::deny(), |decision, part| decision.or(one(part, facts))),
        Access::Not(part) => opposite(part, facts),
    }
}

/// What `!` makes of it. Of a caller whose kind is not known, neither a kind nor its opposite holds: were `!machine` said of
/// them, a machine that nobody recognized would come in where only users may.
fn opposite(access: &Access, facts: &Facts<'_>) -> Decision {
    match access {
        Access::Kinds(kinds) => one(&Access::Kinds(kinds.complement()), facts),
        Access::All(parts) => parts.iter().fold(Decision::deny(), |decision, part| decision.or(opposite(part, facts))),
        Access::Any(parts) => parts.iter().fold(Decision::Allow, |decision, part| decision.and(opposite(part, facts))),
        Access::Not(part) => one(part, facts),
        Access::Scope(_)
        | Access::Role(_)
        | Access::Fresh(_)
        | Access::Acr(_)
        | Access::Mfa
        | Access::SenderConstrained
        | Access::Predicate(_)
        | Access::Owner => one(access, facts).not(),
    }
}

/// Tries what the caller could change: first the token's scopes, then the login, the least that will do.
fn missing(demands: &[&Access], facts: &Facts<'_>) -> Denial {
    let allowed = |facts: &Facts<'_>| all(demands, facts) == Decision::Allow;
    let asked = demands.iter().fold(facts.scopes, |scopes, demand| scopes.union(scopes_in(demand)));
    if allowed(&Facts { scopes: asked, ..*facts }) {
        return Denial::Scope;
    }
    let login = logins(demands, facts).find(|login| allowed(&as_if(facts, login, asked)));
    if let Some(login) = login {
        return Denial::Login(login);
    }
    // What is missing besides is told to whoever comes back with such a token.
    let bound = Facts { binding: Binding::Assumed, ..*facts };
    let with_any_login = || logins(demands, facts).any(|login| allowed(&as_if(&bound, &login, asked)));
    if allowed(&Facts { scopes: asked, ..bound }) || with_any_login() {
        return Denial::SenderConstrained;
    }
    Denial::Forbidden
}

/// The contexts of which each would do as well as the one that a denial names, in the order in which they are mentioned.
pub(crate) fn contexts(demands: &[&Access], caller: &Caller, now: u64, login: Login) -> Vec<&'static str> {
    let facts = Facts::of(caller, now);
    let asked = demands.iter().fold(facts.scopes, |scopes, demand| scopes.union(scopes_in(demand)));
    let will_do = |acr: &&'static str| {
        let facts = as_if(&facts, &Login { acr: Some(acr), ..login }, asked);
        login.acr.is_some() && all(demands, &facts) == Decision::Allow
    };
    let mut contexts: Vec<&'static str> = Vec::new();
    for acr in (0..).map_while(|number| acr_in(demands, number)).filter(will_do) {
        if !contexts.contains(&acr) {
            contexts.push(acr);
        }
    }
    contexts
}

/// The logins that could be asked for, those that ask for less in front.
fn logins<'a>(demands: &'a [&'a Access], facts: &'a Facts<'a>) -> impl Iterator<Item = Login> + use<'a> {
    let max_age = demands.iter().copied().filter_map(strictest).min();
    // A key or certificate has no login.
    let acrs = || (0..).map_while(|number| acr_in(demands, number));
    let changes = [GrantedScopes::AsTheyWere, GrantedScopes::Demanded].into_iter().flat_map(move |scopes| {
        let unchanged = Login { max_age: None, acr: None, factors: Factors::AsTheyWere, scopes };
        let fresh = max_age.map(|seconds| Login { max_age: Some(seconds), ..unchanged });
        let several = Login { factors: Factors::Several, ..unchanged };
        let fresh_several = fresh.map(|fresh| Login { factors: Factors::Several, ..fresh });
        let weaker = [fresh, Some(several), None].into_iter().flatten();
        let reaching = move |login: Login| acrs().map(move |acr| Login { acr: Some(acr), ..login });
        weaker
            .chain(reaching(unchanged))
            .chain(fresh_several)
            .chain(fresh.into_iter().flat_map(reaching))
            .chain(reaching(several))
            .chain(fresh_several.into_iter().flat_map(reaching))
    });
    changes.filter(|_| matches!(facts.caller.method(), Method::Bearer | Method::Dpop))
}

/// The caller as they would be after another login.
fn as_if<'a>(facts: &Facts<'a>, login: &Login, asked: Mask) -> Facts<'a> {
    Facts {
        scopes: match login.scopes {
            GrantedScopes::AsTheyWere => facts.scopes,
            GrantedScopes::Demanded => asked,
        },
        age: if login.max_age.is_some() { Some(0) } else { facts.age },
        acr: login.acr,
        factors: login.factors,
        ..*facts
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
        | Access::Acr(_)
        | Access::Mfa
        | Access::SenderConstrained
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
        | Access::Acr(_)
        | Access::Mfa
        | Access::SenderConstrained
        | Access::Predicate(_)
        | Access::Owner
        | Access::Not(_) => None,
    }
}

/// The context with this number among those that are mentioned without being denied.
fn acr_in(demands: &[&Access], number: usize) -> Option<&'static str> {
    fn find(access: &Access, left: &mut usize) -> Option<&'static str> {
        match access {
            Access::Acr(acr) if *left == 0 => Some(acr.value()),
            Access::Acr(_) => {
                *left -= 1;
                None
            }
            Access::All(parts) | Access::Any(parts) => parts.iter().find_map(|part| find(part, left)),
            Access::Scope(_)
            | Access::Role(_)
            | Access::Kinds(_)
            | Access::Fresh(_)
            | Access::Mfa
            | Access::SenderConstrained
            | Access::Predicate(_)
            | Access::Owner
            | Access::Not(_) => None,
        }
    }
    let mut left = number;
    demands.iter().find_map(|demand| find(demand, &mut left))
}
