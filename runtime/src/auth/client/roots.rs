//! Roots of trust from a PEM text.

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::ClientError;

/// Adds every certificate of the text.
pub(super) fn add(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), ClientError> {
    let mut added = 0_usize;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(|_| ClientError::NoCertificate)?).map_err(|_| ClientError::NoCertificate)?;
        added += 1;
    }
    if added == 0 { Err(ClientError::NoCertificate) } else { Ok(()) }
}
