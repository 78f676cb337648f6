//! Authentication: from the credential in a request to the `Caller` behind it.

mod api_key;
mod caller;
mod certificate;
mod challenge;
#[cfg(feature = "discovery")]
mod client;
mod credentials;
mod fetch;
mod issuer;
mod jose;
mod replay;
mod secret;
mod token;

pub(crate) use credentials::{Found, Unread, found};
pub(crate) use issuer::Issuers;

pub use crate::Outage;

#[cfg(feature = "discovery")]
pub use self::client::{ClientError, HttpsClient, HttpsClientBuilder};

pub use self::{
    api_key::{
        ApiKeyError, ApiKeyStore, ApiKeys, ApiKeysError, IssueError, Issued, MemoryKeys, StoredKey, StoredSecret,
    },
    caller::{Caller, Method},
    certificate::{CertificateFault, CertificateNames, ClientCertificate, SpiffeId, SpiffeIdError, TrustDomain},
    challenge::{Challenges, RealmError, StepUp},
    credentials::{CredentialError, Presented, presented},
    fetch::{Fetch, FetchError, Fetched},
    issuer::{AtStart, IssuerError, IssuerHealth, Metadata, Readiness, Refresh},
    jose::{Algorithm, Key, KeyFault, KeySetError, Keys, Skipped, jws},
    replay::{Mark, ReplayFault, ReplayStore, Sighted, Sighting},
    secret::Secret,
    token::{Claim, Confirmation, NeedsAudience, OptionalClaim, TokenCache, TokenError, Tokens, Verified},
};
