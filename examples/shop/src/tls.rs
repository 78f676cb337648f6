//! TLS from a directory of certificates. Where there are none yet, some are made for this machine, to try it with.

use std::{
    error::Error,
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use palisade::{
    auth::SecretFile,
    tls::{ClientAuthentication, Tls},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose, SanType};

/// Who the warehouse is, by its certificate.
pub const WAREHOUSE: &str = "spiffe://shop.example/warehouse";

/// The certificates of a directory: `chain.pem` and `key.pem` of the shop, and `clients.pem`, the authorities whose clients
/// are believed. All of them are read anew when they change.
///
/// # Errors
/// When they cannot be made or read.
pub async fn open(directory: &Path) -> Result<Tls, Box<dyn Error>> {
    let file = |name: &str| directory.join(name);
    if !file("chain.pem").exists() {
        make(directory)?;
    }
    let tls = Tls::builder(file("chain.pem"), SecretFile::at(file("key.pem")))
        .clients(ClientAuthentication::optional(file("clients.pem")))
        .build()
        .await?;
    Ok(tls)
}

/// An authority, the certificate of the shop on this machine, and one of the warehouse.
fn make(directory: &Path) -> Result<(), Box<dyn Error>> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority.distinguished_name.push(DnType::CommonName, "the authority of a demonstration");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    let shop = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()])?;
    let mut warehouse = CertificateParams::default();
    warehouse.subject_alt_names.push(SanType::URI(WAREHOUSE.try_into()?));

    fs::create_dir_all(directory)?;
    write(directory.join("clients.pem"), &authority.pem())?;
    for (params, chain, key) in [(shop, "chain.pem", "key.pem"), (warehouse, "warehouse.pem", "warehouse.key")] {
        let own = KeyPair::generate()?;
        write(directory.join(key), &own.serialize_pem())?;
        write(directory.join(chain), &params.signed_by(&own, &authority)?.pem())?;
    }
    Ok(())
}

/// For the owner's eyes only, as a private key has to be.
fn write(path: PathBuf, text: &str) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}
