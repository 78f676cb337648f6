//! Error answers: RFC 9457 problem details.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue, StatusCode};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    auth::Outage,
    value::{Json, Report},
};
#[cfg(feature = "fluent")]
use crate::{language::Language, value::Telling};

/// An error answer, as `application/problem+json`.
///
/// ```
/// use palisade::Problem;
///
/// let problem = Problem::new(http::StatusCode::CONFLICT, "sold-out", "the item is sold out");
/// assert_eq!(problem.status(), http::StatusCode::CONFLICT);
/// assert_eq!(
///     serde_json::to_value(&problem).unwrap(),
///     serde_json::json!({ "type": "urn:palisade:problem:sold-out", "title": "the item is sold out", "status": 409 }),
/// );
/// ```
#[derive(Debug)]
pub struct Problem(Box<Content>);

#[derive(Debug)]
struct Content {
    status: StatusCode,
    kind: Cow<'static, str>,
    title: Cow<'static, str>,
    detail: Option<Cow<'static, str>>,
    violated_policies: Vec<&'static str>,
    report: Option<Report>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// The content type of a problem.
    pub const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

    /// A problem of the user's own. `kind` becomes `urn:palisade:problem:KIND` unless it is a URI already.
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str, title: impl Into<Cow<'static, str>>) -> Self {
        let kind = if kind.contains(':') { Cow::Borrowed(kind) } else { format!("urn:palisade:problem:{kind}").into() };
        Self::of_kind(status, kind, title.into())
    }

    /// The object is not there, or may not be seen: the two look alike.
    #[must_use]
    pub fn not_found() -> Self {
        Self::fixed(StatusCode::NOT_FOUND, "urn:palisade:problem:not-found", "there is no such thing here")
    }

    /// The request cannot be carried out as things stand.
    #[must_use]
    pub fn conflict(title: impl Into<Cow<'static, str>>) -> Self {
        Self::of_kind(StatusCode::CONFLICT, "urn:palisade:problem:conflict".into(), title.into())
    }

    /// Something that the request needs does not answer.
    #[must_use]
    pub fn unavailable() -> Self {
        Self::fixed(
            StatusCode::SERVICE_UNAVAILABLE,
            "urn:palisade:problem:unavailable",
            "a service that this request needs does not answer",
        )
        .with_header(http::header::RETRY_AFTER, HeaderValue::from_static("5"))
    }

    /// Something went wrong on our side; what, is in the audit log.
    #[must_use]
    pub fn internal() -> Self {
        Self::fixed(
            StatusCode::INTERNAL_SERVER_ERROR,
            "urn:palisade:problem:internal",
            "something went wrong on our side",
        )
    }

    pub(crate) fn fixed(status: StatusCode, kind: &'static str, title: &'static str) -> Self {
        Self::of_kind(status, kind.into(), title.into())
    }

    /// A precondition that cannot be read.
    pub(crate) fn no_list_of_tags(field: &'static str) -> Self {
        Self::of_kind(
            StatusCode::BAD_REQUEST,
            "urn:palisade:problem:malformed".into(),
            format!("{field} is neither `*` nor a list of entity tags").into(),
        )
    }

    pub(crate) fn of_report(report: Report) -> Self {
        let mut problem = Self::fixed(
            StatusCode::UNPROCESSABLE_ENTITY,
            "urn:palisade:problem:validation",
            "the request breaks rules of this endpoint",
        );
        problem.0.report = Some(report);
        problem
    }

    /// The same problem, but for what is wrong with values.
    pub(crate) fn without_report(&self) -> Self {
        let Content { status, kind, title, detail, violated_policies, report: _, headers } = &*self.0;
        Self(Box::new(Content {
            status: *status,
            kind: kind.clone(),
            title: title.clone(),
            detail: detail.clone(),
            violated_policies: violated_policies.clone(),
            report: None,
            headers: headers.clone(),
        }))
    }

    pub(crate) fn with_violated_policies(mut self, policies: Vec<&'static str>) -> Self {
        self.0.violated_policies = policies;
        self
    }

    fn of_kind(status: StatusCode, kind: Cow<'static, str>, title: Cow<'static, str>) -> Self {
        Self(Box::new(Content {
            status,
            kind,
            title,
            detail: None,
            violated_policies: Vec::new(),
            report: None,
            headers: Vec::new(),
        }))
    }

    /// The same problem with a sentence about this occurrence. Never put a rejected value into it.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same problem, answered with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The `type` member: a URI that names the kind of problem.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// What is wrong with the request, when that is the problem.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        self.0.report.as_ref()
    }

    /// The same problem in a language, when it is about the request's values.
    #[cfg(feature = "fluent")]
    pub(crate) fn in_language(mut self, language: &Language) -> Self {
        let Some(report) = &mut self.0.report else { return self };
        report.tell(Telling::translated(language.clone()));
        if let Some(title) = language.text("problem-invalid") {
            self.0.title = title.into();
        }
        self.0.headers.push((http::header::VARY, HeaderValue::from_static("Accept-Language")));
        if let Ok(tag) = HeaderValue::from_str(language.tag()) {
            self.0.headers.push((http::header::CONTENT_LANGUAGE, tag));
        }
        self
    }

    pub(crate) fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }
}

/// A handler whose store does not answer says so with `?`.
impl From<Outage> for Problem {
    fn from(Outage: Outage) -> Self {
        Self::unavailable()
    }
}

impl Problem {
    /// The JSON of the answer: what it serializes to, written directly.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let content = &self.0;
        let mut json = Json::with_capacity(256 + 192 * content.report.as_ref().map_or(0, Report::len));
        json.verbatim("{\"type\":");
        json.string(&content.kind);
        json.verbatim(",\"title\":");
        json.string(&content.title);
        json.verbatim(",\"status\":");
        json.natural(content.status.as_u16().into());
        if let Some(detail) = &content.detail {
            json.verbatim(",\"detail\":");
            json.string(detail);
        }
        let mut before = ",\"violated-policies\":[";
        for policy in &content.violated_policies {
            json.verbatim(before);
            json.string(policy);
            before = ",";
        }
        if !content.violated_policies.is_empty() {
            json.verbatim("]");
        }
        if let Some(report) = &content.report {
            json.verbatim(",\"errors\":");
            report.write_json(&mut json);
            if report.is_truncated() {
                json.verbatim(",\"truncated\":true");
            }
        }
        json.verbatim("}");
        json.into_bytes()
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = &self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &content.kind)?;
        map.serialize_entry("title", &content.title)?;
        map.serialize_entry("status", &content.status.as_u16())?;
        if let Some(detail) = &content.detail {
            map.serialize_entry("detail", detail)?;
        }
        if !content.violated_policies.is_empty() {
            map.serialize_entry("violated-policies", &content.violated_policies)?;
        }
        if let Some(report) = &content.report {
            map.serialize_entry("errors", report)?;
            if report.is_truncated() {
                map.serialize_entry("truncated", &true)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        respond::to_bytes,
        rules::{length::Length, one_of::OneOf, pattern::Pattern, range::Range, standing::Standing},
        value::{Path, refuse_here},
    };

    static LENGTH: Length = Length::new().max(3).seal().into_rule();
    static RANGE: Range = Range::new().min(i128::MAX - 1).max_fraction(1e300).seal().into_rule();
    static PATTERN: Pattern = Pattern::new(r#"["<\\]+"#).seal().into_rule();
    static NEGATIVE: Range = Range::new().min(-7).max_fraction(0.5).seal().into_rule();
    static CHOICE: OneOf = OneOf::new(&["<", "\"", "é"]).seal().into_rule();

    #[test]
    fn is_written_as_it_serializes() {
        let mut report = Report::new();
        let root = Path::root();
        for key in ["plain", "a/b~c", "<script>\"\\", "\u{2028}\n", ""] {
            let above = root.field("na\"me");
            let above = above.index(1_203);
            let path = above.key(key);
            refuse_here(&mut report, &path, &LENGTH);
            refuse_here(&mut report, &path, &RANGE);
            refuse_here(&mut report, &path, &PATTERN);
            refuse_here(&mut report, &path, &NEGATIVE);
            refuse_here(&mut report, &path, &CHOICE);
            refuse_here(&mut report, &path, &Standing::Integer);
            refuse_here(&mut report, &path, &Standing::Missing);
        }
        assert!(report.is_truncated());
        let plain = || Problem::new(StatusCode::CONFLICT, "sold-out", "the <item> is \"sold out\"");
        let of_request = Problem::of_report(report);
        let problems = [
            plain(),
            plain().with_detail("& more").with_violated_policies(vec!["a", "b&c"]),
            Problem::of_report(Report::new()),
            of_request,
        ];
        for problem in problems {
            let (direct, serialized) = (problem.to_json(), to_bytes(&problem).unwrap());
            assert_eq!(String::from_utf8(direct).unwrap(), String::from_utf8(serialized.into()).unwrap());
        }
    }
}
