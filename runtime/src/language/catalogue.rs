//! The languages that an application speaks, and the choice among them.

use std::{fmt, iter, sync::Arc};

use fluent_bundle::FluentResource;
use unic_langid::LanguageIdentifier;

use super::{
    accept::{self, Range},
    arguments::Arguments,
    error::CatalogueError,
    messages::Messages,
    rendered::Rendered,
};
use crate::{rules::Rule, value::Report};

const ENGLISH: &str = include_str!("en.ftl");
const GERMAN: &str = include_str!("de.ftl");

/// The messages of each language. The first language is the one that is spoken when none is asked for.
///
/// ```
/// use palisade::language::Catalogue;
///
/// let catalogue = Catalogue::shipped().with("fr", "missing = est requis").unwrap();
/// assert_eq!(catalogue.tags().collect::<Vec<_>>(), ["en", "de", "fr"]);
/// assert_eq!(catalogue.accepted("fr-CA, de;q=0.5").tag(), "fr");
/// ```
#[derive(Debug, Clone)]
pub struct Catalogue {
    languages: Vec<Arc<Messages>>,
}

impl Catalogue {
    /// English and German messages for every rule of this crate.
    #[must_use]
    pub fn shipped() -> Self {
        Self { languages: [("en", ENGLISH), ("de", GERMAN)].into_iter().filter_map(shipped).collect() }
    }

    /// The same catalogue with the messages of `source`, a text in Fluent's syntax. In a language that is there already, they
    /// win over those of the same code.
    ///
    /// # Errors
    /// When `tag` names no language, or `source` is no Fluent resource with each message once.
    pub fn with(self, tag: &str, source: impl Into<String>) -> Result<Self, CatalogueError> {
        let language = identify(tag)?;
        let Self { mut languages } = self;
        match languages.iter_mut().find(|known| *known.language() == language) {
            Some(known) => *known = Arc::new(known.with(source.into())?),
            None => languages.push(Arc::new(Messages::none(language).with(source.into())?)),
        }
        Ok(Self { languages })
    }

    /// The same catalogue, which speaks `tag` when none of its languages is asked for.
    ///
    /// # Errors
    /// When it has no message in this language.
    pub fn by_default(self, tag: &str) -> Result<Self, CatalogueError> {
        let language = identify(tag)?;
        let Self { mut languages } = self;
        let at = languages.iter().position(|known| *known.language() == language);
        let Some(to_front) = at.and_then(|at| languages.get_mut(..=at)) else {
            return Err(CatalogueError::Tag { tag: tag.to_owned() });
        };
        to_front.rotate_right(1);
        Ok(Self { languages })
    }

    /// The tags of its languages.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|messages| messages.tag())
    }

    /// The language that serves `tag` best: `de` for `de-AT`, and the default for one that is not spoken.
    #[must_use]
    pub fn language(&self, tag: &str) -> Language {
        self.choose(&[Range::exactly(tag)])
    }

    /// The language that serves an `Accept-Language` header best. What is malformed in it is left out, and what stands behind
    /// its first 1,000 bytes or 32 ranges is not read.
    #[must_use]
    pub fn accepted(&self, accept_language: &str) -> Language {
        self.accepted_lines(iter::once(accept_language))
    }

    /// The same of a header on several lines.
    pub(crate) fn accepted_lines<'a>(&self, lines: impl Iterator<Item = &'a str>) -> Language {
        self.choose(&accept::ranges(lines))
    }

    fn choose(&self, ranges: &[Range<'_>]) -> Language {
        let tags: Vec<_> = self.tags().collect();
        let mut chosen = accept::choose(ranges, &tags);
        if !chosen.contains(&0) {
            chosen.push(0);
        }
        Language { spoken: chosen.into_iter().filter_map(|at| self.languages.get(at)).cloned().collect() }
    }
}

/// What is wrong in a file of ours is found by its tests, not at run time.
fn shipped((tag, source): (&str, &str)) -> Option<Arc<Messages>> {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
    Some(Arc::new(Messages::none(identify(tag).ok()?).with_layer(resource)))
}

fn identify(tag: &str) -> Result<LanguageIdentifier, CatalogueError> {
    let language = tag.parse::<LanguageIdentifier>().ok().filter(|found| !found.language.is_empty());
    language.ok_or_else(|| CatalogueError::Tag { tag: tag.to_owned() })
}

/// A language chosen for a caller, and those it falls back to.
///
/// ```
/// use palisade::{language::Catalogue, rules::standing::Standing};
///
/// let language = Catalogue::shipped().language("de-AT");
/// assert_eq!(language.tag(), "de");
/// assert_eq!(language.explain(&Standing::Missing), "ist erforderlich");
/// ```
#[derive(Clone)]
pub struct Language {
    spoken: Arc<[Arc<Messages>]>,
}

impl Language {
    /// Its tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        self.spoken.first().map_or("en", |messages| messages.tag())
    }

    /// What is said of a value that breaks `rule`: in this language, in the next one that the caller accepts, or in the rule's
    /// own words.
    #[must_use]
    pub fn explain(&self, rule: &dyn Rule) -> String {
        Explained { language: self, rule }.to_string()
    }

    /// The message of this name, as far as one without arguments is there. Other texts of an application can stand in the same catalogue.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<String> {
        self.spoken.iter().find_map(|messages| messages.text(id))
    }

    /// A report in this language.
    #[must_use]
    pub fn render<'a>(&self, report: &'a Report) -> Rendered<'a> {
        Rendered::new(report, self.clone())
    }

    /// Writes what [`Language::explain`] says.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, rule: &dyn Rule) -> fmt::Result {
        let arguments = Arguments::of(rule);
        let ids = arguments.ids();
        match self.spoken.iter().find_map(|messages| messages.explain(&ids, &arguments)) {
            Some(text) => f.write_str(&text),
            None => rule.explain(f),
        }
    }
}

struct Explained<'a> {
    language: &'a Language,
    rule: &'a dyn Rule,
}

impl fmt::Display for Explained<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.language.write(f, self.rule)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.tag()).finish()
    }
}
