//! Where a value stands in its document: a list on the stack, written down only when something is wrong.

use std::fmt;

/// One step down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// To a field, by its name on the wire.
    Field(&'static str),
    /// To an item of a list.
    Index(usize),
    /// To an entry of a map.
    Key(&'a str),
}

/// A place in a document.
///
/// ```
/// use palisade::value::Path;
///
/// let root = Path::root();
/// let items = root.field("items");
/// assert_eq!(items.index(2).field("sku").pointer(), "/items/2/sku");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    above: Option<(&'a Path<'a>, Step<'a>)>,
}

impl<'a> Path<'a> {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self { above: None }
    }

    /// A field of the value at this place.
    #[must_use]
    #[inline]
    pub const fn field(&'a self, name: &'static str) -> Path<'a> {
        Path { above: Some((self, Step::Field(name))) }
    }

    /// An item of the list at this place.
    #[must_use]
    #[inline]
    pub const fn index(&'a self, index: usize) -> Path<'a> {
        Path { above: Some((self, Step::Index(index))) }
    }

    /// An entry of the map at this place.
    #[must_use]
    #[inline]
    pub const fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { above: Some((self, Step::Key(key))) }
    }

    /// One step down from this place.
    #[must_use]
    #[inline]
    pub const fn step(&'a self, step: Step<'a>) -> Path<'a> {
        Path { above: Some((self, step)) }
    }

    /// The last step and the place above it; `None` for the whole document.
    #[must_use]
    pub const fn above(&self) -> Option<(&'a Path<'a>, Step<'a>)> {
        self.above
    }

    /// How many steps down it is.
    #[must_use]
    pub fn depth(&self) -> usize {
        let (mut depth, mut place) = (0, self.above);
        while let Some((above, _)) = place {
            (depth, place) = (depth + 1, above.above);
        }
        depth
    }

    /// The place as an RFC 6901 JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self.above {
            None => String::new(),
            Some((above, step)) => {
                let mut pointer = above.pointer();
                // Writing to a `String` cannot fail.
                let _ = write_step(&mut pointer, step);
                pointer
            }
        }
    }
}

/// Writes one reference token, `~` and `/` escaped (RFC 6901, section 3).
pub(super) fn write_step(out: &mut impl fmt::Write, step: Step<'_>) -> fmt::Result {
    out.write_char('/')?;
    match step {
        Step::Field(name) | Step::Key(name) => {
            let mut rest = name;
            while let Some((plain, behind)) = rest.split_once(['~', '/']) {
                out.write_str(plain)?;
                out.write_str(if rest.as_bytes().get(plain.len()) == Some(&b'~') { "~0" } else { "~1" })?;
                rest = behind;
            }
            out.write_str(rest)
        }
        Step::Index(index) => write!(out, "{index}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_tilde_and_slash_in_keys() {
        assert_eq!(Path::root().key("a/b~c").pointer(), "/a~1b~0c");
    }
}
