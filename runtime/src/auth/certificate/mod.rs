//! Client certificates: what a connection proved, or a proxy in front of us that ended it.

mod callers;
mod fault;
mod names;
#[cfg(feature = "certificates")]
mod read;
mod spiffe;
#[cfg(all(test, feature = "certificates"))]
mod tests;

use std::{fmt, sync::Arc};

pub(crate) use self::callers::Certified;
pub use self::{
    callers::{Certificates, Grants},
    fault::CertificateFault,
    names::CertificateNames,
    spiffe::{SpiffeId, SpiffeIdError, TrustDomain},
};

/// The certificate whose private key the client of a connection holds. Cheap to clone.
///
/// Every one has a [`thumbprint`](Self::thumbprint), to which tokens can be bound (RFC 8705, section 3). Only one that an
/// authority of ours vouches for has [names](Self::names), and can be a caller.
///
/// ```
/// use palisade::auth::{CertificateFault, ClientCertificate};
///
/// let certificate = ClientCertificate::for_binding(b"the certificate in DER");
/// assert_eq!(certificate.thumbprint().len(), 32);
/// assert_eq!(certificate.names().err(), Some(CertificateFault::Unvouched));
/// ```
#[derive(Clone)]
pub struct ClientCertificate(Arc<Content>);

struct Content {
    thumbprint: [u8; 32],
    names: Result<CertificateNames, CertificateFault>,
}

impl ClientCertificate {
    /// A certificate that is no more than what tokens are bound to: nobody vouches for what stands in it, so that it is
    /// never a caller. Its bytes are the whole certificate in DER.
    #[must_use]
    pub fn for_binding(der: &[u8]) -> Self {
        Self::new(der, Err(CertificateFault::Unvouched))
    }

    /// A certificate for which an authority of ours vouches, as whoever ended the TLS connection verified: the path to the
    /// authority, the time, the purpose, and that the client holds the key. Its bytes are the whole certificate in DER.
    ///
    /// One that does not decode strictly, or is itself an authority's, has no names.
    #[cfg(feature = "certificates")]
    #[must_use]
    pub fn vouched(der: &[u8]) -> Self {
        Self::new(der, read::names(der))
    }

    /// The certificate with this thumbprint, for whose names a proxy that is believed has vouched.
    #[cfg(feature = "certificates")]
    pub(crate) fn told(thumbprint: [u8; 32], names: CertificateNames) -> Self {
        Self(Arc::new(Content { thumbprint, names: Ok(names) }))
    }

    /// The same certificate without its names.
    #[cfg(feature = "certificates")]
    pub(crate) fn for_binding_only(&self) -> Self {
        Self(Arc::new(Content { thumbprint: self.0.thumbprint, names: Err(CertificateFault::Unvouched) }))
    }

    fn new(der: &[u8], names: Result<CertificateNames, CertificateFault>) -> Self {
        let mut thumbprint = [0; 32];
        let digest = ring::digest::digest(&ring::digest::SHA256, der);
        thumbprint.iter_mut().zip(digest.as_ref()).for_each(|(byte, digest)| *byte = *digest);
        Self(Arc::new(Content { thumbprint, names }))
    }

    /// SHA-256 over the whole certificate in DER: `x5t#S256` (RFC 8705, section 3.1).
    #[must_use]
    pub fn thumbprint(&self) -> &[u8; 32] {
        &self.0.thumbprint
    }

    /// What an authority of ours vouches for.
    ///
    /// # Errors
    /// When none does, or the certificate cannot be anybody's name.
    pub fn names(&self) -> Result<&CertificateNames, CertificateFault> {
        self.0.names.as_ref().map_err(|fault| *fault)
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}
