//! Station 2: from the credentials in the request to a caller. A presented but invalid credential is an error even where
//! none is needed.

mod api_key;
mod bearer;
mod carried;
mod certificate;
mod challenge;
mod proof;

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::{HeaderValue, request::Parts};

use self::{
    carried::Carried,
    challenge::{ambiguous, unauthenticated, unusable},
};
use super::{Connection, Keeper, Mounted, Reason, Refusal};
use crate::{
    audit::Known,
    auth::CredentialError,
    input::Incoming,
    policy::{Exposure, Scheme, SchemeKind},
};

/// A request at this station.
#[derive(Clone, Copy)]
pub(super) struct Arrival<'a> {
    pub(super) keeper: &'a Keeper,
    pub(super) mounted: &'a Mounted,
    pub(super) parts: &'a Parts,
    pub(super) connection: &'a Connection,
    /// Seconds since 1970.
    pub(super) now: u64,
    /// The nonce that the client is told with the answer, where its own will soon be too old.
    pub(super) next_nonce: &'a OnceLock<HeaderValue>,
}

/// What this station found.
pub(super) struct Authenticated {
    /// Who asks. Nobody on a public endpoint to which no credential was presented.
    pub(super) known: Option<Arc<Known>>,
    pub(super) body: Reading,
}

/// What was done with the body.
pub(super) enum Reading {
    /// Nothing.
    Untouched,
    /// It was read, since a credential covers it.
    #[expect(dead_code, reason = "no scheme covers the body yet")]
    Whole(Bytes),
}

/// Who asks, by all that the endpoint demands together.
pub(super) async fn authenticate(arrival: Arrival<'_>, body: &mut Incoming<'_>) -> Result<Authenticated, Refusal> {
    let mounted = arrival.mounted;
    let carried = Carried::of(&arrival).map_err(|error| unusable(mounted, error))?;
    let mut reading = Reading::Untouched;
    let known = match mounted.exposure {
        Exposure::Public { .. } => explicit(&arrival, &carried).await?,
        Exposure::Guarded => Some(match mounted.ways.iter().find(|way| carried.fits(way)) {
            Some(way) => together(&arrival, &carried, way, body, &mut reading).await?,
            None => {
                // What is wrong with a credential is told before that it is not enough.
                explicit(&arrival, &carried).await?;
                return Err(unauthenticated(mounted, carried.foremost(), carried.lack()));
            }
        }),
    };
    Ok(Authenticated { known, body: reading })
}

/// Every scheme of a way must hold. The first says who the caller is.
async fn together(
    arrival: &Arrival<'_>,
    carried: &Carried<'_>,
    way: &[&'static Scheme],
    body: &mut Incoming<'_>,
    reading: &mut Reading,
) -> Result<Arc<Known>, Refusal> {
    let Some((who, besides)) = way.split_first() else { return Err(Refusal::internal(Reason::Misdeclared)) };
    let known = one(arrival, carried, who, body, reading).await?;
    if besides.is_empty() {
        return Ok(known);
    }
    let mut others = Vec::with_capacity(besides.len());
    for scheme in besides {
        others.push(one(arrival, carried, scheme, body, reading).await?.caller().clone());
    }
    Ok(Arc::new(known.beside(others)))
}

/// The caller by one scheme.
async fn one(
    arrival: &Arrival<'_>,
    carried: &Carried<'_>,
    scheme: &'static Scheme,
    _body: &mut Incoming<'_>,
    _reading: &mut Reading,
) -> Result<Arc<Known>, Refusal> {
    let missing = || unauthenticated(arrival.mounted, scheme.kind(), Reason::NoCredential);
    match scheme.kind() {
        SchemeKind::OAuth2 => bearer::verify(arrival, carried.token().ok_or_else(missing)?).await,
        SchemeKind::ApiKey { .. } => api_key::verify(arrival, carried.api_key().ok_or_else(missing)?).await,
        SchemeKind::MutualTls => certificate::verify(arrival),
        // A gate that knows none of them does not open.
        SchemeKind::Signature | SchemeKind::Webhook => Err(missing()),
    }
}

/// Verifies a token or key that was presented, whether or not the endpoint asks for it.
async fn explicit(arrival: &Arrival<'_>, carried: &Carried<'_>) -> Result<Option<Arc<Known>>, Refusal> {
    match (carried.token(), carried.api_key()) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(ambiguous(arrival.mounted, CredentialError::SeveralCredentials)),
        (Some(token), None) => bearer::verify(arrival, token).await.map(Some),
        (None, Some(key)) => api_key::verify(arrival, key).await.map(Some),
    }
}
