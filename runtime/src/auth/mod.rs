//! Authentication: from the credential in a request to the `Caller` behind it.

mod api_key;
mod caller;
mod certificate;
mod challenge;
mod credentials;
mod fetch;
mod jose;
mod replay;
mod secret;
mod token;

pub(crate) use credentials::{Found, Unread, found};

pub use crate::Outage;

#[cfg(feature = "sqlite")]
pub use self::api_key::SqliteKeys;
#[cfg(feature = "postgres")]
pub use self::api_key::{InvalidDatabaseUrl, PostgresKeys};

pub use self::{
    api_key::{
        API_KEY_PATTERN, ApiKeyError, ApiKeyRegister, ApiKeyStore, ApiKeys, ApiKeysError, IssueError, Issued,
        MemoryKeys, NewApiKey, PepperError, Peppers, StoredKey, StoredSecret, Written, leaked_api_keys,
    },
    caller::{Caller, Method},
    certificate::{CertificateFault, CertificateNames, ClientCertificate, SpiffeId, SpiffeIdError, TrustDomain},
    challenge::{Challenges, RealmError, StepUp},
    credentials::{CredentialError, Presented, presented},
    fetch::{Fetch, FetchError, Fetched},
    jose::{Algorithm, Key, KeyFault, KeySetError, Keys, Skipped, jws},
    replay::{Mark, ReplayFault, ReplayStore, Sighted, Sighting},
    secret::{Reloading, Secret, SecretFault, SecretFile, SecretRead, SecretSource, SecretVariable},
    token::{Claim, Confirmation, NeedsAudience, NeedsKeys, OptionalClaim, TokenCache, TokenError, Tokens, Verified},
};
