//! Parts of a payload by position: what was verified keeps the payload once, and everything else points into it.

use std::borrow::Cow;

use crate::auth::jose::json::{self, Texts};

/// A text of a payload.
#[derive(Debug, Clone)]
pub(super) enum Text {
    /// It stands there as it is.
    At(Span),
    /// It has an escape, so that it stands there otherwise.
    Apart(Box<str>),
}

/// The texts of an array in a payload.
#[derive(Debug, Clone)]
pub(super) enum List {
    /// They stand there as [`Texts::Plain`] says.
    At(Option<Span>),
    /// At least one of them has an escape.
    Apart(Vec<String>),
}

/// Words of a payload, such as scopes.
#[derive(Debug, Clone)]
pub(super) enum Words {
    /// One text, with spaces between the words.
    Line(Text),
    /// An array of texts, each a word whatever is in it.
    List(List),
}

/// Where a part of the payload stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Nothing for what stands beyond 4 GiB or is no part at all.
    fn of(part: &str, payload: &str) -> Option<Self> {
        let start = json::position(payload, part)?;
        let (start, end) = (u32::try_from(start).ok()?, u32::try_from(start.checked_add(part.len())?).ok()?);
        Some(Self { start, end })
    }

    fn within(self, payload: &str) -> &str {
        payload.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl Text {
    #[expect(clippy::ptr_arg, reason = "only what is borrowed stands in the payload")]
    pub(super) fn of(text: &Cow<'_, str>, payload: &str) -> Self {
        let place = match text {
            Cow::Borrowed(text) => Span::of(text, payload),
            Cow::Owned(_) => None,
        };
        place.map_or_else(|| Self::Apart(text.as_ref().into()), Self::At)
    }

    pub(super) fn within<'p>(&'p self, payload: &'p str) -> &'p str {
        match self {
            Self::At(span) => span.within(payload),
            Self::Apart(text) => text,
        }
    }
}

impl List {
    pub(super) const NONE: Self = Self::At(None);

    pub(super) fn of(texts: &Texts<'_>, payload: &str) -> Self {
        match texts {
            Texts::Plain(span) => Self::At(span.and_then(|span| Span::of(span, payload))),
            Texts::Escaped(texts) => Self::Apart(texts.clone()),
        }
    }

    pub(super) fn within<'p>(&'p self, payload: &'p str) -> impl Iterator<Item = &'p str> {
        let (span, apart) = match self {
            Self::At(span) => (*span, &[][..]),
            Self::Apart(texts) => (None, texts.as_slice()),
        };
        span.into_iter().flat_map(|span| json::within(span.within(payload))).chain(apart.iter().map(String::as_str))
    }
}

impl Words {
    pub(super) const NONE: Self = Self::List(List::NONE);

    pub(super) fn within<'p>(&'p self, payload: &'p str) -> impl Iterator<Item = &'p str> {
        let (line, list) = match self {
            Self::Line(text) => (text.within(payload), &List::NONE),
            Self::List(list) => ("", list),
        };
        line.split(' ').filter(|word| !word.is_empty()).chain(list.within(payload))
    }
}
