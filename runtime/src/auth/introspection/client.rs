//! How the gate says who it is to an authorization server (RFC 6749, section 2.3; RFC 7662, section 2.1).

use std::fmt;

use bytes::Bytes;
use form_urlencoded::byte_serialize;
use http::{HeaderValue, Method, Request, Uri, header};
use zeroize::Zeroizing;

use crate::auth::{Reloading, Secret};

/// How the gate says who it is when it asks about a token: a server that answers anybody would tell a finder what a token is
/// good for. Each question is asked with what is current then, so that a secret can change while it is in use.
///
/// ```
/// use palisade::auth::{ClientAuthentication, Reloading, Secret, SecretVariable};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let client = ClientAuthentication::basic("orders-api", Secret::new(String::from("from the secret store")));
/// assert_eq!(format!("{client:?}"), "Basic { id: \"orders-api\", .. }");
///
/// let missing = Reloading::text(SecretVariable::named("PALISADE_EXAMPLE_SECRET")).await;
/// assert!(missing.map(|secret| ClientAuthentication::basic("orders-api", secret)).is_err());
/// # }
/// ```
pub struct ClientAuthentication(Way);

enum Way {
    Basic { id: String, secret: Reloading<Secret<String>> },
    Post { id: String, secret: Reloading<Secret<String>> },
    Bearer(Reloading<Secret<String>>),
}

impl ClientAuthentication {
    /// Id and secret in `Authorization: Basic` (`client_secret_basic`), which every server understands.
    #[must_use]
    pub fn basic(id: impl Into<String>, secret: impl Into<Reloading<Secret<String>>>) -> Self {
        Self(Way::Basic { id: id.into(), secret: secret.into() })
    }

    /// Id and secret in the form beside the token (`client_secret_post`), for servers that want them there.
    #[must_use]
    pub fn post(id: impl Into<String>, secret: impl Into<Reloading<Secret<String>>>) -> Self {
        Self(Way::Post { id: id.into(), secret: secret.into() })
    }

    /// An access token in `Authorization: Bearer`, which the server gave out for this. One that expires has to be read anew before.
    #[must_use]
    pub fn bearer(token: impl Into<Reloading<Secret<String>>>) -> Self {
        Self(Way::Bearer(token.into()))
    }

    /// The header field, if it is one.
    fn header(&self) -> Option<HeaderValue> {
        let text = match &self.0 {
            Way::Post { .. } => return None,
            Way::Basic { id, secret } => {
                // Both are encoded as in a form first, so that a colon in them is none (RFC 6749, section 2.3.1).
                let pair = Zeroizing::new(format!("{}:{}", Encoded(id), Encoded(secret.current().expose())));
                let encoded = Zeroizing::new(base64_simd::STANDARD.encode_to_string(pair.as_bytes()));
                Zeroizing::new(format!("Basic {}", encoded.as_str()))
            }
            Way::Bearer(token) => Zeroizing::new(format!("Bearer {}", token.current().expose())),
        };
        let mut value = HeaderValue::try_from(text.as_str()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whether it can be written down: it says somebody, and a token fits into a header field.
    pub(super) fn is_usable(&self) -> bool {
        match &self.0 {
            Way::Basic { id, secret } => !id.is_empty() && !is_empty(secret) && self.header().is_some(),
            Way::Post { id, secret } => !id.is_empty() && !is_empty(secret),
            Way::Bearer(token) => !is_empty(token) && self.header().is_some(),
        }
    }
}

fn is_empty(secret: &Reloading<Secret<String>>) -> bool {
    secret.current().expose().is_empty()
}

/// The question about a token.
pub(super) fn request(endpoint: &Uri, client: &ClientAuthentication, token: &Secret<String>) -> Request<Bytes> {
    let mut form = format!("token={}&token_type_hint=access_token", Encoded(token.expose()));
    if let Way::Post { id, secret } = &client.0 {
        form.push_str(&format!("&client_id={}&client_secret={}", Encoded(id), Encoded(secret.current().expose())));
    }
    let mut request = Request::new(Bytes::from(form));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = endpoint.clone();
    let headers = request.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(value) = client.header() {
        headers.insert(header::AUTHORIZATION, value);
    }
    request
}

/// A text as a form has it.
struct Encoded<'a>(&'a str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        byte_serialize(self.0.as_bytes()).try_for_each(|part| out.write_str(part))
    }
}

impl fmt::Debug for ClientAuthentication {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Way::Basic { id, .. } => out.debug_struct("Basic").field("id", id).finish_non_exhaustive(),
            Way::Post { id, .. } => out.debug_struct("Post").field("id", id).finish_non_exhaustive(),
            Way::Bearer(_) => out.write_str("Bearer(..)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(String::from(text))
    }

    fn asked(client: &ClientAuthentication, token: &str) -> Request<Bytes> {
        request(&Uri::from_static("https://id.shop.example/introspect"), client, &secret(token))
    }

    #[test]
    fn rule_54_id_and_secret_are_encoded_as_a_form_before_they_become_basic() {
        let request = asked(&ClientAuthentication::basic("a:b c", secret("s%:+ä")), "t");
        let value = request.headers().get(header::AUTHORIZATION).unwrap();
        let pair = value.to_str().unwrap().strip_prefix("Basic ").unwrap();
        let pair = base64_simd::STANDARD.decode_to_vec(pair).unwrap();
        assert_eq!(String::from_utf8(pair).unwrap(), "a%3Ab+c:s%25%3A%2B%C3%A4");
        assert!(value.is_sensitive());
    }

    #[test]
    fn rule_54_a_token_cannot_add_to_the_form() {
        let client = ClientAuthentication::post("api", secret("a&b"));
        let request = asked(&client, "t&client_id=other=");
        let form = "token=t%26client_id%3Dother%3D&token_type_hint=access_token&client_id=api&client_secret=a%26b";
        assert_eq!(request.body(), form);
        assert_eq!(request.headers().get(header::AUTHORIZATION), None);
    }

    #[test]
    fn rule_54_who_has_no_secret_is_nobody() {
        for client in [
            ClientAuthentication::basic("", secret("s")),
            ClientAuthentication::basic("api", secret("")),
            ClientAuthentication::post("api", secret("")),
            ClientAuthentication::bearer(secret("")),
            ClientAuthentication::bearer(secret("a\nb")),
        ] {
            assert!(!client.is_usable(), "{client:?}");
        }
        assert!(ClientAuthentication::bearer(secret("a.b-c")).is_usable());
    }

    #[test]
    fn rule_69_nothing_secret_is_printed() {
        let shown = format!("{:?}", asked(&ClientAuthentication::basic("api", secret("hunter2")), "t").headers());
        assert!(shown.contains("Sensitive") && !shown.contains("Basic"), "{shown}");
    }
}
