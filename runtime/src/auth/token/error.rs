//! Why a token is refused: for the audit event only, since a client is told `invalid_token` and no more.

use std::fmt;

/// Why a token is refused.
///
/// ```
/// use palisade::auth::{Claim, TokenError};
///
/// assert_eq!(TokenError::Expired.code(), "expired");
/// assert_eq!(TokenError::MissingClaim(Claim::Subject).to_string(), "the claim `sub` is missing");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenError {
    /// It is longer than 8 KiB.
    TooLong,
    /// It does not have exactly three segments.
    NotCompact,
    /// A segment is not base64url without padding.
    BadEncoding,
    /// The header is not a strict JSON object, or a member of it has the wrong type.
    BadHeader,
    /// The header has `crit`, `b64`, `zip` or `enc`, or says that another token is inside.
    UnsupportedHeader,
    /// `alg` is missing, `none` or unknown.
    AlgorithmUnknown,
    /// `alg` is not the algorithm of the key.
    AlgorithmMismatch,
    /// No key of the issuer has this `kid`.
    KeyUnknown,
    /// It has no `kid` and several keys would fit.
    KeyAmbiguous,
    /// The issuer's keys could not be fetched, so that nothing can be said of the token.
    KeysUnavailable,
    /// The signature is not by the key.
    BadSignature,
    /// The claims are not a strict JSON object.
    BadClaims,
    /// `typ` says that it is no access token, or does not say that it is one.
    WrongType,
    /// It carries a claim that only other kinds of tokens have.
    NotAnAccessToken,
    /// A required claim is missing.
    MissingClaim(Claim),
    /// A claim has the wrong type or an impossible value.
    MalformedClaim(Claim),
    /// It is by another issuer.
    WrongIssuer,
    /// It is for another resource.
    WrongAudience,
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// It claims to have been issued in the future.
    IssuedInFuture,
    /// It was issued longer ago than is accepted.
    TooOld,
    /// It lives longer than is accepted.
    LivesTooLong,
    /// Its claims are not what the API's own type for them needs.
    ClaimsDoNotFit,
    /// It does not speak for a caller of the kind that the endpoint takes.
    OtherCaller,
    /// It is bound to a key or a certificate of the client (`cnf`), of which nothing was proven.
    SenderConstrained,
    /// Its issuer does not say that it is active.
    Inactive,
}

/// A claim with a meaning here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claim {
    /// `iss`
    Issuer,
    /// `sub`
    Subject,
    /// `aud`
    Audience,
    /// `client_id`
    ClientId,
    /// `exp`
    ExpiresAt,
    /// `nbf`
    NotBefore,
    /// `iat`
    IssuedAt,
    /// `jti`
    TokenId,
    /// `scope`, or what it is configured to be called
    Scope,
    /// `roles`, or what it is configured to be called
    Roles,
    /// `auth_time`
    AuthenticatedAt,
    /// `acr`
    AuthenticationContext,
    /// `amr`
    AuthenticationMethods,
    /// `cnf`
    Confirmation,
}

impl TokenError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NotCompact => "not_compact",
            Self::BadEncoding => "bad_encoding",
            Self::BadHeader => "bad_header",
            Self::UnsupportedHeader => "unsupported_header",
            Self::AlgorithmUnknown => "algorithm_unknown",
            Self::AlgorithmMismatch => "algorithm_mismatch",
            Self::KeyUnknown => "key_unknown",
            Self::KeyAmbiguous => "key_ambiguous",
            Self::KeysUnavailable => "keys_unavailable",
            Self::BadSignature => "bad_signature",
            Self::BadClaims => "bad_claims",
            Self::WrongType => "wrong_type",
            Self::NotAnAccessToken => "not_an_access_token",
            Self::MissingClaim(_) => "missing_claim",
            Self::MalformedClaim(_) => "malformed_claim",
            Self::WrongIssuer => "wrong_issuer",
            Self::WrongAudience => "wrong_audience",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::IssuedInFuture => "issued_in_future",
            Self::TooOld => "too_old",
            Self::LivesTooLong => "lives_too_long",
            Self::ClaimsDoNotFit => "claims_do_not_fit",
            Self::OtherCaller => "other_caller",
            Self::SenderConstrained => "sender_constrained",
            Self::Inactive => "inactive",
        }
    }
}

impl Claim {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Confirmation as usize + 1;

    /// The claim with this name, for those whose name cannot be configured.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "iss" => Self::Issuer,
            "sub" => Self::Subject,
            "aud" => Self::Audience,
            "client_id" => Self::ClientId,
            "exp" => Self::ExpiresAt,
            "nbf" => Self::NotBefore,
            "iat" => Self::IssuedAt,
            "jti" => Self::TokenId,
            "auth_time" => Self::AuthenticatedAt,
            "acr" => Self::AuthenticationContext,
            "amr" => Self::AuthenticationMethods,
            "cnf" => Self::Confirmation,
            _ => return None,
        })
    }

    /// The registered name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issuer => "iss",
            Self::Subject => "sub",
            Self::Audience => "aud",
            Self::ClientId => "client_id",
            Self::ExpiresAt => "exp",
            Self::NotBefore => "nbf",
            Self::IssuedAt => "iat",
            Self::TokenId => "jti",
            Self::Scope => "scope",
            Self::Roles => "roles",
            Self::AuthenticatedAt => "auth_time",
            Self::AuthenticationContext => "acr",
            Self::AuthenticationMethods => "amr",
            Self::Confirmation => "cnf",
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TooLong => "the token is longer than 8 KiB",
            Self::NotCompact => "the token does not have three segments",
            Self::BadEncoding => "a segment of the token is not base64url without padding",
            Self::BadHeader => "the token's header is not a strict JSON object of the expected members",
            Self::UnsupportedHeader => "the token's header asks for `crit`, `b64`, `zip`, `enc` or a nested token",
            Self::AlgorithmUnknown => "the token's `alg` is missing or unknown",
            Self::AlgorithmMismatch => "the token's `alg` is not the algorithm of the key",
            Self::KeyUnknown => "no key of the issuer has the token's `kid`",
            Self::KeyAmbiguous => "the token has no `kid` and several keys would fit",
            Self::KeysUnavailable => "the keys of the token's issuer cannot be fetched",
            Self::BadSignature => "the signature is not by the key",
            Self::BadClaims => "the token's claims are not a strict JSON object",
            Self::WrongType => "the token's `typ` is not `at+jwt`",
            Self::NotAnAccessToken => "the token carries claims of another kind of token",
            Self::MissingClaim(claim) => return write!(out, "the claim `{}` is missing", claim.name()),
            Self::MalformedClaim(claim) => return write!(out, "the claim `{}` is malformed", claim.name()),
            Self::WrongIssuer => "the token is by another issuer",
            Self::WrongAudience => "the token is for another resource",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet",
            Self::IssuedInFuture => "the token says it was issued in the future",
            Self::TooOld => "the token was issued longer ago than is accepted",
            Self::LivesTooLong => "the token lives longer than is accepted",
            Self::ClaimsDoNotFit => "the token's claims are not what the API's own type for them needs",
            Self::OtherCaller => "the token does not speak for a caller of the kind that the endpoint takes",
            Self::SenderConstrained => "the token is bound to a key or certificate that was not proven",
            Self::Inactive => "the token's issuer does not say that it is active",
        })
    }
}

impl std::error::Error for TokenError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_found_by_its_name_unless_that_is_configured() {
        for claim in [
            Claim::Issuer,
            Claim::Subject,
            Claim::Audience,
            Claim::ClientId,
            Claim::ExpiresAt,
            Claim::NotBefore,
            Claim::IssuedAt,
            Claim::TokenId,
            Claim::AuthenticatedAt,
            Claim::AuthenticationContext,
            Claim::AuthenticationMethods,
            Claim::Confirmation,
        ] {
            assert_eq!(Claim::named(claim.name()), Some(claim));
            assert!((claim as usize) < Claim::COUNT);
        }
        assert_eq!((Claim::named("scope"), Claim::named("roles"), Claim::named("ISS")), (None, None, None));
    }
}
