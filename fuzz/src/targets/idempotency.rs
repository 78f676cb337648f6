//! Idempotency keys: what is taken is a String of RFC 9651 without parameters, and has one spelling.

use http::HeaderValue;
use palisade::idempotency::Key;

/// Runs the target on one input: a line of the field.
pub fn run(input: &[u8]) {
    let Ok(line) = HeaderValue::from_bytes(input.trim_ascii()) else { return };
    let shown = String::from_utf8_lossy(line.as_bytes());
    let item = sfv::Parser::new(line.as_bytes()).parse::<sfv::Item>().ok().filter(|item| item.params.is_empty());
    let text = item.and_then(|item| match item.bare_item {
        sfv::BareItem::String(text) => Some(text.as_str().to_owned()),
        _ => None,
    });
    // As many characters as may stand between the quotes, escapes included.
    let fits = (3..=Key::LONGEST + 2).contains(&line.len());
    let key = Key::parse(&line).ok();
    assert_eq!(key.as_ref().map(Key::as_str), text.as_deref().filter(|_| fits), "`{shown}` by another reader");
    let Some(key) = key else { return };
    let spelt = format!("\"{}\"", key.as_str().replace('\\', "\\\\").replace('"', "\\\""));
    assert_eq!(spelt, shown, "a key has one spelling");
}
