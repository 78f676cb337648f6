//! Station 3: the access expression on the caller. Pure: no I/O, no allocation, no lock.

use http::{StatusCode, header};

use super::{Mounted, Reason, Refusal};
use crate::{
    access::{Decision, Denial, decide},
    auth::{Caller, Method, StepUp},
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
    let forbidden =
        || Problem::fixed(StatusCode::FORBIDDEN, "urn:palisade:problem:forbidden", "the caller may not do this");
    let stale = || {
        Problem::fixed(StatusCode::UNAUTHORIZED, "urn:palisade:problem:stale-login", "a more recent login is needed")
    };
    let challenges = match method {
        Method::Bearer => mounted.challenges.as_ref(),
        Method::ApiKey => None,
    };
    let step_up = |seconds, scopes| {
        let step_up = StepUp { max_age: Some(seconds), acr_values: &[], scopes };
        challenges.map(|challenges| challenges.insufficient_user_authentication(&step_up))
    };
    let (reason, problem, challenge) = match denial {
        Denial::Forbidden => (Reason::Forbidden, forbidden(), None),
        Denial::Scope => {
            let challenge = challenges.map(|challenges| challenges.insufficient_scope(mounted.scopes.iter().copied()));
            (Reason::InsufficientScope, forbidden(), challenge)
        }
        Denial::Fresh(seconds) => (Reason::StaleLogin, stale(), step_up(seconds, &[])),
        Denial::FreshAndScope(seconds) => (Reason::StaleLogin, stale(), step_up(seconds, &mounted.scopes)),
    };
    let problem = match challenge {
        Some(challenge) => problem.with_header(header::WWW_AUTHENTICATE, challenge),
        None => problem,
    };
    Refusal::new(reason, problem)
}
