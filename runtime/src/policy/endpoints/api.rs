//! The policy of a whole API, and the checks that only make sense over all of it.

use super::{
    Access, Control, Endpoint, Exposure, Grant, Partition, Rate, Scheme, Transport, body_limit, callers, idempotent,
    routes, satisfy, signed, transport,
};
use crate::policy::{Catalogue, Message, catalogue::same};

/// An API: its schemes, scopes, roles, defaults and endpoints.
#[derive(Debug)]
pub struct Api {
    title: &'static str,
    version: &'static str,
    description: &'static str,
    schemes: &'static [Scheme],
    scopes: Option<&'static Catalogue>,
    roles: Option<&'static Catalogue>,
    defaults: &'static [Control],
    endpoints: &'static [&'static Endpoint],
}

impl Api {
    /// An API without anything in it yet.
    ///
    /// # Panics
    /// In const evaluation, when the title or the version is empty.
    #[must_use]
    #[track_caller]
    pub const fn new(title: &'static str, version: &'static str) -> Self {
        assert!(!title.is_empty(), "`title`: name the API, like \"Shop\"");
        assert!(!version.is_empty(), "`version`: write the API's version, like \"1.0.0\"");
        Self { title, version, description: "", schemes: &[], scopes: None, roles: None, defaults: &[], endpoints: &[] }
    }

    /// Says what the API is for.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    /// How callers prove who they are.
    #[must_use]
    pub const fn schemes(self, schemes: &'static [Scheme]) -> Self {
        Self { schemes, ..self }
    }

    /// What tokens and keys may be good for.
    #[must_use]
    pub const fn scopes(self, scopes: &'static Catalogue) -> Self {
        Self { scopes: Some(scopes), ..self }
    }

    /// What callers may be.
    #[must_use]
    pub const fn roles(self, roles: &'static Catalogue) -> Self {
        Self { roles: Some(roles), ..self }
    }

    /// What holds for every endpoint that does not say otherwise: its rates are counted once for all of them.
    #[must_use]
    pub const fn defaults(self, defaults: &'static [Control]) -> Self {
        Self { defaults, ..self }
    }

    /// The endpoints.
    #[must_use]
    pub const fn endpoints(self, endpoints: &'static [&'static Endpoint]) -> Self {
        Self { endpoints, ..self }
    }

    /// The title.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// The version.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// What the API is for.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }

    /// The schemes it declares.
    #[must_use]
    pub const fn declared_schemes(&self) -> &'static [Scheme] {
        self.schemes
    }

    /// Its catalogue of scopes.
    #[must_use]
    pub const fn scope_catalogue(&self) -> Option<&'static Catalogue> {
        self.scopes
    }

    /// Its catalogue of roles.
    #[must_use]
    pub const fn role_catalogue(&self) -> Option<&'static Catalogue> {
        self.roles
    }

    /// What holds for every endpoint that does not say otherwise.
    pub(super) const fn default_controls(&self) -> &'static [Control] {
        self.defaults
    }

    /// Its endpoints in the order listed.
    #[must_use]
    pub const fn declared_endpoints(&self) -> &'static [&'static Endpoint] {
        self.endpoints
    }

    /// The access expressions that `endpoint` demands, those of the defaults included.
    pub fn access_of(&self, endpoint: &'static Endpoint) -> impl Iterator<Item = &'static Access> {
        let defaults = match endpoint.exposure() {
            Exposure::Guarded => self.defaults,
            Exposure::Public { .. } => &[],
        };
        defaults.iter().filter_map(Control::as_access).chain(endpoint.access())
    }

    /// The rates that limit `endpoint`, each with the name of its quota: the default ones it inherits, shared by all
    /// that inherit them, then its own. A default gives way to an own rate that counts the same.
    pub fn rates_of(&self, endpoint: &'static Endpoint) -> impl Iterator<Item = (&'static str, &'static Rate)> {
        let public = endpoint.exposure() != Exposure::Guarded;
        let inherited = self.defaults.iter().filter_map(Control::as_rate).map(|rate| ("default", rate));
        inherited
            .filter(move |(_, rate)| !(public && rate.partition() == Partition::Caller))
            .filter(|(_, rate)| !endpoint.rates().any(|own| own.partition() == rate.partition()))
            .chain(endpoint.rates().map(|rate| (endpoint.id(), rate)))
    }

    /// What has to protect the connection of a request to `endpoint`: the stricter of its own demand and the default.
    #[must_use]
    pub fn transport_of(&self, endpoint: &Endpoint) -> Option<Transport> {
        transport::demanded(endpoint.own_controls()).max(transport::demanded(self.defaults))
    }

    /// The first scope or role in a demand that the API does not declare.
    pub(crate) fn undeclared<'a>(&self, demand: &'a Access) -> Option<&'a Grant> {
        match demand {
            Access::Scope(grant) => (!is_declared(self.scopes, grant)).then_some(grant),
            Access::Role(grant) => (!is_declared(self.roles, grant)).then_some(grant),
            Access::Kinds(_)
            | Access::Fresh(_)
            | Access::Acr(_)
            | Access::Mfa
            | Access::SenderConstrained
            | Access::Predicate(_)
            | Access::Owner => None,
            Access::All(parts) | Access::Any(parts) => parts.iter().find_map(|part| self.undeclared(part)),
            Access::Not(part) => self.undeclared(part),
        }
    }

    /// Proves in const evaluation that the endpoint at `index` asks for what the API declares, and makes sense.
    ///
    /// # Panics
    /// In const evaluation, naming the endpoint, the thing and the mend.
    #[doc(hidden)]
    #[track_caller]
    pub const fn assert_endpoint(&self, index: usize) {
        let endpoint = self.endpoints[index];
        if endpoint.is_broken() {
            return;
        }
        self.assert_controls(
            endpoint.id(),
            endpoint.own_controls(),
            matches!(endpoint.exposure(), Exposure::Public { .. }),
        );
        self.assert_limited(endpoint);
        self.assert_quotas_apart(endpoint);
        if matches!(endpoint.exposure(), Exposure::Guarded) {
            if self.schemes.is_empty() {
                Message::new("")
                    .quoted(endpoint.id())
                    .text(" needs a caller, and the API has no `auth`: add `auth(oauth2)`")
                    .panic();
            }
            satisfy::assert_sense(self, endpoint);
            callers::assert_fit(self, endpoint);
        }
    }

    /// Proves in const evaluation that the defaults ask for what the API declares.
    ///
    /// # Panics
    /// In const evaluation, naming the thing and the mend.
    #[doc(hidden)]
    #[track_caller]
    pub const fn assert_defaults(&self) {
        assert!(
            !idempotent::demanded(self.defaults),
            "`default`: `idempotent` belongs to the endpoints that change something: write it on them"
        );
        assert!(
            !body_limit::is_said(self.defaults),
            "`default`: `body_limit` belongs to the endpoint whose body it is about: write it there"
        );
        assert!(
            !signed::is_said(self.defaults),
            "`default`: `signed` belongs to the endpoints whose requests are signed: write it on them, or let `auth` name the scheme"
        );
        transport::assert_once("default", self.defaults);
        self.assert_schemes_apart();
        self.assert_controls("default", self.defaults, false);
    }

    /// Proves in const evaluation that no two endpoints are in each other's way.
    ///
    /// # Panics
    /// In const evaluation, naming the endpoints and the mend.
    #[doc(hidden)]
    #[track_caller]
    pub const fn assert_apart(&self) {
        routes::assert_apart(self.endpoints);
    }

    /// A default that an endpoint inherits has another name than its own quotas.
    #[track_caller]
    const fn assert_quotas_apart(&self, endpoint: &Endpoint) {
        let own = endpoint.own_controls();
        let mut at = 0;
        while at < own.len() {
            let mut before = 0;
            while before < self.defaults.len() {
                if let (Some(inherited), Some(rate)) = (self.defaults[before].as_rate(), own[at].as_rate())
                    && same(inherited.name_or("default"), rate.name_or(endpoint.id()))
                    && !matches!(
                        (inherited.partition(), rate.partition()),
                        (Partition::Caller, Partition::Caller) | (Partition::Address, Partition::Address)
                    )
                {
                    Message::new("")
                        .quoted(endpoint.id())
                        .text(" has a quota called ")
                        .quoted(rate.name_or(endpoint.id()))
                        .text(", as has the default that it inherits: give it another name")
                        .panic();
                }
                before += 1;
            }
            at += 1;
        }
    }

    /// Clients tell quotas apart by name, so one endpoint has no two of one name.
    #[track_caller]
    const fn assert_named(owner: &'static str, controls: &'static [Control]) {
        let mut at = 0;
        while at < controls.len() {
            let mut before = 0;
            while before < at {
                if let (Some(left), Some(right)) = (controls[before].as_rate(), controls[at].as_rate())
                    && same(left.name_or(owner), right.name_or(owner))
                {
                    Message::new("")
                        .quoted(owner)
                        .text(" has two quotas called ")
                        .quoted(right.name_or(owner))
                        .text(": name one of them, like `rate(")
                        .text("\"")
                        .text(right.text())
                        .text("\", name = \"hourly\")`")
                        .panic();
                }
                before += 1;
            }
            at += 1;
        }
    }

    #[track_caller]
    const fn assert_controls(&self, owner: &'static str, controls: &'static [Control], public: bool) {
        Self::assert_named(owner, controls);
        let mut at = 0;
        while at < controls.len() {
            match controls[at] {
                Control::Access(access) => self.assert_declared(owner, &access),
                Control::Requirement(requirement) => self.assert_required(owner, &requirement),
                Control::Signed(signed) => self.assert_signer(owner, &signed),
                Control::Rate(rate) => {
                    if public && matches!(rate.partition(), Partition::Caller) {
                        Message::new("")
                            .quoted(owner)
                            .text(" is public, so there is no caller to count: write `per ip`")
                            .panic();
                    }
                }
                // An endpoint has sealed its own.
                Control::Idempotent(_) | Control::BodyLimit(_) | Control::Transport(_) => {}
            }
            at += 1;
        }
    }

    #[track_caller]
    const fn assert_declared(&self, owner: &str, access: &Access) {
        match access {
            Access::Scope(grant) => assert_granted(owner, "scope", "scopes", self.scopes, grant),
            Access::Role(grant) => assert_granted(owner, "role", "roles", self.roles, grant),
            Access::Kinds(_)
            | Access::Fresh(_)
            | Access::Acr(_)
            | Access::Mfa
            | Access::SenderConstrained
            | Access::Predicate(_)
            | Access::Owner => {}
            Access::All(parts) | Access::Any(parts) => {
                let mut at = 0;
                while at < parts.len() {
                    self.assert_declared(owner, &parts[at]);
                    at += 1;
                }
            }
            Access::Not(part) => self.assert_declared(owner, part),
        }
    }

    #[track_caller]
    const fn assert_limited(&self, endpoint: &Endpoint) {
        let public = matches!(endpoint.exposure(), Exposure::Public { .. });
        if !has_rate(endpoint.own_controls(), false) && !has_rate(self.defaults, public) {
            Message::new("")
                .quoted(endpoint.id())
                .text(" has no rate: add `rate = \"60/min per ")
                .text(if public { "ip" } else { "caller" })
                .text("\"` to it, or a rate to the API's `default(..)`")
                .panic();
        }
    }
}

const fn has_rate(controls: &[Control], needs_address: bool) -> bool {
    let mut at = 0;
    while at < controls.len() {
        if let Some(rate) = controls[at].as_rate() {
            match rate.partition() {
                Partition::Address => return true,
                Partition::Caller if !needs_address => return true,
                Partition::Caller => {}
            }
        }
        at += 1;
    }
    false
}

const fn is_declared(catalogue: Option<&Catalogue>, grant: &Grant) -> bool {
    match catalogue {
        Some(catalogue) => match catalogue.entry(grant.index()) {
            Some(entry) => same(entry.name(), grant.name()),
            None => false,
        },
        None => false,
    }
}

#[track_caller]
const fn assert_granted(owner: &str, word: &str, list: &str, catalogue: Option<&Catalogue>, grant: &Grant) {
    if !is_declared(catalogue, grant) {
        Message::new("")
            .quoted(owner)
            .text(" demands the ")
            .text(word)
            .text(" ")
            .quoted(grant.name())
            .text(", which the API does not declare: name its catalogue in `")
            .text(list)
            .text(" = ..`")
            .panic();
    }
}
