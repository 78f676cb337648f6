//! The OpenAPI document of an API: a fold over its policy.

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::{
    Deployment, Operation, endpoints,
    deployment::{Audience, Link},
    headers, model,
    refusals::{self, Problems},
    schemas::Schemas,
    security,
};
use crate::{
    policy::Api,
    respond::{Answer, Respond, answer, to_bytes},
};

/// The OpenAPI 3.1 document of an API as deployed. It is made once; copies share it.
///
/// As an answer of a handler it is the document itself:
///
/// ```
/// use palisade::{openapi::{Deployment, Document}, prelude::*};
///
/// #[secure(get = "/openapi.json", public = "the contract is for everybody", rate = "60/min per ip")]
/// async fn contract(State(document): State<Document>) -> Document { document }
///
/// /// Only says what it does.
/// #[secure(title = "Contract", version = "1.0.0", endpoints(contract))]
/// struct Contract;
///
/// let document = Contract::openapi(&Deployment::at("https://api.shop.example").described("production"));
/// assert!(document.to_json().starts_with(r#"{"openapi":"3.1.1","info":{"title":"Contract""#));
/// assert_eq!(document.to_value()["paths"]["/openapi.json"]["get"]["operationId"], "contract");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    json: Bytes,
}

impl Document {
    /// The document of an API.
    #[must_use]
    pub fn of(api: &'static Api, deployment: &Deployment) -> Self {
        // A model of texts, numbers and lists can always be written.
        Self { json: to_bytes(&model(api, deployment)).unwrap_or_default() }
    }

    /// The document as JSON text, safe inside HTML.
    #[must_use]
    pub fn to_json(&self) -> &str {
        str::from_utf8(&self.json).unwrap_or_default()
    }

    /// The document as a JSON value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::from_slice(&self.json).unwrap_or_default()
    }
}

impl Respond for Document {
    fn respond(self) -> Answer {
        answer(StatusCode::OK, Some(HeaderValue::from_static("application/json")), Some(self.json))
    }

    fn document(operation: &mut Operation) {
        operation.answer::<Self>(StatusCode::OK);
    }
}

impl JsonSchema for Document {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Document".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "description": "An OpenAPI 3.1 document.", "required": ["openapi", "info", "paths"] })
    }
}

fn model(api: &'static Api, deployment: &Deployment) -> model::OpenApi {
    let mut schemas = Schemas::new();
    let problems = Problems::new(&mut schemas);
    let described = endpoints::describe(api, schemas);
    model::OpenApi {
        openapi: "3.1.1",
        info: model::Info {
            title: api.title(),
            description: api.description(),
            version: api.version(),
            contact: deployment.contact_link().map(link),
            license: deployment.license_link().map(link),
        },
        servers: [model::Server {
            url: deployment.address().to_owned(),
            description: deployment.description().map(str::to_owned),
            internal: deployment.audience() == Audience::Internal,
        }],
        tags: described.tags,
        security: security::default(api),
        paths: described.paths,
        components: model::Components {
            schemas: described.schemas,
            responses: refusals::components(&described.refusals, &problems),
            headers: headers::components(api, deployment),
            security_schemes: security::schemes(api, deployment),
        },
    }
}

fn link(link: &Link) -> model::Link {
    model::Link { name: link.name.clone(), url: link.url.clone() }
}
