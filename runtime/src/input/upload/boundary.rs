//! The boundary between parts, as the content type of a body says it.

use http::HeaderMap;

use crate::input::content_type;

/// The boundary, when the body is declared as a form of parts: at most 70 characters (RFC 2046, section 5.1.1).
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    let declared = content_type::sole(headers)?;
    let boundary = multer::parse_boundary(declared).ok()?;
    // Of two, whoever stands in front of the gate may have read the other.
    let said = declared.to_ascii_lowercase().matches("boundary=").count();
    (said == 1 && !boundary.is_empty() && boundary.len() <= 70).then_some(boundary)
}
