//! What an issuer's tokens must say, and what it may leave out.

use std::sync::Arc;

use crate::auth::login::Contexts;

/// What an issuer's tokens must say.
#[derive(Debug)]
pub(in crate::auth) struct Rules {
    /// Shared with every caller that is found by them.
    pub(in crate::auth) issuer: Arc<str>,
    pub(in crate::auth) audience: String,
    pub(super) others: Others,
    /// In seconds, as all times here.
    pub(in crate::auth) skew: f64,
    pub(super) max_age: Option<f64>,
    pub(super) max_lifetime: Option<f64>,
    pub(super) types: Types,
    pub(in crate::auth) optional: Vec<OptionalClaim>,
    pub(in crate::auth) scope_claim: String,
    pub(in crate::auth) roles_claim: String,
    pub(super) client_claims: Vec<ClientClaim>,
    /// Shared with every token that is verified by them.
    pub(super) contexts: Arc<Contexts>,
}

/// Which values of `typ` an access token may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Types {
    /// `at+jwt` alone, as RFC 9068 wants it.
    AccessTokenOnly,
    /// Also `JWT`, or none at all.
    UntypedToo,
}

/// Whether a token may be meant for other resources too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    Allowed,
    Refused,
}

/// A claim with which an issuer marks the tokens that clients got for themselves.
#[derive(Debug)]
pub(super) struct ClientClaim {
    pub(super) name: String,
    pub(super) value: String,
}

/// A claim of RFC 9068 that an issuer may be allowed to leave out.
///
/// ```
/// use palisade::auth::{Claim, OptionalClaim, TokenError};
/// use palisade::testing::TestIssuer;
///
/// let id = TestIssuer::new("https://id.shop.example");
/// let token = id.token().without("jti").sign(1_800_000_000);
///
/// let strict = id.tokens("https://api.shop.example");
/// assert_eq!(strict.verify(&token, 1_800_000_000).unwrap_err(), TokenError::MissingClaim(Claim::TokenId));
/// let relaxed = strict.accept_missing(OptionalClaim::TokenId);
/// assert!(relaxed.verify(&token, 1_800_000_000).is_ok());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OptionalClaim {
    /// `client_id`: which client the token was issued to.
    ClientId,
    /// `iat`: when it was issued.
    IssuedAt,
    /// `jti`: its own name.
    TokenId,
}

impl Rules {
    /// Those of RFC 9068, with nothing relaxed.
    pub(in crate::auth) fn of(issuer: String, audience: String) -> Self {
        Self {
            issuer: Arc::from(issuer),
            audience,
            others: Others::Allowed,
            skew: 30.0,
            max_age: None,
            max_lifetime: None,
            types: Types::AccessTokenOnly,
            optional: Vec::new(),
            scope_claim: String::from("scope"),
            roles_claim: String::from("roles"),
            client_claims: Vec::new(),
            contexts: Arc::default(),
        }
    }

    pub(super) fn good_until(&self, issued_at: Option<u64>, expires_at: u64) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates, and ages are positive"
        )]
        let too_old_at = self.max_age.zip(issued_at).map(|(age, issued_at)| issued_at.saturating_add(age as u64));
        too_old_at.unwrap_or(u64::MAX).min(expires_at)
    }
}
