//! The road of one request through the stations, and the one event at its end.

use std::{net::IpAddr, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use http::request::Parts;

use super::{
    Keeper, Mounted, Reason, Refusal, Request, Server, Stage, admit, authenticate, authorize, idempotent, respond,
    throttle,
};
use crate::{
    audit::{Known, Record},
    input::{AnyState, Incoming},
    limit::Admission,
    respond::Answer,
    value::Surroundings,
};

/// Takes a request to its answer. If the future is dropped on the way, the event says so.
pub(crate) async fn travel<S: AnyState>(
    keeper: &Keeper,
    mounted: &Mounted,
    serve: Server<S>,
    parts: &Parts,
    body: &mut Incoming<'_>,
    peer: Option<IpAddr>,
    state: &S,
) -> Answer {
    let mut record = keeper.record(mounted.policy.id(), mounted.policy.path(), &parts.method);
    let mut admissions = [None, None];
    let stations = stations(keeper, mounted, serve, parts, body, peer, state, &mut record, &mut admissions);
    // Not only handlers are the user's code: predicates, stores and rules may panic too.
    let outcome = AssertUnwindSafe(stations).catch_unwind().await;
    let mut answer = match outcome.unwrap_or_else(|_panic| Err(Refusal::internal(Reason::Panicked))) {
        Ok(answer) => {
            record.allow();
            answer
        }
        Err(refusal) => {
            record.refuse(&refusal);
            if let Some(admission) = refusal.admission() {
                // The quotas of a refused station have their standing too.
                if let Some(slot) = admissions.iter_mut().find(|slot| slot.is_none()) {
                    *slot = Some(*admission);
                }
            }
            keeper.languages.tell(refusal.into_problem(), &parts.headers).into_answer()
        }
    };
    respond::complete(keeper, mounted, &admissions, &mut answer);
    record.finish(answer.status());
    answer
}

#[expect(clippy::too_many_arguments, reason = "the road is walked in one place, with everything it leads past")]
async fn stations<S: AnyState>(
    keeper: &Keeper,
    mounted: &Mounted,
    serve: Server<S>,
    parts: &Parts,
    body: &mut Incoming<'_>,
    peer: Option<IpAddr>,
    state: &S,
    record: &mut Record<'_>,
    admissions: &mut [Option<Admission>; 2],
) -> Result<Answer, Refusal> {
    let [by_address, by_caller] = admissions;
    record.enter(Stage::Admit);
    *by_address = admit::admit(keeper, mounted, parts, peer).await?;
    record.enter(Stage::Authenticate);
    let now = keeper.clock.unix_seconds();
    let known = authenticate::authenticate(keeper, mounted, &parts.headers, now).await?;
    if let Some(known) = &known {
        record.know(known);
        record.enter(Stage::Authorize);
        authorize::authorize(mounted, known.caller(), now)?;
        record.enter(Stage::Limit);
        *by_caller = throttle::throttle(keeper, mounted, known).await?;
    }
    let surroundings = Surroundings::at(now);
    match (mounted.idempotent, known.as_deref()) {
        (None, known) => {
            let caller = known.map(Known::caller);
            let mut request = Request::new(parts, body, mounted, caller, state, record.stage(), surroundings);
            let outcome = serve(&mut request).await;
            if let Some(fault) = request.met_fault() {
                record.meet(fault);
            }
            outcome
        }
        // In a box of its own, so that no other request carries its room along.
        (Some(idempotent), Some(known)) => {
            let once =
                idempotent::once(keeper, mounted, idempotent, serve, parts, body, known, state, record, surroundings);
            Box::pin(once).await
        }
        // A public endpoint that is idempotent does not compile.
        (Some(_), None) => Err(Refusal::internal(Reason::Misdeclared)),
    }
}
