//! Collects what the arguments and the answer of one handler add to the document.

use http::{HeaderName, StatusCode};
use schemars::{JsonSchema, Schema, json_schema};

#[cfg(feature = "multipart")]
use super::parts::parts;
use super::{
    Carried,
    carried::condition,
    model::{Location, MediaType, Parameter},
    parameters::{encoding, parameter, parameters},
    schemas::Schemas,
};
use crate::{
    policy::{Access, Endpoint, Method, demands},
    value::Value,
};

/// What one handler takes and answers, in the making. Your own answers describe themselves here.
///
/// ```
/// use palisade::{openapi::{Deployment, Operation}, prelude::*, respond::{Answer, Recipient, Respond}};
///
/// struct Reset;
///
/// impl Respond for Reset {
///     fn respond(self, to: &Recipient<'_>) -> Answer {
///         let mut answer = NoContent.respond(to);
///         *answer.status_mut() = http::StatusCode::RESET_CONTENT;
///         answer
///     }
///
///     fn document(operation: &mut Operation) {
///         operation.empty_answer(http::StatusCode::RESET_CONTENT);
///     }
/// }
///
/// /// Wakes the service up.
/// #[secure(post = "/wake", public = "anybody may wake it", rate = "6/min per ip")]
/// async fn wake() -> Reset { Reset }
///
/// #[secure(title = "Sleeper", version = "1.0.0", endpoints(wake))]
/// struct Sleeper;
///
/// let document = Sleeper::openapi(&Deployment::at("https://sleeper.example")).to_value();
/// assert_eq!(document["paths"]["/wake"]["post"]["responses"]["205"]["description"], "Reset Content");
/// ```
#[derive(Debug)]
pub struct Operation {
    method: Method,
    schemas: Schemas,
    draft: Draft,
    demands: Vec<&'static Access>,
    queries: u32,
    sent: Sent,
}

/// How an answer leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// All of it, as far as its type can tell.
    Whole,
    /// Piece by piece, while it is made.
    InPieces,
}

/// What was collected.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) answers: Vec<Success>,
    pub(super) own_problems: OwnProblems,
    pub(super) precondition: Precondition,
}

/// What a body is declared as.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) media_type: &'static str,
    pub(super) content: MediaType,
}

/// An answer that is no problem.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) status: StatusCode,
    pub(super) content: Option<Content>,
    pub(super) headers: Vec<Carried>,
}

/// What an answer holds, and how that is written.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) media_type: &'static str,
    pub(super) schema: Schema,
}

/// Whether a request can say which version it is about, or has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precondition {
    Demanded,
    Possible,
    None,
}

/// Whether the handler answers problems of its own, beside those of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnProblems {
    Yes,
    No,
}

impl Operation {
    pub(super) const fn new(method: Method, schemas: Schemas) -> Self {
        let draft = Draft {
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            own_problems: OwnProblems::No,
            precondition: Precondition::None,
        };
        Self { method, schemas, draft, demands: Vec::new(), queries: 0, sent: Sent::Whole }
    }

    /// What the types of a handler demand of callers who see or write their properties.
    pub(crate) fn demands(endpoint: &'static Endpoint) -> Vec<&'static Access> {
        let mut operation = Self::new(endpoint.method(), Schemas::new());
        endpoint.describe(&mut operation);
        operation.demands
    }

    /// How many inputs of a handler read the query.
    pub(crate) fn queries(endpoint: &'static Endpoint) -> u32 {
        let mut operation = Self::new(endpoint.method(), Schemas::new());
        endpoint.describe(&mut operation);
        operation.queries
    }

    /// The header fields that the types of a handler read.
    pub(crate) fn header_inputs(endpoint: &'static Endpoint) -> Vec<HeaderName> {
        let mut operation = Self::new(endpoint.method(), Schemas::new());
        endpoint.describe(&mut operation);
        let parameters = operation.draft.parameters.iter();
        let headers = parameters.filter(|parameter| parameter.location == Location::Header);
        headers.filter_map(|parameter| HeaderName::from_bytes(parameter.name.as_bytes()).ok()).collect()
    }

    /// How the answer of a handler leaves.
    pub(crate) fn sent(endpoint: &'static Endpoint) -> Sent {
        let mut operation = Self::new(endpoint.method(), Schemas::new());
        endpoint.describe(&mut operation);
        operation.sent
    }

    /// What was collected, and the schemas for the next operation.
    pub(super) fn finish(self) -> (Draft, Schemas) {
        (self.draft, self.schemas)
    }

    /// A JSON body.
    pub fn request_body<T: Value + JsonSchema>(&mut self) {
        let schema = self.entering::<T>();
        self.body("application/json", MediaType::of(schema));
    }

    /// A form that spells a `T`.
    pub fn form_body<T: Value + JsonSchema>(&mut self) {
        let schema = self.entering::<T>();
        self.body("application/x-www-form-urlencoded", MediaType { schema, encoding: encoding(T::FIELDS) });
    }

    /// A body of `application/x-ndjson`, with at most so many lines of `T`.
    pub fn ndjson_body<T: Value + JsonSchema>(&mut self, items: u64) {
        let item = self.entering::<T>();
        let schema = json_schema!({ "type": "array", "items": item, "maxItems": items });
        self.body("application/x-ndjson", MediaType::of(schema));
        // What is wrong with a line, the handler may answer as it likes.
        self.problem();
    }

    /// A body of `multipart/form-data`, with a part for each property of `T`.
    #[cfg(feature = "multipart")]
    pub fn multipart_body<T: Value + JsonSchema>(&mut self) {
        let schema = self.entering::<T>();
        self.body("multipart/form-data", MediaType { schema, encoding: parts(T::shape()) });
    }

    /// A text of at most so many bytes, which are never fewer than its code points.
    pub fn text_body(&mut self, bytes: usize) {
        self.body("text/plain", MediaType::of(json_schema!({ "type": "string", "maxLength": bytes })));
    }

    /// At most so many octets, of which a schema says no more than their number (`OpenAPI` 3.1, section 4.8.14).
    pub fn octets_body(&mut self, bytes: usize) {
        self.body("application/octet-stream", MediaType::of(json_schema!({ "maxLength": bytes })));
    }

    fn body(&mut self, media_type: &'static str, content: MediaType) {
        self.draft.body = Some(Body { media_type, content });
    }

    /// A query parameter for each property of `T`.
    pub fn query_parameters<T: Value + JsonSchema>(&mut self) {
        self.demanding::<T>();
        let found = parameters::<T>(&mut self.schemas, Location::Query);
        self.queries += 1;
        self.draft.parameters.extend(found);
    }

    /// A header parameter for each property of `T`.
    pub fn header_parameters<T: Value + JsonSchema>(&mut self) {
        self.demanding::<T>();
        let found = parameters::<T>(&mut self.schemas, Location::Header);
        self.draft.parameters.extend(found);
    }

    /// A cookie parameter for each property of `T`.
    pub fn cookie_parameters<T: Value + JsonSchema>(&mut self) {
        self.demanding::<T>();
        let found = parameters::<T>(&mut self.schemas, Location::Cookie);
        self.draft.parameters.extend(found);
    }

    /// A path parameter for each property of `T`.
    pub fn path_parameters<T: Value + JsonSchema>(&mut self) {
        self.demanding::<T>();
        let found = parameters::<T>(&mut self.schemas, Location::Path);
        self.draft.parameters.extend(found);
    }

    /// The path parameter `name`, which holds an `Id`.
    pub fn path_parameter<Id: JsonSchema>(&mut self, name: &'static str) {
        let schema = self.schemas.input::<Id>();
        self.draft.parameters.push(parameter(name, Location::Path, schema));
    }

    /// The header field `If-Match`, without which the gate refuses the request.
    pub(crate) fn demands_if_match(&mut self) {
        self.header_parameter("If-Match", "The entity tags of the versions to change (RFC 9110).");
        if let Some(parameter) = self.draft.parameters.last_mut() {
            parameter.required = true;
        }
        self.draft.precondition = Precondition::Demanded;
    }

    /// The header field `If-None-Match`, which may forbid what is to be done.
    pub(crate) fn takes_if_none_match(&mut self) {
        self.header_parameter(
            "If-None-Match",
            "The entity tags of what must not be there; `*` for anything (RFC 9110).",
        );
        if self.draft.precondition == Precondition::None {
            self.draft.precondition = Precondition::Possible;
        }
    }

    /// The header field `If-None-Match`, where the method has a use for it.
    pub(crate) fn reads_if_none_match(&mut self) {
        if self.is_safe() {
            self.header_parameter("If-None-Match", "The entity tags of what the client has (RFC 9110).");
        }
    }

    fn header_parameter(&mut self, name: &str, description: &str) {
        let parameter = parameter(name, Location::Header, condition());
        self.draft.parameters.push(Parameter { description: Some(description.to_owned()), ..parameter });
    }

    /// An answer that holds a `T` as JSON.
    pub fn answer<T: Value + JsonSchema>(&mut self, status: StatusCode) {
        self.answer_as::<T>(status, "application/json");
    }

    /// An answer that holds a `T` written in another way.
    pub fn answer_as<T: Value + JsonSchema>(&mut self, status: StatusCode, media_type: &'static str) {
        let schema = self.leaving::<T>();
        self.answer_of(status, media_type, schema);
    }

    /// An answer that is a `T` many times, sent as they come; `where_it_stands` says where each is.
    pub(crate) fn answer_each<T: Value + JsonSchema>(
        &mut self,
        status: StatusCode,
        media_type: &'static str,
        where_it_stands: &'static str,
    ) {
        let mut schema = self.leaving::<T>();
        schema.insert("description".to_owned(), where_it_stands.into());
        self.sent = Sent::InPieces;
        self.answer_of(status, media_type, schema);
    }

    /// An answer that holds what this schema says.
    pub fn answer_of(&mut self, status: StatusCode, media_type: &'static str, schema: Schema) {
        let content = Some(Content { media_type, schema });
        self.draft.answers.push(Success { status, content, headers: Vec::new() });
    }

    /// An answer that everybody sees the whole of.
    pub(super) fn open_answer<T: JsonSchema>(&mut self, status: StatusCode) {
        let schema = self.schemas.output::<T>();
        self.answer_of(status, "application/json", schema);
    }

    /// Notes the demands of a type that enters or leaves.
    pub(crate) fn demanding<T: Value>(&mut self) {
        self.demands.extend(demands(T::FIELDS, T::shape()));
    }

    /// The schema of a type that enters, and its demands.
    fn entering<T: Value + JsonSchema>(&mut self) -> Schema {
        self.demanding::<T>();
        self.schemas.input::<T>()
    }

    /// The schema of a type that leaves, and its demands.
    fn leaving<T: Value + JsonSchema>(&mut self) -> Schema {
        self.demanding::<T>();
        self.schemas.output::<T>()
    }

    /// An answer that holds nothing.
    pub fn empty_answer(&mut self, status: StatusCode) {
        self.draft.answers.push(Success { status, content: None, headers: Vec::new() });
    }

    /// The answers so far that say that all went well say it with this status.
    pub fn succeeds_with(&mut self, status: StatusCode) {
        for answer in self.draft.answers.iter_mut().filter(|answer| answer.status.is_success()) {
            answer.status = status;
        }
    }

    /// The answers so far are 201, with the `Location` of what was created.
    pub fn created(&mut self) {
        self.succeeds_with(StatusCode::CREATED);
        self.carries(Carried::Location);
    }

    /// The answer for a client that has it already, where the method reads.
    pub(crate) fn not_modified(&mut self) {
        if self.is_safe() {
            let headers = vec![Carried::Tag];
            self.draft.answers.push(Success { status: StatusCode::NOT_MODIFIED, content: None, headers });
        }
    }

    /// The answers so far carry this header field.
    pub(crate) fn carries(&mut self, header: Carried) {
        for answer in &mut self.draft.answers {
            if answer.status != StatusCode::NOT_MODIFIED && !answer.headers.contains(&header) {
                answer.headers.push(header);
            }
        }
    }

    fn is_safe(&self) -> bool {
        match self.method {
            Method::Get | Method::Head => true,
            Method::Put | Method::Post | Method::Delete | Method::Patch | Method::Options => false,
        }
    }

    /// The handler may answer a problem of its own, of any status.
    pub fn problem(&mut self) {
        self.draft.own_problems = OwnProblems::Yes;
    }
}
