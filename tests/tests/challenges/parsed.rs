//! A strict reader of challenges (RFC 9110, section 11.6.1): nothing but a scheme and quoted parameters, each once.

use http::HeaderMap;

/// Each value of `WWW-Authenticate` as its scheme and its parameters, written `name=value`.
pub(crate) fn challenges(headers: &HeaderMap) -> Vec<(String, Vec<String>)> {
    let values = headers.get_all("www-authenticate").iter();
    values.map(|value| read(value.to_str().expect("visible ASCII"))).collect()
}

fn read(value: &str) -> (String, Vec<String>) {
    let (scheme, mut rest) = value.split_once(' ').unwrap_or_else(|| panic!("no parameters: {value}"));
    assert!(is_token(scheme), "{value}");
    let mut parameters = Vec::<String>::new();
    loop {
        let (name, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("no value: {value}"));
        let (content, after) = after.split_once('"').unwrap_or_else(|| panic!("no end: {value}"));
        assert!(is_token(name) && content.bytes().all(is_allowed) && !content.is_empty(), "{value}");
        let name = format!("{name}=");
        assert!(!parameters.iter().any(|other| other.starts_with(&name)), "twice: {value}");
        parameters.push(name + content);
        match after {
            "" => return (scheme.to_owned(), parameters),
            more => rest = more.strip_prefix(", ").unwrap_or_else(|| panic!("no comma: {value}")),
        }
    }
}

fn is_token(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(letter)
}

/// RFC 6750, section 3.
const fn is_allowed(byte: u8) -> bool {
    matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E)
}
