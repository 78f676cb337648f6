//! Tokens that say nothing themselves: the authorization server that issued them is asked (RFC 7662), once for many requests.

mod answer;
mod builder;
mod client;
mod error;
mod flights;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use http::{StatusCode, Uri};

use self::{
    answer::Reading,
    client::request,
    flights::{Flights, Joined},
};
use super::{Fetch, Mark, Secret, TokenCache, TokenError, Verified, fetch::fetched, issuer::claimed_issuer, jws};

pub use self::{
    builder::IntrospectionBuilder,
    client::ClientAuthentication,
    error::{IntrospectionError, IntrospectionFault, IntrospectionSetupError},
};

/// Asks an authorization server what its tokens are worth, and holds the answers to the same rules as signed tokens.
///
/// What it says is remembered: that a token is good for 30 seconds at most, that it is not for 5. Requests that come with one
/// token at the same time cause one question. At most 64 questions are open at once; who would need another hears that the
/// server is busy (503), so that a flood of invented tokens reaches neither that server nor those whose tokens are known.
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use palisade::auth::{ClientAuthentication, Fetch, Fetched, Introspection, Secret};
///
/// struct Server;
///
/// impl Fetch for Server {
///     fn fetch(&self, request: Request<Bytes>) -> Fetched<'_> {
///         assert_eq!(request.uri(), "https://id.shop.example/introspect");
///         assert_eq!(request.body(), "token=2YotnFZFEjr1zCsicMWpAA&token_type_hint=access_token");
///         Box::pin(async {
///             Ok(Response::new(Bytes::from_static(
///                 br#"{"active": true, "iss": "https://id.shop.example", "aud": "https://api.shop.example", "sub": "alice",
///                      "client_id": "shop-web", "scope": "orders:read", "jti": "1", "iat": 1800000000, "exp": 1800000300}"#,
///             )))
///         })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let introspection = Introspection::at("https://id.shop.example/introspect")
///     .issuer("https://id.shop.example")
///     .audience("https://api.shop.example")
///     .client(ClientAuthentication::basic("orders-api", Secret::new(String::from("from the secret store"))))
///     .fetch(Server)
///     .build()?;
/// let found = introspection.verify("2YotnFZFEjr1zCsicMWpAA", 1_800_000_000).await?;
/// assert_eq!(found.verified().subject(), "alice");
/// assert_eq!(found.until(), 1_800_000_030);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Introspection {
    asker: Arc<Asker>,
    jwts: Jwts,
}

/// A token of which an authorization server said that it is good.
#[derive(Debug, Clone)]
pub struct Introspected {
    verified: Arc<Verified>,
    until: u64,
}

/// Whether signed tokens are asked about too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Jwts {
    Verified,
    Introspected,
}

/// What all clones share.
struct Asker {
    endpoint: Uri,
    client: ClientAuthentication,
    fetch: Arc<dyn Fetch>,
    reading: Reading,
    good: TokenCache<Introspected>,
    /// By their marks: anybody may invent tokens, and long ones must not take room for as long as the gate is there.
    bad: TokenCache<TokenError>,
    good_for: u64,
    bad_for: u64,
    flights: Flights<Outcome>,
}

/// What a question comes to.
type Outcome = Result<Introspected, IntrospectionError>;

impl Introspection {
    /// The longest a good token is remembered, in seconds: how late it is noticed that it was revoked at its issuer.
    pub const LONGEST_GOOD: u64 = 30;

    /// The longest a bad token is remembered, in seconds.
    pub const LONGEST_BAD: u64 = 5;

    /// Starts with the `introspection_endpoint` of the authorization server.
    pub fn at(endpoint: impl Into<String>) -> IntrospectionBuilder {
        IntrospectionBuilder::new(endpoint.into())
    }

    /// What the token is worth at `now`, in seconds since 1970.
    ///
    /// # Errors
    /// That the token is not good here, or that nobody can tell: see [`IntrospectionError`].
    pub async fn verify(&self, token: &str, now: u64) -> Result<Introspected, IntrospectionError> {
        if jws::LONGEST_TOKEN < token.len() {
            return Err(IntrospectionError::Refused(TokenError::TooLong));
        }
        let mark = Mark::new("introspection", b"", token.as_bytes());
        if let Some(outcome) = self.asker.remembered(token, &mark, now) {
            return outcome;
        }
        let joined = self.asker.flights.join(
            mark,
            // Between the look above and this one, the answer may have come.
            || self.asker.remembered(token, &mark, now),
            || Box::pin(Arc::clone(&self.asker).ask(mark, Secret::new(String::from(token)), now)),
        );
        match joined {
            Joined::Landed(outcome) => outcome,
            Joined::Flight(flight) => flight.await,
            Joined::Busy => Err(IntrospectionError::Unavailable(IntrospectionFault::Busy)),
        }
    }

    /// Whose tokens it knows.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.asker.reading.issuer()
    }

    /// Whether it is to be asked about this token at all, by its form: a signed token is verified, and not sent around, unless
    /// [`IntrospectionBuilder::introspect_jwts`] says otherwise.
    #[must_use]
    pub fn takes(&self, token: &str) -> bool {
        match self.jwts {
            Jwts::Verified => !is_compact(token),
            // Whose it is has to be known before it is sent around: one issuer must not see the tokens of another.
            Jwts::Introspected => {
                !is_compact(token) || claimed_issuer(token).is_ok_and(|issuer| issuer == self.issuer())
            }
        }
    }
}

/// Three segments, as a compact JWS has. What is in them is not looked at.
fn is_compact(token: &str) -> bool {
    token.bytes().filter(|byte| *byte == b'.').count() == 2
}

impl Asker {
    fn remembered(&self, token: &str, mark: &Mark, now: u64) -> Option<Outcome> {
        match self.good.get(token, now) {
            Some(good) => Some(Ok(good)),
            None => self.bad.get(mark.as_bytes(), now).map(|error| Err(IntrospectionError::Refused(error))),
        }
    }

    async fn ask(self: Arc<Self>, mark: Mark, token: Secret<String>, now: u64) -> Outcome {
        let outcome = self.question(&token, now).await;
        match &outcome {
            Ok(good) => self.good.insert(token.expose(), good.clone(), good.until, now),
            Err(IntrospectionError::Refused(error)) => {
                self.bad.insert(mark.as_bytes(), *error, now.saturating_add(self.bad_for), now);
            }
            Err(IntrospectionError::Unavailable(_)) => {}
        }
        // Not before it is remembered: who finds no flight must find the answer.
        self.flights.land(&mark);
        outcome
    }

    async fn question(&self, token: &Secret<String>, now: u64) -> Outcome {
        let request = request(&self.endpoint, &self.client, token);
        let answer = fetched(self.fetch.as_ref(), request).await.map_err(IntrospectionFault::Fetch)?;
        if answer.status() != StatusCode::OK {
            return Err(IntrospectionFault::Status(answer.status().as_u16()).into());
        }
        let verified = self.reading.read(answer.body(), now)?;
        let until = verified.expires_at().min(now.saturating_add(self.good_for));
        Ok(Introspected { verified: Arc::new(verified), until })
    }
}

impl Introspected {
    /// What the token says, as its issuer tells it.
    #[must_use]
    pub fn verified(&self) -> &Verified {
        &self.verified
    }

    /// The first second in which the issuer has to be asked again.
    #[must_use]
    pub const fn until(&self) -> u64 {
        self.until
    }

    pub(crate) fn into_verified(self) -> Arc<Verified> {
        self.verified
    }
}

impl fmt::Debug for Introspection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Introspection")
            .field("endpoint", &self.asker.endpoint)
            .field("issuer", &self.issuer())
            .finish_non_exhaustive()
    }
}
