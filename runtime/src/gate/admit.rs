//! Station 1: what can be decided before anything is known of the caller. Cheapest first.

use std::net::IpAddr;

use http::{HeaderMap, header, request::Parts};

use super::{Keeper, Mounted, Reason, Refusal, address, throttle::charge};
use crate::limit::Standing;

/// Resolves the client's address, holds the declared size against the limit, and counts the address.
///
/// A request is counted by its address whatever becomes of it later, so that guessing credentials is limited too.
pub(super) async fn admit(
    keeper: &Keeper,
    mounted: &Mounted,
    parts: &Parts,
    peer: Option<IpAddr>,
    standings: &mut Vec<Standing>,
) -> Result<(), Refusal> {
    if declared_size(&parts.headers).is_some_and(|size| mounted.body.bytes < size) {
        return Err(Refusal::too_large());
    }
    if mounted.by_address.is_empty() {
        return Ok(());
    }
    let (Some(proxies), Some(peer)) = (&keeper.proxies, peer) else {
        tracing::error!(
            target: "palisade",
            "no connection info, so every request is refused: serve with `palisade::axum::serve` or connection info"
        );
        return Err(Refusal::unavailable(Reason::NoConnectionInfo));
    };
    let bucket = address::bucket(proxies.resolve(peer, &parts.headers));
    charge(keeper, mounted, &mounted.by_address, bucket.as_ref(), standings).await
}

fn declared_size(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
