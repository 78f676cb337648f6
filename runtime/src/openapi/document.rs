//! The `OpenAPI` document of an API: a fold over its policy.

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::{
    Deployment, Operation,
    deployment::{Audience, Link},
    endpoints, headers, model,
    refusals::{self, Problems},
    schemas::Schemas,
    security,
};
use crate::{
    policy::Api,
    respond::{Answer, Recipient, Respond, answer, to_bytes},
};

/// The `OpenAPI` 3.1 document of an API as deployed. It is made once; copies share it.
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
    fn respond(self, _to: &Recipient<'_>) -> Answer {
        answer(StatusCode::OK, Some(HeaderValue::from_static("application/json")), Some(self.json))
    }

    fn document(operation: &mut Operation) {
        operation.open_answer::<Self>(StatusCode::OK);
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        controls::idempotent,
        openapi::examples::{FRESH, READ, SUPPORT, WRITE, api, by, document, with_endpoint},
        policy::{Access, Endpoint, Kind, Method, ObjectParameter, OpenParameter},
    };

    fn responses(document: &Value) -> Vec<String> {
        let responses = document["paths"]["/things"]["get"]["responses"].as_object().unwrap();
        responses.keys().cloned().collect()
    }

    #[test]
    fn a_document_is_the_same_every_time() {
        let api = api(&[WRITE.control(), Access::Any(&[SUPPORT, FRESH]).control()]);
        let deployment = Deployment::at("https://api.example").origin("https://shop.example");
        assert_eq!(Document::of(api, &deployment), Document::of(api, &deployment));
    }

    #[test]
    fn only_refusals_that_can_happen_are_there() {
        let always = ["400", "401", "413", "422", "429", "500", "503"];
        let with = |more: &[&str]| {
            let mut all: Vec<String> = always.iter().chain(more).map(|status| String::from(*status)).collect();
            all.sort();
            all
        };
        let answer = |endpoint: Endpoint, document: fn(&mut Operation)| {
            let mut found = responses(&self::document(with_endpoint(endpoint.document(document))));
            found.sort();
            found
        };
        let guarded = || Endpoint::new("call", Method::Get, "/things").controls(const { &[by("oauth2")] });
        assert_eq!(answer(guarded(), |_| {}), with(&[]));
        assert_eq!(answer(guarded().controls(const { &[READ.control()] }), |_| {}), with(&["403"]));
        // An old login is answered with 401, and what has none with 403.
        assert_eq!(answer(guarded().controls(const { &[by("oauth2"), FRESH.control()] }), |_| {}), with(&[]));
        assert_eq!(answer(guarded().controls(const { &[FRESH.control()] }), |_| {}), with(&["403"]));
        assert_eq!(answer(guarded(), Operation::request_body::<bool>), with(&["408", "415"]));
        assert_eq!(answer(guarded(), |operation| operation.path_parameter::<u32>("other")), with(&["404"]));
        let object = || ObjectParameter::new("id", Kind::Integer(0, 9), Operation::path_parameter::<u32>);
        assert_eq!(answer(guarded().objects(Vec::leak(vec![object()])), |_| {}), with(&["404"]));
        assert_eq!(answer(guarded(), Operation::problem), with(&["default"]));
        let idempotent = guarded().controls(const { &[by("oauth2"), idempotent().control()] });
        assert_eq!(answer(idempotent, |_| {}), with(&["409"]));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let endpoint = Endpoint::new("call", Method::Get, "/things/{id}/{page}")
            .controls(const { &[READ.control()] })
            .objects(const { &[ObjectParameter::new("id", Kind::Integer(0, 9), Operation::path_parameter::<u32>)] })
            .opens(const { &[OpenParameter::new("page", "a page is nobody's")] })
            .document(|operation| {
                operation.path_parameter::<u16>("page");
                operation.request_body::<bool>();
                operation.answer::<Option<String>>(StatusCode::OK);
                operation.created();
                operation.problem();
            });
        let document = document(with_endpoint(endpoint));
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(20 < references.len(), "{references:?}");
        for reference in references {
            let found = document.pointer(reference.trim_start_matches('#'));
            assert!(found.is_some(), "{reference}");
        }
        let operation = &document["paths"]["/things/{id}/{page}"]["get"];
        assert_eq!(operation["parameters"][1]["x-open-reason"], "a page is nobody's");
        assert_eq!(operation["responses"]["201"]["headers"]["Location"]["schema"]["format"], "uri-reference");
        assert_eq!(operation["x-palisade-access"], r#"scope("read")"#);
        let rate = json!([{ "policy": "default", "quota": 600, "window": 60, "partition": "ip", "burst": 600 }]);
        assert_eq!(operation["x-rate-limit"], rate);
    }

    fn collect<'a>(value: &'a Value, references: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                references.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|value| collect(value, references));
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, references)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
