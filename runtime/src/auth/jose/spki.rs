//! Reads the public key out of a `SubjectPublicKeyInfo` (RFC 5280), in DER or in PEM.

use super::{Curve, KeyFault};

/// A public key with its kind, still unchecked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PublicKey<'d> {
    Rsa { modulus: &'d [u8], exponent: &'d [u8] },
    Ecdsa { curve: Curve, point: &'d [u8] },
    Ed25519(&'d [u8]),
}

/// The bytes of the one `PUBLIC KEY` block in a PEM text.
pub(super) fn pem(text: &str) -> Result<Vec<u8>, KeyFault> {
    if text.contains("PRIVATE KEY-----") {
        return Err(KeyFault::Private);
    }
    let body = text.trim().strip_prefix("-----BEGIN PUBLIC KEY-----").ok_or(KeyFault::Malformed)?;
    let body = body.strip_suffix("-----END PUBLIC KEY-----").ok_or(KeyFault::Malformed)?;
    let base64: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    base64_simd::STANDARD.decode_to_vec(base64).map_err(|_| KeyFault::Malformed)
}

/// The key in a `SubjectPublicKeyInfo`.
pub(super) fn der(bytes: &[u8]) -> Result<PublicKey<'_>, KeyFault> {
    let mut outer = Reader(bytes);
    let mut info = Reader(outer.last(SEQUENCE)?);
    let mut algorithm = Reader(info.value(SEQUENCE)?);
    let key = bits(info.last(BIT_STRING)?)?;
    match algorithm.value(OBJECT_IDENTIFIER)? {
        ED25519 => algorithm.end().map(|()| PublicKey::Ed25519(key)),
        EC_PUBLIC_KEY => {
            let curve = match algorithm.last(OBJECT_IDENTIFIER)? {
                P256 => Curve::P256,
                P384 => Curve::P384,
                _ => return Err(KeyFault::UnknownAlgorithm),
            };
            Ok(PublicKey::Ecdsa { curve, point: key })
        }
        RSA_ENCRYPTION => {
            let mut numbers = Reader(Reader(key).last(SEQUENCE)?);
            Ok(PublicKey::Rsa { modulus: numbers.value(INTEGER)?, exponent: numbers.last(INTEGER)? })
        }
        _ => Err(KeyFault::UnknownAlgorithm),
    }
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];

/// A bit string of whole bytes.
fn bits(content: &[u8]) -> Result<&[u8], KeyFault> {
    match content {
        [0, bytes @ ..] => Ok(bytes),
        _ => Err(KeyFault::Malformed),
    }
}

/// What is left of a run of DER values.
struct Reader<'d>(&'d [u8]);

impl<'d> Reader<'d> {
    /// The content of the next value, which must carry `tag`.
    fn value(&mut self, tag: u8) -> Result<&'d [u8], KeyFault> {
        let [found, rest @ ..] = self.0 else { return Err(KeyFault::Malformed) };
        if *found != tag {
            return Err(KeyFault::Malformed);
        }
        // Lengths above two bytes belong to keys far larger than 8192 bits.
        let (length, rest) = match rest {
            [short @ 0..=0x7f, rest @ ..] => (usize::from(*short), rest),
            [0x81, long @ 0x80..=0xff, rest @ ..] => (usize::from(*long), rest),
            [0x82, high @ 1..=0xff, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
            _ => return Err(KeyFault::Malformed),
        };
        let (content, rest) = rest.split_at_checked(length).ok_or(KeyFault::Malformed)?;
        self.0 = rest;
        Ok(content)
    }

    /// The content of the next value, after which nothing may follow.
    fn last(&mut self, tag: u8) -> Result<&'d [u8], KeyFault> {
        let content = self.value(tag)?;
        self.end().map(|()| content)
    }

    fn end(&self) -> Result<(), KeyFault> {
        if self.0.is_empty() { Ok(()) } else { Err(KeyFault::Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8410, section 10.1.
    const EXAMPLE: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
        -----END PUBLIC KEY-----\n";

    #[test]
    fn the_example_of_rfc_8410_is_read() {
        let bytes = pem(EXAMPLE).unwrap();
        assert!(matches!(der(&bytes), Ok(PublicKey::Ed25519(key)) if key.len() == 32 && key[0] == 0x19));
    }

    #[test]
    fn a_private_key_is_named_as_such() {
        assert_eq!(pem("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"), Err(KeyFault::Private));
        assert_eq!(pem("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----"), Err(KeyFault::Malformed));
    }

    #[test]
    fn every_truncation_and_every_addition_is_refused() {
        let bytes = pem(EXAMPLE).unwrap();
        for length in 0..bytes.len() {
            assert_eq!(der(&bytes[..length]), Err(KeyFault::Malformed), "{length}");
        }
        assert_eq!(der(&[&bytes[..], &[0]].concat()), Err(KeyFault::Malformed));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(at in 0_usize..44, byte: u8) {
            let mut bytes = pem(EXAMPLE).unwrap();
            bytes[at] = byte;
            let _ = der(&bytes);
        }
    }
}
