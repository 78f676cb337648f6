//! The names of fields in the words of a rule.

use std::fmt;

/// Writes `` `a`, `b` or `c` ``.
pub(super) fn list(f: &mut fmt::Formatter<'_>, fields: &[&str], last: &str) -> fmt::Result {
    for (at, field) in fields.iter().enumerate() {
        let separator = match at {
            0 => "",
            _ if at + 1 == fields.len() => last,
            _ => ", ",
        };
        write!(f, "{separator}`{field}`")?;
    }
    Ok(())
}
