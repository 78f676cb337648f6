//! Which client certificates are callers, and what they may do.

use std::{collections::HashMap, fmt, sync::Arc};

use super::{CertificateFault, ClientCertificate, TrustDomain, names::is_host};

/// What a caller may do who is known by a certificate: by the names of the API's scopes and roles.
///
/// ```
/// use palisade::auth::Grants;
///
/// let billing = Grants::nothing().scopes(["orders:read"]).roles(["machine"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    scopes: Vec<String>,
    roles: Vec<String>,
}

impl Grants {
    /// A caller, and nothing more.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { scopes: Vec::new(), roles: Vec::new() }
    }

    /// With these scopes.
    #[must_use]
    pub fn scopes<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.scopes.extend(names.into_iter().map(Into::into));
        self
    }

    /// With these roles.
    #[must_use]
    pub fn roles<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.roles.extend(names.into_iter().map(Into::into));
        self
    }

    pub(crate) fn scope_names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    pub(crate) fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(String::as_str)
    }
}

/// The callers that are known by a certificate, and what they may do. Whoever is not named is refused.
///
/// A name is accepted only where an authority of ours vouches for it, as the connection proved: see
/// `palisade::tls::ClientAuthentication` and [`TlsProxies`](crate::gate::TlsProxies). It is looked at again with each request, since a
/// connection may live longer than the certificate.
///
/// ```
/// use palisade::auth::{Certificates, Grants};
///
/// let workloads = Certificates::spiffe("prod.example")
///     .caller("spiffe://prod.example/billing", Grants::nothing().scopes(["orders:read"]))
///     .callers(|id| id.strip_prefix("spiffe://prod.example/ns/shop/").map(|_| Grants::nothing()));
/// let hosts = Certificates::dns().caller("billing.internal.example", Grants::nothing().roles(["machine"]));
/// ```
pub struct Certificates {
    names: Names,
    table: HashMap<Box<str>, Arc<Grants>>,
    asked: Option<Box<Ask>>,
    fault: Option<&'static str>,
}

type Ask = dyn Fn(&str) -> Option<Grants> + Send + Sync;

/// Which names of a certificate are looked at.
enum Names {
    Spiffe(TrustDomain),
    Dns,
    /// What is configured makes no sense, so that nobody is accepted.
    Nobody,
}

/// A caller that a certificate names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Certified {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) grants: Arc<Grants>,
}

impl Certificates {
    /// Whom callers are vouched for who are known by a DNS name.
    pub(crate) const DNS_ISSUER: &'static str = "urn:palisade:certificate";

    /// Workloads of one trust domain, by their SPIFFE id. The issuer of such a caller is `spiffe://` and the trust domain,
    /// the subject the whole id. What is no trust domain keeps the gate from being built.
    #[must_use]
    pub fn spiffe(trust_domain: &str) -> Self {
        match trust_domain.parse() {
            Ok(domain) => Self::of(Names::Spiffe(domain), None),
            Err(_) => {
                Self::of(Names::Nobody, Some("`Certificates::spiffe`: write a trust domain, like \"prod.example\""))
            }
        }
    }

    /// Hosts, by a DNS name, which is the subject of such a caller; the issuer is `urn:palisade:certificate`. A certificate of which two names are accepted is
    /// refused.
    #[must_use]
    pub fn dns() -> Self {
        Self::of(Names::Dns, None)
    }

    /// A caller by its name: a whole SPIFFE id of the trust domain, or a DNS name. What is neither, or named already,
    /// keeps the gate from being built.
    #[must_use]
    pub fn caller(mut self, name: &str, grants: Grants) -> Self {
        let name = match &self.names {
            Names::Spiffe(domain) => name.parse::<super::SpiffeId>().ok().and_then(|id| {
                let ours = id.trust_domain() == domain.as_str() && !id.path().is_empty();
                ours.then(|| name.into())
            }),
            Names::Dns => is_host(name).then(|| name.to_ascii_lowercase().into_boxed_str()),
            Names::Nobody => return self,
        };
        let twice = match name {
            Some(name) => self.table.insert(name, Arc::new(grants)).is_some(),
            None => {
                self.fault = Some(match self.names {
                    Names::Spiffe(_) | Names::Nobody => {
                        "`Certificates::caller`: write a whole SPIFFE id of the trust domain, like \"spiffe://prod.example/billing\""
                    }
                    Names::Dns => "`Certificates::caller`: write a DNS name, like \"billing.internal.example\"",
                });
                false
            }
        };
        if twice {
            self.fault = Some("`Certificates::caller`: a name is there twice: remove one");
        }
        self
    }

    /// Callers whom no [`caller`](Self::caller) names, by a function from their name: nothing for one that is not accepted.
    /// It is asked for each request, so it should be quick; a SPIFFE id is of the trust domain already.
    #[must_use]
    pub fn callers(self, ask: impl Fn(&str) -> Option<Grants> + Send + Sync + 'static) -> Self {
        Self { asked: Some(Box::new(ask)), ..self }
    }

    fn of(names: Names, fault: Option<&'static str>) -> Self {
        Self { names, table: HashMap::new(), asked: None, fault }
    }

    /// Why it makes no sense, if it does not.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match self.table.is_empty() && self.asked.is_none() {
            true => self.fault.or(Some("`Certificates` accepts nobody: add `.caller(\"..\", Grants::nothing())`")),
            false => self.fault,
        }
    }

    /// What the table grants.
    pub(crate) fn grants(&self) -> impl Iterator<Item = &Grants> {
        self.table.values().map(|grants| &**grants)
    }

    /// Who shows this certificate at this time, in seconds since 1970.
    pub(crate) fn identify(&self, certificate: &ClientCertificate, now: u64) -> Result<Certified, CertificateFault> {
        let names = certificate.names()?;
        names.at(now)?;
        match &self.names {
            Names::Spiffe(domain) => {
                let id = names.spiffe()?;
                if id.trust_domain() != domain.as_str() {
                    return Err(CertificateFault::OtherTrustDomain);
                }
                let grants = self.granted(id.as_str()).ok_or(CertificateFault::Unknown)?;
                let issuer = format!("spiffe://{}", domain.as_str());
                Ok(Certified { issuer, subject: id.as_str().to_owned(), grants })
            }
            Names::Dns => {
                let mut accepted = names.dns().filter_map(|name| Some((name, self.granted(name)?)));
                let (name, grants) = accepted.next().ok_or(CertificateFault::Unknown)?;
                if accepted.any(|(other, _)| other != name) {
                    return Err(CertificateFault::Ambiguous);
                }
                Ok(Certified { issuer: Self::DNS_ISSUER.to_owned(), subject: name.to_owned(), grants })
            }
            Names::Nobody => Err(CertificateFault::Unknown),
        }
    }

    fn granted(&self, name: &str) -> Option<Arc<Grants>> {
        self.table.get(name).cloned().or_else(|| self.asked.as_ref()?(name).map(Arc::new))
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Certificates").field("callers", &self.table.len()).finish_non_exhaustive()
    }
}
