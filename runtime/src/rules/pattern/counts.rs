//! Reads how often something is repeated.

use super::{facts::Repeat, reader::Reader, refusal::Why};

impl Reader {
    /// Reads the count behind what was just read.
    pub(super) const fn repeat(&mut self) -> Repeat {
        let from = self.at;
        let Some(repeat) = self.quantifier() else {
            return Repeat::ONCE;
        };
        let reversed = matches!(repeat.max, Some(max) if max < repeat.min);
        let zero = matches!(repeat.max, Some(0));
        let why = match (reversed, zero, self.peek()) {
            (true, _, _) => Why::ReversedCount,
            (false, true, _) => Why::ZeroCount,
            (false, false, Some(b'?')) => Why::LazyRepeat,
            (false, false, Some(b'+')) => Why::PossessiveRepeat,
            (false, false, Some(b'*' | b'{')) => Why::RepeatedRepeat,
            (false, false, _) => return repeat,
        };
        let more = if reversed || zero { 0 } else { 1 };
        self.refuse(why, from, self.at + more);
        Repeat::ONCE
    }

    const fn quantifier(&mut self) -> Option<Repeat> {
        let repeat = match self.peek() {
            Some(b'?') => Repeat { min: 0, max: Some(1) },
            Some(b'*') => Repeat { min: 0, max: None },
            Some(b'+') => Repeat { min: 1, max: None },
            Some(b'{') => return self.braces(),
            _ => return None,
        };
        self.at += 1;
        Some(repeat)
    }

    const fn braces(&mut self) -> Option<Repeat> {
        let from = self.at;
        self.at += 1;
        let min = self.decimal();
        let max = match (min, self.peek()) {
            (Some(_), Some(b',')) => {
                self.at += 1;
                self.decimal()
            }
            (_, _) => min,
        };
        let open = max.is_none();
        match (min, max, self.peek()) {
            (Some(min), max, Some(b'}')) => {
                self.at += 1;
                if min > Repeat::HIGHEST || matches!(max, Some(max) if max > Repeat::HIGHEST) {
                    self.refuse(Why::HighCount, from, self.at);
                    return None;
                }
                Some(Repeat { min, max: if open { None } else { max } })
            }
            (_, _, _) => {
                self.refuse(Why::LoneBrace, from, from + 1);
                None
            }
        }
    }

    /// A number, held at one above what is allowed.
    const fn decimal(&mut self) -> Option<u16> {
        let mut number = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let before = match number {
                Some(before) => before,
                None => 0,
            };
            let grown = before * 10 + (digit - b'0') as u16;
            number = Some(if grown > Repeat::HIGHEST { Repeat::HIGHEST + 1 } else { grown });
            self.at += 1;
        }
        number
    }
}
