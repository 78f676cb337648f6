//! In front of station 5 of an idempotent endpoint: a request under a key is carried out once, and answered from then on.

use std::panic::AssertUnwindSafe;

use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderValue, StatusCode, header, request::Parts};

use super::{Keeper, Mounted, Outcome, Reason, Refusal, Request, Server, Stage};
use crate::{
    Outage,
    access::Known as Party,
    audit::{Known, Record},
    idempotency::{
        Claim, Claimed, Fingerprint, IDEMPOTENT_REPLAYED, Idempotency, InvalidKey, KeptAnswer, Key, Slot, Ticket,
    },
    input::{AnyState, BodyError, Buffered, Incoming, read_body},
    policy::{Access, Idempotent},
    problem::Problem,
    value::{
        Surroundings,
        audience::{Party as _, Verdict},
    },
};

/// Serves a request under its key: by its endpoint the first time, then with what was answered.
#[expect(clippy::too_many_arguments, reason = "what stations 5 to 7 need, and what a key needs")]
pub(super) async fn once<S: AnyState>(
    keeper: &Keeper,
    mounted: &Mounted,
    idempotent: Idempotent,
    serve: Server<S>,
    parts: &Parts,
    body: &mut Incoming<'_>,
    known: &Known,
    state: &S,
    record: &mut Record<'_>,
    surroundings: Surroundings,
) -> Outcome {
    record.enter(Stage::Idempotency);
    let Some(idempotency) = &keeper.idempotency else { return Err(Refusal::unavailable(Reason::StoreOutage)) };
    let key = Key::of(&parts.headers).map_err(keyless)?;
    let body = read_body(body, mounted.body.bytes).await.map_err(BodyError::refusal)?;
    let slot = Slot::new(keeper.api.title(), mounted.policy.id(), known.identity(), &key);
    let now = keeper.clock.unix_seconds();
    let lease_ends = now.saturating_add(idempotency.lease_seconds());
    let claim = Claim { slot, fingerprint: Fingerprint::new(parts, &mounted.header_inputs, &body), now, lease_ends };
    let claimed = idempotency.store().claim(&claim).await;
    let hold = match claimed.map_err(|_| Refusal::unavailable(Reason::StoreOutage))? {
        Claimed::Granted(ticket) => Hold { idempotency, slot, ticket: Some(ticket) },
        Claimed::Answered(mut answer) => {
            let kept = answer.take_sight();
            if !is_within(kept.as_ref(), &sight(mounted, known, now)) {
                return Err(unseen());
            }
            record.replay();
            let mut answer = answer.into_answer();
            answer.headers_mut().insert(IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
            return Ok(answer);
        }
        Claimed::Differs => return Err(reused()),
        Claimed::Running => return Err(running()),
        Claimed::Full => return Err(Refusal::unavailable(Reason::StoreFull)),
    };
    let outcome = first(mounted, serve, parts, body, known, state, record, surroundings).await;
    let until = keeper.clock.unix_seconds().saturating_add(idempotent.seconds());
    hold.settle(outcome, until, sight(mounted, known, now)).await
}

/// Stations 5 to 7, with a body that was read before. A panic is an outcome like another, so that the key is given back.
#[expect(clippy::too_many_arguments, reason = "what stations 5 to 7 need")]
async fn first<S: AnyState>(
    mounted: &Mounted,
    serve: Server<S>,
    parts: &Parts,
    body: Bytes,
    known: &Known,
    state: &S,
    record: &mut Record<'_>,
    surroundings: Surroundings,
) -> Outcome {
    let mut body = Buffered(body);
    let mut request =
        Request::new(parts, &mut body, mounted, Some(known.caller()), state, record.stage(), surroundings);
    let served = AssertUnwindSafe(serve(&mut request)).catch_unwind().await;
    if let Some(fault) = request.met_fault() {
        record.meet(fault);
    }
    served.unwrap_or_else(|_panic| Err(Refusal::internal(Reason::Panicked)))
}

/// The slot of a request that is being carried out. Dropped on the way, it gives the slot back.
struct Hold<'k> {
    idempotency: &'k Idempotency,
    slot: Slot,
    ticket: Option<Ticket>,
}

impl Hold<'_> {
    /// Keeps what the handler answered. What failed, or never came to the handler, leaves no trace: it may be tried again.
    async fn settle(mut self, outcome: Outcome, until: u64, sight: Vec<u8>) -> Outcome {
        let Some(ticket) = self.ticket.take() else { return outcome };
        let store = self.idempotency.store();
        let answered = match &outcome {
            Ok(answer) if !answer.status().is_server_error() => answer,
            Ok(_) | Err(_) => {
                note_release(store.release(&self.slot, ticket).await);
                return outcome;
            }
        };
        let Some(answer) = KeptAnswer::of(answered) else {
            tracing::error!(target: "palisade", "an idempotent endpoint answers with a stream, which cannot be kept");
            note_release(store.release(&self.slot, ticket).await);
            return Err(Refusal::internal(Reason::StreamedAnswer));
        };
        let answer = match HeaderValue::from_bytes(&sight) {
            Ok(sight) if !sight.is_empty() => answer.shown_by(sight),
            Ok(_) | Err(_) => answer,
        };
        if store.keep(&self.slot, ticket, &answer, until).await.is_err() {
            // It was carried out, and to deny that would have the client try again.
            tracing::error!(
                target: "palisade",
                "an answer could not be kept: after its lease, the same request would be carried out again"
            );
        }
        outcome
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            // There is nobody left to wait, so it is polled once; else the lease ends it.
            let _ = self.idempotency.store().release(&self.slot, ticket).now_or_never();
        }
    }
}

/// Which of the demands in the types of the endpoint the caller satisfies, on what they own and on what they do not. A demand
/// that cannot be decided is satisfied by nobody.
fn sight(mounted: &Mounted, known: &Known, now: u64) -> Vec<u8> {
    let party = Party::new(Some(known.caller()), Some(now));
    let verdict = |demand: &'static Access, owns| match party.satisfies(demand, owns) {
        Verdict::Yes => b'y',
        Verdict::No | Verdict::Unknown => b'n',
    };
    mounted.sights.iter().flat_map(|demand| [verdict(demand, false), verdict(demand, true)]).collect()
}

/// Whether all that could be seen then may be seen now. What was kept by another policy says nothing about this one.
fn is_within(then: Option<&HeaderValue>, now: &[u8]) -> bool {
    let then = then.map_or(&b""[..], HeaderValue::as_bytes);
    then.len() == now.len() && then.iter().zip(now).all(|(then, now)| *then != b'y' || *now == b'y')
}

/// The lease ends what could not be given back.
fn note_release(released: Result<(), Outage>) {
    if let Err(Outage) = released {
        tracing::error!(target: "palisade", "an idempotency key could not be given back: it is held until its lease is over");
    }
}

#[cold]
fn keyless(error: InvalidKey) -> Refusal {
    let problem = Problem::fixed(
        StatusCode::BAD_REQUEST,
        "urn:palisade:problem:idempotency-key",
        "an `Idempotency-Key` is needed: a text of 1 to 255 characters in quotes, new for each request and the same when it is sent again",
    );
    Refusal::new(Reason::IdempotencyKey(error), problem)
}

#[cold]
fn reused() -> Refusal {
    let problem = Problem::fixed(
        StatusCode::UNPROCESSABLE_ENTITY,
        "urn:palisade:problem:idempotency-key-reused",
        "this `Idempotency-Key` was used for another request: make up a new one",
    );
    Refusal::new(Reason::IdempotencyKeyReused, problem)
}

/// Carried out it was, so it is not carried out again.
#[cold]
fn unseen() -> Refusal {
    let problem = Problem::fixed(
        StatusCode::FORBIDDEN,
        "urn:palisade:problem:forbidden",
        "the request was carried out, and the caller may not see any more what was answered",
    );
    Refusal::new(Reason::Forbidden, problem)
}

#[cold]
fn running() -> Refusal {
    let problem = Problem::fixed(
        StatusCode::CONFLICT,
        "urn:palisade:problem:still-running",
        "a request with this `Idempotency-Key` is being carried out",
    )
    .with_header(header::RETRY_AFTER, HeaderValue::from_static("1"));
    Refusal::new(Reason::StillRunning, problem)
}
