//! What is said to a request whose credentials are missing, damaged or not good: one challenge for each scheme that would do.

use http::{HeaderValue, StatusCode, header};

use super::{Mounted, Reason, Refusal};
use crate::{
    auth::{Challenges, CredentialError},
    policy::{Exposure, SchemeKind},
    problem::Problem,
};

/// The refusal of credentials that cannot be read.
#[cold]
pub(super) fn unusable(mounted: &Mounted, error: CredentialError) -> Refusal {
    if error.is_bad_request() {
        return ambiguous(mounted, error);
    }
    let kind = match error {
        CredentialError::MalformedApiKey => SchemeKind::ApiKey { header: "" },
        CredentialError::RepeatedHeader
        | CredentialError::SeveralCredentials
        | CredentialError::UnknownScheme
        | CredentialError::MalformedToken => SchemeKind::OAuth2,
    };
    unauthenticated(mounted, kind, Reason::Credential(error))
}

/// 400: the request presents its credentials in a way that has no meaning.
#[cold]
pub(super) fn ambiguous(mounted: &Mounted, error: CredentialError) -> Refusal {
    let mut problem =
        Problem::fixed(StatusCode::BAD_REQUEST, "urn:palisade:problem:invalid-request", "present one credential, once");
    if let (Some(challenges), true) = (&mounted.challenges, mounted.accepts(SchemeKind::OAuth2)) {
        problem = problem.with_header(header::WWW_AUTHENTICATE, challenges.invalid_request());
    }
    Refusal::new(Reason::Credential(error), problem)
}

/// 401 with one challenge for each scheme that would do; on a public endpoint, for the one that failed. Its body is the same
/// for every reason.
#[cold]
pub(super) fn unauthenticated(mounted: &Mounted, failed: SchemeKind, reason: Reason) -> Refusal {
    // What is wrong is said only of what was presented: nothing presented is no error (RFC 6750, section 3.1).
    let presented = !matches!(
        reason,
        Reason::NoCredential | Reason::SchemeNotAccepted | Reason::Credential(CredentialError::UnknownScheme)
    );
    mounted
        .notices
        .unauthenticated(failed, presented)
        .refusal(mounted, reason, || challenged(mounted, failed, presented))
}

fn challenged(mounted: &Mounted, failed: SchemeKind, presented: bool) -> Problem {
    let problem = Problem::fixed(
        StatusCode::UNAUTHORIZED,
        "urn:palisade:problem:unauthenticated",
        "a valid credential is needed",
    );
    let Some(challenges) = &mounted.challenges else { return problem };
    let asked: Vec<SchemeKind> = match mounted.exposure {
        Exposure::Guarded => mounted.schemes.clone(),
        Exposure::Public { .. } => vec![failed],
    };
    let bad = |kind: SchemeKind| presented && kind.is_like(failed);
    asked.into_iter().fold(problem, |problem, kind| match challenge(mounted, challenges, kind, bad(kind)) {
        Some(challenge) => problem.with_header(header::WWW_AUTHENTICATE, challenge),
        None => problem,
    })
}

fn challenge(mounted: &Mounted, challenges: &Challenges, kind: SchemeKind, is_bad: bool) -> Option<HeaderValue> {
    match kind {
        SchemeKind::OAuth2 if is_bad => Some(challenges.invalid_token()),
        SchemeKind::OAuth2 => Some(challenges.bearer()),
        SchemeKind::ApiKey { .. } => mounted.api_key_header.as_ref().map(|name| challenges.api_key(name)),
        SchemeKind::MutualTls => Some(challenges.named("ClientCertificate")),
        SchemeKind::Signature => Some(challenges.named("Signature")),
        SchemeKind::Webhook => Some(challenges.named("Webhook")),
    }
}
