//! An authority of this run: it vouches for servers and clients, and takes it back.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SanType, SerialNumber, date_time_ymd,
    string::Ia5String,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) root: CertificateDer<'static>,
}

/// A certificate and its key.
pub(crate) struct Holder {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    key: KeyPair,
}

impl Holder {
    pub(crate) fn key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::try_from(self.key.serialize_der()).expect("a key")
    }

    pub(crate) fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    pub(crate) fn leaf(&self) -> &[u8] {
        self.chain.first().expect("a certificate")
    }

    /// A self-signed certificate, for which nobody vouches.
    pub(crate) fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::default();
        change(&mut params);
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { chain: vec![certificate.der().clone()], key }
    }

    /// Writes the chain and the key as a server reads them.
    pub(crate) fn write(&self, folder: &Path) -> (PathBuf, PathBuf) {
        let (chain, key) = (folder.join("chain.pem"), folder.join("key.pem"));
        write(&chain, &self.chain.iter().map(|der| pem("CERTIFICATE", der)).collect::<String>());
        write(&key, &self.key_pem());
        (chain, key)
    }
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root = params.self_signed(&key).expect("a certificate").der().clone();
        Self { issuer: Issuer::new(params, key), root }
    }

    /// A server at this address.
    pub(crate) fn server(&self, name: &str, serial: u64) -> Holder {
        self.vouch(serial, |params| {
            params.subject_alt_names = vec![SanType::DnsName(Ia5String::try_from(name).expect("a name"))];
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        })
    }

    /// A client with these URIs.
    pub(crate) fn client(&self, serial: u64, uris: &[&str]) -> Holder {
        self.client_with(serial, uris, |_| {})
    }

    pub(crate) fn client_with(
        &self,
        serial: u64,
        uris: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> Holder {
        self.vouch(serial, |params| {
            params.subject_alt_names =
                uris.iter().map(|uri| SanType::URI(Ia5String::try_from(*uri).expect("a URI"))).collect();
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            change(params);
        })
    }

    fn vouch(&self, serial: u64, change: impl FnOnce(&mut CertificateParams)) -> Holder {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::default();
        params.serial_number = Some(SerialNumber::from(serial));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Holder { chain: vec![certificate.der().clone()], key }
    }

    /// The list of those that it no longer vouches for.
    pub(crate) fn revoke(&self, serials: &[u64], file: &Path) {
        let params = CertificateRevocationListParams {
            this_update: date_time_ymd(2025, 1, 1),
            next_update: date_time_ymd(2999, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: serials
                .iter()
                .map(|serial| RevokedCertParams {
                    serial_number: SerialNumber::from(*serial),
                    revocation_time: date_time_ymd(2025, 1, 1),
                    reason_code: None,
                    invalidity_date: None,
                })
                .collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = params.signed_by(&self.issuer).expect("a list");
        write(file, &list.pem().expect("a text"));
    }

    pub(crate) fn write_root(&self, file: &Path) {
        write(file, &pem("CERTIFICATE", &self.root));
    }
}

/// A file that its owner alone may read, there whole or not at all.
pub(crate) fn write(file: &Path, text: &str) {
    let new = file.with_extension("new");
    fs::write(&new, text).expect("a file");
    fs::set_permissions(&new, fs::Permissions::from_mode(0o600)).expect("it is ours");
    fs::rename(&new, file).expect("it is ours");
}

fn pem(kind: &str, der: &[u8]) -> String {
    let encoded = base64(der);
    let lines: Vec<&str> =
        (0..encoded.len()).step_by(64).filter_map(|at| encoded.get(at..encoded.len().min(at + 64))).collect();
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", lines.join("\n"))
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}
