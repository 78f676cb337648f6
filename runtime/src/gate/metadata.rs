//! The metadata of the resource (RFC 9728): said from the API's constants and the gate's configuration, and served to anybody.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use ring::digest::{SHA256, digest};

use super::{GateBuilder, Keeper, respond};
use crate::{
    auth::{Dpop, Place, PublicOrigin, ResourceMetadata, Tokens},
    policy::{Access, Api, Endpoint, Exposure, SchemeKind},
    respond::{Answer, Body},
};

/// Old enough to save requests, young enough that a change of issuers is noticed.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The document as it is sent, and where.
#[derive(Debug)]
pub(crate) struct Published {
    place: Place,
    body: Bytes,
    tag: HeaderValue,
}

impl Published {
    /// What a request for it is recorded as.
    pub(crate) const WELL_KNOWN: &'static str = Place::WELL_KNOWN;

    /// The document of an API whose resource is at the public origin, which it takes tokens for.
    pub(super) fn of(api: &'static Api, gate: &GateBuilder, origin: Option<&PublicOrigin>) -> Option<Self> {
        let takes_tokens = |scheme: &crate::policy::Scheme| scheme.kind() == SchemeKind::OAuth2;
        if !api.declared_schemes().iter().any(takes_tokens) {
            return None;
        }
        let origin = origin?;
        let found = |tokens: &Tokens| Place::of(tokens.resource(), origin).zip(Some(String::from(tokens.resource())));
        let (place, resource) = gate.tokens.iter().find_map(found)?;
        // Its own endpoint knows better.
        if api.declared_endpoints().iter().any(|endpoint| endpoint.path() == place.path()) {
            return None;
        }
        let of_resource = gate.tokens.iter().filter(|tokens| tokens.resource() == resource);
        let scopes = api.scope_catalogue().map_or(&[][..], |scopes| scopes.entries());
        let metadata = ResourceMetadata {
            resource: &resource,
            authorization_servers: of_resource.map(Tokens::issuer_identifier).collect(),
            scopes_supported: scopes.iter().map(|scope| scope.name()).collect(),
            bearer_methods_supported: ["header"],
            resource_name: api.title(),
            resource_documentation: gate.resource_documentation.as_deref(),
            tls_client_certificate_bound_access_tokens: false,
            dpop_signing_alg_values_supported: gate.dpop.iter().flat_map(Dpop::algorithms_named).collect(),
            dpop_bound_access_tokens_required: gate.dpop.is_some() && is_bound_everywhere(api),
        };
        let body = Bytes::from(serde_json::to_vec(&metadata).ok()?);
        let tag: String = digest(&SHA256, &body).as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Some(Self { place, body, tag: HeaderValue::try_from(format!("\"{tag}\"")).ok()? })
    }

    /// Where it stands.
    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    fn answer(&self, headers: &HeaderMap) -> Answer {
        let mut answer = Answer::new(Body::Whole(self.body.clone()));
        respond::secure(&mut answer);
        let is_known = headers.get_all(header::IF_NONE_MATCH).iter().any(|known| *known == self.tag);
        if is_known {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            *answer.body_mut() = Body::empty();
        } else {
            answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        answer.headers_mut().insert(header::CACHE_CONTROL, CACHED);
        answer.headers_mut().insert(header::ETAG, self.tag.clone());
        answer
    }
}

/// Whether no endpoint takes a token that anybody could use.
fn is_bound_everywhere(api: &'static Api) -> bool {
    let guarded = |endpoint: &&'static Endpoint| match endpoint.exposure() {
        Exposure::Guarded => api.schemes_of(endpoint).any(|scheme| scheme.kind() == SchemeKind::OAuth2),
        Exposure::Public { .. } => false,
    };
    api.declared_endpoints().iter().copied().filter(guarded).all(|endpoint| api.access_of(endpoint).any(binds))
}

/// Whether an expression cannot hold without a bound credential.
fn binds(access: &Access) -> bool {
    match access {
        Access::SenderConstrained => true,
        Access::All(parts) => parts.iter().any(binds),
        Access::Any(parts) => !parts.is_empty() && parts.iter().all(binds),
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::Fresh(_)
        | Access::Acr(_)
        | Access::Mfa
        | Access::Predicate(_)
        | Access::Owner
        | Access::Not(_) => false,
    }
}

impl Keeper {
    /// Answers a request for the metadata, and records it like any other.
    pub(crate) fn tell_metadata(&self, published: &Published, method: &Method, headers: &HeaderMap) -> Answer {
        let mut record = self.record("none", Published::WELL_KNOWN, method);
        record.allow();
        let answer = published.answer(headers);
        record.finish(answer.status());
        answer
    }
}
