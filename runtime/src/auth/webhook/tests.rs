//! What the libraries of Standard Webhooks agree on, and everything around it that is refused.

use std::{
    collections::HashMap,
    pin::pin,
    sync::Mutex,
    task::{Context, Poll, Waker},
};

use http::{HeaderName, HeaderValue};
use proptest::prelude::*;

use super::*;
use crate::auth::{ReplayFault, Secret, Sighted};

/// The example that the libraries of Standard Webhooks share.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const NOW: u64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

const OTHER: &str = "whsec_c2VjcmV0LW9mLWEtcm90YXRlZC1lbmRwb2ludA==";
/// RFC 8032, section 7.1, test 1: the seed and its public key.
const PRIVATE: &str = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const PUBLIC: &str = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

#[derive(Default)]
struct Seen {
    until: Mutex<HashMap<Mark, u64>>,
    fault: Option<ReplayFault>,
}

impl ReplayStore for Seen {
    fn sight<'a>(&'a self, mark: &'a Mark, now: u64, until: u64) -> Sighted<'a> {
        let before = self.until.lock().unwrap().insert(*mark, until);
        let sighting = if before.is_some_and(|before| now <= before) { Sighting::Again } else { Sighting::First };
        let fault = self.fault;
        Box::pin(async move { fault.map_or(Ok(sighting), Err) })
    }
}

fn webhooks(secrets: &[&str]) -> Webhooks {
    Webhooks::secrets(WebhookSecrets::new(secrets).unwrap()).replays(Seen::default())
}

fn headers(id: &str, timestamp: &str, signature: &str) -> HeaderMap {
    let fields = [(WEBHOOK_ID, id), (WEBHOOK_TIMESTAMP, timestamp), (WEBHOOK_SIGNATURE, signature)];
    fields.into_iter().map(|(name, text)| (name, HeaderValue::from_str(text).unwrap())).collect()
}

fn example() -> HeaderMap {
    headers(ID, "1614265330", SIGNATURE)
}

fn verify_at(webhooks: &Webhooks, headers: &HeaderMap, body: &[u8], now: u64) -> Result<(), WebhookError> {
    let delivery = webhooks.verify(headers, now)?;
    match pin!(delivery.complete(body, now)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the store of a test answers at once"),
    }
}

fn check(headers: &HeaderMap, expected: Result<(), WebhookError>) {
    assert_eq!(verify_at(&webhooks(&[SECRET]), headers, BODY, NOW), expected, "{headers:?}");
}

fn signed(secrets: &[&str], body: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    WebhookSender::new(secrets).unwrap().sign(&mut headers, ID, body, NOW).unwrap();
    headers
}

#[test]
fn the_example_of_the_standard_verifies_and_is_what_we_sign() {
    check(&example(), Ok(()));
    assert_eq!(signed(&[SECRET], BODY), example());
}

#[test]
fn any_of_several_signatures_and_secrets_will_do() {
    check(&headers(ID, "1614265330", &format!("v1,{} {SIGNATURE}", "A".repeat(43) + "=")), Ok(()));
    check(&headers(ID, "1614265330", &format!("v2,later {SIGNATURE} v1b,AAAA")), Ok(()));
    check(&signed(&[OTHER, SECRET], BODY), Ok(()));
    check(&signed(&[OTHER], BODY), Err(WebhookError::WrongSignature));
    assert_eq!(verify_at(&webhooks(&[OTHER, SECRET]), &example(), BODY, NOW), Ok(()));
    assert_eq!(verify_at(&webhooks(&[OTHER]), &example(), BODY, NOW), Err(WebhookError::WrongSignature));
}

#[test]
fn signatures_of_ed25519_verify_and_no_way_of_signing_passes_for_the_other() {
    let asymmetric = signed(&[PRIVATE], BODY);
    assert!(asymmetric[WEBHOOK_SIGNATURE].to_str().unwrap().starts_with("v1a,"));
    assert_eq!(verify_at(&webhooks(&[PUBLIC]), &asymmetric, BODY, NOW), Ok(()));
    assert_eq!(verify_at(&webhooks(&[PUBLIC]), &asymmetric, b"{}", NOW), Err(WebhookError::WrongSignature));
    assert_eq!(verify_at(&webhooks(&[SECRET]), &asymmetric, BODY, NOW), Err(WebhookError::WrongSignature));
    assert_eq!(verify_at(&webhooks(&[PUBLIC]), &example(), BODY, NOW), Err(WebhookError::WrongSignature));
    // The public key is known to everybody, and is no secret to sign with.
    let as_secret = PUBLIC.replace("whpk_", "whsec_");
    let forged = signed(&[&as_secret], BODY);
    assert_eq!(verify_at(&webhooks(&[PUBLIC]), &forged, BODY, NOW), Err(WebhookError::WrongSignature));
}

#[test]
fn what_is_missing_twice_or_damaged_is_refused() {
    for name in [WEBHOOK_ID, WEBHOOK_TIMESTAMP, WEBHOOK_SIGNATURE] {
        let mut without = example();
        without.remove(&name);
        check(&without, Err(WebhookError::Missing));
        let mut twice = example();
        twice.append(&name, twice[&name].clone());
        check(&twice, Err(WebhookError::Malformed));
        let mut foreign = example();
        foreign.insert(&name, HeaderValue::from_bytes(b"\xff").unwrap());
        check(&foreign, Err(WebhookError::Malformed));
    }
    check(&HeaderMap::new(), Err(WebhookError::Missing));
    for id in ["", "a.b", "a b", &"i".repeat(257)] {
        check(&headers(id, "1614265330", SIGNATURE), Err(WebhookError::Malformed));
    }
    for timestamp in ["", "-1", "+1614265330", "01614265330", "1614265330.0", "1e9", "18446744073709551616", "now", "0"]
    {
        check(&headers(ID, timestamp, SIGNATURE), Err(WebhookError::Malformed));
    }
    for signature in [
        "",
        "v1",
        "v1,",
        "v1,AAAA",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1 g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        &format!("{SIGNATURE} "),
        &format!("{SIGNATURE}  {SIGNATURE}"),
        &format!("v1a,{}", &SIGNATURE[3..]),
        &[SIGNATURE; 9].join(" "),
        &format!("v9,{} {SIGNATURE}", "A".repeat(2_048)),
    ] {
        check(&headers(ID, "1614265330", signature), Err(WebhookError::Malformed));
    }
    check(&headers(ID, "1614265330", "v2,AAAA"), Err(WebhookError::WrongSignature));
    check(&headers(ID, "1614265330", &SIGNATURE.replace('g', "h")), Err(WebhookError::WrongSignature));
}

#[test]
fn every_part_that_is_signed_is_bound() {
    check(&headers("msg_other", "1614265330", SIGNATURE), Err(WebhookError::WrongSignature));
    check(&headers(ID, "1614265331", SIGNATURE), Err(WebhookError::WrongSignature));
    assert_eq!(verify_at(&webhooks(&[SECRET]), &example(), b"", NOW), Err(WebhookError::WrongSignature));
}

#[test]
fn a_delivery_is_good_for_five_minutes_on_either_side() {
    for (now, expected) in [
        (NOW - 301, Err(WebhookError::NotYetValid)),
        (NOW - 300, Ok(())),
        (NOW + 300, Ok(())),
        (NOW + 301, Err(WebhookError::TooOld)),
        (0, Err(WebhookError::NotYetValid)),
        (u64::MAX, Err(WebhookError::TooOld)),
    ] {
        assert_eq!(verify_at(&webhooks(&[SECRET]), &example(), BODY, now), expected, "{now}");
    }
    let shorter = webhooks(&[SECRET]).longest_age(Duration::from_secs(60));
    assert_eq!(verify_at(&shorter, &example(), BODY, NOW + 61), Err(WebhookError::TooOld));
    let later = headers(ID, &u64::MAX.to_string(), SIGNATURE);
    check(&later, Err(WebhookError::NotYetValid));
}

#[test]
fn a_delivery_is_good_once_and_the_next_of_the_same_webhook_too() {
    let webhooks = webhooks(&[SECRET]);
    assert_eq!(verify_at(&webhooks, &example(), BODY, NOW), Ok(()));
    assert_eq!(verify_at(&webhooks, &example(), BODY, NOW + 300), Err(WebhookError::Replayed));
    let thinned = headers(ID, "1614265330", &format!("v2,x {SIGNATURE}"));
    assert_eq!(verify_at(&webhooks, &thinned, BODY, NOW), Err(WebhookError::Replayed));
    let mut again = HeaderMap::new();
    WebhookSender::new([SECRET]).unwrap().sign(&mut again, ID, BODY, NOW + 5).unwrap();
    assert_eq!(verify_at(&webhooks, &again, BODY, NOW + 5), Ok(()));
}

#[test]
fn a_forged_delivery_leaves_nothing_behind() {
    let webhooks = webhooks(&[SECRET]);
    assert_eq!(verify_at(&webhooks, &example(), b"{}", NOW), Err(WebhookError::WrongSignature));
    assert_eq!(verify_at(&webhooks, &example(), BODY, NOW), Ok(()));
}

#[test]
fn a_body_that_comes_after_the_delivery_is_forgotten_is_too_late() {
    let webhooks = webhooks(&[SECRET]);
    let headers = example();
    for (arrived, expected) in [(NOW + 301, Err(WebhookError::TooOld)), (NOW + 300, Ok(()))] {
        let delivery = webhooks.verify(&headers, NOW).unwrap();
        let outcome = pin!(delivery.complete(BODY, arrived)).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(outcome, Poll::Ready(expected));
    }
}

#[test]
fn rule_17_a_store_that_cannot_say_is_neither_yes_nor_no() {
    for fault in [ReplayFault::Full, ReplayFault::Outage] {
        let store = Seen { fault: Some(fault), ..Seen::default() };
        let webhooks = Webhooks::secrets(WebhookSecrets::new([SECRET]).unwrap()).replays(store);
        assert_eq!(verify_at(&webhooks, &example(), BODY, NOW), Err(WebhookError::Store(fault)));
    }
}

#[test]
fn a_secret_is_checked_when_it_is_read() {
    let long = format!("whsec_{}", base64_simd::STANDARD.encode_to_string([7; 65]));
    let short = format!("whsec_{}", base64_simd::STANDARD.encode_to_string([7; 23]));
    for (texts, expected) in [
        (&[][..], WebhookSecretFault::None),
        (&[SECRET; 9], WebhookSecretFault::TooMany),
        (&["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], WebhookSecretFault::Prefix),
        (&["whsk_AAAA"], WebhookSecretFault::Prefix),
        (&["whsec_%"], WebhookSecretFault::Malformed),
        (&["whsec_"], WebhookSecretFault::Length),
        (&[short.as_str()], WebhookSecretFault::Length),
        (&[long.as_str()], WebhookSecretFault::Length),
        (&["whpk_AAAA"], WebhookSecretFault::Length),
    ] {
        assert_eq!(WebhookSecrets::new(texts).err(), Some(expected), "{texts:?}");
    }
    assert_eq!(WebhookSecrets::read(Secret::new(vec![0xff])).err(), Some(WebhookSecretFault::Malformed));
    assert_eq!(WebhookSender::new([PUBLIC]).err(), Some(WebhookSecretFault::Prefix));
    assert_eq!(WebhookSender::new(["whsk_AAAA"]).err(), Some(WebhookSecretFault::Length));
}

#[test]
fn a_sender_sends_nothing_that_is_refused() {
    let sender = WebhookSender::new([SECRET]).unwrap();
    for id in ["", "a.b", "a\nb", "é", &"i".repeat(257)] {
        let mut headers = HeaderMap::new();
        assert_eq!(sender.sign(&mut headers, id, BODY, NOW), Err(WebhookError::Malformed), "{id}");
        assert!(headers.is_empty());
    }
}

#[test]
fn rule_69_nothing_secret_is_printed() {
    let shown = format!("{:?} {:?}", webhooks(&[SECRET]), WebhookSender::new([SECRET, PRIVATE]).unwrap());
    assert!(!shown.contains("MfKQ") && !shown.contains("49,"), "{shown}");
}

proptest! {
    #[test]
    fn a_changed_byte_anywhere_is_refused(part in 0_usize..4, at: prop::sample::Index, byte in 0x21_u8..0x7f) {
        let (mut headers, mut body) = (example(), BODY.to_vec());
        let name: Option<HeaderName> = [WEBHOOK_ID, WEBHOOK_TIMESTAMP, WEBHOOK_SIGNATURE].into_iter().nth(part);
        let mut value = name.as_ref().map_or(body.clone(), |name| headers[name].as_bytes().to_vec());
        let at = at.index(value.len());
        prop_assume!(value[at] != byte);
        value[at] = byte;
        match name {
            Some(name) => drop(headers.insert(name, HeaderValue::from_bytes(&value).unwrap())),
            None => body = value,
        }
        prop_assert!(verify_at(&webhooks(&[SECRET]), &headers, &body, NOW).is_err());
    }

    #[test]
    fn no_fields_make_it_panic(id in "[ -~]{0,8}", timestamp in "[0-9+-]{0,12}", signature in "[v1a2, A/=]{0,24}", now: u64) {
        let field = |text: &str| HeaderValue::from_str(text.trim()).unwrap();
        let fields = [(WEBHOOK_ID, field(&id)), (WEBHOOK_TIMESTAMP, field(&timestamp)), (WEBHOOK_SIGNATURE, field(&signature))];
        prop_assert!(verify_at(&webhooks(&[SECRET, PUBLIC]), &fields.into_iter().collect(), BODY, now).is_err());
    }
}
