//! Schemes and requirements: who may call, as `OpenAPI` can say it.
//!
//! `OpenAPI` knows schemes and their scopes. Roles, freshness, predicates and negation are in `x-palisade-access`, exactly,
//! and in the description, in words.

use std::collections::BTreeMap;

use super::{
    alternatives::{Alternative, Atom, Demand, Sign, alternatives},
    deployment::Deployment,
    model::{Flow, Flows, Pairs, Requirement, SecurityScheme},
};
use crate::policy::{Api, Catalogue, Endpoint, Exposure, SchemeKind};

/// The schemes of an API.
pub(super) fn schemes(api: &Api, deployment: &Deployment) -> Pairs<SecurityScheme> {
    let mut schemes = Pairs::new();
    for scheme in api.declared_schemes() {
        schemes.push(scheme.name(), described(api, scheme.kind(), deployment));
    }
    schemes
}

fn described(api: &Api, kind: SchemeKind, deployment: &Deployment) -> SecurityScheme {
    match (kind, deployment.tokens_from()) {
        (SchemeKind::OAuth2, Some(server)) => SecurityScheme::Oauth2 {
            description: token_description(),
            flows: Flows {
                authorization_code: Flow {
                    authorization_url: server.authorization.clone(),
                    token_url: server.token.clone(),
                    refresh_url: server.refresh.clone(),
                    scopes: api.scope_catalogue().map_or_else(Pairs::new, scopes),
                },
            },
        },
        // Where tokens come from is not known, and a flow without addresses would be no flow.
        (SchemeKind::OAuth2, None) => {
            SecurityScheme::Http { description: token_description(), scheme: "bearer", bearer_format: "JWT" }
        }
        (SchemeKind::ApiKey { header }, _) => SecurityScheme::ApiKey {
            description: "A key, as it was issued. It carries scopes and roles of its own.".to_owned(),
            location: "header",
            name: header,
        },
        (SchemeKind::MutualTls, _) => SecurityScheme::MutualTls {
            description: "A certificate of the client's, by which the connection is made (RFC 8705).".to_owned(),
        },
        // `OpenAPI` has no type for either, and this one says where to look.
        (SchemeKind::Signature, _) => SecurityScheme::ApiKey {
            description:
                "An HTTP Message Signature (RFC 9421), with `Signature-Input` beside it, that covers at least \
                          `@method`, `@target-uri` and, where there is a body, `content-digest` (RFC 9530)."
                    .to_owned(),
            location: "header",
            name: "Signature",
        },
        (SchemeKind::Webhook, _) => SecurityScheme::ApiKey {
            description: "An HMAC over `webhook-id`, `webhook-timestamp` and the body, as Standard Webhooks has it."
                .to_owned(),
            location: "header",
            name: "webhook-signature",
        },
    }
}

fn token_description() -> String {
    "An access token (RFC 9068) in the `Authorization` header. Its signature, algorithm, type, issuer, audience and \
     lifetime are checked, as RFC8725 advises."
        .to_owned()
}

/// Every scope of the catalogue with what it is for and what it brings along.
fn scopes(catalogue: &Catalogue) -> Pairs<String> {
    let mut scopes = Pairs::new();
    for (index, entry) in catalogue.entries().iter().enumerate() {
        let implied = catalogue.names(catalogue.closure(index)).filter(|name| *name != entry.name());
        let implied: Vec<String> = implied.map(|name| format!("`{name}`")).collect();
        let mut description = entry.description().to_owned();
        if !implied.is_empty() {
            let space = if description.is_empty() { "" } else { " " };
            description = format!("{description}{space}Includes {}.", implied.join(", "));
        }
        scopes.push(entry.name(), description);
    }
    scopes
}

/// What holds where an operation does not say otherwise, though each of ours does: some credential.
pub(super) fn default(api: &Api) -> Vec<Requirement> {
    api.declared_schemes().iter().map(|scheme| requirement(scheme.name(), Vec::new())).collect()
}

/// What an endpoint requires, each alternative by each scheme that can satisfy it.
pub(super) fn requirements(api: &Api, endpoint: &'static Endpoint) -> Vec<Requirement> {
    if let Exposure::Public { .. } = endpoint.exposure() {
        return vec![Requirement(BTreeMap::new())];
    }
    let demands: Vec<_> = api.access_of(endpoint).collect();
    let alternatives = alternatives(demands.into_iter());
    let mut requirements = Vec::new();
    for way in api.ways_into(endpoint) {
        // The first scheme says who the caller is, and with that what they may do.
        let Some((who, besides)) = way.split_first() else { continue };
        for alternative in &alternatives {
            let scopes = match who.kind() {
                SchemeKind::OAuth2 => scopes_of(alternative),
                // Nobody logs in with a key, a certificate or a signature.
                _ if alternative.iter().any(wants_login) => continue,
                // Names are allowed here since 3.1, but no list says which exist, so checkers take them for mistakes.
                SchemeKind::ApiKey { .. } | SchemeKind::MutualTls | SchemeKind::Signature | SchemeKind::Webhook => {
                    Vec::new()
                }
            };
            let mut requirement = requirement(who.name(), scopes);
            requirement.0.extend(besides.iter().map(|scheme| (scheme.name(), Vec::new())));
            if !requirements.contains(&requirement) {
                requirements.push(requirement);
            }
        }
    }
    requirements
}

fn requirement(scheme: &'static str, scopes: Vec<&'static str>) -> Requirement {
    Requirement(BTreeMap::from([(scheme, scopes)]))
}

fn scopes_of(alternative: &Alternative) -> Vec<&'static str> {
    let scope = |demand: &Demand| match (demand.atom, demand.sign) {
        (Atom::Scope(name), Sign::Holds) => Some(name),
        (Atom::Scope(_), Sign::Fails)
        | (
            Atom::Role(_)
            | Atom::Kinds(_)
            | Atom::Fresh(_)
            | Atom::Acr(_)
            | Atom::Mfa
            | Atom::SenderConstrained
            | Atom::Predicate(_),
            _,
        ) => None,
    };
    alternative.iter().filter_map(scope).collect()
}

fn wants_login(demand: &Demand) -> bool {
    matches!((demand.atom, demand.sign), (Atom::Fresh(_) | Atom::Acr(_) | Atom::Mfa, Sign::Holds))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        openapi::examples::{ADMIN, FRESH, READ, SUPPORT, WEEKDAY, WRITE, api, by, document, with_endpoint},
        policy::{Access, Control, Method},
    };

    /// Requirements as a document writes them, for these demands.
    fn check(controls: &[Control], expected: &Value) {
        let document = document(api(controls));
        assert_eq!(document["paths"]["/things"]["get"]["security"], *expected, "{controls:?}");
    }

    fn by_token(access: Access) -> [Control; 2] {
        [by("oauth2"), access.control()]
    }

    #[test]
    fn and_is_one_requirement_and_or_is_several() {
        check(&by_token(READ), &json!([{ "oauth2": ["read"] }]));
        check(&by_token(Access::All(&[READ, WRITE])), &json!([{ "oauth2": ["read", "write"] }]));
        check(&by_token(Access::Any(&[READ, WRITE])), &json!([{ "oauth2": ["read"] }, { "oauth2": ["write"] }]));
        check(
            &by_token(Access::All(&[READ, Access::Any(&[WRITE, ADMIN])])),
            &json!([{ "oauth2": ["read", "write"] }, { "oauth2": ["read", "admin"] }]),
        );
        check(&[by("oauth2"), READ.control(), WRITE.control()], &json!([{ "oauth2": ["read", "write"] }]));
    }

    #[test]
    fn what_is_no_scope_asks_for_no_scope() {
        check(&by_token(SUPPORT), &json!([{ "oauth2": [] }]));
        check(&by_token(Access::Not(&READ)), &json!([{ "oauth2": [] }]));
        check(&by_token(Access::All(&[WRITE, WEEKDAY])), &json!([{ "oauth2": ["write"] }]));
        check(&by_token(Access::All(&[WRITE, Access::Any(&[SUPPORT, FRESH])])), &json!([{ "oauth2": ["write"] }]));
        // Without the role it takes a scope more.
        check(
            &by_token(Access::All(&[READ, Access::Any(&[SUPPORT, WRITE])])),
            &json!([{ "oauth2": ["read"] }, { "oauth2": ["read", "write"] }]),
        );
    }

    #[test]
    fn every_scheme_that_can_satisfy_an_alternative_is_one() {
        check(&[READ.control()], &json!([{ "oauth2": ["read"] }, { "api_key": [] }]));
        check(&[FRESH.control()], &json!([{ "oauth2": [] }]));
        check(
            &[Access::Any(&[FRESH, READ]).control()],
            &json!([{ "oauth2": [] }, { "oauth2": ["read"] }, { "api_key": [] }]),
        );
        check(&[by("api_key")], &json!([{ "api_key": [] }]));
    }

    #[test]
    fn public_is_an_empty_requirement_and_nothing_else_is() {
        let public = with_endpoint(Endpoint::new("call", Method::Get, "/things").public("a reason"));
        let operation = document(public)["paths"]["/things"]["get"].clone();
        assert_eq!(operation["security"], json!([{}]));
        assert_eq!(operation["x-public-reason"], "a reason");
        // A key has no login, so nobody can call this: it is not written as if everybody could.
        let uncallable = api(&[by("api_key"), FRESH.control()]);
        assert_eq!(document(uncallable)["paths"], json!({}));
    }

    #[test]
    fn a_scope_tells_what_it_includes() {
        let deployment = Deployment::at("https://api.example").authorization_server(
            "https://id.example/authorize",
            "https://id.example/token",
            "https://id.example/token",
        );
        let schemes = schemes(api(&[READ.control()]), &deployment);
        let schemes = serde_json::to_value(schemes).unwrap();
        let flow = &schemes["oauth2"]["flows"]["authorizationCode"];
        let expected = json!({ "read": "Look.", "write": "Change.", "admin": "Everything. Includes `read`, `write`." });
        assert_eq!(flow["scopes"], expected);
        assert_eq!(schemes["oauth2"]["type"], "oauth2");
        assert_eq!(schemes["api_key"]["type"], "apiKey");
    }
}
