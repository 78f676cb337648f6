//! The road of one request through the stations, and the one event at its end.

use std::{panic::AssertUnwindSafe, sync::OnceLock};

use futures_util::FutureExt;
use http::{HeaderValue, request::Parts};

use super::{
    Connection, Keeper, Mounted, Reason, Refusal, Request, Server, Stage, admit,
    authenticate::{self, Arrival, Authenticated, Reading},
    authorize, idempotent, respond, throttle, transport,
};
use crate::{
    audit::{Known, Record},
    input::{AnyState, Buffered, Incoming},
    limit::Standing,
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
    connection: &Connection,
    state: &S,
) -> Answer {
    let mut record = keeper.record(mounted.policy.id(), mounted.policy.path(), &parts.method);
    let mut standings = Vec::new();
    let next_nonce = OnceLock::new();
    let stations =
        stations(keeper, mounted, serve, parts, body, connection, state, &next_nonce, &mut record, &mut standings);
    // Not only handlers are the user's code: predicates, stores and rules may panic too.
    let outcome = AssertUnwindSafe(stations).catch_unwind().await;
    let mut answer = match outcome.unwrap_or_else(|_panic| Err(Refusal::internal(Reason::Panicked))) {
        Ok(mut answer) => {
            record.allow();
            respond::complete(mounted, &mut answer);
            answer
        }
        Err(refusal) => {
            record.refuse(&refusal);
            refusal.into_answer(mounted, &keeper.languages, &parts.headers)
        }
    };
    respond::tell_rates(&standings, answer.headers_mut());
    if let Some(nonce) = next_nonce.into_inner() {
        respond::tell_nonce(nonce, answer.headers_mut());
    }
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
    connection: &Connection,
    state: &S,
    next_nonce: &OnceLock<HeaderValue>,
    record: &mut Record<'_>,
    standings: &mut Vec<Standing>,
) -> Result<Answer, Refusal> {
    record.enter(Stage::Admit);
    admit::admit(keeper, mounted, parts, connection.peer, standings).await?;
    let connection = &*transport::protected(keeper, mounted, connection, &parts.headers)?;
    record.enter(Stage::Authenticate);
    let now = keeper.clock.unix_seconds();
    let arrival = Arrival { keeper, mounted, parts, connection, now, next_nonce };
    let Authenticated { known, body: reading } = authenticate::authenticate(arrival, body).await?;
    if let Some(known) = &known {
        record.know(known);
        record.enter(Stage::Authorize);
        authorize::authorize(mounted, known.caller(), now)?;
        record.enter(Stage::Limit);
        throttle::throttle(keeper, mounted, known, standings).await?;
    }
    let mut read;
    let body: &mut Incoming<'_> = match reading {
        Reading::Untouched => body,
        Reading::Whole(bytes) => {
            read = Buffered(bytes);
            &mut read
        }
    };
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
