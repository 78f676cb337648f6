//! Tokens that are nearly good: a good one, and one or two changes that somebody signed or that nobody did.

use base64_simd::URL_SAFE_NO_PAD;
use palisade::{auth::Algorithm, testing::TestIssuer};
use serde_json::{Map, Value, json};

use crate::{chance::Chance, signer::Signer};

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const ISSUER: &str = "https://id.shop.example";

/// What signs and what is signed for.
pub(crate) struct Forge {
    own: Signer,
    stranger: Signer,
    algorithms: Vec<Algorithm>,
    chance: Chance,
}

/// A token, and what was done to it.
#[derive(Debug)]
pub(crate) struct Mutant {
    pub(crate) token: String,
    pub(crate) changes: Vec<String>,
}

impl Mutant {
    /// Whether one of these changes was made to it.
    pub(crate) fn was_changed(&self, changes: &[&str]) -> bool {
        self.changes.iter().any(|made| changes.iter().any(|change| made.contains(change)))
    }
}

/// A token before it is signed.
struct Draft {
    algorithm: Algorithm,
    by_stranger: bool,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    changes: Vec<String>,
}

impl Forge {
    pub(crate) fn new(algorithms: Vec<Algorithm>, seed: u64) -> Self {
        let [own, stranger] = [[7; 64], [8; 64]].map(Signer::new);
        Self { own, stranger, algorithms, chance: Chance::seeded(seed) }
    }

    /// What its tokens are verified with.
    pub(crate) fn jwks(&self) -> Value {
        self.own.jwks(&self.algorithms)
    }

    /// A token with one change or two; sometimes with none.
    pub(crate) fn mutant(&mut self) -> Mutant {
        let mut draft = self.draft();
        for _ in 0..*self.chance.of(&[0, 1, 1, 1, 1, 1, 2]) {
            self.redraft(&mut draft);
        }
        let Draft { algorithm, by_stranger, header, claims, mut changes } = draft;
        let mut texts = [Value::Object(header).to_string(), Value::Object(claims).to_string()].map(String::into_bytes);
        if self.chance.below(6) == 0 {
            self.rewrite(&mut texts, &mut changes);
        }
        let [header, claims] = texts;
        let signer = if by_stranger { &self.stranger } else { &self.own };
        let mut token = signer.sign(algorithm, &header, &claims);
        if self.chance.below(4) == 0 {
            token = self.damage(&token, &mut changes);
        }
        Mutant { token, changes }
    }

    fn draft(&mut self) -> Draft {
        let algorithm = *self.chance.of(&self.algorithms);
        let header = json!({"alg": algorithm.name(), "typ": "at+jwt", "kid": TestIssuer::kid(algorithm)});
        let claims = json!({
            "iss": ISSUER, "aud": TestIssuer::AUDIENCE, "sub": "alice", "client_id": "shop-web", "iat": NOW,
            "exp": NOW + 300, "jti": "a", "scope": "orders:read",
        });
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        let changes = vec![algorithm.to_string()];
        Draft { algorithm, by_stranger: false, header: object(header), claims: object(claims), changes }
    }

    /// Changes what is signed.
    fn redraft(&mut self, draft: &mut Draft) {
        const MEMBERS: [&str; 16] = [
            "alg", "typ", "kid", "crit", "b64", "zip", "enc", "cty", "jwk", "jku", "x5c", "x5u", "x5t", "epk", "apu",
            "extra",
        ];
        const CLAIMS: [&str; 19] = [
            "iss",
            "aud",
            "sub",
            "client_id",
            "iat",
            "exp",
            "nbf",
            "jti",
            "scope",
            "roles",
            "auth_time",
            "acr",
            "nonce",
            "at_hash",
            "c_hash",
            "events",
            "cnf",
            "azp",
            "extra",
        ];
        const TIMES: [&str; 4] = ["iat", "exp", "nbf", "auth_time"];
        match self.chance.below(12) {
            0..3 => {
                let (name, value) = (*self.chance.of(&MEMBERS), self.value());
                draft.changes.push(format!("header {name}: {value}"));
                draft.header.insert(name.into(), value);
            }
            3 => {
                let name = *self.chance.of(&["alg", "typ", "kid"]);
                draft.changes.push(format!("header without {name}"));
                draft.header.remove(name);
            }
            4..7 => {
                let (name, value) = (*self.chance.of(&CLAIMS), self.value());
                draft.changes.push(format!("claim {name}: {value}"));
                draft.claims.insert(name.into(), value);
            }
            7 => {
                let name = *self.chance.of(&CLAIMS[..9]);
                draft.changes.push(format!("without claim {name}"));
                draft.claims.remove(name);
            }
            8..10 => {
                let (name, value) = (*self.chance.of(&TIMES), self.time());
                draft.changes.push(format!("claim {name}: {value}"));
                draft.claims.insert(name.into(), value);
            }
            10 => {
                draft.algorithm = *self.chance.of(&self.algorithms);
                draft.changes.push(format!("signed by {}", draft.algorithm));
            }
            _ => {
                draft.by_stranger = true;
                draft.changes.push("signed by a stranger".into());
            }
        }
    }

    /// A value that may or may not be right somewhere.
    fn value(&mut self) -> Value {
        let values = [
            json!(null),
            json!(true),
            json!(false),
            json!(0),
            json!(-1),
            json!(1),
            json!(1.5),
            json!(1e300),
            json!(""),
            json!(" "),
            json!("x"),
            json!([]),
            json!({}),
            json!([null]),
            json!([1]),
            json!(["x"]),
            json!([""]),
            json!([["x"]]),
            json!({"a": 1}),
            json!(ISSUER),
            json!([ISSUER]),
            json!(format!("{ISSUER}/")),
            json!(TestIssuer::AUDIENCE),
            json!([TestIssuer::AUDIENCE]),
            json!(["x", TestIssuer::AUDIENCE]),
            json!([TestIssuer::AUDIENCE, 1]),
            json!("at+jwt"),
            json!("AT+JWT"),
            json!("application/at+jwt"),
            json!("JWT"),
            json!("dpop+jwt"),
            json!("none"),
            json!("None"),
            json!("EdDSA"),
            json!("Ed25519"),
            json!("ES256"),
            json!("HS256"),
            json!("RS256"),
            json!("PS256"),
            json!("test-EdDSA"),
            json!("test-ES256"),
            json!("../x"),
            json!(["exp"]),
            json!(["b64"]),
            json!("DEF"),
            json!(NOW),
            json!(NOW.to_string()),
            json!("k".repeat(300)),
            json!({"jkt": "x"}),
            json!("orders:read orders:write"),
            json!("\u{0}"),
            json!("\u{1F511}"),
        ];
        self.chance.of(&values).clone()
    }

    /// A moment near one that matters, or no sensible one.
    fn time(&mut self) -> Value {
        let near = *self.chance.of(&[-86_400, -301, -31, -30, -29, -1, 0, 1, 29, 30, 31, 300, 86_400, 400_000_000]);
        let seconds = NOW.saturating_add_signed(near);
        #[expect(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
        let fraction = seconds as f64 + 0.5;
        let others = [json!(-1), json!(1e12), json!(1e300), json!(u64::MAX), json!(9_007_199_254_740_993_u64)];
        match self.chance.below(8) {
            0 => json!(fraction),
            1 => json!(seconds.to_string()),
            2 => self.chance.of(&others).clone(),
            _ => json!(seconds),
        }
    }

    /// Changes the text of the header or the claims, as no serializer would write it.
    fn rewrite(&mut self, texts: &mut [Vec<u8>; 2], changes: &mut Vec<String>) {
        let which = self.chance.below(2);
        let text = &mut texts[which];
        let pairs: [&str; 8] = [
            r#""alg":"EdDSA""#,
            r#""kid":"test-EdDSA""#,
            r#""sub":"mallory""#,
            r#""exp":1900000000"#,
            r#""x":1,"x":2"#,
            r#""x":{"a":1,"a":1}"#,
            r#""s\u0075b":"mallory""#,
            r#""x":NaN"#,
        ];
        let what = match self.chance.below(9) {
            0 | 1 => {
                let pair = *self.chance.of(&pairs);
                text.splice(1..1, format!("{pair},").into_bytes());
                format!("with {pair} before")
            }
            2 => {
                let pair = *self.chance.of(&pairs);
                let end = text.len().saturating_sub(1);
                text.splice(end..end, format!(",{pair}").into_bytes());
                format!("with {pair} behind")
            }
            3 => {
                text.splice(0..0, *b"\xEF\xBB\xBF");
                "with a byte order mark".into()
            }
            4 => {
                text.extend_from_slice(self.chance.of(&[" \n", "\0", "{}", "x", ","]).as_bytes());
                "with something behind".into()
            }
            5 => {
                text.splice(1..1, *b" \t\r\n ");
                "with white space".into()
            }
            6 => {
                let at = self.chance.below(text.len());
                text[at] = *self.chance.of(&[0, 0x1F, 0x7F, 0x80, 0xC0, 0xFF]);
                format!("with another byte at {at}")
            }
            7 => {
                let depth = *self.chance.of(&[2, 8, 12, 20, 200]);
                let deep = format!("\"x\":{}{},", "[".repeat(depth), "]".repeat(depth));
                text.splice(1..1, deep.into_bytes());
                format!("{depth} deep")
            }
            _ => {
                text.truncate(text.len() / 2);
                "cut in half".into()
            }
        };
        changes.push(format!("{} {what}", ["header", "claims"][which]));
    }

    /// Changes what was signed already.
    fn damage(&mut self, token: &str, changes: &mut Vec<String>) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/~ \n!";
        let (signed, signature) = token.rsplit_once('.').unwrap_or((token, ""));
        let at = self.chance.below(token.len());
        let letter = char::from(*self.chance.of(LETTERS));
        let bytes = URL_SAFE_NO_PAD.decode_to_vec(signature).unwrap_or_default();
        let (what, damaged) = match self.chance.below(12) {
            0 | 1 => ("a letter changed", format!("{}{letter}{}", &token[..at], &token[at + 1..])),
            2 => ("a letter more", format!("{}{letter}{}", &token[..at], &token[at..])),
            3 => ("a letter less", format!("{}{}", &token[..at], &token[at + 1..])),
            4 => ("another last letter", format!("{}{letter}", &token[..token.len() - 1])),
            5 => ("padding", format!("{token}{}", *self.chance.of(&["=", "==", "===", "\n", " "]))),
            6 => ("no signature", format!("{signed}.")),
            7 => ("a segment less", signed.into()),
            8 => ("a segment more", format!("{token}.{signature}")),
            9 => ("the other alphabet", token.replace('-', "+").replace('_', "/")),
            10 => {
                let length = self.chance.below(bytes.len() + 1);
                ("less of the signature", format!("{signed}.{}", URL_SAFE_NO_PAD.encode_to_string(&bytes[..length])))
            }
            _ => {
                let longer = [&bytes[..], &[0]].concat();
                ("more of the signature", format!("{signed}.{}", URL_SAFE_NO_PAD.encode_to_string(longer)))
            }
        };
        changes.push(format!("{what} at {at}"));
        damaged
    }
}
