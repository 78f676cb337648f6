//! What clients may know of a protected resource before they call it (RFC 9728): who issues tokens for it, and how they are sent.

mod place;

use serde::Serialize;

pub(crate) use place::Place;

/// The metadata document (RFC 9728, section 2). What is not said is left out, never empty or `false`.
#[derive(Debug, Serialize)]
pub(crate) struct ResourceMetadata<'a> {
    pub(crate) resource: &'a str,
    pub(crate) authorization_servers: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) scopes_supported: Vec<&'a str>,
    pub(crate) bearer_methods_supported: [&'static str; 1],
    pub(crate) resource_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource_documentation: Option<&'a str>,
    #[serde(skip_serializing_if = "is_not_so")]
    pub(crate) tls_client_certificate_bound_access_tokens: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) dpop_signing_alg_values_supported: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_not_so")]
    pub(crate) dpop_bound_access_tokens_required: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_not_so(value: &bool) -> bool {
    !*value
}
