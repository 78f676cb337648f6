//! How a document becomes a value: decoded strictly, cleaned and checked; a refused one is explained from its text.

pub(crate) mod bounds;
mod distinct;
pub(crate) mod examined;
mod explain;
pub(crate) mod json;
pub(crate) mod lexical;
#[cfg(feature = "multipart")]
pub(crate) mod parts;
mod tree;
mod variants;
