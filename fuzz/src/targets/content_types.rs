//! Content types: none is two media types, and what is one begins with its name and holds no more than a charset.

use palisade::__private::read_content_type;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let all: Vec<&str> = read_content_type(text).collect();
    assert!(all.len() <= 1, "{text:?} is {all:?}");
    let Some(name) = all.first() else { return };
    let lower: String = text.to_ascii_lowercase().chars().filter(|c| !matches!(c, ' ' | '\t' | '"')).collect();
    let with_charset = format!("{name};charset=utf-8");
    assert!(lower == *name || lower == with_charset, "{text:?} is taken for {name}");
}
