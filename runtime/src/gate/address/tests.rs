//! Who a client is, with every trick to be somebody else.

use super::*;

const PROXY: &str = "10.0.0.1";
const REAL: &str = "203.0.113.9";

fn address(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn headers(name: &'static str, lines: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(name, HeaderValue::from_bytes(line.as_bytes()).expect("a value"));
    }
    headers
}

#[track_caller]
fn check(proxies: &TrustedProxies, name: &'static str, lines: &[&str], expect: &str) {
    assert_eq!(proxies.resolve(address(PROXY), &headers(name, lines)), address(expect), "{lines:?}");
}

#[test]
fn x_forwarded_for_is_read_from_the_right_up_to_the_first_stranger() {
    let proxies = TrustedProxies::x_forwarded_for(["10.0.0.0/8", "2001:db8:f::/48"]).expect("networks");
    for (lines, expect) in [
        (&[][..], PROXY),
        (&["203.0.113.9"], REAL),
        // A client that writes the field itself: each value would be a new key, were it believed.
        (&["1.1.1.1, 203.0.113.9"], REAL),
        (&["1.1.1.1", "2.2.2.2", "203.0.113.9"], REAL),
        (&["10.9.9.9, 203.0.113.9"], REAL),
        (&["1.1.1.1, 203.0.113.9, 10.0.0.2,10.0.0.3"], REAL),
        (&["1.1.1.1, 203.0.113.9", "10.0.0.2"], REAL),
        (&["1.1.1.1,\t203.0.113.9 , 2001:db8:f::1"], REAL),
        // Ports and brackets, as some proxies write them.
        (&["1.1.1.1, 203.0.113.9:4711"], REAL),
        (&["1.1.1.1, [2001:db8::9]:4711"], "2001:db8::9"),
        (&["1.1.1.1, [2001:db8::9]"], "2001:db8::9"),
        (&["1.1.1.1, 2001:db8::9"], "2001:db8::9"),
        (&["1.1.1.1, ::ffff:203.0.113.9"], REAL),
        (&["1.1.1.1, ::ffff:10.0.0.2"], "1.1.1.1"),
        (&["1.1.1.1, 64:ff9b::203.0.113.9"], REAL),
        // A translated address is a client, also where it reads like a proxy.
        (&["1.1.1.1, 64:ff9b::10.0.0.2"], "10.0.0.2"),
        // All are proxies: the leftmost is as far as the word goes.
        (&["10.0.0.4, 10.0.0.3"], "10.0.0.4"),
        // What cannot be read ends the walk at the last good hop.
        (&["1.1.1.1, unknown"], PROXY),
        (&["1.1.1.1, , 10.0.0.2"], "10.0.0.2"),
        (&["1.1.1.1,"], PROXY),
        (&["1.1.1.1", ""], PROXY),
        (&["1.1.1.1, 203.0.113.9:99999"], PROXY),
        (&["1.1.1.1, 203.0.113.9:+80"], PROXY),
        (&["1.1.1.1, 203.0.113.9:"], PROXY),
        (&["1.1.1.1, 203.0.113.256"], PROXY),
        (&["1.1.1.1, 0203.0.113.9"], PROXY),
        (&["1.1.1.1, [2001:db8::9"], PROXY),
        (&["1.1.1.1, [2001:db8::9]4711"], PROXY),
        (&["1.1.1.1, fe80::1%eth0"], PROXY),
        (&["1.1.1.1, \u{e9}, 10.0.0.2"], PROXY),
        (&["1.1.1.1, \"203.0.113.9"], PROXY),
    ] {
        check(&proxies, "x-forwarded-for", lines, expect);
    }
    check(&proxies, "forwarded", &["for=203.0.113.9"], PROXY);
}

#[test]
fn forwarded_is_read_from_the_right_up_to_the_first_stranger() {
    let proxies = TrustedProxies::forwarded(["10.0.0.0/8"]).expect("networks");
    for (lines, expect) in [
        (&["for=203.0.113.9"][..], REAL),
        (&["for=1.1.1.1, for=203.0.113.9"], REAL),
        (&["for=1.1.1.1", "For=203.0.113.9;proto=https;by=10.0.0.1"], REAL),
        (&["for=1.1.1.1, proto=https; for=\"203.0.113.9:80\" ;by=\"[2001:db8::1]:80\""], REAL),
        (&["for=1.1.1.1, for=\"203.0.113.9:_hidden\""], REAL),
        (&["for=1.1.1.1, for=\"[2001:db8::9]:4711\""], "2001:db8::9"),
        (&["for=1.1.1.1, for=203.0.113.9, for=10.0.0.2"], REAL),
        // An open quote from the client does not swallow what the proxy appended.
        (&["for=\"1.1.1.1, for=203.0.113.9"], REAL),
        (&["for=\"1.1.1.1, for=\"203.0.113.9:80\""], REAL),
        (&["for=1.1.1.1, by=\"a, for=2.2.2.2\";for=203.0.113.9"], REAL),
        // What tells no address ends the walk.
        (&["for=1.1.1.1, for=unknown"], PROXY),
        (&["for=1.1.1.1, for=_hidden"], PROXY),
        (&["for=1.1.1.1, proto=https"], PROXY),
        (&["for=1.1.1.1, for=2.2.2.2;for=203.0.113.9"], PROXY),
        (&["for=1.1.1.1, for=\"203.0.113.9"], PROXY),
        (&["for=1.1.1.1, for=\"203.0.113\\.9\""], PROXY),
        (&["for=1.1.1.1, for"], PROXY),
        (&["for=1.1.1.1, "], PROXY),
        (&["for=1.1.1.1, for=203.0.113.9;"], PROXY),
    ] {
        check(&proxies, "forwarded", lines, expect);
    }
    check(&proxies, "x-forwarded-for", &["203.0.113.9"], PROXY);
}

#[test]
fn a_strangers_word_is_not_read() {
    let headers = headers("x-forwarded-for", &["1.1.1.1"]);
    let proxies = TrustedProxies::x_forwarded_for(["10.0.0.0/8"]).expect("networks");
    for (peer, expect) in [(REAL, REAL), ("::ffff:203.0.113.9", REAL), ("64:ff9b::10.0.0.1", PROXY)] {
        assert_eq!(proxies.resolve(address(peer), &headers), address(expect));
    }
    assert_eq!(proxies.resolve(address("::ffff:10.0.0.1"), &headers), address("1.1.1.1"));
    assert_eq!(TrustedProxies::none().resolve(address(PROXY), &headers), address(PROXY));
}

#[test]
fn a_network_is_an_address_or_a_prefix_and_never_everybody() {
    for (network, peer) in [
        ("10.0.0.1", PROXY),
        ("10.0.0.99/8", PROXY),
        ("::ffff:10.0.0.0/104", PROXY),
        ("::ffff:10.0.0.1", PROXY),
        ("2001:db8::/32", "2001:db8::1"),
    ] {
        let proxies = TrustedProxies::x_forwarded_for([network]).expect("a network");
        let headers = headers("x-forwarded-for", &[REAL]);
        assert_eq!(proxies.resolve(address(peer), &headers), address(REAL), "{network}");
    }
    for network in ["", "10.0.0.0/33", "localhost", "10.0.0.0/", " 10.0.0.0/8"] {
        let refused = TrustedProxies::forwarded([network]).expect_err(network);
        assert_eq!(refused, InvalidNetwork::Malformed(network.to_owned()));
    }
    for network in ["0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96"] {
        let refused = TrustedProxies::forwarded([network]).expect_err(network);
        assert_eq!(refused, InvalidNetwork::Everybody(network.to_owned()));
    }
}

#[test]
fn a_bucket_is_an_ipv4_address_or_the_64_of_an_ipv6_address() {
    let same = |left, right| bucket(address(left)) == bucket(address(right));
    assert!(same("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"));
    assert!(!same("2001:db8::1", "2001:db8:0:1::1"));
    assert!(!same("203.0.113.9", "203.0.113.8"));
    assert!(same("203.0.113.9", "::ffff:203.0.113.9"));
    assert!(same("203.0.113.9", "64:ff9b::203.0.113.9"));
    assert!(!same("0.0.0.0", "::"));
}
