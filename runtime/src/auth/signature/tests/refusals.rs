//! What a signature has to be, one thing wrong at a time.

use http::{HeaderValue, Request, request::Parts};

use super::{component::Component, *};

/// A request with an input written by hand, signed as it says.
fn written(input: &str) -> Parts {
    let mut parts = arrived(order());
    parts.headers.insert("content-digest", crate::auth::ContentDigest::sha256(BODY).to_value());
    parts.headers.insert("content-length", HeaderValue::from(BODY.len()));
    parts.headers.insert("signature-input", format!("sig={input}").parse().unwrap());
    parts.headers.insert("signature", "sig=:AAAA:".parse().unwrap());
    let Ok(read) = input::Input::of(&parts.headers, None) else { return parts };
    let seen = component::Seen { origin: &origin(), parts: &parts };
    let Ok(base) = read.base(seen) else { return parts };
    let signature = SigningKey::hmac(&Secret::new(SECRET.to_vec())).unwrap().sign(&base).unwrap();
    let signature = base64_simd::STANDARD.encode_to_string(signature);
    parts.headers.insert("signature", format!("sig=:{signature}:").parse().unwrap());
    parts
}

const LEAST: &str = r#""@method" "@target-uri" "content-digest""#;

fn check(input: &str, expected: Option<SignatureError>) {
    assert_eq!(verify(&signatures(), &written(input)).err(), expected, "{input}");
}

/// The parameters that are needed.
fn check_parameters(parameters: &str, expected: Option<SignatureError>) {
    check(&format!("({LEAST}){parameters}"), expected);
}

fn check_components(components: &str, expected: Option<SignatureError>) {
    check(&format!(r#"({LEAST} {components});created={NOW};keyid="acme-2026""#), expected);
}

#[test]
fn rule_62_a_signed_request_is_its_owners() {
    assert_eq!(verify(&signatures(), &signed()).as_deref(), Ok("acme"));
    check_parameters(&format!(r#";created={NOW};keyid="acme-2026""#), None);
}

#[test]
fn rule_62_the_least_that_is_covered_is_fixed() {
    let rest = format!(r#";created={NOW};keyid="acme-2026""#);
    for components in [
        "",
        r#""@method""#,
        r#""@method" "@target-uri""#,
        r#""@method" "content-digest""#,
        r#""@target-uri" "content-digest""#,
        r#""@method" "@authority" "@path" "@query" "content-digest""#,
        r#""@method" "@target-uri" "content-digest";key="sha-256""#,
    ] {
        check(&format!("({components}){rest}"), Some(SignatureError::Uncovered));
    }
    check(&format!(r#"("@method" "@target-uri" "content-digest";sf){rest}"#), None);
    check(&format!(r#"("@method" "@target-uri" "content-digest";bs){rest}"#), None);
}

#[test]
fn rule_62_what_a_policy_demands_beyond_that_is_covered() {
    let mut parts = order();
    signer().covering(["x-tenant", "@query"]).unwrap().sign(&mut parts, BODY, NOW).unwrap();
    let parts = arrived(parts);
    for (covers, expected) in [
        (&["x-tenant"][..], None),
        (&["x-tenant", "@query"], None),
        (&["@query", "@method", "content-digest"], None),
        (&["@path"], Some(SignatureError::Uncovered)),
        (&["x-tenant", "content-type"], Some(SignatureError::Uncovered)),
    ] {
        assert_eq!(verify_at(&signatures(), &parts, covers, BODY, NOW).err(), expected, "{covers:?}");
    }
    for unknown in ["@status", "@x", "X-Tenant", "", "@", "a b", "@signature-params", "@query-param"] {
        assert!(Coverage::of([unknown]).is_err(), "{unknown}");
    }
}

#[test]
fn rule_62_a_query_and_a_field_are_not_taken_apart_again_and_again() {
    let of = |many: usize, component: fn(usize) -> String| (0..many).map(component).collect::<Vec<_>>().join(" ");
    for component in [(|number| format!(r#""@query-param";name="p{number}""#)) as fn(usize) -> String, |number| {
        format!(r#""content-digest";key="p{number}""#)
    }] {
        check_components(&of(9, component), Some(SignatureError::Malformed));
        check_components(&of(8, component), Some(SignatureError::AbsentComponent));
    }
}

#[test]
fn rule_62_created_is_in_a_window() {
    for (created, expected) in [
        (NOW, None),
        (NOW - 60, None),
        (NOW - 61, Some(SignatureError::TooOld)),
        (0, Some(SignatureError::TooOld)),
        (NOW + 5, None),
        (NOW + 6, Some(SignatureError::NotYetValid)),
        (999_999_999_999_999, Some(SignatureError::NotYetValid)),
    ] {
        check_parameters(&format!(r#";created={created};keyid="acme-2026""#), expected);
    }
    let longer = signatures().longest_age(std::time::Duration::from_secs(300));
    assert_eq!(verify_at(&longer, &signed(), &[], BODY, NOW + 300).as_deref(), Ok("acme"));
    assert_eq!(verify_at(&longer, &signed(), &[], BODY, NOW + 301), Err(SignatureError::TooOld));
}

#[test]
fn rule_62_expires_ends_it_sooner_and_never_later() {
    for (expires, expected) in
        [(NOW, None), (NOW - 1, Some(SignatureError::Expired)), (NOW + 9_999, None), (0, Some(SignatureError::Expired))]
    {
        check_parameters(&format!(r#";created={NOW};expires={expires};keyid="acme-2026""#), expected);
    }
    let old = NOW - 61;
    let input = format!(r#";created={old};expires={};keyid="acme-2026""#, NOW + 60);
    check_parameters(&input, Some(SignatureError::TooOld));
}

#[test]
fn rule_62_parameters_are_known_and_of_their_type() {
    let needed = format!(r#";created={NOW};keyid="acme-2026""#);
    for parameter in [
        "created=1.5",
        "created=-1",
        "created=\"1\"",
        "created",
        "created=@1800000000",
        "expires=1800000001.0",
        "expires=-1",
        "expires=:AAAA:",
        "nonce=1",
        "nonce=token",
        "tag=1",
        "tag",
        "alg=hmac-sha256",
        "keyid=acme-2026",
        "unknown",
        "x=1",
        "Created=1",
        "created=9999999999999999",
    ] {
        let name = parameter.split('=').next().unwrap_or_default();
        let others = match name {
            "created" => String::from(r#";keyid="acme-2026""#),
            "keyid" => format!(";created={NOW}"),
            _ => needed.clone(),
        };
        let parts = written(&format!("({LEAST}){others};{parameter}"));
        let error = verify(&signatures(), &parts).err();
        let expected = [SignatureError::WrongParameter, SignatureError::Malformed].map(Some);
        assert!(expected.contains(&error), "{parameter}: {error:?}");
    }
    check_parameters(&format!(";created={NOW}"), Some(SignatureError::MissingParameter));
    check_parameters(r#";keyid="acme-2026""#, Some(SignatureError::MissingParameter));
    check_parameters(&format!("{needed};created={NOW}"), Some(SignatureError::Malformed));
    let long = "k".repeat(257);
    check_parameters(&format!(r#";created={NOW};keyid="{long}""#), Some(SignatureError::WrongParameter));
}

#[test]
fn rule_62_components_are_known_and_there_once() {
    check_components(r#""x-tenant" "@path" "@query" "@scheme" "@authority" "@request-target""#, None);
    check_components(r#""@query-param";name="notify""#, None);
    check_components(r#""x-tenant";bs"#, None);
    for unknown in [
        r#""@status""#,
        r#""@x""#,
        r#""@""#,
        r#""@signature-params""#,
        r#""@query-param""#,
        r#""@query-param";name=notify"#,
        r#""@query-param";name="notify";x"#,
        r#""@method";req"#,
        r#""@path";tr"#,
        r#""x-tenant";req"#,
        r#""x-tenant";tr"#,
        r#""x-tenant";sf=?0"#,
        r#""x-tenant";bs;sf"#,
        r#""x-tenant";key=a"#,
        r#""x-tenant";unknown"#,
        r#""X-Tenant""#,
        r#""x tenant""#,
        r#""""#,
    ] {
        check_components(unknown, Some(SignatureError::UnknownComponent));
    }
    for twice in [r#""@method""#, r#""content-digest""#, r#""x-tenant" "x-tenant""#, r#""x-tenant";bs "x-tenant";bs"#] {
        check_components(twice, Some(SignatureError::DuplicateComponent));
    }
    for absent in [
        r#""x-absent""#,
        r#""@query-param";name="absent""#,
        r#""x-tenant";sf"#,
        r#""content-digest";key="sha-512""#,
        r#""x-tenant";key="a""#,
    ] {
        check_components(absent, Some(SignatureError::AbsentComponent));
    }
    for malformed in ["x-tenant", "1", "(", "?1", ":AAAA:", "\"x-tenant", "@method", "\"é\""] {
        let mut parts = signed();
        let input = format!(r#"sig=({LEAST} {malformed});created={NOW};keyid="acme-2026""#);
        parts.headers.insert("signature-input", HeaderValue::from_bytes(input.as_bytes()).unwrap());
        assert_eq!(verify(&signatures(), &parts), Err(SignatureError::Malformed), "{malformed}");
    }
}

#[test]
fn rule_62_the_number_of_components_and_the_length_are_capped() {
    let many = |count: usize| (0..count).map(|at| format!("\"x-{at}\"")).collect::<Vec<_>>().join(" ");
    check_components(&many(61), Some(SignatureError::AbsentComponent));
    check_components(&many(62), Some(SignatureError::Malformed));
    check_components(&many(2_000), Some(SignatureError::Malformed));
}

#[test]
fn rule_62_the_signature_is_chosen_by_its_tag_or_by_being_the_only_one() {
    let tagged = || Signatures::keys([shared()]).unwrap().replays(Seen::default()).tag("shop");
    let sign = |tag: Option<&str>| {
        let mut parts = order();
        let signer = match tag {
            Some(tag) => signer().tag(tag),
            None => signer(),
        };
        signer.sign(&mut parts, BODY, NOW).unwrap();
        arrived(parts)
    };
    let two = |other: Option<&str>| {
        let (mut parts, other) = (sign(Some("shop")), sign(other));
        for name in ["signature-input", "signature"] {
            let other = other.headers[name].to_str().unwrap().replacen("sig=", "other=", 1);
            parts.headers.append(name, other.parse().unwrap());
        }
        parts
    };
    assert_eq!(verify(&tagged(), &sign(Some("shop"))).as_deref(), Ok("acme"));
    assert_eq!(verify(&tagged(), &two(Some("bank"))).as_deref(), Ok("acme"));
    assert_eq!(verify(&tagged(), &two(None)).as_deref(), Ok("acme"));
    assert_eq!(verify(&tagged(), &two(Some("shop"))), Err(SignatureError::Ambiguous));
    assert_eq!(verify(&tagged(), &sign(Some("bank"))), Err(SignatureError::WrongTag));
    assert_eq!(verify(&tagged(), &sign(None)), Err(SignatureError::WrongTag));
    assert_eq!(verify(&signatures(), &sign(Some("bank"))), Err(SignatureError::WrongTag));
    assert!(matches!(verify(&signatures(), &two(None)), Err(SignatureError::WrongTag | SignatureError::Ambiguous)));
}

#[test]
fn rule_62_each_signature_has_its_input() {
    let with = |name: &'static str, value: &str| {
        let mut parts = signed();
        parts.headers.insert(name, value.parse().unwrap());
        verify(&signatures(), &parts).err()
    };
    let without = |name: &str| {
        let mut parts = signed();
        parts.headers.remove(name);
        verify(&signatures(), &parts).err()
    };
    assert_eq!(without("signature"), Some(SignatureError::UnmatchedLabel));
    assert_eq!(without("signature-input"), Some(SignatureError::UnmatchedLabel));
    assert_eq!(verify(&signatures(), &arrived(order())), Err(SignatureError::Missing));
    assert_eq!(with("signature", "other=:AAAA:"), Some(SignatureError::UnmatchedLabel));
    assert_eq!(with("signature", "sig=:AAAA:, other=:AAAA:"), Some(SignatureError::UnmatchedLabel));
    assert_eq!(with("signature", "sig=:AAAA:, sig=:AAAA:"), Some(SignatureError::Malformed));
    for malformed in ["sig", "sig=1", "sig=(:AAAA:)", "sig=\"AAAA\"", "sig=:AAAA:;x", "sig=:A:", "sig=:AAAA"] {
        assert_eq!(with("signature", malformed), Some(SignatureError::Malformed), "{malformed}");
    }
    assert_eq!(with("signature", "sig=::"), Some(SignatureError::WrongSignature));
    assert_eq!(with("signature-input", "sig=1"), Some(SignatureError::Malformed));
}

#[test]
fn rule_64_alg_is_the_keys() {
    for (algorithm, expected) in [
        ("hmac-sha256", None),
        ("ed25519", Some(SignatureError::AlgorithmMismatch)),
        ("HMAC-SHA256", Some(SignatureError::AlgorithmMismatch)),
        ("HS256", Some(SignatureError::AlgorithmMismatch)),
        ("none", Some(SignatureError::AlgorithmMismatch)),
        ("", Some(SignatureError::AlgorithmMismatch)),
    ] {
        check_parameters(&format!(r#";created={NOW};keyid="acme-2026";alg="{algorithm}""#), expected);
    }
    for unregistered in [Algorithm::Hs384, Algorithm::Hs512] {
        let key = Key::hmac(unregistered, &Secret::new([7; 64])).unwrap().named("k");
        let error = Signatures::keys([SignatureKey::new("acme", key)]).err();
        assert_eq!(error, Some(SignaturesError::UnregisteredAlgorithm(unregistered)));
    }
}

#[test]
fn rule_62_only_the_keys_that_are_configured_sign() {
    check_parameters(&format!(r#";created={NOW};keyid="acme-2025""#), Some(SignatureError::UnknownKey));
    check_parameters(&format!(r#";created={NOW};keyid="""#), Some(SignatureError::UnknownKey));
    let other =
        SignatureKey::new("other", Key::hmac(Algorithm::Hs256, &Secret::new([7; 32])).unwrap().named("acme-2026"));
    let signatures = Signatures::keys([other]).unwrap().replays(Seen::default());
    assert_eq!(verify(&signatures, &signed()), Err(SignatureError::WrongSignature));

    let unnamed = || SignatureKey::new("acme", Key::hmac(Algorithm::Hs256, &Secret::new(SECRET.to_vec())).unwrap());
    assert_eq!(Signatures::keys([unnamed()]).err(), Some(SignaturesError::Unnamed));
    assert_eq!(Signatures::keys([]).err(), Some(SignaturesError::NoKey));
    let twice = Signatures::keys([shared(), shared()]).err();
    assert_eq!(twice, Some(SignaturesError::DuplicateKeyId(String::from("acme-2026"))));
}

#[test]
fn rule_62_the_target_is_the_configured_one_whatever_host_says() {
    let mut parts = signed();
    parts.headers.insert("host", "evil.example".parse().unwrap());
    assert_eq!(verify(&signatures(), &parts).as_deref(), Ok("acme"));

    let mut elsewhere = Request::post("https://other.example/orders").body(()).unwrap().into_parts().0;
    signer().sign(&mut elsewhere, BODY, NOW).unwrap();
    elsewhere.headers.insert("host", "other.example".parse().unwrap());
    assert_eq!(verify(&signatures(), &elsewhere), Err(SignatureError::WrongSignature));
    assert_eq!(verify(&signatures(), &arrived(elsewhere)), Err(SignatureError::WrongSignature));
}

#[test]
fn rule_63_a_body_is_covered_and_the_one_that_was_signed() {
    let parts = signed();
    for body in [&b""[..], b"{}", b"{\"sku\": \"ABC-1235\"}", b"{\"sku\": \"ABC-1234\"} "] {
        let error = verify_at(&signatures(), &parts, &[], body, NOW).err();
        assert_eq!(error, Some(SignatureError::Content(crate::auth::DigestError::Mismatch)));
    }
    let mut bare = order();
    signer().sign(&mut bare, b"", NOW).unwrap();
    let bare = arrived(bare);
    assert_eq!(verify_at(&signatures(), &bare, &[], b"", NOW).as_deref(), Ok("acme"));
    // It was not announced, and comes all the same.
    assert_eq!(verify_at(&signatures(), &bare, &[], b"{}", NOW), Err(SignatureError::Uncovered));
    for (name, value) in [("content-length", "2"), ("transfer-encoding", "chunked"), ("content-length", "x")] {
        let mut announced = bare.clone();
        announced.headers.insert(name, value.parse().unwrap());
        let coverage = Coverage::LEAST;
        let error = signatures().verify(&announced, &origin(), &coverage, NOW).err();
        assert_eq!(error, Some(SignatureError::Uncovered), "{name}: {value}");
    }
    let mut undigested = written(&format!(r#"({LEAST});created={NOW};keyid="acme-2026""#));
    undigested.headers.remove("content-digest");
    assert_eq!(verify(&signatures(), &undigested), Err(SignatureError::AbsentComponent));
}

#[test]
fn rule_62_a_signature_is_good_once() {
    for parameters in ["", r#";nonce="one""#] {
        let signatures = signatures();
        let parts = written(&format!(r#"({LEAST});created={NOW};keyid="acme-2026"{parameters}"#));
        assert_eq!(verify(&signatures, &parts).as_deref(), Ok("acme"));
        assert_eq!(verify(&signatures, &parts), Err(SignatureError::Replayed));
        assert_eq!(verify_at(&signatures, &parts, &[], BODY, NOW + 60), Err(SignatureError::Replayed));
        assert_eq!(verify_at(&signatures, &parts, &[], BODY, NOW + 61), Err(SignatureError::TooOld));
    }
    let signatures = signatures();
    let sign = |nonce: &str, created: u64| {
        let parts = written(&format!(r#"({LEAST});created={created};keyid="acme-2026";nonce="{nonce}""#));
        verify(&signatures, &parts)
    };
    assert!(sign("one", NOW).is_ok() && sign("two", NOW).is_ok());
    assert_eq!(sign("one", NOW - 1), Err(SignatureError::Replayed));
}

#[test]
fn rule_62_a_body_that_comes_after_the_signature_is_forgotten_is_too_late() {
    let signatures = signatures();
    let (parts, origin) = (signed(), origin());
    for (arrived, expected) in [(NOW + 61, Err(SignatureError::TooOld)), (NOW + 60, Ok("acme"))] {
        let signed = signatures.verify(&parts, &origin, &Coverage::LEAST, NOW).unwrap();
        assert_eq!(ready(signed.complete(BODY, arrived)).map(SignatureKey::owner), expected);
    }
}

#[test]
fn rule_17_a_store_that_cannot_say_is_neither_yes_nor_no() {
    for fault in [ReplayFault::Full, ReplayFault::Outage] {
        let store = Seen { fault: Some(fault), ..Seen::default() };
        let signatures = Signatures::keys([shared()]).unwrap().replays(store);
        assert_eq!(verify(&signatures, &signed()), Err(SignatureError::Store(fault)));
    }
}

#[test]
fn rule_62_a_forged_request_leaves_nothing_behind() {
    let store = Seen::default();
    let signatures = Signatures::keys([shared()]).unwrap().replays(store.clone());
    let parts = signed();
    assert!(verify_at(&signatures, &parts, &[], b"{}", NOW).is_err());
    assert!(store.until.lock().unwrap().is_empty());
    assert_eq!(verify(&signatures, &parts).as_deref(), Ok("acme"));
}

#[test]
fn rule_69_nothing_secret_is_printed() {
    let shown = format!("{:?} {:?} {:?}", signatures(), signer(), SigningKey::hmac(&Secret::new(SECRET.to_vec())));
    assert!(!shown.contains("32 random") && !shown.contains("[51, 50"), "{shown}");
}

#[test]
fn a_client_cannot_sign_what_no_server_can_verify() {
    let sign = |signer: Signer, uri: &str| {
        let mut parts = Request::get(uri).body(()).unwrap().into_parts().0;
        signer.sign(&mut parts, b"", NOW).err()
    };
    assert_eq!(sign(signer(), "/orders"), Some(SignError::RelativeAddress));
    let absent = signer().covering(["x-absent"]).unwrap();
    let uri = "https://api.shop.example/orders";
    assert_eq!(sign(absent, uri), Some(SignError::Component(SignatureError::AbsentComponent)));
    assert_eq!(signer().covering(["@status"]).err(), Some(SignError::Component(SignatureError::UnknownComponent)));
    let key = SigningKey::hmac(&Secret::new(SECRET.to_vec())).unwrap();
    assert_eq!(sign(Signer::new("schlüssel", key), uri), Some(SignError::NotPrintable));
    assert_eq!(sign(signer().tag("a\nb"), uri), Some(SignError::NotPrintable));
    assert!(Component::named("x-tenant").is_ok());
}
