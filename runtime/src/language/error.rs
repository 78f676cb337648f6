//! Why a catalogue does not take messages.

use std::{error::Error, fmt};

/// Why messages are not taken into a catalogue. Its text names the place and the mend.
///
/// ```
/// use palisade::language::{Catalogue, CatalogueError};
///
/// let error = Catalogue::shipped().with("fr", "missing = est requis\nunknown est inconnu").unwrap_err();
/// assert!(matches!(error, CatalogueError::Syntax { line: 2, .. }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogueError {
    /// The tag names no language.
    Tag {
        /// The tag as written.
        tag: String,
    },
    /// The text is no Fluent resource.
    Syntax {
        /// The language.
        tag: String,
        /// The line, from 1.
        line: usize,
        /// What Fluent's parser says.
        reason: String,
    },
    /// One text has two messages of the same name.
    Duplicate {
        /// The language.
        tag: String,
        /// The name of the message.
        id: String,
    },
    /// A message refers to another message, a term or a function that is not there, or to itself.
    Reference {
        /// The language.
        tag: String,
        /// The name of the message.
        id: String,
        /// What is wrong with what it refers to.
        reason: String,
    },
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag { tag } => write!(f, "`{tag}` is no language: write a tag of BCP 47, like \"de\" or \"pt-BR\""),
            Self::Syntax { tag, line, reason } => {
                write!(f, "the messages of `{tag}`, line {line}: {reason}; write `name = text`")
            }
            Self::Duplicate { tag, id } => write!(f, "the messages of `{tag}` have `{id}` twice: leave one out"),
            Self::Reference { tag, id, reason } => {
                write!(f, "the message `{id}` of `{tag}` refers to what is not there ({reason}): define it first")
            }
        }
    }
}

impl Error for CatalogueError {}
