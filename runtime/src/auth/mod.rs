//! Authentication: from the credential in a request to the `Caller` behind it.

mod api_key;
mod caller;
mod certificate;
mod challenge;
mod credentials;
mod dpop;
mod fetch;
mod jose;
mod login;
mod replay;
mod secret;
mod token;

pub(crate) use credentials::{Found, TokenScheme, Unread, found};
pub(crate) use dpop::{NotAccepted, ProofAdvice};

pub use crate::Outage;

pub use self::{
    api_key::{
        ApiKeyError, ApiKeyStore, ApiKeys, ApiKeysError, IssueError, Issued, MemoryKeys, StoredKey, StoredSecret,
    },
    caller::{Caller, Method},
    certificate::{CertificateFault, CertificateNames, ClientCertificate, SpiffeId, SpiffeIdError, TrustDomain},
    challenge::{Challenges, RealmError, StepUp},
    credentials::{CredentialError, Presented, presented},
    dpop::{Dpop, OriginError, Proof, ProofError, Proven, PublicOrigin},
    fetch::{Fetch, FetchError, Fetched},
    jose::{Algorithm, Key, KeyFault, KeySetError, Keys, Skipped, jws},
    replay::{Mark, ReplayFault, ReplayStore, Sighted, Sighting},
    secret::Secret,
    token::{
        Claim, Confirmation, NeedsAudience, NeedsKeys, OptionalClaim, Party, TokenCache, TokenError, Tokens, Verified,
    },
};
