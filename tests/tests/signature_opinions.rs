//! Second opinions: what is signed here verifies there and the other way round, and both refuse what was changed.
//!
//! Asks the npm packages `http-message-signatures` and `standardwebhooks`, once `tests/signatures/install` has brought them.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use http::{HeaderMap, HeaderName, HeaderValue, Request, request::Parts};
use palisade::auth::{
    Algorithm, ContentDigest, Coverage, Key, MemoryReplays, PublicOrigin, Secret, SignatureKey, Signatures, Signer,
    SigningKey, WebhookSecrets, WebhookSender, Webhooks,
};
use serde_json::{Value, json};

const SHARED: &str = "32 random bytes, shared with acme";
/// RFC 9421, appendix B.1.4.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n\
    -----END PRIVATE KEY-----\n";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
    MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n\
    -----END PUBLIC KEY-----\n";
const ORIGIN: &str = "https://api.shop.example";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The program that asks the packages.
struct Opinion {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Opinion {
    /// None where the packages are not installed.
    fn new() -> Option<Self> {
        let home = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("signatures");
        if !home.join("node_modules/http-message-signatures").exists() {
            eprintln!("skipped: run `tests/signatures/install` for second opinions on signatures");
            return None;
        }
        let mut process = Command::new("node")
            .arg(home.join("oracle.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        let questions = process.stdin.take().expect("a way in");
        let answers = BufReader::new(process.stdout.take().expect("a way out"));
        Some(Self { process, questions, answers })
    }

    /// What it says, or why it says no.
    fn ask(&mut self, question: &Value) -> Result<Value, String> {
        writeln!(self.questions, "{question}").expect("it listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it answers");
        let mut answer: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        match answer["yes"].take() {
            Value::Null | Value::Bool(false) => Err(answer["no"].to_string()),
            yes => Ok(yes),
        }
    }
}

impl Drop for Opinion {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

/// A way of signing, on both sides.
#[derive(Debug, Clone, Copy)]
enum Way {
    Hmac,
    Ed25519,
}

impl Way {
    const ALL: [Self; 2] = [Self::Hmac, Self::Ed25519];

    fn name(self) -> &'static str {
        match self {
            Self::Hmac => "hmac-sha256",
            Self::Ed25519 => "ed25519",
        }
    }

    fn private(self) -> &'static str {
        match self {
            Self::Hmac => SHARED,
            Self::Ed25519 => PRIVATE,
        }
    }

    fn public(self) -> &'static str {
        match self {
            Self::Hmac => SHARED,
            Self::Ed25519 => PUBLIC,
        }
    }

    fn signer(self) -> Signer {
        let key = match self {
            Self::Hmac => SigningKey::hmac(&Secret::new(SHARED.to_owned())),
            Self::Ed25519 => SigningKey::pem(Algorithm::EdDsa, &Secret::new(PRIVATE.to_owned())),
        };
        Signer::new("acme", key.expect("a key")).covering(COVERED).expect("components")
    }

    fn signatures(self) -> Signatures {
        let key = match self {
            Self::Hmac => Key::hmac(Algorithm::Hs256, &Secret::new(SHARED.to_owned())),
            Self::Ed25519 => Key::pem(Algorithm::EdDsa, PUBLIC),
        };
        let key = SignatureKey::new("acme", key.expect("a key").named("acme"));
        Signatures::keys([key]).expect("keys").replays(MemoryReplays::new(100))
    }
}

const COVERED: [&str; 5] = ["x-tenant", "@authority", "@path", "@query", "@scheme"];
const BODY: &str = r#"{"sku": "A-1"}"#;

/// Targets and values that spellings could differ about.
const REQUESTS: &[(&str, &str, &[&str])] = &[
    ("POST", "/orders", &["blue"]),
    ("POST", "/orders?notify=yes&x=%20+%2B", &["blue", "red"]),
    ("PUT", "/", &["  blue  "]),
    ("DELETE", "/a%2Fb/c?", &[""]),
    ("PATCH", "/orders/7?q=%22a%22", &["a,b", "c"]),
    ("POST", "/A/b/C?Name=Value", &["\"quoted\", text"]),
];

fn unsigned(method: &str, target: &str, tenants: &[&str]) -> Parts {
    let request = Request::builder().method(method).uri(format!("{ORIGIN}{target}"));
    let request = tenants.iter().fold(request, |request, tenant| request.header("x-tenant", tenant.trim()));
    request.body(()).expect("a request").into_parts().0
}

/// As the packages take it.
fn told(parts: &Parts) -> Value {
    let names = parts.headers.keys();
    let lines = |name: &HeaderName| -> Vec<&str> {
        parts.headers.get_all(name).iter().map(|line| line.to_str().expect("a text")).collect()
    };
    let headers: serde_json::Map<String, Value> = names.map(|name| (name.to_string(), json!(lines(name)))).collect();
    json!({ "method": parts.method.as_str(), "url": parts.uri.to_string(), "headers": headers })
}

fn arrived(mut parts: Parts) -> Parts {
    parts.uri = parts.uri.path_and_query().map_or("/", |target| target.as_str()).parse().expect("a target");
    parts
}

async fn ours(way: Way, parts: &Parts, body: &str) -> bool {
    let (signatures, now) = (way.signatures(), now());
    let origin = PublicOrigin::new(ORIGIN).expect("an origin");
    let coverage = Coverage::of(COVERED).expect("components");
    match signatures.verify(parts, &origin, &coverage, now) {
        Ok(signed) => signed.complete(body.as_bytes(), now).await.is_ok(),
        Err(_) => false,
    }
}

fn theirs(opinion: &mut Opinion, way: Way, parts: &Parts) -> bool {
    let question = json!({
        "ask": "verify", "request": told(parts), "keyid": "acme", "algorithm": way.name(), "key": way.public(),
    });
    opinion.ask(&question).is_ok()
}

#[tokio::test]
async fn rule_62_what_is_signed_here_verifies_there_and_no_mutant_does() {
    let Some(mut opinion) = Opinion::new() else { return };
    for way in Way::ALL {
        for (method, target, tenants) in REQUESTS {
            let mut parts = unsigned(method, target, tenants);
            way.signer().sign(&mut parts, BODY.as_bytes(), now()).expect("a signature");
            assert!(theirs(&mut opinion, way, &parts), "{way:?} {parts:?}");
            assert!(ours(way, &arrived(parts.clone()), BODY).await, "{way:?} {parts:?}");
            for mutant in mutants(&parts) {
                assert!(!theirs(&mut opinion, way, &mutant), "{way:?} {mutant:?}");
                assert!(!ours(way, &arrived(mutant.clone()), BODY).await, "{way:?} {mutant:?}");
            }
        }
    }
}

/// The same request with one thing changed that is signed.
fn mutants(parts: &Parts) -> Vec<Parts> {
    let mut mutants = Vec::new();
    let mut push = |change: &dyn Fn(&mut Parts)| {
        let mut mutant = parts.clone();
        change(&mut mutant);
        mutants.push(mutant);
    };
    push(&|parts| parts.method = http::Method::OPTIONS);
    push(&|parts| parts.uri = format!("{ORIGIN}/another").parse().expect("a target"));
    push(&|parts| {
        parts.headers.append("x-tenant", HeaderValue::from_static("green"));
    });
    push(&|parts| {
        parts.headers.insert("content-digest", ContentDigest::sha256(b"{}").to_value());
    });
    push(&|parts| {
        let input = parts.headers["signature-input"].to_str().expect("a text").replace("created=1", "created=2");
        parts.headers.insert("signature-input", input.parse().expect("a value"));
    });
    push(&|parts| {
        let input = parts.headers["signature-input"].to_str().expect("a text").replacen("\"@path\" ", "", 1);
        parts.headers.insert("signature-input", input.parse().expect("a value"));
    });
    push(&|parts| {
        let signature = parts.headers["signature"].to_str().expect("a text");
        let turned: String = signature.chars().map(|letter| if letter == 'A' { 'B' } else { 'A' }).collect();
        let turned = format!("sig=:{}:", &turned[5..turned.len() - 1].replace('=', "A"));
        parts.headers.insert("signature", turned.parse().expect("a value"));
    });
    mutants
}

#[tokio::test]
async fn rule_62_what_is_signed_there_verifies_here() {
    let Some(mut opinion) = Opinion::new() else { return };
    for way in Way::ALL {
        for (at, (method, target, tenants)) in REQUESTS.iter().enumerate() {
            let mut parts = unsigned(method, target, tenants);
            parts.headers.insert("content-digest", ContentDigest::sha512(BODY.as_bytes()).to_value());
            let fields = ["@method", "@target-uri", "content-digest"].into_iter().chain(COVERED).collect::<Vec<_>>();
            let signed = opinion.ask(&json!({
                "ask": "sign", "request": told(&parts), "fields": fields, "keyid": "acme", "nonce": format!("n-{at}"),
                "created": now(), "algorithm": way.name(), "key": way.private(),
            }));
            let signed = signed.unwrap_or_else(|error| panic!("{error}: {parts:?}"));
            for (name, field) in [("signature-input", "Signature-Input"), ("signature", "Signature")] {
                parts.headers.insert(name, signed[field].as_str().expect("a text").parse().expect("a value"));
            }
            assert!(ours(way, &arrived(parts.clone()), BODY).await, "{way:?} {parts:?}");
            assert!(!ours(way, &arrived(parts.clone()), "{}").await, "{way:?} {parts:?}");
        }
    }
}

#[tokio::test]
async fn a_webhook_of_either_verifies_with_the_other() {
    let Some(mut opinion) = Opinion::new() else { return };
    let webhooks = Webhooks::secrets(WebhookSecrets::new([SECRET]).expect("secrets")).replays(MemoryReplays::new(100));
    for (at, body) in [r#"{"test": 2432232314}"#, "{}", "[]", "\"ä.1.2\"", "1"].into_iter().enumerate() {
        let (id, now) = (format!("msg_{at}"), now());
        let mut headers = HeaderMap::new();
        WebhookSender::new([SECRET]).expect("a secret").sign(&mut headers, &id, body.as_bytes(), now).expect("signed");
        let text = |name: &str| headers[name].to_str().expect("a text");
        let told = |signature: &str| json!({ "webhook-id": id, "webhook-timestamp": text("webhook-timestamp"), "webhook-signature": signature });
        let signature = text("webhook-signature");
        let receive = |body: &str, signature: &str| json!({ "ask": "receive", "secret": SECRET, "headers": told(signature), "body": body });
        assert!(opinion.ask(&receive(body, signature)).is_ok(), "{body}");
        assert!(opinion.ask(&receive("{\"other\":1}", signature)).is_err(), "{body}");
        let sent = opinion.ask(&json!({ "ask": "send", "secret": SECRET, "id": id, "created": now, "body": body }));
        assert_eq!(sent.expect("a signature"), signature, "{body}");
        let delivery = webhooks.verify(&headers, now).expect("a webhook");
        assert_eq!(delivery.complete(body.as_bytes(), now).await, Ok(()), "{body}");
    }
}
