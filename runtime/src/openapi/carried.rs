//! The header fields that answers of handlers carry, beside those of the gate.

use schemars::{Schema, json_schema};

use super::model;

/// A header field of a handler's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carried {
    /// Where what was created is.
    Location,
    /// Where the progress of what was accepted is.
    Monitor,
    /// Where to look instead.
    Other,
    /// The tag of what is shown.
    Tag,
    /// Where the next page is.
    Next,
    /// The name to save it under.
    Disposition,
}

impl Carried {
    /// The name on the wire.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Location | Self::Monitor | Self::Other => "Location",
            Self::Tag => "ETag",
            Self::Next => "Link",
            Self::Disposition => "Content-Disposition",
        }
    }

    pub(super) fn header(self) -> model::Header {
        let (description, required) = match self {
            Self::Location => ("Where what was created can be read.", false),
            Self::Monitor => ("Where its progress can be read.", false),
            Self::Other => ("Where to read instead.", true),
            Self::Tag => ("The entity tag of what is shown, for `If-Match` and `If-None-Match`.", false),
            Self::Next => ("The next page (RFC 8288), where there is one.", false),
            Self::Disposition => ("That it is to be saved, and under which name (RFC 6266).", true),
        };
        model::Header { description: description.to_owned(), required, schema: self.schema() }
    }

    fn schema(self) -> Schema {
        match self {
            Self::Location | Self::Monitor | Self::Other => {
                json_schema!({ "type": "string", "format": "uri-reference", "maxLength": 8_192 })
            }
            Self::Tag => json_schema!({ "type": "string", "pattern": "^(?:W/)?\"[!#-~]*\"$", "maxLength": 128 }),
            Self::Next => {
                json_schema!({ "type": "string", "pattern": "^<[^<>]*>; rel=\"next\"$", "maxLength": 8_192 })
            }
            Self::Disposition => {
                json_schema!({ "type": "string", "pattern": "^attachment; filename=\"[ -~]*\"(?:; filename\\*=[!-~]*)?$", "maxLength": 1_024 })
            }
        }
    }
}

/// What a list of entity tags, or `*`, looks like in a request.
pub(super) fn condition() -> Schema {
    json_schema!({ "type": "string", "pattern": "^(?:\\*|(?:W/)?\"[^\"]*\".*|,.*)$", "maxLength": 8_192 })
}
