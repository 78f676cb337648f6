//! What must not pass, as it is tried in practice, and what must.

use proptest::prelude::*;

use super::*;
use crate::rules::Apply;

const HTTP: Url = Url::new().schemes(&["https", "http"]).seal().into_rule();
const ANY_HOST: Url = Url::new().schemes(&["https", "http", "redis"]).host("any").seal().into_rule();
const INTERNATIONAL: Url = Url::new().schemes(&["https", "http"]).international("allowed").seal().into_rule();

/// Ways to name what is inside, or to make two parsers see two hosts. `rules` with `http` and international texts must
/// refuse them as well as the strict one.
const INSIDE: &[&str] = &[
    // Loopback, plainly.
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/admin",
    "http://127.1.2.3/",
    "http://127.255.255.255/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://LocalHost:3000/",
    "http://localhost./",
    "http://sub.localhost/",
    "http://a.b.LOCALHOST/",
    "http://localhost.localdomain/",
    "http://localhost6.localdomain6/",
    "http://ip6-localhost/",
    "http://[::1]/",
    "http://[::1]:80/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "http://[::]/",
    "http://[0::0]/",
    "http://0.0.0.0/",
    "http://0.0.0.0:22/",
    "http://0/",
    "http://0:8080/",
    // Loopback in numbers of other bases, and short.
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://02130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7F000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://0177.0.0.01/",
    "http://00177.0.0.1/",
    "http://0177.0x0.0.1/",
    "http://127.0.0.0x1/",
    "http://127.0.0.01/",
    "http://127.000.000.001/",
    "http://127.0.0.1./",
    "http://2130706433./",
    "http://4294967295/",
    "http://0x/",
    "http://0x7f.0.0.1.example.0x1/",
    "http://256.256.256.256/",
    "http://127.0.0.1.1/",
    "http://383.0.0.1/",
    "http://0x7f.0.0.0x7g/",
    "http://127.0.0.1x/",
    "http://127.0.0.1-/",
    "http://127-0-0-1/",
    // Loopback in other characters.
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://127｡0｡0｡1/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://ｌｏｃａｌｈｏｓｔ/",
    "http://locaLhoſt/",
    "http://loc\u{ad}alhost/",
    "http://local\u{200b}host/",
    "http://𝐥𝐨𝐜𝐚𝐥𝐡𝐨𝐬𝐭/",
    // Percent-encoded hosts.
    "http://%31%32%37%2e%30%2e%30%2e%31/",
    "http://127%2e0%2e0%2e1/",
    "http://127.0.0.%31/",
    "http://%6c%6f%63%61%6c%68%6f%73%74/",
    "http://localhost%00.example.org/",
    "http://example.org%2f@127.0.0.1/",
    "http://%5b::1%5d/",
    "http://example.org%23.internal/",
    // Version 4 within version 6, and what is special there.
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::FFFF:7F00:0001]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::7f00:1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2002:c0a8:101::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fc00::1]/",
    "http://[fd12:3456:789a:1::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[::ffff:0x7f.1]/",
    "http://[::ffff:127.0.0.01]/",
    "http://[v1.127.0.0.1]/",
    "http://[127.0.0.1]/",
    "http://[localhost]/",
    "http://[::1]example.org/",
    "http://[::1].example.org/",
    "http://[::1/",
    "http://::1/",
    "http://[[::1]]/",
    "http://[]/",
    // Private, shared, reserved.
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://167772161/",
    "http://0xa.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://192.168.1/",
    "http://3232235521/",
    "http://0xc0a80001/",
    "http://100.64.0.1/",
    "http://100.127.255.255/",
    "http://192.0.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.7/",
    "http://203.0.113.7/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250:1900/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    // The metadata of platforms.
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "http://169.254.169.254:80/latest/user-data",
    "http://169.254.43518/",
    "http://169.16689662/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0xA9.0xFE.0xA9.0xFE/",
    "http://0251.0376.0251.0376/",
    "http://025177524776/",
    "http://0251.254.169.254/",
    "http://425.510.425.510/",
    "http://7147006462/",
    "http://169.254.169.254./",
    "http://169.254.170.2/v2/credentials",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://192.0.0.192/latest/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[fd20:ce::254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://metadata/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://METADATA.google.INTERNAL./",
    "http://metadata.goog/computeMetadata/v1/",
    "http://metadata.azure.internal/",
    "http://metadata.tencentyun.com/",
    "http://instance-data/latest/",
    "http://instance-data.ec2.internal/",
    "http://rancher-metadata/",
    // Names of local networks.
    "http://intranet/",
    "http://db/",
    "http://redis:6379/",
    "http://printer.local/",
    "http://router.lan/",
    "http://nas.home/",
    "http://nas.home.arpa/",
    "http://vault.corp/",
    "http://wiki.intranet/",
    "http://db.private/",
    "http://smtp.mail/",
    "http://router.localnet/",
    "http://nas.WORKGROUP/",
    "http://kubernetes.default/",
    "http://host.docker.internal:2375/",
    "http://gateway.docker.internal/",
    "http://kubernetes.docker.internal/",
    "http://kubernetes.default.svc/",
    "http://kubernetes.default.svc.cluster.local/api",
    "http://consul.service.consul:8500/",
    "http://app.test/",
    "http://app.invalid/",
    "http://duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://ipv4only.arpa/",
    // Credentials that look like a host, and hosts that look like credentials.
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/",
    "http://user:secret@example.org/",
    "http://user@example.org/",
    "http://@example.org/",
    "http://:@example.org/",
    "http://example.org:80@127.0.0.1:80/",
    "http://a@b@example.org/",
    "http://example.org:80\\@127.0.0.1/",
    "http://127.0.0.1#@example.org/",
    "http://127.0.0.1?@example.org/",
    "http://example.org&@127.0.0.1#@example.org/",
    // What a parser repairs.
    "http:127.0.0.1/",
    "http:/127.0.0.1/",
    "http:///127.0.0.1/",
    "http:////127.0.0.1/",
    "http:example.org/",
    "http:/example.org/",
    "http:///example.org/",
    "http:\\\\example.org/",
    "http:\\\\127.0.0.1\\",
    "http://example.org\\@127.0.0.1/",
    "http://127.0.0.1\\.example.org/",
    "http://\\127.0.0.1/",
    " http://example.org/",
    "http://example.org/ ",
    "\thttp://example.org/",
    "http://example.org/\n",
    "http://exam\tple.org/",
    "http://example.org/\r\nHost: localhost",
    "ht\ntp://example.org/",
    "http://example.org /",
    "http://example.org/a b",
    "http://example.org/\0",
    "http://example.org/\u{7f}",
    "http://example.org/\u{85}",
    "http://example.org/\u{2028}",
    "http://example.org/\u{a0}",
    "http://example.org/\u{202e}gpj.exe",
    "http://example.org/\u{200b}",
    "http://example.org/\u{200e}",
    "http://exa\u{200d}mple.org/",
    "http://exa\u{200c}mple.org/",
    "http://example.org/\u{e000}",
    "http://example.org/\u{fffd}",
    "http://example.org/\u{e0041}",
    "http://127.0.0.1\u{3000}.example.org/",
    "\u{feff}http://example.org/",
    "//127.0.0.1/",
    "//example.org/",
    "/\\example.org/",
    "127.0.0.1",
    "example.org",
    "localhost:80",
    "://example.org/",
    "http//example.org/",
    "http://",
    "http:///",
    "http://?",
    "http://#",
    "http://.",
    "http://./",
    "http://../",
    "http://.example.org/",
    "http://example..org/",
    "http://example.org./",
    "http://-example.org/",
    "http://exa_mple.org/",
    "http://exa*mple.org/",
    "http://example.org,127.0.0.1/",
    "http://example.org;127.0.0.1/",
    "http://example.org|127.0.0.1/",
    "http://example.org^.internal/",
    "http://{127.0.0.1}/",
    "http://$HOST.example.org/",
    "http://xn--/",
    "http://xn--x.example.org/",
    "http://bücher。example/",
    "http://BÜCHER.example/",
    "http://☃.example/",
    // Ports.
    "http://example.org:/",
    "http://example.org:0/",
    "http://example.org:00080/",
    "http://example.org:080/",
    "http://example.org:65536/",
    "http://example.org:99999/",
    "http://example.org:4295032832/",
    "http://example.org:-1/",
    "http://example.org:+80/",
    "http://example.org:80:80/",
    "http://example.org:８０/",
    "http://example.org:http/",
    "http://example.org:80 /",
    "http://127.0.0.1:11211:80/",
    // Not percent-encoded, or badly.
    "http://example.org/%",
    "http://example.org/%zz",
    "http://example.org/%2",
    "http://example.org/<script>",
    "http://example.org/\"",
    "http://example.org/{a}",
    "http://example.org/a|b",
    "http://example.org/?q=`",
    "http://example.org/[1]",
    "http://example.org/#a#b",
    // Other schemes.
    "javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "file://example.org/etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stat",
    "ldap://example.org/",
    "tftp://example.org/",
    "ws://example.org/",
    "blob:https://example.org/1",
    "view-source:http://example.org/",
    "jar:http://example.org/!/",
    "url:http://example.org/",
    "unix:/var/run/docker.sock",
    "http+unix://%2fvar%2frun%2fdocker.sock/",
    "netdoc:///etc/passwd",
    "about:blank",
    "mailto:a@example.org",
    "urn:isbn:0451450523",
    "1http://example.org/",
    "",
];

const PUBLIC: &[&str] = &[
    "https://example.org",
    "https://example.org/",
    "https://www.example.com/index.html",
    "https://EXAMPLE.org/",
    "HTTPS://example.org/",
    "https://example.org:443/",
    "https://example.org:8443/hooks",
    "https://example.org?x=1",
    "https://example.org#top",
    "https://example.org/?q=a+b&c=%20d",
    "https://example.org/a/b/c.json?x=1&y=2#z",
    "https://example.org/a//b/",
    "https://example.org/a/../b",
    "https://example.org/~user/",
    "https://example.org/a;b=c,d",
    "https://example.org/(a)!$&'*+,;=:@",
    "https://example.org/@user/post",
    "https://example.org/a@b",
    "https://example.org/path:with:colons",
    "https://example.org/%E2%82%AC",
    "https://example.org/?redirect=https://other.example/",
    "https://example.org/?host=127.0.0.1",
    "https://example.org/?a=b?c/d",
    "https://example.org/#/route/1?x=y",
    "https://hooks.slack.com/services/T000/B000/XXXX",
    "https://api.github.com/repos/rust-lang/rust/issues?per_page=100",
    "https://en.wikipedia.org/wiki/Rust_(programming_language)",
    "https://s3.eu-central-1.amazonaws.com/bucket/key",
    "https://r3---sn-4g5e6nsz.googlevideo.com/videoplayback",
    "https://a.b.c.d.e.f.example.net/",
    "https://1.example.org/",
    "https://123.com/",
    "https://3com.com/",
    "https://x.co/",
    "https://example.co.uk/",
    "https://xn--bcher-kva.example/",
    "https://xn--e1afmkfd.xn--p1ai/",
    "https://localhost.example.org/",
    "https://internal.example.org/",
    "https://metadata.example.org/",
    "https://notlocalhost.com/",
    "https://127.0.0.1.example.org/",
    "https://8.8.8.8/",
    "https://1.1.1.1:853/",
    "https://[2606:4700:4700::1111]/",
    "https://[2001:4860:4860:0:0:0:0:8888]:443/dns-query",
    "https://[2620:FE::FE]/",
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=6731de76&scope=openid%20profile",
];

#[test]
fn nothing_inside_passes_in_any_spelling() {
    assert!(INSIDE.len() >= 100);
    for text in INSIDE {
        let secure = text.replacen("http", "https", 1);
        assert!(!HTTP.check(*text) && !INTERNATIONAL.check(*text), "{text:?}");
        assert!(!Url::new().check(&secure) && !HTTP.check(&secure) && !INTERNATIONAL.check(&secure), "{secure:?}");
    }
}

#[test]
fn ordinary_urls_pass() {
    assert!(PUBLIC.len() >= 40);
    for text in PUBLIC {
        assert!(Url::new().check(*text) && HTTP.check(*text) && INTERNATIONAL.check(*text), "{text:?}");
        assert!(ANY_HOST.check(*text), "{text:?}");
    }
}

#[test]
fn any_host_is_still_written_plainly() {
    for text in ["http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/", "http://db/", "redis://10.0.0.1:6379/0", "redis://cache/"] {
        assert!(ANY_HOST.check(text), "{text:?}");
    }
    for text in [
        "http://127.1/", "http://2130706433/", "http://localhost./", "http://user@localhost/", "http://%6cocalhost/", "http:localhost",
        "redis://127.1/", "redis://0x7f000001/", "redis://%31/", "redis:cache", "redis://", "redis://a b/", "http://localhost\\/",
    ] {
        assert!(!ANY_HOST.check(text), "{text:?}");
    }
}

/// For the parser of the standard, the host of an unknown scheme is any text: `redis://127.0.0.1` has the name 127.0.0.1.
#[test]
fn the_host_of_an_unknown_scheme_is_judged_as_well() {
    let rule = Url::new().schemes(&["redis", "git+ssh"]).seal().into_rule();
    for text in ["redis://cache.example.org:6379/0", "redis://9.9.9.9/", "git+ssh://git.example.org/a.git", "redis://[2620:fe::fe]/"] {
        assert!(rule.check(text), "{text:?}");
    }
    for text in [
        "redis://127.0.0.1/", "redis://2130706433/", "redis://0x7f.1/", "redis://localhost/", "redis://LOCALHOST/", "redis://[::1]/",
        "redis://%31%32%37.0.0.1/", "redis://169.254.169.254:6379", "redis://cache:6379/", "https://example.org/",
    ] {
        assert!(!rule.check(text), "{text:?}");
    }
}

#[test]
fn each_word_relaxes_one_thing() {
    let url = Url::new();
    assert!(url.userinfo("allowed").check("https://ada:secret@example.org/"));
    assert!(!url.userinfo("allowed").check("https://a@b@example.org/"));
    assert!(!url.userinfo("allowed").check("https://ada@127.0.0.1/"));
    assert!(!url.userinfo("allowed").check("https://example.org@localhost/"));
    assert!(!url.userinfo("allowed").check("https://a<b@example.org/"));
    assert!(!url.fragment("refused").check("https://example.org/#a"));
    assert!(!url.fragment("refused").check("https://example.org#"));
    assert!(url.fragment("refused").check("https://example.org/"));
    let ports = url.schemes(&["https", "http"]).ports(&[443, 8443]);
    assert!(ports.check("https://example.org/") && ports.check("https://example.org:8443/"));
    assert!(ports.check("http://example.org:443/"));
    assert!(!ports.check("http://example.org/") && !ports.check("https://example.org:22/"));
}

#[test]
fn international_texts_are_for_those_who_ask() {
    for text in ["https://bücher.example/", "https://пример.рф/путь?ключ=значение#якорь", "https://example.org/straße",
        "https://fa.example/می\u{200C}خواهم?q=ක්\u{200D}ෂ", "https://بي\u{200C}بي.example/", "https://ᏣᎳᎩ.example/"] {
        assert!(INTERNATIONAL.check(text) && !Url::new().check(text), "{text:?}");
    }
}

#[test]
fn the_length_is_bounded_in_code_points() {
    let long = |count: usize| format!("https://example.org/{}", "a".repeat(count - 20));
    assert!(Url::new().check(&long(2_048)) && !Url::new().check(&long(2_049)));
    let wide = format!("https://example.org/{}", "ß".repeat(2_028));
    assert!(INTERNATIONAL.check(&wide) && !INTERNATIONAL.check(&format!("{wide}ß")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever passes, the parser of the standard takes without a remark, and its host is public.
    #[test]
    fn what_passes_has_a_public_host(texts in prop::collection::vec(
        prop_oneof![
            "https?:/{1,3}[a-z0-9.\\[\\]:@%\\\\-]{0,20}(:[0-9]{1,5})?(/[ -~]{0,8})?",
            "https://[0-9x.a-f]{1,15}/",
            "https://\\[[0-9a-f:.]{2,20}\\]/",
            "https://[a-z]{1,3}\\.(local|localhost|internal|com|org)/[ -~]{0,5}",
            "https://[a-zü\\.０-９]{1,9}/\\PC{0,3}",
        ],
        50,
    )) {
        for text in texts {
            for rule in [HTTP, INTERNATIONAL] {
                if !rule.check(&text) {
                    continue;
                }
                let parsed = url::Url::parse(&text).unwrap();
                prop_assert!(parsed.username().is_empty() && parsed.password().is_none(), "{:?}", text);
                let is_outside = match parsed.host().unwrap() {
                    url::Host::Ipv4(address) => is_public(address.into()),
                    url::Host::Ipv6(address) => is_public(address.into()),
                    url::Host::Domain(name) => {
                        name.contains('.') && !["local", "localhost", "internal"].iter().any(|last| name.ends_with(last))
                    }
                };
                prop_assert!(is_outside, "{:?}", text);
            }
        }
    }

    #[test]
    fn an_address_in_any_spelling_passes_only_when_it_is_public(bits: u32) {
        let [a, b, c, d] = bits.to_be_bytes();
        let is_outside = is_public(std::net::Ipv4Addr::from_bits(bits).into());
        prop_assert_eq!(HTTP.check(&format!("http://{a}.{b}.{c}.{d}/")), is_outside);
        for text in [
            format!("http://{bits}/"),
            format!("http://{bits:#x}/"),
            format!("http://0{bits:o}/"),
            format!("http://{a}.{b}.{}/", bits & 0xffff),
            format!("http://{a:#x}.{b:#x}.{c:#x}.{d:#x}/"),
            format!("http://0{a:o}.0{b:o}.0{c:o}.0{d:o}/"),
            format!("http://{a}.{b}.{c}.{d}./"),
            format!("http://[::ffff:{a}.{b}.{c}.{d}]/"),
            format!("http://[::{a}.{b}.{c}.{d}]/"),
            format!("http://[2002:{:x}:{:x}::]/", bits >> 16, bits & 0xffff),
        ] {
            prop_assert!(!HTTP.check(&text), "{}", text);
        }
    }
}
