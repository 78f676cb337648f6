//! What is said to a request whose credentials are missing, damaged or not good: one challenge for each scheme that would do.

use http::{HeaderValue, StatusCode, header};

use super::{Arrival, Mounted, Reason, Refusal};
use crate::{
    auth::{Challenges, CredentialError, ProofAdvice, ProofError, TokenScheme},
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

/// 401 for a token that is not good, by the scheme that it came by.
#[cold]
pub(super) fn bad_token(arrival: &Arrival<'_>, scheme: TokenScheme, reason: Reason) -> Refusal {
    match (scheme, &arrival.mounted.by_dpop) {
        (TokenScheme::Dpop, Some(by_dpop)) => refused_by_dpop(arrival.mounted, reason, by_dpop.invalid_token()),
        (TokenScheme::Bearer, _) | (TokenScheme::Dpop, None) => {
            unauthenticated(arrival.mounted, SchemeKind::OAuth2, reason)
        }
    }
}

/// 401 for a proof that is not good, with the nonce for the next one where that is what it lacks (RFC 9449, section 9).
#[cold]
pub(super) fn bad_proof(arrival: &Arrival<'_>, error: ProofError) -> Refusal {
    let (mounted, reason) = (arrival.mounted, Reason::Proof(error));
    let Some(by_dpop) = &mounted.by_dpop else {
        return unauthenticated(mounted, SchemeKind::OAuth2, reason);
    };
    match error.advice() {
        ProofAdvice::AnotherToken => refused_by_dpop(mounted, reason, by_dpop.invalid_token()),
        ProofAdvice::AnotherProof => refused_by_dpop(mounted, reason, by_dpop.invalid_proof()),
        ProofAdvice::WithNonce => {
            let nonce = arrival.keeper.dpop.as_ref().and_then(|dpop| dpop.nonce(arrival.now));
            if let Some(nonce) = nonce.and_then(|nonce| HeaderValue::try_from(nonce).ok()) {
                // The first stands: no request has a second token.
                let _ = arrival.next_nonce.set(nonce);
            }
            refused_by_dpop(mounted, reason, by_dpop.use_nonce())
        }
    }
}

fn refused_by_dpop(mounted: &Mounted, reason: Reason, challenge: HeaderValue) -> Refusal {
    Refusal::new(reason, challenged(mounted, SchemeKind::OAuth2, &Fault::OfProof(challenge)))
}

/// 401 with one challenge for each scheme that would do; on a public endpoint, for the one that failed. Its body is the same
/// for every reason.
#[cold]
pub(in crate::gate) fn unauthenticated(mounted: &Mounted, failed: SchemeKind, reason: Reason) -> Refusal {
    // What is wrong is said only of what was presented: nothing presented is no error (RFC 6750, section 3.1).
    let presented = !matches!(
        reason,
        Reason::NoCredential | Reason::SchemeNotAccepted | Reason::Credential(CredentialError::UnknownScheme)
    );
    let fault = if presented { Fault::OfCredential } else { Fault::None };
    mounted.notices.unauthenticated(failed, presented).refusal(mounted, reason, || challenged(mounted, failed, &fault))
}

/// What is wrong with what was presented by the scheme that failed.
enum Fault {
    /// Nothing that is told.
    None,
    /// It is not good.
    OfCredential,
    /// It is not good with its proof, as this challenge says.
    OfProof(HeaderValue),
}

fn challenged(mounted: &Mounted, failed: SchemeKind, fault: &Fault) -> Problem {
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
    let of = |kind: SchemeKind| if kind.is_like(failed) { fault } else { &Fault::None };
    asked
        .into_iter()
        .flat_map(|kind| challenges_of(mounted, challenges, kind, of(kind)))
        .flatten()
        .fold(problem, |problem, challenge| problem.with_header(header::WWW_AUTHENTICATE, challenge))
}

/// The challenges of a scheme: tokens are asked for alone and, where the gate knows what to make of it, with a proof.
fn challenges_of(
    mounted: &Mounted,
    challenges: &Challenges,
    kind: SchemeKind,
    fault: &Fault,
) -> [Option<HeaderValue>; 2] {
    match kind {
        SchemeKind::OAuth2 => {
            let by_dpop = mounted.by_dpop.as_ref();
            match fault {
                Fault::None => [Some(challenges.token()), by_dpop.map(Challenges::token)],
                Fault::OfCredential => [Some(challenges.invalid_token()), by_dpop.map(Challenges::token)],
                Fault::OfProof(challenge) => [Some(challenge.clone()), Some(challenges.token())],
            }
        }
        SchemeKind::ApiKey { .. } => [mounted.api_key_header.as_ref().map(|name| challenges.api_key(name)), None],
        SchemeKind::MutualTls => [Some(challenges.named("ClientCertificate")), None],
        SchemeKind::Signature => [Some(challenges.named("Signature")), None],
        SchemeKind::Webhook => [Some(challenges.named("Webhook")), None],
    }
}
