//! One thing that a signature covers: how it is named, and what it is in a request (RFC 9421, section 2).

use http::{HeaderName, Method, Uri, header::AsHeaderName, request::Parts};
use sfv::ItemSerializer;

use super::{
    SignatureError,
    query::parameter,
    structured_field::{self, Kind},
};
use crate::auth::{
    PublicOrigin,
    structured::{Bare, Item},
};

/// A component, and the line that names it in a signature base.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// Name and parameters, as section 2 serializes them.
    pub(super) identifier: String,
    pub(super) part: Part,
}

/// Which part of a request a component is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Method,
    TargetUri,
    Authority,
    Scheme,
    RequestTarget,
    Path,
    Query,
    /// One parameter of the query, by its encoded name.
    QueryParameter(String),
    Field(HeaderName, Form),
}

/// How a field is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Its lines, with a comma between them.
    Lines,
    /// `;sf`: serialized anew as a structured field.
    Structured,
    /// `;bs`: each line as a byte sequence.
    Bytes,
    /// `;key`: one member of a dictionary.
    Member(String),
}

/// A request, as far as signatures look at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'m> {
    pub(super) origin: &'m PublicOrigin,
    pub(super) parts: &'m Parts,
}

impl Component {
    /// The component that an item of `Signature-Input` names.
    pub(super) fn read(item: &Item<'_>) -> Result<Self, SignatureError> {
        let Bare::String(name) = &item.value else { return Err(SignatureError::Malformed) };
        let (name, parameters) = (name.as_str(), item.parameters.as_slice());
        let part = match (name.strip_prefix('@'), parameters) {
            (Some(derived), []) => Part::derived(derived)?,
            (Some("query-param"), [(key, Bare::String(wanted))]) if key.as_str() == "name" => {
                Part::QueryParameter(wanted.as_str().to_owned())
            }
            // `;req` and `;tr` say something in answers and trailers only, and who reads over one reads another component.
            (Some(_), _) => return Err(SignatureError::UnknownComponent),
            (None, parameters) => Part::Field(field(name)?, Form::read(parameters)?),
        };
        let named = ItemSerializer::new().bare_item(&item.value);
        let identifier = parameters.iter().fold(named, |named, (key, value)| named.parameter(key, value)).finish();
        Ok(Self { identifier, part })
    }

    /// The component of this name, without parameters.
    pub(super) fn named(name: &str) -> Result<Self, SignatureError> {
        let part = match name.strip_prefix('@') {
            Some(derived) => Part::derived(derived)?,
            None => Part::Field(field(name)?, Form::Lines),
        };
        // Neither a derived name nor that of a field has a quote in it.
        Ok(Self { identifier: format!("\"{name}\""), part })
    }
}

fn field(name: &str) -> Result<HeaderName, SignatureError> {
    HeaderName::from_lowercase(name.as_bytes()).map_err(|_| SignatureError::UnknownComponent)
}

impl Form {
    fn read(parameters: &[(&sfv::KeyRef, Bare<'_>)]) -> Result<Self, SignatureError> {
        match parameters {
            [] => Ok(Self::Lines),
            [(key, value)] => match (key.as_str(), value) {
                ("sf", Bare::Boolean(true)) => Ok(Self::Structured),
                ("bs", Bare::Boolean(true)) => Ok(Self::Bytes),
                ("key", Bare::String(member)) => Ok(Self::Member(member.as_str().to_owned())),
                _ => Err(SignatureError::UnknownComponent),
            },
            // `sf` says nothing beside `key`, and neither goes with `bs` (section 2.1).
            _ => Err(SignatureError::UnknownComponent),
        }
    }
}

impl Part {
    fn derived(name: &str) -> Result<Self, SignatureError> {
        match name {
            "method" => Ok(Self::Method),
            "target-uri" => Ok(Self::TargetUri),
            "authority" => Ok(Self::Authority),
            "scheme" => Ok(Self::Scheme),
            "request-target" => Ok(Self::RequestTarget),
            "path" => Ok(Self::Path),
            "query" => Ok(Self::Query),
            // `@status` is of answers, and `@signature-params` of no list.
            _ => Err(SignatureError::UnknownComponent),
        }
    }

    /// Whether a signature over this one is one over all of `wanted`.
    pub(super) fn covers(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Field(name, Form::Structured | Form::Bytes), Self::Field(wanted, Form::Lines)) => name == wanted,
            (covered, wanted) => covered == wanted,
        }
    }

    /// Whether all of a query or field has to be read for a part of it.
    pub(super) const fn is_searched_for(&self) -> bool {
        match self {
            Self::QueryParameter(_) | Self::Field(_, Form::Member(_)) => true,
            Self::Method
            | Self::TargetUri
            | Self::Authority
            | Self::Scheme
            | Self::RequestTarget
            | Self::Path
            | Self::Query
            | Self::Field(_, Form::Lines | Form::Structured | Form::Bytes) => false,
        }
    }

    /// Writes the value that it has in a request.
    pub(super) fn write(&self, seen: Seen<'_>, base: &mut Vec<u8>) -> Result<(), SignatureError> {
        let (origin, uri) = (seen.origin, &seen.parts.uri);
        match self {
            Self::Method => base.extend_from_slice(seen.parts.method.as_str().as_bytes()),
            Self::TargetUri => {
                base.extend_from_slice(origin.to_string().as_bytes());
                base.extend_from_slice(target(uri).as_bytes());
            }
            Self::Authority => base.extend_from_slice(origin.authority().as_bytes()),
            Self::Scheme => base.extend_from_slice(origin.scheme().as_bytes()),
            Self::RequestTarget if seen.parts.method == Method::CONNECT => return Err(SignatureError::AbsentComponent),
            Self::RequestTarget => base.extend_from_slice(target(uri).as_bytes()),
            Self::Path => base.extend_from_slice(uri.path().as_bytes()),
            Self::Query => {
                base.push(b'?');
                base.extend_from_slice(uri.query().unwrap_or_default().as_bytes());
            }
            Self::QueryParameter(name) => {
                let value = parameter(uri.query().unwrap_or_default(), name).ok_or(SignatureError::AbsentComponent)?;
                base.extend_from_slice(value.as_bytes());
            }
            Self::Field(name, form) => write_field(seen, name, form, base)?,
        }
        Ok(())
    }
}

/// Path and query, as they come in a request of origin form.
fn target(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |target| target.as_str())
}

fn write_field(seen: Seen<'_>, name: &HeaderName, form: &Form, base: &mut Vec<u8>) -> Result<(), SignatureError> {
    let mut lines = lines(seen, name).peekable();
    if lines.peek().is_none() {
        return Err(SignatureError::AbsentComponent);
    }
    match form {
        Form::Lines => join(lines, base),
        Form::Bytes => join(lines.map(|line| format!(":{}:", base64_simd::STANDARD.encode_to_string(line))), base),
        Form::Structured => {
            let kind = Kind::of(name).ok_or(SignatureError::AbsentComponent)?;
            let mut line = Vec::new();
            join(lines, &mut line);
            base.extend_from_slice(
                structured_field::anew(kind, &line).ok_or(SignatureError::AbsentComponent)?.as_bytes(),
            );
        }
        Form::Member(key) => {
            let mut line = Vec::new();
            join(lines, &mut line);
            base.extend_from_slice(
                structured_field::member(&line, key).ok_or(SignatureError::AbsentComponent)?.as_bytes(),
            );
        }
    }
    Ok(())
}

fn lines<'m>(seen: Seen<'m>, name: impl AsHeaderName) -> impl Iterator<Item = &'m [u8]> {
    seen.parts.headers.get_all(name).into_iter().map(|line| line.as_bytes().trim_ascii())
}

fn join(lines: impl Iterator<Item = impl AsRef<[u8]>>, base: &mut Vec<u8>) {
    for (at, line) in lines.enumerate() {
        if 0 < at {
            base.extend_from_slice(b", ");
        }
        base.extend_from_slice(line.as_ref());
    }
}
