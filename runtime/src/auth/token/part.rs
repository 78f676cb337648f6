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
    start: usize,
    len: usize,
}

impl Span {
    fn of(part: &str, payload: &str) -> Self {
        // A position that made no sense would be one that nothing is at.
        Self { start: json::position(payload, part).unwrap_or(usize::MAX), len: part.len() }
    }

    fn within(self, payload: &str) -> &str {
        payload.get(self.start..self.start.saturating_add(self.len)).unwrap_or_default()
    }
}

impl Text {
    pub(super) fn of(text: &Cow<'_, str>, payload: &str) -> Self {
        match text {
            Cow::Borrowed(text) => Self::At(Span::of(text, payload)),
            Cow::Owned(text) => Self::Apart(text.as_str().into()),
        }
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
            Texts::Plain(span) => Self::At(span.map(|span| Span::of(span, payload))),
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
