//! Which representations a request names in `If-Match` or `If-None-Match` (RFC 9110, sections 13.1.1 and 13.1.2).

use http::{HeaderMap, HeaderName};

use super::EntityTag;

/// The representations that a request names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// `*`: any there is.
    Any,
    /// Those with one of these tags.
    Tags(Vec<Named>),
}

/// A tag as a client writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    strength: Strength,
    opaque: Box<[u8]>,
}

/// Whether representations with the same tag are the same byte for byte, or only in meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
}

/// The field is no list of entity tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// More tags than this are refused.
const MOST: usize = 64;

impl Condition {
    /// The condition in the header field of this name, all of its lines together; `None` where there is no line.
    pub(crate) fn of(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Self>, Malformed> {
        let mut lines = headers.get_all(name).iter().map(|line| line.as_bytes().trim_ascii()).peekable();
        if lines.peek().is_none() {
            return Ok(None);
        }
        let (mut tags, mut is_first) = (Vec::new(), true);
        for line in lines.by_ref() {
            if line == b"*" {
                // Beside anything else, be it an empty list, it is none (section 5.6.1).
                let alone = is_first && lines.next().is_none();
                return if alone { Ok(Some(Self::Any)) } else { Err(Malformed) };
            }
            is_first = false;
            read(line, &mut tags)?;
        }
        if tags.is_empty() { Err(Malformed) } else { Ok(Some(Self::Tags(tags))) }
    }

    /// The representation with this tag.
    pub(crate) fn only(tag: &EntityTag) -> Self {
        Self::Tags(vec![Named { strength: Strength::Strong, opaque: tag.opaque().into() }])
    }

    /// The strong comparison: both tags are strong, and the same.
    pub(crate) fn holds_strongly(&self, current: &EntityTag) -> bool {
        self.names(current, |strength| strength == Strength::Strong)
    }

    /// The weak comparison: the tags are the same, strong or not.
    pub(crate) fn holds_weakly(&self, current: &EntityTag) -> bool {
        self.names(current, |_| true)
    }

    fn names(&self, current: &EntityTag, counts: fn(Strength) -> bool) -> bool {
        match self {
            Self::Any => true,
            Self::Tags(tags) => tags.iter().any(|tag| counts(tag.strength) && *tag.opaque == *current.opaque()),
        }
    }
}

/// Reads one line. Empty elements of a list are passed over (section 5.6.1.2).
fn read(mut line: &[u8], tags: &mut Vec<Named>) -> Result<(), Malformed> {
    loop {
        line = line.trim_ascii_start();
        match line.split_first() {
            None => return Ok(()),
            Some((b',', rest)) => line = rest,
            Some(_) => {
                let rest = read_tag(line, tags)?.trim_ascii_start();
                line = match rest.split_first() {
                    None => return Ok(()),
                    Some((b',', rest)) => rest,
                    Some(_) => return Err(Malformed),
                };
            }
        }
    }
}

/// Reads one tag, and leaves what stands behind it.
fn read_tag<'a>(line: &'a [u8], tags: &mut Vec<Named>) -> Result<&'a [u8], Malformed> {
    let (strength, quoted) = match line.strip_prefix(b"W/") {
        Some(quoted) => (Strength::Weak, quoted),
        None => (Strength::Strong, line),
    };
    let opaque = quoted.strip_prefix(b"\"").ok_or(Malformed)?;
    let end = opaque.iter().position(|byte| *byte == b'"').ok_or(Malformed)?;
    let (opaque, rest) = opaque.split_at_checked(end).ok_or(Malformed)?;
    let is_sound = opaque.iter().all(|byte| matches!(byte, 0x21..=0x7E | 0x80..));
    if !is_sound || tags.len() == MOST {
        return Err(Malformed);
    }
    tags.push(Named { strength, opaque: opaque.into() });
    rest.get(1..).ok_or(Malformed)
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, header::IF_MATCH};
    use proptest::prelude::*;

    use super::*;

    fn condition(lines: &[&[u8]]) -> Result<Option<Condition>, Malformed> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(IF_MATCH, HeaderValue::from_bytes(line).unwrap());
        }
        Condition::of(&headers, &IF_MATCH)
    }

    /// The lines, and whether they hold strongly and weakly for the tag "7"; nothing where they are malformed.
    type Row = (&'static [&'static [u8]], Option<(bool, bool)>);

    #[test]
    fn tags_are_compared_as_the_standard_says() {
        const ROWS: &[Row] = &[
            (&[b"\"7\""], Some((true, true))),
            (&[b"W/\"7\""], Some((false, true))),
            (&[b"\"8\""], Some((false, false))),
            (&[b"*"], Some((true, true))),
            (&[b" * "], Some((true, true))),
            (&[b"\"6\", W/\"7\" ,\"8\""], Some((false, true))),
            (&[b"\"6\"", b"\"7\""], Some((true, true))),
            (&[b",, \"7\",,"], Some((true, true))),
            (&[b"\"a,b\",\"7\""], Some((true, true))),
            (&[b"\"\""], Some((false, false))),
            (&[b"\"\xE9\""], Some((false, false))),
            (&[b"7"], None),
            (&[b"\"7"], None),
            (&[b"w/\"7\""], None),
            (&[b"W/ \"7\""], None),
            (&[b"\"7\" \"8\""], None),
            (&[b"\"7 8\""], None),
            (&[b"*, \"7\""], None),
            (&[b"*", b"\"7\""], None),
            (&[b"\"7\"", b"*"], None),
            (&[b"", b"*"], None),
            (&[b""], None),
            (&[b","], None),
        ];
        let current = EntityTag::of_version(7);
        for (lines, expected) in ROWS {
            let found = condition(lines).ok().map(|condition| condition.unwrap());
            let found = found.map(|found| (found.holds_strongly(&current), found.holds_weakly(&current)));
            assert_eq!(found, *expected, "{lines:?}");
        }
        assert_eq!(condition(&[]), Ok(None));
        let many = vec!["\"7\""; MOST + 1].join(",");
        assert_eq!(condition(&[many.as_bytes()]), Err(Malformed));
    }

    proptest! {
        #[test]
        fn a_tag_that_was_sent_is_known_again(version in any::<String>()) {
            let tag = EntityTag::of_version(version);
            let condition = condition(&[b"\"other\"", tag.to_string().as_bytes()]).unwrap().unwrap();
            prop_assert!(condition.holds_strongly(&tag));
        }
    }
}
