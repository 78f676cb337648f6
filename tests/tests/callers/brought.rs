//! What a request brings to prove who it is from.

/// What a request brings.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Brought {
    Nothing,
    UserToken,
    /// A user's, with the claim that one endpoint reads.
    TokenWithTenant,
    /// For a client on its own account.
    ClientToken,
    BadToken,
    Key,
    BadKey,
    UserTokenAndKey,
    BadTokenAndKey,
    UserTokenAndBadKey,
    /// Bound to a certificate, over a connection without one.
    BoundToken,
    /// Bound to the certificate of the connection, for whose names nobody vouches.
    BoundTokenByItsKey,
    BoundTokenByAnother,
    /// One for which an authority vouches.
    Certificate,
    UserTokenByCertificate,
    Signature,
    Webhook,
}
