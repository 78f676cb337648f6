//! Why a signature is refused: for the audit event only, except for an outage.

use std::fmt;

use crate::auth::{DigestError, ReplayFault};

/// Why a signed request is refused. A caller learns none of it.
///
/// ```
/// use palisade::auth::SignatureError;
///
/// assert_eq!(SignatureError::WrongSignature.code(), "wrong_signature");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureError {
    /// There is no signature at all.
    Missing,
    /// The fields are not what RFC 9421, section 4 says, too long, or say something twice.
    Malformed,
    /// Each signature needs its input, and the other way round; the labels differ.
    UnmatchedLabel,
    /// More than one signature could be meant.
    Ambiguous,
    /// No signature has the configured tag; or one has a tag, and none is configured.
    WrongTag,
    /// A parameter that is not known, or of another type than it has to be.
    WrongParameter,
    /// There is no `created`, no `keyid`, or one of no use.
    MissingParameter,
    /// It was made later than it is now.
    NotYetValid,
    /// It is older than signatures may be.
    TooOld,
    /// It has expired.
    Expired,
    /// No key has this `keyid`.
    UnknownKey,
    /// `alg` is another algorithm than the key's.
    AlgorithmMismatch,
    /// A component that does not exist, or not in a request.
    UnknownComponent,
    /// A component that is covered twice.
    DuplicateComponent,
    /// A component that is covered and not in the request, or there in a form that cannot be signed.
    AbsentComponent,
    /// A component that has to be covered is not.
    Uncovered,
    /// The signature is not by the key over the request.
    WrongSignature,
    /// The body is not the one that was signed.
    Content(DigestError),
    /// It was seen before.
    Replayed,
    /// Nobody can say whether it was seen before: neither allow nor deny (503).
    Store(ReplayFault),
}

impl SignatureError {
    /// A stable code for audit events and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::UnmatchedLabel => "unmatched_label",
            Self::Ambiguous => "ambiguous",
            Self::WrongTag => "wrong_tag",
            Self::WrongParameter => "wrong_parameter",
            Self::MissingParameter => "missing_parameter",
            Self::NotYetValid => "not_yet_valid",
            Self::TooOld => "too_old",
            Self::Expired => "expired",
            Self::UnknownKey => "unknown_key",
            Self::AlgorithmMismatch => "algorithm_mismatch",
            Self::UnknownComponent => "unknown_component",
            Self::DuplicateComponent => "duplicate_component",
            Self::AbsentComponent => "absent_component",
            Self::Uncovered => "uncovered",
            Self::WrongSignature => "wrong_signature",
            Self::Content(error) => error.code(),
            Self::Replayed => "replayed",
            Self::Store(ReplayFault::Full) => "store_full",
            Self::Store(ReplayFault::Outage) => "outage",
        }
    }
}

impl From<DigestError> for SignatureError {
    fn from(error: DigestError) -> Self {
        Self::Content(error)
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Missing => "the request is not signed",
            Self::Malformed => "`Signature-Input` or `Signature` is no dictionary as RFC 9421 wants it",
            Self::UnmatchedLabel => "`Signature-Input` and `Signature` have different labels",
            Self::Ambiguous => "more than one signature could be meant: configure a tag",
            Self::WrongTag => "no signature has the configured tag, or one has a tag where none is configured",
            Self::WrongParameter => "a parameter of the signature is unknown or of the wrong type",
            Self::MissingParameter => "the signature has no `created` or no `keyid`",
            Self::NotYetValid => "the signature was made in the future",
            Self::TooOld => "the signature is too old",
            Self::Expired => "the signature has expired",
            Self::UnknownKey => "no key has this `keyid`",
            Self::AlgorithmMismatch => "`alg` is not the algorithm of the key",
            Self::UnknownComponent => "the signature covers a component that requests do not have",
            Self::DuplicateComponent => "the signature covers a component twice",
            Self::AbsentComponent => "the signature covers what the request does not have, or not in that form",
            Self::Uncovered => "the signature does not cover what it has to",
            Self::WrongSignature => "the signature is not by this key over this request",
            Self::Content(error) => return error.fmt(out),
            Self::Replayed => "the signature was seen before",
            Self::Store(ReplayFault::Full) => "the store of seen signatures is full",
            Self::Store(ReplayFault::Outage) => "the store of seen signatures did not answer",
        })
    }
}

impl std::error::Error for SignatureError {}
