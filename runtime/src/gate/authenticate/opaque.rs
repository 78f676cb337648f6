//! A token of which only its issuer knows what it is worth.

use super::{Arrival, challenge::bad_token};
use crate::{
    auth::{Introspected, Introspection, IntrospectionError, TokenScheme},
    gate::{Reason, Refusal},
};

/// What the issuer says of the token.
pub(super) async fn verify(
    arrival: &Arrival<'_>,
    introspection: &Introspection,
    scheme: TokenScheme,
    token: &str,
) -> Result<Introspected, Refusal> {
    introspection.verify(token, arrival.now).await.map_err(|error| match error {
        IntrospectionError::Refused(error) => bad_token(arrival, scheme, Reason::Token(error)),
        IntrospectionError::Unavailable(fault) => Refusal::unavailable(Reason::Introspection(fault)),
    })
}
