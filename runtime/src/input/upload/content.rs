//! Whether the content of a file is what its media type says.

use crate::policy::{Evidence, MediaType};

/// Signatures stand within this many first bytes.
pub(super) const HEAD: usize = 4 * 1024;

/// Whether the first bytes of a file, or all of a shorter one, are those of the media type.
pub(super) fn begins_as(media_type: &MediaType, head: &[u8]) -> bool {
    match media_type.evidence() {
        Evidence::Signature => infer::get(head).is_some_and(|found| found.mime_type() == media_type.name()),
        // Other signatures are too short to tell a text from what they stand for.
        Evidence::Text => infer::get(head).is_none_or(|found| {
            found.matcher_type() != infer::MatcherType::Text || found.mime_type() == media_type.name()
        }),
        Evidence::None { .. } => true,
    }
}

/// Follows a file to its end, chunk by chunk.
#[derive(Debug)]
pub(super) enum Watch {
    /// A text, and the first bytes of a character that is not whole yet.
    Text(Vec<u8>),
    Nothing,
}

impl Watch {
    pub(super) fn over(media_type: &MediaType) -> Self {
        match media_type.evidence() {
            Evidence::Text => Self::Text(Vec::new()),
            Evidence::Signature | Evidence::None { .. } => Self::Nothing,
        }
    }

    /// Whether it is still of its media type with this chunk.
    pub(super) fn goes_on(&mut self, chunk: &[u8]) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(begun) => goes_on(begun, chunk),
        }
    }

    /// Whether it may end here.
    pub(super) fn may_end(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(begun) => begun.is_empty(),
        }
    }
}

fn goes_on(begun: &mut Vec<u8>, chunk: &[u8]) -> bool {
    let mut chunk = chunk;
    // A character that the last chunk began is completed first: it has at most four bytes.
    while !begun.is_empty() {
        let Some((byte, rest)) = chunk.split_first() else { return true };
        begun.push(*byte);
        chunk = rest;
        match str::from_utf8(begun) {
            Ok(text) if is_plain(text) => begun.clear(),
            Ok(_) => return false,
            Err(error) if error.error_len().is_none() => {}
            Err(_) => return false,
        }
    }
    let whole = match simdutf8::compat::from_utf8(chunk) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let (whole, tail) = chunk.split_at_checked(error.valid_up_to()).unwrap_or_default();
            begun.extend_from_slice(tail);
            str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    is_plain(whole)
}

/// Whether a text has no control characters but those of lines, pages and columns.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C) || (byte >= 0x20 && byte != 0x7F))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn a_signature_agrees_with_its_media_type() {
        assert!(begins_as(&MediaType::PNG, PNG));
        for (media_type, head) in [
            (MediaType::JPEG, PNG),
            (MediaType::PNG, b"MZ\x90\0".as_slice()),
            (MediaType::PNG, b""),
            (MediaType::PNG, b"\x89PN"),
            (MediaType::PLAIN, b"  <!DOCTYPE html><script>"),
            (MediaType::CSV, b"#!/bin/sh\n"),
            (MediaType::signed("application/x-unheard-of"), PNG),
        ] {
            assert!(!begins_as(&media_type, head), "{media_type:?} {head:?}");
        }
        assert!(begins_as(&MediaType::CSV, b"BM;MZ;7\n"));
        assert!(begins_as(&MediaType::text("text/html"), b"<html >"));
        assert!(begins_as(&MediaType::unproven("application/x-own", "our own form"), b"anything"));
    }

    #[test]
    fn a_text_stays_one_wherever_it_is_cut() {
        let text = "Grüße, 日本 \u{1F600}\r\n\ttail".as_bytes();
        for at in 0..text.len() {
            let (left, right) = text.split_at(at);
            let mut watch = Watch::over(&MediaType::PLAIN);
            assert!(watch.goes_on(left) && watch.goes_on(right) && watch.may_end(), "{at}");
        }
        let bytewise = |text: &[u8]| {
            let mut watch = Watch::over(&MediaType::PLAIN);
            text.iter().all(|byte| watch.goes_on(&[*byte])) && watch.may_end()
        };
        assert!(bytewise(text));
        for other in [b"a\0".as_slice(), b"\x1b[2J", b"\xff", b"\xc3(", b"caf\xc3", b"\xed\xa0\x80", b"\x7f"] {
            assert!(!bytewise(other), "{other:?}");
            let mut watch = Watch::over(&MediaType::PLAIN);
            assert!(!(watch.goes_on(other) && watch.may_end()), "{other:?}");
        }
    }
}
