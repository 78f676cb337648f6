//! Authentication: from the credential in a request to the `Caller` behind it.

mod algorithm;
mod api_key;
mod api_key_store;
mod api_key_text;
mod base64url;
mod cache;
mod caller;
mod challenge;
mod claims;
mod credentials;
mod error;
mod json;
mod jwk;
pub mod jws;
mod key;
mod keys;
mod secret;
mod spki;
mod token;

#[cfg(test)]
mod tests;

use algorithm::{Curve, Primitive};
pub(crate) use credentials::{Found, Unread, found};

pub use crate::Outage;

pub use self::{
    algorithm::Algorithm,
    api_key::{ApiKeyError, ApiKeys, ApiKeysError, IssueError, Issued},
    api_key_store::{ApiKeyStore, MemoryKeys, StoredKey, StoredSecret},
    cache::TokenCache,
    caller::{Caller, Method},
    challenge::{Challenges, RealmError, StepUp},
    claims::OptionalClaim,
    credentials::{CredentialError, Presented, presented},
    error::{Claim, TokenError},
    key::{Key, KeyFault},
    keys::{KeySetError, Keys, Skipped},
    secret::Secret,
    token::{NeedsAudience, NeedsKeys, Tokens, Verified},
};
