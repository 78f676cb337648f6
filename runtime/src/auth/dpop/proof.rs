//! The checks of RFC 9449, section 4.3, on one proof: a pure function of proof, request, token and time.

use http::Method;
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value};

use super::{Dpop, ProofError, PublicOrigin, embedded, target};
use crate::auth::{Algorithm, jose::base64url};

/// The longest `jti` that is taken, in bytes.
const LONGEST_ID: usize = 256;

/// What is accepted.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    pub(super) algorithms: Vec<Algorithm>,
    /// In seconds.
    pub(super) lifetime: u64,
}

/// What a proof has to be for: one request, and the token that it brings.
///
/// ```
/// use palisade::auth::{Proven, PublicOrigin};
///
/// let origin = PublicOrigin::new("https://api.shop.example")?;
/// let proven = Proven::new(&http::Method::GET, &origin, "/orders", "e30.e30.c2ln");
/// # let _ = proven;
/// # Ok::<(), palisade::auth::OriginError>(())
/// ```
pub struct Proven<'a> {
    pub(super) method: &'a Method,
    pub(super) origin: &'a PublicOrigin,
    pub(super) path: &'a str,
    pub(super) token: &'a str,
}

/// A proof that is good by itself: whether it was seen before, and whether the token is bound to its key, is still to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    thumbprint: [u8; 32],
    id: String,
    issued_at: u64,
    nonce: Option<String>,
}

impl Proof {
    /// The thumbprint of the key that it was signed with (RFC 7638), as `cnf` of the token has to name it (`jkt`).
    #[must_use]
    pub const fn thumbprint(&self) -> &[u8; 32] {
        &self.thumbprint
    }

    /// Its own name (`jti`), which no other proof of the key has.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When it was made, in seconds since 1970.
    #[must_use]
    pub const fn issued_at(&self) -> u64 {
        self.issued_at
    }

    /// The nonce that it carries.
    #[must_use]
    pub fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }
}

impl Bounds {
    pub(super) fn new() -> Self {
        let algorithms = Algorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric()).collect();
        Self { algorithms, lifetime: Dpop::LIFETIME.as_secs() }
    }
}

/// Checks a proof at `now`, in seconds since 1970, in every respect that concerns it alone.
pub(super) fn verify(text: &str, proven: &Proven<'_>, bounds: &Bounds, now: u64) -> Result<Proof, ProofError> {
    let embedded::Embedded { claims, thumbprint } = embedded::read(text, &bounds.algorithms)?;
    let id = required(&claims, "jti")?;
    if id.is_empty() || LONGEST_ID < id.len() {
        return Err(ProofError::BadClaims);
    }
    if required(&claims, "htm")? != proven.method.as_str() {
        return Err(ProofError::WrongMethod);
    }
    if !target::names(required(&claims, "htu")?, proven.origin, proven.path) {
        return Err(ProofError::WrongTarget);
    }
    let issued_at = time(&claims, "iat")?.ok_or(ProofError::BadClaims)?;
    // A proof needs neither of the two, but what it says of itself holds (RFC 7519, sections 4.1.4 and 4.1.5).
    let (not_before, expires_at) = (time(&claims, "nbf")?, time(&claims, "exp")?);
    if now.saturating_add(Dpop::AHEAD.as_secs()) < issued_at.max(not_before.unwrap_or(0)) {
        return Err(ProofError::Early);
    }
    if issued_at.saturating_add(bounds.lifetime) < now || expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Err(ProofError::Stale);
    }
    let mut hash = [0; 32];
    let hash = base64url::decode_into(required(&claims, "ath")?, &mut hash).map_err(|_| ProofError::BadClaims)?;
    if hash != digest(&SHA256, proven.token.as_bytes()).as_ref() {
        return Err(ProofError::WrongToken);
    }
    let nonce = text_of(&claims, "nonce")?.map(String::from);
    Ok(Proof { thumbprint, id: String::from(id), issued_at, nonce })
}

fn text_of<'c>(claims: &'c Map<String, Value>, name: &str) -> Result<Option<&'c str>, ProofError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ProofError::BadClaims),
    }
}

fn required<'c>(claims: &'c Map<String, Value>, name: &str) -> Result<&'c str, ProofError> {
    text_of(claims, name)?.ok_or(ProofError::BadClaims)
}

/// A time in whole seconds. A `NumericDate` may have a fraction; anything but a sensible number is refused.
fn time(claims: &Map<String, Value>, name: &str) -> Result<Option<u64>, ProofError> {
    /// Beyond this a float no longer counts single seconds.
    const LAST: f64 = 9_007_199_254_740_992.0;
    let Some(value) = claims.get(name) else { return Ok(None) };
    let seconds = value.as_f64().filter(|seconds| (0.0..=LAST).contains(seconds));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was just checked")]
    seconds.map(|seconds| Some(seconds as u64)).ok_or(ProofError::BadClaims)
}
