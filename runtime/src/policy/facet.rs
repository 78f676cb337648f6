//! What a rule means to a document, an exporter and the compile-time checks: a closed set.

/// One meaning of a rule. Closed: every fold over it is an exhaustive `match`.
#[derive(Debug, Clone, Copy)]
pub enum Facet {
    /// At least this many code points, items or entries.
    MinLength(u64),
    /// At most this many code points, items or entries.
    MaxLength(u64),
    /// Not below this number.
    Minimum(Bound),
    /// Not above this number.
    Maximum(Bound),
    /// Above this number.
    ExclusiveMinimum(Bound),
    /// Below this number.
    ExclusiveMaximum(Bound),
    /// A whole multiple of this number.
    MultipleOf(Bound),
    /// The whole text matches a pattern.
    Pattern(PatternFacts),
    /// A well-known form of text, by its JSON Schema `format` name.
    Format(&'static str),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// None of these texts.
    NoneOf(&'static [&'static str]),
    /// The text has another at this place, or nowhere.
    Holds(Position, &'static str),
    /// The lengths of the rule count something else than code points, which only texts have and JSON Schema cannot say.
    /// The lengths beside it say what follows for the code points.
    Unit(Unit),
    /// No two items are equal.
    Unique,
    /// Which fields of an object are there.
    Between(Relation),
    /// A cleaning step, by name, that runs before the constraints.
    Cleaned(&'static str, Leaves),
    /// A cleaning step, by name, that would change nothing: it refuses what it could clean.
    Clean(&'static str, Leaves),
    /// Texts are cut after this many code points.
    Truncated(u64),
    /// Numbers below are raised to this number.
    Raised(Bound),
    /// Numbers above are lowered to this number.
    Lowered(Bound),
    /// The cleaning steps in front refuse what they would change.
    RejectUnclean,
    /// The value is confidential: nothing about it is repeated, and documents say so.
    Sensitive,
    /// A constraint that JSON Schema cannot say, by the rule's code.
    Custom(&'static str),
}

/// Where a text has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// It begins with it.
    Start,
    /// It ends with it.
    End,
    /// It has it somewhere.
    Anywhere,
    /// It does not have it.
    Nowhere,
}

/// What a length may count where it does not count code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The bytes of UTF-8.
    Bytes,
    /// What a reader takes for one character: the extended grapheme clusters of UAX 29.
    Graphemes,
}

/// What is known of every text that a cleaning step leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// Nothing, whatever was known of the text before.
    Anything,
    /// No capital letter.
    NoCapitals,
    /// No small letter.
    NoSmallLetters,
    /// No white space at either end.
    Trimmed,
}

/// Which fields of an object are there: the names are those on the wire.
#[derive(Debug, Clone, Copy)]
pub enum Relation {
    /// The field must be there, although its type allows that it is not.
    Required,
    /// The field must be there when one of these is.
    RequiredWith(&'static [&'static str]),
    /// The field must not be there when one of these is.
    ExcludedWith(&'static [&'static str]),
    /// Of an object: one of these is there, and no second.
    ExactlyOneOf(&'static [&'static str]),
    /// Of an object: one of these is there.
    AtLeastOneOf(&'static [&'static str]),
}

/// A number that a value is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A whole number.
    Whole(i128),
    /// Any other number. It is finite.
    Fraction(f64),
}

impl Bound {
    /// Whether this number is above `other`, in const evaluation.
    pub(crate) const fn is_above(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole(left), Self::Whole(right)) => left > right,
            (left, right) => left.as_f64() > right.as_f64(),
        }
    }

    /// The nearest floating-point number.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Fraction(number) => number,
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // Wide numbers are several times as dear to write.
            Self::Whole(number) => match i64::try_from(*number) {
                Ok(number) => number.fmt(f),
                Err(_) => number.fmt(f),
            },
            Self::Fraction(number) => number.fmt(f),
        }
    }
}

/// What a pattern says about the texts it matches.
#[derive(Debug, Clone, Copy)]
pub struct PatternFacts {
    /// The pattern as written, in the portable subset of ECMA-262.
    pub source: &'static str,
    /// The fewest code points of a match.
    pub shortest: u64,
    /// The most code points of a match; `None` when there is no bound.
    pub longest: Option<u64>,
    /// Whether every match contains an ASCII capital.
    pub needs_uppercase: bool,
    /// Whether every match contains a small ASCII letter.
    pub needs_lowercase: bool,
    /// Whether every match begins or ends with white space.
    pub needs_outer_space: bool,
}

/// The facets of one sealed rule, inline so that they are constant.
///
/// ```
/// use palisade::policy::{Facet, Facets};
///
/// const FACETS: Facets = Facets::NONE.with(Facet::MinLength(1)).with(Facet::MaxLength(64));
/// assert_eq!(FACETS.into_iter().count(), 2);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Facets([Option<Facet>; Facets::CAPACITY]);

impl Facets {
    /// A rule that means nothing to a document.
    pub const NONE: Self = Self([None; Self::CAPACITY]);
    /// How many facets one rule may have.
    pub const CAPACITY: usize = 4;

    /// These facets and one more.
    ///
    /// # Panics
    /// In const evaluation, beyond [`Facets::CAPACITY`].
    #[must_use]
    #[track_caller]
    pub const fn with(self, facet: Facet) -> Self {
        // No loops here: const evaluation takes these steps for each rule of an application.
        Self(match self.0 {
            [None, ..] => [Some(facet), None, None, None],
            [first, None, ..] => [first, Some(facet), None, None],
            [first, second, None, _] => [first, second, Some(facet), None],
            [first, second, third, None] => [first, second, third, Some(facet)],
            [Some(_), Some(_), Some(_), Some(_)] => panic!("a rule has at most 4 facets: make it two rules"),
        })
    }

    /// The facets in front of `reject_unclean`: what a cleaning step would bring about is demanded.
    pub(crate) const fn demanded(mut self) -> Self {
        let mut at = 0;
        while at < Self::CAPACITY {
            self.0[at] = match self.0[at] {
                Some(Facet::Cleaned(step, leaves)) => Some(Facet::Clean(step, leaves)),
                Some(Facet::Truncated(length)) => Some(Facet::MaxLength(length)),
                Some(Facet::Raised(bound)) => Some(Facet::Minimum(bound)),
                Some(Facet::Lowered(bound)) => Some(Facet::Maximum(bound)),
                other => other,
            };
            at += 1;
        }
        self
    }

    /// Whether they are those of a cleaning step.
    pub(crate) const fn clean(&self) -> bool {
        let mut at = 0;
        while at < Self::CAPACITY {
            if matches!(self.0[at], Some(Facet::Cleaned(..))) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether they turn the cleaning steps in front into constraints.
    pub(crate) const fn reject_unclean(&self) -> bool {
        matches!(
            self.0,
            [Some(Facet::RejectUnclean), ..]
                | [_, Some(Facet::RejectUnclean), ..]
                | [_, _, Some(Facet::RejectUnclean), _]
                | [.., Some(Facet::RejectUnclean)]
        )
    }

    /// The facet at `index`, in const evaluation.
    pub(crate) const fn at(&self, index: usize) -> Option<Facet> {
        if index < Self::CAPACITY { self.0[index] } else { None }
    }

    /// The facets, `None` behind the last, in const evaluation.
    pub(crate) const fn all(&self) -> &[Option<Facet>; Self::CAPACITY] {
        &self.0
    }

    /// The facets in the order they were given.
    #[expect(clippy::should_implement_trait, reason = "the iterator has no name to implement it with")]
    pub fn into_iter(self) -> impl Iterator<Item = Facet> {
        self.0.into_iter().flatten()
    }
}
