//! The demands that stand without being written: a value is there, once, known, and of its type.
//!
//! They are rules so that one report holds every kind of violation.

use std::fmt;

use super::{Parameter, Rule};
use crate::policy::{FileSize, Form, Kind, MediaTypes};

/// A demand that every request type makes.
///
/// ```
/// use palisade::rules::{Rule, standing::Standing};
///
/// assert_eq!(Standing::Missing.code(), "missing");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A required field is not there.
    Missing,
    /// A field that the type does not have.
    Unknown,
    /// A field is there twice.
    Duplicate,
    /// The document is none: no JSON in UTF-8.
    Malformed,
    /// The document is longer than any value of its type can be.
    TooLarge,
    /// The value could not be decoded, and no single place is to blame.
    Undecodable,
    /// The number is beyond what the field can hold.
    Magnitude,
    /// One of the documented names was expected.
    Choice,
    /// A text was expected.
    Text,
    /// A text of one character was expected.
    Character,
    /// A whole number was expected.
    Integer,
    /// A number was expected.
    Number,
    /// `true` or `false` was expected.
    Boolean,
    /// A list was expected.
    List,
    /// An object was expected.
    Object,
    /// An object with one member was expected, which names what it holds.
    OneMember,
    /// `null` was expected.
    Null,
    /// The caller may not give this property.
    NotWritable,
    /// A file was expected.
    File,
}

/// The demand that a text be of a form, such as a date. The form stands in the kind of a type, so a reference to it is
/// a reference to this.
impl Rule for Form {
    fn code(&self) -> &'static str {
        "format"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be {}", self.expected())
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("format", Parameter::Text(self.name()));
    }
}

/// The demand that a file be no longer than its declaration says.
impl Rule for FileSize {
    fn code(&self) -> &'static str {
        "file_size"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be a file of at most {} bytes", self.longest())
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        visit("max", Parameter::Integer(self.longest().into()));
    }
}

/// The demand that a file be what its declaration lists, by its name and by its content.
impl Rule for MediaTypes {
    fn code(&self) -> &'static str {
        "media_type"
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a file of a documented media type, by its declaration and by its content")
    }
}

impl Standing {
    /// The demand that a value be of `kind`.
    #[must_use]
    pub fn of(kind: Kind) -> &'static Self {
        match kind {
            Kind::Text | Kind::Formatted(_) => &Self::Text,
            Kind::Choice => &Self::Character,
            Kind::Integer(..) => &Self::Integer,
            Kind::Number => &Self::Number,
            Kind::Boolean => &Self::Boolean,
            Kind::List(_) | Kind::Array(..) => &Self::List,
            Kind::Map(..) | Kind::Object => &Self::Object,
            Kind::Opaque => &Self::Undecodable,
        }
    }

    fn expected(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("string"),
            Self::Character => Some("character"),
            Self::Integer => Some("integer"),
            Self::Number => Some("number"),
            Self::Boolean => Some("boolean"),
            Self::List => Some("array"),
            Self::Object | Self::OneMember => Some("object"),
            Self::Null => Some("null"),
            Self::File => Some("file"),
            Self::Missing
            | Self::Unknown
            | Self::Duplicate
            | Self::Malformed
            | Self::TooLarge
            | Self::Undecodable
            | Self::Magnitude
            | Self::Choice
            | Self::NotWritable => None,
        }
    }
}

impl Rule for Standing {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::Duplicate => "duplicate",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Undecodable => "undecodable",
            Self::Magnitude => "range",
            Self::Choice => "one_of",
            Self::NotWritable => "not_writable",
            Self::Text
            | Self::Character
            | Self::Integer
            | Self::Number
            | Self::Boolean
            | Self::List
            | Self::Object
            | Self::OneMember
            | Self::Null
            | Self::File => "type",
        }
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is required"),
            Self::Unknown => f.write_str("is not known here"),
            Self::Duplicate => f.write_str("must be there once"),
            Self::Malformed => f.write_str("is not a JSON document in UTF-8"),
            Self::TooLarge => f.write_str("is longer than what is accepted can be"),
            Self::Undecodable => f.write_str("could not be decoded"),
            Self::Magnitude => f.write_str("is beyond what this field can hold"),
            Self::Choice => f.write_str("must be one of the documented names"),
            Self::OneMember => f.write_str("must be an object with one member"),
            Self::Null => f.write_str("must be null"),
            Self::NotWritable => f.write_str("may not be given by this caller"),
            Self::Character => f.write_str("must be a single character"),
            Self::Text | Self::Number | Self::Boolean | Self::File => {
                write!(f, "must be a {}", self.expected().unwrap_or_default())
            }
            Self::Integer | Self::List | Self::Object => {
                write!(f, "must be an {}", self.expected().unwrap_or_default())
            }
        }
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        if let Some(expected) = self.expected() {
            visit("expected", Parameter::Text(expected));
        }
    }
}
