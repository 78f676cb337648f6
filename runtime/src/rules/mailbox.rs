//! The grammar of a mailbox: RFC 5321, section 4.1.2, and what RFC 6531, section 3.3, adds to it.

use super::domain_name::{is_ascii_name, is_name};

/// The longest address that fits a path of RFC 5321, section 4.5.3.1.3, without its angle brackets.
pub(super) const LONGEST_MAILBOX: usize = 254;
/// RFC 5321, section 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;

/// Which characters a mailbox may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Those of RFC 5321.
    Ascii,
    /// Those of RFC 6531 as well.
    International,
}

/// Whether `text` is a `Mailbox` within the limits of section 4.5.3.1, which count octets.
pub(super) fn is_mailbox(script: Script, text: &str) -> bool {
    if text.len() > LONGEST_MAILBOX {
        return false;
    }
    let Some(length) = local_part(script, text) else { return false };
    let Some((_, rest)) = text.split_at_checked(length) else { return false };
    let Some(domain) = rest.strip_prefix('@') else { return false };
    length <= LONGEST_LOCAL_PART && is_domain(script, domain)
}

/// The length of the local part at the beginning, when there is one.
fn local_part(script: Script, text: &str) -> Option<usize> {
    match text.strip_prefix('"') {
        Some(quoted) => quoted_string(script, quoted).map(|length| length + 1),
        None => dot_string(script, text),
    }
}

/// `Dot-string`: atoms with single dots between them.
fn dot_string(script: Script, text: &str) -> Option<usize> {
    let length = text.find(|character| character != '.' && !is_atext(script, character)).unwrap_or(text.len());
    let atoms = text.get(..length)?;
    atoms.split('.').all(|atom| !atom.is_empty()).then_some(length)
}

/// `Quoted-string` behind its first quote: the length up to its last quote, which is included.
fn quoted_string(script: Script, text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some(at + 1),
            '\\' => {
                // A quoted pair is for ASCII alone.
                characters.next().filter(|(_, quoted)| matches!(quoted, ' '..='~'))?;
            }
            ' '..='~' => {}
            other if is_beyond_ascii(script, other) => {}
            _ => return None,
        }
    }
    None
}

/// RFC 5322, section 3.2.3.
fn is_atext(script: Script, character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^' | '_' | '`' | '{' | '|' | '}'
        | '~' => true,
        other => is_beyond_ascii(script, other),
    }
}

/// `UTF8-non-ascii`, without the characters that end a line or control a terminal: no address needs one.
fn is_beyond_ascii(script: Script, character: char) -> bool {
    match script {
        Script::Ascii => false,
        Script::International => {
            !character.is_ascii() && !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}')
        }
    }
}

fn is_domain(script: Script, text: &str) -> bool {
    match (text.strip_prefix('['), script) {
        (Some(literal), _) => literal.strip_suffix(']').is_some_and(is_address_literal),
        (None, Script::Ascii) => is_ascii_name(text),
        (None, Script::International) => is_name(text),
    }
}

/// Section 4.1.3. A general literal needs a tag that IANA has registered, and `IPv6` is the only one.
fn is_address_literal(text: &str) -> bool {
    match text.split_once(':') {
        Some((tag, address)) => tag.eq_ignore_ascii_case("IPv6") && is_ipv6(address),
        None => is_ipv4(text),
    }
}

/// `IPv4-address-literal`: a number may have zeros before it, and is decimal all the same.
fn is_ipv4(text: &str) -> bool {
    let is_number = |number: &str| {
        (1..=3).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && number.parse::<u16>().is_ok_and(|number| number <= 255)
    };
    text.split('.').count() == 4 && text.split('.').all(is_number)
}

/// `IPv6-addr`: `::` stands for two groups at least.
fn is_ipv6(text: &str) -> bool {
    match text.split_once("::") {
        Some((before, after)) => match (groups(before, Tail::Groups), groups(after, Tail::Version4)) {
            (Some(before), Some(after)) => before + after <= 6,
            (Some(_) | None, Some(_) | None) => false,
        },
        None => !text.is_empty() && groups(text, Tail::Version4) == Some(8),
    }
}

/// What may stand at the end of groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    Groups,
    /// An address of version 4 in the place of the last two groups.
    Version4,
}

/// How many groups of 16 bits the text has; none when it is empty.
fn groups(text: &str, tail: Tail) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut count = 0;
    let mut parts = text.split(':').peekable();
    while let Some(part) = parts.next() {
        let is_group = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_tail = tail == Tail::Version4 && parts.peek().is_none() && is_ipv4(part);
        count += match (is_group, is_tail) {
            (true, _) => 1,
            (false, true) => 2,
            (false, false) => return None,
        };
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    fn ascii(text: &str) -> bool {
        is_mailbox(Script::Ascii, text)
    }

    #[test]
    fn accepts_what_the_grammar_derives() {
        for text in [
            "jane@example.com",
            "j@e",
            "j.a.n.e@example.com",
            "!#$%&'*+-/=?^_`{|}~@x",
            "a@1.2.3.4",
            "\"\"@x",
            "\" \"@x",
            "\"jane doe\"@x",
            "\"a@b\"@x",
            "\"a..b.\"@x",
            r#""a\"b"@x"#,
            r#""a\\b"@x"#,
            r#""a\ b"@x"#,
            "a@[127.0.0.1]",
            "a@[127.000.000.001]",
            "a@[IPv6:::]",
            "a@[IPv6:::1]",
            "a@[ipv6:1::]",
            "a@[IPv6:1:2:3:4:5:6:7:8]",
            "a@[IPv6:1:2:3:4:5:6:192.0.2.1]",
            "a@[IPv6:::192.0.2.1]",
            "a@[IPv6:1:2::3:4:192.0.2.1]",
            "a@[IPv6:1:2:3::4:5:6]",
        ] {
            assert!(ascii(text), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_the_grammar_does_not_derive() {
        for text in [
            "",
            "@",
            "a",
            "a@",
            "@b",
            ".a@b",
            "a.@b",
            "a..b@c",
            "a b@c",
            "a@b@c",
            "a@b.",
            "a@.b",
            "a@b..c",
            "a@-b",
            "a@b-",
            "a@b_c",
            "a@b\n",
            "a@b\r\nBcc: c@d",
            " a@b",
            "a@b ",
            "a(x)@b",
            "<a@b>",
            "Jane <a@b>",
            "a,b@c",
            "\"a@b",
            "a\"b\"@c",
            "\"a\"b@c",
            "\"a\".b@c",
            "\"a\nb\"@c",
            "\"a\\\nb\"@c",
            "\"a\\\"@c",
            "\"a\tb\"@c",
            "ä@b",
            "\"ä\"@b",
            "a@ä",
            "a@[127.0.0.256]",
            "a@[127.0.0]",
            "a@[127.0.0.1.1]",
            "a@[127.0.0.0001]",
            "a@[0x7f.0.0.1]",
            "a@[]",
            "a@[127.0.0.1",
            "a@127.0.0.1]",
            "a@[127.0.0.1]x",
            "a@[127.0.0.1].com",
            "a@[::1]",
            "a@[IPv6:]",
            "a@[IPv6::]",
            "a@[IPv6:1]",
            "a@[IPv6:1:2:3:4:5:6:7]",
            "a@[IPv6:1:2:3:4:5:6:7:8:9]",
            "a@[IPv6:1:2:3::4:5:6:7]",
            "a@[IPv6:1::2::3]",
            "a@[IPv6:12345::]",
            "a@[IPv6::::1]",
            "a@[IPv6:1:2:3:4:5:6:7:192.0.2.1]",
            "a@[IPv6:192.0.2.1::]",
            "a@[IPv6:fe80::1%eth0]",
            "a@[IPv4:127.0.0.1]",
            "a@[tag:anything]",
        ] {
            assert!(!ascii(text), "{text:?}");
        }
    }

    #[test]
    fn counts_octets() {
        let address = |local: &str, label: usize| format!("{local}@{}.example", "b".repeat(label));
        assert!(ascii(&address(&"a".repeat(64), 63)));
        assert!(!ascii(&address(&"a".repeat(65), 63)));
        assert!(!ascii(&address(&"a".repeat(64), 64)));
        assert!(ascii(&address(&format!("\"{}\"", "a".repeat(62)), 1)));
        assert!(!ascii(&address(&format!("\"{}\"", "a".repeat(63)), 1)));
        let long = |last: usize| format!("a@{0}.{0}.{0}.{1}", "b".repeat(63), "c".repeat(last));
        assert_eq!(long(60).len(), LONGEST_MAILBOX);
        assert!(ascii(&long(60)) && !ascii(&long(61)));
        assert!(is_mailbox(Script::International, &address(&"ä".repeat(32), 1)));
        assert!(!is_mailbox(Script::International, &address(&"ä".repeat(33), 1)));
    }

    #[test]
    fn beyond_ascii_nothing_controls_a_terminal() {
        for text in ["ä@b", "\"ä ö\"@b", "用户@b", "\u{1d54f}@b", "cafe\u{301}@b"] {
            assert!(is_mailbox(Script::International, text), "{text:?}");
        }
        for text in ["\u{85}@b", "a\u{2028}@b", "\"\\ä\"@b", "a\u{FF20}b", "ä..ö@b", "ä @b"] {
            assert!(!is_mailbox(Script::International, text), "{text:?}");
        }
    }

    /// The productions of the standard, in the syntax of `regex`, without its limits.
    const GRAMMAR: &str = concat!(
        r#"\A(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"#,
        r#"|"(?:[ !#-\[\]-~]|\\[ -~])*")@"#,
        r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*",
        r"|\[(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])){3}\])\z",
    );

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_productions_of_the_standard(texts in prop::collection::vec(
            prop_oneof![
                "[a@.\"\\\\ é-]{0,10}",
                "[a-z.+]{1,9}@[a-z0-9-]{1,9}([.][a-z0-9-]{1,3}){0,3}",
                "\"[ -~]{0,9}\"@[a-z]{1,3}",
                "a@\\[[0-9]{1,3}([.][0-2]?[0-9]{1,2}){2,4}\\]",
                "[ -~]{0,12}@[a-zA-Z0-9.-]{0,12}",
            ],
            50,
        )) {
            let grammar = Regex::new(GRAMMAR).unwrap();
            for text in texts.iter().filter(|text| !text.to_ascii_lowercase().contains("xn--")) {
                prop_assert_eq!(ascii(text), grammar.is_match(text), "{:?}", text);
            }
        }
    }
}
