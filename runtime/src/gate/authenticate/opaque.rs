//! A token of which only its issuer knows what it is worth.

use super::{Arrival, unauthenticated};
use crate::{
    auth::{Introspected, Introspection, IntrospectionError},
    gate::{Reason, Refusal},
    policy::SchemeKind,
};

/// What the issuer says of the token.
pub(super) async fn verify(
    arrival: &Arrival<'_>,
    introspection: &Introspection,
    token: &str,
) -> Result<Introspected, Refusal> {
    introspection.verify(token, arrival.now).await.map_err(|error| match error {
        IntrospectionError::Refused(error) => {
            unauthenticated(arrival.mounted, SchemeKind::OAuth2, Reason::Token(error))
        }
        IntrospectionError::Unavailable(fault) => Refusal::unavailable(Reason::Introspection(fault)),
    })
}
