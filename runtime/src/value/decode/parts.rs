//! The fields of a type from the parts of a multipart body: texts, files by their numbers, and lists of either.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::{
    examined::{explanation, from_tree},
    tree::Tree,
};
use crate::value::{Report, Secure, Surroundings, entrance::Entrance};

/// What one part holds, or all parts of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    /// A file that was taken in, by its number.
    File(u64),
    /// A part whose fault is reported already, so that nothing of it is decoded.
    Explained,
    List(Vec<Part>),
}

impl Part {
    pub(crate) fn is_explained(&self) -> bool {
        match self {
            Self::Explained => true,
            Self::List(parts) => parts.iter().any(Self::is_explained),
            Self::Text(_) | Self::File(_) => false,
        }
    }

    fn tree(&self) -> Tree<'_> {
        match self {
            Self::Text(text) => Tree::Lexical(Cow::Borrowed(text)),
            Self::File(number) => Tree::File(*number),
            Self::Explained => Tree::Explained,
            Self::List(parts) => Tree::List(parts.iter().map(Self::tree).collect()),
        }
    }
}

/// A part under the name that its sender gave it.
pub(crate) type Named = (String, Part);

/// The value that parts hold, clean and sound.
pub(crate) fn from_parts<T: Secure + DeserializeOwned>(parts: &[Named], entrance: Entrance<'_>) -> Result<T, Report> {
    from_tree(&tree(parts), entrance)
}

/// What is wrong with parts of which one is refused already, beside that one.
pub(crate) fn explain_parts<T: Secure>(parts: &[Named], surroundings: Surroundings) -> Report {
    explanation::<T>(&tree(parts), surroundings)
}

fn tree(parts: &[Named]) -> Tree<'_> {
    Tree::Object(parts.iter().map(|(name, part)| (Cow::Borrowed(name.as_str()), part.tree())).collect())
}
