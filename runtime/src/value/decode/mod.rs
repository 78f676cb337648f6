//! How a document becomes a value: decoded strictly, cleaned and checked; a refused one is explained from its text.

pub(crate) mod bounds;
pub(crate) mod described;
mod distinct;
pub(crate) mod examined;
mod explain;
#[cfg(feature = "gate")]
pub(crate) mod fields;
mod flattened;
pub(crate) mod json;
pub(crate) mod lexical;
#[cfg(feature = "gate")]
pub(crate) mod misfit;
pub(crate) mod pairs;
#[cfg(feature = "multipart")]
pub(crate) mod parts;
pub(crate) mod spelled;
mod tree;
mod variants;
