//! The event of a request while the request is on its road. Dropped before its end, it says that too.

use std::{sync::Arc, time::Duration};

use http::{Method, StatusCode};

use super::{Audit, Event, Known, Verdict};
use crate::{
    clock::Clock,
    gate::{Reason, Refusal, Stage},
};

/// The event being written.
pub(crate) struct Record<'a> {
    audit: &'a Audit,
    clock: &'a dyn Clock,
    policy: &'static str,
    route: &'static str,
    method: &'static str,
    started: u64,
    stage: Stage,
    known: Option<Arc<Known>>,
    verdict: Verdict,
    reason: &'static str,
    success: &'static str,
    status: u16,
    fault: Option<Reason>,
}

/// What an abandoned request is logged with; no answer carries it.
const CLIENT_CLOSED: u16 = 499;

impl<'a> Record<'a> {
    /// The event of a request to `route`, under the policy with this id; both are `none` where no endpoint is.
    pub(crate) fn begin(
        audit: &'a Audit,
        clock: &'a dyn Clock,
        policy: &'static str,
        route: &'static str,
        method: &Method,
    ) -> Self {
        Self {
            audit,
            clock,
            policy,
            route,
            method: name(method),
            started: clock.nanos(),
            stage: Stage::Admit,
            known: None,
            verdict: Verdict::Abandoned,
            reason: "abandoned",
            success: "ok",
            status: CLIENT_CLOSED,
            fault: None,
        }
    }

    pub(crate) fn enter(&mut self, stage: Stage) {
        self.stage = stage;
    }

    pub(crate) fn stage(&mut self) -> &mut Stage {
        &mut self.stage
    }

    pub(crate) fn know(&mut self, known: &Arc<Known>) {
        self.known = Some(Arc::clone(known));
    }

    /// The answer was given before, and the handler is not asked.
    pub(crate) fn replay(&mut self) {
        self.success = "replayed";
    }

    pub(crate) fn allow(&mut self) {
        self.stage = Stage::Respond;
        self.verdict = Verdict::Allowed;
        self.reason = self.success;
    }

    pub(crate) fn refuse(&mut self, refusal: &Refusal) {
        let failed = refusal.problem().status().is_server_error();
        self.verdict = if failed { Verdict::Failed } else { Verdict::Refused };
        self.reason = refusal.reason().code();
    }

    /// The handler met this in the body. Whether that refused the request is for its answer to say.
    pub(crate) fn meet(&mut self, fault: Reason) {
        self.fault = Some(fault);
    }

    pub(crate) fn finish(mut self, status: StatusCode) {
        if self.verdict == Verdict::Allowed && status.is_server_error() {
            self.verdict = Verdict::Failed;
            self.reason = "handler_error";
        }
        if let (Verdict::Allowed, true, Some(fault)) = (self.verdict, status.is_client_error(), self.fault) {
            self.verdict = Verdict::Refused;
            self.stage = Stage::Input;
            self.reason = fault.code();
        }
        self.status = status.as_u16();
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        let known = self.known.as_deref();
        self.audit.record(&Event {
            verdict: self.verdict,
            stage: self.stage.name(),
            reason: self.reason,
            policy: self.policy,
            method: self.method,
            route: self.route,
            caller: known.map(Known::pseudonym),
            authenticated_by: known.map(|known| known.caller().method().name()),
            status: self.status,
            latency: Duration::from_nanos(self.clock.nanos().saturating_sub(self.started)),
        });
    }
}

/// A method's name. What is not registered is the client's own text, which no event repeats.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        Method::CONNECT => "CONNECT",
        Method::TRACE => "TRACE",
        _ => "OTHER",
    }
}
