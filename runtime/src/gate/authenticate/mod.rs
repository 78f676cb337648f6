//! Station 2: from the credentials in the request to a caller. A presented but invalid credential is an error even where
//! none is needed.

mod api_key;
mod bearer;
mod carried;
mod certificate;
mod challenge;
mod opaque;
mod proof;
mod revoked;
mod signature;
mod webhook;

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::{HeaderValue, request::Parts};

pub(super) use self::challenge::unauthenticated;
use self::{
    carried::Carried,
    challenge::{ambiguous, unusable},
};
use super::{Connection, Keeper, Mounted, Reason, Refusal};
use crate::{
    audit::Known,
    auth::CredentialError,
    input::{BodyError, Incoming, read_body},
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
    body: &mut Incoming<'_>,
    reading: &mut Reading,
) -> Result<Arc<Known>, Refusal> {
    let missing = || unauthenticated(arrival.mounted, scheme.kind(), Reason::NoCredential);
    let known = match scheme.kind() {
        SchemeKind::OAuth2 => bearer::verify(arrival, carried.token().ok_or_else(missing)?).await,
        SchemeKind::ApiKey { .. } => api_key::verify(arrival, carried.api_key().ok_or_else(missing)?).await,
        SchemeKind::MutualTls => certificate::verify(arrival),
        SchemeKind::Signature => signature::verify(arrival, scheme, body, reading).await,
        SchemeKind::Webhook => webhook::verify(arrival, scheme, body, reading).await,
    };
    revoked::check(arrival, scheme.kind(), known?).await
}

/// Verifies a token or key that was presented, whether or not the endpoint asks for it.
async fn explicit(arrival: &Arrival<'_>, carried: &Carried<'_>) -> Result<Option<Arc<Known>>, Refusal> {
    let known = match (carried.token(), carried.api_key()) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err(ambiguous(arrival.mounted, CredentialError::SeveralCredentials)),
        (Some(token), None) => bearer::verify(arrival, token).await?,
        (None, Some(key)) => api_key::verify(arrival, key).await?,
    };
    revoked::check(arrival, carried.foremost(), known).await.map(Some)
}

/// The body, for a credential that covers it: read up to the endpoint's limit, and kept for the handler.
async fn whole(arrival: &Arrival<'_>, body: &mut Incoming<'_>, reading: &mut Reading) -> Result<Bytes, Refusal> {
    if let Reading::Whole(bytes) = reading {
        return Ok(bytes.clone());
    }
    let bytes = read_body(body, arrival.mounted.body.bytes).await.map_err(BodyError::refusal)?;
    *reading = Reading::Whole(bytes.clone());
    Ok(bytes)
}
