//! Verifies signed requests: who signed, what is covered, how old it is, the body, and that it comes once.

use std::{collections::HashMap, fmt, sync::Arc, time::Duration};

use http::{HeaderMap, header, request::Parts};

use super::{
    SignatureError, SignatureKey,
    component::{Component, Form, Part, Seen},
    input::Input,
    key::registered,
};
use crate::auth::{Algorithm, CONTENT_DIGEST, ContentDigest, Mark, PublicOrigin, ReplayStore, Sighting};

/// The keys of those who sign requests to an API, and how strict it is (RFC 9421).
///
/// A signature has to cover `@method`, `@target-uri`, and with a body `content-digest`; it has to say `created` and `keyid`.
/// What else it covers is bound too, and a policy may demand more. `@target-uri` and `@authority` are held against the
/// [public origin](PublicOrigin) of the deployment. Whatever `Host` says changes neither.
///
/// A signature is good once, for at most a minute: it is remembered by its `nonce`, or where it has none by what it signs. Who
/// sends the same request twice in one second needs nonces.
///
/// ```
/// use palisade::auth::{Algorithm, Coverage, Key, PublicOrigin, Secret, SignatureError, SignatureKey, Signatures};
/// # use palisade::auth::{Mark, ReplayStore, Sighted, Sighting};
/// # struct Seen;
/// # impl ReplayStore for Seen {
/// #     fn sight<'a>(&'a self, _: &'a Mark, _: u64, _: u64) -> Sighted<'a> { Box::pin(async { Ok(Sighting::First) }) }
/// # }
///
/// let key = Key::hmac(Algorithm::Hs256, &Secret::new(*b"32 random bytes, shared with acme"))?.named("acme-2026");
/// let signatures = Signatures::keys([SignatureKey::new("acme", key).scopes(["orders:write"])])?.replays(Seen);
///
/// let origin = PublicOrigin::new("https://api.shop.example")?;
/// let (unsigned, ()) = http::Request::post("/orders").body(())?.into_parts();
/// let error = signatures.verify(&unsigned, &origin, &Coverage::LEAST, 1_800_000_000).err();
/// assert_eq!(error, Some(SignatureError::Missing));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Signatures {
    /// Of the scheme that they are for: a `keyid` is unique in it only.
    name: String,
    keys: HashMap<String, SignatureKey>,
    replays: Arc<dyn ReplayStore>,
    tag: Option<String>,
    longest_age: u64,
}

/// Keys that still need a place to remember signatures in.
#[derive(Debug)]
#[must_use]
pub struct NeedsReplays {
    keys: HashMap<String, SignatureKey>,
}

/// Why `Signatures` cannot be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignaturesError {
    /// There is no key.
    NoKey,
    /// A key has no name, and a signature has nothing to call it by.
    Unnamed,
    /// Two keys have the same name.
    DuplicateKeyId(String),
    /// RFC 9421 has no name for the algorithm of a key.
    UnregisteredAlgorithm(Algorithm),
}

/// What a signature has to cover beyond the least that it always has to.
#[derive(Debug, Clone)]
pub struct Coverage(Vec<Part>);

/// A request whose signature is right, and whose body is still to come.
#[derive(Debug)]
#[must_use]
pub struct SignedRequest<'s> {
    signatures: &'s Signatures,
    key: &'s SignatureKey,
    digest: Option<ContentDigest>,
    mark: Mark,
    until: u64,
}

impl Signatures {
    /// How many seconds a clock may run ahead of ours.
    const AHEAD: u64 = 5;
    const AGE: u64 = 60;

    /// Accepts what these keys sign.
    ///
    /// # Errors
    /// When a key has no name, or one that another has, or an algorithm that RFC 9421 does not know.
    pub fn keys(keys: impl IntoIterator<Item = SignatureKey>) -> Result<NeedsReplays, SignaturesError> {
        let mut named = HashMap::new();
        for key in keys {
            let algorithm = key.key.algorithm();
            registered(algorithm).ok_or(SignaturesError::UnregisteredAlgorithm(algorithm))?;
            let id = String::from(key.id().ok_or(SignaturesError::Unnamed)?);
            if named.contains_key(&id) {
                return Err(SignaturesError::DuplicateKeyId(id));
            }
            named.insert(id, key);
        }
        if named.is_empty() { Err(SignaturesError::NoKey) } else { Ok(NeedsReplays { keys: named }) }
    }

    /// Takes only signatures with this `tag`, however many others there are. Without it, a request has one signature, and that
    /// one no tag.
    #[must_use]
    pub fn tag(self, tag: impl Into<String>) -> Self {
        Self { tag: Some(tag.into()), ..self }
    }

    /// How old a signature may be: 60 seconds unless said here, in whole seconds from 1 to 3600. It is remembered as long.
    #[must_use]
    pub fn longest_age(self, age: Duration) -> Self {
        Self { longest_age: age.as_secs().clamp(1, 3_600), ..self }
    }

    /// The same under the name of the scheme that they are for.
    pub(crate) fn named(self, name: &str) -> Self {
        Self { name: String::from(name), ..self }
    }

    /// Verifies all that can be verified without the body, at `now` in seconds since 1970.
    ///
    /// # Errors
    /// When the request is not signed by one of the keys, in time, over all that has to be covered.
    pub fn verify(
        &self,
        parts: &Parts,
        origin: &PublicOrigin,
        coverage: &Coverage,
        now: u64,
    ) -> Result<SignedRequest<'_>, SignatureError> {
        let input = Input::of(&parts.headers, self.tag.as_deref())?;
        let until = self.in_time(&input, now)?;
        let key = self.keys.get(&input.keyid).ok_or(SignatureError::UnknownKey)?;
        if input.algorithm.is_some() && input.algorithm.as_deref() != registered(key.key.algorithm()) {
            return Err(SignatureError::AlgorithmMismatch);
        }
        let digested = input.covers(&Part::Field(CONTENT_DIGEST, Form::Lines));
        if !coverage.is_within(&input) || (announces_content(parts) && !digested) {
            return Err(SignatureError::Uncovered);
        }
        let base = input.base(Seen { origin, parts })?;
        if !key.key.verifies(&base, &input.signature) {
            return Err(SignatureError::WrongSignature);
        }
        let digest = if digested { Some(ContentDigest::of(&parts.headers)?) } else { None };
        // Not by the signature: who sees one of ECDSA can make another one of it that is as good.
        let owner = format!("{} {}", self.name, input.keyid);
        let mark = match &input.nonce {
            Some(nonce) => Mark::new("signature nonce", owner.as_bytes(), nonce.as_bytes()),
            None => Mark::new("signature", owner.as_bytes(), &base),
        };
        Ok(SignedRequest { signatures: self, key, digest, mark, until })
    }

    /// Whether a signature says that it is by one of these keys. That it is, nobody has verified.
    pub(crate) fn recognize(&self, headers: &HeaderMap) -> bool {
        Input::of(headers, self.tag.as_deref()).is_ok_and(|input| self.keys.contains_key(&input.keyid))
    }

    /// The last second in which the signature is good.
    fn in_time(&self, input: &Input, now: u64) -> Result<u64, SignatureError> {
        let oldest = input.created.saturating_add(self.longest_age);
        let until = input.expires.unwrap_or(oldest).min(oldest);
        if now.saturating_add(Self::AHEAD) < input.created {
            return Err(SignatureError::NotYetValid);
        }
        if oldest < now {
            return Err(SignatureError::TooOld);
        }
        if until < now {
            return Err(SignatureError::Expired);
        }
        Ok(until)
    }
}

impl NeedsReplays {
    /// Remembers signatures here, so that each is good once.
    pub fn replays(self, store: impl ReplayStore) -> Signatures {
        let replays = Arc::new(store);
        Signatures { name: String::new(), keys: self.keys, replays, tag: None, longest_age: Signatures::AGE }
    }
}

impl Coverage {
    /// Nothing beyond `@method` and `@target-uri`, and `content-digest` with a body.
    pub const LEAST: Self = Self(Vec::new());

    /// These too: names of fields in lower case, or `@authority`, `@scheme`, `@request-target`, `@path` and `@query`.
    ///
    /// # Errors
    /// When one is no component of a request.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Self, SignatureError> {
        let part = |name| Component::named(name).map(|component| component.part);
        names.into_iter().map(part).collect::<Result<_, _>>().map(Self)
    }

    fn is_within(&self, input: &Input) -> bool {
        [Part::Method, Part::TargetUri].iter().chain(&self.0).all(|part| input.covers(part))
    }
}

impl<'s> SignedRequest<'s> {
    /// Holds the body against what was signed, and remembers the signature: the last two things that a request has to pass.
    /// `now` is when the body was there.
    ///
    /// # Errors
    /// When the body is another one, not covered, or came too late; when the signature was seen before, or nobody can say.
    pub async fn complete(self, body: &[u8], now: u64) -> Result<&'s SignatureKey, SignatureError> {
        match &self.digest {
            Some(digest) => digest.verify(body)?,
            None if body.is_empty() => {}
            None => return Err(SignatureError::Uncovered),
        }
        // Who lets the body wait until the signature is forgotten could repeat it.
        if self.until < now {
            return Err(SignatureError::TooOld);
        }
        match self.signatures.replays.sight(&self.mark, now, self.until).await {
            Ok(Sighting::First) => Ok(self.key),
            Ok(Sighting::Again) => Err(SignatureError::Replayed),
            Err(fault) => Err(SignatureError::Store(fault)),
        }
    }

    /// The key that it was signed with, while the body is still to come.
    #[must_use]
    pub const fn key(&self) -> &'s SignatureKey {
        self.key
    }
}

/// Whether the fields say that a body follows. One that comes without being announced is refused when it is there.
fn announces_content(parts: &Parts) -> bool {
    let length = parts.headers.get(header::CONTENT_LENGTH);
    length.is_some_and(|length| length != "0") || parts.headers.contains_key(header::TRANSFER_ENCODING)
}

impl fmt::Debug for Signatures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Signatures")
            .field("keys", &self.keys)
            .field("tag", &self.tag)
            .field("longest_age", &self.longest_age)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for SignaturesError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => out.write_str("there is no key to verify signatures with: add a `SignatureKey`"),
            Self::Unnamed => out.write_str("a key has no name: give it its `keyid` with `Key::named`"),
            Self::DuplicateKeyId(id) => write!(out, "two keys are called `{id}`: give each a name of its own"),
            Self::UnregisteredAlgorithm(algorithm) => write!(
                out,
                "RFC 9421 has no name for `{algorithm}`: use a key for ES256, ES384, EdDSA, PS512, RS256 or HS256"
            ),
        }
    }
}

impl std::error::Error for SignaturesError {}
