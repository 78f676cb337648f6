//! What an authorization server says about itself (RFC 8414, section 2; `OpenID` Connect Discovery 1.0, section 3).

use serde_json::{Map, Value};

use super::{IssuerError, place::Place};
use crate::auth::{Algorithm, jose::json};

/// The largest document that is read, in bytes.
const LARGEST: usize = 512 * 1024;

/// The metadata of an authorization server, as far as they are of use to a resource.
///
/// ```
/// use palisade::auth::{IssuerError, Metadata};
///
/// let text = r#"{"issuer": "https://id.shop.example", "jwks_uri": "https://id.shop.example/keys",
///                "introspection_endpoint": "https://id.shop.example/introspect"}"#;
/// let metadata = Metadata::read(text.as_bytes(), "https://id.shop.example")?;
/// assert_eq!(metadata.jwks_uri(), "https://id.shop.example/keys");
/// assert_eq!(metadata.introspection_endpoint(), Some("https://id.shop.example/introspect"));
///
/// // What somebody else says is not believed, however alike the names are.
/// assert_eq!(Metadata::read(text.as_bytes(), "https://id.shop.example/").err(), Some(IssuerError::OtherIssuer));
/// # Ok::<(), IssuerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    jwks: String,
    introspection: Option<String>,
    revocation: Option<String>,
    algorithms: Vec<Algorithm>,
}

impl Metadata {
    /// Reads the document of `issuer`, which it must name to the letter (RFC 8414, section 3.3).
    ///
    /// # Errors
    /// When it is no JSON object of at most 512 KiB without duplicate members, is of another issuer, or names a place for
    /// the keys that is not safe to ask.
    pub fn read(document: &[u8], issuer: &str) -> Result<Self, IssuerError> {
        if LARGEST < document.len() {
            return Err(IssuerError::NotMetadata);
        }
        let members = json::object(document).map_err(|_| IssuerError::NotMetadata)?;
        match text(&members, "issuer") {
            None => return Err(IssuerError::NotMetadata),
            Some(said) if said != issuer => return Err(IssuerError::OtherIssuer),
            Some(_) => {}
        }
        let local = Place::parse(issuer).is_some_and(|place| place.is_local());
        let endpoint = |name| text(&members, name).filter(|text| is_allowed(text, local)).map(String::from);
        let jwks = text(&members, "jwks_uri").ok_or(IssuerError::NoJwksUri)?;
        if !is_allowed(jwks, local) {
            return Err(IssuerError::InsecureJwksUri);
        }
        Ok(Self {
            jwks: String::from(jwks),
            introspection: endpoint("introspection_endpoint"),
            revocation: endpoint("revocation_endpoint"),
            algorithms: algorithms(&members),
        })
    }

    /// Where its keys are (`jwks_uri`).
    #[must_use]
    pub fn jwks_uri(&self) -> &str {
        &self.jwks
    }

    /// Where it says what a token is worth (`introspection_endpoint`, RFC 7662), if that is a safe place to ask.
    #[must_use]
    pub fn introspection_endpoint(&self) -> Option<&str> {
        self.introspection.as_deref()
    }

    /// Where a client withdraws its tokens (`revocation_endpoint`, RFC 7009), if that is a safe place.
    #[must_use]
    pub fn revocation_endpoint(&self) -> Option<&str> {
        self.revocation.as_deref()
    }

    /// What it signs ID tokens with, as far as it is known here. No metadata say it of access tokens, for which most issuers
    /// use the same; what verifies a token is decided by the key alone.
    #[must_use]
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.algorithms
    }
}

/// An issuer elsewhere has no say about what is asked on this machine.
fn is_allowed(text: &str, issuer_is_local: bool) -> bool {
    Place::parse(text).is_some_and(|place| issuer_is_local || !place.is_local())
}

fn text<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m str> {
    members.get(name).and_then(Value::as_str)
}

fn algorithms(members: &Map<String, Value>) -> Vec<Algorithm> {
    let list = members.get("id_token_signing_alg_values_supported").and_then(Value::as_array);
    let mut known: Vec<Algorithm> =
        list.into_iter().flatten().filter_map(Value::as_str).filter_map(Algorithm::named).collect();
    // Each once, so that a long list costs nothing for as long as the gate is there.
    known.sort_unstable_by_key(|algorithm| algorithm.name());
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ISSUER: &str = "https://id.shop.example";

    fn read(changes: &Value) -> Result<Metadata, IssuerError> {
        let mut document = json!({"issuer": ISSUER, "jwks_uri": "https://id.shop.example/keys"});
        for (name, value) in changes.as_object().unwrap() {
            document[name] = value.clone();
        }
        Metadata::read(document.to_string().as_bytes(), ISSUER)
    }

    #[test]
    fn rule_44_the_issuer_is_the_configured_one_to_the_letter() {
        for other in ["https://id.shop.example/", "https://ID.shop.example", "http://id.shop.example", "", "evil"] {
            assert_eq!(read(&json!({"issuer": other})).err(), Some(IssuerError::OtherIssuer), "{other}");
        }
        for none in [json!(null), json!([ISSUER]), json!({"a": ISSUER}), json!(1)] {
            assert_eq!(read(&json!({"issuer": none})).err(), Some(IssuerError::NotMetadata), "{none}");
        }
    }

    #[test]
    fn rule_44_the_place_of_the_keys_is_safe() {
        for bad in [
            "http://id.shop.example/keys",
            "http://127.0.0.1/keys",
            "https://localhost/keys",
            "https://127.0.0.1/keys",
            "https://[::1]/keys",
            "file:///etc/passwd",
            "/keys",
            "",
            "https://user@id.shop.example/keys",
        ] {
            assert_eq!(read(&json!({"jwks_uri": bad})).err(), Some(IssuerError::InsecureJwksUri), "{bad}");
        }
        assert_eq!(read(&json!({"jwks_uri": null})).err(), Some(IssuerError::NoJwksUri));
        // The keys may be on another host: Google's are.
        assert!(read(&json!({"jwks_uri": "https://keys.shop.example/a"})).is_ok());
    }

    #[test]
    fn an_issuer_on_this_machine_has_its_keys_here_too() {
        let document = json!({"issuer": "http://127.0.0.1:9400", "jwks_uri": "http://127.0.0.1:9400/jwks"}).to_string();
        assert!(Metadata::read(document.as_bytes(), "http://127.0.0.1:9400").is_ok());
    }

    #[test]
    fn other_endpoints_are_kept_where_they_are_safe() {
        let metadata = read(&json!({
            "introspection_endpoint": "https://id.shop.example/introspect",
            "revocation_endpoint": "http://id.shop.example/revoke",
            "id_token_signing_alg_values_supported": ["RS256", "none", 7, "ES256", "RS256"]
        }))
        .unwrap();
        assert_eq!(metadata.introspection_endpoint(), Some("https://id.shop.example/introspect"));
        assert_eq!(metadata.revocation_endpoint(), None);
        assert_eq!(metadata.algorithms(), [Algorithm::Es256, Algorithm::Rs256]);
    }

    #[test]
    fn rule_44_a_document_is_one_object_of_bounded_size() {
        let twice = format!(r#"{{"issuer":"evil","issuer":"{ISSUER}","jwks_uri":"https://id.shop.example/keys"}}"#);
        for text in [twice.as_str(), "", "[]", "null", "<html>", r#"{"issuer"}"#] {
            assert_eq!(Metadata::read(text.as_bytes(), ISSUER).err(), Some(IssuerError::NotMetadata), "{text}");
        }
        let long = read(&json!({"pad": "x".repeat(LARGEST)}));
        assert_eq!(long.err(), Some(IssuerError::NotMetadata));
    }
}
