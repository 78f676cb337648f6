//! What is known about every text that a part of a pattern matches, composed from its parts.

use super::{class::Class, set::Set};

/// How often a part is repeated.
#[derive(Clone, Copy)]
pub(super) struct Repeat {
    pub(super) min: u16,
    pub(super) max: Option<u16>,
}

impl Repeat {
    /// RE2, which many gateways use, refuses more; so does Go.
    pub(super) const HIGHEST: u16 = 1_000;
    pub(super) const ONCE: Self = Self { min: 1, max: Some(1) };

    pub(super) const fn is_fixed(self) -> bool {
        matches!(self.max, Some(max) if max == self.min)
    }

    pub(super) const fn is_once(self) -> bool {
        self.is_fixed() && self.min == 1
    }

    /// At most one turn, so that no turn can follow another.
    pub(super) const fn is_single(self) -> bool {
        matches!(self.max, Some(1))
    }

    /// The copies an automaton makes of what is repeated.
    const fn copies(self) -> u64 {
        match self.max {
            Some(max) => max as u64,
            None if self.min == 0 => 1,
            None => self.min as u64,
        }
    }
}

/// How non-empty matches begin and end: one bit for each pair that occurs.
#[derive(Clone, Copy)]
struct Edges(u8);

impl Edges {
    const PLAIN_PLAIN: u8 = 1;
    const PLAIN_SPACE: u8 = 2;
    const SPACE_PLAIN: u8 = 4;
    const SPACE_SPACE: u8 = 8;

    /// What matches of `self` followed by matches of `next` begin and end with.
    const fn then(self, next: Self) -> Self {
        let begins_plain = self.0 & (Self::PLAIN_PLAIN | Self::PLAIN_SPACE) != 0;
        let begins_space = self.0 & (Self::SPACE_PLAIN | Self::SPACE_SPACE) != 0;
        let ends_plain = next.0 & (Self::PLAIN_PLAIN | Self::SPACE_PLAIN) != 0;
        let ends_space = next.0 & (Self::PLAIN_SPACE | Self::SPACE_SPACE) != 0;
        let mut pairs = 0;
        if begins_plain && ends_plain {
            pairs |= Self::PLAIN_PLAIN;
        }
        if begins_plain && ends_space {
            pairs |= Self::PLAIN_SPACE;
        }
        if begins_space && ends_plain {
            pairs |= Self::SPACE_PLAIN;
        }
        if begins_space && ends_space {
            pairs |= Self::SPACE_SPACE;
        }
        Self(pairs)
    }
}

/// The facts about one part of a pattern. Lengths count code points.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) min: u64,
    pub(super) max: Option<u64>,
    /// What a match may begin with.
    pub(super) first: Set,
    /// What may make a longer match of a complete one. Never less than the truth.
    extend: Set,
    /// Every character that occurs.
    all: Set,
    /// The next character always says which way to go, so nothing is ever tried twice.
    pub(super) deterministic: bool,
    pub(super) requires_uppercase: bool,
    pub(super) requires_lowercase: bool,
    edges: Edges,
    /// The states of an automaton, about.
    pub(super) width: u64,
    /// The deepest product of nested counts.
    pub(super) copies: u64,
}

impl Facts {
    /// About the empty text: what a sequence begins with.
    pub(super) const NOTHING: Self = Self {
        min: 0,
        max: Some(0),
        first: Set::EMPTY,
        extend: Set::EMPTY,
        all: Set::EMPTY,
        deterministic: true,
        requires_uppercase: false,
        requires_lowercase: false,
        edges: Edges(0),
        width: 0,
        copies: 1,
    };

    /// About one character.
    pub(super) const fn of(class: &Class) -> Self {
        let set = class.set();
        let (space_beyond, other_beyond) = class.spaces_beyond();
        let mut edges = 0;
        if other_beyond || set.has_ascii_other_than_space() {
            edges |= Edges::PLAIN_PLAIN;
        }
        if space_beyond || set.has_ascii_space() {
            edges |= Edges::SPACE_SPACE;
        }
        Self {
            min: 1,
            max: Some(1),
            first: set,
            all: set,
            requires_uppercase: set.only_uppercase(),
            requires_lowercase: set.only_lowercase(),
            edges: Edges(edges),
            width: class.width(),
            ..Self::NOTHING
        }
    }

    /// This part, then the next.
    pub(super) const fn then(self, next: Self) -> Self {
        // Every sequence begins with nothing, which adds nothing.
        if matches!(self.max, Some(0)) {
            return next;
        }
        let all = self.all.union(next.all);
        let clear = !self.extend.meets(next.first);
        let extend = match (clear, next.is_nullable()) {
            // Where the parts cannot be told apart, any character may continue a match.
            (false, _) => all,
            (true, true) => next.extend.union(self.extend),
            (true, false) => next.extend,
        };
        let mut edges = self.edges.then(next.edges).0;
        if self.is_nullable() {
            edges |= next.edges.0;
        }
        if next.is_nullable() {
            edges |= self.edges.0;
        }
        Self {
            min: self.min + next.min,
            max: sum(self.max, next.max),
            first: if self.is_nullable() { self.first.union(next.first) } else { self.first },
            extend,
            all,
            deterministic: self.deterministic && next.deterministic && clear,
            requires_uppercase: self.requires_uppercase || next.requires_uppercase,
            requires_lowercase: self.requires_lowercase || next.requires_lowercase,
            edges: Edges(edges),
            width: self.width.saturating_add(next.width),
            copies: if self.copies < next.copies { next.copies } else { self.copies },
        }
    }

    /// This part or the other.
    pub(super) const fn or(self, other: Self) -> Self {
        let all = self.all.union(other.all);
        let clear = !self.first.meets(other.first) && !self.is_nullable() && !other.is_nullable();
        Self {
            min: if other.min < self.min { other.min } else { self.min },
            max: match (self.max, other.max) {
                (Some(left), Some(right)) => Some(if left < right { right } else { left }),
                (None, _) | (_, None) => None,
            },
            first: self.first.union(other.first),
            extend: if clear { self.extend.union(other.extend) } else { all },
            all,
            deterministic: self.deterministic && other.deterministic && clear,
            requires_uppercase: self.requires_uppercase && other.requires_uppercase,
            requires_lowercase: self.requires_lowercase && other.requires_lowercase,
            edges: Edges(self.edges.0 | other.edges.0),
            width: self.width.saturating_add(other.width),
            copies: if self.copies < other.copies { other.copies } else { self.copies },
        }
    }

    /// This part, several times.
    pub(super) const fn repeat(self, repeat: Repeat) -> Self {
        let twice = self.edges.then(self.edges).0;
        let edges = match (repeat.is_single(), repeat.min >= 2 && !self.is_nullable()) {
            (true, _) => self.edges.0,
            (false, true) => twice,
            (false, false) => self.edges.0 | twice,
        };
        Self {
            min: self.min * repeat.min as u64,
            max: match (self.max, repeat.max) {
                (Some(0), _) => Some(0),
                (Some(length), Some(turns)) => Some(length.saturating_mul(turns as u64)),
                (None, _) | (_, None) => None,
            },
            first: self.first,
            extend: match (self.turns_are_clear(repeat), repeat.is_fixed()) {
                (false, _) => self.all,
                (true, true) => self.extend,
                (true, false) => self.extend.union(self.first),
            },
            all: self.all,
            deterministic: self.deterministic && self.turns_are_clear(repeat),
            requires_uppercase: repeat.min > 0 && self.requires_uppercase,
            requires_lowercase: repeat.min > 0 && self.requires_lowercase,
            edges: Edges(edges),
            width: self.width.saturating_mul(repeat.copies()),
            copies: self.copies.saturating_mul(repeat.copies()),
        }
    }

    /// Whether an engine that backtracks, such as a reader of the document may use, could try more ways than a
    /// short text has characters.
    pub(super) const fn explodes(&self, repeat: Repeat) -> bool {
        if self.turns_are_clear(repeat) {
            return false;
        }
        let (Some(longest), Some(turns)) = (self.max, repeat.max) else {
            return true;
        };
        let mut ways = 1u64;
        let mut turn = 0;
        while turn < turns && ways <= Self::HARMLESS_WAYS {
            ways = ways.saturating_mul(longest - self.min + 1);
            turn += 1;
        }
        ways > Self::HARMLESS_WAYS
    }

    /// Whether bytes tell the characters apart.
    pub(super) const fn shows_in_bytes(&self) -> bool {
        self.all.shows_in_bytes()
    }

    pub(super) const fn requires_outer_space(&self) -> bool {
        !self.is_nullable() && self.edges.0 & Edges::PLAIN_PLAIN == 0
    }

    const HARMLESS_WAYS: u64 = 10_000;

    /// Whether the next character tells a turn that goes on from a new one.
    const fn turns_are_clear(&self, repeat: Repeat) -> bool {
        repeat.is_single() || (!self.extend.meets(self.first) && !self.is_nullable())
    }

    const fn is_nullable(&self) -> bool {
        self.min == 0
    }
}

const fn sum(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.saturating_add(right)),
        (None, _) | (_, None) => None,
    }
}
