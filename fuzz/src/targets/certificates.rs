//! Certificates of clients, and the fields in which proxies tell them: a stranger's claim counts for nothing, and nobody is
//! who does not stand there.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::LazyLock,
};

use http::{HeaderMap, HeaderName, HeaderValue};
use palisade::{
    auth::{ClientCertificate, SpiffeId},
    gate::{Channel, TlsProxies},
};
use sfv::{BareItem, Item, Parser};

const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));

static DIALECTS: LazyLock<[(TlsProxies, HeaderName); 2]> = LazyLock::new(|| {
    let proxies = || TlsProxies::at(["10.0.0.0/8"]).expect("a network");
    [
        (proxies().client_cert(), HeaderName::from_static("client-cert")),
        (proxies().x_forwarded_client_cert(), HeaderName::from_static("x-forwarded-client-cert")),
    ]
});

/// Runs the target on one input: a certificate in DER, and the lines of a field.
pub fn run(input: &[u8]) {
    named(&ClientCertificate::vouched(input), input);
    let lines: Option<Vec<HeaderValue>> =
        input.split(|byte| *byte == b'\n').map(|line| HeaderValue::from_bytes(line).ok()).collect();
    let Some(lines) = lines else { return };
    for (proxies, name) in &*DIALECTS {
        let mut headers = HeaderMap::new();
        for line in &lines {
            headers.append(name.clone(), line.clone());
        }
        assert!(proxies.resolve(STRANGER, &Channel::Plain, &headers).is_err(), "a stranger's claim counts");
        let Ok(channel) = proxies.resolve(PROXY, &Channel::Plain, &headers) else { continue };
        let Channel::Tls { certificate: Some(certificate) } = channel else { panic!("a claim is lost") };
        assert_eq!(lines.len(), 1, "which of them?");
        if name == "client-cert" {
            let item = Parser::new(input).parse::<Item>().expect("what is taken is an item");
            let BareItem::ByteSequence(der) = item.bare_item else { panic!("what is taken is bytes") };
            assert_eq!(certificate.thumbprint(), ClientCertificate::for_binding(&der).thumbprint());
            named(&certificate, &der);
        } else {
            let text = String::from_utf8_lossy(input);
            let hash: String = certificate.thumbprint().iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(text.to_ascii_lowercase().contains(&hash), "{text}");
            let mut two = HeaderMap::new();
            let list = format!("{text},Hash={hash};URI=spiffe://prod.example/admin");
            two.insert(name, HeaderValue::from_str(&list).expect("a value"));
            assert!(proxies.resolve(PROXY, &Channel::Plain, &two).is_err(), "another element: {list}");
        }
    }
}

/// A name that is found stands in the certificate, and is one.
fn named(certificate: &ClientCertificate, der: &[u8]) {
    let Ok(names) = certificate.names() else { return };
    let stands = |name: &str| der.windows(name.len()).any(|window| window.eq_ignore_ascii_case(name.as_bytes()));
    if let Ok(id) = names.spiffe() {
        assert!(stands(id.as_str()) && id.as_str().parse::<SpiffeId>().is_ok_and(|again| again == *id));
    }
    for name in names.dns() {
        assert!(stands(name) && !name.contains(['*', '/', ':']), "{name}");
    }
}
