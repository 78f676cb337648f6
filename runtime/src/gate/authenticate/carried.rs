//! The credentials that a request carries, before any of them is verified.

use super::{Arrival, Reason};
use crate::{
    auth::{CredentialError, Found, Unread, found},
    policy::{Scheme, SchemeKind},
};

/// What there is to verify.
pub(super) struct Carried<'a> {
    explicit: Found<'a>,
    is_certified: bool,
    is_signed: bool,
    is_webhook: bool,
}

impl<'a> Carried<'a> {
    pub(super) fn of(arrival: &Arrival<'a>) -> Result<Self, CredentialError> {
        let headers = &arrival.parts.headers;
        Ok(Self {
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
        way.iter().all(|scheme| self.has(scheme.kind()))
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

    const fn has(&self, kind: SchemeKind) -> bool {
        match kind {
            SchemeKind::OAuth2 => self.token().is_some(),
            SchemeKind::ApiKey { .. } => self.api_key().is_some(),
            SchemeKind::MutualTls => self.is_certified,
            SchemeKind::Signature => self.is_signed,
            SchemeKind::Webhook => self.is_webhook,
        }
    }
}
