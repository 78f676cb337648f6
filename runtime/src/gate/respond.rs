//! Station 8: the headers that every answer carries, whatever it is.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Mounted;
use crate::{
    limit::{RATELIMIT, RATELIMIT_POLICY, Standing, ratelimit, retry_after},
    respond::{Answer, PageProfile, Revalidated},
};

/// The profile for APIs: nothing is sniffed, framed, embedded, referred to or cached.
const SECURITY: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// RFC 9449, section 12.7.
const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// What a page shows may come from its own origin, and nothing stands in the page itself: no inline script, no style.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// What has a tag may be kept by whom it was sent to, who asks each time whether it still holds.
const REVALIDATED: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Completes an answer of an endpoint, but for its rates.
pub(super) fn complete(mounted: &Mounted, answer: &mut Answer) {
    secure(answer);
    let is_kept = Revalidated::marks(answer);
    let headers = answer.headers_mut();
    if let Some(name) = mounted.api_key_header.as_ref().filter(|_| is_kept) {
        // A caller may say who they are here, too, and one caller's copy is not another's.
        headers.append(header::VARY, HeaderValue::from(name.clone()));
    }
    if let Some(policy) = &mounted.rate_policy {
        headers.insert(RATELIMIT_POLICY, policy.clone());
    }
    if let Some(origin) = &mounted.origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
}

/// Says where the client stands with its rates, and when to come back if one of them is used up.
pub(super) fn tell_rates(standings: &[Standing], headers: &mut HeaderMap) {
    if let Some(standing) = ratelimit(standings) {
        headers.insert(RATELIMIT, standing);
    }
    if let Some(seconds) = retry_after(standings) {
        headers.insert(header::RETRY_AFTER, seconds);
    }
}

/// Says which nonce the client's next proofs have to carry (RFC 9449, section 8.2).
pub(super) fn tell_nonce(nonce: HeaderValue, headers: &mut HeaderMap) {
    headers.insert(DPOP_NONCE, nonce);
}

/// The security headers alone, for answers that no endpoint gave.
pub(crate) fn secure(answer: &mut Answer) {
    let (is_page, is_revalidated) = (PageProfile::marks(answer), Revalidated::marks(answer));
    let headers = answer.headers_mut();
    headers.reserve(SECURITY.len() + 4);
    for (name, value) in SECURITY {
        headers.insert(name, value);
    }
    if is_page {
        headers.insert(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    }
    if is_revalidated {
        headers.insert(header::CACHE_CONTROL, REVALIDATED);
    }
}
