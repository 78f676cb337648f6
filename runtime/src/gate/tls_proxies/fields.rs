//! The header fields in which proxies tell the certificate of a client.

use http::HeaderValue;

use crate::{
    auth::{CertificateNames, ClientCertificate},
    input::percent_decoded,
};

/// The certificate in a `Client-Cert` (RFC 9440, section 2.2): an item of bytes, without parameters.
pub(super) fn client_cert(line: &HeaderValue) -> Option<Vec<u8>> {
    let base64 = line.as_bytes().strip_prefix(b":")?.strip_suffix(b":")?;
    decoded(base64)
}

/// The certificate in an `X-Forwarded-Client-Cert` of one element, as Envoy writes it.
pub(super) fn x_forwarded_client_cert(line: &HeaderValue) -> Option<ClientCertificate> {
    let text = line.to_str().ok()?;
    // With escapes, where a quotation ends would depend on who reads it.
    if text.contains('\\') {
        return None;
    }
    let (mut hash, mut certificate, mut uris, mut hosts) = (None, None, Vec::new(), Vec::new());
    for pair in pairs(text)? {
        let (key, value) = pair.split_once('=')?;
        let value = unquoted(value)?;
        let again = match key {
            "Hash" => hash.replace(thumbprint(value)?).is_some(),
            "Cert" => certificate.replace(pem(&percent_decoded(value, false)?)?).is_some(),
            "URI" => {
                uris.push(value);
                false
            }
            "DNS" => {
                hosts.push(value);
                false
            }
            // Whom the proxy is, the chain and the subject: nothing is decided by them.
            "By" | "Chain" | "Subject" => false,
            _ => return None,
        };
        if again {
            return None;
        }
    }
    let hash: [u8; 32] = hash?;
    match certificate {
        Some(der) => Some(ClientCertificate::vouched(&der)).filter(|read| *read.thumbprint() == hash),
        None => Some(ClientCertificate::told(hash, CertificateNames::told(&uris, &hosts))),
    }
}

/// The pairs of the one element. A comma outside of quotes would begin another.
fn pairs(text: &str) -> Option<Vec<&str>> {
    let (mut pairs, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => return None,
            b';' if !quoted => {
                pairs.push(text.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    pairs.push(text.get(start..)?);
    (!quoted).then_some(pairs)
}

fn unquoted(value: &str) -> Option<&str> {
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"')?,
        None => value,
    };
    (!value.contains('"')).then_some(value)
}

/// SHA-256 in lower or upper case, all of it.
fn thumbprint(hex: &str) -> Option<[u8; 32]> {
    let mut thumbprint = [0; 32];
    let (digits, rest) = hex.as_bytes().as_chunks::<2>();
    if digits.len() != thumbprint.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in thumbprint.iter_mut().zip(digits) {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(thumbprint)
}

/// The one certificate in a text in PEM.
fn pem(text: &str) -> Option<Vec<u8>> {
    let body = text.trim().strip_prefix("-----BEGIN CERTIFICATE-----")?.strip_suffix("-----END CERTIFICATE-----")?;
    let base64: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    decoded(&base64)
}

fn decoded(base64: &[u8]) -> Option<Vec<u8>> {
    base64_simd::STANDARD.decode_to_vec(base64).ok().filter(|der| !der.is_empty())
}
