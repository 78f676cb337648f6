//! Entity tags (RFC 9110, section 8.8.3): what a representation is known by, so that one can ask whether it changed.

use std::fmt::{self, Display, Write};

use base64_simd::URL_SAFE_NO_PAD;
use http::HeaderValue;
use ring::digest::{SHA256, digest};

/// A strong entity tag: two representations with the same one are the same, byte for byte.
///
/// ```
/// use palisade::respond::EntityTag;
///
/// assert_eq!(EntityTag::of_version(7).to_string(), r#""7""#);
/// assert_eq!(EntityTag::of_bytes(b"{}"), EntityTag::of_bytes(b"{}"));
/// assert_ne!(EntityTag::of_bytes(b"{}"), EntityTag::of_bytes(b"[]"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntityTag {
    /// What stands between the quotes.
    opaque: String,
}

/// A longer version is known by its hash.
const LONGEST: usize = 64;

impl EntityTag {
    /// The tag of a version: a number that every change raises, a time of change that no two changes share, an id of
    /// the change. What no tag can hold is percent-encoded.
    #[must_use]
    pub fn of_version(version: impl Display) -> Self {
        let version = version.to_string();
        let mut opaque = String::with_capacity(version.len());
        for byte in version.bytes() {
            match byte {
                b'%' | b'"' => encode(&mut opaque, byte),
                0x21..=0x7E => opaque.push(char::from(byte)),
                other => encode(&mut opaque, other),
            }
        }
        if LONGEST < opaque.len() { Self::of_bytes(version.as_bytes()) } else { Self { opaque } }
    }

    /// The tag of these bytes: a SHA-256 of them, cut to 128 bits.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let hash = digest(&SHA256, bytes);
        Self { opaque: URL_SAFE_NO_PAD.encode_to_string(hash.as_ref().get(..16).unwrap_or_default()) }
    }

    /// What stands between the quotes.
    pub(crate) fn opaque(&self) -> &[u8] {
        self.opaque.as_bytes()
    }

    /// As the value of a header field. There is always one.
    pub(super) fn value(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.to_string()).ok()
    }
}

/// As it is written in header fields, in its quotes.
impl Display for EntityTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.opaque)
    }
}

fn encode(opaque: &mut String, byte: u8) {
    // A `String` takes whatever is written.
    let _ = write!(opaque, "%{byte:02X}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_version_has_a_tag_of_its_own(one in any::<String>(), other in any::<String>()) {
            let (tag, different) = (EntityTag::of_version(&one), EntityTag::of_version(&other));
            prop_assert_eq!(tag == different, one == other);
            prop_assert!(tag.opaque().iter().all(|byte| matches!(byte, 0x21 | 0x23..=0x7E)));
            prop_assert!(tag.value().is_some() && tag.opaque().len() <= LONGEST);
        }
    }
}
