//! Rules 28 to 32: one serialization, one spelling, nothing that is not understood.

use palisade::auth::Algorithm;
use serde_json::{Value, json};

use crate::{
    door::{Door, NOW, claims},
    material::encoded,
};

fn header() -> String {
    json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "test-EdDSA"}).to_string()
}

#[tokio::test]
async fn rule_28_what_is_critical_and_not_understood_is_refused() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    for value in [
        json!(["exp"]),
        json!(["b64"]),
        json!(["b64", "b64"]),
        json!(["alg"]),
        json!(["typ", "kid"]),
        json!(["urn:example:unknown"]),
        json!([]),
        json!([1]),
        json!([null]),
        json!("exp"),
        json!({}),
        json!(null),
        json!(false),
        json!(0),
    ] {
        rows.push((format!("crit {value}"), door.token().header("crit", value).sign(NOW), "unsupported_header"));
    }
    for value in [json!(false), json!(true), json!(null), json!("false")] {
        let with = door.token().header("b64", value.clone());
        rows.push((format!("b64 {value}"), with.clone().sign(NOW), "unsupported_header"));
        rows.push((
            format!("b64 {value}, critical"),
            with.header("crit", json!(["b64"])).sign(NOW),
            "unsupported_header",
        ));
    }
    // RFC 7797: the payload is not encoded, and only who ignores `crit` reads it.
    let unencoded = format!("{}.{}", encoded(r#"{"alg":"EdDSA","b64":false,"crit":["b64"]}"#), "payload");
    let signature = door.id.signature(Algorithm::EdDsa, unencoded.as_bytes());
    rows.push(("an unencoded payload".into(), format!("{unencoded}.{}", encoded(signature)), "unsupported_header"));
    door.refuses(rows).await;
    let harmless = ["Crit", "CRIT", "crit ", "criti"];
    door.accepts(harmless.map(|name| (name, door.token().header(name, json!(["exp"])).sign(NOW)))).await;
}

#[tokio::test]
async fn rule_29_there_are_three_segments_in_one_spelling() {
    let door = Door::new().await;
    let good = door.token().sign(NOW);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (head, payload) = signed.split_once('.').unwrap();
    let mut rows = vec![
        ("one segment", head.to_owned(), "not_compact"),
        ("two segments", signed.to_owned(), "not_compact"),
        ("a full stop behind", format!("{good}."), "not_compact"),
        ("a full stop before", format!(".{good}"), "not_compact"),
        ("four segments", format!("{good}.{signature}"), "not_compact"),
        ("five segments", format!("{good}.{payload}.{signature}"), "not_compact"),
        ("no signature", format!("{signed}."), "bad_signature"),
        ("no header", format!(".{payload}.{signature}"), "bad_header"),
        ("no payload", format!("{head}..{signature}"), "bad_signature"),
        ("full stops alone", "..".to_owned(), "bad_header"),
        ("padding behind", format!("{good}="), "bad_encoding"),
        ("more of it", format!("{good}=="), "bad_encoding"),
        ("the other alphabet", format!("{signed}.{}", "+/".repeat(43)), "bad_encoding"),
        ("a tilde", format!("{signed}.{}~", &signature[1..]), "bad_encoding"),
        ("one letter that stands for nothing", format!("{good}AAA"), "bad_encoding"),
        ("segments exchanged", format!("{payload}.{head}.{signature}"), "algorithm_unknown"),
    ];
    // 64 bytes leave four bits of the last letter unused.
    let last = signature.chars().last().unwrap();
    for letter in "BCDEFGHIJKLMNOPhijklmnoxyz012345".chars().filter(|letter| *letter != last) {
        let altered = format!("{signed}.{}{letter}", &signature[..signature.len() - 1]);
        rows.push(("bits that are not used", altered, "bad_encoding"));
    }
    for (name, payload) in [("padding", "e30="), ("bits", "e31"), ("the other alphabet", "+/8")] {
        let signed = format!("{}.{payload}", encoded(header()));
        let signature = door.id.signature(Algorithm::EdDsa, signed.as_bytes());
        let token = format!("{signed}.{}", encoded(signature));
        // Where the form of a credential forbids it, nobody decodes it.
        let reason = if payload.contains('=') { "malformed_token" } else { "bad_encoding" };
        rows.push((name, token, reason));
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_30_a_name_is_said_once() {
    let door = Door::new().await;
    let mut rows = Vec::new();
    for text in [
        r#"{"alg":"EdDSA","alg":"EdDSA","typ":"at+jwt","kid":"test-EdDSA"}"#,
        r#"{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"test-EdDSA"}"#,
        r#"{"alg":"EdDSA","alg":"none","typ":"at+jwt","kid":"test-EdDSA"}"#,
        r#"{"alg":"EdDSA","typ":"JWT","typ":"at+jwt","kid":"test-EdDSA"}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"a","kid":"test-EdDSA"}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"test-EdDSA","x":1,"x":2}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"test-EdDSA","\u0061lg":"EdDSA"}"#,
        r#"{"alg":"EdDSA","typ":"at+jwt","kid":"test-EdDSA","jwk":{"kty":"OKP","kty":"oct"}}"#,
    ] {
        rows.push((text.to_owned(), door.id.sign_raw(Algorithm::EdDsa, text, claims()), "bad_header"));
    }
    for more in [
        r#","sub":"mallory"}"#,
        r#","s\u0075b":"mallory"}"#,
        r#","exp":9999999999}"#,
        r#","scope":"orders:write","scope":"orders:read"}"#,
        r#","x":{"a":1,"a":2}}"#,
        r#","x":[{"a":1,"\u0061":2}]}"#,
    ] {
        let claims = format!("{}{more}", claims().trim_end_matches('}'));
        rows.push((more.to_owned(), door.id.sign_raw(Algorithm::EdDsa, header(), claims), "bad_claims"));
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_31_header_and_claims_are_objects_in_utf_8() {
    let door = Door::new().await;
    let spaced = header().replace(':', " :\t").replace(',', "\r\n,");
    door.accepts([("white space", door.id.sign_raw(Algorithm::EdDsa, format!(" {spaced}\n"), claims()))]).await;
    let mut rows: Vec<(String, String, &str)> = Vec::new();
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let with = |member: &str| format!("{},{member}}}", header().trim_end_matches('}'));
    let headers: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"[]".to_vec(),
        b"null".to_vec(),
        b"\"EdDSA\"".to_vec(),
        b"{}{}".to_vec(),
        [b"\xEF\xBB\xBF", header().as_bytes()].concat(),
        header().replace("at+jwt", "at+jwt\\ud800").into_bytes(),
        [with("\"x\":\"").trim_end_matches('}').as_bytes(), b"\xFF\"}"].concat(),
        [with("\"x\":\"").trim_end_matches('}').as_bytes(), b"\xED\xA0\x80\"}"].concat(),
        header().encode_utf16().flat_map(u16::to_le_bytes).collect(),
        header().replace('"', "'").into_bytes(),
        with("").into_bytes(),
        with("\"x\":/* comment */1").into_bytes(),
        with("\"x\":NaN").into_bytes(),
        with("\"x\":1e999").into_bytes(),
        with("\"x\":01").into_bytes(),
        with(&format!("\"x\":{}", deep(999))).into_bytes(),
        [header().as_bytes(), b"\0"].concat(),
    ];
    for text in headers {
        let token = door.id.sign_raw(Algorithm::EdDsa, &text, claims());
        rows.push((format!("the header {:?}", String::from_utf8_lossy(&text)), token, "bad_header"));
    }
    let with = |member: &str| format!("{},{member}}}", claims().trim_end_matches('}'));
    let payloads: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"[]".to_vec(),
        b"null".to_vec(),
        b"\"text\"".to_vec(),
        b"1".to_vec(),
        [b"\xEF\xBB\xBF", claims().as_bytes()].concat(),
        [claims().as_bytes(), claims().as_bytes()].concat(),
        [with("\"x\":\"").trim_end_matches('}').as_bytes(), b"\xFF\"}"].concat(),
        with("\"x\":\"\\ud800\"").into_bytes(),
        with("\"x\":Infinity").into_bytes(),
        with("\"x\":1e999").into_bytes(),
        with(&format!("\"x\":{}", deep(999))).into_bytes(),
        format!("{}", json!([claims()])).into_bytes(),
    ];
    for text in payloads {
        let token = door.id.sign_raw(Algorithm::EdDsa, header(), &text);
        rows.push((format!("the claims {:?}", String::from_utf8_lossy(&text)), token, "bad_claims"));
    }
    door.refuses(rows).await;
}

#[tokio::test]
async fn rule_32_what_is_encrypted_compressed_or_nested_is_refused() {
    let door = Door::new().await;
    let mut rows: Vec<(String, String, &str)> = Vec::new();
    let members: [(&str, Value); 8] = [
        ("zip", json!("DEF")),
        ("zip", json!(null)),
        ("enc", json!("A256GCM")),
        ("enc", json!(null)),
        ("cty", json!("JWT")),
        ("cty", json!("jwt")),
        ("cty", json!("application/jwt")),
        ("cty", json!("APPLICATION/JWT")),
    ];
    for (name, value) in members {
        rows.push((format!("{name} {value}"), door.token().header(name, value).sign(NOW), "unsupported_header"));
    }
    let jwe = |alg: &str| encoded(json!({"alg": alg, "enc": "A256GCM", "kid": "test-EdDSA"}).to_string());
    for alg in ["dir", "RSA-OAEP-256", "ECDH-ES", "PBES2-HS256+A128KW"] {
        rows.push((format!("a JWE by {alg}"), format!("{}.a2V5.aXY.dGV4dA.dGFn", jwe(alg)), "not_compact"));
        rows.push((
            format!("three segments of a JWE by {alg}"),
            format!("{}.a2V5.aXY", jwe(alg)),
            "unsupported_header",
        ));
    }
    let inner = door.token().sign(NOW);
    rows.push(("a token in a token".into(), door.id.sign_raw(Algorithm::EdDsa, header(), &inner), "bad_claims"));
    let quoted = json!(inner).to_string();
    rows.push(("a token in quotes".into(), door.id.sign_raw(Algorithm::EdDsa, header(), quoted), "bad_claims"));
    door.refuses(rows).await;
}
