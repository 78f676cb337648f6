//! How a list or an object is spelled in a query or a form, which hold names and texts only.

/// How a field that holds more than one text is spelled. Without one, a list is said by repeating its name, which is the
/// `form` of `OpenAPI`, exploded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A list in one text, its items apart by commas: `form`, not exploded.
    CommaSeparated,
    /// An object by its members, their names in brackets: `deepObject`.
    DeepObject,
}
