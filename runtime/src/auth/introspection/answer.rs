//! Reads what an authorization server says of a token: `active` first, then like any token (RFC 7662, section 2.2).

use serde_json::{Map, Value};

use super::{IntrospectionError, IntrospectionFault};
use crate::auth::{TokenError, Verified, jose::json, token::Rules};

/// What an answer must say, and what it may leave out.
pub(super) struct Reading {
    pub(super) rules: Rules,
    pub(super) audience: Absent,
    pub(super) subject: Absent,
}

/// What becomes of an answer without a member that RFC 7662 does not demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    /// It is refused.
    Refused,
    /// It is taken as the configuration says.
    Assumed,
}

impl Reading {
    pub(super) fn issuer(&self) -> &str {
        &self.rules.issuer
    }

    pub(super) fn read(&self, body: &[u8], now: u64) -> Result<Verified, IntrospectionError> {
        let mut said = json::object(body).map_err(|_| IntrospectionFault::Malformed)?;
        // Nothing but `true` is yes.
        if said.remove("active") != Some(Value::Bool(true)) {
            return Err(TokenError::Inactive.into());
        }
        check_kind(&said)?;
        // What the server does not say of its own token is what it was asked as.
        said.entry("iss").or_insert_with(|| Value::from(&*self.rules.issuer));
        if self.audience == Absent::Assumed {
            said.entry("aud").or_insert_with(|| Value::from(self.rules.audience.as_str()));
        }
        if let (Absent::Assumed, None, Some(client)) = (self.subject, said.get("sub"), said.get("client_id")) {
            let client = client.clone();
            said.insert(String::from("sub"), client);
        }
        let payload = serde_json::to_vec(&said).map_err(|_| IntrospectionFault::Malformed)?;
        Ok(Verified::claiming(payload, &self.rules, now)?)
    }
}

/// A server also knows refresh tokens, and says so in one of these members, if it does.
fn check_kind(said: &Map<String, Value>) -> Result<(), TokenError> {
    const KINDS: [(&str, &[&str]); 3] = [
        ("token_type", &["bearer", "dpop", "access_token", "urn:ietf:params:oauth:token-type:access_token"]),
        ("token_use", &["access_token", "access"]),
        ("typ", &["bearer", "dpop", "at+jwt", "jwt"]),
    ];
    let is_good = |(member, kinds): &(&str, &[&str])| match said.get(*member) {
        None => true,
        Some(Value::String(kind)) => kinds.iter().any(|good| good.eq_ignore_ascii_case(kind)),
        Some(_) => false,
    };
    if KINDS.iter().all(is_good) { Ok(()) } else { Err(TokenError::NotAnAccessToken) }
}
