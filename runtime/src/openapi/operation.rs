//! Collects what the arguments and the answer of one handler add to the document.

use http::StatusCode;
use schemars::{JsonSchema, Schema};

use super::{
    model::{Location, Parameter},
    parameters::{parameter, parameters},
    schemas::Schemas,
};
use crate::{
    policy::{Access, Endpoint, demands},
    value::Value,
};

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
    demands: Vec<&'static Access>,
}

/// What was collected.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Schema>,
    pub(super) answers: Vec<Success>,
    pub(super) own_problems: OwnProblems,
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
        Self { schemas, draft, demands: Vec::new() }
    }

    /// What the types of a handler demand of callers who see or write their properties.
    pub(crate) fn demands(endpoint: &'static Endpoint) -> Vec<&'static Access> {
        let mut operation = Self::new(Schemas::new());
        endpoint.describe(&mut operation);
        operation.demands
    }

    /// What was collected, and the schemas for the next operation.
    pub(super) fn finish(self) -> (Draft, Schemas) {
        (self.draft, self.schemas)
    }

    /// A JSON body.
    pub fn request_body<T: Value + JsonSchema>(&mut self) {
        self.draft.body = Some(self.schemas.input::<T>());
        self.demands.extend(demands(T::shape()));
    }

    /// A query parameter for each property of `T`.
    pub fn query_parameters<T: Value + JsonSchema>(&mut self) {
        let found = parameters::<T>(&mut self.schemas, Location::Query);
        self.demands.extend(demands(T::shape()));
        self.draft.parameters.extend(found);
    }

    /// A path parameter for each property of `T`.
    pub fn path_parameters<T: Value + JsonSchema>(&mut self) {
        let found = parameters::<T>(&mut self.schemas, Location::Path);
        self.demands.extend(demands(T::shape()));
        self.draft.parameters.extend(found);
    }

    /// The path parameter `name`, which holds an `Id`.
    pub fn path_parameter<Id: JsonSchema>(&mut self, name: &'static str) {
        let schema = self.schemas.input::<Id>();
        self.draft.parameters.push(parameter(name, Location::Path, schema));
    }

    /// An answer that holds a `T` as JSON.
    pub fn answer<T: Value + JsonSchema>(&mut self, status: StatusCode) {
        self.demands.extend(demands(T::shape()));
        self.open_answer::<T>(status);
    }

    /// An answer that everybody sees the whole of.
    pub(super) fn open_answer<T: JsonSchema>(&mut self, status: StatusCode) {
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
