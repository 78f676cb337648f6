//! Whether a gate has what the policies of its API need. What is missing is said before the first request.

use std::fmt;

use http::HeaderValue;

use super::{builder::GateBuilder, signers};
use crate::{
    audit::Audit,
    auth::{Certificates, IssuerError, PublicOrigin},
    input::BodyBounds,
    limit::Admission,
    openapi::{Operation, Sent},
    policy::{Access, Api, Catalogue, Endpoint, Method, Partition, SchemeKind},
};

/// Why a gate is not opened. Its text names the endpoint and the mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartError {
    message: String,
}

impl StartError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    pub(super) fn no_audit() -> Self {
        Self::new("the gate has no audit: add `.audit(Audit::tracing())`, or `Audit::none(\"reason\")`")
    }

    pub(super) fn issuer((issuer, error): (String, IssuerError)) -> Self {
        Self::new(format!("the issuer `{issuer}`: {error}"))
    }

    pub(super) fn no_cursor_key(what: &str) -> Self {
        Self::new(format!(
            "the gate has no key for cursors, since {what}: give it `.cursor_key(..)` of 32 random bytes"
        ))
    }

    pub(super) fn of(endpoint: &Endpoint, what: &str, mend: &str) -> Self {
        Self::new(format!("`{}` ({} {}) {what}: {mend}", endpoint.id(), endpoint.method().name(), endpoint.path()))
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StartError {}

pub(super) fn check(api: &'static Api, gate: &GateBuilder) -> Result<(), StartError> {
    match gate.audit.as_ref().map(Audit::fault) {
        None => return Err(StartError::no_audit()),
        Some(Some(fault)) => return Err(StartError::new(fault)),
        Some(None) => {}
    }
    check_dpop(gate)?;
    if let Some(certificates) = &gate.certificates {
        check_certificates(api, certificates)?;
    }
    signers::check(api, gate)?;
    for endpoint in api.declared_endpoints().iter().copied() {
        check_schemes(api, endpoint, gate)?;
        signers::check_endpoint(api, endpoint, gate)?;
        check_rates(api, endpoint, gate)?;
        check_idempotency(endpoint, gate)?;
        check_properties(api, endpoint)?;
        if endpoint.body_limit().is_some() && endpoint.body_bounds().readers == 0 {
            return Err(StartError::of(endpoint, "limits a body that it does not read", "remove `body_limit`"));
        }
        // RFC 9110, sections 9.3.1 and 9.3.2. What is between a client and this server may drop it, or refuse the request.
        if matches!(endpoint.method(), Method::Get | Method::Head) && 0 < endpoint.body_bounds().readers {
            let what = "reads a body, which means nothing in a GET or HEAD";
            return Err(StartError::of(endpoint, what, "take it in the query, or make it a POST"));
        }
        // What may be longer by its types is read piece by piece.
        let most = endpoint.body_of_types().bytes.max(BodyBounds::MOST);
        if endpoint.body_limit().is_some_and(|limit| most < limit.bytes()) {
            let what = "lets a body in that is larger than the 16 MiB that are held at once, and than its types can be";
            return Err(StartError::of(endpoint, what, "lower `body_limit`, or take the body as a stream"));
        }
        if 1 < endpoint.body_bounds().readers {
            return Err(StartError::of(endpoint, "reads the body twice", "put both into one type"));
        }
        // Each would refuse what the other knows.
        if 1 < Operation::queries(endpoint) {
            return Err(StartError::of(endpoint, "reads the query twice", "put both into one type"));
        }
        if let Some(misfit) = endpoint.body_bounds().misfit {
            let what = match misfit.field {
                "" => format!("takes a type that {}", misfit.what),
                field => format!("takes the field `{field}`, which {}", misfit.what),
            };
            return Err(StartError::of(endpoint, &what, misfit.mend));
        }
        let login = api.access_of(endpoint).any(asks_login);
        let bearer = api.schemes_of(endpoint).any(|scheme| scheme.kind() == SchemeKind::OAuth2);
        if login && !bearer {
            return Err(StartError::of(endpoint, "demands a login", "accept `oauth2` on it: API keys have no login"));
        }
    }
    Ok(())
}

fn check_schemes(api: &'static Api, endpoint: &'static Endpoint, gate: &GateBuilder) -> Result<(), StartError> {
    for scheme in api.schemes_of(endpoint) {
        match scheme.kind() {
            SchemeKind::OAuth2 if gate.tokens.is_empty() && gate.introspection.is_none() => {
                let mend =
                    "add `.bearer(Tokens::issuer(..).audience(..))`, or `.opaque(Introspection::at(..))`, to the gate";
                return Err(StartError::of(endpoint, "accepts tokens, and the gate knows no issuer", mend));
            }
            SchemeKind::ApiKey { .. } if gate.api_keys.is_none() => {
                let mend = "add `.api_keys(ApiKeys::new(..))` to the gate";
                return Err(StartError::of(endpoint, "accepts API keys, and the gate knows none", mend));
            }
            SchemeKind::OAuth2 | SchemeKind::ApiKey { .. } => {}
            SchemeKind::MutualTls if gate.certificates.is_some() => {}
            SchemeKind::MutualTls => {
                let mend = "add `.certificates(Certificates::spiffe(..).caller(..))` to the gate";
                return Err(StartError::of(endpoint, "accepts certificates, and the gate knows nobody by one", mend));
            }
            // Told of by its name.
            SchemeKind::Signature | SchemeKind::Webhook => {}
        }
    }
    Ok(())
}

/// Proofs name an address, an algorithm and perhaps a nonce.
fn check_dpop(gate: &GateBuilder) -> Result<(), StartError> {
    let Some(dpop) = &gate.dpop else { return Ok(()) };
    if gate.public_origin.is_none() {
        return Err(StartError::new(
            "the gate accepts `DPoP` proofs, which name the address of the API: add `.public_origin(\"https://..\")`",
        ));
    }
    if dpop.lacks_nonce_key() {
        return Err(StartError::new(
            "the key for nonces is shorter than 32 bytes: give `.require_nonces(..)` 32 random bytes",
        ));
    }
    if dpop.accepts_nothing() {
        return Err(StartError::new(
            "`.algorithms(..)` leaves no algorithm for `DPoP` proofs: name an asymmetric one, like `Algorithm::Es256`",
        ));
    }
    Ok(())
}

/// A scope or role that the API does not know would be granted to nobody, silently.
fn check_certificates(api: &'static Api, certificates: &Certificates) -> Result<(), StartError> {
    if let Some(fault) = certificates.fault() {
        return Err(StartError::new(fault));
    }
    let known = |catalogue: Option<&'static Catalogue>, name: &str| {
        catalogue.is_some_and(|catalogue| catalogue.entries().iter().any(|entry| entry.name() == name))
    };
    let unknown = certificates.grants().find_map(|grants| {
        let scope = grants.scope_names().find(|name| !known(api.scope_catalogue(), name));
        scope.or_else(|| grants.role_names().find(|name| !known(api.role_catalogue(), name)))
    });
    match unknown {
        None => Ok(()),
        Some(name) => Err(StartError::new(format!(
            "`Certificates` grants `{name}`, which the API does not declare: grant scopes and roles of its own catalogues"
        ))),
    }
}

fn check_rates(api: &'static Api, endpoint: &'static Endpoint, gate: &GateBuilder) -> Result<(), StartError> {
    if Admission::CAPACITY < api.rates_of(endpoint).count() {
        return Err(StartError::of(endpoint, "has more than 8 rates", "leave out those that others imply"));
    }
    for (_, rate) in api.rates_of(endpoint) {
        if gate.limiter.is_none() {
            return Err(StartError::of(endpoint, "has a rate", "add `.limiter(Limiter::memory())` to the gate"));
        }
        if rate.partition() == Partition::Address && gate.clients.is_none() {
            let mend = "add `.clients(Clients::direct())`, or `Clients::behind(proxies)`, to the gate, and serve with \
                        `palisade::axum::serve` or connection info";
            return Err(StartError::of(endpoint, "counts by address", mend));
        }
    }
    Ok(())
}

/// The body is read as a whole to be compared, and the answer kept as a whole.
fn check_idempotency(endpoint: &'static Endpoint, gate: &GateBuilder) -> Result<(), StartError> {
    if endpoint.idempotent().is_none() {
        return Ok(());
    }
    if gate.idempotency.is_none() {
        let mend = "add `.idempotency(Idempotency::memory())` to the gate";
        return Err(StartError::of(endpoint, "is idempotent, and the gate keeps no answers", mend));
    }
    if BodyBounds::MOST < endpoint.body_bounds().bytes {
        let mend = "lower the limits of what it takes, or remove `idempotent`";
        return Err(StartError::of(
            endpoint,
            "is idempotent, and its body may exceed the 16 MiB that are held at once",
            mend,
        ));
    }
    match Operation::sent(endpoint) {
        Sent::Whole => Ok(()),
        Sent::InPieces => {
            let mend = "answer with the whole of it, or remove `idempotent`";
            Err(StartError::of(endpoint, "is idempotent, and answers with a stream, which cannot be kept", mend))
        }
    }
}

/// The types of an endpoint may come from anywhere, with demands of another API.
fn check_properties(api: &'static Api, endpoint: &'static Endpoint) -> Result<(), StartError> {
    match Operation::demands(endpoint).into_iter().find_map(|demand| api.undeclared(demand)) {
        None => Ok(()),
        Some(grant) => {
            let what = format!("has a property that demands `{}`, which the API does not declare", grant.name());
            Err(StartError::of(endpoint, &what, "demand a scope or role of the API's own catalogue"))
        }
    }
}

fn asks_login(access: &Access) -> bool {
    match access {
        Access::Fresh(_) | Access::Acr(_) | Access::Mfa => true,
        Access::All(parts) | Access::Any(parts) => parts.iter().any(asks_login),
        Access::Not(part) => asks_login(part),
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::SenderConstrained
        | Access::Predicate(_)
        | Access::Owner => false,
    }
}

pub(super) fn public_origin(origin: &str) -> Result<PublicOrigin, StartError> {
    PublicOrigin::new(origin).map_err(|error| StartError::new(format!("`.public_origin(..)`: {error}")))
}

/// One origin (RFC 6454): a scheme and an authority, nothing behind it. A wildcard is none.
pub(super) fn origin(origin: &str) -> Result<HeaderValue, StartError> {
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let sound =
        authority.is_some_and(|authority| !authority.is_empty() && !authority.contains(['/', '*', '?', '#', '@', ' ']));
    HeaderValue::from_str(origin)
        .ok()
        .filter(|_| sound)
        .ok_or_else(|| StartError::new("`.origin(..)`: write one origin, like \"https://shop.example\""))
}
