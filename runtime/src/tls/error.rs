//! Why TLS cannot be set up.

use std::{fmt, path::Path};

/// Why a server cannot end TLS, or its files not be read anew. Its text names the file and the mend, for the one who runs
/// the service; it never says what stands in a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsError {
    what: String,
}

impl TlsError {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into() }
    }

    pub(super) fn of(file: &Path, what: impl fmt::Display) -> Self {
        Self { what: format!("`{}`: {what}", file.display()) }
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)
    }
}

impl std::error::Error for TlsError {}
