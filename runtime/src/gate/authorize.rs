//! Station 3: the access expression on the caller. Pure: no I/O, no allocation, no lock.

use http::{StatusCode, header};

use super::{Mounted, Reason, Refusal};
use crate::{
    access::{Decision, Denial, Factors, GrantedScopes, Login, contexts, decide},
    auth::{Caller, Challenges, Method, StepUp},
    problem::Problem,
};

/// Whether the caller may call.
pub(super) fn authorize(mounted: &Mounted, caller: &Caller, now: u64) -> Result<(), Refusal> {
    match decide(&mounted.access, caller, now) {
        Decision::Allow => Ok(()),
        Decision::Indeterminate => Err(Refusal::unavailable(Reason::Indeterminate)),
        Decision::Deny(denial) => Err(denied(mounted, caller, now, denial)),
    }
}

/// A token that lacks a scope is told which; a login that is too old or too weak is told to step up; a role is not named. A key
/// or certificate is told nothing: no challenge of ours asks for another one.
#[cold]
fn denied(mounted: &Mounted, caller: &Caller, now: u64, denial: Denial) -> Refusal {
    let (challenges, no_scope) = match caller.method() {
        Method::Bearer => (mounted.challenges.as_ref(), &mounted.notices.no_scope),
        Method::Dpop => (mounted.by_dpop.as_ref(), &mounted.notices.no_scope_by_dpop),
        Method::ApiKey | Method::Certificate | Method::Signature | Method::Webhook => (None, &mounted.notices.no_scope),
    };
    let notices = &mounted.notices;
    match (denial, challenges) {
        (Denial::Scope, Some(challenges)) => no_scope.refusal(mounted, Reason::InsufficientScope, || {
            let challenge = challenges.insufficient_scope(mounted.scopes.iter().copied());
            forbidden().with_header(header::WWW_AUTHENTICATE, challenge)
        }),
        (Denial::Scope, None) => notices.forbidden.refusal(mounted, Reason::InsufficientScope, forbidden),
        (Denial::Login(login), Some(challenges)) => step_up(mounted, challenges, caller, now, login),
        (Denial::SenderConstrained, Some(challenges)) => {
            notices.unbound.refusal(mounted, Reason::NotSenderConstrained, || unbound(mounted, challenges))
        }
        (Denial::SenderConstrained, None) => {
            notices.forbidden.refusal(mounted, Reason::NotSenderConstrained, forbidden)
        }
        (Denial::Login(_), None) | (Denial::Forbidden, _) => {
            notices.forbidden.refusal(mounted, Reason::Forbidden, forbidden)
        }
    }
}

fn forbidden() -> Problem {
    Problem::fixed(StatusCode::FORBIDDEN, "urn:palisade:problem:forbidden", "the caller may not do this")
}

/// RFC 9470, section 3: what the next login has to be.
fn step_up(mounted: &Mounted, challenges: &Challenges, caller: &Caller, now: u64, login: Login) -> Refusal {
    let is_as_strong = login.acr.is_none() && login.factors == Factors::AsTheyWere;
    let (reason, problem_type, title) = if is_as_strong {
        (Reason::StaleLogin, "urn:palisade:problem:stale-login", "a more recent login is needed")
    } else {
        (Reason::WeakLogin, "urn:palisade:problem:weak-login", "a stronger login is needed")
    };
    let acr_values = match (login.acr, login.factors) {
        (Some(_), _) => contexts(&mounted.access, caller, now, login),
        (None, Factors::Several) => caller.multi_factor_contexts(),
        (None, Factors::AsTheyWere) => Vec::new(),
    };
    let scopes = match login.scopes {
        GrantedScopes::AsTheyWere => &[][..],
        GrantedScopes::Demanded => &mounted.scopes,
    };
    let step_up = StepUp { max_age: login.max_age, acr_values: &acr_values, scopes };
    let problem = Problem::fixed(StatusCode::UNAUTHORIZED, problem_type, title);
    let challenge = challenges.insufficient_user_authentication(&step_up);
    Refusal::new(reason, problem.with_header(header::WWW_AUTHENTICATE, challenge))
}

/// A token that anybody could use is not good here, whatever it says. One that is bound to a key is asked for, where the gate
/// knows how that is proven.
fn unbound(mounted: &Mounted, challenges: &Challenges) -> Problem {
    let problem = Problem::fixed(
        StatusCode::UNAUTHORIZED,
        "urn:palisade:problem:not-sender-constrained",
        "a token that is bound to its sender is needed",
    );
    let problem = problem.with_header(header::WWW_AUTHENTICATE, challenges.invalid_token());
    match &mounted.by_dpop {
        Some(by_dpop) => problem.with_header(header::WWW_AUTHENTICATE, by_dpop.token()),
        None => problem,
    }
}
