//! Refusals that are the same for every request: written down when they are first needed, and repeated from then on.

use std::{
    mem,
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use super::{Mounted, Reason, Refusal, respond};
use crate::{
    limit::RATELIMIT,
    policy::SchemeKind,
    problem::Problem,
    respond::{Answer, Body},
};

/// A refusal of one endpoint, written down: its header fields are all there but those about rates.
#[derive(Debug)]
pub(super) struct Notice {
    problem: Problem,
    headers: HeaderMap,
    body: Bytes,
}

impl Notice {
    fn new(problem: Problem, mounted: &Mounted) -> Self {
        let body = Bytes::from(problem.to_json());
        let mut answer = Answer::new(Body::empty());
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, Problem::CONTENT_TYPE);
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        for (name, value) in problem.headers() {
            headers.append(name, value.clone());
        }
        respond::complete(mounted, &mut answer);
        let mut headers = mem::take(answer.headers_mut());
        if !mounted.by_address.is_empty() {
            // Where the address stands is told with every refusal, and a map that has the field does not grow for it.
            headers.insert(RATELIMIT, HeaderValue::from_static(""));
        }
        Self { problem, headers, body }
    }

    pub(super) const fn problem(&self) -> &Problem {
        &self.problem
    }

    pub(super) fn answer(&self) -> Answer {
        let mut answer = Answer::new(Body::Whole(self.body.clone()));
        *answer.status_mut() = self.problem.status();
        // A copy of all of them costs what two insertions do.
        *answer.headers_mut() = self.headers.clone();
        answer
    }
}

/// The place of one notice.
#[derive(Debug)]
pub(super) struct Posted(OnceLock<Arc<Notice>>);

impl Posted {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The refusal that stands here, which must be this one each time.
    pub(super) fn refusal(&self, mounted: &Mounted, reason: Reason, problem: impl FnOnce() -> Problem) -> Refusal {
        let notice = self.0.get_or_init(|| Arc::new(Notice::new(problem(), mounted)));
        Refusal::posted(reason, Arc::clone(notice))
    }
}

/// The refusals of one endpoint that are the same for every request.
#[derive(Debug)]
pub(super) struct Notices {
    /// By kind of scheme: no credential of it that is accepted here, and one that is not good.
    unauthenticated: [[Posted; 2]; SchemeKind::COUNT],
    /// A connection that is not protected as it should be.
    pub(super) unprotected: Posted,
    /// A token that lacks a scope.
    pub(super) no_scope: Posted,
    /// The same with a proof.
    pub(super) no_scope_by_dpop: Posted,
    /// A token that anybody could use.
    pub(super) unbound: Posted,
    /// A caller who lacks anything else.
    pub(super) forbidden: Posted,
}

impl Notices {
    pub(super) const fn new() -> Self {
        Self {
            unauthenticated: [const { [const { Posted::new() }; 2] }; SchemeKind::COUNT],
            unprotected: Posted::new(),
            no_scope: Posted::new(),
            no_scope_by_dpop: Posted::new(),
            unbound: Posted::new(),
            forbidden: Posted::new(),
        }
    }

    pub(super) fn unauthenticated(&self, failed: SchemeKind, presented: bool) -> &Posted {
        &self.unauthenticated[failed.place()][usize::from(presented)]
    }
}
