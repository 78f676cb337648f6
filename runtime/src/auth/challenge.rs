//! `WWW-Authenticate`: tells a client what to send, and never why what it sent was refused.

use std::fmt;

use http::{HeaderName, HeaderValue};

/// The challenges of one API by which tokens are asked for (RFC 6750, section 3; RFC 9449, section 7.1; RFC 9470), and keys.
///
/// ```
/// use palisade::auth::Challenges;
///
/// let challenges = Challenges::new("shop")?;
/// assert_eq!(challenges.token(), r#"Bearer realm="shop""#);
/// assert_eq!(challenges.invalid_token(), r#"Bearer realm="shop", error="invalid_token""#);
/// assert_eq!(
///     challenges.insufficient_scope(["orders:read", "orders:write"]),
///     r#"Bearer realm="shop", error="insufficient_scope", scope="orders:read orders:write""#,
/// );
///
/// let proven = challenges.by_dpop(["ES256", "EdDSA"]);
/// assert_eq!(proven.token(), r#"DPoP realm="shop", algs="ES256 EdDSA""#);
/// assert_eq!(proven.invalid_proof(), r#"DPoP realm="shop", error="invalid_dpop_proof", algs="ES256 EdDSA""#);
/// # Ok::<(), palisade::auth::RealmError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Challenges {
    scheme: &'static str,
    realm: String,
    algorithms: String,
    metadata: String,
}

/// The realm has a character that a challenge cannot carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RealmError;

/// What a caller must prove again, and how (RFC 9470).
///
/// ```
/// use palisade::auth::{Challenges, StepUp};
///
/// let fresh = StepUp { max_age: Some(900), acr_values: &[], scopes: &[] };
/// assert_eq!(
///     Challenges::new("shop")?.insufficient_user_authentication(&fresh),
///     r#"Bearer realm="shop", error="insufficient_user_authentication", max_age="900""#,
/// );
/// # Ok::<(), palisade::auth::RealmError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepUp<'a> {
    /// The seconds that may have passed since the user proved who they are.
    pub max_age: Option<u64>,
    /// The `acr` values of which one is wanted.
    pub acr_values: &'a [&'a str],
    /// The scopes that are missing besides.
    pub scopes: &'a [&'a str],
}

impl Challenges {
    /// Challenges for `realm`: printable ASCII without `"` and `\`, not empty.
    pub fn new(realm: &str) -> Result<Self, RealmError> {
        if realm.is_empty() || !realm.bytes().all(is_allowed) {
            return Err(RealmError);
        }
        Ok(Self { scheme: "Bearer", realm: String::from(realm), algorithms: String::new(), metadata: String::new() })
    }

    /// The same challenges, which say besides where the metadata of the API stand (RFC 9728, section 5.1). An address that a
    /// challenge cannot carry is left out.
    #[must_use]
    pub fn resource_metadata(self, address: impl Into<String>) -> Self {
        Self { metadata: address.into(), ..self }
    }

    /// The challenges by which a token with a `DPoP` proof is asked for, signed by one of these algorithms.
    #[must_use]
    pub fn by_dpop<'a>(&self, algorithms: impl IntoIterator<Item = &'a str>) -> Self {
        let algorithms = algorithms.into_iter().collect::<Vec<_>>().join(" ");
        Self { scheme: "DPoP", algorithms, ..self.clone() }
    }

    /// No token was presented (401): there is no error to report yet.
    #[must_use]
    pub fn token(&self) -> HeaderValue {
        self.value(self.begin())
    }

    /// The token is not good (401), for whatever reason.
    #[must_use]
    pub fn invalid_token(&self) -> HeaderValue {
        self.value(self.failed("invalid_token"))
    }

    /// The proof is not good (401), for whatever reason: of challenges for `DPoP`.
    #[must_use]
    pub fn invalid_proof(&self) -> HeaderValue {
        self.value(self.failed("invalid_dpop_proof"))
    }

    /// The proof needs the nonce that is told beside this challenge (401): of challenges for `DPoP`.
    #[must_use]
    pub fn use_nonce(&self) -> HeaderValue {
        self.value(self.failed("use_dpop_nonce"))
    }

    /// The request presents its credentials in a forbidden way (400).
    #[must_use]
    pub fn invalid_request(&self) -> HeaderValue {
        self.value(self.failed("invalid_request"))
    }

    /// The token lacks a scope (403). Name the scopes of this operation only.
    #[must_use]
    pub fn insufficient_scope<'a>(&self, scopes: impl IntoIterator<Item = &'a str>) -> HeaderValue {
        self.value(self.failed("insufficient_scope").and_list("scope", scopes))
    }

    /// The user has to prove again who they are (401).
    #[must_use]
    pub fn insufficient_user_authentication(&self, step_up: &StepUp<'_>) -> HeaderValue {
        let mut parameters = self.failed("insufficient_user_authentication");
        if let Some(seconds) = step_up.max_age {
            parameters = parameters.and("max_age", &seconds.to_string());
        }
        let acr_values = step_up.acr_values.iter().copied();
        self.value(parameters.and_list("acr_values", acr_values).and_list("scope", step_up.scopes.iter().copied()))
    }

    /// An API key is wanted in `header`, or the one that came is not good (401).
    ///
    /// RFC 9110, section 11.6.1, wants a challenge in every 401, and section 11.1 names schemes by any token.
    /// None is registered for a key in a header of its own. `Bearer` would be wrong, since a client would then
    /// send the key in `Authorization`; a client that does not know `ApiKey` skips it, as it should.
    #[must_use]
    pub fn api_key(&self, header: &HeaderName) -> HeaderValue {
        let parameters = Parameters::new("ApiKey", &self.realm).and("header", header.as_str());
        parameters.and("resource_metadata", &self.metadata).value()
    }

    /// A scheme without parameters of its own is wanted (401). None is registered for certificates, signatures and webhooks;
    /// a client that does not know the name skips it, as it should.
    pub(crate) fn named(&self, scheme: &str) -> HeaderValue {
        Parameters::new(scheme, &self.realm).and("resource_metadata", &self.metadata).value()
    }

    fn begin(&self) -> Parameters {
        Parameters::new(self.scheme, &self.realm)
    }

    fn failed(&self, error: &str) -> Parameters {
        self.begin().and("error", error)
    }

    /// What every challenge for a token ends with.
    fn value(&self, parameters: Parameters) -> HeaderValue {
        let parameters = parameters.and_list("algs", self.algorithms.split(' '));
        parameters.and("resource_metadata", &self.metadata).value()
    }
}

/// A challenge in the making: a scheme and quoted parameters, separated by commas.
struct Parameters(String);

impl Parameters {
    fn new(scheme: &str, realm: &str) -> Self {
        let mut text = String::from(scheme);
        text.extend([" realm=\"", realm, "\""]);
        Self(text)
    }

    fn and(self, name: &str, value: &str) -> Self {
        self.and_list(name, [value])
    }

    /// Adds a space-separated list, unless it is empty. Words that cannot stand in a challenge are left out.
    fn and_list<'a>(mut self, name: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        let allowed = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte != b' ' && is_allowed(byte));
        let mut words = words.into_iter().filter(allowed);
        let Some(first) = words.next() else { return self };
        self.0.extend([", ", name, "=\"", first]);
        for word in words {
            self.0.extend([" ", word]);
        }
        self.0.push('"');
        self
    }

    fn value(self) -> HeaderValue {
        // Only allowed characters got in, so this cannot fail; the scheme alone is still a correct challenge.
        HeaderValue::try_from(self.0).unwrap_or(HeaderValue::from_static("Bearer"))
    }
}

/// `%x20-21 / %x23-5B / %x5D-7E` (RFC 6750, section 3).
const fn is_allowed(byte: u8) -> bool {
    matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E)
}

impl fmt::Display for RealmError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the realm is refused: write printable ASCII without quotes and backslashes")
    }
}

impl std::error::Error for RealmError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads one challenge by the grammar of RFC 9110, section 11.6.1, quoted values only.
    fn parse(value: &HeaderValue) -> Option<(String, Vec<(String, String)>)> {
        let token = |text: &str| {
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            (!text.is_empty() && text.bytes().all(letter)).then(|| text.to_owned())
        };
        let (scheme, mut rest) = value.to_str().ok()?.split_once(' ')?;
        let mut parameters = Vec::<(String, String)>::new();
        loop {
            let (name, after) = rest.split_once("=\"")?;
            let (content, after) = after.split_once('"')?;
            let name = token(name)?;
            if !content.bytes().all(is_allowed) || parameters.iter().any(|(other, _)| *other == name) {
                return None;
            }
            parameters.push((name, content.to_owned()));
            match after {
                "" => return Some((token(scheme)?, parameters)),
                more => rest = more.strip_prefix(", ")?,
            }
        }
    }

    fn check(value: &HeaderValue, scheme: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(name, value)| (String::from(*name), String::from(*value))).collect();
        assert_eq!(parse(value), Some((scheme.to_owned(), expected)), "{value:?}");
    }

    fn shop() -> Challenges {
        Challenges::new("the shop").unwrap()
    }

    #[test]
    fn rule_7_without_credentials_there_is_no_error() {
        check(&shop().token(), "Bearer", &[("realm", "the shop")]);
    }

    #[test]
    fn rule_8_every_bad_token_gets_the_same_challenge() {
        check(&shop().invalid_token(), "Bearer", &[("realm", "the shop"), ("error", "invalid_token")]);
        check(&shop().invalid_request(), "Bearer", &[("realm", "the shop"), ("error", "invalid_request")]);
    }

    #[test]
    fn rule_9_a_missing_scope_is_named() {
        let expected = [("realm", "the shop"), ("error", "insufficient_scope"), ("scope", "orders:read orders:write")];
        check(&shop().insufficient_scope(["orders:read", "orders:write"]), "Bearer", &expected);
        check(&shop().insufficient_scope([]), "Bearer", &expected[..2]);
    }

    #[test]
    fn rule_12_a_step_up_says_how_fresh_and_how_strong() {
        let error = [("realm", "the shop"), ("error", "insufficient_user_authentication")];
        let step_up = StepUp { max_age: Some(900), acr_values: &["urn:mfa", "urn:key"], scopes: &["orders:write"] };
        let more = [("max_age", "900"), ("acr_values", "urn:mfa urn:key"), ("scope", "orders:write")];
        check(&shop().insufficient_user_authentication(&step_up), "Bearer", &[&error[..], &more[..]].concat());
        let fresh = StepUp { max_age: Some(0), acr_values: &[], scopes: &[] };
        check(&shop().insufficient_user_authentication(&fresh), "Bearer", &[&error[..], &[("max_age", "0")]].concat());
    }

    #[test]
    fn an_api_key_is_asked_for_by_its_header() {
        let value = shop().api_key(&HeaderName::from_static("x-api-key"));
        check(&value, "ApiKey", &[("realm", "the shop"), ("header", "x-api-key")]);
    }

    #[test]
    fn rule_15_a_value_cannot_break_out_of_its_quotes() {
        for realm in ["", "a\"b", "a\\b", "a\r\nb", "ä", "\0", "\u{7f}"] {
            assert_eq!(Challenges::new(realm).err(), Some(RealmError), "{realm:?}");
        }
        let value = shop().insufficient_scope(["good", "a\", error=\"x", "a\\", "a b", "", "ä", "also:good"]);
        let expected = [("realm", "the shop"), ("error", "insufficient_scope"), ("scope", "good also:good")];
        check(&value, "Bearer", &expected);
    }

    proptest::proptest! {
        #[test]
        fn rule_15_whatever_the_words_the_challenge_can_be_parsed(realm in "[ !#-\\[\\]-~]{1,20}", words: Vec<String>) {
            let challenges = Challenges::new(&realm).unwrap();
            let value = challenges.insufficient_scope(words.iter().map(String::as_str));
            proptest::prop_assert!(parse(&value).is_some(), "{value:?}");
        }
    }
}
