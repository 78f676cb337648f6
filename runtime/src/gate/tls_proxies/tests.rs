//! What proxies tell, and what nobody else may.

use super::*;
use crate::auth::{CertificateFault, SpiffeId};

const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));

fn proxies() -> TlsProxies {
    TlsProxies::at(["10.0.0.0/8"]).unwrap()
}

/// A certificate of `spiffe://prod.example/worker`.
fn certificate() -> Vec<u8> {
    let mut params = rcgen::CertificateParams::default();
    let uri = rcgen::string::Ia5String::try_from("spiffe://prod.example/worker").unwrap();
    params.subject_alt_names = vec![rcgen::SanType::URI(uri)];
    params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().der().to_vec()
}

fn item(der: &[u8]) -> String {
    format!(":{}:", base64_simd::STANDARD.encode_to_string(der))
}

fn hex(der: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, der);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn resolve(
    proxies: &TlsProxies,
    peer: IpAddr,
    name: &'static str,
    lines: &[&str],
) -> Result<Option<ClientCertificate>, ForwardedCertificateError> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(name, HeaderValue::from_bytes(line.as_bytes()).unwrap());
    }
    proxies.resolve(peer, &Channel::Plain, &headers).map(|channel| match channel {
        Channel::Plain => None,
        Channel::Tls { certificate } => certificate,
    })
}

fn spiffe(certificate: &ClientCertificate) -> Result<&str, CertificateFault> {
    certificate.names()?.spiffe().map(SpiffeId::as_str)
}

#[test]
fn rule_61_a_certificate_is_taken_from_a_proxy_only() {
    let der = certificate();
    let line = item(&der);
    let taken = resolve(&proxies().client_cert(), PROXY, "client-cert", &[&line]).unwrap().unwrap();
    assert_eq!(spiffe(&taken), Ok("spiffe://prod.example/worker"));
    assert_eq!(taken.thumbprint(), ClientCertificate::vouched(&der).thumbprint());

    for claim in [&line[..], "", ":MIIB:", "anything"] {
        let claimed = resolve(&proxies().client_cert(), STRANGER, "client-cert", &[claim]);
        assert_eq!(claimed.err(), Some(ForwardedCertificateError::Stranger), "{claim}");
    }
    let mapped = "::ffff:10.0.0.1".parse().unwrap();
    assert!(resolve(&proxies().client_cert(), mapped, "client-cert", &[&line]).unwrap().is_some());
}

#[test]
fn a_field_that_is_not_the_proxies_says_nothing() {
    let line = item(&certificate());
    for (proxies, name) in [
        (proxies(), "client-cert"),
        (proxies(), "x-forwarded-client-cert"),
        (proxies().client_cert(), "x-forwarded-client-cert"),
        (proxies().x_forwarded_client_cert(), "client-cert"),
    ] {
        for peer in [PROXY, STRANGER] {
            assert!(resolve(&proxies, peer, name, &[&line]).unwrap().is_none(), "{name}");
        }
    }
}

#[test]
fn rule_61_the_certificate_of_the_proxy_is_not_the_clients() {
    let own = Channel::Tls { certificate: Some(ClientCertificate::vouched(&certificate())) };
    for proxies in [proxies(), proxies().client_cert(), proxies().x_forwarded_client_cert()] {
        let channel = proxies.resolve(PROXY, &own, &HeaderMap::new()).unwrap();
        assert!(matches!(channel, Channel::Tls { certificate: None }));
        let direct = proxies.resolve(STRANGER, &own, &HeaderMap::new()).unwrap();
        assert!(matches!(direct, Channel::Tls { certificate: Some(_) }), "who comes without a proxy is themselves");
        let plain = proxies.resolve(STRANGER, &Channel::Plain, &HeaderMap::new()).unwrap();
        assert!(matches!(plain, Channel::Plain));
    }
}

#[test]
fn rule_61_a_client_cert_is_one_item_of_bytes() {
    let good = item(&certificate());
    let proxies = proxies().client_cert();
    let twice = resolve(&proxies, PROXY, "client-cert", &[&good, &good]);
    assert_eq!(twice.err(), Some(ForwardedCertificateError::Repeated));
    let unpadded = format!(":{}:", good.trim_matches([':', '=']));
    let mut wrong = vec!["", ":", "::", "MIIB", ":MIIB", ":MI IB:", ":MIIB:;a=1", "\"MIIB\"", ":M-_B:"];
    if good.contains('=') {
        wrong.push(&unpadded);
    }
    let list = format!("{good}, {good}");
    wrong.push(&list);
    for line in wrong {
        let read = resolve(&proxies, PROXY, "client-cert", &[line]);
        assert_eq!(read.err(), Some(ForwardedCertificateError::Malformed), "{line}");
    }
    let garbage = resolve(&proxies, PROXY, "client-cert", &[":MIIB:"]).unwrap().unwrap();
    assert_eq!(spiffe(&garbage), Err(CertificateFault::Malformed), "it is nobody");
}

#[test]
fn rule_61_an_x_forwarded_client_cert_is_one_element() {
    let der = certificate();
    let hash = hex(&der);
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        base64_simd::STANDARD.encode_to_string(&der)
    );
    let encoded: String = pem.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let proxies = proxies().x_forwarded_client_cert();
    let read = |line: &str| resolve(&proxies, PROXY, "x-forwarded-client-cert", &[line]);

    for line in [
        format!("By=spiffe://prod.example/edge;Hash={hash};Cert=\"{encoded}\";Subject=\"CN=a,O=b\""),
        format!("Hash={hash};URI=spiffe://prod.example/worker;DNS=a.example;DNS=b.example"),
        format!("Hash={};Subject=\"\";URI=spiffe://prod.example/worker", hash.to_uppercase()),
    ] {
        let certificate = read(&line).unwrap().unwrap();
        assert_eq!(spiffe(&certificate), Ok("spiffe://prod.example/worker"), "{line}");
        assert_eq!(certificate.thumbprint(), ClientCertificate::vouched(&der).thumbprint());
    }
    let two = read(&format!("Hash={hash};URI=spiffe://prod.example/worker;URI=spiffe://prod.example/admin"));
    assert_eq!(spiffe(&two.unwrap().unwrap()), Err(CertificateFault::SeveralUris));

    for line in [
        String::new(),
        String::from("URI=spiffe://prod.example/worker"),
        format!("Hash={}", &hash[1..]),
        format!("Hash={hash}0"),
        format!("Hash={};Cert=\"{encoded}\"", "0".repeat(64)),
        format!("Hash={hash};Cert=\"{encoded}\";Cert=\"{encoded}\""),
        format!("Hash={hash};Cert=\"\""),
        format!("Hash={hash};Hash={hash}"),
        format!("Hash={hash},Hash={hash};URI=spiffe://prod.example/worker"),
        format!("Hash={hash};Subject=\"a;URI=spiffe://prod.example/worker"),
        format!("Hash={hash};Subject=\"a\\\",Hash={hash};URI=spiffe://prod.example/worker\""),
        format!("Hash={hash};URI=spiffe://prod.example/x\";URI=\"y"),
        format!("Hash={hash};Whatever=1"),
        format!("Hash={hash};"),
        format!("Hash={hash};URI"),
    ] {
        assert_eq!(read(&line).err(), Some(ForwardedCertificateError::Malformed), "{line}");
    }
}

#[test]
fn rule_59_what_proxies_do_not_verify_is_for_binding() {
    let der = certificate();
    let (line, element) = (item(&der), format!("Hash={};URI=spiffe://prod.example/worker", hex(&der)));
    for (proxies, name, line) in [
        (proxies().client_cert(), "client-cert", &line),
        (proxies().x_forwarded_client_cert(), "x-forwarded-client-cert", &element),
    ] {
        let certificate = resolve(&proxies.for_binding_only(), PROXY, name, &[line]).unwrap().unwrap();
        assert_eq!(spiffe(&certificate), Err(CertificateFault::Unvouched));
        assert_eq!(certificate.thumbprint(), ClientCertificate::vouched(&der).thumbprint());
    }
}

#[test]
fn everybody_is_no_proxy() {
    for network in ["0.0.0.0/0", "::/0", "10.0.0.0/40", "proxy.example"] {
        assert!(TlsProxies::at([network]).is_err(), "{network}");
    }
}
