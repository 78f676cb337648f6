//! What an answer depends on, and what it puts into header fields: preconditions, cursors, locations and names of files.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use palisade::{
    auth::Secret,
    input::{Cursor, Cursors},
    prelude::NoContent,
    respond::{Accepted, Answer, Created, Download, EntityTag, Recipient, Respond, SeeOther, Tagged},
};
use regex::bytes::Regex;

static CURSORS: LazyLock<Cursors> = LazyLock::new(|| Cursors::keyed(Secret::new(vec![7; 32])));

/// A line of `#entity-tag`, as RFC 9110 writes it (section 5.6.1.2), and one tag of it.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let tag = r#"(?:W/)?"[!#-~\x80-\xff]*""#;
    Regex::new(&format!(r"(?s-u)^[ \t]*(?:(?:{tag})?[ \t]*,[ \t]*)*(?:{tag})?[ \t]*$")).expect("a pattern")
});
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s-u)(?:W/)?"([!#-~\x80-\xff]*)""#).expect("a pattern"));

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    conditions(input);
    if let Ok(text) = std::str::from_utf8(input) {
        texts(text);
    }
}

/// Each line is a line of `If-None-Match`.
fn conditions(input: &[u8]) {
    let lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    let mut headers = HeaderMap::new();
    for line in &lines {
        let Ok(value) = HeaderValue::from_bytes(line) else { return };
        headers.append(header::IF_NONE_MATCH, value);
    }
    let expected = match lines.as_slice() {
        [only] if only.trim_ascii() == b"*" => StatusCode::NOT_MODIFIED,
        lines => {
            let tags: Vec<_> = lines.iter().flat_map(|line| TAG.captures_iter(line)).collect();
            let is_list = lines.iter().all(|line| LIST.is_match(line)) && (1..=64).contains(&tags.len());
            match (is_list, tags.iter().any(|tag| &tag[1] == b"7")) {
                (false, _) => StatusCode::BAD_REQUEST,
                (true, true) => StatusCode::NOT_MODIFIED,
                (true, false) => StatusCode::NO_CONTENT,
            }
        }
    };
    let answer = Tagged::version(7, NoContent).respond(&Recipient::new(None, &Method::GET, &headers));
    assert_eq!(answer.status(), expected, "{}", String::from_utf8_lossy(input));
}

/// A text that an answer makes a header field of.
fn texts(text: &str) {
    let to = Recipient::anybody().asking(text);
    let location = |answer: Answer| answer.headers()[header::LOCATION].to_str().expect("ASCII").to_owned();
    for location in [
        location(Created::at(text, NoContent).respond(&to)),
        location(Accepted::monitored(text, NoContent).respond(&to)),
    ] {
        assert!(location.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte)), "{location}");
    }
    let base = url::Url::parse("https://api.example/a/b").expect("a base");
    let within = location(SeeOther::within(text).respond(&to));
    assert_eq!(base.join(&within).map(|url| url.origin()), Ok(base.origin()), "{text:?} leads to {within}");
    let site = location(SeeOther::at("https://id.example", text).respond(&to));
    let origin = url::Url::parse("https://id.example").expect("a site").origin();
    assert_eq!(url::Url::parse(&site).map(|url| url.origin()), Ok(origin), "{text:?} leads to {site}");

    let answer = Download::named(text, NoContent).respond(&to);
    let disposition = answer.headers()[header::CONTENT_DISPOSITION].to_str().expect("ASCII");
    let rest = disposition.strip_prefix("attachment; filename=\"").expect("an attachment");
    let (name, rest) = rest.split_once('"').expect("a name");
    assert!(!name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']), "{text:?} is {name}");
    assert!(rest.is_empty() || rest.starts_with("; filename*=UTF-8''"), "{text:?} is {disposition}");

    let tag = EntityTag::of_version(text).to_string();
    assert!(tag.len() <= 66 && tag.bytes().all(|byte| byte.is_ascii_graphic()), "{tag}");

    if let Ok(cursor) = serde_json::from_value::<Cursor>(text.into()) {
        assert!(CURSORS.open::<serde_json::Value>(Some(&cursor)).is_err(), "{text:?} is a cursor");
    }
}
