//! The credentials that a request carries, before any of them is verified.

use super::{Arrival, Reason};
use crate::{
    auth::{CredentialError, Found, Unread, found},
    policy::{Scheme, SchemeKind},
};

/// What there is to verify.
pub(super) struct Carried<'a> {
    arrival: Arrival<'a>,
    explicit: Found<'a>,
    is_certified: bool,
    is_signed: bool,
    is_webhook: bool,
}

impl<'a> Carried<'a> {
    pub(super) fn of(arrival: &Arrival<'a>) -> Result<Self, CredentialError> {
        let headers = &arrival.parts.headers;
        Ok(Self {
            arrival: *arrival,
            explicit: found(headers, arrival.mounted.api_key_header.as_ref())?,
            is_certified: arrival.certificate().is_some(),
            is_signed: headers.contains_key("signature-input"),
            is_webhook: headers.contains_key("webhook-signature"),
        })
    }

    pub(super) const fn token(&self) -> Option<Unread<'a>> {
        self.explicit.token
    }

    pub(super) const fn api_key(&self) -> Option<&'a str> {
        self.explicit.api_key
    }

    /// Whether a way can be gone: all that it demands is there, and no token or key that it does not look at. A signature or
    /// a certificate that nobody asked for is no credential.
    pub(super) fn fits(&self, way: &[&'static Scheme]) -> bool {
        let demands = |kind: fn(SchemeKind) -> bool| way.iter().any(|scheme| kind(scheme.kind()));
        way.iter().all(|scheme| self.has(scheme))
            && (self.token().is_none() || demands(|kind| kind == SchemeKind::OAuth2))
            && (self.api_key().is_none() || demands(|kind| matches!(kind, SchemeKind::ApiKey { .. })))
    }

    /// What a request that brought too little lacks.
    pub(super) const fn lack(&self) -> Reason {
        match (self.token(), self.api_key()) {
            (None, None) => Reason::NoCredential,
            (Some(_), _) | (_, Some(_)) => Reason::SchemeNotAccepted,
        }
    }

    /// The scheme that the request meant to use.
    pub(super) const fn foremost(&self) -> SchemeKind {
        match self.api_key() {
            Some(_) => SchemeKind::ApiKey { header: "" },
            None => SchemeKind::OAuth2,
        }
    }

    fn has(&self, scheme: &Scheme) -> bool {
        match scheme.kind() {
            SchemeKind::OAuth2 => self.token().is_some(),
            SchemeKind::ApiKey { .. } => self.api_key().is_some(),
            SchemeKind::MutualTls => self.is_certified,
            SchemeKind::Signature => self.is_signed && self.may_be_by(scheme),
            SchemeKind::Webhook => self.is_webhook,
        }
    }

    /// Whether a signature may be by a key of this scheme: it says so by its `keyid`, where there is more than one such scheme.
    fn may_be_by(&self, scheme: &Scheme) -> bool {
        let Arrival { keeper, mounted, parts, .. } = self.arrival;
        let mut others = mounted.ways.iter().flatten().filter(|other| other.kind().is_like(scheme.kind()));
        others.all(|other| other.name() == scheme.name())
            || keeper.signers.signatures(scheme).is_some_and(|signatures| signatures.recognize(&parts.headers))
    }
}
