//! Forwarding headers: a client cannot move its address by what it writes in front.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::LazyLock,
};

use http::{HeaderMap, HeaderName, HeaderValue};
use palisade::gate::TrustedProxies;

const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));
const TRUSTED: [&str; 2] = ["10.0.0.0/8", "fd00::/8"];

static DIALECTS: LazyLock<[(TrustedProxies, &str, &str); 2]> = LazyLock::new(|| {
    [
        (TrustedProxies::x_forwarded_for(TRUSTED).expect("networks"), "x-forwarded-for", "198.51.100.66"),
        (TrustedProxies::forwarded(TRUSTED).expect("networks"), "forwarded", "for=198.51.100.66"),
    ]
});

/// Runs the target on one input: each line is a line of the field.
pub fn run(input: &[u8]) {
    for (proxies, name, claim) in &*DIALECTS {
        let name = HeaderName::from_static(name);
        let mut plain = HeaderMap::new();
        let mut spoofed = HeaderMap::new();
        spoofed.append(name.clone(), HeaderValue::from_static(claim));
        for line in input.split(|byte| *byte == b'\n') {
            let Ok(value) = HeaderValue::from_bytes(line) else { return };
            plain.append(name.clone(), value.clone());
            spoofed.append(name.clone(), value);
        }
        assert_eq!(proxies.resolve(STRANGER, &plain), STRANGER, "a stranger's claim counts");
        let client = proxies.resolve(PEER, &plain);
        let is_trusted = match client {
            IpAddr::V4(address) => address.octets()[0] == 10,
            IpAddr::V6(address) => address.octets()[0] == 0xfd,
        };
        if !is_trusted {
            let shown = String::from_utf8_lossy(input);
            assert_eq!(proxies.resolve(PEER, &spoofed), client, "`{name}: {shown}` behind a claim");
        }
    }
}
