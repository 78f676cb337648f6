//! One part of a multipart body: what its header fields say, and its content chunk by chunk.

use bytes::{Bytes, BytesMut};
use http::header;
use multer::Field;

use super::{
    content::HEAD,
    disposition::{Disposition, disposition},
    frames::Progress,
};
use crate::{Outage, input::BodyError};

/// No field has a longer name.
const NAME: usize = 256;
/// One part: its header fields, and its content chunk by chunk.
pub(super) struct Content<'p, 'r> {
    pub(super) field: Field<'r>,
    pub(super) progress: &'p Progress,
}

impl Content<'_, '_> {
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Stop> {
        let chunk = self.field.chunk().await?;
        self.progress.made();
        Ok(chunk)
    }

    pub(super) async fn skip(&mut self) -> Result<(), Stop> {
        while self.next().await?.is_some() {}
        Ok(())
    }

    /// The first bytes, or all of a shorter file.
    pub(super) async fn head(&mut self) -> Result<Bytes, Stop> {
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        if HEAD <= first.len() {
            return Ok(first);
        }
        let mut head = BytesMut::from(first);
        while head.len() < HEAD {
            match self.next().await? {
                Some(chunk) => head.extend_from_slice(&chunk),
                None => break,
            }
        }
        Ok(head.freeze())
    }

    /// How the part says what it is. A part that is encoded once more is refused (RFC 7578, section 4.7).
    pub(super) fn disposition(&self) -> Option<Disposition> {
        let headers = self.field.headers();
        let encoded = headers.get("content-transfer-encoding").is_some_and(|coding| {
            !["7bit", "8bit", "binary"].iter().any(|plain| coding.as_bytes().eq_ignore_ascii_case(plain.as_bytes()))
        });
        let found = disposition(headers.get(header::CONTENT_DISPOSITION)?.as_bytes())?;
        (!encoded && found.name.len() <= NAME).then_some(found)
    }

    pub(super) fn media_type(&self) -> Option<&str> {
        let media_type = self.field.content_type()?;
        Some(media_type.essence_str())
    }

    /// Whether the part is declared as a text in UTF-8, or not at all.
    pub(super) fn is_plain_text(&self) -> bool {
        if !self.field.headers().contains_key(header::CONTENT_TYPE) {
            return true;
        }
        self.field.content_type().is_some_and(|media_type| {
            let utf_8 = media_type.get_param("charset").is_none_or(|charset| charset == "utf-8");
            media_type.essence_str() == "text/plain" && utf_8
        })
    }
}

/// Why no more of a body is read.
pub(super) enum Stop {
    Body(BodyError),
    Malformed,
    Outage,
}

impl From<multer::Error> for Stop {
    fn from(error: multer::Error) -> Self {
        match error {
            multer::Error::StreamReadFailed(error) => match error.downcast_ref() {
                Some(error) => Self::Body(*error),
                None => Self::Malformed,
            },
            _ => Self::Malformed,
        }
    }
}

impl From<Outage> for Stop {
    fn from(Outage: Outage) -> Self {
        Self::Outage
    }
}
