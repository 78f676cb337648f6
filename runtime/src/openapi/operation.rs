//! Collects what the arguments and the answer of one handler add to the document.

use http::StatusCode;
use schemars::{JsonSchema, Schema};

#[cfg(feature = "multipart")]
use super::encoding::encoding;
use super::{
    model::{Encoding, Location, Pairs, Parameter},
    parameters::{parameter, parameters},
    schemas::Schemas,
};
use crate::value::Value;

/// What one handler takes and answers, in the making. Your own answers describe themselves here.
///
/// ```
/// use palisade::{openapi::{Deployment, Operation}, prelude::*, respond::{Answer, Recipient, Respond}};
///
/// struct Accepted;
///
/// impl Respond for Accepted {
///     fn respond(self, to: &Recipient<'_>) -> Answer {
///         let mut answer = NoContent.respond(to);
///         *answer.status_mut() = http::StatusCode::ACCEPTED;
///         answer
///     }
///
///     fn document(operation: &mut Operation) {
///         operation.empty_answer(http::StatusCode::ACCEPTED);
///     }
/// }
///
/// /// Wakes the service up.
/// #[secure(post = "/wake", public = "anybody may wake it", rate = "6/min per ip")]
/// async fn wake() -> Accepted { Accepted }
///
/// #[secure(title = "Sleeper", version = "1.0.0", endpoints(wake))]
/// struct Sleeper;
///
/// let document = Sleeper::openapi(&Deployment::at("https://sleeper.example")).to_value();
/// assert_eq!(document["paths"]["/wake"]["post"]["responses"]["202"]["description"], "Accepted");
/// ```
#[derive(Debug)]
pub struct Operation {
    schemas: Schemas,
    draft: Draft,
}

/// What was collected.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<RequestBody>,
    pub(super) answers: Vec<Success>,
    pub(super) own_problems: OwnProblems,
}

/// The body of a request.
#[derive(Debug)]
pub(super) struct RequestBody {
    pub(super) media_type: &'static str,
    pub(super) schema: Schema,
    /// The media types of parts.
    pub(super) encoding: Pairs<Encoding>,
}

/// An answer that is no problem.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) status: StatusCode,
    pub(super) schema: Option<Schema>,
    pub(super) location: CarriesLocation,
}

/// Whether the answer says where what was created is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CarriesLocation {
    Yes,
    No,
}

/// Whether the handler answers problems of its own, beside those of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnProblems {
    Yes,
    No,
}

impl Operation {
    pub(super) const fn new(schemas: Schemas) -> Self {
        let draft = Draft { parameters: Vec::new(), body: None, answers: Vec::new(), own_problems: OwnProblems::No };
        Self { schemas, draft }
    }

    /// What was collected, and the schemas for the next operation.
    pub(super) fn finish(self) -> (Draft, Schemas) {
        (self.draft, self.schemas)
    }

    /// A JSON body.
    pub fn request_body<T: Value + JsonSchema>(&mut self) {
        let schema = self.schemas.input::<T>();
        self.draft.body = Some(RequestBody { media_type: "application/json", schema, encoding: Pairs::new() });
    }

    /// A body of `application/x-ndjson`, with at most so many lines of `T`.
    pub fn ndjson_body<T: Value + JsonSchema>(&mut self, items: u64) {
        let item = self.schemas.input::<T>();
        let schema = schemars::json_schema!({ "type": "array", "items": item, "maxItems": items });
        self.draft.body = Some(RequestBody { media_type: "application/x-ndjson", schema, encoding: Pairs::new() });
        // What is wrong with a line, the handler may answer as it likes.
        self.problem();
    }

    /// A body of `multipart/form-data`, with a part for each property of `T`.
    #[cfg(feature = "multipart")]
    pub fn multipart_body<T: Value + JsonSchema>(&mut self) {
        let schema = self.schemas.input::<T>();
        self.draft.body =
            Some(RequestBody { media_type: "multipart/form-data", schema, encoding: encoding(T::shape()) });
    }

    /// A query parameter for each property of `T`.
    pub fn query_parameters<T: Value + JsonSchema>(&mut self) {
        let found = parameters::<T>(&mut self.schemas, Location::Query);
        self.draft.parameters.extend(found);
    }

    /// A path parameter for each property of `T`.
    pub fn path_parameters<T: Value + JsonSchema>(&mut self) {
        let found = parameters::<T>(&mut self.schemas, Location::Path);
        self.draft.parameters.extend(found);
    }

    /// The path parameter `name`, which holds an `Id`.
    pub fn path_parameter<Id: JsonSchema>(&mut self, name: &'static str) {
        let schema = self.schemas.input::<Id>();
        self.draft.parameters.push(parameter(name, Location::Path, schema));
    }

    /// An answer that holds a `T` as JSON.
    pub fn answer<T: JsonSchema>(&mut self, status: StatusCode) {
        let schema = Some(self.schemas.output::<T>());
        self.draft.answers.push(Success { status, schema, location: CarriesLocation::No });
    }

    /// An answer that holds nothing.
    pub fn empty_answer(&mut self, status: StatusCode) {
        self.draft.answers.push(Success { status, schema: None, location: CarriesLocation::No });
    }

    /// The answers so far are 201, with the `Location` of what was created.
    pub fn created(&mut self) {
        for answer in &mut self.draft.answers {
            answer.status = StatusCode::CREATED;
            answer.location = CarriesLocation::Yes;
        }
    }

    /// The handler may answer a problem of its own, of any status.
    pub fn problem(&mut self) {
        self.draft.own_problems = OwnProblems::Yes;
    }
}
