//! A small policy for the tests of this module.

use crate::{
    access::Decision,
    controls,
    openapi::{Deployment, Document},
    policy::{
        Access, Api, Catalogue, Control, Endpoint, Entry, Listed, Method, Rate, Requirement, Roles, Scheme, SchemeKind,
        Scopes, minutes, named,
    },
};

#[derive(Clone, Copy)]
pub(crate) enum Scope {
    Read,
    Write,
    Admin,
}

impl Listed for Scope {
    const CATALOGUE: &'static Catalogue = &Catalogue::new(
        "scope",
        &[
            Entry::new("read", "Look."),
            Entry::new("write", "Change."),
            Entry::new("admin", "Everything.").implies(0).implies(1),
        ],
    );

    fn index(&self) -> usize {
        *self as usize
    }
}

impl Scopes for Scope {}

#[derive(Clone, Copy)]
pub(crate) enum Role {
    Support,
}

impl Listed for Role {
    const CATALOGUE: &'static Catalogue = &Catalogue::new("role", &[Entry::new("support", "Helps.")]);

    fn index(&self) -> usize {
        *self as usize
    }
}

impl Roles for Role {}

pub(crate) const READ: Access = controls::scope(named(Scope::Read, Scope::Read as usize));
pub(crate) const WRITE: Access = controls::scope(named(Scope::Write, Scope::Write as usize));
pub(crate) const ADMIN: Access = controls::scope(named(Scope::Admin, Scope::Admin as usize));
pub(crate) const SUPPORT: Access = controls::role(named(Role::Support, Role::Support as usize));
pub(crate) const FRESH: Access = controls::fresh(minutes(15));
pub(crate) const WEEKDAY: Access = Access::predicate("is_weekday", |_| Decision::Allow);

/// The demand for a scheme.
pub(crate) const fn by(scheme: &'static str) -> Control {
    Control::Requirement(Requirement::of(scheme))
}

const RATE: Rate = Rate::parse("600/min per ip");
const SCHEMES: &[Scheme] =
    &[Scheme::new("oauth2", SchemeKind::OAuth2), Scheme::new("api_key", SchemeKind::ApiKey { header: "X-Api-Key" })];

/// An API with one endpoint, which demands this.
pub(crate) fn api(controls: &[Control]) -> &'static Api {
    let endpoint = Endpoint::new("call", Method::Get, "/things").controls(Vec::leak(controls.to_vec()));
    with_endpoint(endpoint)
}

/// An API with this endpoint.
pub(crate) fn with_endpoint(endpoint: Endpoint) -> &'static Api {
    let endpoints = Vec::leak(vec![&*Box::leak(Box::new(endpoint))]);
    let api = Api::new("Things", "1.0.0").schemes(SCHEMES).scopes(Scope::CATALOGUE).roles(Role::CATALOGUE);
    Box::leak(Box::new(api.defaults(const { &[Control::Rate(RATE)] }).endpoints(endpoints)))
}

/// Its document.
pub(crate) fn document(api: &'static Api) -> serde_json::Value {
    Document::of(api, &Deployment::at("https://api.example")).to_value()
}
