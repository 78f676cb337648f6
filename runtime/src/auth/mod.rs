//! Authentication: from the credential in a request to the `Caller` behind it.
//!
//! The [guide] goes through all of it, in the order in which a service needs it.

mod api_key;
mod caller;
mod callers;
mod certificate;
mod challenge;
#[cfg(feature = "discovery")]
mod client;
mod credentials;
mod digest;
mod dpop;
mod fetch;
mod introspection;
mod issuer;
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

pub(crate) use credentials::{Found, TokenScheme, Unread, found, mark_sensitive};
pub(crate) use dpop::{NotAccepted, ProofAdvice};
pub(crate) use issuer::Issuers;
pub(crate) use metadata::{Place, ResourceMetadata};

pub(crate) use certificate::Certified;

pub use crate::Outage;

#[cfg(feature = "sqlite")]
pub use self::api_key::SqliteKeys;
#[cfg(feature = "postgres")]
pub use self::api_key::{InvalidDatabaseUrl, PostgresKeys};
#[cfg(feature = "discovery")]
pub use self::client::{ClientError, HttpsClient, HttpsClientBuilder};

pub use self::{
    api_key::{
        API_KEY_PATTERN, ApiKeyError, ApiKeyRegister, ApiKeyStore, ApiKeys, ApiKeysError, IssueError, Issued,
        MemoryKeys, NewApiKey, PepperError, Peppers, StoredKey, StoredSecret, Written, leaked_api_keys,
    },
    caller::{Caller, Method},
    callers::{AnyClaims, Client, Fitted, Fitting, FromCaller, KeyHolder, Machine, Partner, Sender, User, Workload},
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
    issuer::{AtStart, IssuerError, IssuerHealth, Metadata, Readiness, Refresh},
    jose::{Algorithm, Key, KeyFault, KeySetError, Keys, Skipped, jws},
    replay::{Mark, MemoryReplays, ReplayFault, ReplayStore, Sighted, Sighting},
    revocation::{Credential, MemoryRevocations, RevocationList, RevocationsFull, Standing},
    secret::{Reloading, Secret, SecretFault, SecretFile, SecretRead, SecretSource, SecretVariable},
    signature::{
        Coverage, NeedsReplays, SIGNATURE, SIGNATURE_INPUT, SignError, SignatureError, SignatureKey, Signatures,
        SignaturesError, SignedRequest, Signer, SigningKey,
    },
    token::{Claim, Confirmation, NeedsAudience, OptionalClaim, Party, TokenCache, TokenError, Tokens, Verified},
    webhook::{
        Delivery, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, WebhookError, WebhookSecretFault, WebhookSecrets,
        WebhookSender, Webhooks, WebhooksNeedReplays,
    },
};
#[cfg(feature = "redis")]
pub use self::{replay::RedisReplays, revocation::RedisRevocations};

/// Tokens of your provider.
///
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/providers.md")]
pub mod providers {}

/// How callers prove who they are, from the side of those who declare and deploy an API.
///
#[cfg(any(doc, all(doctest, feature = "redis", feature = "sqlite", feature = "tls")))]
#[doc = include_str!("../docs/authentication.md")]
pub mod guide {}
