//! JSON written in one pass into bytes, harmless inside HTML: names and words of ours are copied, all other text is escaped.

use std::fmt;

/// A JSON document while it is written. Who writes it sees to commas and braces.
pub(crate) struct Json {
    bytes: Vec<u8>,
}

impl Json {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Text that is JSON already.
    #[inline]
    pub(crate) fn verbatim(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// A string with its quotes.
    pub(crate) fn string(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.escaped(text);
        self.bytes.push(b'"');
    }

    /// What a value says of itself, as a part of a string.
    pub(crate) fn displayed(&mut self, value: &impl fmt::Display) {
        // Writing into memory cannot fail.
        let _ = fmt::write(self, format_args!("{value}"));
    }

    pub(crate) fn integer(&mut self, number: i64) {
        if number < 0 {
            self.bytes.push(b'-');
        }
        self.natural(number.unsigned_abs());
    }

    pub(crate) fn natural(&mut self, number: u64) {
        let mut digits = [0; 20];
        let mut rest = number;
        let mut first = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
            first -= 1;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(digits.get(first..).unwrap_or_default());
    }

    pub(crate) fn fraction(&mut self, number: f64) {
        // Writing into memory cannot fail, and what is not finite is `null`.
        let _ = serde_json::to_writer(&mut self.bytes, &number);
    }

    /// A part of a string.
    pub(crate) fn escaped(&mut self, text: &str) {
        self.escape(text.as_bytes(), IN_STRINGS);
    }

    /// One step of a JSON pointer inside a string, `~` and `/` escaped (RFC 6901, section 3).
    pub(crate) fn reference_token(&mut self, name: &str) {
        self.bytes.push(b'/');
        self.escape(name.as_bytes(), IN_STRINGS | IN_POINTERS);
    }

    /// Writes text of which bytes of these kinds are special. They begin characters, so no character is taken apart.
    #[inline]
    fn escape(&mut self, text: &[u8], special: u8) {
        let mut rest = text;
        while let Some(at) = find(special, rest)
            && let Some((plain, behind)) = rest.split_at_checked(at)
        {
            self.bytes.extend_from_slice(plain);
            rest = self.escape_first(behind, special);
        }
        self.bytes.extend_from_slice(rest);
    }

    /// Writes the character at the beginning, and returns what is behind it.
    #[cold]
    fn escape_first<'a>(&mut self, text: &'a [u8], special: u8) -> &'a [u8] {
        let (escape, rest): (&[u8], _) = match text {
            [b'"', rest @ ..] => (b"\\\"", rest),
            [b'\\', rest @ ..] => (b"\\\\", rest),
            [0x08, rest @ ..] => (b"\\b", rest),
            [b'\t', rest @ ..] => (b"\\t", rest),
            [b'\n', rest @ ..] => (b"\\n", rest),
            [0x0C, rest @ ..] => (b"\\f", rest),
            [b'\r', rest @ ..] => (b"\\r", rest),
            [b'~', rest @ ..] if special & IN_POINTERS != 0 => (b"~0", rest),
            [b'/', rest @ ..] if special & IN_POINTERS != 0 => (b"~1", rest),
            // Both end a line in the JavaScript of old.
            [0xE2, 0x80, 0xA8, rest @ ..] => (b"\\u2028", rest),
            [0xE2, 0x80, 0xA9, rest @ ..] => (b"\\u2029", rest),
            [byte @ (0..0x20 | b'<' | b'>' | b'&'), rest @ ..] => {
                self.bytes.extend_from_slice(&[
                    b'\\',
                    b'u',
                    b'0',
                    b'0',
                    hexadecimal(byte >> 4),
                    hexadecimal(byte & 15),
                ]);
                return rest;
            }
            [byte, rest @ ..] => {
                self.bytes.push(*byte);
                return rest;
            }
            [] => return &[],
        };
        self.bytes.extend_from_slice(escape);
        rest
    }
}

/// Words that are put together come out as a part of a string.
impl fmt::Write for Json {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.escaped(text);
        Ok(())
    }
}

const fn hexadecimal(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
}

/// Not itself inside a string.
const IN_STRINGS: u8 = 1;
/// Not itself inside a reference token.
const IN_POINTERS: u8 = 2;

static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'~' | b'/' => IN_POINTERS,
            // U+2028 and U+2029 begin with 0xE2.
            other if may_be_special(other) => IN_STRINGS,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Where the first byte of these kinds is. Most texts have none, and many bytes at a time say so.
#[inline]
fn find(special: u8, text: &[u8]) -> Option<usize> {
    let mut rest = text;
    while let Some((chunk, behind)) = rest.split_first_chunk::<16>()
        && !chunk.iter().fold(false, |found, byte| found | may_be_special(*byte))
    {
        rest = behind;
    }
    let at = rest.iter().position(|byte| kind(*byte) & special != 0)?;
    Some(text.len() - rest.len() + at)
}

/// What the table says of both kinds, as comparisons that can be made for many bytes at once.
const fn may_be_special(byte: u8) -> bool {
    (byte < 0x20)
        | (byte == b'"')
        | (byte == b'\\')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'&')
        | (byte == 0xE2)
        | (byte == b'~')
        | (byte == b'/')
}

#[inline]
fn kind(byte: u8) -> u8 {
    // The table has a place for each byte, so this cannot fail.
    KINDS[usize::from(byte)]
}

// Held against the way that answers are written otherwise.
#[cfg(all(test, feature = "gate"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{respond::to_bytes, value::Path};

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let mut json = Json::with_capacity(0);
        write(&mut json);
        String::from_utf8(json.into_bytes()).unwrap()
    }

    fn by_serde<T: serde::Serialize + ?Sized>(value: &T) -> String {
        String::from_utf8(to_bytes(&value).unwrap().into()).unwrap()
    }

    #[test]
    fn every_ascii_character_is_escaped_as_serde_does() {
        for byte in 0..0x80_u8 {
            let text = format!("a{}b", char::from(byte));
            assert_eq!(written(|json| json.string(&text)), by_serde(&text), "{byte}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn strings_are_those_of_serde(text in "(\\PC|[\u{0}-\u{1F}\"\\\\<>&~/\u{2026}-\u{202A}]){0,40}") {
            prop_assert_eq!(written(|json| json.string(&text)), by_serde(&text));
            let displayed = written(|json| { json.verbatim("\""); json.displayed(&text); json.verbatim("\""); });
            prop_assert_eq!(displayed, by_serde(&text));
        }

        #[test]
        fn reference_tokens_are_those_of_paths(name in "([a-z]|[\"\\\\<>&~/\u{2028}é]){0,12}") {
            let pointer = Path::root().key(&name).pointer();
            let json = written(|json| { json.verbatim("\""); json.reference_token(&name); json.verbatim("\""); });
            prop_assert_eq!(json, by_serde(&pointer));
        }

        #[test]
        fn numbers_are_those_of_serde(integer in any::<i64>(), shift in 0_u32..64, fraction in any::<f64>()) {
            let integer = integer >> shift;
            prop_assert_eq!(written(|json| json.integer(integer)), by_serde(&integer));
            prop_assert_eq!(written(|json| json.fraction(fraction)), by_serde(&fraction));
        }
    }
}
