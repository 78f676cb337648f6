//! Base64url as RFC 7515 wants it: no padding, no white space, no bits left over.

use std::borrow::Cow;

use base64_simd::{Out, URL_SAFE_NO_PAD};

/// The text is not base64url, or longer than it may be.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::auth) struct NotBase64Url;

/// Decodes into a new buffer.
pub(in crate::auth) fn decode(text: &str) -> Result<Vec<u8>, NotBase64Url> {
    URL_SAFE_NO_PAD.decode_to_vec(text.as_bytes()).map_err(|_| NotBase64Url)
}

/// Decodes into `near` what there is room for, else into a new buffer.
pub(super) fn decode_near<'b>(text: &str, near: &'b mut [u8]) -> Result<Cow<'b, [u8]>, NotBase64Url> {
    if decoded_len(text) <= near.len() {
        decode_into(text, near).map(Cow::Borrowed)
    } else {
        decode(text).map(Cow::Owned)
    }
}

/// Decodes into `buffer`, which bounds the length of what is accepted.
pub(in crate::auth) fn decode_into<'b>(text: &str, buffer: &'b mut [u8]) -> Result<&'b [u8], NotBase64Url> {
    // The decoder panics when the buffer is too small, and a caller of ours cannot know how long the text is.
    if buffer.len() < decoded_len(text) {
        return Err(NotBase64Url);
    }
    match URL_SAFE_NO_PAD.decode(text.as_bytes(), Out::from_slice(buffer)) {
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(NotBase64Url),
    }
}

const fn decoded_len(text: &str) -> usize {
    text.len() / 4 * 3 + text.len() % 4 * 3 / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode_to_string(bytes)
    }

    #[test]
    fn rule_29_only_the_canonical_text_decodes() {
        for text in ["QQ==", "QQ=", "Q", "QR", "QUJ", "QU JD", "QUJD\n", " QUJD", "+w", "/w", "QUJD.", "ä", "QQ\0"] {
            assert_eq!(decode(text), Err(NotBase64Url), "{text:?}");
            assert_eq!(decode_into(text, &mut [0; 64]), Err(NotBase64Url), "{text:?}");
        }
        assert_eq!(decode("QQ").as_deref(), Ok(&b"A"[..]));
        assert_eq!(decode("").as_deref(), Ok(&b""[..]));
    }

    #[test]
    fn a_text_longer_than_the_buffer_is_refused_and_does_not_panic() {
        for length in 0..40 {
            let text = "A".repeat(length);
            assert_eq!(decode_near(&text, &mut [0; 8]).is_ok(), length % 4 != 1, "{length}");
            assert!(decode_into(&text, &mut [0; 8]).is_ok() == (length <= 11 && length % 4 != 1), "{length}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_decodes_encodes_back_to_itself(text in "[A-Za-z0-9_=+/ -]{0,24}") {
            if let Ok(bytes) = decode(&text) {
                proptest::prop_assert_eq!(encode(&bytes), text);
            }
        }

        #[test]
        fn every_byte_sequence_survives(bytes: Vec<u8>) {
            proptest::prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }
    }
}
