//! Media types of answers that are neither JSON nor a page.

/// A media type (RFC 9110, section 8.3.1), as a type, so that the document knows it. Your own is one line:
///
/// ```
/// use palisade::respond::{Content, MediaType, Recipient, Respond};
///
/// struct Calendar;
///
/// impl MediaType for Calendar {
///     const NAME: &'static str = "text/calendar; charset=utf-8";
/// }
///
/// let answer = Content::<Calendar>::whole("BEGIN:VCALENDAR").respond(&Recipient::anybody());
/// assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
/// ```
///
/// HTML is none of them: a page comes from a template that escapes.
///
/// ```compile_fail
/// # use palisade::{prelude::*, respond::{Content, MediaType}};
/// struct Page;
///
/// impl MediaType for Page {
///     const NAME: &'static str = "text/html";
/// }
///
/// #[secure(get = "/page", public = "a page", rate = "60/min per ip")]
/// async fn page() -> Content<Page> { Content::whole("<h1>") }
/// ```
pub trait MediaType: 'static {
    /// Its name, in lower case, with its parameters.
    const NAME: &'static str;
}

/// `application/octet-stream`: bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OctetStream;

/// `application/pdf`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pdf;

/// `image/png`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Png;

/// `text/plain` in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainText;

impl MediaType for OctetStream {
    const NAME: &'static str = "application/octet-stream";
}

impl MediaType for Pdf {
    const NAME: &'static str = "application/pdf";
}

impl MediaType for Png {
    const NAME: &'static str = "image/png";
}

impl MediaType for PlainText {
    const NAME: &'static str = "text/plain; charset=utf-8";
}

/// Proves in const evaluation that the name is one, and none of a page.
#[track_caller]
pub(super) const fn assert_sound(name: &'static str) {
    let bytes = name.as_bytes();
    assert!(!begins(bytes, b"text/html"), "a page is no plain content: answer `Html` of a template that escapes");
    assert!(
        !begins(bytes, b"application/xhtml"),
        "a page is no plain content: answer `Html` of a template that escapes"
    );
    let mut slash = 0;
    while slash < bytes.len() && is_token(bytes[slash]) {
        slash += 1;
    }
    assert!(
        0 < slash && slash < bytes.len() && bytes[slash] == b'/',
        "write the media type in lower case, as `type/subtype`"
    );
    let mut end = slash + 1;
    while end < bytes.len() && is_token(bytes[end]) {
        end += 1;
    }
    assert!(slash + 1 < end, "write the media type in lower case, as `type/subtype`");
    assert!(
        end == bytes.len() || bytes[end] == b';',
        "write parameters behind a `;`, like \"text/plain; charset=utf-8\""
    );
    while end < bytes.len() {
        assert!(matches!(bytes[end], b' '..=b'~'), "a media type is written in ASCII");
        end += 1;
    }
}

const fn is_token(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'+' | b'-' | b'_' | b'!' | b'#' | b'$' | b'&' | b'^')
}

const fn begins(bytes: &[u8], start: &[u8]) -> bool {
    if bytes.len() < start.len() {
        return false;
    }
    let mut at = 0;
    while at < start.len() {
        if bytes[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}
