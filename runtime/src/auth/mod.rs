//! Authentication: from the credential in a request to the `Caller` behind it.

mod api_key;
mod caller;
mod certificate;
mod challenge;
mod credentials;
mod digest;
mod dpop;
mod fetch;
mod introspection;
mod jose;
mod login;
mod metadata;
mod replay;
mod revocation;
mod secret;
mod signature;
mod structured;
mod token;
mod webhook;

pub(crate) use credentials::{Found, TokenScheme, Unread, found};
pub(crate) use dpop::{NotAccepted, ProofAdvice};
pub(crate) use metadata::{Place, ResourceMetadata};

pub(crate) use certificate::Certified;

pub use crate::Outage;

pub use self::{
    api_key::{
        ApiKeyError, ApiKeyStore, ApiKeys, ApiKeysError, IssueError, Issued, MemoryKeys, StoredKey, StoredSecret,
    },
    caller::{Caller, Method},
    certificate::{
        CertificateFault, CertificateNames, Certificates, ClientCertificate, Grants, SpiffeId, SpiffeIdError,
        TrustDomain,
    },
    challenge::{Challenges, RealmError, StepUp},
    credentials::{CredentialError, Presented, presented},
    digest::{CONTENT_DIGEST, ContentDigest, DigestError},
    dpop::{Dpop, OriginError, Proof, ProofError, Proven, PublicOrigin},
    fetch::{Fetch, FetchError, Fetched},
    introspection::{
        ClientAuthentication, Introspected, Introspection, IntrospectionBuilder, IntrospectionError,
        IntrospectionFault, IntrospectionSetupError,
    },
    jose::{Algorithm, Key, KeyFault, KeySetError, Keys, Skipped, jws},
    replay::{Mark, MemoryReplays, ReplayFault, ReplayStore, Sighted, Sighting},
    revocation::{Credential, MemoryRevocations, RevocationList, RevocationsFull, Standing},
    secret::{Reloading, Secret, SecretFault, SecretFile, SecretRead, SecretSource, SecretVariable},
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
#[cfg(feature = "redis")]
pub use self::{replay::RedisReplays, revocation::RedisRevocations};
