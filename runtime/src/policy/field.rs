//! The shape of a request or response type: its fields, and the rules on them.

use std::any::TypeId;

use super::{Facet, Facets, Group, Kind, Property, Shape, Style};
use crate::rules::RuleRef;

/// The rules at one place: on a value itself, and on what it holds.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    own: &'static [RuleRef],
    each: Option<&'static Rules>,
    keys: Option<&'static Rules>,
    values: Option<&'static Rules>,
    unchecked: Option<&'static str>,
    function: Option<&'static str>,
}

impl Rules {
    /// No rule at all.
    pub const NONE: Self = Self::new(&[]);

    /// Rules on the value itself, in the order they run.
    #[must_use]
    pub const fn new(own: &'static [RuleRef]) -> Self {
        Self { own, each: None, keys: None, values: None, unchecked: None, function: None }
    }

    /// Rules on each item of a list.
    #[must_use]
    pub const fn each(self, rules: &'static Self) -> Self {
        Self { each: Some(rules), ..self }
    }

    /// Rules on the keys of a map.
    #[must_use]
    pub const fn keys(self, rules: &'static Self) -> Self {
        Self { keys: Some(rules), ..self }
    }

    /// Rules on the values of a map.
    #[must_use]
    pub const fn values(self, rules: &'static Self) -> Self {
        Self { values: Some(rules), ..self }
    }

    /// The value is taken as it comes, for this reason.
    ///
    /// # Panics
    /// In const evaluation, when the reason is empty.
    #[must_use]
    #[track_caller]
    pub const fn unchecked(self, reason: &'static str) -> Self {
        assert!(!reason.is_empty(), "`unchecked`: say why, the reason is published");
        Self { unchecked: Some(reason), ..self }
    }

    /// The value is checked by a function of this name as well.
    #[must_use]
    pub const fn checked_by(self, function: &'static str) -> Self {
        Self { function: Some(function), ..self }
    }

    /// The name of the function that checks the value as well, when there is one.
    #[must_use]
    pub const fn function(&self) -> Option<&'static str> {
        self.function
    }

    /// The rules on the value itself.
    #[must_use]
    pub const fn own(&self) -> &'static [RuleRef] {
        self.own
    }

    /// The rules on each item, when there are any.
    #[must_use]
    pub const fn on_items(&self) -> Option<&'static Self> {
        self.each
    }

    /// The rules on each key, when there are any.
    #[must_use]
    pub const fn on_keys(&self) -> Option<&'static Self> {
        self.keys
    }

    /// The rules on each value of a map, when there are any.
    #[must_use]
    pub const fn on_values(&self) -> Option<&'static Self> {
        self.values
    }

    /// Why the value is unchecked, when it is.
    #[must_use]
    pub const fn unchecked_reason(&self) -> Option<&'static str> {
        self.unchecked
    }

    /// Every facet of the rules on the value itself that hold in `group`, or in every group when there is none.
    pub fn facets(&self, group: Option<TypeId>) -> impl Iterator<Item = Facet> {
        let holds = move |rule: &&RuleRef| rule.group().map(Group::id) == group;
        self.own.iter().filter(holds).flat_map(|rule| rule.facets().into_iter())
    }

    /// The most code points, items or entries that the rules let through.
    #[must_use]
    pub const fn longest(&self) -> Option<u64> {
        let mut longest = None;
        let mut rule = 0;
        while rule < self.own.len() {
            // What holds in one group only bounds nothing in the others.
            if self.own[rule].group().is_none() {
                longest = tighter(longest, longest_of(&self.own[rule].facets()));
            }
            rule += 1;
        }
        longest
    }
}

pub(super) const fn tighter(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(if left < right { left } else { right }),
        (Some(bound), None) | (None, Some(bound)) => Some(bound),
        (None, None) => None,
    }
}

const fn longest_of(facets: &Facets) -> Option<u64> {
    let mut longest = None;
    let mut at = 0;
    while let Some(facet) = facets.at(at) {
        longest = tighter(
            longest,
            match facet {
                Facet::MaxLength(length) | Facet::Truncated(length) => Some(length),
                Facet::Pattern(pattern) => pattern.longest,
                Facet::OneOf(choices) => Some(longest_choice(choices)),
                Facet::MinLength(_)
                | Facet::Minimum(_)
                | Facet::Maximum(_)
                | Facet::ExclusiveMinimum(_)
                | Facet::ExclusiveMaximum(_)
                | Facet::MultipleOf(_)
                | Facet::NoneOf(_)
                | Facet::Holds(..)
                | Facet::Unit(_)
                | Facet::Unique
                | Facet::Between(_)
                | Facet::Format(_)
                | Facet::Cleaned(..)
                | Facet::Clean(..)
                | Facet::Raised(_)
                | Facet::Lowered(_)
                | Facet::RejectUnclean
                | Facet::Sensitive
                | Facet::Custom(_) => None,
            },
        );
        at += 1;
    }
    longest
}

const fn longest_choice(choices: &[&str]) -> u64 {
    let mut longest = 0;
    let mut at = 0;
    while at < choices.len() {
        if choices[at].len() > longest {
            longest = choices[at].len();
        }
        at += 1;
    }
    longest as u64
}

/// The rules that meet at one place: those on a field, and those that newtypes around its value carry.
pub(crate) type RuleList<'a> = &'a [&'static Rules];

/// Whether a field has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Its absence is a violation.
    Required,
    /// It may be left out.
    Optional,
}

/// What becomes of fields the type does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// They are violations.
    Refused,
    /// They are dropped, because the type says so with a reason.
    Ignored,
}

/// One field: its name on the wire, its kind, and the rules on it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    name: &'static str,
    kind: Kind,
    shape: fn() -> Shape,
    rules: &'static Rules,
    presence: Presence,
    aliases: &'static [&'static str],
    style: Option<Style>,
    flattened: bool,
    opaque: bool,
    property: Option<&'static Property>,
}

impl Field {
    /// A required field.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, shape: fn() -> Shape, rules: &'static Rules) -> Self {
        Self {
            name,
            kind,
            shape,
            rules,
            presence: Presence::Required,
            aliases: &[],
            style: None,
            flattened: false,
            opaque: false,
            property: None,
        }
    }

    /// The field may be left out.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { presence: Presence::Optional, ..self }
    }

    /// Names that the field is known by as well.
    #[must_use]
    pub const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// How the field is spelled in a query or a form.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self { style: Some(style), ..self }
    }

    /// How the field is spelled in a query or a form, where that is said.
    #[must_use]
    pub const fn declared_style(&self) -> Option<Style> {
        self.style
    }

    /// The names that the field is known by beside its own.
    #[cfg(feature = "gate")]
    pub(crate) const fn other_names(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Every name that the field is known by.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// Whether a member of this name is the field.
    #[must_use]
    pub fn answers_to(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// The fields of this field stand beside it, as with `#[serde(flatten)]`.
    #[must_use]
    pub const fn flattened(self) -> Self {
        Self { flattened: true, ..self }
    }

    /// How the field is decoded is the user's own code, so it is not explained field by field.
    #[must_use]
    pub const fn opaque(self) -> Self {
        Self { opaque: true, ..self }
    }

    /// Not every caller sees or writes it.
    #[must_use]
    pub const fn property(self, property: &'static Property) -> Self {
        Self { property: Some(property), ..self }
    }

    /// Who sees and who writes it, when not every caller does.
    #[must_use]
    pub const fn restriction(&self) -> Option<&'static Property> {
        self.property
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The kind of its type.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The shape of its type.
    #[must_use]
    pub fn shape(&self) -> Shape {
        if self.opaque { Shape::Opaque } else { (self.shape)() }
    }

    /// The rules on it.
    #[must_use]
    pub const fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// Whether it has to be there.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        self.presence
    }

    /// Whether its own fields stand in its place.
    #[must_use]
    pub const fn is_flattened(&self) -> bool {
        self.flattened
    }
}
