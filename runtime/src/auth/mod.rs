//! Authentication: from the credential in a request to the `Caller` behind it.

mod api_key;
mod caller;
mod certificate;
mod challenge;
mod credentials;
mod digest;
mod dpop;
mod fetch;
mod jose;
mod replay;
mod secret;
mod signature;
mod structured;
mod token;
mod webhook;

pub(crate) use credentials::{Found, Unread, found};
pub(crate) use dpop::{Accepted, NotAccepted, ProofAdvice};

pub use crate::Outage;

pub use self::{
    api_key::{
        ApiKeyError, ApiKeyStore, ApiKeys, ApiKeysError, IssueError, Issued, MemoryKeys, StoredKey, StoredSecret,
    },
    caller::{Caller, Method},
    certificate::{CertificateFault, CertificateNames, ClientCertificate, SpiffeId, SpiffeIdError, TrustDomain},
    challenge::{Challenges, RealmError, StepUp},
    credentials::{CredentialError, Presented, presented},
    digest::{CONTENT_DIGEST, ContentDigest, DigestError},
    dpop::{Dpop, OriginError, Proof, ProofError, Proven, PublicOrigin},
    fetch::{Fetch, FetchError, Fetched},
    jose::{Algorithm, Key, KeyFault, KeySetError, Keys, Skipped, jws},
    replay::{Mark, ReplayFault, ReplayStore, Sighted, Sighting},
    secret::Secret,
    signature::{
        Coverage, NeedsReplays, SIGNATURE, SIGNATURE_INPUT, SignError, SignatureError, SignatureKey, Signatures,
        SignaturesError, SignedRequest, Signer, SigningKey,
    },
    token::{
        Claim, Confirmation, NeedsAudience, NeedsKeys, OptionalClaim, Party, TokenCache, TokenError, Tokens, Verified,
    },
    webhook::{
        Delivery, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, WebhookError, WebhookSecretFault, WebhookSecrets,
        WebhookSender, Webhooks, WebhooksNeedReplays,
    },
};
