//! A JWT that carries the key it is signed with: here, and nowhere else, a key comes from a header.

use serde_json::{Map, Value};

use super::{ProofError, thumbprint::thumbprint};
use crate::auth::{
    Algorithm,
    jose::{base64url, json, jwk},
    jws,
};

/// The longest proof that is looked at, in bytes: one with an RSA key of 8192 bits has room in it.
pub(super) const LONGEST_PROOF: usize = 4 * 1024;

/// Bytes of the longest signature: RSA with 8192 bits.
const LONGEST_SIGNATURE: usize = 1024;

/// Every member by which a JWK is no longer public (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Claims that were signed with the key whose thumbprint this is.
pub(super) struct Embedded {
    pub(super) claims: Map<String, Value>,
    pub(super) thumbprint: [u8; 32],
}

/// Reads a proof whose header says `typ` and one of `algorithms`, and verifies it with its own key.
pub(super) fn read(proof: &str, algorithms: &[Algorithm]) -> Result<Embedded, ProofError> {
    if LONGEST_PROOF < proof.len() {
        return Err(ProofError::TooLong);
    }
    let (signed, signature) = proof.rsplit_once('.').ok_or(ProofError::NotCompact)?;
    let (header, payload) = signed.split_once('.').ok_or(ProofError::NotCompact)?;
    if payload.contains('.') {
        return Err(ProofError::NotCompact);
    }
    let decode = |segment| base64url::decode(segment).map_err(|_| ProofError::NotCompact);
    let mut header = json::object(&decode(header)?).map_err(|_| ProofError::BadHeader)?;
    let algorithm = check(&header, algorithms)?;
    let Some(Value::Object(jwk)) = header.remove("jwk") else { return Err(ProofError::BadHeader) };
    if PRIVATE.iter().any(|member| jwk.contains_key(*member)) {
        return Err(ProofError::PrivateKey);
    }
    let thumbprint = thumbprint(&jwk).ok_or(ProofError::BadKey)?;
    let key = key(jwk, algorithm)?;
    let mut buffer = [0; LONGEST_SIGNATURE];
    let signature = base64url::decode_into(signature, &mut buffer).map_err(|_| ProofError::NotCompact)?;
    if !key.verifies(signed.as_bytes(), signature) {
        return Err(ProofError::BadSignature);
    }
    let claims = json::object(&decode(payload)?).map_err(|_| ProofError::BadClaims)?;
    Ok(Embedded { claims, thumbprint })
}

/// Checks the header but for its key.
fn check(header: &Map<String, Value>, algorithms: &[Algorithm]) -> Result<Algorithm, ProofError> {
    // Nothing that is critical is understood, and what belongs to encrypted or nested tokens is no proof.
    if ["crit", "b64", "zip", "enc", "cty"].iter().any(|member| header.contains_key(*member)) {
        return Err(ProofError::BadHeader);
    }
    let kind = header.get("typ").and_then(Value::as_str).ok_or(ProofError::WrongType)?;
    if !jws::is_media_type(kind, "dpop+jwt") {
        return Err(ProofError::WrongType);
    }
    let algorithm = header.get("alg").and_then(Value::as_str).and_then(Algorithm::named);
    algorithm.filter(|algorithm| algorithms.contains(algorithm)).ok_or(ProofError::AlgorithmNotAccepted)
}

/// The key for exactly this algorithm. Keys in proofs name none of their own as a rule, and RSA leaves six to choose from:
/// then it is the header's. A client signs with its own key here, so nobody is misled by its choice.
fn key(mut jwk: Map<String, Value>, algorithm: Algorithm) -> Result<crate::auth::Key, ProofError> {
    jwk.entry("alg").or_insert_with(|| Value::from(algorithm.name()));
    let key = jwk::key(&jwk).map_err(|_| ProofError::BadKey)?;
    if key.algorithm() == algorithm { Ok(key) } else { Err(ProofError::BadKey) }
}
