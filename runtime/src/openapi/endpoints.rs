//! Each endpoint of an API as an operation.

use std::collections::BTreeSet;

use schemars::Schema;
use serde_json::{Map, Value};

use super::{
    headers::{self, Header},
    model::{self, MediaType, Pairs, RateLimit, Referable, RequestBody, Response, Tag},
    operation::{Body, Content, Draft, Operation, Success},
    parameters::idempotency_key,
    refusals::{self, Refusal},
    schemas::{Definitions, Schemas},
    security, texts,
};
use crate::{
    idempotency::IDEMPOTENCY_KEY,
    policy::{Access, Api, Endpoint, Exposure, OpenParameter, Scheme, SchemeKind, Transport, expression, sentence},
    schema::integers,
};

/// All operations, and what they refer to.
pub(super) struct Described {
    pub(super) tags: Vec<Tag>,
    pub(super) paths: Pairs<Pairs<model::Operation>>,
    pub(super) refusals: BTreeSet<Refusal>,
    pub(super) schemas: Map<String, Value>,
}

/// Describes every endpoint.
pub(super) fn describe(api: &'static Api, mut schemas: Schemas) -> Described {
    let mut collected = Vec::new();
    for endpoint in api.declared_endpoints().iter().copied().filter(|endpoint| can_be_called(api, endpoint)) {
        let mut operation = Operation::new(endpoint.method(), schemas);
        endpoint.describe(&mut operation);
        let draft;
        (draft, schemas) = operation.finish();
        collected.push((endpoint, draft));
    }
    // Names are final only once every type was seen.
    let mut definitions = schemas.merge();
    for schema in definitions.schemas.values_mut() {
        if let Ok(schema) = schema.try_into() {
            complete(schema);
        }
    }
    let mut described =
        Described { tags: Vec::new(), paths: Pairs::new(), refusals: BTreeSet::new(), schemas: Map::new() };
    for (endpoint, draft) in collected {
        let refusals = refusals::of(api, endpoint, &draft);
        let operation = operation(api, endpoint, draft, &refusals, &definitions);
        described.refusals.extend(refusals);
        for name in &operation.tags {
            let tag = Tag { name: name.clone() };
            if !described.tags.contains(&tag) {
                described.tags.push(tag);
            }
        }
        let method = endpoint.method().name().to_ascii_lowercase();
        if let Some(path) = described.paths.entry(endpoint.path(), Pairs::new) {
            path.push(method, operation);
        }
    }
    described.schemas = definitions.schemas;
    described
}

/// Whether a request can come through at all. A guarded endpoint without a scheme would be written as a public one.
fn can_be_called(api: &Api, endpoint: &'static Endpoint) -> bool {
    !endpoint.is_broken() && !security::requirements(api, endpoint).is_empty()
}

fn operation(
    api: &'static Api,
    endpoint: &'static Endpoint,
    draft: Draft,
    refusals: &BTreeSet<Refusal>,
    definitions: &Definitions,
) -> model::Operation {
    let demands: Vec<&Access> = api.access_of(endpoint).collect();
    let finished = |mut schema| {
        definitions.rename(&mut schema);
        complete(&mut schema);
        schema
    };
    let mut parameters = draft.parameters;
    for parameter in &mut parameters {
        parameter.schema = finished(std::mem::take(&mut parameter.schema));
        let open = endpoint.open_parameters().iter().find(|open| open.name() == parameter.name);
        parameter.open_reason = open.map(OpenParameter::reason);
    }
    let mut replayed: Option<fn() -> model::Header> = None;
    if let Some(idempotent) = endpoint.idempotent() {
        // A handler may read the key as well.
        parameters.retain(|parameter| !parameter.name.eq_ignore_ascii_case(IDEMPOTENCY_KEY.as_str()));
        parameters.push(idempotency_key(idempotent));
        replayed = Some(headers::replayed);
    }
    let mut responses = Pairs::new();
    for answer in draft.answers {
        let status = answer.status;
        responses.push(status.as_str(), Referable::Inline(success(answer, replayed)));
    }
    for (status, response) in refusals.iter().copied().map(refusals::reference) {
        responses.push(status, response);
    }
    model::Operation {
        tags: [tag(api, endpoint)],
        summary: endpoint.summary(),
        description: description(api, endpoint, &demands),
        operation_id: endpoint.id(),
        parameters,
        request_body: draft.body.map(|mut body| {
            body.content.schema = finished(body.content.schema);
            request_body(endpoint, body)
        }),
        responses,
        security: security::requirements(api, endpoint),
        access: expression(&demands),
        transport: api.transport_of(endpoint).map(Transport::name),
        public_reason: match endpoint.exposure() {
            Exposure::Guarded => None,
            Exposure::Public { reason } => Some(reason),
        },
        rate_limit: rate_limits(api, endpoint),
    }
}

fn complete(schema: &mut Schema) {
    integers::bound(schema);
    texts::restrict(schema);
}

fn request_body(endpoint: &Endpoint, body: Body) -> RequestBody {
    let mut content = Pairs::new();
    content.push(body.media_type, body.content);
    let bytes = endpoint.body_bounds().bytes;
    let description = match endpoint.body_limit() {
        Some(limit) => format!("At most {bytes} bytes: {}.", limit.reason()),
        None => format!("At most {bytes} bytes."),
    };
    RequestBody { description, required: true, content }
}

fn success(answer: Success, replayed: Option<fn() -> model::Header>) -> Response {
    let mut headers = headers::references(&[Header::RateLimitPolicy, Header::RateLimit, Header::AllowedOrigin]);
    for header in answer.headers {
        headers.push(header.name(), Referable::Inline(header.header()));
    }
    if let Some(replayed) = replayed {
        headers.push("Idempotent-Replayed", Referable::Inline(replayed()));
    }
    let mut content = Pairs::new();
    if let Some(Content { media_type, mut schema }) = answer.content {
        complete(&mut schema);
        content.push(media_type, MediaType::of(schema));
    }
    let description = answer.status.canonical_reason().unwrap_or("Success").to_owned();
    Response { description, headers, content }
}

/// The tag of the endpoint, else what its path begins with, else the API.
fn tag(api: &Api, endpoint: &Endpoint) -> String {
    let begins = || endpoint.path().split('/').find(|part| !part.is_empty() && !part.starts_with('{'));
    match endpoint.tag() {
        "" => begins().unwrap_or(api.title()).to_owned(),
        tag => tag.to_owned(),
    }
}

/// What the endpoint does and, since not every reader shows extensions or the scopes of all schemes, who may call it.
fn description(api: &Api, endpoint: &'static Endpoint, demands: &[&Access]) -> String {
    let by = match by_which(api, endpoint) {
        Some(ways) => format!(", whether by {ways}"),
        None => String::new(),
    };
    let caller = match (endpoint.exposure(), sentence(demands)) {
        (Exposure::Public { reason }, _) => format!("For everybody: {reason}."),
        (Exposure::Guarded, Some(sentence)) => format!("Requires {sentence}{by}."),
        (Exposure::Guarded, None) => "For any caller with a valid credential.".to_owned(),
    };
    let space = if endpoint.description().is_empty() { "" } else { "\n\n" };
    let connection = match api.transport_of(endpoint) {
        None => "",
        Some(Transport::Tls) => " Over TLS only.",
        Some(Transport::MutualTls) => " Over TLS with a certificate of the client only.",
    };
    format!("{}{space}{caller}{connection}", endpoint.description())
}

/// The credentials that will do, where there is a choice.
fn by_which(api: &Api, endpoint: &Endpoint) -> Option<String> {
    let words =
        |way: Vec<&Scheme>| way.iter().map(|scheme| credential(scheme.kind())).collect::<Vec<_>>().join(" with ");
    let ways: Vec<String> = api.ways_into(endpoint).into_iter().map(words).collect();
    (1 < ways.len()).then(|| ways.join(" or by "))
}

const fn credential(kind: SchemeKind) -> &'static str {
    match kind {
        SchemeKind::OAuth2 => "token",
        SchemeKind::ApiKey { .. } => "API key",
        SchemeKind::MutualTls => "certificate",
        SchemeKind::Signature => "signature",
        SchemeKind::Webhook => "webhook signature",
    }
}

fn rate_limits(api: &'static Api, endpoint: &'static Endpoint) -> Vec<RateLimit> {
    let rates = api.rates_of(endpoint).map(|(policy, rate)| RateLimit {
        policy,
        quota: rate.count(),
        window: rate.period(),
        partition: rate.partition().name(),
        burst: rate.burst_size(),
    });
    rates.collect()
}
