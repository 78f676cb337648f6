//! Where we judge otherwise than the others, and why. Nothing else may differ, and what stands here does.

use palisade::auth::TokenError;

use crate::{mutants::Mutant, opinions::Oracle};

use Oracle::{Jose, Oauth4webapi, PyJwt};

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

const ALL: &[Oracle] = &[Jose, PyJwt, Oauth4webapi];

const STRICTER: &[Stricter] = &[
    stricter(
        "bad_encoding",
        ALL,
        &["padding", "last letter", "letter changed", "letter more", "letter less", "other alphabet"],
        "RFC 7515 has one spelling of a segment: without padding and white space, with zeros in the bits that mean nothing",
    ),
    stricter(
        "bad_header",
        ALL,
        &["header with", "deep", "header cty", "header kid", "header typ"],
        "the header is one object in UTF-8 without a byte order mark, names once and at a bounded depth, whose registered \
         members are texts (RFC 7515, section 4; RFC 8725bis)",
    ),
    stricter(
        "bad_claims",
        ALL,
        &["claims with", "deep"],
        "the claims are one object in UTF-8, without a byte order mark, names once and at a bounded depth, in JSON proper: \
         Python also reads `NaN`",
    ),
    stricter(
        "unsupported_header",
        ALL,
        &["header enc", "header zip", "header b64", "header crit", "header cty"],
        "`enc` and `zip` belong to encrypted tokens, `cty` says that another token is inside, and nothing critical is understood",
    ),
    stricter(
        "not_an_access_token",
        ALL,
        &["claim nonce", "claim at_hash", "claim c_hash", "claim events"],
        "an ID token or a logout token in disguise",
    ),
    stricter("malformed_claim sub", ALL, &["claim sub"], "a subject is a text that is not empty"),
    stricter("malformed_claim client_id", ALL, &["claim client_id"], "RFC 9068 says that it is a text"),
    stricter("malformed_claim jti", ALL, &["claim jti"], "a name is a text that is not empty"),
    stricter("malformed_claim acr", ALL, &["claim acr"], "demands are compared with it: a text"),
    stricter("malformed_claim amr", ALL, &["claim amr"], "demands are compared with it: texts"),
    stricter("malformed_claim auth_time", ALL, &["claim auth_time"], "demands are compared with it: a time"),
    stricter("malformed_claim scope", ALL, &["claim scope"], "rights are read from it: a text or texts"),
    stricter("malformed_claim roles", ALL, &["claim roles"], "rights are read from it: texts"),
    stricter("malformed_claim cnf", ALL, &["claim cnf"], "a binding that is not understood is no binding"),
    stricter(
        "malformed_claim aud",
        &[Jose, Oauth4webapi],
        &["claim aud"],
        "RFC 7519: a text or texts, and nothing beside them",
    ),
    stricter(
        "malformed_claim exp",
        ALL,
        &["claim exp"],
        "a number of seconds since 1970 that counts single seconds; Python also reads a text as one",
    ),
    stricter("malformed_claim iat", ALL, &["claim iat"], "as `exp`"),
    stricter("malformed_claim nbf", ALL, &["claim nbf"], "as `exp`"),
    stricter(
        "issued_in_future",
        &[Oauth4webapi],
        &["claim iat"],
        "who has a clock that wrong is not believed the rest",
    ),
    stricter("not_yet_valid", &[PyJwt], &["claim nbf: 1800000030.5"], "PyJWT leaves half a second out"),
    stricter("issued_in_future", &[PyJwt], &["claim iat: 1800000030.5"], "PyJWT leaves half a second out"),
];

const LAXER: &[Laxer] = &[Laxer {
    refused_by: PyJwt,
    verdict: "ExpiredSignatureError",
    changes: &["claim exp: 1799999970.5"],
    reason: "RFC 7519 lets a time have a fraction: it is over half a second later. PyJWT leaves the half out",
}];

/// Of proofs, another resource server alone is asked.
const SERVER: &[Oracle] = &[Oauth4webapi];

const STRICTER_PROOFS: &[Stricter] = &[
    stricter(
        "proof_bad_header",
        SERVER,
        &["header b64", "header zip"],
        "a payload is neither unencoded nor compressed, and there is no need to say so",
    ),
    stricter(
        "proof_bad_claims",
        SERVER,
        &["claim jti", "claim nonce", "claim exp", "claim nbf"],
        "a name and a nonce are texts of a bounded length, a time is a number that counts single seconds",
    ),
    stricter("proof_stale", SERVER, &["claim exp"], "clocks may differ by what `iat` allows for, and `exp` by nothing"),
    stricter("proof_bad_key", SERVER, &["header jwk"], "a key says what it is for, and this is not for verifying"),
    stricter(
        "proof_private_key",
        SERVER,
        &["header jwk"],
        "a public key has no member of a secret one, of whatever type",
    ),
    stricter(
        "proof_early",
        SERVER,
        &["claim iat", "claim nbf"],
        "a proof is made for now: five seconds ahead, not five minutes",
    ),
    stricter(
        "proof_wrong_target",
        SERVER,
        &["claim htu"],
        "an address is compared as it is written but for case, port and needless escapes: browsers repair more",
    ),
];

const LAXER_PROOFS: &[Laxer] = &[Laxer {
    refused_by: Oauth4webapi,
    verdict: "OAUTH_JWT_CLAIM_COMPARISON_FAILED: DPoP Proof htu mismatch",
    changes: &["/%6frders"],
    reason: "RFC 3986, section 6.2.2.2: a letter that is escaped needlessly is the same letter",
}];

/// In which tokens, or proofs, verdicts may differ.
pub(crate) struct Differences {
    pub(crate) stricter: &'static [Stricter],
    pub(crate) laxer: &'static [Laxer],
}

pub(crate) const OF_TOKENS: Differences = Differences { stricter: STRICTER, laxer: LAXER };
pub(crate) const OF_PROOFS: Differences = Differences { stricter: STRICTER_PROOFS, laxer: LAXER_PROOFS };

impl Differences {
    /// Every row, by who differs in it.
    pub(crate) fn listed(&self) -> impl Iterator<Item = (Oracle, &'static str)> {
        let stricter = self.stricter.iter().flat_map(|row| row.accepted_by.iter().map(|by| (*by, row.ours)));
        stricter.chain(self.laxer.iter().map(|row| (row.refused_by, row.verdict)))
    }
}

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
