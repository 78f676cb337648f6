//! Composes the text of a const panic, so that a message can name the endpoint, the thing and the mend.

/// A text being composed in const evaluation. What exceeds the capacity is cut.
#[derive(Clone, Copy)]
pub(crate) struct Message {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl Message {
    const CAPACITY: usize = 640;

    pub(crate) const fn new(start: &str) -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0 }.text(start)
    }

    pub(crate) const fn text(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut room = Self::CAPACITY - self.length;
        if text.len() <= room {
            room = text.len();
        } else {
            // No character is cut in two.
            while room > 0 && text[room] & 0b1100_0000 == 0b1000_0000 {
                room -= 1;
            }
        }
        let mut at = 0;
        while at < room {
            self.bytes[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    /// The user's own word, in back-ticks.
    pub(crate) const fn quoted(self, text: &str) -> Self {
        self.text("`").text(text).text("`")
    }

    pub(crate) const fn number(self, number: u64) -> Self {
        let mut digits = [0u8; 20];
        let mut rest = number;
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let (_, digits) = digits.split_at(at);
        match core::str::from_utf8(digits) {
            Ok(digits) => self.text(digits),
            Err(_) => self,
        }
    }

    #[track_caller]
    pub(crate) const fn panic(&self) -> ! {
        panic!("{}", self.as_str())
    }

    const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "the policy is wrong, and so is the message that would say why: bug in palisade",
        }
    }
}

impl core::fmt::Display for Message {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn a_long_message_is_cut_between_characters() {
        for start in ["", "a", "ab"] {
            let message = Message::new(start).text(&"ẞ".repeat(300)).to_string();
            assert!(message.starts_with(start) && message.ends_with('ẞ'), "{message}");
            assert!((Message::CAPACITY - 2..=Message::CAPACITY).contains(&message.len()), "{message}");
        }
    }
}
