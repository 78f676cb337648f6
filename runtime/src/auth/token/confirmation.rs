//! What a token is bound to (`cnf`, RFC 7800): a certificate or a key of the client, by thumbprint.

use std::fmt;

use subtle::{Choice, ConstantTimeEq};

use crate::auth::jose::{base64url, json::Item};

/// A SHA-256 thumbprint.
type Thumbprint = [u8; 32];

/// What whoever sends a token has to prove they hold, because the token is bound to it (`cnf`, RFC 7800).
///
/// A stolen token is worth nothing without the private key. Two ways are known here: the certificate of a TLS client
/// (`x5t#S256`, RFC 8705, section 3.1) and the key of a `DPoP` proof (`jkt`, RFC 9449, section 6.1). A token with any other
/// is refused, since nobody would check it.
///
/// ```
/// use palisade::testing::TestIssuer;
///
/// let id = TestIssuer::new("https://id.shop.example");
/// let bound = serde_json::json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"});
/// let token = id.token().claim("cnf", bound).sign(1_800_000_000);
///
/// let verified = id.tokens(TestIssuer::AUDIENCE).verify(&token, 1_800_000_000)?;
/// let confirmation = verified.confirmation().expect("the token is bound");
/// assert!(confirmation.certificate().is_none());
/// assert!(!confirmation.is_proven_by(None, None));
/// assert!(confirmation.is_proven_by(None, confirmation.key()));
/// # Ok::<(), palisade::auth::TokenError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Confirmation {
    certificate: Option<Thumbprint>,
    key: Option<Thumbprint>,
}

/// The claim `cnf` while its members are read.
#[derive(Default)]
pub(super) struct Reading {
    certificate: Option<Thumbprint>,
    key: Option<Thumbprint>,
    not_understood: Option<NotUnderstood>,
}

/// The claim is none that is understood here.
#[derive(Debug, Clone, Copy)]
pub(super) struct NotUnderstood;

impl Confirmation {
    /// The thumbprint of the client's certificate: SHA-256 over its DER (RFC 8705, section 3.1).
    #[must_use]
    pub const fn certificate(&self) -> Option<&[u8; 32]> {
        self.certificate.as_ref()
    }

    /// The thumbprint of the client's key: SHA-256 over its JWK as RFC 7638 writes it (RFC 9449, section 6.1).
    #[must_use]
    pub const fn key(&self) -> Option<&[u8; 32]> {
        self.key.as_ref()
    }

    /// Whether everything that the token is bound to was proven, by the thumbprints of the certificate that the connection was
    /// made with and of the key that a proof was signed with. Takes as long for a wrong thumbprint as for the right one.
    #[must_use]
    pub fn is_proven_by(&self, certificate: Option<&[u8; 32]>, key: Option<&[u8; 32]>) -> bool {
        let is_bound = self.certificate.is_some() || self.key.is_some();
        let proven = proves(self.certificate.as_ref(), certificate) & proves(self.key.as_ref(), key);
        is_bound && bool::from(proven)
    }
}

impl Reading {
    /// Takes note of a member of the claim.
    pub(super) fn member(&mut self, name: &str, item: &Item<'_>) {
        let thumbprint = match item {
            Item::Text(text) => thumbprint(text),
            Item::Texts(_) | Item::Number(_) | Item::Object | Item::Other => None,
        };
        match (name, thumbprint) {
            ("x5t#S256", Some(thumbprint)) => self.certificate = Some(thumbprint),
            ("jkt", Some(thumbprint)) => self.key = Some(thumbprint),
            // Ignoring what is not understood, as RFC 7800, section 3.1, allows, would take the binding off.
            _ => self.not_understood = Some(NotUnderstood),
        }
    }

    /// What the claim says, of which `claim` is the kind of value, if it is there at all.
    pub(super) fn finish(&self, claim: Option<&Item<'_>>) -> Result<Option<Confirmation>, NotUnderstood> {
        let read = Confirmation { certificate: self.certificate, key: self.key };
        match (claim, self.not_understood) {
            (None, _) => Ok(None),
            (Some(Item::Object), None) if read.certificate.is_some() || read.key.is_some() => Ok(Some(read)),
            (Some(Item::Text(_) | Item::Texts(_) | Item::Number(_) | Item::Object | Item::Other), _) => {
                Err(NotUnderstood)
            }
        }
    }
}

fn thumbprint(text: &str) -> Option<Thumbprint> {
    let mut bytes = [0; 32];
    let read = base64url::decode_into(text, &mut bytes).ok()?.len();
    (read == bytes.len()).then_some(bytes)
}

fn proves(wanted: Option<&Thumbprint>, proven: Option<&Thumbprint>) -> Choice {
    match (wanted, proven) {
        (None, _) => Choice::from(1),
        (Some(_), None) => Choice::from(0),
        (Some(wanted), Some(proven)) => wanted.ct_eq(proven),
    }
}

impl fmt::Debug for Confirmation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Confirmation")
            .field("certificate", &self.certificate.is_some())
            .field("key", &self.key.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::auth::jose::json::read;

    fn confirmation(claim: &Value) -> Result<Option<Confirmation>, NotUnderstood> {
        let text = json!({ "cnf": claim }).to_string();
        let (mut reading, mut kind) = (Reading::default(), None);
        read(&text, |outer, name, item| match outer {
            None => kind = Some(item),
            Some(_) => reading.member(name, &item),
        })
        .unwrap();
        reading.finish(kind.as_ref())
    }

    fn understood(claim: &Value) -> Confirmation {
        confirmation(claim).unwrap().unwrap()
    }

    fn encoded(thumbprint: &Thumbprint) -> String {
        base64_simd::URL_SAFE_NO_PAD.encode_to_string(thumbprint)
    }

    #[test]
    fn rule_59_every_member_must_be_proven() {
        let (certificate, key, other) = ([1; 32], [2; 32], [3; 32]);
        let by_certificate = understood(&json!({"x5t#S256": encoded(&certificate)}));
        let by_key = understood(&json!({"jkt": encoded(&key)}));
        let by_both = understood(&json!({"jkt": encoded(&key), "x5t#S256": encoded(&certificate)}));
        assert_eq!((by_both.certificate(), by_both.key()), (Some(&certificate), Some(&key)));

        let proofs = [None, Some(&certificate), Some(&key), Some(&other)];
        for shown in proofs {
            for signed in proofs {
                let (good_certificate, good_key) = (shown == Some(&certificate), signed == Some(&key));
                assert_eq!(by_certificate.is_proven_by(shown, signed), good_certificate, "{shown:?} {signed:?}");
                assert_eq!(by_key.is_proven_by(shown, signed), good_key, "{shown:?} {signed:?}");
                assert_eq!(by_both.is_proven_by(shown, signed), good_certificate && good_key, "{shown:?} {signed:?}");
            }
        }
    }

    #[test]
    fn rule_59_a_confirmation_that_is_not_understood_is_refused() {
        let good = encoded(&[1; 32]);
        for claim in [
            json!(null),
            json!("jkt"),
            json!([]),
            json!({}),
            json!({"jwk": {"kty": "OKP"}}),
            json!({"kid": "a"}),
            json!({"jkt": good, "kid": "a"}),
            json!({"x5t": good}),
            json!({"x5t#s256": good}),
            json!({"jkt": null}),
            json!({"jkt": [good]}),
            json!({"jkt": ""}),
            json!({"jkt": encoded(&[1; 32])[..42]}),
            json!({"jkt": format!("{good}=")}),
            json!({"jkt": format!("{good}A")}),
            json!({"jkt": format!("{good}AA")}),
            // The last letter has two bits too many.
            json!({"jkt": format!("{}F", &good[..42])}),
            json!({"jkt": good, "x5t#S256": "AA"}),
        ] {
            assert!(confirmation(&claim).is_err(), "{claim}");
        }
    }

    #[test]
    fn rule_60_thumbprints_differ_in_any_bit() {
        let key = [0xa5; 32];
        let confirmation = understood(&json!({"jkt": encoded(&key)}));
        for bit in 0..256 {
            let mut other = key;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(!confirmation.is_proven_by(None, Some(&other)), "{bit}");
        }
        assert!(confirmation.is_proven_by(None, Some(&key)));
    }

    #[test]
    fn debug_shows_no_thumbprint() {
        let shown = format!("{:?}", understood(&json!({"jkt": encoded(&[7; 32])})));
        assert_eq!(shown, "Confirmation { certificate: false, key: true, .. }");
    }
}
