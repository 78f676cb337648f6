//! What a file may be: its size, its media types, and what tells that its content is of one.

use core::any::Any;

/// A media type that files may have, and how their content proves it.
///
/// ```
/// use palisade::policy::{Evidence, MediaType};
///
/// const CALENDAR: MediaType = MediaType::text("text/calendar");
/// assert_eq!(CALENDAR.name(), "text/calendar");
/// assert_eq!(MediaType::PNG.evidence(), Evidence::Signature);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaType {
    name: &'static str,
    evidence: Evidence,
}

/// What content is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Its first bytes are those of the media type.
    Signature,
    /// It is a text in UTF-8 without control characters, and begins like no page and no script.
    Text,
    /// Nothing, for this reason.
    None {
        /// The reason, which documents publish.
        reason: &'static str,
    },
}

impl MediaType {
    /// `image/png`.
    pub const PNG: Self = Self::signed("image/png");
    /// `image/jpeg`.
    pub const JPEG: Self = Self::signed("image/jpeg");
    /// `image/gif`.
    pub const GIF: Self = Self::signed("image/gif");
    /// `image/webp`.
    pub const WEBP: Self = Self::signed("image/webp");
    /// `application/pdf`. It can hold scripts, whose readers are the ones to refuse them.
    pub const PDF: Self = Self::signed("application/pdf");
    /// `application/zip`. What it unpacks to is not looked at.
    pub const ZIP: Self = Self::signed("application/zip");
    /// `text/plain`.
    pub const PLAIN: Self = Self::text("text/plain");
    /// `text/csv`.
    pub const CSV: Self = Self::text("text/csv");

    /// A media type that the first bytes of a file tell. One that nobody knows a signature of is never sent: each file that
    /// claims it is refused.
    ///
    /// # Panics
    /// In const evaluation, when the name is no media type in lower case.
    #[must_use]
    #[track_caller]
    pub const fn signed(name: &'static str) -> Self {
        Self::new(name, Evidence::Signature)
    }

    /// A media type whose files are texts in UTF-8.
    ///
    /// # Panics
    /// As [`MediaType::signed`].
    #[must_use]
    #[track_caller]
    pub const fn text(name: &'static str) -> Self {
        Self::new(name, Evidence::Text)
    }

    /// A media type that is believed, for this reason, which is published.
    ///
    /// # Panics
    /// As [`MediaType::signed`], and when there is no reason.
    #[must_use]
    #[track_caller]
    pub const fn unproven(name: &'static str, reason: &'static str) -> Self {
        assert!(!reason.is_empty(), "a media type that nothing proves needs a reason, which is published");
        Self::new(name, Evidence::None { reason })
    }

    #[track_caller]
    const fn new(name: &'static str, evidence: Evidence) -> Self {
        assert!(is_media_type(name.as_bytes()), "write a media type in lower case, like \"image/png\"");
        Self { name, evidence }
    }

    /// Its name, like `image/png`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How content proves that it is of this type.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }
}

/// A type, a slash and a subtype, without parameters.
const fn is_media_type(mut name: &[u8]) -> bool {
    let mut slashes = 0;
    let mut before = b'/';
    while let [byte, rest @ ..] = name {
        match *byte {
            b'/' if before == b'/' => return false,
            b'/' => slashes += 1,
            b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.' => {}
            _ => return false,
        }
        (before, name) = (*byte, rest);
    }
    slashes == 1 && before != b'/'
}

/// What the files in one field may be, and what takes them in.
#[derive(Debug, Clone, Copy)]
pub struct FileForm {
    size: FileSize,
    media_types: MediaTypes,
    receiver: fn() -> Box<dyn Any + Send>,
}

/// The most bytes that a file may have: the rule that it breaks, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSize(u64);

/// The media types that a file may have: the rule that it breaks, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaTypes(&'static [MediaType]);

impl FileForm {
    /// At most so many bytes of one of these media types, taken in by what `receiver` makes.
    ///
    /// # Panics
    /// In const evaluation, when no file could pass.
    #[must_use]
    #[track_caller]
    pub const fn new(longest: u64, media_types: &'static [MediaType], receiver: fn() -> Box<dyn Any + Send>) -> Self {
        assert!(longest != 0, "`LONGEST`: say how many bytes a file may have, like `5 * 1024 * 1024`");
        assert!(!media_types.is_empty(), "`MEDIA_TYPES`: say what a file may be, like `&[MediaType::PNG]`");
        Self { size: FileSize(longest), media_types: MediaTypes(media_types), receiver }
    }

    /// The most bytes.
    #[must_use]
    pub const fn size(&self) -> &FileSize {
        &self.size
    }

    /// The media types.
    #[must_use]
    pub const fn media_types(&self) -> &MediaTypes {
        &self.media_types
    }

    /// What takes a file in, for the reader of the body, which knows its type.
    #[doc(hidden)]
    #[must_use]
    pub fn receiver(&self) -> Box<dyn Any + Send> {
        (self.receiver)()
    }
}

impl FileSize {
    /// The most bytes.
    #[must_use]
    pub const fn longest(self) -> u64 {
        self.0
    }
}

impl MediaTypes {
    /// Each of them.
    #[must_use]
    pub const fn all(self) -> &'static [MediaType] {
        self.0
    }

    /// The one of this name, in whatever case.
    #[must_use]
    pub fn named(self, name: &str) -> Option<&'static MediaType> {
        self.0.iter().find(|media_type| media_type.name().eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_two_words() {
        for name in ["image/png", "application/vnd.ms-excel", "image/svg+xml"] {
            assert!(is_media_type(name.as_bytes()), "{name}");
        }
        for name in
            ["", "/", "image", "image/", "/png", "image//png", "image/png/x", "Image/png", "image/*", "image/png; q=1"]
        {
            assert!(!is_media_type(name.as_bytes()), "{name}");
        }
    }
}
