//! Changes inputs at random, from a seed: the same seed makes the same inputs on each machine.

/// A source of changed inputs.
pub struct Mutator {
    state: u64,
}

/// What has broken readers of texts before.
const TOKENS: &[&str] = &[
    "\0",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{3000}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{1100}\u{1161}",
    "e\u{301}",
    "\u{345}",
    "İ",
    "ß",
    "ẞ",
    "Σ",
    "ŉ",
    "ǅ",
    "ﬃ",
    "Å",
    "٣",
    "１",
    "．",
    "。",
    "😀",
    "👨‍👩‍👧",
    "🇨🇦",
    "xn--",
    "-",
    "--",
    ".",
    "..",
    "/",
    "\\",
    "//",
    "@",
    ":",
    ";",
    ",",
    "#",
    "?",
    "&",
    "&amp;",
    "&#60;",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "\"",
    "'",
    "`",
    "%",
    "%00",
    "%2e",
    "%25",
    "[",
    "]",
    "[^",
    "{",
    "}",
    "(",
    ")",
    "(?:",
    "|",
    "^",
    "$",
    "*",
    "+",
    "?",
    "{2}",
    "{0,3}",
    "{1000}",
    "\\d",
    "\\w",
    "\\W",
    "\\x41",
    "\\u0041",
    "\\ud800",
    "[a-z]",
    "0",
    "00",
    "1",
    "-0",
    "-1",
    "+1",
    "0.1",
    "1e9",
    "1e999",
    "1.0",
    "255",
    "256",
    "65535",
    "65536",
    "4294967296",
    "9223372036854775808",
    "18446744073709551616",
    "0x7f",
    "null",
    "true",
    "false",
    "NaN",
    "{}",
    "[]",
    "\"\"",
    "::",
    "::1",
    "::ffff:",
    "127.0.0.1",
    "localhost",
    "A",
    "z",
    "AB",
    "_",
    "~",
    "=",
    "==",
    "T",
    "Z",
    "+00:00",
];

/// Longer inputs find little that shorter ones do not, and take their time.
const LONGEST: usize = 4_096;

impl Mutator {
    /// The inputs of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 }
    }

    /// One of the inputs, changed in one to six places.
    pub fn next(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut input = self.one_of(corpus).cloned().unwrap_or_default();
        for _ in 0..=self.below(6) {
            self.change(&mut input, corpus);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let (from, to) = self.range(input);
        match self.below(10) {
            0 => drop(input.drain(from..to)),
            1 => {
                let copy = input[from..to].to_vec();
                let at = self.boundary(input);
                input.splice(at..at, copy);
            }
            2 => {
                let copies = input[from..to].repeat(1 + self.below(40));
                input.splice(from..to, copies.into_iter().take(LONGEST));
            }
            3..=5 => {
                let token = self.one_of(TOKENS).copied().unwrap_or_default();
                let to = if self.below(2) == 0 { from } else { to };
                input.splice(from..to, token.bytes());
            }
            6 => {
                let other = self.one_of(corpus).cloned().unwrap_or_default();
                let (first, last) = self.range(&other);
                input.splice(from..to, other[first..last].iter().copied());
            }
            7 => {
                let character = char::from_u32(self.below(0x11_0000) as u32).unwrap_or('a');
                input.splice(from..from, character.to_string().bytes());
            }
            8 => {
                let character = char::from(self.below(128) as u8);
                let to = to.min(from + 1);
                input.splice(from..to, character.to_string().bytes());
            }
            _ => {
                if let Some(byte) = input.get_mut(from) {
                    *byte ^= 1 << self.below(8);
                }
            }
        }
    }

    /// A part of the input, short as a rule.
    fn range(&mut self, input: &[u8]) -> (usize, usize) {
        let one = self.boundary(input);
        let other = if self.below(3) == 0 { self.boundary(input) } else { self.nearby(input, one) };
        (one.min(other), one.max(other))
    }

    fn nearby(&mut self, input: &[u8], from: usize) -> usize {
        let mut at = (from + 1 + self.below(4)).min(input.len());
        while is_inside(input, at) {
            at += 1;
        }
        at
    }

    /// A place between characters, so that most inputs stay texts.
    fn boundary(&mut self, input: &[u8]) -> usize {
        let mut at = self.below(input.len() + 1);
        while is_inside(input, at) {
            at -= 1;
        }
        at
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        if choices.is_empty() { None } else { choices.get(self.below(choices.len())) }
    }

    fn below(&mut self, bound: usize) -> usize {
        // xorshift64*, by Vigna; its high bits are the better ones.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let high = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16;
        (high % bound as u64) as usize
    }
}

/// Whether a character goes on at this byte of UTF-8.
fn is_inside(input: &[u8], at: usize) -> bool {
    at > 0 && input.get(at).is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000)
}
