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
        text.push(character);
        place = next;
    }
    text.push_str(")$");
    text
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
