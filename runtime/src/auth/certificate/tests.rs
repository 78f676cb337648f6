//! Certificates as authorities write them, and some that none should.

use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, KeyPair, KeyUsagePurpose, SanType,
    string::Ia5String,
};

use super::*;

fn uri(text: &str) -> SanType {
    SanType::URI(Ia5String::try_from(text).unwrap())
}

fn dns(text: &str) -> SanType {
    SanType::DnsName(Ia5String::try_from(text).unwrap())
}

fn der(change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
    let mut params = CertificateParams::default();
    change(&mut params);
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
}

fn named(names: impl IntoIterator<Item = SanType>) -> ClientCertificate {
    ClientCertificate::vouched(&der(|params| params.subject_alt_names = names.into_iter().collect()))
}

/// 2026-01-01, at which rcgen's certificates are valid.
const NOW: u64 = 1_767_225_600;

fn spiffe(certificate: &ClientCertificate) -> Result<String, CertificateFault> {
    certificate.names()?.spiffe().map(ToString::to_string)
}

#[test]
fn rule_61_a_certificate_has_exactly_one_uri() {
    let worker = "spiffe://prod.example/worker";
    assert_eq!(spiffe(&named([uri(worker)])), Ok(worker.to_owned()));
    assert_eq!(spiffe(&named([dns("a.example"), uri(worker)])), Ok(worker.to_owned()), "other kinds do not count");
    assert_eq!(spiffe(&named([])), Err(CertificateFault::NoSpiffeId));
    assert_eq!(spiffe(&named([dns("a.example")])), Err(CertificateFault::NoSpiffeId));
    for second in [worker, "spiffe://prod.example/admin", "https://prod.example/"] {
        assert_eq!(spiffe(&named([uri(worker), uri(second)])), Err(CertificateFault::SeveralUris), "{second}");
        assert_eq!(spiffe(&named([uri(second), uri(worker)])), Err(CertificateFault::SeveralUris), "{second}");
    }
    for wrong in ["https://prod.example/worker", "spiffe://prod.example", "spiffe://prod.example:1/worker", ""] {
        assert_eq!(spiffe(&named([uri(wrong)])), Err(CertificateFault::InvalidSpiffeId), "{wrong}");
    }
}

#[test]
fn rule_61_an_authority_is_no_caller() {
    let changes: [fn(&mut CertificateParams); 3] = [
        |params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained),
        |params| params.key_usages = vec![KeyUsagePurpose::KeyCertSign],
        |params| params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::CrlSign],
    ];
    for change in changes {
        let der = der(|params| {
            params.subject_alt_names = vec![uri("spiffe://prod.example/worker")];
            change(params);
        });
        assert_eq!(spiffe(&ClientCertificate::vouched(&der)), Err(CertificateFault::Authority));
    }
}

#[test]
fn a_certificate_says_hosts_and_a_subject() {
    let der = der(|params| {
        params.subject_alt_names = vec![dns("Billing.Example"), dns("*.example"), dns("a..b"), dns("shop.example")];
        params.distinguished_name.push(DnType::CommonName, "billing, main");
    });
    let certificate = ClientCertificate::vouched(&der);
    let names = certificate.names().unwrap();
    assert_eq!(names.dns().collect::<Vec<_>>(), ["billing.example", "shop.example"]);
    assert!(names.subject().contains(r"billing\, main"), "{}", names.subject());
}

#[test]
fn rule_61_what_does_not_decode_is_nobody() {
    let good = der(|params| params.subject_alt_names = vec![uri("spiffe://prod.example/worker")]);
    for bytes in [&[][..], b"certificate", &good[..good.len() - 1], &[&good[..], &[0]].concat(), &[0; 70_000]] {
        let certificate = ClientCertificate::vouched(bytes);
        assert_eq!(spiffe(&certificate), Err(CertificateFault::Malformed));
        assert_eq!(certificate.thumbprint(), ring::digest::digest(&ring::digest::SHA256, bytes).as_ref());
    }
    // Alternative names once more, or in no form of theirs.
    let names = [2, 5, 29, 17];
    for content in
        [vec![0x30, 0x00], vec![0x30, 0x02, 0x86, 0x01], vec![0x30, 0x03, 0x86, 0x01, 0xff], vec![0x04, 0x00]]
    {
        let der = der(|params| {
            params.subject_alt_names = vec![uri("spiffe://prod.example/worker")];
            params.custom_extensions = vec![CustomExtension::from_oid_content(&names, content.clone())];
        });
        assert_eq!(spiffe(&ClientCertificate::vouched(&der)), Err(CertificateFault::Malformed), "{content:x?}");
    }
}

#[test]
fn rule_61_a_certificate_is_a_caller_only_while_it_is_valid() {
    let der = der(|params| {
        params.subject_alt_names = vec![uri("spiffe://prod.example/worker")];
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2026, 1, 2);
    });
    let certificate = ClientCertificate::vouched(&der);
    let callers = Certificates::spiffe("prod.example").callers(|_| Some(Grants::nothing()));
    let at = |now| callers.identify(&certificate, now).map(|_| ());
    assert_eq!(at(NOW - 1), Err(CertificateFault::NotYetValid));
    assert_eq!(at(NOW), Ok(()));
    assert_eq!(at(NOW + 86_400), Ok(()));
    assert_eq!(at(NOW + 86_401), Err(CertificateFault::Expired));
}

#[test]
fn rule_61_the_trust_domain_is_pinned() {
    let callers = Certificates::spiffe("prod.example")
        .caller("spiffe://prod.example/worker", Grants::nothing().scopes(["orders:read"]))
        .callers(|id| id.ends_with("/asked").then(Grants::nothing));
    let who = |id: &str| callers.identify(&named([uri(id)]), NOW).map(|found| (found.issuer, found.subject));
    let found = |id: &str| Ok(("spiffe://prod.example".to_owned(), id.to_owned()));
    for id in ["spiffe://prod.example/worker", "spiffe://prod.example/asked"] {
        assert_eq!(who(id), found(id));
    }
    for (id, fault) in [
        ("spiffe://prod.example/Worker", CertificateFault::Unknown),
        ("spiffe://prod.example/worker/x", CertificateFault::Unknown),
        ("spiffe://prod.example.evil/worker", CertificateFault::OtherTrustDomain),
        ("spiffe://staging.example/asked", CertificateFault::OtherTrustDomain),
        ("spiffe://prod.example", CertificateFault::InvalidSpiffeId),
    ] {
        assert_eq!(who(id), Err(fault), "{id}");
    }
    let worker = named([uri("spiffe://prod.example/worker")]);
    let granted = callers.identify(&worker, NOW).unwrap().grants;
    assert_eq!(granted.scope_names().collect::<Vec<_>>(), ["orders:read"]);
}

#[test]
fn a_host_is_a_caller_by_one_name() {
    let callers =
        Certificates::dns().caller("Billing.Example", Grants::nothing()).caller("shop.example", Grants::nothing());
    let who = |names: &[&str]| {
        let certificate = named(names.iter().map(|name| dns(name)));
        callers.identify(&certificate, NOW).map(|found| found.subject)
    };
    assert_eq!(who(&["billing.EXAMPLE"]), Ok("billing.example".to_owned()));
    assert_eq!(who(&["other.example", "shop.example"]), Ok("shop.example".to_owned()));
    assert_eq!(who(&["shop.example", "SHOP.example"]), Ok("shop.example".to_owned()));
    assert_eq!(who(&["shop.example", "billing.example"]), Err(CertificateFault::Ambiguous));
    assert_eq!(who(&["*.example"]), Err(CertificateFault::Unknown));
    assert_eq!(who(&[]), Err(CertificateFault::Unknown));
}

#[test]
fn a_certificate_for_binding_is_nobody() {
    let der = der(|params| params.subject_alt_names = vec![uri("spiffe://prod.example/worker")]);
    let callers = Certificates::spiffe("prod.example").callers(|_| Some(Grants::nothing()));
    let certificate = ClientCertificate::for_binding(&der);
    assert_eq!(callers.identify(&certificate, NOW), Err(CertificateFault::Unvouched));
    assert_eq!(certificate.thumbprint(), ClientCertificate::vouched(&der).thumbprint());
}

#[test]
fn what_makes_no_sense_is_said() {
    let nothing = Grants::nothing;
    for (callers, expected) in [
        (Certificates::spiffe("Prod.example").caller("spiffe://prod.example/a", nothing()), "a trust domain"),
        (Certificates::spiffe("prod.example"), "accepts nobody"),
        (Certificates::spiffe("prod.example").caller("/a", nothing()), "a whole SPIFFE id"),
        (Certificates::spiffe("prod.example").caller("spiffe://prod.example", nothing()), "a whole SPIFFE id"),
        (Certificates::spiffe("prod.example").caller("spiffe://other.example/a", nothing()), "a whole SPIFFE id"),
        (Certificates::dns().caller("*.example", nothing()), "a DNS name"),
        (Certificates::dns().caller("a.example", nothing()).caller("A.example", nothing()), "there twice"),
    ] {
        let fault = callers.fault().unwrap();
        assert!(fault.contains(expected), "{fault}");
    }
    assert_eq!(Certificates::dns().callers(|_| None).fault(), None);
}

#[test]
fn rule_69_nothing_of_a_certificate_is_printed() {
    let certificate = named([uri("spiffe://prod.example/worker"), dns("worker.example")]);
    let shown = format!("{certificate:?} {:?}", certificate.names());
    assert!(!shown.contains("worker") && !shown.contains("prod.example"), "{shown}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(at in 0_usize..200, byte: u8) {
        let mut der = der(|params| params.subject_alt_names = vec![uri("spiffe://prod.example/worker")]);
        der[at] = byte;
        let _ = ClientCertificate::vouched(&der).names();
    }
}
