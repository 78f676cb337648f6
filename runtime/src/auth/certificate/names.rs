//! The names in a certificate that an authority vouches for.

use std::fmt;

use super::{CertificateFault, SpiffeId};

/// What a certificate says about its owner, and for how long.
#[derive(Clone)]
pub struct CertificateNames {
    pub(super) spiffe: Result<SpiffeId, CertificateFault>,
    pub(super) dns: Box<[Box<str>]>,
    pub(super) subject: Box<str>,
    pub(super) not_before: u64,
    pub(super) not_after: u64,
}

impl CertificateNames {
    /// These names, for as long as whoever tells them says so.
    #[cfg(feature = "certificates")]
    pub(crate) fn told(uris: &[&str], dns: &[&str]) -> Self {
        Self {
            spiffe: the_spiffe_id(uris.iter().copied()),
            dns: hosts(dns.iter().copied()),
            subject: Box::default(),
            not_before: 0,
            not_after: u64::MAX,
        }
    }

    /// The SPIFFE id.
    ///
    /// # Errors
    /// When there is none, or more than one URI, or it is no id of a workload (X.509-SVID, section 2).
    pub fn spiffe(&self) -> Result<&SpiffeId, CertificateFault> {
        self.spiffe.as_ref().map_err(|fault| *fault)
    }

    /// The DNS names, in lower case. A name with a wildcard is nobody's, and left out.
    pub fn dns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.dns.iter().map(|name| &**name)
    }

    /// The subject as a text (RFC 4514); empty where there is none.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Whether the certificate is valid at a time, in seconds since 1970. A connection may live longer than it.
    ///
    /// # Errors
    /// When it is too early or too late.
    pub const fn at(&self, now: u64) -> Result<(), CertificateFault> {
        if now < self.not_before {
            return Err(CertificateFault::NotYetValid);
        }
        if self.not_after < now {
            return Err(CertificateFault::Expired);
        }
        Ok(())
    }
}

impl fmt::Debug for CertificateNames {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("CertificateNames").finish_non_exhaustive()
    }
}

/// Labels of letters, digits, hyphens and underscores: no wildcard, nothing that could be read in two ways.
pub(super) fn is_host(name: &str) -> bool {
    let label = |label: &str| {
        matches!(label.len(), 1..=63)
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    name.len() <= 253 && name.split('.').all(label)
}

/// The one URI, if it is the id of a workload. That of a trust domain alone is none (X.509-SVID, section 3.1).
#[cfg(feature = "certificates")]
pub(super) fn the_spiffe_id<'n>(mut uris: impl Iterator<Item = &'n str>) -> Result<SpiffeId, CertificateFault> {
    match (uris.next(), uris.next()) {
        (None, _) => Err(CertificateFault::NoSpiffeId),
        (Some(_), Some(_)) => Err(CertificateFault::SeveralUris),
        (Some(uri), None) => match uri.parse::<SpiffeId>() {
            Ok(id) if !id.path().is_empty() => Ok(id),
            Ok(_) | Err(_) => Err(CertificateFault::InvalidSpiffeId),
        },
    }
}

/// The names that name one host.
#[cfg(feature = "certificates")]
pub(super) fn hosts<'n>(names: impl Iterator<Item = &'n str>) -> Box<[Box<str>]> {
    names.filter(|name| is_host(name)).map(|name| name.to_ascii_lowercase().into()).collect()
}
