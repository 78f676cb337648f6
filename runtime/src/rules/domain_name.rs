//! The grammar of host names: labels of letters, digits and hyphens (RFC 1123, section 2.1), and international ones.

#[cfg(feature = "url")]
mod international;

/// The longest name in its textual form (RFC 1035, section 2.3.4, without the lengths and the root of its wire form).
pub(super) const LONGEST_NAME: usize = 253;
/// RFC 1035, section 2.3.4.
const LONGEST_LABEL: usize = 63;

/// Whether `text` is a name of labels of ASCII letters, digits and hyphens whose A-labels are those of international names.
///
/// What is no A-label is judged without allocating. Without the feature `url` nothing can judge an A-label, so none passes.
pub(super) fn is_ascii_name(text: &str) -> bool {
    if text.len() > LONGEST_NAME {
        return false;
    }
    let mut has_a_label = false;
    for label in text.split('.') {
        if !is_label(label) {
            return false;
        }
        has_a_label |= is_marked(label);
    }
    !has_a_label || is_international(text)
}

/// Whether `text` is such a name, or one with U-labels in the form of RFC 5890, section 2.3.2.1: composed, in small
/// letters, and with nothing that a lookup would map to something else.
pub(super) fn is_name(text: &str) -> bool {
    if text.is_ascii() { is_ascii_name(text) } else { is_international(text) }
}

/// Whether the last label is one that makes the name an address of version 4: only digits, or hexadecimal digits behind
/// `0x` (the URL standard, "ends in a number").
pub(super) fn ends_in_a_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).as_bytes();
    match last {
        [b'0', b'x' | b'X', digits @ ..] => digits.iter().all(u8::is_ascii_hexdigit),
        digits => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
    }
}

fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let ([first, ..], [.., last]) = (bytes, bytes) else { return false };
    bytes.len() <= LONGEST_LABEL
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Whether the label begins with the prefix of A-labels.
pub(super) fn is_marked(label: &str) -> bool {
    label.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"))
}

#[cfg(feature = "url")]
fn is_international(text: &str) -> bool {
    international::is_international(text)
}

#[cfg(not(feature = "url"))]
fn is_international(_text: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_labels_of_letters_digits_and_hyphens() {
        for text in ["a", "1", "a-b", "a--b.c", "r3---sn-x.example", "EXAMPLE.org", "1.2.3.4", "3com.com", "a.b.c.d.e"]
        {
            assert!(is_ascii_name(text), "{text:?}");
        }
        for text in
            ["", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "a\n", "a\0", "ä", "a。b", "a.-b", "*.a", "a:1"]
        {
            assert!(!is_ascii_name(text), "{text:?}");
        }
    }

    #[test]
    fn labels_and_names_have_bounds() {
        let label = "a".repeat(63);
        assert!(is_ascii_name(&label));
        assert!(!is_ascii_name(&format!("{label}a")));
        let longest = format!("{label}.{label}.{label}.{}", "b".repeat(61));
        assert_eq!(longest.len(), LONGEST_NAME);
        assert!(is_ascii_name(&longest));
        assert!(!is_ascii_name(&format!("{longest}b")));
    }

    #[test]
    fn a_number_at_the_end_makes_an_address() {
        for text in ["1", "a.1", "0x", "0x7f", "1.2.0X1f", "127.1", "09", "a.08"] {
            assert!(ends_in_a_number(text), "{text:?}");
        }
        for text in ["", "a", "1.a", "0xg", "1a", "x7f", "1.com"] {
            assert!(!ends_in_a_number(text), "{text:?}");
        }
    }
}
