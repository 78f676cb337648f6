//! Reads the text of a pattern in the portable subset: one character class, group or count after the other.

use super::{class::Class, reader::Reader, refusal::Why};

/// What stands at one place of a pattern. Literals are classes of one character.
#[expect(clippy::large_enum_variant, reason = "const evaluation has no box")]
#[derive(Clone, Copy)]
pub(super) enum Token {
    Class(Class),
    Open,
    Close,
    Bar,
    End,
}

/// Where an escape stands.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Outside,
    InClass,
}

impl Reader {
    /// Reads everything but a count, which belongs to what stands before it.
    pub(super) const fn next(&mut self) -> Token {
        let from = self.at;
        let Some(byte) = self.peek() else {
            return Token::End;
        };
        match byte {
            b'(' => self.group(from),
            b')' => {
                self.at += 1;
                Token::Close
            }
            b'|' => {
                self.at += 1;
                Token::Bar
            }
            b'[' => Token::Class(self.class(from)),
            b'\\' => Token::Class(self.escape(Place::Outside)),
            b'.' => self.wrong(Why::AnyCharacter, from),
            b'^' | b'$' => self.wrong(Why::Anchor, from),
            b']' => self.wrong(Why::LoneBracket, from),
            b'{' | b'}' => self.wrong(Why::LoneBrace, from),
            b'?' | b'*' | b'+' => self.wrong(Why::NothingToRepeat, from),
            _ => Token::Class(Class::one(self.character())),
        }
    }

    const fn group(&mut self, from: usize) -> Token {
        let (why, length) = match (self.ahead(1), self.ahead(2), self.ahead(3)) {
            (Some(b'?'), Some(b':'), _) => {
                self.at += 3;
                return Token::Open;
            }
            (Some(b'?'), Some(b'=' | b'!'), _) => (Why::LookAround, 3),
            (Some(b'?'), Some(b'<'), Some(b'=' | b'!')) => (Why::LookAround, 4),
            (Some(b'?'), Some(b'<' | b'P'), _) => (Why::NamedGroup, 3),
            (Some(b'?'), _, _) => (Why::UnknownGroup, 3),
            (Some(b'*'), _, _) => (Why::UnknownGroup, 2),
            (_, _, _) => {
                self.at += 1;
                return Token::Open;
            }
        };
        self.refuse(why, from, from + length);
        Token::End
    }

    /// Reads an escape. Those of classes are classes.
    pub(super) const fn escape(&mut self, place: Place) -> Class {
        let from = self.at;
        let Some(letter) = self.ahead(1) else {
            return self.wrong_member(Why::LoneBackslash, from, 1);
        };
        let why = match (letter, place) {
            (b'd', _) => return self.escaped(Class::digits()),
            (b'D', _) => return self.escaped(Class::digits().complement()),
            (b'w', _) => return self.escaped(Class::word()),
            (b'W', _) => return self.escaped(Class::word().complement()),
            (b't', _) => return self.escaped(Class::one(b'\t' as u32)),
            (b'n', _) => return self.escaped(Class::one(b'\n' as u32)),
            (b'r', _) => return self.escaped(Class::one(b'\r' as u32)),
            (b'f', _) => return self.escaped(Class::one(0x0C)),
            (b'x', _) => return self.hexadecimal(from),
            (_, _) if is_syntax(letter) => return self.escaped(Class::one(letter as u32)),
            (b'-', Place::InClass) => return self.escaped(Class::one(letter as u32)),
            (b's', _) => Why::Space,
            (b'S', _) => Why::NotSpace,
            (b'p' | b'P', _) => Why::Property,
            (b'u', _) => Why::CodePointEscape,
            (b'0', _) => Why::NullEscape,
            (b'1'..=b'9' | b'k', Place::Outside) => Why::BackReference,
            (b'A' | b'z' | b'Z', Place::Outside) => Why::Anchor,
            (b'b' | b'B', _) => Why::Boundary,
            (_, _) => Why::UnknownEscape,
        };
        self.wrong_member(why, from, 2)
    }

    const fn escaped(&mut self, class: Class) -> Class {
        self.at += 2;
        class
    }

    const fn hexadecimal(&mut self, from: usize) -> Class {
        match (hexadecimal_digit(self.ahead(2)), hexadecimal_digit(self.ahead(3))) {
            (Some(high), Some(low)) => {
                self.at += 4;
                Class::one(high * 16 + low)
            }
            (_, _) => self.wrong_member(Why::HexadecimalEscape, from, 2),
        }
    }

    const fn wrong(&mut self, why: Why, from: usize) -> Token {
        self.refuse(why, from, from + 1);
        Token::End
    }
}

/// What ECMA-262 calls a syntax character, and `/`: all that may be escaped with the flag `u`.
const fn is_syntax(byte: u8) -> bool {
    matches!(
        byte,
        b'^' | b'$' | b'\\' | b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|' | b'/'
    )
}

const fn hexadecimal_digit(byte: Option<u8>) -> Option<u32> {
    match byte {
        Some(byte) => (byte as char).to_digit(16),
        None => None,
    }
}
