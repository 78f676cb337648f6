//! From files to what connections are made with. Nothing of it changes once it is made.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use ring::digest;
use tokio_rustls::rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring as provider},
    pki_types::{
        CertificateDer, CertificateRevocationListDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
    server::{NoServerSessionStorage, danger::ClientCertVerifier},
    sign::{CertifiedKey, SingleCertAndKey},
};
use x509_cert::{Certificate, der::Decode};
use zeroize::Zeroize;

use super::{ClientAuthentication, TlsError, clients::Vouching};
use crate::auth::{Secret, SecretSource};

/// The most bytes of a file, lists of revoked certificates included: 16 MiB.
const MOST: u64 = 16 * 1024 * 1024;

/// Where everything is read from, each time.
pub(super) struct Plan {
    pub(super) chain: PathBuf,
    pub(super) key: Box<dyn SecretSource>,
    pub(super) clients: Option<ClientAuthentication>,
}

/// What connections are made with.
pub(super) struct Setting {
    pub(super) config: Arc<ServerConfig>,
    pub(super) vouching: Vouching,
    /// When the certificate of this server ends to be valid, in seconds since 1970.
    pub(super) expires_at: u64,
    /// Over everything that was read.
    pub(super) digest: digest::Digest,
}

impl Plan {
    /// Reads everything. `now` is in seconds since 1970.
    pub(super) async fn read(&self, now: u64) -> Result<Setting, TlsError> {
        let key = self.key.read().await.map_err(|fault| TlsError::new(fault.to_string()))?;
        let (chain, clients) = (self.chain.clone(), self.clients.clone());
        let reading = tokio::task::spawn_blocking(move || setting(&chain, &key, clients.as_ref(), now));
        reading.await.map_err(|_| TlsError::new("reading the files was given up"))?
    }
}

fn setting(
    chain: &Path,
    key: &Secret<Vec<u8>>,
    clients: Option<&ClientAuthentication>,
    now: u64,
) -> Result<Setting, TlsError> {
    let provider = Arc::new(provider::default_provider());
    let mut files = Files::new();
    files.digest.update(key.expose());
    let certificates = files.certificates(chain)?;
    let expires_at = validity(chain, &certificates, now)?;
    let certified = certified(chain, certificates, key)?;
    let verifier = clients.map(|clients| clients.verifier(&mut files, &provider)).transpose()?;
    Ok(Setting {
        config: Arc::new(config(provider, certified, verifier)?),
        vouching: clients.map_or(Vouching::ByNobody, ClientAuthentication::vouching),
        expires_at,
        digest: files.digest.finish(),
    })
}

fn config(
    provider: Arc<CryptoProvider>,
    certified: CertifiedKey,
    verifier: Option<Arc<dyn ClientCertVerifier>>,
) -> Result<ServerConfig, TlsError> {
    let unusable = |error| TlsError::new(format!("TLS cannot be set up: {error}"));
    let builder = ServerConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(unusable)?;
    let resolver = Arc::new(SingleCertAndKey::from(certified));
    let mut config = match verifier {
        None => {
            let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
            config.ticketer = provider::Ticketer::new().map_err(unusable)?;
            config
        }
        // A resumed connection would repeat what was verified when it was first made, whatever was revoked or has expired
        // since. So each proves itself anew.
        Some(verifier) => {
            let mut config = builder.with_client_cert_verifier(verifier).with_cert_resolver(resolver);
            config.session_storage = Arc::new(NoServerSessionStorage {});
            config.send_tls13_tickets = 0;
            config
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The key, once it is known to be that of the certificate.
fn certified(
    chain: &Path,
    certificates: Vec<CertificateDer<'static>>,
    pem: &Secret<Vec<u8>>,
) -> Result<CertifiedKey, TlsError> {
    let mut key = PrivateKeyDer::from_pem_slice(pem.expose())
        .map_err(|_| TlsError::new("the private key is none in PEM: write PKCS #8, SEC 1 or PKCS #1"))?;
    let signing = provider::sign::any_supported_type(&key);
    key.zeroize();
    let signing = signing.map_err(|_| {
        TlsError::new("the private key is of no kind that is supported: take ECDSA P-256 or P-384, Ed25519 or RSA")
    })?;
    let certified = CertifiedKey::new(certificates, signing);
    certified.keys_match().map_err(|_| TlsError::of(chain, "the private key is not that of the first certificate"))?;
    Ok(certified)
}

/// When the certificate of this server ends to be valid.
fn validity(chain: &Path, certificates: &[CertificateDer<'_>], now: u64) -> Result<u64, TlsError> {
    let leaf = certificates.first().ok_or_else(|| TlsError::of(chain, "there is no certificate in it"))?;
    let leaf = Certificate::from_der(leaf).map_err(|_| TlsError::of(chain, "the first certificate does not decode"))?;
    let validity = leaf.tbs_certificate().validity();
    let (from, to) =
        (validity.not_before.to_unix_duration().as_secs(), validity.not_after.to_unix_duration().as_secs());
    match now {
        _ if now < from => Err(TlsError::of(chain, "the first certificate is not valid yet")),
        _ if to < now => Err(TlsError::of(chain, "the first certificate has expired: renew it")),
        _ => Ok(to),
    }
}

/// Reads files, and remembers a digest of them all.
pub(super) struct Files {
    digest: digest::Context,
}

impl Files {
    fn new() -> Self {
        Self { digest: digest::Context::new(&digest::SHA256) }
    }

    /// At least one certificate, in PEM.
    pub(super) fn certificates(&mut self, path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
        let bytes = self.read(path)?;
        let certificates: Vec<_> = CertificateDer::pem_slice_iter(&bytes)
            .collect::<Result<_, _>>()
            .map_err(|error| malformed(path, &error))?;
        if certificates.is_empty() {
            return Err(TlsError::of(path, "there is no certificate in it: write them in PEM"));
        }
        Ok(certificates)
    }

    /// At least one list of revoked certificates, in PEM or DER.
    pub(super) fn revocation_lists(
        &mut self,
        path: &Path,
    ) -> Result<Vec<CertificateRevocationListDer<'static>>, TlsError> {
        let bytes = self.read(path)?;
        // A sequence, which no text begins with.
        if bytes.first() == Some(&0x30) {
            return Ok(vec![CertificateRevocationListDer::from(bytes)]);
        }
        let lists: Vec<_> = CertificateRevocationListDer::pem_slice_iter(&bytes)
            .collect::<Result<_, _>>()
            .map_err(|error| malformed(path, &error))?;
        if lists.is_empty() {
            return Err(TlsError::of(path, "there is no list of revoked certificates in it: write it in PEM or DER"));
        }
        Ok(lists)
    }

    fn read(&mut self, path: &Path) -> Result<Vec<u8>, TlsError> {
        let unreadable = |error: std::io::Error| TlsError::of(path, format_args!("it cannot be read, since {error}"));
        // A pipe would be waited for, so it is looked at before it is opened.
        if !fs::metadata(path).map_err(unreadable)?.is_file() {
            return Err(TlsError::of(path, "it is no regular file"));
        }
        let mut bytes = Vec::new();
        File::open(path).map_err(unreadable)?.take(MOST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if MOST < bytes.len() as u64 {
            return Err(TlsError::of(path, "it has more than 16 MiB"));
        }
        self.digest.update(&(bytes.len() as u64).to_le_bytes());
        self.digest.update(&bytes);
        Ok(bytes)
    }
}

/// What is wrong with a file in PEM, without what stands in it.
fn malformed(path: &Path, error: &pem::Error) -> TlsError {
    let what = match error {
        pem::Error::MissingSectionEnd { .. } => "a section of it has no end",
        pem::Error::IllegalSectionStart { .. } => "a section of it does not begin as one",
        pem::Error::Base64Decode(_) => "a section of it is not Base64",
        pem::Error::SectionTooLarge => "a section of it is too large",
        _ => "it is not PEM",
    };
    TlsError::of(path, what)
}
