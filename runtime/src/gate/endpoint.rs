//! An endpoint as the gate holds it: everything that can be known before the first request.

use http::{HeaderMap, HeaderName, HeaderValue};
use ring::hmac;

use super::{
    Published,
    notice::{Notices, Posted},
};
use crate::{
    access::scopes_in,
    auth::{Challenges, Coverage, Dpop, mark_sensitive},
    input::BodyBounds,
    limit::{Charge, Standing, ratelimit_policy},
    openapi::Operation,
    policy::{self, Access, Control, Exposure, Idempotent, Mask, Partition, Rate, Scheme, SchemeKind, Transport},
};

/// A rate under the name of its quota.
#[derive(Debug)]
pub(crate) struct Quota {
    name: &'static str,
    rate: &'static Rate,
    /// The refusal when no other quota is used up.
    pub(super) exceeded: Posted,
}

impl Quota {
    pub(super) fn charge<'a>(&self, key: &'a [u8]) -> Charge<'a> {
        Charge { name: self.name, rate: self.rate, key }
    }
}

/// An endpoint, prepared.
#[derive(Debug)]
pub(crate) struct Mounted {
    pub(crate) policy: &'static policy::Endpoint,
    pub(super) body: BodyBounds,
    pub(super) exposure: Exposure,
    pub(super) access: Vec<&'static Access>,
    /// The ways in which a caller may prove who they are; none on a public endpoint.
    pub(super) ways: Vec<Vec<&'static Scheme>>,
    /// What its signature covers beyond what every one does, and by which scheme.
    signed: Vec<(&'static str, Option<Coverage>)>,
    /// The kinds of schemes by which somebody may come in, each once: what challenges ask for.
    pub(super) schemes: Vec<SchemeKind>,
    /// The header that the API reads keys from, whether or not this endpoint accepts them.
    pub(super) api_key_header: Option<HeaderName>,
    /// The scopes it asks for, as challenges name them.
    pub(super) scopes: Vec<&'static str>,
    /// What has to protect the connection.
    pub(super) transport: Option<Transport>,
    pub(super) by_address: Vec<Quota>,
    pub(super) by_caller: Vec<Quota>,
    pub(super) rate_policy: Option<HeaderValue>,
    /// How tokens are asked for.
    pub(super) challenges: Option<Challenges>,
    /// How tokens with proofs are asked for, where the gate knows what to make of them.
    pub(super) by_dpop: Option<Challenges>,
    /// Whether a request is carried out once, and for how long its answer is kept.
    pub(crate) idempotent: Option<Idempotent>,
    /// The header fields that it reads, where an answer is kept.
    pub(super) header_inputs: Vec<HeaderName>,
    /// What its types demand of who sees their properties, where an answer is kept.
    pub(super) sights: Vec<&'static Access>,
    /// What cursors are authenticated with.
    pub(super) cursor_key: hmac::Key,
    /// The one origin whose pages may read its answers.
    pub(super) origin: Option<HeaderValue>,
    pub(super) notices: Notices,
}

impl Mounted {
    pub(super) fn new(
        api: &'static policy::Api,
        policy: &'static policy::Endpoint,
        origin: Option<HeaderValue>,
        cursor_key: &hmac::Key,
        dpop: Option<&Dpop>,
        published: Option<&Published>,
    ) -> Self {
        let access: Vec<_> = api.access_of(policy).collect();
        let asked = access.iter().fold(Mask::EMPTY, |mask, access| mask.union(scopes_in(access)));
        let quotas = |partition| {
            api.rates_of(policy)
                .filter(move |(_, rate)| rate.partition() == partition)
                .map(|(name, rate)| Quota { name, rate, exceeded: Posted::new() })
                .collect::<Vec<_>>()
        };
        let (by_address, by_caller) = (quotas(Partition::Address), quotas(Partition::Caller));
        let standings: Vec<_> =
            by_address.iter().chain(&by_caller).map(|quota| Standing::kept(&quota.charge(&[]), 0, 0)).collect();
        let header = api.declared_schemes().iter().find_map(|scheme| match scheme.kind() {
            SchemeKind::ApiKey { header } => Some(header),
            SchemeKind::OAuth2 | SchemeKind::MutualTls | SchemeKind::Signature | SchemeKind::Webhook => None,
        });
        let challenges = realm(api.title()).map(|challenges| match published {
            Some(published) => challenges.resource_metadata(published.place().address()),
            None => challenges,
        });
        let ways_in = api.ways_into(policy);
        let leads_in = |scheme: &&Scheme| ways_in.iter().flatten().any(|demanded| demanded.name() == scheme.name());
        let mut schemes: Vec<SchemeKind> = api.declared_schemes().iter().filter(leads_in).map(Scheme::kind).collect();
        schemes.dedup_by(|later, earlier| later.is_like(*earlier));
        Self {
            policy,
            body: policy.body_bounds(),
            exposure: policy.exposure(),
            access,
            ways: api.ways_of(policy),
            signed: signed(policy),
            schemes,
            api_key_header: header.and_then(|header| HeaderName::from_bytes(header.as_bytes()).ok()),
            scopes: api.scope_catalogue().map(|scopes| scopes.names(asked).collect()).unwrap_or_default(),
            transport: api.transport_of(policy),
            rate_policy: ratelimit_policy(&standings),
            by_address,
            by_caller,
            by_dpop: challenges
                .as_ref()
                .zip(dpop)
                .map(|(challenges, dpop)| challenges.by_dpop(dpop.algorithms_named())),
            challenges,
            idempotent: policy.idempotent(),
            header_inputs: policy.idempotent().map(|_| Operation::header_inputs(policy)).unwrap_or_default(),
            sights: policy.idempotent().map(|_| Operation::demands(policy)).unwrap_or_default(),
            // Two APIs may share a key.
            cursor_key: hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(cursor_key, api.title().as_bytes()).as_ref()),
            origin,
            notices: Notices::new(),
        }
    }
}

impl Mounted {
    /// Marks the fields that carry credentials.
    pub(crate) fn mark_sensitive(&self, headers: &mut HeaderMap) {
        mark_sensitive(headers, self.api_key_header.as_ref());
    }

    /// What a signature by this scheme has to cover. None where the policy names what no signature can cover, which does not compile.
    pub(super) fn coverage_by(&self, scheme: &Scheme) -> Option<&Coverage> {
        static LEAST: Coverage = Coverage::LEAST;
        match self.signed.iter().find(|(by, _)| *by == scheme.name()) {
            Some((_, coverage)) => coverage.as_ref(),
            None => Some(&LEAST),
        }
    }

    /// Whether a way to it asks for a scheme of this kind.
    pub(super) fn accepts(&self, kind: SchemeKind) -> bool {
        self.schemes.iter().any(|scheme| scheme.is_like(kind))
    }
}

/// Who signs, and what the signature covers beyond what every one does.
fn signed(policy: &policy::Endpoint) -> Vec<(&'static str, Option<Coverage>)> {
    let signed = policy.own_controls().iter().filter_map(Control::as_signed);
    signed.map(|signed| (signed.scheme(), Coverage::of(signed.components().iter().copied()).ok())).collect()
}

/// The API's title as a realm, what a challenge cannot carry left out.
fn realm(title: &str) -> Option<Challenges> {
    let realm: String = title.chars().filter(|c| matches!(c, ' ' | '!' | '#'..='[' | ']'..='~')).collect();
    Challenges::new(&realm).or_else(|_| Challenges::new("api")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Api, Endpoint, Method, Signed};

    const SIGNED: &[Control] = &[
        Signed::by("partner").covering("x-tenant").control(),
        Signed::by("notary").covering("x-seal").control(),
        Rate::parse("6/min per ip").control(),
    ];
    const ENDPOINT: &Endpoint = &Endpoint::new("pay", Method::Post, "/payments").controls(SIGNED).seal();
    static SCHEMES: &[Scheme] =
        &[Scheme::new("partner", SchemeKind::Signature), Scheme::new("notary", SchemeKind::Signature)];
    static API: Api = Api::new("Shop", "1.0.0").schemes(SCHEMES).endpoints(&[ENDPOINT]);

    #[test]
    fn each_of_two_signatures_has_to_cover_what_is_said_of_it() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]);
        let mounted = Mounted::new(&API, ENDPOINT, None, &key, None, None);
        let covered = |scheme| format!("{:?}", mounted.coverage_by(scheme));
        assert!(covered(&SCHEMES[0]).contains("x-tenant"), "{}", covered(&SCHEMES[0]));
        assert!(covered(&SCHEMES[1]).contains("x-seal"), "{}", covered(&SCHEMES[1]));
    }
}
