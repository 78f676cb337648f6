//! Why a client certificate is nobody's name. None of them says what stands in it.

use std::fmt;

/// Why a client certificate is not taken for a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CertificateFault {
    /// No authority of ours vouches for it: tokens may be bound to it, and nothing else.
    Unvouched,
    /// It does not decode strictly (RFC 5280).
    Malformed,
    /// It is an authority's own: such a key signs certificates, and is no caller's.
    Authority,
    /// It is not valid yet.
    NotYetValid,
    /// It is no longer valid.
    Expired,
    /// It has no SPIFFE id, and no other name is accepted.
    NoSpiffeId,
    /// It has more than one URI, of which nobody can say which is meant.
    SeveralUris,
    /// Its URI is no SPIFFE id of a workload.
    InvalidSpiffeId,
    /// Its SPIFFE id is of another trust domain.
    OtherTrustDomain,
    /// None of its names is accepted.
    Unknown,
    /// Several of its names are accepted, of which nobody can say which is meant.
    Ambiguous,
}

impl CertificateFault {
    /// A stable code for logs and audit events.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unvouched => "certificate_unvouched",
            Self::Malformed => "certificate_malformed",
            Self::Authority => "certificate_of_authority",
            Self::NotYetValid => "certificate_not_yet_valid",
            Self::Expired => "certificate_expired",
            Self::NoSpiffeId => "certificate_without_spiffe_id",
            Self::SeveralUris => "certificate_with_several_uris",
            Self::InvalidSpiffeId => "certificate_with_invalid_spiffe_id",
            Self::OtherTrustDomain => "certificate_of_other_trust_domain",
            Self::Unknown => "certificate_unknown",
            Self::Ambiguous => "certificate_ambiguous",
        }
    }
}

impl fmt::Display for CertificateFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Unvouched => "no authority of ours vouches for the certificate",
            Self::Malformed => "the certificate does not decode",
            Self::Authority => "the certificate is an authority's own",
            Self::NotYetValid => "the certificate is not valid yet",
            Self::Expired => "the certificate has expired",
            Self::NoSpiffeId => "the certificate has no SPIFFE id",
            Self::SeveralUris => "the certificate has more than one URI",
            Self::InvalidSpiffeId => "the URI of the certificate is no SPIFFE id of a workload",
            Self::OtherTrustDomain => "the certificate is of another trust domain",
            Self::Unknown => "no name of the certificate is accepted",
            Self::Ambiguous => "several names of the certificate are accepted",
        })
    }
}

impl std::error::Error for CertificateFault {}
