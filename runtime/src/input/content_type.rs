//! Whether a body is declared to be what the endpoint reads.

use http::{HeaderMap, header};

/// Whether the body is declared as JSON (`application/json`, UTF-8) and not compressed.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    sole(headers).is_some_and(declares_json)
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

fn declares_json(declared: &str) -> bool {
    declared == "application/json" || declares(declared, "application/json")
}

/// Whether this is the media type of lines of JSON, in UTF-8.
pub(crate) fn declares_ndjson(declared: &str) -> bool {
    declares(declared, "application/x-ndjson")
}

fn declares(declared: &str, media_type: &str) -> bool {
    let mut parts = declared.split(';').map(str::trim);
    let essence = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(media_type));
    essence
        && parts.all(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                name.eq_ignore_ascii_case("charset") && value.trim_matches('"').eq_ignore_ascii_case("utf-8")
            })
        })
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
            ("application/json; charset=utf-16", false),
            ("application/json; profile=x", false),
            ("application/json;", false),
            ("application/jsonx", false),
            ("text/json", false),
            ("text/plain", false),
            ("", false),
        ];
        for (declared, expected) in rows {
            assert_eq!(declares_json(declared), expected, "{declared}");
        }
    }
}
