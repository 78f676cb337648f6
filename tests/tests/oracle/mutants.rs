//! Tokens that are nearly good: a good one, and one or two changes that somebody signed or that nobody did.

use base64_simd::URL_SAFE_NO_PAD;
use palisade::{auth::Algorithm, testing::TestIssuer};
use serde_json::{Map, Value, json};

use crate::{
    chance::Chance,
    signer::Signer,
    values::{CLAIMS, MEMBERS, TIMES, times, values},
};

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

impl Draft {
    fn set_member(&mut self, name: &str, value: Value) {
        self.changes.push(format!("header {name}: {value}"));
        self.header.insert(name.into(), value);
    }

    fn set_claim(&mut self, name: &str, value: Value) {
        self.changes.push(format!("claim {name}: {value}"));
        self.claims.insert(name.into(), value);
    }
}

fn is_rsa(algorithm: Algorithm) -> bool {
    algorithm.name().starts_with(['R', 'P'])
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
    pub(crate) fn new(algorithms: Vec<Algorithm>) -> Self {
        let [own, stranger] = [[7; 64], [8; 64]].map(Signer::new);
        Self { own, stranger, algorithms, chance: Chance::seeded(1) }
    }

    /// What its tokens are verified with.
    pub(crate) fn jwks(&self) -> Value {
        self.own.jwks(&self.algorithms)
    }

    /// Each value in each place, one at a time.
    pub(crate) fn each(&mut self) -> Vec<Mutant> {
        let mut drafts = Vec::new();
        for value in values() {
            for name in MEMBERS {
                let mut draft = self.draft();
                draft.set_member(name, value.clone());
                drafts.push(draft);
            }
            for name in CLAIMS {
                let mut draft = self.draft();
                draft.set_claim(name, value.clone());
                drafts.push(draft);
            }
        }
        for (name, time) in TIMES.into_iter().flat_map(|name| times().into_iter().map(move |time| (name, time))) {
            let mut draft = self.draft();
            draft.set_claim(name, time);
            drafts.push(draft);
        }
        drafts.into_iter().map(|draft| self.signed(draft, |_, _, _| {})).collect()
    }

    /// A token with one change or two; sometimes with none.
    pub(crate) fn any(&mut self) -> Mutant {
        let mut draft = self.draft();
        for _ in 0..*self.chance.of(&[0, 1, 1, 1, 1, 1, 2]) {
            self.redraft(&mut draft);
        }
        let mut mutant = self.signed(draft, |forge, texts, changes| {
            if forge.chance.below(6) == 0 {
                forge.rewrite(texts, changes);
            }
        });
        if self.chance.below(4) == 0 {
            mutant.token = self.damage(&mutant.token, &mut mutant.changes);
        }
        mutant
    }

    /// The token, whose texts are changed first.
    fn signed(&mut self, draft: Draft, change: impl FnOnce(&mut Self, &mut [Vec<u8>; 2], &mut Vec<String>)) -> Mutant {
        let Draft { algorithm, by_stranger, header, claims, mut changes } = draft;
        let mut texts = [Value::Object(header).to_string(), Value::Object(claims).to_string()].map(String::into_bytes);
        change(self, &mut texts, &mut changes);
        let [header, claims] = texts;
        let signer = if by_stranger { &self.stranger } else { &self.own };
        Mutant { token: signer.sign(algorithm, &header, &claims), changes }
    }

    fn draft(&mut self) -> Draft {
        // Signing by RSA takes long, and the others are as telling.
        let quick: Vec<_> = self.algorithms.iter().copied().filter(|known| !is_rsa(*known)).collect();
        let slow = self.chance.below(4) == 0;
        let algorithm = *self.chance.of(if slow { &self.algorithms } else { &quick });
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
        match self.chance.below(12) {
            0..3 => {
                let (name, value) = (*self.chance.of(&MEMBERS), self.chance.of(&values()).clone());
                draft.set_member(name, value);
            }
            3 => {
                let name = *self.chance.of(&["alg", "typ", "kid"]);
                draft.changes.push(format!("header without {name}"));
                draft.header.remove(name);
            }
            4..7 => {
                let (name, value) = (*self.chance.of(&CLAIMS), self.chance.of(&values()).clone());
                draft.set_claim(name, value);
            }
            7 => {
                let name = *self.chance.of(&CLAIMS[..8]);
                draft.changes.push(format!("without claim {name}"));
                draft.claims.remove(name);
            }
            8..10 => {
                let (name, value) = (*self.chance.of(&TIMES), self.chance.of(&times()).clone());
                draft.set_claim(name, value);
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
