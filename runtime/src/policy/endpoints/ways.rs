//! The ways in which callers of an endpoint may prove who they are.

use super::{Api, Control, Endpoint, Exposure, Requirement, Scheme, SchemeKind, Signed, callers::may_let_in};
use crate::policy::{Message, catalogue::same};

impl Api {
    /// The ways that `endpoint` accepts: its own, else those of the defaults, else each scheme of the API, or its signature alone
    /// where it demands one. A signature is demanded besides. Each is a list of schemes that must all hold, of which the first
    /// says who the caller is. None on a public endpoint.
    #[must_use]
    pub fn ways_of(&self, endpoint: &Endpoint) -> Vec<Vec<&'static Scheme>> {
        if endpoint.exposure() != Exposure::Guarded {
            return Vec::new();
        }
        let own = endpoint.own_controls();
        let signers = || own.iter().filter_map(Control::as_signed).filter_map(|signed| self.scheme(signed.scheme()));
        let named = |controls: &[Control]| {
            let named = controls.iter().filter_map(Control::as_requirement);
            named.map(|requirement| requirement.names().iter().filter_map(|name| self.scheme(name)).collect()).collect()
        };
        let mut ways: Vec<Vec<&'static Scheme>> = named(own);
        if ways.is_empty() {
            ways = named(self.default_controls());
        }
        if ways.is_empty() && own.iter().any(|control| control.as_signed().is_some()) {
            // Whose key signed is who calls.
            ways.push(Vec::new());
        }
        if ways.is_empty() {
            ways = self.declared_schemes().iter().map(|scheme| vec![scheme]).collect();
        }
        for way in &mut ways {
            let besides: Vec<_> =
                signers().filter(|signer| way.iter().all(|scheme| scheme.name() != signer.name())).collect();
            way.extend(besides);
        }
        ways
    }

    /// Those of its ways by which somebody may come in: a key is no way in where only users may. This is what is told to those
    /// who ask, in challenges and documents.
    #[must_use]
    pub fn ways_into(&self, endpoint: &Endpoint) -> Vec<Vec<&'static Scheme>> {
        let mut ways = self.ways_of(endpoint);
        ways.retain(|way| way.first().is_some_and(|who| may_let_in(self, endpoint, who.kind())));
        ways
    }

    /// The schemes that any way to `endpoint` demands, in the order of the API.
    pub fn schemes_of<'a>(&'a self, endpoint: &Endpoint) -> impl Iterator<Item = &'static Scheme> + 'a {
        let ways = self.ways_of(endpoint);
        let demanded =
            move |scheme: &&'static Scheme| ways.iter().flatten().any(|demanded| demanded.name() == scheme.name());
        self.declared_schemes().iter().filter(demanded)
    }

    fn scheme(&self, name: &str) -> Option<&'static Scheme> {
        self.declared_schemes().iter().find(|scheme| scheme.name() == name)
    }

    /// Every scheme that is demanded together is declared.
    #[track_caller]
    pub(super) const fn assert_required(&self, owner: &str, requirement: &Requirement) {
        let names = requirement.names();
        let mut at = 0;
        while at < names.len() {
            if self.kind_of(names[at]).is_none() {
                Message::new("")
                    .quoted(owner)
                    .text(" accepts the scheme ")
                    .quoted(names[at])
                    .text(", which the API does not declare: add it to `auth(..)`")
                    .panic();
            }
            at += 1;
        }
    }

    /// Whoever signs is declared, and signs.
    #[track_caller]
    pub(super) const fn assert_signer(&self, owner: &str, signed: &Signed) {
        let name = signed.scheme();
        match self.kind_of(name) {
            Some(SchemeKind::Webhook) if !signed.components().is_empty() => Message::new("")
                .quoted(owner)
                .text(" is signed by the webhook ")
                .quoted(name)
                .text(", which covers its id, its time and the body, and nothing else: remove `covers`")
                .panic(),
            Some(SchemeKind::Signature | SchemeKind::Webhook) => {}
            Some(SchemeKind::OAuth2 | SchemeKind::ApiKey { .. } | SchemeKind::MutualTls) => Message::new("")
                .quoted(owner)
                .text(" is signed by the scheme ")
                .quoted(name)
                .text(", which signs nothing: name a `signature(..)` or `webhook(..)` of `auth(..)`")
                .panic(),
            None => Message::new("")
                .quoted(owner)
                .text(" is signed by the scheme ")
                .quoted(name)
                .text(", which the API does not declare: add `signature(name = ..)` to `auth(..)`")
                .panic(),
        }
    }

    /// Endpoints name schemes, so no two have one name.
    #[track_caller]
    pub(super) const fn assert_schemes_apart(&self) {
        let schemes = self.declared_schemes();
        let mut at = 0;
        while at < schemes.len() {
            let mut before = 0;
            while before < at {
                if same(schemes[before].name(), schemes[at].name()) {
                    Message::new("two schemes are called ")
                        .quoted(schemes[at].name())
                        .text(": leave one out, or give it another name, like `signature(name = \"partner\")`")
                        .panic();
                }
                before += 1;
            }
            at += 1;
        }
    }

    const fn kind_of(&self, name: &str) -> Option<SchemeKind> {
        let schemes = self.declared_schemes();
        let mut at = 0;
        while at < schemes.len() {
            if same(schemes[at].name(), name) {
                return Some(schemes[at].kind());
            }
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Method;

    const SCHEMES: &[Scheme] = &[
        Scheme::new("oauth2", SchemeKind::OAuth2),
        Scheme::new("mtls", SchemeKind::MutualTls),
        Scheme::new("partner", SchemeKind::Signature),
    ];

    /// The ways as a text: `oauth2+mtls|partner`.
    fn check(defaults: &'static [Control], own: &'static [Control], expected: &str) {
        let api = Api::new("Things", "1.0.0").schemes(SCHEMES).defaults(defaults);
        let endpoint = Endpoint::new("call", Method::Get, "/things").controls(own);
        let ways = api.ways_of(&endpoint);
        let words = ways.iter().map(|way| way.iter().map(|scheme| scheme.name()).collect::<Vec<_>>().join("+"));
        assert_eq!(words.collect::<Vec<_>>().join("|"), expected, "{defaults:?} {own:?}");
    }

    #[test]
    fn a_signature_is_demanded_besides_and_takes_nothing_away() {
        const TOKEN: Control = Control::Requirement(Requirement::of("oauth2"));
        const BOTH: Control = Control::Requirement(Requirement::of("oauth2").and("mtls"));
        const PARTNER: Control = Control::Requirement(Requirement::of("partner"));
        const SIGNED: Control = Signed::by("partner").control();
        check(&[], &[], "oauth2|mtls|partner");
        check(&[], &[TOKEN], "oauth2");
        check(&[], &[TOKEN, PARTNER], "oauth2|partner");
        check(&[], &[BOTH], "oauth2+mtls");
        check(&[TOKEN], &[], "oauth2");
        check(&[TOKEN], &[PARTNER], "partner");
        check(&[], &[SIGNED], "partner");
        check(&[], &[TOKEN, SIGNED], "oauth2+partner");
        check(&[TOKEN], &[SIGNED], "oauth2+partner");
        check(&[TOKEN], &[PARTNER, SIGNED], "partner");
    }
}
