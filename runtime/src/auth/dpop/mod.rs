//! Demonstrating proof of possession (DPoP, RFC 9449): a token that only the holder of a key can use.

mod embedded;
mod error;
mod nonce;
mod origin;
mod proof;
mod target;
#[cfg(test)]
mod tests;
mod thumbprint;

use std::{fmt, sync::Arc, time::Duration};

use http::Method;
use zeroize::Zeroize;

use self::{nonce::Nonces, proof::Bounds};
use super::{Algorithm, Mark, ReplayFault, ReplayStore, Secret, Sighting};

pub(crate) use error::ProofAdvice;

pub use self::{
    error::ProofError,
    origin::{OriginError, PublicOrigin},
    proof::{Proof, Proven},
};

/// What `DPoP` proofs are accepted, and where they are remembered so that each is good once.
///
/// ```
/// use std::time::Duration;
/// use palisade::auth::{Dpop, Mark, ReplayStore, Secret, Sighted, Sighting};
///
/// # struct Replays;
/// # impl ReplayStore for Replays {
/// #     fn sight<'a>(&'a self, _mark: &'a Mark, _now: u64, _until: u64) -> Sighted<'a> {
/// #         Box::pin(async { Ok(Sighting::First) })
/// #     }
/// # }
/// let dpop = Dpop::new(Replays)
///     .lifetime(Duration::from_secs(30))
///     .require_nonces(Secret::new(b"32 random bytes of the deployment".to_vec()));
/// assert_eq!(dpop.algorithms_named().next(), Some("ES256"));
/// ```
#[derive(Clone)]
#[must_use]
pub struct Dpop {
    bounds: Bounds,
    nonces: Nonces,
    replays: Arc<dyn ReplayStore>,
}

/// Why a proof is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAccepted {
    /// The client can mend it.
    Proof(ProofError),
    /// It cannot be said whether it was seen before.
    Store(ReplayFault),
}

impl Dpop {
    /// How old a proof may be where nothing else is said.
    pub const LIFETIME: Duration = Duration::from_secs(60);

    /// The longest that a proof can be allowed to be good.
    pub const LONGEST_LIFETIME: Duration = Duration::from_secs(300);

    /// How far ahead of ours a client's clock may be.
    pub const AHEAD: Duration = Duration::from_secs(5);

    /// How long a nonce is handed out where nothing else is said.
    pub const NONCE_WINDOW: Duration = Duration::from_secs(120);

    /// Accepts proofs of any asymmetric algorithm, made at most a minute ago, and remembers them here. All processes of a
    /// deployment need the same store: else a proof is good once in each.
    pub fn new(replays: impl ReplayStore) -> Self {
        Self { bounds: Bounds::new(), nonces: Nonces::not_needed(), replays: Arc::new(replays) }
    }

    /// How long after its `iat` a proof is good: [`Dpop::LIFETIME`] unless said here, at least one second and at most
    /// [`Dpop::LONGEST_LIFETIME`]. So long it is remembered, too.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.bounds.lifetime = lifetime.min(Self::LONGEST_LIFETIME).as_secs().max(1);
        self
    }

    /// The algorithms that proofs may be signed with: every asymmetric one that is known here unless said. Symmetric ones
    /// are never among them (RFC 9449, section 4.3).
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        self.bounds.algorithms = algorithms.into_iter().filter(|algorithm| !algorithm.is_symmetric()).collect();
        self
    }

    /// Demands that each proof carries a nonce of ours (RFC 9449, section 9), so that none can be made in advance. It is made
    /// from the time with this key of at least 32 bytes, which all processes of a deployment share; nothing is stored.
    #[expect(clippy::needless_pass_by_value, reason = "the key is taken, so that it is wiped on return")]
    pub fn require_nonces<K: AsRef<[u8]> + Zeroize>(mut self, key: Secret<K>) -> Self {
        self.nonces = self.nonces.keyed(key.expose().as_ref());
        self
    }

    /// How long the same nonce is handed out: [`Dpop::NONCE_WINDOW`] unless said here, between 10 seconds and an hour. It is
    /// accepted for as long again.
    pub fn nonce_window(mut self, window: Duration) -> Self {
        self.nonces = self.nonces.lasting(window);
        self
    }

    /// The names of the algorithms, as challenges and metadata list them.
    pub fn algorithms_named(&self) -> impl Iterator<Item = &'static str> {
        self.bounds.algorithms.iter().flat_map(|algorithm| {
            // Ed25519 goes by two names (RFC 9864).
            let also = (*algorithm == Algorithm::EdDsa).then_some("Ed25519");
            std::iter::once(algorithm.name()).chain(also)
        })
    }

    /// Checks everything about a proof but whether it was seen before and whose key it has to be: form, signature, the
    /// request that it is for, its age, the token that it goes with, and its nonce. Pure.
    ///
    /// # Errors
    /// With the first of the checks of RFC 9449, section 4.3, that fails.
    pub fn verify(&self, proof: &str, proven: &Proven<'_>, now: u64) -> Result<Proof, ProofError> {
        let proof = proof::verify(proof, proven, &self.bounds, now)?;
        self.nonces.check(proof.nonce(), now)?;
        Ok(proof)
    }

    /// Whether nonces were asked for with a key that is too short.
    pub(crate) const fn lacks_nonce_key(&self) -> bool {
        self.nonces.lack_key()
    }

    /// Whether no algorithm is left.
    pub(crate) fn accepts_nothing(&self) -> bool {
        self.bounds.algorithms.is_empty()
    }

    /// The nonce that a proof of now has to carry.
    pub(crate) fn nonce(&self, now: u64) -> Option<String> {
        self.nonces.current(now)
    }

    /// Verifies a proof, holds its key against the one that the token is bound to, and sees it for the first time. Says which
    /// nonce the client has to use from now on, where the one that it used will soon be too old.
    pub(crate) async fn accept(
        &self,
        proof: &str,
        proven: &Proven<'_>,
        is_bound_to: impl FnOnce(&[u8; 32]) -> bool,
        now: u64,
    ) -> Result<Option<String>, NotAccepted> {
        let proof = self.verify(proof, proven, now).map_err(NotAccepted::Proof)?;
        if !is_bound_to(proof.thumbprint()) {
            return Err(NotAccepted::Proof(ProofError::OtherKey));
        }
        // Last, so that only the holder of a good token with a good proof takes room in the store.
        let mark = Mark::new("dpop", proof.thumbprint(), proof.id().as_bytes());
        let until = proof.issued_at().saturating_add(self.bounds.lifetime);
        match self.replays.sight(&mark, now, until).await.map_err(NotAccepted::Store)? {
            Sighting::First => {}
            Sighting::Again => return Err(NotAccepted::Proof(ProofError::Replayed)),
        }
        Ok(self.nonces.next(proof.nonce(), now))
    }
}

/// What a proof is about.
impl<'a> Proven<'a> {
    /// A request by this method to this path of the API at its public origin, with this token.
    #[must_use]
    pub const fn new(method: &'a Method, origin: &'a PublicOrigin, path: &'a str, token: &'a str) -> Self {
        Self { method, origin, path, token }
    }
}

impl fmt::Debug for Dpop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Dpop").field("bounds", &self.bounds).field("nonces", &self.nonces).finish_non_exhaustive()
    }
}
