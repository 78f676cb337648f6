//! A report as an error: every violation with its place and code in one line, never a value.

use std::{
    error::Error,
    fmt::{self, Write},
};

use super::{Report, Violation};

/// One line: `/title must have a length from 1 to 64 (length); /sku is required (missing)`.
///
/// ```
/// use palisade::{rules::standing::Standing, value::{Path, Report, refuse_here}};
///
/// let mut report = Report::new();
/// refuse_here(&mut report, &Path::root().field("title"), &Standing::Text);
/// refuse_here(&mut report, &Path::root().key("a\nb"), &Standing::Unknown);
/// assert_eq!(report.to_string(), r"/title must be a string (type); /a\nb is not known here (unknown)");
/// ```
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, violation) in self.violations().enumerate() {
            if 0 < at {
                f.write_str("; ")?;
            }
            write!(f, "{violation}")?;
        }
        f.write_str(if self.is_truncated() { "; and more" } else { "" })
    }
}

/// The place, what was expected, and the code. What concerns the whole document has no place.
impl fmt::Display for Violation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = self.pointer();
        for letter in pointer.chars() {
            // A key is the sender's own text, and must not break the line it is shown in.
            if letter.is_control() { write!(f, "{}", letter.escape_default())? } else { f.write_char(letter)? }
        }
        let space = if pointer.is_empty() { "" } else { " " };
        write!(f, "{space}{} ({})", self.detail(), self.code())
    }
}

impl Error for Report {}
