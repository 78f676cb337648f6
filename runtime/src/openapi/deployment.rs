//! Where an API is served and by whom: what its document says beyond its policy.

use std::net::IpAddr;

/// A deployment of an API.
///
/// ```
/// use palisade::openapi::Deployment;
///
/// let deployment = Deployment::at("https://api.shop.example")
///     .described("production")
///     .authorization_server(
///         "https://id.shop.example/authorize",
///         "https://id.shop.example/token",
///         "https://id.shop.example/token",
///     )
///     .contact("The shop", "https://shop.example/contact")
///     .license("MIT", "https://shop.example/license")
///     .origin("https://shop.example");
/// assert_eq!(deployment.address(), "https://api.shop.example");
/// ```
#[derive(Debug, Clone)]
pub struct Deployment {
    address: String,
    description: Option<String>,
    audience: Audience,
    authorization_server: Option<AuthorizationServer>,
    contact: Option<Link>,
    license: Option<Link>,
    origin: Option<String>,
}

/// For whom a deployment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Anybody who can reach it.
    External,
    /// Its operators only.
    Internal,
}

/// Where tokens come from.
#[derive(Debug, Clone)]
pub(super) struct AuthorizationServer {
    pub(super) authorization: String,
    pub(super) token: String,
    pub(super) refresh: String,
}

/// A name that leads somewhere.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) url: String,
}

impl Deployment {
    /// A deployment at this address.
    ///
    /// # Panics
    /// When the address is not `https://`, or `http://` on this machine: credentials would travel in the clear.
    /// The address is the operator's own, never a client's.
    #[must_use]
    #[track_caller]
    pub fn at(address: impl Into<String>) -> Self {
        let address = encrypted(address.into());
        let description = is_loopback(&address).then(|| "local".to_owned());
        Self {
            address,
            description,
            audience: Audience::External,
            authorization_server: None,
            contact: None,
            license: None,
            origin: None,
        }
    }

    /// Names the environment: `production`, `staging`, `sandbox`.
    #[must_use]
    pub fn described(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// For its operators only (`x-internal`).
    #[must_use]
    pub fn internal(self) -> Self {
        Self { audience: Audience::Internal, ..self }
    }

    /// Where tokens come from. Without it the document says only that a bearer token is wanted.
    ///
    /// # Panics
    /// As [`Deployment::at`], for each address.
    #[must_use]
    #[track_caller]
    pub fn authorization_server(
        self,
        authorization: impl Into<String>,
        token: impl Into<String>,
        refresh: impl Into<String>,
    ) -> Self {
        let server = AuthorizationServer {
            authorization: encrypted(authorization.into()),
            token: encrypted(token.into()),
            refresh: encrypted(refresh.into()),
        };
        Self { authorization_server: Some(server), ..self }
    }

    /// Whom to ask about the API.
    #[must_use]
    pub fn contact(self, name: impl Into<String>, url: impl Into<String>) -> Self {
        Self { contact: Some(Link { name: name.into(), url: url.into() }), ..self }
    }

    /// Under which licence the API is offered.
    #[must_use]
    pub fn license(self, name: impl Into<String>, url: impl Into<String>) -> Self {
        Self { license: Some(Link { name: name.into(), url: url.into() }), ..self }
    }

    /// The one origin whose pages may read answers: the origin of the gate.
    #[must_use]
    pub fn origin(self, origin: impl Into<String>) -> Self {
        Self { origin: Some(origin.into()), ..self }
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    pub(super) const fn audience(&self) -> Audience {
        self.audience
    }

    pub(super) const fn tokens_from(&self) -> Option<&AuthorizationServer> {
        self.authorization_server.as_ref()
    }

    pub(super) const fn contact_link(&self) -> Option<&Link> {
        self.contact.as_ref()
    }

    pub(super) const fn license_link(&self) -> Option<&Link> {
        self.license.as_ref()
    }

    pub(super) fn allowed_origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }
}

#[track_caller]
fn encrypted(address: String) -> String {
    assert!(
        address.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()) || is_loopback(&address),
        "`{address}`: write an address that begins with `https://`; `http://` is for this machine only, like \"http://127.0.0.1:8080\""
    );
    address
}

/// Whether it is unencrypted, and never leaves the machine.
fn is_loopback(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before an `@` is a user, and the host comes behind it.
    if authority.contains('@') {
        return false;
    }
    let host = match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next(),
        None => authority.split(':').next(),
    };
    host.is_some_and(|host| host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for (address, expected) in [
            ("https://api.shop.example", true),
            ("http://127.0.0.1:8080", true),
            ("http://[::1]:8080/v1", true),
            ("http://localhost", true),
            ("http://api.shop.example", false),
            ("http://localhost.shop.example", false),
            ("http://127.0.0.1@shop.example", false),
            ("https://", false),
            ("ftp://127.0.0.1", false),
            ("", false),
        ] {
            let accepted = std::panic::catch_unwind(|| Deployment::at(address)).is_ok();
            assert_eq!(accepted, expected, "{address}");
        }
    }
}
