//! The certificate of the connection's client.

use std::sync::Arc;

use super::{Arrival, unauthenticated};
use crate::{
    audit::Known,
    auth::{Caller, Certified, ClientCertificate, Method},
    gate::{Channel, Reason, Refusal},
    policy::{Mask, SchemeKind},
};

impl Arrival<'_> {
    /// The certificate whose key the client proved to hold.
    pub(super) fn certificate(&self) -> Option<&ClientCertificate> {
        match &self.connection.channel {
            Channel::Plain => None,
            Channel::Tls { certificate } => certificate.as_ref(),
        }
    }
}

/// The caller whom the certificate names.
pub(super) fn verify(arrival: &Arrival<'_>) -> Result<Arc<Known>, Refusal> {
    let Arrival { keeper, mounted, now, .. } = *arrival;
    let refused = |reason| unauthenticated(mounted, SchemeKind::MutualTls, reason);
    let certificate = arrival.certificate().ok_or_else(|| refused(Reason::NoCredential))?;
    let Some(certificates) = &keeper.certificates else { return Err(refused(Reason::SchemeNotAccepted)) };
    let identified = certificates.identify(certificate, now);
    let Certified { issuer, subject, grants } = identified.map_err(|fault| refused(Reason::Certificate(fault)))?;
    let scopes = keeper.api.scope_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(grants.scope_names()));
    let roles = keeper.api.role_catalogue().map_or(Mask::EMPTY, |catalogue| catalogue.mask(grants.role_names()));
    Ok(Arc::new(keeper.audit.know(Caller::machine(Method::Certificate, issuer, subject, scopes, roles))))
}
