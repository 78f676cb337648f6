//! A JSON text: decoded once, without tracking paths. Only a refused one is decoded again, into a tree.

use serde::Deserialize;

use super::{
    distinct,
    examined::{entered, explanation, undecodable, unexplained},
    tree::{NoTree, Tree},
};
use crate::value::{Report, Secure, Surroundings, entrance::Entrance};

/// Why a text became no value.
pub(crate) enum Undecoded {
    /// It is no JSON in UTF-8.
    Malformed,
    /// It breaks rules.
    Refused(Report),
}

/// The value that a text holds, clean and sound.
#[inline]
pub(crate) fn examine_json<'de, T: Secure + Deserialize<'de>>(
    text: &'de [u8],
    entrance: Entrance<'_>,
) -> Result<T, Undecoded> {
    let Ok(text) = simdutf8::basic::from_utf8(text) else { return Err(Undecoded::Malformed) };
    let examined = match decode_json(text) {
        Some(value) => entered(value, entrance),
        None => match Tree::decode(text) {
            Ok(tree) => Err(undecodable::<T>(&tree, entrance.surroundings())),
            Err(NoTree::TooLarge) => Err(unexplained()),
            Err(NoTree::Malformed) => return Err(Undecoded::Malformed),
        },
    };
    examined.map_err(Undecoded::Refused)
}

/// The value that a text holds, neither cleaned nor checked.
pub(crate) fn decode_json<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut document = serde_json::Deserializer::from_str(text);
    let value = distinct::decode::<T, _>(&mut document).ok()?;
    document.end().ok()?;
    Some(value)
}

/// What a refused text is told, asked of any text, so that the two ways can be held against each other. `None` where
/// nothing is explained: what is no JSON, or too much of it.
pub fn explained<T: Secure>(text: &str) -> Option<Report> {
    let tree = Tree::decode(text).ok()?;
    Some(explanation::<T>(&tree, Surroundings::NONE))
}
