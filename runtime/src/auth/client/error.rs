//! Why there is no client.

use std::fmt;

/// Why an [`HttpsClient`](super::HttpsClient) cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientError {
    /// The text has no certificate, or one that cannot be read.
    NoCertificate,
    /// There is no version of TLS to speak.
    NoProtocol,
}

impl fmt::Display for ClientError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoCertificate => "these are no certificates: give PEM text with `CERTIFICATE` blocks",
            Self::NoProtocol => "there is no version of TLS to speak: build with TLS 1.2 or 1.3",
        })
    }
}

impl std::error::Error for ClientError {}
