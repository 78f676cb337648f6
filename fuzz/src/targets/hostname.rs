//! Host names, against a plain reading of RFC 1123.

use palisade::rules::hostname::Hostname;

use crate::agreement::accepts;

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let plain = accepts(const { Hostname::new().seal() }, text);
    let dotted = accepts(const { Hostname::new().trailing_dot("allowed").seal() }, text);
    let international = accepts(const { Hostname::new().international("allowed").seal() }, text);
    let both = accepts(const { Hostname::new().international("allowed").trailing_dot("allowed").seal() }, text);

    assert!(!plain || is_name(text), "{text:?} is no host name");
    let bare = text.strip_suffix('.').unwrap_or(text);
    assert_eq!(dotted, accepts(const { Hostname::new().seal() }, bare), "{text:?} with a dot");
    assert_eq!(
        both,
        accepts(const { Hostname::new().international("allowed").seal() }, bare),
        "{text:?} with a dot, international"
    );
    if text.is_ascii() {
        assert_eq!(plain, international, "{text:?} is ASCII");
    }
}

fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}
