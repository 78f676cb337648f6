//! The road of one request through the stations, and the one event at its end.

use std::{net::IpAddr, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use http::request::Parts;

use super::{
    Keeper, Mounted, Reason, Refusal, Request, Server, Stage, admit, authenticate, authorize, respond, throttle,
};
use crate::{
    audit::Record,
    input::{AnyState, Incoming},
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
    peer: Option<IpAddr>,
    state: &S,
) -> Answer {
    let mut record = keeper.record(mounted.policy.id(), mounted.policy.path(), &parts.method);
    let mut standings = Vec::new();
    let stations = stations(keeper, mounted, serve, parts, body, peer, state, &mut record, &mut standings);
    // Not only handlers are the user's code: predicates, stores and rules may panic too.
    let outcome = AssertUnwindSafe(stations).catch_unwind().await;
    let mut answer = match outcome.unwrap_or_else(|_panic| Err(Refusal::internal(Reason::Panicked))) {
        Ok(mut answer) => {
            record.allow();
            respond::complete(mounted, answer.headers_mut());
            answer
        }
        Err(refusal) => {
            record.refuse(&refusal);
            refusal.into_answer(mounted, &keeper.languages, &parts.headers)
        }
    };
    respond::tell_rates(&standings, answer.headers_mut());
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
    standings: &mut Vec<Standing>,
) -> Result<Answer, Refusal> {
    record.enter(Stage::Admit);
    admit::admit(keeper, mounted, parts, peer, standings).await?;
    record.enter(Stage::Authenticate);
    let now = keeper.clock.unix_seconds();
    let known = authenticate::authenticate(keeper, mounted, &parts.headers, now).await?;
    if let Some(known) = &known {
        record.know(known);
        record.enter(Stage::Authorize);
        authorize::authorize(mounted, known.caller(), now)?;
        record.enter(Stage::Limit);
        throttle::throttle(keeper, mounted, known, standings).await?;
    }
    let caller = known.as_deref().map(crate::audit::Known::caller);
    let mut request = Request::new(parts, body, mounted, caller, state, record.stage(), Surroundings::at(now));
    serve(&mut request).await
}
