//! The keys, messages and signatures printed in RFC 9421, appendix B.

use http::{Request, request::Parts};

use super::{
    SigningKey,
    component::{Component, Seen},
    input::Input,
};
use crate::auth::{Algorithm, Key, PublicOrigin, Secret, SignatureError};

const TEST_KEY_RSA_PSS: &str = "-----BEGIN PUBLIC KEY-----\n\
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2\n\
    +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+\n\
    oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq\n\
    gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W\n\
    Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4\n\
    aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI\n\
    2wIDAQAB\n\
    -----END PUBLIC KEY-----";

const TEST_KEY_ECC_P256: &str = "-----BEGIN PUBLIC KEY-----\n\
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\n\
    w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==\n\
    -----END PUBLIC KEY-----";

const TEST_KEY_ED25519: &str = "-----BEGIN PUBLIC KEY-----\n\
    MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n\
    -----END PUBLIC KEY-----";

const TEST_SHARED_SECRET: &str =
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

struct Case {
    /// The section it is printed in.
    section: &'static str,
    key: fn() -> Key,
    message: fn() -> Parts,
    origin: &'static str,
    input: &'static str,
    signature: &'static str,
    base: &'static str,
}

const CASES: &[Case] = &[
    Case {
        section: "B.2.1",
        key: rsa_pss,
        message: request,
        origin: "https://example.com",
        input: r#"sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#,
        signature: "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:",
        base: r#""@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#,
    },
    Case {
        section: "B.2.2",
        key: rsa_pss,
        message: request,
        origin: "https://example.com",
        input: r#"sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example""#,
        signature: "sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:",
        base: concat!(
            r#""@authority": example.com"#,
            "\n",
            r#""content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"#,
            "\n",
            r#""@query-param";name="Pet": dog"#,
            "\n",
            r#""@signature-params": ("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example""#,
        ),
    },
    Case {
        section: "B.2.3",
        key: rsa_pss,
        message: request,
        origin: "https://example.com",
        input: r#"sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss""#,
        signature: "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:",
        base: concat!(
            r#""date": Tue, 20 Apr 2021 02:07:55 GMT"#,
            "\n",
            r#""@method": POST"#,
            "\n",
            r#""@path": /foo"#,
            "\n",
            r#""@query": ?param=Value&Pet=dog"#,
            "\n",
            r#""@authority": example.com"#,
            "\n",
            r#""content-type": application/json"#,
            "\n",
            r#""content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"#,
            "\n",
            r#""content-length": 18"#,
            "\n",
            r#""@signature-params": ("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss""#,
        ),
    },
    Case {
        section: "B.2.5",
        key: shared_secret,
        message: request,
        origin: "https://example.com",
        input: r#"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
        signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
        base: concat!(
            r#""date": Tue, 20 Apr 2021 02:07:55 GMT"#,
            "\n",
            r#""@authority": example.com"#,
            "\n",
            r#""content-type": application/json"#,
            "\n",
            r#""@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
        ),
    },
    Case {
        section: "B.2.6",
        key: ed25519,
        message: request,
        origin: "https://example.com",
        input: r#"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#,
        signature: "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
        base: concat!(
            r#""date": Tue, 20 Apr 2021 02:07:55 GMT"#,
            "\n",
            r#""@method": POST"#,
            "\n",
            r#""@path": /foo"#,
            "\n",
            r#""@authority": example.com"#,
            "\n",
            r#""content-type": application/json"#,
            "\n",
            r#""content-length": 18"#,
            "\n",
            r#""@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#,
        ),
    },
    Case {
        section: "B.3",
        key: p256,
        message: proxied,
        origin: "https://service.internal.example",
        input: r#"ttrp=("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-key-ecc-p256""#,
        signature: "ttrp=:xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==:",
        base: concat!(
            r#""@path": /foo"#,
            "\n",
            r#""@query": ?param=Value&Pet=dog"#,
            "\n",
            r#""@method": POST"#,
            "\n",
            r#""@authority": service.internal.example"#,
            "\n",
            r#""client-cert": :MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:"#,
            "\n",
            r#""@signature-params": ("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-key-ecc-p256""#,
        ),
    },
    Case {
        section: "B.4",
        key: ed25519,
        message: || demo("GET", "/demo?name1=Value1&Name2=value2", &["application/json", "*/*"]),
        origin: "https://example.org",
        input: r#"transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519""#,
        signature: "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:",
        base: concat!(
            r#""@method": GET"#,
            "\n",
            r#""@path": /demo"#,
            "\n",
            r#""@authority": example.org"#,
            "\n",
            r#""accept": application/json, */*"#,
            "\n",
            r#""@signature-params": ("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519""#,
        ),
    },
];

const CLIENT_CERT: &str = ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEl\
    udGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQY\
    IKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo\
    9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAw\
    wCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4\
    /Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

fn rsa_pss() -> Key {
    Key::pem(Algorithm::Ps512, TEST_KEY_RSA_PSS).unwrap()
}

fn p256() -> Key {
    Key::pem(Algorithm::Es256, TEST_KEY_ECC_P256).unwrap()
}

fn ed25519() -> Key {
    Key::pem(Algorithm::EdDsa, TEST_KEY_ED25519).unwrap()
}

fn secret() -> Vec<u8> {
    base64_simd::STANDARD.decode_to_vec(TEST_SHARED_SECRET).unwrap()
}

fn shared_secret() -> Key {
    Key::hmac(Algorithm::Hs256, &Secret::new(secret())).unwrap()
}

fn parts(method: &str, target: &str, fields: &[(&str, &str)]) -> Parts {
    let request = fields
        .iter()
        .fold(Request::builder().method(method).uri(target), |request, (name, value)| request.header(*name, *value));
    request.body(()).unwrap().into_parts().0
}

fn request() -> Parts {
    let digest = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    let fields = [
        ("host", "example.com"),
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("content-type", "application/json"),
        ("content-digest", digest),
        ("content-length", "18"),
    ];
    parts("POST", "/foo?param=Value&Pet=dog", &fields)
}

fn proxied() -> Parts {
    let fields = [
        ("host", "service.internal.example"),
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("content-type", "application/json"),
        ("content-length", "18"),
        ("client-cert", CLIENT_CERT),
    ];
    parts("POST", "/foo?param=Value&Pet=dog", &fields)
}

fn demo(method: &str, target: &str, accepted: &[&str]) -> Parts {
    let fields = accepted.iter().map(|media_type| ("accept", *media_type)).collect::<Vec<_>>();
    parts(method, target, &fields)
}

fn verifies(case: &Case, mut parts: Parts, origin: &str) -> Result<bool, SignatureError> {
    parts.headers.insert("signature-input", case.input.parse().unwrap());
    parts.headers.insert("signature", case.signature.parse().unwrap());
    let tag = case.input.contains(";tag=").then_some("header-example");
    let input = Input::of(&parts.headers, tag)?;
    let origin = PublicOrigin::new(origin).unwrap();
    let base = input.base(Seen { origin: &origin, parts: &parts })?;
    Ok((case.key)().verifies(&base, &input.signature))
}

#[test]
fn rule_62_every_printed_base_is_built_and_every_printed_signature_verifies() {
    for case in CASES {
        let mut parts = (case.message)();
        parts.headers.insert("signature-input", case.input.parse().unwrap());
        parts.headers.insert("signature", case.signature.parse().unwrap());
        let input = Input::of(&parts.headers, case.input.contains(";tag=").then_some("header-example")).unwrap();
        let origin = PublicOrigin::new(case.origin).unwrap();
        let base = input.base(Seen { origin: &origin, parts: &parts }).unwrap();
        assert_eq!(str::from_utf8(&base), Ok(case.base), "{}", case.section);
        assert_eq!(verifies(case, (case.message)(), case.origin), Ok(true), "{}", case.section);
    }
}

/// Section B.2.4 signs an answer, which servers here do not: the printed base verifies all the same.
#[test]
fn rule_62_the_printed_signature_of_an_answer_verifies_and_its_components_are_of_no_request() {
    let base = concat!(
        r#""@status": 200"#,
        "\n",
        r#""content-type": application/json"#,
        "\n",
        r#""content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:"#,
        "\n",
        r#""content-length": 23"#,
        "\n",
        r#""@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256""#,
    );
    let signature = "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==";
    let signature = base64_simd::STANDARD.decode_to_vec(signature).unwrap();
    assert!(p256().verifies(base.as_bytes(), &signature));
    assert_eq!(Component::named("@status").err(), Some(SignatureError::UnknownComponent));
}

/// Section B.4: what may happen to a request on its way, and what may not.
#[test]
fn rule_62_what_changes_nothing_that_is_signed_breaks_no_signature() {
    let Some(case) = CASES.iter().find(|case| case.section == "B.4") else { panic!("it is in the table") };
    let target = "/demo?name1=Value1&Name2=value2";
    let origin = "https://example.org";
    let both = ["application/json", "*/*"];
    for (parts, origin, expected) in [
        (demo("GET", "/demo?name1=Value1&Name2=value2&param=added", &both), origin, true),
        (demo("GET", target, &["application/json, */*"]), origin, true),
        (demo("POST", target, &both), origin, false),
        (demo("GET", target, &both), "https://example.com", false),
        (demo("GET", target, &["*/*", "application/json"]), origin, false),
    ] {
        assert_eq!(verifies(case, parts, origin), Ok(expected));
    }
    assert_eq!(verifies(case, demo("GET", target, &[]), origin), Err(SignatureError::AbsentComponent));
}

/// HMAC and Ed25519 have one signature for a message, so ours is theirs.
#[test]
fn what_is_signed_here_is_what_is_printed() {
    let private = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n\
        -----END PRIVATE KEY-----";
    let ed25519 = SigningKey::pem(Algorithm::EdDsa, &Secret::new(private.to_owned())).unwrap();
    for (section, key) in [("B.2.5", SigningKey::hmac(&Secret::new(secret())).unwrap()), ("B.2.6", ed25519)] {
        let Some(case) = CASES.iter().find(|case| case.section == section) else { panic!("it is in the table") };
        let signature = base64_simd::STANDARD.encode_to_string(key.sign(case.base.as_bytes()).unwrap());
        assert!(case.signature.ends_with(&format!("=:{signature}:")), "{section}");
    }
}
