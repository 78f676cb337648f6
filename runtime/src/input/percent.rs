//! Decodes the percent-encoding of queries and paths, strictly.

use std::borrow::Cow;

/// Percent-decodes one name or value; `plus` says whether `+` is a space, as in queries. `None` when it is not UTF-8,
/// an escape is broken, or it holds a NUL.
pub(crate) fn decode(text: &str, plus: bool) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let Some(first) = bytes.iter().position(|byte| *byte == b'%' || (plus && *byte == b'+') || *byte == 0) else {
        return Some(Cow::Borrowed(text));
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    decoded.extend_from_slice(bytes.get(..first)?);
    let mut rest = bytes.get(first..)?;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'+' if plus => decoded.push(b' '),
            b'%' => {
                let (high, low) = (hex(*rest.first()?)?, hex(*rest.get(1)?)?);
                decoded.push(high << 4 | low);
                rest = rest.get(2..)?;
            }
            other => decoded.push(*other),
        }
    }
    let decoded = String::from_utf8(decoded).ok()?;
    if decoded.contains('\0') { None } else { Some(Cow::Owned(decoded)) }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_strictly() {
        let rows = [
            ("a%20b", Some("a b")),
            ("a+b", Some("a b")),
            ("%E2%82%AC", Some("€")),
            ("%", None),
            ("%2", None),
            ("%zz", None),
            ("%+1", None),
            ("%C0%AF", None),
            ("%ff", None),
            ("a%00b", None),
        ];
        for (given, expected) in rows {
            assert_eq!(decode(given, true).as_deref(), expected, "{given}");
        }
        assert_eq!(decode("a+b", false).as_deref(), Some("a+b"));
    }
}
