//! Why a request went no further: the problem the client sees, and the reason that only the audit log knows.

use std::sync::Arc;

use http::{HeaderMap, StatusCode};

#[cfg(feature = "certificates")]
use super::ForwardedCertificateError;
use super::{Mounted, language::Languages, notice::Notice, respond};
use crate::{
    auth::{
        CertificateFault, CredentialError, IntrospectionFault, ProofError, SignatureError, TokenError, WebhookError,
    },
    idempotency::InvalidKey,
    problem::Problem,
    respond::Answer,
};

/// What stations 5 to 7 come to.
pub type Outcome = Result<Answer, Refusal>;

/// A station of the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Address, declared size, rates by address.
    Admit,
    /// Credentials to a caller.
    Authenticate,
    /// The access expression.
    Authorize,
    /// Rates by caller.
    Limit,
    /// What was answered before.
    Idempotency,
    /// Objects and their rules.
    Object,
    /// Decoding, cleaning, checking.
    Input,
    /// The handler.
    Handler,
    /// The answer is on its way.
    Respond,
}

impl Stage {
    /// Its name in audit events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Authenticate => "authenticate",
            Self::Authorize => "authorize",
            Self::Limit => "limit",
            Self::Idempotency => "idempotency",
            Self::Object => "object",
            Self::Input => "input",
            Self::Handler => "handler",
            Self::Respond => "respond",
        }
    }
}

/// Why a request was refused, in full. Clients are told less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No endpoint is on this path.
    NoRoute,
    /// No endpoint is on this path with this method.
    MethodNotAllowed,
    /// The connection's address is not known.
    NoConnectionInfo,
    /// The body is larger than the endpoint's types can be.
    TooLarge,
    /// The body came slower than the gate waits for.
    SlowBody,
    /// A quota is used up.
    QuotaExceeded,
    /// There is no credential.
    NoCredential,
    /// The credentials cannot be used.
    Credential(CredentialError),
    /// The token is not accepted.
    Token(TokenError),
    /// The API key is not accepted.
    ApiKey(&'static str),
    /// The certificate of the client is nobody's who is known.
    Certificate(CertificateFault),
    /// The certificate of a client is told by somebody who may not, or in a way that has no meaning.
    #[cfg(feature = "certificates")]
    ForwardedCertificate(ForwardedCertificateError),
    /// The connection is not protected as the endpoint demands.
    Transport,
    /// The token, key or certificate was withdrawn.
    Revoked,
    /// The issuer of an opaque token cannot be asked about it.
    Introspection(IntrospectionFault),
    /// The signature is not accepted.
    Signature(SignatureError),
    /// The webhook is not accepted.
    Webhook(WebhookError),
    /// The caller came by a scheme that this endpoint does not accept.
    SchemeNotAccepted,
    /// The token lacks a scope.
    InsufficientScope,
    /// The proof that goes with a token is not accepted.
    Proof(ProofError),
    /// The login is too old.
    StaleLogin,
    /// The login is too weak.
    WeakLogin,
    /// The token is bound to nothing.
    NotSenderConstrained,
    /// The caller lacks a role, or a rule of the user says no.
    Forbidden,
    /// There is no such object, or its id does not decode.
    NoObject,
    /// The object's rule says no.
    HiddenObject,
    /// A decision could not be made.
    Indeterminate,
    /// A store does not answer.
    StoreOutage,
    /// There is no idempotency key, or it is none.
    IdempotencyKey(InvalidKey),
    /// The idempotency key was used for another request.
    IdempotencyKeyReused,
    /// A request with this idempotency key is being carried out.
    StillRunning,
    /// The store of answers has no room.
    StoreFull,
    /// The answer is a stream, which cannot be kept.
    StreamedAnswer,
    /// The body is not declared as what the endpoint reads.
    ContentType,
    /// The body or query cannot be decoded at all.
    Malformed,
    /// The input breaks rules.
    Invalid,
    /// The request does not say which version it is about.
    PreconditionRequired,
    /// The handler panicked, or a predicate, store or rule of the user.
    Panicked,
    /// The handler's declaration does not fit its arguments.
    Misdeclared,
}

impl Reason {
    /// A stable code for audit events.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoRoute => "no_route",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::NoConnectionInfo => "no_connection_info",
            Self::TooLarge => "too_large",
            Self::SlowBody => "slow_body",
            Self::QuotaExceeded => "quota_exceeded",
            Self::NoCredential => "no_credential",
            Self::Credential(error) => error.code(),
            Self::Token(error) => error.code(),
            Self::ApiKey(code) => code,
            Self::Certificate(fault) => fault.code(),
            #[cfg(feature = "certificates")]
            Self::ForwardedCertificate(error) => error.code(),
            Self::Transport => "transport",
            Self::Revoked => "revoked",
            Self::Introspection(fault) => fault.code(),
            Self::Signature(error) => error.code(),
            Self::Webhook(error) => error.code(),
            Self::SchemeNotAccepted => "scheme_not_accepted",
            Self::InsufficientScope => "insufficient_scope",
            Self::Proof(error) => error.code(),
            Self::StaleLogin => "stale_login",
            Self::WeakLogin => "weak_login",
            Self::NotSenderConstrained => "not_sender_constrained",
            Self::Forbidden => "forbidden",
            Self::NoObject => "no_object",
            Self::HiddenObject => "hidden_object",
            Self::Indeterminate => "indeterminate",
            Self::StoreOutage => "store_outage",
            Self::IdempotencyKey(InvalidKey::Missing) => "no_idempotency_key",
            Self::IdempotencyKey(InvalidKey::Malformed) => "malformed_idempotency_key",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::StillRunning => "still_running",
            Self::StoreFull => "store_full",
            Self::StreamedAnswer => "streamed_answer",
            Self::ContentType => "content_type",
            Self::Malformed => "malformed",
            Self::Invalid => "invalid",
            Self::PreconditionRequired => "precondition_required",
            Self::Panicked => "panicked",
            Self::Misdeclared => "misdeclared",
        }
    }
}

/// A request that goes no further.
#[derive(Debug)]
pub struct Refusal {
    reason: Reason,
    told: Told,
}

/// What the client is told.
#[derive(Debug)]
enum Told {
    /// A problem of this request alone.
    Once(Problem),
    /// One that stands written.
    Posted(Arc<Notice>),
}

impl Refusal {
    pub(crate) const fn new(reason: Reason, problem: Problem) -> Self {
        Self { reason, told: Told::Once(problem) }
    }

    pub(super) const fn posted(reason: Reason, notice: Arc<Notice>) -> Self {
        Self { reason, told: Told::Posted(notice) }
    }

    pub(crate) fn too_large() -> Self {
        let problem = Problem::fixed(
            StatusCode::PAYLOAD_TOO_LARGE,
            "urn:palisade:problem:too-large",
            "the body is larger than this endpoint accepts",
        );
        Self::new(Reason::TooLarge, problem)
    }

    pub(crate) fn no_route() -> Self {
        Self::new(Reason::NoRoute, Problem::not_found())
    }

    pub(crate) fn method_not_allowed() -> Self {
        let problem = Problem::fixed(
            StatusCode::METHOD_NOT_ALLOWED,
            "urn:palisade:problem:method-not-allowed",
            "this method is not offered here",
        );
        Self::new(Reason::MethodNotAllowed, problem)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(Reason::NoObject, Problem::not_found())
    }

    /// Looks like [`Refusal::not_found`] from outside.
    pub(crate) fn hidden_object() -> Self {
        Self::new(Reason::HiddenObject, Problem::not_found())
    }

    pub(crate) fn unavailable(reason: Reason) -> Self {
        Self::new(reason, Problem::unavailable())
    }

    pub(crate) fn internal(reason: Reason) -> Self {
        Self::new(reason, Problem::internal())
    }

    /// Why, for the audit log.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// What the client sees.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        match &self.told {
            Told::Once(problem) => problem,
            Told::Posted(notice) => notice.problem(),
        }
    }

    /// The answer of this endpoint to a request with these header fields, complete but for its rates.
    pub(super) fn into_answer(self, mounted: &Mounted, languages: &Languages, headers: &HeaderMap) -> Answer {
        match self.told {
            Told::Once(problem) => {
                let mut answer = languages.tell(problem, headers).into_answer();
                respond::complete(mounted, &mut answer);
                answer
            }
            Told::Posted(notice) => notice.answer(),
        }
    }

    pub(crate) fn into_problem(self) -> Problem {
        match self.told {
            Told::Once(problem) => problem,
            Told::Posted(notice) => notice.problem().without_report(),
        }
    }
}
