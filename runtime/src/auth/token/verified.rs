//! An access token that was verified, and what it says.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Confirmation, Party, TokenError,
    check::{self, Checked},
    claims::Claims,
    part::Text,
    rules::Rules,
};
use crate::auth::{jose::json, login::Contexts};

/// An access token that was verified, and what it says. `Debug` shows the names of the claims only.
///
/// The payload is kept as it was signed; what is asked of it points into it.
///
/// ```
/// use palisade::testing::TestIssuer;
///
/// #[derive(serde::Deserialize)]
/// struct Tenant<'v> {
///     tenant: &'v str,
/// }
///
/// let (id, now) = (TestIssuer::new("https://id.shop.example"), 1_800_000_000);
/// let token = id.token().subject("alice").claim("tenant", "house").claim("amr", vec!["pwd", "otp"]).sign(now);
/// let verified = id.tokens(TestIssuer::AUDIENCE).verify(&token, now)?;
/// assert_eq!((verified.issuer(), verified.subject()), ("https://id.shop.example", "alice"));
/// assert!(verified.authentication_methods().eq(["pwd", "otp"]));
/// assert_eq!(verified.claims().get("tenant").and_then(|tenant| tenant.as_str()), Some("house"));
/// assert_eq!(verified.claims_as::<Tenant<'_>>()?.tenant, "house");
/// # Ok::<(), palisade::auth::TokenError>(())
/// ```
pub struct Verified {
    issuer: Arc<str>,
    payload: String,
    checked: Checked,
    contexts: Arc<Contexts>,
    /// Most of what is asked of a token needs no map.
    claims: OnceLock<Map<String, Value>>,
}

impl Verified {
    /// What these claims say, if they obey the rules at `now`: the payload of a token whose signature is good, or what an
    /// authorization server answers about one.
    pub(in crate::auth) fn claiming(payload: Vec<u8>, rules: &Rules, now: u64) -> Result<Self, TokenError> {
        let payload = String::from_utf8(payload).map_err(|_| TokenError::BadClaims)?;
        let checked = check::check(&Claims::read(&payload, rules)?, rules, now)?;
        let (issuer, contexts) = (Arc::clone(&rules.issuer), Arc::clone(&rules.contexts));
        Ok(Self { issuer, payload, checked, contexts, claims: OnceLock::new() })
    }

    /// Who issued the token.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whom it speaks for, by name. Names of different issuers have nothing to do with each other.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.checked.subject.within(&self.payload)
    }

    /// Whether that is a user or the client itself. `None` where the token does not tell: it has no `client_id`, and no
    /// [`client_claim`](super::Tokens::client_claim) is known. Then take it for neither.
    #[must_use]
    pub const fn speaks_for(&self) -> Option<Party> {
        self.checked.party
    }

    /// The client it was issued to.
    #[must_use]
    pub fn client(&self) -> Option<&str> {
        self.text(self.checked.client.as_ref())
    }

    /// The scopes by name, whether the API knows them or not.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.checked.scopes.within(&self.payload)
    }

    /// The roles by name, whether the API knows them or not.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.checked.roles.within(&self.payload)
    }

    /// When it was issued, in seconds since 1970.
    #[must_use]
    pub const fn issued_at(&self) -> Option<u64> {
        self.checked.issued_at
    }

    /// When it stops being valid, in seconds since 1970.
    #[must_use]
    pub const fn expires_at(&self) -> u64 {
        self.checked.expires_at
    }

    /// When the user last proved who they are (`auth_time`), in seconds since 1970.
    #[must_use]
    pub const fn authenticated_at(&self) -> Option<u64> {
        self.checked.authenticated_at
    }

    /// How strongly they proved it (`acr`).
    #[must_use]
    pub fn authentication_context(&self) -> Option<&str> {
        self.text(self.checked.authentication_context.as_ref())
    }

    /// By which methods they proved it (`amr`), such as `pwd`, `otp` and `hwk` (RFC 8176).
    pub fn authentication_methods(&self) -> impl Iterator<Item = &str> {
        self.checked.authentication_methods.within(&self.payload)
    }

    /// Whether they logged in as strongly as `wanted`: in that context, or in a stronger one by the order that was given for
    /// their issuer ([`Tokens::acr_levels`](super::Tokens::acr_levels)).
    #[must_use]
    pub fn reaches_context(&self, wanted: &str) -> bool {
        self.authentication_context().is_some_and(|reached| self.contexts.reach(reached, wanted))
    }

    /// Whether they logged in with several factors, by their methods or by a context that stands for it
    /// ([`Tokens::multi_factor_acr`](super::Tokens::multi_factor_acr)).
    #[must_use]
    pub fn is_multi_factor(&self) -> bool {
        self.contexts.are_multi_factor(self.authentication_context(), self.authentication_methods())
    }

    /// What the contexts of the issuer are worth.
    pub(in crate::auth) fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    /// The token's own name (`jti`).
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.text(self.checked.id.as_ref())
    }

    /// What the token is bound to (`cnf`). Such a token is good only with the proof: ask [`Confirmation::is_proven_by`] on every
    /// request, or refuse it.
    #[must_use]
    pub const fn confirmation(&self) -> Option<&Confirmation> {
        self.checked.confirmation.as_ref()
    }

    /// Every claim. They are put into a map when they are first asked for.
    #[must_use]
    pub fn claims(&self) -> &Map<String, Value> {
        // They were read before, so that nothing can go wrong but memory.
        self.claims.get_or_init(|| json::object(self.payload.as_bytes()).unwrap_or_default())
    }

    /// The claims as a type of yours, which may borrow from them. What it does not name is left out.
    ///
    /// [`TokenError::ClaimsDoNotFit`] where the token, which is good, lacks what the type needs.
    pub fn claims_as<'v, C: Deserialize<'v>>(&'v self) -> Result<C, TokenError> {
        serde_json::from_str(&self.payload).map_err(|_| TokenError::ClaimsDoNotFit)
    }

    fn text<'v>(&'v self, text: Option<&'v Text>) -> Option<&'v str> {
        text.map(|text| text.within(&self.payload))
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.claims().keys().collect();
        out.debug_struct("Verified").field("issuer", &self.issuer).field("claims", &names).finish_non_exhaustive()
    }
}
