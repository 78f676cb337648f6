//! The messages of one language: layers of Fluent resources, of which a later one wins.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
};

use fluent_bundle::{
    FluentArgs, FluentError, FluentResource,
    concurrent::FluentBundle,
    resolver::errors::{ReferenceKind, ResolverError},
};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use super::{
    arguments::{Arguments, Words},
    error::CatalogueError,
    spans,
};

/// What is said in one language.
pub(super) struct Messages {
    tag: String,
    language: LanguageIdentifier,
    layers: Vec<Arc<FluentResource>>,
    /// The layer that a message stands in.
    found: HashMap<String, usize>,
    bundle: FluentBundle<Arc<FluentResource>>,
    words: Words,
}

impl Messages {
    /// A language in which nothing is said yet.
    pub(super) fn none(language: LanguageIdentifier) -> Self {
        Self::layered(language, Vec::new())
    }

    /// The same messages and those of `source`, which win.
    pub(super) fn with(&self, source: String) -> Result<Self, CatalogueError> {
        let resource = parse(&self.tag, source)?;
        let added = unique(&self.tag, &resource)?;
        let messages = self.with_layer(resource);
        added.iter().try_for_each(|id| messages.try_out(id))?;
        Ok(messages)
    }

    /// The same messages and those of `resource`, whatever it refers to.
    pub(super) fn with_layer(&self, resource: FluentResource) -> Self {
        let mut layers = self.layers.clone();
        layers.push(Arc::new(resource));
        Self::layered(self.language.clone(), layers)
    }

    fn layered(language: LanguageIdentifier, layers: Vec<Arc<FluentResource>>) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
        // The marks would be part of the text in JSON, where nothing mixes directions unawares.
        bundle.set_use_isolating(false);
        // A new bundle has no function that these could meet.
        let _ = bundle.add_function("UNIT", spans::unit);
        let _ = bundle.add_function("COUNT", spans::count);
        let mut found = HashMap::new();
        for (at, layer) in layers.iter().enumerate() {
            bundle.add_resource_overriding(Arc::clone(layer));
            found.extend(ids(layer).map(|id| (id.to_owned(), at)));
        }
        let word =
            |id, otherwise: &str| format_message(&bundle, id, None).ok().flatten().unwrap_or_else(|| otherwise.into());
        let words = Words {
            comma: word("list-comma", ", "),
            or: word("list-or", ", "),
            and: word("list-and", ", "),
            point: word("number-point", "."),
        };
        Self { tag: language.to_string(), language, layers, found, bundle, words }
    }

    /// The language's tag in its canonical case.
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    pub(super) const fn language(&self) -> &LanguageIdentifier {
        &self.language
    }

    /// The message of this name, if it can do without arguments.
    pub(super) fn text(&self, id: &str) -> Option<String> {
        format_message(&self.bundle, id, None).ok().flatten()
    }

    /// What is said of a broken rule: by the latest layer that says something, as specially as it can.
    pub(super) fn explain(&self, ids: &[String], arguments: &Arguments) -> Option<String> {
        let mut known: Vec<_> = ids.iter().filter_map(|id| Some((*self.found.get(id)?, id))).collect();
        known.sort_by_key(|(layer, _)| std::cmp::Reverse(*layer));
        let arguments = arguments.in_words(&self.words);
        known.iter().find_map(|(_, id)| format_message(&self.bundle, id, Some(&arguments)).ok().flatten())
    }

    /// Whether everything that a message refers to is there, as far as it can be told without arguments.
    fn try_out(&self, id: &str) -> Result<(), CatalogueError> {
        let Err(errors) = format_message(&self.bundle, id, None) else { return Ok(()) };
        match errors.iter().find(|error| !awaits_argument(error)) {
            None => Ok(()),
            Some(error) => {
                Err(CatalogueError::Reference { tag: self.tag.clone(), id: id.to_owned(), reason: error.to_string() })
            }
        }
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").field("tag", &self.tag).field("count", &self.found.len()).finish_non_exhaustive()
    }
}

/// A message that lacks something would show a hole: it is an error, and nothing if it is not there at all.
fn format_message(
    bundle: &FluentBundle<Arc<FluentResource>>,
    id: &str,
    arguments: Option<&FluentArgs<'_>>,
) -> Result<Option<String>, Vec<FluentError>> {
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { return Ok(None) };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
    if errors.is_empty() { Ok(Some(text)) } else { Err(errors) }
}

fn awaits_argument(error: &FluentError) -> bool {
    matches!(error, FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { .. })))
}

fn parse(tag: &str, source: String) -> Result<FluentResource, CatalogueError> {
    FluentResource::try_new(source).map_err(|(resource, errors)| {
        let (start, reason) =
            errors.first().map_or((0, String::new()), |error| (error.pos.start, error.kind.to_string()));
        let before = resource.source().bytes().take(start);
        let line = 1 + before.filter(|byte| *byte == b'\n').count();
        CatalogueError::Syntax { tag: tag.to_owned(), line, reason }
    })
}

/// The names of the messages, of which no two are the same.
fn unique(tag: &str, resource: &FluentResource) -> Result<Vec<String>, CatalogueError> {
    let mut seen = HashSet::new();
    match ids(resource).find(|id| !seen.insert(*id)) {
        None => Ok(ids(resource).map(str::to_owned).collect()),
        Some(id) => Err(CatalogueError::Duplicate { tag: tag.to_owned(), id: id.to_owned() }),
    }
}

pub(super) fn ids(resource: &FluentResource) -> impl Iterator<Item = &str> {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        Entry::Term(_)
        | Entry::Comment(_)
        | Entry::GroupComment(_)
        | Entry::ResourceComment(_)
        | Entry::Junk { .. } => None,
    })
}
