//! Station 1, at its end: what protects the connection, and whether the endpoint demands more.

use std::borrow::Cow;

use http::{HeaderMap, StatusCode};

use super::{Channel, Connection, Keeper, Mounted, Reason, Refusal};
use crate::{policy::Transport, problem::Problem};

/// The connection as the client made it, if that is what the endpoint demands.
pub(super) fn protected<'c>(
    keeper: &Keeper,
    mounted: &Mounted,
    connection: &'c Connection,
    headers: &HeaderMap,
) -> Result<Cow<'c, Connection>, Refusal> {
    let connection = resolved(keeper, connection, headers)?;
    let suffices = match mounted.transport {
        None => true,
        Some(Transport::Tls) => matches!(connection.channel, Channel::Tls { .. }),
        Some(Transport::MutualTls) => is_vouched(&connection.channel, keeper.clock.unix_seconds()),
    };
    if suffices { Ok(connection) } else { Err(unprotected(mounted)) }
}

/// Behind a proxy, the connection of its client.
#[cfg(feature = "certificates")]
fn resolved<'c>(
    keeper: &Keeper,
    connection: &'c Connection,
    headers: &HeaderMap,
) -> Result<Cow<'c, Connection>, Refusal> {
    let (Some(proxies), Some(peer)) = (&keeper.tls_proxies, connection.peer) else {
        return Ok(Cow::Borrowed(connection));
    };
    match proxies.resolve(peer, &connection.channel, headers) {
        Ok(channel) => Ok(Cow::Owned(Connection { peer: connection.peer, channel })),
        Err(error) => {
            let problem = Problem::fixed(
                StatusCode::BAD_REQUEST,
                "urn:palisade:problem:invalid-request",
                "the certificate of a client is told in a header field that cannot be taken",
            );
            Err(Refusal::new(Reason::ForwardedCertificate(error), problem))
        }
    }
}

#[cfg(not(feature = "certificates"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature it can fail")]
fn resolved<'c>(
    _keeper: &Keeper,
    connection: &'c Connection,
    _headers: &HeaderMap,
) -> Result<Cow<'c, Connection>, Refusal> {
    Ok(Cow::Borrowed(connection))
}

/// Whether an authority vouches for the client, now.
fn is_vouched(channel: &Channel, now: u64) -> bool {
    match channel {
        Channel::Tls { certificate: Some(certificate) } => certificate.names().is_ok_and(|names| names.at(now).is_ok()),
        Channel::Tls { certificate: None } | Channel::Plain => false,
    }
}

#[cold]
fn unprotected(mounted: &Mounted) -> Refusal {
    mounted.notices.unprotected.refusal(mounted, Reason::Transport, || {
        let what = match mounted.transport {
            Some(Transport::MutualTls) => "this is for connections over TLS with a certificate of the client",
            Some(Transport::Tls) | None => "this is for connections over TLS",
        };
        Problem::fixed(StatusCode::FORBIDDEN, "urn:palisade:problem:insufficient-transport", what)
    })
}
