//! JSON that stays harmless when a page embeds it: `<`, `>`, `&`, U+2028 and U+2029 are escaped inside strings.

use std::io;

use bytes::Bytes;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The value as JSON; `None` when it cannot be said in JSON.
pub(crate) fn to_bytes<T: Serialize>(value: &T) -> Option<Bytes> {
    let mut bytes = Vec::with_capacity(256);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, HtmlSafe)).ok()?;
    Some(bytes.into())
}

struct HtmlSafe;

impl Formatter for HtmlSafe {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        // Nearly every text is harmless, and this finds out many bytes at a time.
        if !bytes.iter().fold(false, |found, byte| found | may_need_escape(*byte)) {
            return writer.write_all(bytes);
        }
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let (escape, length): (&[u8], usize) = match byte {
                b'<' => (b"\\u003c", 1),
                b'>' => (b"\\u003e", 1),
                b'&' => (b"\\u0026", 1),
                0xE2 => match bytes.get(at..at + 3) {
                    Some([_, 0x80, 0xA8]) => (b"\\u2028", 3),
                    Some([_, 0x80, 0xA9]) => (b"\\u2029", 3),
                    Some(_) | None => continue,
                },
                _ => continue,
            };
            writer.write_all(bytes.get(start..at).unwrap_or_default())?;
            writer.write_all(escape)?;
            start = at + length;
        }
        writer.write_all(bytes.get(start..).unwrap_or_default())
    }
}

/// U+2028 and U+2029 begin with 0xE2.
fn may_need_escape(byte: u8) -> bool {
    (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == 0xE2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_string_can_end_a_script() {
        let text = "</script><!-- & \u{2028}\u{2029} é \"";
        let json = to_bytes(&text).unwrap();
        assert_eq!(json, r#""\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029 é \"""#.as_bytes());
        assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
    }
}
