//! A request on its road: what the stations behind it have found, and what stations 5 to 7 work with.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use http::{HeaderMap, Version, request::Parts};
use ring::hmac;

use super::{Mounted, Reason, Refusal, Stage, authenticate::unauthenticated};
use crate::{
    access::Known,
    auth::{Caller, TokenError},
    input::{BodyBounds, Incoming, Whole, decode_parameters},
    policy::{Endpoint, SchemeKind},
    problem::Problem,
    respond::Recipient,
    rules::standing::Standing,
    value::{Path, Report, Source, Surroundings},
};

/// A request whose caller is known and may call.
pub struct Request<'a, S> {
    parts: &'a Parts,
    body: &'a mut Incoming<'a>,
    mounted: &'a Mounted,
    caller: Option<&'a Caller>,
    state: &'a S,
    stage: &'a mut Stage,
    query: Query<'a>,
    report: Report,
    refusal: Option<Refusal>,
    fault: Option<Arc<OnceLock<Reason>>>,
}

/// Whether an input has read the query. One that nobody reads must be empty: nothing unknown is let through.
enum Query<'a> {
    Unread(&'a str),
    Read,
}

impl<'a, S> Request<'a, S> {
    pub(super) fn new(
        parts: &'a Parts,
        body: &'a mut Incoming<'a>,
        mounted: &'a Mounted,
        caller: Option<&'a Caller>,
        state: &'a S,
        stage: &'a mut Stage,
        surroundings: Surroundings,
    ) -> Self {
        *stage = Stage::Input;
        let query = Query::Unread(parts.uri.query().unwrap_or_default());
        Self {
            parts,
            body,
            mounted,
            caller,
            state,
            stage,
            query,
            report: Report::in_surroundings(surroundings),
            refusal: None,
            fault: None,
        }
    }

    /// Who asks; nobody on a public endpoint.
    #[must_use]
    pub fn caller(&self) -> Option<&'a Caller> {
        self.caller
    }

    /// What checks of this request may know.
    pub(crate) fn surroundings(&self) -> Surroundings {
        self.report.surroundings()
    }

    /// Who sends it, for what not every caller may write.
    pub(crate) fn sender(&self) -> Known<'a> {
        self.recipient().party()
    }

    /// Who gets the answer.
    #[doc(hidden)]
    #[must_use]
    pub fn recipient(&self) -> Recipient<'a> {
        Recipient::new(self.caller, &self.parts.method, &self.parts.headers)
            .asking(self.parts.uri.query().unwrap_or_default())
            .within(self.surroundings())
    }

    /// The header fields.
    #[must_use]
    pub fn headers(&self) -> &'a HeaderMap {
        &self.parts.headers
    }

    /// The version of HTTP that it came by.
    pub(crate) fn version(&self) -> Version {
        self.parts.version
    }

    /// The state of the application.
    #[must_use]
    pub fn state(&self) -> &'a S {
        self.state
    }

    /// The policy of the endpoint.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.mounted.policy
    }

    /// What went wrong, once an argument could not be made.
    #[must_use]
    pub fn refusal(&mut self) -> Refusal {
        if let Some(refusal) = self.refusal.take() {
            return refusal;
        }
        self.note_unread_query();
        Refusal::new(Reason::Invalid, Problem::of_report(std::mem::take(&mut self.report)))
    }

    /// The same for a request that is one type: what is wrong is told in the order of its fields.
    #[doc(hidden)]
    #[must_use]
    pub fn refusal_of<W: Whole>(&mut self) -> Refusal {
        self.report.arrange(W::ORDER);
        self.refusal()
    }

    /// Asks what a request that is one type demands of all its parts together.
    ///
    /// # Errors
    /// When they do not fit.
    #[doc(hidden)]
    pub fn consider<W: Whole>(&mut self, whole: &W) -> Result<(), Refusal> {
        whole.consider(&mut self.report);
        if self.report.is_empty() {
            return Ok(());
        }
        *self.stage = Stage::Input;
        Err(self.refusal_of::<W>())
    }

    /// Every input is there: the handler is next.
    ///
    /// # Errors
    /// When the query says something that no input asked for.
    #[doc(hidden)]
    pub fn enter_handler(&mut self) -> Result<(), Refusal> {
        match self.query {
            Query::Unread(query) if !query.is_empty() => Err(self.refusal()),
            Query::Unread(_) | Query::Read => {
                *self.stage = Stage::Handler;
                Ok(())
            }
        }
    }

    /// What no input asked for is told with all else that is wrong.
    fn note_unread_query(&mut self) {
        let Query::Unread(query) = self.query else { return };
        self.query = Query::Read;
        let mut report = Report::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split_once('=').map_or(pair, |(name, _)| name);
            report.refuse_value(&Path::root().key(name), &Standing::Unknown, false);
        }
        if !report.is_empty() {
            let _: Option<()> = self.report(report, Source::Query);
        }
    }

    pub(crate) fn enter_object_station(&mut self) {
        *self.stage = Stage::Object;
    }

    /// The query, which is then known to have been asked for.
    pub(crate) fn read_query(&mut self) -> &'a str {
        self.query = Query::Read;
        self.parts.uri.query().unwrap_or_default()
    }

    pub(crate) fn body(&mut self) -> &mut Incoming<'a> {
        self.body
    }

    /// What cursors are authenticated with.
    pub(crate) fn cursor_key(&self) -> &'a hmac::Key {
        &self.mounted.cursor_key
    }

    /// What layers around the application gave it.
    #[cfg(feature = "multipart")]
    pub(crate) fn extensions(&self) -> &'a http::Extensions {
        &self.parts.extensions
    }

    pub(crate) fn body_bounds(&self) -> BodyBounds {
        self.mounted.body
    }

    /// The path parameter `name`, decoded.
    pub(crate) fn path_parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        decode_parameters(self.endpoint().path(), self.parts.uri.path()).find(|(found, _)| *found == name)?.1
    }

    /// The path parameters that name no object.
    pub(crate) fn open_path_parameters(
        &self,
    ) -> impl Iterator<Item = (&'static str, Option<Cow<'a, str>>)> + use<'a, S> {
        let open = self.endpoint().open_parameters();
        decode_parameters(self.endpoint().path(), self.parts.uri.path())
            .filter(move |(name, _)| open.iter().any(|parameter| parameter.name() == *name))
    }

    /// Notes that the request cannot be decoded: the first such refusal is the answer.
    pub(crate) fn refuse<T>(&mut self, refusal: Refusal) -> Option<T> {
        *self.stage = Stage::Input;
        if self.refusal.is_none() {
            self.refusal = Some(refusal);
        }
        None
    }

    /// The refusal of a caller who is authenticated, and not as the handler reads them.
    pub(crate) fn unfit(&self, error: TokenError) -> Refusal {
        unauthenticated(self.mounted, SchemeKind::OAuth2, Reason::Token(error))
    }

    /// Where a body that the handler reads says what is wrong with it.
    pub(crate) fn fault(&mut self) -> Arc<OnceLock<Reason>> {
        Arc::clone(self.fault.get_or_insert_default())
    }

    /// What the handler met in the body.
    pub(super) fn met_fault(&self) -> Option<Reason> {
        self.fault.as_ref()?.get().copied()
    }

    /// Whether something is wrong with it already.
    pub(crate) fn is_refused(&self) -> bool {
        self.refusal.is_some() || !self.report.is_empty()
    }

    /// Notes what is wrong with one input, to be answered together with the others.
    pub(crate) fn report<T>(&mut self, mut report: Report, source: Source) -> Option<T> {
        *self.stage = Stage::Input;
        if report.is_undecided() {
            return self.refuse(Refusal::unavailable(Reason::Indeterminate));
        }
        report.place(source);
        self.report.append(report);
        None
    }
}
