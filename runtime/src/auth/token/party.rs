//! For whom a token speaks: a user, or the client itself.

/// For whom a token speaks.
///
/// A token whose subject is its client was issued to the client for itself (RFC 9068, section 2.2); any other is of a user who
/// let the client act.
///
/// ```
/// use palisade::auth::Party;
/// use palisade::testing::TestIssuer;
///
/// let (id, now) = (TestIssuer::new("https://id.shop.example"), 1_800_000_000);
/// let tokens = id.tokens(TestIssuer::AUDIENCE);
///
/// let user = tokens.verify(&id.token().subject("alice").client("shop-web").sign(now), now)?;
/// assert_eq!(user.speaks_for(), Some(Party::User));
/// let job = tokens.verify(&id.token().subject("billing").client("billing").sign(now), now)?;
/// assert_eq!(job.speaks_for(), Some(Party::Client));
///
/// // An issuer that says it with a claim of its own.
/// let tokens = tokens.client_claim("gty", "client-credentials");
/// let job = id.token().subject("billing@clients").claim("gty", "client-credentials");
/// assert_eq!(tokens.verify(&job.sign(now), now)?.speaks_for(), Some(Party::Client));
/// # Ok::<(), palisade::auth::TokenError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// A person, through a client.
    User,
    /// The client: a service, a job, a device.
    Client,
}
