//! Why a proof is not accepted: for the audit event, while a client is told one of three things.

use std::fmt;

/// Why a `DPoP` proof is not accepted.
///
/// ```
/// use palisade::auth::ProofError;
///
/// assert_eq!(ProofError::WrongTarget.code(), "proof_wrong_target");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProofError {
    /// There is no `DPoP` header.
    Missing,
    /// There is more than one `DPoP` header.
    Repeated,
    /// It is longer than 4 KiB.
    TooLong,
    /// It is not a JWT of three segments in base64url.
    NotCompact,
    /// The header is not a strict JSON object with `typ`, `alg` and `jwk`, or asks for what is not understood.
    BadHeader,
    /// `typ` is not `dpop+jwt`.
    WrongType,
    /// `alg` is symmetric, `none`, unknown or not among those that are accepted.
    AlgorithmNotAccepted,
    /// `jwk` cannot be used to verify, or not with `alg`.
    BadKey,
    /// `jwk` has a private member.
    PrivateKey,
    /// The signature is not by `jwk`.
    BadSignature,
    /// The claims are not a strict JSON object with `jti`, `htm`, `htu`, `iat` and `ath` as they have to be.
    BadClaims,
    /// `htm` is another method.
    WrongMethod,
    /// `htu` is another address.
    WrongTarget,
    /// `iat` is too long ago, or `exp` is over.
    Stale,
    /// `iat` or `nbf` is in the future.
    Early,
    /// `ath` is the hash of another token.
    WrongToken,
    /// It carries no nonce.
    NoNonce,
    /// It carries a nonce that is none of ours, or an old one.
    StaleNonce,
    /// It is by another key than the token is bound to.
    OtherKey,
    /// The token is bound to no key.
    Unbound,
    /// It was seen before.
    Replayed,
}

/// What a client is told of a proof (RFC 9449, sections 7.1 and 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProofAdvice {
    /// `invalid_dpop_proof`: make another proof.
    AnotherProof,
    /// `use_dpop_nonce`: make another proof with this nonce.
    WithNonce,
    /// `invalid_token`: the token is not this key's.
    AnotherToken,
}

impl ProofError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "proof_missing",
            Self::Repeated => "proof_repeated",
            Self::TooLong => "proof_too_long",
            Self::NotCompact => "proof_not_compact",
            Self::BadHeader => "proof_bad_header",
            Self::WrongType => "proof_wrong_type",
            Self::AlgorithmNotAccepted => "proof_algorithm_not_accepted",
            Self::BadKey => "proof_bad_key",
            Self::PrivateKey => "proof_private_key",
            Self::BadSignature => "proof_bad_signature",
            Self::BadClaims => "proof_bad_claims",
            Self::WrongMethod => "proof_wrong_method",
            Self::WrongTarget => "proof_wrong_target",
            Self::Stale => "proof_stale",
            Self::Early => "proof_early",
            Self::WrongToken => "proof_wrong_token",
            Self::NoNonce => "proof_no_nonce",
            Self::StaleNonce => "proof_stale_nonce",
            Self::OtherKey => "proof_other_key",
            Self::Unbound => "proof_unbound_token",
            Self::Replayed => "proof_replayed",
        }
    }

    pub(crate) const fn advice(self) -> ProofAdvice {
        match self {
            Self::NoNonce | Self::StaleNonce => ProofAdvice::WithNonce,
            Self::OtherKey | Self::Unbound => ProofAdvice::AnotherToken,
            Self::Missing
            | Self::Repeated
            | Self::TooLong
            | Self::NotCompact
            | Self::BadHeader
            | Self::WrongType
            | Self::AlgorithmNotAccepted
            | Self::BadKey
            | Self::PrivateKey
            | Self::BadSignature
            | Self::BadClaims
            | Self::WrongMethod
            | Self::WrongTarget
            | Self::Stale
            | Self::Early
            | Self::WrongToken
            | Self::Replayed => ProofAdvice::AnotherProof,
        }
    }
}

impl fmt::Display for ProofError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Missing => "there is no `DPoP` header",
            Self::Repeated => "there is more than one `DPoP` header",
            Self::TooLong => "the proof is longer than 4 KiB",
            Self::NotCompact => "the proof is not a JWT of three segments in base64url",
            Self::BadHeader => "the proof's header is not a strict JSON object of the expected members",
            Self::WrongType => "the proof's `typ` is not `dpop+jwt`",
            Self::AlgorithmNotAccepted => "the proof's `alg` is not among those that are accepted",
            Self::BadKey => "the proof's `jwk` cannot be used with its `alg`",
            Self::PrivateKey => "the proof's `jwk` has a private member",
            Self::BadSignature => "the proof's signature is not by its `jwk`",
            Self::BadClaims => "the proof's claims are not those of a proof that goes with a token",
            Self::WrongMethod => "the proof's `htm` is another method",
            Self::WrongTarget => "the proof's `htu` is another address",
            Self::Stale => "the proof was made too long ago",
            Self::Early => "the proof says it was made in the future",
            Self::WrongToken => "the proof's `ath` is the hash of another token",
            Self::NoNonce => "the proof carries no nonce",
            Self::StaleNonce => "the proof's nonce is none of ours, or too old",
            Self::OtherKey => "the proof is by another key than the token is bound to",
            Self::Unbound => "the token is bound to no key",
            Self::Replayed => "the proof was seen before",
        })
    }
}

impl std::error::Error for ProofError {}
