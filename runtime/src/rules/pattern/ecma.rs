//! A pattern as documents write it.

use super::reader::bare;

/// Where in a pattern the writing is.
#[derive(Clone, Copy)]
enum Place {
    Outside,
    Escape,
    /// Behind `[`.
    Class,
    /// Behind `[^`.
    Negated,
    /// Further on in a class.
    Member,
    EscapedMember,
}

/// A compiled pattern's source for a JSON Schema, whose patterns match anywhere in a text unless they say otherwise.
///
/// It means the same under the flags `u` and `v` of ECMA-262, where the latter wants more escapes in a class.
#[must_use]
pub(crate) fn ecma(source: &str) -> String {
    let (from, to) = bare(source.as_bytes());
    let mut text = String::from("^(?:");
    let mut place = Place::Outside;
    let mut characters = source.get(from..to).unwrap_or_default().chars().peekable();
    while let Some(character) = characters.next() {
        let closes = characters.peek() == Some(&']');
        let next = step(place, character);
        if wants_escape(place, character, closes) {
            text.push('\\');
        }
        push(&mut text, character);
        place = next;
    }
    text.push_str(")$");
    text
}

/// A pattern for a JSON Schema that matches this text and no other.
#[must_use]
pub(crate) fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/') {
            pattern.push('\\');
        }
        push(&mut pattern, character);
    }
    pattern
}

/// Who reads a document sees what it says: a character that shows nothing, or turns the line around, is spelled out.
fn push(text: &mut String, character: char) {
    let unseen = matches!(
        character,
        '\u{7F}'..='\u{A0}' | '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    );
    if unseen {
        text.push_str(&format!("\\u{:04X}", u32::from(character)));
    } else {
        text.push(character);
    }
}

fn step(place: Place, character: char) -> Place {
    match (place, character) {
        (Place::Outside, '\\') => Place::Escape,
        (Place::Outside, '[') => Place::Class,
        (Place::Outside | Place::Escape, _) => Place::Outside,
        (Place::Class | Place::Negated | Place::Member, '\\') => Place::EscapedMember,
        (Place::Class | Place::Negated | Place::Member, ']') => Place::Outside,
        (Place::Class, '^') => Place::Negated,
        (Place::Class | Place::Negated | Place::Member | Place::EscapedMember, _) => Place::Member,
    }
}

/// A hyphen that opens or closes a class is a character, any other makes a range.
fn wants_escape(place: Place, character: char, closes: bool) -> bool {
    match (place, character) {
        (Place::Outside | Place::Escape | Place::EscapedMember, _) => false,
        (Place::Class | Place::Negated, '-') => true,
        (Place::Member, '-') => closes,
        (Place::Class | Place::Negated | Place::Member, _) => matches!(character, '(' | ')' | '{' | '}' | '/' | '|'),
    }
}
