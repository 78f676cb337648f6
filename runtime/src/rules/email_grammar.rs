//! The valid e-mail address of the HTML standard, with the length limits of SMTP.

/// The longest address that fits a forward path of RFC 5321, section 4.5.3.1.3, without its angle brackets.
const LONGEST_ADDRESS: usize = 254;
/// RFC 5321, section 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;
/// RFC 1034, section 3.5.
const LONGEST_LABEL: usize = 63;

/// A byte of the local part.
const LOCAL: u8 = 1;
/// A letter or digit, which may begin and end a label.
const ALPHANUMERIC: u8 = 2;
/// A byte that may stand inside a label: a letter, a digit or a hyphen.
const LABEL: u8 = 4;

/// What each byte may be.
static KINDS: [u8; 256] = kinds();

/// Whether `text` is a valid e-mail address: the grammar of the HTML standard, section 4.10.5.1.5, which has no quoted
/// local parts, comments or address literals, and at most 64 bytes before the `@` and 254 in all.
///
/// ```
/// use palisade::rules::email_grammar::is_email;
///
/// assert!(is_email("jane.doe+orders@mail.example"));
/// assert!(!is_email("jane@example..com"));
/// assert!(!is_email("jane@example.com\r\nBcc: john@example.com"));
/// ```
#[must_use]
pub fn is_email(text: &str) -> bool {
    if text.len() > LONGEST_ADDRESS {
        return false;
    }
    let bytes = text.as_bytes();
    let local = length_of(LOCAL, bytes);
    if local == 0 || local > LONGEST_LOCAL_PART {
        return false;
    }
    match bytes.get(local..) {
        Some([b'@', domain @ ..]) => is_domain(domain),
        Some(_) | None => false,
    }
}

/// Labels with single dots between them.
#[inline]
fn is_domain(domain: &[u8]) -> bool {
    let mut rest = domain;
    loop {
        let length = length_of(LABEL, rest);
        let Some((label, behind)) = rest.split_at_checked(length) else {
            return false;
        };
        let ([first, ..], [.., last]) = (label, label) else {
            return false;
        };
        if length > LONGEST_LABEL || !is(ALPHANUMERIC, *first) || !is(ALPHANUMERIC, *last) {
            return false;
        }
        match behind {
            [] => return true,
            [b'.', next @ ..] => rest = next,
            [_, ..] => return false,
        }
    }
}

/// How many bytes at the beginning are of this kind.
#[inline]
fn length_of(kind: u8, bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !is(kind, *byte)).unwrap_or(bytes.len())
}

#[inline]
fn is(kind: u8, byte: u8) -> bool {
    // The table has a place for each byte, so this cannot fail.
    KINDS[usize::from(byte)] & kind != 0
}

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LOCAL | ALPHANUMERIC | LABEL,
            b'-' => LOCAL | LABEL,
            b'.' | b'!' | b'#'..=b'\'' | b'*' | b'+' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~' => LOCAL,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    /// The expression that the HTML standard gives, in the syntax of `regex`.
    const HTML: &str = r"\A[a-zA-Z0-9.!#$%&'*+\/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z";

    fn oracle(html: &Regex, text: &str) -> bool {
        html.is_match(text) && text.len() <= 254 && text.find('@').is_some_and(|at| at <= 64)
    }

    #[test]
    fn accepts_what_html_accepts() {
        for text in [
            "jane@example.com",
            "j@e",
            "jane.doe+orders@mail.example.co.uk",
            ".a.@b.c",
            "!#$%&'*+/=?^_`{|}~-@x",
            "a@1.2.3.4",
            "a@xn--bcher-kva.example",
            "a@a--b.c",
        ] {
            assert!(is_email(text), "{text:?}");
        }
    }

    #[test]
    fn rejects_what_html_rejects() {
        for text in [
            "",
            "@",
            "a@",
            "@b",
            "a",
            "a@b@c",
            "a b@c",
            " a@b",
            "a@b ",
            "a@b.",
            "a@.b",
            "a@b..c",
            "a@-b",
            "a@b-",
            "a@b-.c",
            "a@b_c",
            "\"a b\"@c",
            "a@[127.0.0.1]",
            "a(x)@b",
            "a@b\n",
            "a@b\r\nBcc: c@d",
            "ä@b",
            "a@bücher.example",
            "a@b\0",
            "a,b@c",
            "<a@b>",
        ] {
            assert!(!is_email(text), "{text:?}");
        }
    }

    #[test]
    fn bounds_the_address_its_local_part_and_its_labels() {
        let address = |local: usize, label: usize| format!("{}@{}.example", "a".repeat(local), "b".repeat(label));
        assert!(is_email(&address(64, 63)));
        assert!(!is_email(&address(65, 63)));
        assert!(!is_email(&address(64, 64)));
        let long = |last: usize| format!("a@{0}.{0}.{0}.{1}", "b".repeat(63), "c".repeat(last));
        assert_eq!(long(60).len(), 254);
        assert!(is_email(&long(60)));
        assert!(!is_email(&long(61)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_expression_of_the_standard(texts in prop::collection::vec(
            prop_oneof![
                "[a@.é-]{0,10}",
                "[a-z.+]{1,66}@[a-z0-9-]{1,66}([.][a-z0-9-]{1,3}){0,3}",
                "[!-~]{0,12}@[a-zA-Z0-9.-]{0,12}",
                "[a-z]{1,8}@([a-z0-9]{55,64}[.]){3}[a-z]{50,64}",
                "\\PC{0,12}",
            ],
            50,
        )) {
            let html = Regex::new(HTML).unwrap();
            for text in texts {
                prop_assert_eq!(is_email(&text), oracle(&html, &text), "{:?}", text);
            }
        }
    }
}
