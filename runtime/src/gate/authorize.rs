//! Station 3: the access expression on the caller. Pure: no I/O, no allocation, no lock.

use http::{StatusCode, header};

use super::{Mounted, Reason, Refusal};
use crate::{
    access::{Decision, Denial, decide},
    auth::{Caller, Challenges, Method, StepUp},
    problem::Problem,
};

/// Whether the caller may call.
pub(super) fn authorize(mounted: &Mounted, caller: &Caller, now: u64) -> Result<(), Refusal> {
    match decide(&mounted.access, caller, now) {
        Decision::Allow => Ok(()),
        Decision::Indeterminate => Err(Refusal::unavailable(Reason::Indeterminate)),
        Decision::Deny(denial) => Err(denied(mounted, caller.method(), denial)),
    }
}

/// A token that lacks a scope is told which; a stale login is told to step up; a role is not named. A key is told nothing:
/// no challenge of ours asks for another key.
#[cold]
fn denied(mounted: &Mounted, method: Method, denial: Denial) -> Refusal {
    let challenges = match method {
        Method::Bearer => mounted.challenges.as_ref(),
        Method::ApiKey | Method::Certificate | Method::Signature | Method::Webhook => None,
    };
    match (denial, challenges) {
        (Denial::Scope, Some(challenges)) => {
            mounted.notices.no_scope.refusal(mounted, Reason::InsufficientScope, || {
                let challenge = challenges.insufficient_scope(mounted.scopes.iter().copied());
                forbidden().with_header(header::WWW_AUTHENTICATE, challenge)
            })
        }
        (Denial::Scope, None) => mounted.notices.forbidden.refusal(mounted, Reason::InsufficientScope, forbidden),
        (Denial::Forbidden, _) => mounted.notices.forbidden.refusal(mounted, Reason::Forbidden, forbidden),
        (Denial::Fresh(seconds), _) => stale(challenges, seconds, &[]),
        (Denial::FreshAndScope(seconds), _) => stale(challenges, seconds, &mounted.scopes),
    }
}

fn forbidden() -> Problem {
    Problem::fixed(StatusCode::FORBIDDEN, "urn:palisade:problem:forbidden", "the caller may not do this")
}

fn stale(challenges: Option<&Challenges>, seconds: u64, scopes: &[&str]) -> Refusal {
    let problem =
        Problem::fixed(StatusCode::UNAUTHORIZED, "urn:palisade:problem:stale-login", "a more recent login is needed");
    let problem = match challenges {
        Some(challenges) => {
            let step_up = StepUp { max_age: Some(seconds), acr_values: &[], scopes };
            problem.with_header(header::WWW_AUTHENTICATE, challenges.insufficient_user_authentication(&step_up))
        }
        None => problem,
    };
    Refusal::new(Reason::StaleLogin, problem)
}
