//! Whether a body is declared to be what the endpoint reads.

use http::{HeaderMap, StatusCode, header};

use crate::{
    gate::{Reason, Refusal},
    problem::Problem,
};

/// A media type that an endpoint reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaType {
    /// JSON (RFC 8259).
    Json,
    /// Names and texts as forms send them.
    Form,
    /// Plain text.
    Text,
    /// Any octets.
    Octets,
    /// Lines of JSON.
    Ndjson,
}

impl MediaType {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Text => "text/plain",
            Self::Octets => "application/octet-stream",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    /// Whether `charset=utf-8` may stand behind it.
    const fn is_text(self) -> bool {
        match self {
            Self::Json | Self::Form | Self::Text | Self::Ndjson => true,
            Self::Octets => false,
        }
    }

    /// Whether the body is declared once, as this, in UTF-8 and not compressed.
    pub(crate) fn is_declared(self, headers: &HeaderMap) -> bool {
        sole(headers).is_some_and(|declared| self.is(declared))
    }

    /// Whether a content type is this one, with no other parameter than `charset=utf-8`, said once.
    pub(super) fn is(self, declared: &str) -> bool {
        if declared == self.name() {
            return true;
        }
        let mut parts = declared.split(';').map(|part| part.trim_matches([' ', '\t']));
        let essence = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(self.name()));
        let (charset, second) = (parts.next(), parts.next());
        essence && second.is_none() && charset.is_none_or(|parameter| self.is_text() && is_utf_8(parameter))
    }

    /// What is answered when it is not.
    pub(crate) fn refusal(self) -> Refusal {
        let detail = match self {
            Self::Json => "the body must be `application/json` in UTF-8, not compressed",
            Self::Form => "the body must be `application/x-www-form-urlencoded` in UTF-8, not compressed",
            Self::Text => "the body must be `text/plain` in UTF-8, not compressed",
            Self::Ndjson => "the body must be `application/x-ndjson` in UTF-8, not compressed",
            Self::Octets => "the body must be `application/octet-stream`, not compressed",
        };
        let problem = Problem::fixed(StatusCode::UNSUPPORTED_MEDIA_TYPE, "urn:palisade:problem:content-type", detail);
        Refusal::new(Reason::ContentType, problem)
    }
}

/// The media type of the body, when it is declared once, and the body is not compressed.
pub(crate) fn sole(headers: &HeaderMap) -> Option<&str> {
    let identity = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    let mut declared = headers.get_all(header::CONTENT_TYPE).iter();
    match (declared.next(), declared.next()) {
        (Some(only), None) if identity => only.to_str().ok(),
        (None | Some(_), _) => None,
    }
}

fn is_utf_8(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let value = value.strip_prefix('"').map_or(Some(value), |value| value.strip_suffix('"'));
    name.eq_ignore_ascii_case("charset") && value.is_some_and(|value| value.eq_ignore_ascii_case("utf-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_in_utf_8_is_json() {
        let rows = [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json; charset=\"utf-8\"", true),
            ("application/json ;\tcharset=utf-8", true),
            ("application/json; charset=utf-16", false),
            ("application/json; charset=\"utf-8", false),
            ("application/json; charset=utf-8\"", false),
            ("application/json; charset=utf-8; charset=utf-8", false),
            ("application/json; charset", false),
            ("application/json; profile=x", false),
            ("application/json;", false),
            ("application/json, application/json", false),
            ("application/jsonx", false),
            ("text/json", false),
            ("text/plain", false),
            ("", false),
        ];
        for (declared, expected) in rows {
            assert_eq!(MediaType::Json.is(declared), expected, "{declared}");
        }
    }

    #[test]
    fn octets_have_no_charset() {
        assert!(MediaType::Octets.is("application/octet-stream"));
        assert!(!MediaType::Octets.is("application/octet-stream; charset=utf-8"));
    }
}
