//! The error answers that an operation can really give, shared by all operations that give them.

use std::collections::BTreeSet;

use schemars::Schema;

use super::{
    headers::{self, Header},
    model::{Location, MediaType, Pairs, Referable, Response},
    operation::{Draft, Operation, OwnProblems, Precondition},
    problem::Invalid,
    schemas::Schemas,
};
use crate::{
    policy::{Access, Api, Endpoint, Exposure, SchemeKind},
    problem::Problem,
};

/// An error answer of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    Malformed,
    /// Where an idempotency key is needed.
    MalformedOrKeyless,
    Unauthenticated,
    /// On a public endpoint, where no credential is needed.
    InvalidCredential,
    Forbidden,
    NotFound,
    SlowBody,
    /// What is to be changed is not what the request is about.
    PreconditionFailed,
    TooLarge,
    ContentType,
    Invalid,
    /// The request does not say which version it is about.
    PreconditionRequired,
    /// Where an idempotency key is needed.
    StillRunning,
    /// Where an idempotency key is needed.
    InvalidOrReused,
    QuotaExceeded,
    Internal,
    Unavailable,
    /// What the handler itself answers.
    Other,
}

impl Refusal {
    const ALL: [Self; 18] = [
        Self::Malformed,
        Self::MalformedOrKeyless,
        Self::Unauthenticated,
        Self::InvalidCredential,
        Self::Forbidden,
        Self::NotFound,
        Self::SlowBody,
        Self::StillRunning,
        Self::PreconditionFailed,
        Self::TooLarge,
        Self::ContentType,
        Self::Invalid,
        Self::PreconditionRequired,
        Self::InvalidOrReused,
        Self::QuotaExceeded,
        Self::Internal,
        Self::Unavailable,
        Self::Other,
    ];

    const fn status(self) -> &'static str {
        match self {
            Self::Malformed | Self::MalformedOrKeyless => "400",
            Self::Unauthenticated | Self::InvalidCredential => "401",
            Self::Forbidden => "403",
            Self::NotFound => "404",
            Self::SlowBody => "408",
            Self::PreconditionFailed => "412",
            Self::TooLarge => "413",
            Self::ContentType => "415",
            Self::Invalid | Self::InvalidOrReused => "422",
            Self::PreconditionRequired => "428",
            Self::StillRunning => "409",
            Self::QuotaExceeded => "429",
            Self::Internal => "500",
            Self::Unavailable => "503",
            Self::Other => "default",
        }
    }

    /// The name among the components.
    const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "Malformed",
            Self::MalformedOrKeyless => "MalformedOrKeyless",
            Self::Unauthenticated => "Unauthenticated",
            Self::InvalidCredential => "InvalidCredential",
            Self::Forbidden => "Forbidden",
            Self::NotFound => "NotFound",
            Self::SlowBody => "SlowBody",
            Self::PreconditionFailed => "PreconditionFailed",
            Self::TooLarge => "TooLarge",
            Self::ContentType => "ContentType",
            Self::Invalid => "Invalid",
            Self::PreconditionRequired => "PreconditionRequired",
            Self::StillRunning => "StillRunning",
            Self::InvalidOrReused => "InvalidOrReused",
            Self::QuotaExceeded => "QuotaExceeded",
            Self::Internal => "Internal",
            Self::Unavailable => "Unavailable",
            Self::Other => "Other",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be decoded, or presents more than one credential.",
            Self::MalformedOrKeyless => {
                "The request cannot be decoded, presents more than one credential, or lacks its `Idempotency-Key`."
            }
            Self::Unauthenticated => {
                "There is no valid credential, or the login is too old or too weak for this operation."
            }
            Self::InvalidCredential => "No credential is needed, and the one that was presented is not valid.",
            Self::Forbidden => "The caller may not do this.",
            Self::NotFound => "There is no such thing, or the caller may not see it.",
            Self::SlowBody => "The body took too long to arrive.",
            Self::PreconditionFailed => {
                "What is there is not what the request is about, by `If-Match` or `If-None-Match`."
            }
            Self::StillRunning => "The same request is being carried out, under the same `Idempotency-Key`.",
            Self::TooLarge => "The body is larger than this operation accepts.",
            Self::ContentType => "The body is not declared as what this operation reads.",
            Self::Invalid => "The request breaks rules of this operation.",
            Self::PreconditionRequired => "`If-Match` has to say which version the request is about.",
            Self::InvalidOrReused => {
                "The request breaks rules of this operation, or its `Idempotency-Key` was used for another one."
            }
            Self::QuotaExceeded => "Too many requests.",
            Self::Internal => "Something went wrong on our side.",
            Self::Unavailable => "A service that this request needs does not answer.",
            Self::Other => "Another problem, as its `type` says.",
        }
    }

    /// A request is counted by its address first and by its caller once the caller is known and may call. What is
    /// refused before that tells no standing.
    const fn headers(self) -> &'static [Header] {
        use Header::{
            AllowedOrigin, Challenge, ChallengeIfAny, RateLimit, RateLimitOnceCounted, RateLimitPolicy, RetryAfter,
        };
        match self {
            Self::Malformed | Self::MalformedOrKeyless | Self::Forbidden => {
                &[RateLimitPolicy, RateLimitOnceCounted, ChallengeIfAny, AllowedOrigin]
            }
            Self::Unauthenticated => &[RateLimitPolicy, RateLimitOnceCounted, Challenge, AllowedOrigin],
            // Where the gate knows no scheme at all, there is nothing to send instead.
            Self::InvalidCredential => &[RateLimitPolicy, RateLimitOnceCounted, ChallengeIfAny, AllowedOrigin],
            Self::TooLarge => &[RateLimitPolicy, RateLimitOnceCounted, AllowedOrigin],
            Self::NotFound
            | Self::SlowBody
            | Self::PreconditionFailed
            | Self::InvalidOrReused
            | Self::ContentType
            | Self::Invalid
            | Self::PreconditionRequired
            | Self::Internal
            | Self::Other => &[RateLimitPolicy, RateLimit, AllowedOrigin],
            Self::StillRunning | Self::QuotaExceeded => &[RateLimitPolicy, RateLimit, RetryAfter, AllowedOrigin],
            Self::Unavailable => &[RateLimitPolicy, RateLimitOnceCounted, RetryAfter, AllowedOrigin],
        }
    }
}

/// What the gate can answer for an endpoint instead of its handler.
pub(super) fn of(api: &Api, endpoint: &'static Endpoint, draft: &Draft) -> BTreeSet<Refusal> {
    // Any request can carry two credentials, a bad one, a body or a query nobody reads, come too often, or meet an
    // outage or a panic.
    let mut refusals =
        BTreeSet::from([Refusal::TooLarge, Refusal::QuotaExceeded, Refusal::Internal, Refusal::Unavailable]);
    refusals.extend(match endpoint.idempotent() {
        None => &[Refusal::Malformed, Refusal::Invalid][..],
        Some(_) => &[Refusal::MalformedOrKeyless, Refusal::StillRunning, Refusal::InvalidOrReused],
    });
    refusals.insert(match endpoint.exposure() {
        Exposure::Guarded => Refusal::Unauthenticated,
        Exposure::Public { .. } => Refusal::InvalidCredential,
    });
    // A kept answer is not given again to a caller who may see less by now.
    let may_see_less = || endpoint.idempotent().is_some() && !Operation::demands(endpoint).is_empty();
    // What has no login cannot step up.
    let has_no_login = || api.schemes_of(endpoint).any(|scheme| scheme.kind() != SchemeKind::OAuth2);
    let has_demands = api.access_of(endpoint).next().is_some();
    let over_tls = api.transport_of(endpoint).is_some();
    if api.access_of(endpoint).any(forbids) || (has_demands && has_no_login()) || may_see_less() || over_tls {
        refusals.insert(Refusal::Forbidden);
    }
    if draft.parameters.iter().any(|parameter| parameter.location == Location::Path) {
        refusals.insert(Refusal::NotFound);
    }
    if draft.body.is_some() {
        refusals.insert(Refusal::ContentType);
        refusals.insert(Refusal::SlowBody);
    }
    match draft.precondition {
        Precondition::Demanded => refusals.extend([Refusal::PreconditionFailed, Refusal::PreconditionRequired]),
        Precondition::Possible => {
            refusals.insert(Refusal::PreconditionFailed);
        }
        Precondition::None => {}
    }
    match draft.own_problems {
        OwnProblems::Yes => {
            refusals.insert(Refusal::Other);
        }
        OwnProblems::No => {}
    }
    refusals
}

/// Whether who came with a token can be denied for another reason than their login or that the token is not bound, which is
/// answered with 401.
fn forbids(access: &Access) -> bool {
    match access {
        Access::Scope(_)
        | Access::Role(_)
        | Access::Kinds(_)
        | Access::Predicate(_)
        | Access::Owner
        | Access::Not(_) => true,
        Access::Fresh(_) | Access::Acr(_) | Access::Mfa | Access::SenderConstrained => false,
        Access::All(parts) | Access::Any(parts) => parts.iter().any(forbids),
    }
}

/// The status of a refusal and where it is described.
pub(super) fn reference(refusal: Refusal) -> (&'static str, Referable<Response>) {
    (refusal.status(), Referable::Reference { place: format!("#/components/responses/{}", refusal.name()) })
}

/// The schemas of problems, which have their names before any type of the user's.
pub(super) struct Problems {
    problem: Schema,
    invalid: Schema,
}

impl Problems {
    pub(super) fn new(schemas: &mut Schemas) -> Self {
        Self { problem: schemas.output::<Problem>(), invalid: schemas.output::<Invalid>() }
    }
}

/// The refusals that are used, to be referred to.
pub(super) fn components(used: &BTreeSet<Refusal>, problems: &Problems) -> Pairs<Response> {
    let mut components = Pairs::new();
    for refusal in Refusal::ALL.into_iter().filter(|refusal| used.contains(refusal)) {
        let schema = match refusal {
            Refusal::Invalid | Refusal::InvalidOrReused => &problems.invalid,
            Refusal::Malformed
            | Refusal::MalformedOrKeyless
            | Refusal::StillRunning
            | Refusal::Unauthenticated
            | Refusal::InvalidCredential
            | Refusal::Forbidden
            | Refusal::NotFound
            | Refusal::SlowBody
            | Refusal::PreconditionFailed
            | Refusal::TooLarge
            | Refusal::ContentType
            | Refusal::PreconditionRequired
            | Refusal::QuotaExceeded
            | Refusal::Internal
            | Refusal::Unavailable
            | Refusal::Other => &problems.problem,
        };
        let mut content = Pairs::new();
        content.push("application/problem+json", MediaType::of(schema.clone()));
        let response = Response {
            description: refusal.description().to_owned(),
            headers: headers::references(refusal.headers()),
            content,
        };
        components.push(refusal.name(), response);
    }
    components
}
