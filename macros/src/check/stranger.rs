//! Words in a rule's arguments that are written as fields and are none.

use proc_macro2::Ident;
use syn::{Expr, ExprPath};

use crate::tokens;

/// The words in an argument that can only be fields: constants are written in capitals, and a static sees no locals.
pub(super) fn strangers(value: &Expr, is_field: &dyn Fn(&Ident) -> bool) -> Vec<Ident> {
    let mut words = Vec::new();
    collect(value, &mut words);
    words.retain(|word| !is_field(word) && tokens::unraw(word).starts_with(char::is_lowercase));
    words
}

/// What is said about one of them.
pub(super) fn message(word: &Ident, fields: &[&Ident]) -> String {
    let word = tokens::unraw(word);
    let length = word.chars().count();
    let fields = fields.iter().map(|field| tokens::unraw(field));
    let nearest = fields.map(|field| (distance(&word, &field), field)).min_by_key(|(distance, _)| *distance);
    match nearest {
        // A word of one letter is as near to every other.
        Some((distance, field)) if distance <= 1.max(length / 3) && distance < length => {
            format!("`{word}` names no field: did you mean `{field}`?")
        }
        _ => format!("`{word}` names no field: name another field, or a constant in capitals"),
    }
}

/// Blocks, closures and macros bind names of their own, so they are not looked into.
fn collect(value: &Expr, words: &mut Vec<Ident>) {
    match tokens::ungroup(value) {
        Expr::Path(ExprPath { qself: None, path, .. }) => words.extend(path.get_ident().cloned()),
        Expr::Binary(binary) => {
            collect(&binary.left, words);
            collect(&binary.right, words);
        }
        Expr::Unary(unary) => collect(&unary.expr, words),
        Expr::Paren(paren) => collect(&paren.expr, words),
        Expr::Reference(reference) => collect(&reference.expr, words),
        Expr::Cast(cast) => collect(&cast.expr, words),
        Expr::Field(field) => collect(&field.base, words),
        Expr::MethodCall(call) => collect(&call.receiver, words),
        _ => {}
    }
}

/// How many letters have to be put in, left out or changed to make one word the other. The same letters in another order
/// are one mistake.
fn distance(one: &str, other: &str) -> usize {
    if one != other && sorted(one) == sorted(other) {
        return 1;
    }
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (cell, wanted) in row.iter_mut().zip(std::iter::once(None).chain(other.chars().map(Some))) {
            let here = match wanted {
                None => at + 1,
                Some(wanted) => (diagonal + usize::from(wanted != letter)).min(*cell + 1).min(left + 1),
            };
            diagonal = std::mem::replace(cell, here);
            left = here;
        }
    }
    row.pop().unwrap_or_default()
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_the_letters_that_differ() {
        let rows = [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("card", "card", 0), ("crad", "card", 1)];
        for (one, other, expected) in rows.into_iter().chain([("kitten", "sitting", 3), ("passwrod", "password", 1)]) {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }
}
