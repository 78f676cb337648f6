//! Whether clients show certificates, and which of them are believed.

use std::{path::PathBuf, sync::Arc};

use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, CertificateRevocationListDer, UnixTime},
    server::{
        WebPkiClientVerifier,
        danger::{ClientCertVerified, ClientCertVerifier},
    },
};

use super::{TlsError, load::Files};

/// What a server asks of the certificates of its clients. Without one it asks for none.
///
/// A client that shows a certificate always proves that it holds the key.
///
/// ```
/// use palisade::tls::ClientAuthentication;
///
/// let callers = ClientAuthentication::required("clients.pem").revoked("revoked.crl");
/// let bound_tokens = ClientAuthentication::any_for_binding();
/// ```
#[derive(Debug, Clone)]
pub struct ClientAuthentication {
    demand: Demand,
    revoked: Vec<PathBuf>,
}

#[derive(Debug, Clone)]
enum Demand {
    Required { roots: PathBuf },
    Optional { roots: PathBuf },
    AnyForBinding,
}

/// Whether somebody vouches for what stands in the certificates of clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vouching {
    ByAuthorities,
    ByNobody,
}

impl ClientAuthentication {
    /// No connection without a certificate that one of these authorities vouches for. The file holds theirs, in PEM.
    #[must_use]
    pub fn required(roots: impl Into<PathBuf>) -> Self {
        Self { demand: Demand::Required { roots: roots.into() }, revoked: Vec::new() }
    }

    /// A certificate that one of these authorities vouches for, or none. One that nobody vouches for ends the connection.
    #[must_use]
    pub fn optional(roots: impl Into<PathBuf>) -> Self {
        Self { demand: Demand::Optional { roots: roots.into() }, revoked: Vec::new() }
    }

    /// Any certificate, or none: self-signed, expired, of any authority. What stands in it is never believed, so that it is
    /// never a caller; tokens can be bound to it (RFC 8705, section 3, with the clients of its section 2.2).
    #[must_use]
    pub fn any_for_binding() -> Self {
        Self { demand: Demand::AnyForBinding, revoked: Vec::new() }
    }

    /// A list of revoked certificates (RFC 5280, section 5), in PEM or DER. Once there is one, every certificate on the way
    /// to an authority must stand under a list that has not expired and that does not name it: what is not known is refused.
    ///
    /// Without authorities there is nobody to revoke anything, and building fails.
    #[must_use]
    pub fn revoked(mut self, list: impl Into<PathBuf>) -> Self {
        self.revoked.push(list.into());
        self
    }

    pub(super) const fn vouching(&self) -> Vouching {
        match self.demand {
            Demand::Required { .. } | Demand::Optional { .. } => Vouching::ByAuthorities,
            Demand::AnyForBinding => Vouching::ByNobody,
        }
    }

    pub(super) fn verifier(
        &self,
        files: &mut Files,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
        let (roots, required) = match &self.demand {
            Demand::Required { roots } => (roots, true),
            Demand::Optional { roots } => (roots, false),
            Demand::AnyForBinding if self.revoked.is_empty() => {
                return Ok(Arc::new(ForBinding { provider: Arc::clone(provider) }));
            }
            Demand::AnyForBinding => {
                return Err(TlsError::new(
                    "`any_for_binding` believes no authority, so that none can revoke: remove `revoked`",
                ));
            }
        };
        let mut store = RootCertStore::empty();
        for root in files.certificates(roots)? {
            store.add(root).map_err(|_| TlsError::of(roots, "a certificate in it is no authority's"))?;
        }
        let mut lists = Vec::new();
        for list in &self.revoked {
            lists.extend(files.revocation_lists(list)?);
        }
        verifier(store, lists, required, provider)
    }
}

fn verifier(
    roots: RootCertStore,
    lists: Vec<CertificateRevocationListDer<'static>>,
    required: bool,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    let builder = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider));
    let builder = builder.with_crls(lists).enforce_revocation_expiration();
    let builder = if required { builder } else { builder.allow_unauthenticated() };
    builder.build().map_err(|error| TlsError::new(format!("clients cannot be verified: {error}")))
}

/// Believes nothing but that the client holds the key.
#[derive(Debug)]
struct ForBinding {
    provider: Arc<CryptoProvider>,
}

impl ClientCertVerifier for ForBinding {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        match end_entity.is_empty() {
            false => Ok(ClientCertVerified::assertion()),
            true => Err(CertificateError::BadEncoding.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
