//! Reads the names out of a certificate in DER, strictly: what is not understood is nobody's name.

use x509_cert::{
    Certificate,
    der::Decode,
    ext::pkix::{BasicConstraints, KeyUsage, SubjectAltName, name::GeneralName},
    time::Time,
};

use super::{
    CertificateFault, CertificateNames,
    names::{hosts, the_spiffe_id},
};

/// The most bytes of a certificate: no real one comes near.
const MOST: usize = 64 * 1024;

/// What an authority vouches for. The signature is not looked at: whoever ended the connection did.
pub(super) fn names(der: &[u8]) -> Result<CertificateNames, CertificateFault> {
    if MOST < der.len() {
        return Err(CertificateFault::Malformed);
    }
    let certificate = Certificate::from_der(der).map_err(|_| CertificateFault::Malformed)?;
    let certificate = certificate.tbs_certificate();
    if is_authority(certificate)? {
        return Err(CertificateFault::Authority);
    }
    let names = certificate.get_extension::<SubjectAltName>().map_err(|_| CertificateFault::Malformed)?;
    let names = names.map(|(_, SubjectAltName(names))| names).unwrap_or_default();
    let validity = certificate.validity();
    Ok(CertificateNames {
        spiffe: the_spiffe_id(names.iter().filter_map(uri)),
        dns: hosts(names.iter().filter_map(dns)),
        subject: certificate.subject().to_string().into(),
        not_before: seconds(validity.not_before),
        not_after: seconds(validity.not_after),
    })
}

/// Whether the key may sign certificates or lists of revoked ones (X.509-SVID, section 5.2).
fn is_authority(certificate: &x509_cert::TbsCertificate) -> Result<bool, CertificateFault> {
    let constraints = certificate.get_extension::<BasicConstraints>().map_err(|_| CertificateFault::Malformed)?;
    let usage = certificate.get_extension::<KeyUsage>().map_err(|_| CertificateFault::Malformed)?;
    Ok(constraints.is_some_and(|(_, constraints)| constraints.ca)
        || usage.is_some_and(|(_, usage)| usage.key_cert_sign() || usage.crl_sign()))
}

fn uri(name: &GeneralName) -> Option<&str> {
    match name {
        GeneralName::UniformResourceIdentifier(uri) => Some(uri.as_str()),
        GeneralName::OtherName(_)
        | GeneralName::Rfc822Name(_)
        | GeneralName::DnsName(_)
        | GeneralName::DirectoryName(_)
        | GeneralName::EdiPartyName(_)
        | GeneralName::IpAddress(_)
        | GeneralName::RegisteredId(_) => None,
    }
}

fn dns(name: &GeneralName) -> Option<&str> {
    match name {
        GeneralName::DnsName(name) => Some(name.as_str()),
        GeneralName::OtherName(_)
        | GeneralName::Rfc822Name(_)
        | GeneralName::DirectoryName(_)
        | GeneralName::EdiPartyName(_)
        | GeneralName::UniformResourceIdentifier(_)
        | GeneralName::IpAddress(_)
        | GeneralName::RegisteredId(_) => None,
    }
}

fn seconds(time: Time) -> u64 {
    time.to_unix_duration().as_secs()
}
