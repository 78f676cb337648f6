//! The grammar of RFC 8259, recognised in one pass that keeps one bit for each open list or object.
//!
//! A parser would do more than is asked: skipping a value, `serde_json` keeps its open brackets in a buffer that grows with
//! the input.

/// One bit each.
pub(super) const DEEPEST: u8 = 128;

/// Whether the whole text is one value, nested at most `deepest` deep.
pub(super) fn is_json(text: &str, deepest: u8) -> bool {
    document(&mut Rest(text.as_bytes()), deepest.min(DEEPEST)).is_some()
}

/// What may come next.
#[derive(Clone, Copy)]
enum Next {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
}

/// The open lists and objects, the innermost last.
#[derive(Clone, Copy)]
struct Open {
    depth: u8,
    /// One bit each, set for objects; the innermost is the lowest.
    objects: u128,
}

impl Open {
    fn enter(self, object: bool, deepest: u8) -> Option<Self> {
        let inside = Self { depth: self.depth + 1, objects: self.objects << 1 | u128::from(object) };
        (self.depth < deepest).then_some(inside)
    }

    /// Leaves the innermost, which the bracket must fit.
    fn leave(self, bracket: u8) -> Option<Self> {
        let outside = Self { depth: self.depth.checked_sub(1)?, objects: self.objects >> 1 };
        let expected = if self.is_in_object() { b'}' } else { b']' };
        (bracket == expected).then_some(outside)
    }

    fn is_in_object(self) -> bool {
        self.objects & 1 == 1
    }
}

fn document(rest: &mut Rest<'_>, deepest: u8) -> Option<()> {
    let mut open = Open { depth: 0, objects: 0 };
    let mut next = Next::Value;
    loop {
        rest.skip_white_space();
        if open.depth == 0 && matches!(next, Next::CommaOrEnd) {
            return rest.0.is_empty().then_some(());
        }
        let byte = rest.take()?;
        next = match (next, byte) {
            (Next::Value | Next::ValueOrEnd, b'[' | b'{') => {
                open = open.enter(byte == b'{', deepest)?;
                if byte == b'{' { Next::KeyOrEnd } else { Next::ValueOrEnd }
            }
            (Next::ValueOrEnd | Next::KeyOrEnd | Next::CommaOrEnd, b']' | b'}') => {
                open = open.leave(byte)?;
                Next::CommaOrEnd
            }
            (Next::Value | Next::ValueOrEnd, _) => {
                rest.scalar(byte)?;
                Next::CommaOrEnd
            }
            (Next::Key | Next::KeyOrEnd, b'"') => {
                rest.string()?;
                rest.skip_white_space();
                rest.expect(b":")?;
                Next::Value
            }
            (Next::CommaOrEnd, b',') if open.is_in_object() => Next::Key,
            (Next::CommaOrEnd, b',') => Next::Value,
            (Next::Key | Next::KeyOrEnd | Next::CommaOrEnd, _) => return None,
        };
    }
}

/// What is still to be read. `None` says that it is no JSON.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn take(&mut self) -> Option<u8> {
        let (byte, behind) = self.0.split_first()?;
        self.0 = behind;
        Some(*byte)
    }

    fn expect(&mut self, text: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn skip_while(&mut self, skipped: impl Fn(u8) -> bool) -> usize {
        let count = self.0.iter().position(|byte| !skipped(*byte)).unwrap_or(self.0.len());
        self.0 = self.0.get(count..).unwrap_or_default();
        count
    }

    fn skip_white_space(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn scalar(&mut self, first: u8) -> Option<()> {
        match first {
            b'"' => self.string(),
            b't' => self.expect(b"rue"),
            b'f' => self.expect(b"alse"),
            b'n' => self.expect(b"ull"),
            b'-' => {
                let digit = self.take()?;
                self.number(digit)
            }
            digit => self.number(digit),
        }
    }

    /// What stands behind the opening quote.
    fn string(&mut self) -> Option<()> {
        loop {
            self.skip_while(|byte| b' ' <= byte && byte != b'"' && byte != b'\\');
            match self.take()? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        match self.take()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let (digits, behind) = self.0.split_at_checked(4)?;
                self.0 = behind;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())
            }
            _ => None,
        }
    }

    fn number(&mut self, first: u8) -> Option<()> {
        match first {
            b'0' => {}
            b'1'..=b'9' => self.skip_digits(),
            _ => return None,
        }
        if self.expect(b".").is_some() {
            self.digits()?;
        }
        if let Some((b'e' | b'E', behind)) = self.0.split_first() {
            self.0 = behind;
            if let Some((b'+' | b'-', behind)) = self.0.split_first() {
                self.0 = behind;
            }
            self.digits()?;
        }
        Some(())
    }

    fn skip_digits(&mut self) {
        self.skip_while(|byte| byte.is_ascii_digit());
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        (self.skip_while(|byte| byte.is_ascii_digit()) != 0).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::*;

    #[test]
    fn what_the_rfc_calls_json_is() {
        for text in [
            "null", " true ", "false", "0", "-0", "-1.5e+10", "1E400", "123456789012345678901234567890", "\"\"", "\"é\\u00e9\"",
            "\"\\ud800\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "[]", "[ ]", "{}", "{ }", "[1,2]", "[[],{}]", "\t[\r\n1 ]",
            "{\"a\":1,\"a\":2}", "{\"\":[{\"b\":null}]}", "\"\u{7F}\u{2028}\"",
        ] {
            assert!(is_json(text, 8), "{text}");
        }
    }

    #[test]
    fn what_it_does_not_is_not() {
        for text in [
            "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1 2", "0x1",
            "\"", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\", "'a'", "[", "]", "[1", "[1,]", "[,1]", "[1 2]", "[1}",
            "{", "}", "{]", "{1:2}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "[]]", "{}}",
            "// x\n1", "/**/1", "\u{FEFF}1", "1\u{A0}", "1\u{B}", "[1]\0", "a", "1,2",
        ] {
            assert!(!is_json(text, 8), "{text}");
        }
    }

    #[test]
    fn the_depth_is_bounded_exactly() {
        for depth in 0..=DEEPEST {
            let lists = "[".repeat(depth.into()) + &"]".repeat(depth.into());
            let objects = "{\"a\":".repeat(depth.into()) + "1" + &"}".repeat(depth.into());
            for text in [lists, objects] {
                assert!(text.is_empty() || is_json(&text, depth), "{text}");
                assert!(depth == 0 || !is_json(&text, depth - 1), "{text}");
            }
        }
        assert!(!is_json(&"[".repeat(100_000), DEEPEST));
    }

    proptest! {
        #[test]
        fn it_agrees_with_serde_json(text in r#"[\[\]{}",:01.eE+\- tnabu\\rlsf/]{0,12}|[\[{"a:,}\] 1]{0,14}|\PC{0,6}"#) {
            prop_assert_eq!(is_json(&text, DEEPEST), serde_json::from_str::<IgnoredAny>(&text).is_ok());
        }

        #[test]
        fn what_is_written_is_read(parts in prop::collection::vec("\\PC{0,4}|[\\x00-\\x1f\"\\\\]{0,4}", 0..6), cut in 0usize..40) {
            let text = serde_json::json!({ "parts": parts, "more": [{ "n": -1.5e-3 }, null, true] }).to_string();
            prop_assert!(is_json(&text, 3) && !is_json(&text, 1));
            let cut: String = text.chars().take(cut).collect();
            prop_assert_eq!(is_json(&cut, 3), serde_json::from_str::<IgnoredAny>(&cut).is_ok());
        }
    }
}
