//! What is injected: a list of our own, and the corpora where they are.

use crate::corpora;

/// Enough to break what quotes by hand, in every way that we know of.
const OWN: [&str; 40] = [
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "\\'",
    ";",
    "--",
    "/*",
    "*/",
    "%",
    "_",
    "?",
    "?1",
    ":id",
    "@id",
    "$id",
    "NULL",
    "1",
    "' OR '1'='1",
    "' OR 1=1 --",
    "\" OR \"\"=\"",
    "') OR ('1'='1",
    "'; DROP TABLE orders;--",
    "'); DROP TABLE orders;--",
    "x'; UPDATE orders SET owner='bob",
    "x', owner='bob",
    "'||(SELECT owner FROM orders)||'",
    "' UNION SELECT * FROM orders--",
    "'; ATTACH DATABASE 'x' AS x;--",
    "'; PRAGMA writable_schema=1;--",
    "1; DELETE FROM orders",
    "(SELECT count(*) FROM orders)",
    "x' AND randomblob(1e9)--",
    "\u{2019} OR 1=1",
    "\u{ff07} OR 1=1",
    "%27 OR 1=1",
    "{{7*7}}${7*7}<%=7*7%>",
    "a\u{0}b",
    "\"},{\"owner\":\"bob\"",
];

/// Our own list, and a part of the corpora.
pub(crate) fn texts() -> Vec<String> {
    let mut texts: Vec<String> = OWN.into_iter().map(str::to_owned).collect();
    if let Some(lines) = corpora::text("libinjection/false_positives.txt") {
        let lines = lines.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        texts.extend(lines.step_by(4).map(decode));
    }
    if let Some(strings) = corpora::json("blns.json") {
        let strings: Vec<String> = serde_json::from_value(strings).expect("a list of texts");
        texts.extend(strings.into_iter().step_by(3));
    }
    texts
}

/// The corpus is percent-encoded. What does not decode is taken as it is.
fn decode(line: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = line_byte(rest);
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &rest[3..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| line.to_owned())
}

fn line_byte(rest: &[u8]) -> Option<u8> {
    let digits = rest.strip_prefix(b"%")?.get(..2)?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
