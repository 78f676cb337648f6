//! Where we judge otherwise than the others, and why. Nothing else may differ, and what stands here does.

use palisade::auth::TokenError;

use crate::{mutants::Mutant, opinions::Oracle};

use Oracle::{Jose, PyJwt};

/// A kind of token that we refuse and others accept.
pub(crate) struct Stricter {
    /// What we say of it, by code and claim.
    pub(crate) ours: &'static str,
    /// Who accepts some of them.
    pub(crate) accepted_by: &'static [Oracle],
    /// One of these changes was made to it.
    pub(crate) changes: &'static [&'static str],
    /// Why we refuse it.
    #[expect(dead_code, reason = "it is for those who read the list")]
    reason: &'static str,
}

/// A kind of token that we accept and others refuse.
pub(crate) struct Laxer {
    pub(crate) refused_by: Oracle,
    /// How their verdict begins.
    pub(crate) verdict: &'static str,
    pub(crate) changes: &'static [&'static str],
    /// Why we accept it.
    #[expect(dead_code, reason = "it is for those who read the list")]
    reason: &'static str,
}

const fn stricter(
    ours: &'static str,
    accepted_by: &'static [Oracle],
    changes: &'static [&'static str],
    reason: &'static str,
) -> Stricter {
    Stricter { ours, accepted_by, changes, reason }
}

const BOTH: &[Oracle] = &[Jose, PyJwt];

pub(crate) const STRICTER: &[Stricter] = &[
    stricter(
        "bad_encoding",
        BOTH,
        &["padding", "last letter", "letter changed", "letter more", "letter less", "other alphabet"],
        "RFC 7515 has one spelling of a segment: without padding and white space, with zeros in the bits that mean nothing",
    ),
    stricter(
        "bad_header",
        BOTH,
        &["header with", "deep", "header cty", "header kid", "header typ"],
        "the header is one object in UTF-8 without a byte order mark, names once and at a bounded depth, whose registered \
         members are texts (RFC 7515, section 4; RFC 8725bis)",
    ),
    stricter(
        "bad_claims",
        BOTH,
        &["claims with", "deep"],
        "the claims are one object in UTF-8, without a byte order mark, names once and at a bounded depth, in JSON proper: \
         Python also reads `NaN`",
    ),
    stricter(
        "unsupported_header",
        BOTH,
        &["header enc", "header zip", "header b64", "header crit", "header cty"],
        "`enc` and `zip` belong to encrypted tokens, `cty` says that another token is inside, and nothing critical is understood",
    ),
    stricter(
        "not_an_access_token",
        BOTH,
        &["claim nonce", "claim at_hash", "claim c_hash", "claim events"],
        "an ID token or a logout token in disguise",
    ),
    stricter("malformed_claim sub", BOTH, &["claim sub"], "a subject is a text that is not empty"),
    stricter("malformed_claim client_id", BOTH, &["claim client_id"], "RFC 9068 says that it is a text"),
    stricter("malformed_claim jti", BOTH, &["claim jti"], "a name is a text that is not empty"),
    stricter("malformed_claim acr", BOTH, &["claim acr"], "demands are compared with it: a text"),
    stricter("malformed_claim auth_time", BOTH, &["claim auth_time"], "demands are compared with it: a time"),
    stricter("malformed_claim scope", BOTH, &["claim scope"], "rights are read from it: a text or texts"),
    stricter("malformed_claim roles", BOTH, &["claim roles"], "rights are read from it: texts"),
    stricter("malformed_claim cnf", BOTH, &["claim cnf"], "a binding that is not understood is no binding"),
    stricter("malformed_claim aud", &[Jose], &["claim aud"], "RFC 7519: a text or texts, and nothing beside them"),
    stricter(
        "malformed_claim exp",
        BOTH,
        &["claim exp"],
        "a number of seconds since 1970 that counts single seconds; Python also reads a text as one",
    ),
    stricter("malformed_claim iat", BOTH, &["claim iat"], "as `exp`"),
    stricter("malformed_claim nbf", BOTH, &["claim nbf"], "as `exp`"),
    stricter("issued_in_future", &[PyJwt], &["claim iat: 1800000030.5"], "PyJWT leaves half a second out"),
];

pub(crate) const LAXER: &[Laxer] = &[Laxer {
    refused_by: PyJwt,
    verdict: "ExpiredSignatureError",
    changes: &["claim exp: 1799999970.5"],
    reason: "RFC 7519 lets a time have a fraction: it is over half a second later. PyJWT leaves the half out",
}];

/// What we say of a token, by code and claim.
pub(crate) fn code(error: TokenError) -> String {
    match error {
        TokenError::MalformedClaim(claim) | TokenError::MissingClaim(claim) => {
            format!("{} {}", error.code(), claim.name())
        }
        other => other.code().to_owned(),
    }
}

impl Stricter {
    pub(crate) fn explains(&self, oracle: Oracle, ours: &str, mutant: &Mutant) -> bool {
        self.ours == ours && self.accepted_by.contains(&oracle) && mutant.was_changed(self.changes)
    }
}

impl Laxer {
    pub(crate) fn explains(&self, oracle: Oracle, verdict: &str, mutant: &Mutant) -> bool {
        self.refused_by == oracle && verdict.starts_with(self.verdict) && mutant.was_changed(self.changes)
    }
}
