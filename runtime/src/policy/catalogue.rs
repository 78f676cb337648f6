//! What `#[derive(Scopes)]` and `#[derive(Roles)]` compile to: the closed list of names an API knows.

use super::{Mask, Message};

/// An enum that `#[derive(Scopes)]` or `#[derive(Roles)]` made a catalogue.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no catalogue of scopes or roles",
    label = "its variants name nothing an issuer could grant",
    note = "derive `Scopes` or `Roles` for the enum, and name each variant: `#[secure(\"orders:read\")]`"
)]
pub trait Listed {
    /// Its entries, in the order of the variants.
    const CATALOGUE: &'static Catalogue;

    /// The place of this variant among them: its bit.
    fn index(&self) -> usize;
}

/// An enum of scopes: what a token is good for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no catalogue of scopes",
    label = "a scope was expected here",
    note = "derive `Scopes` for the enum; a role is demanded by `role = ..`"
)]
pub trait Scopes: Listed {
    /// Its entries, as an API asks for them.
    const SCOPES: &'static Catalogue = Self::CATALOGUE;
}

/// An enum of roles: what a caller is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no catalogue of roles",
    label = "a role was expected here",
    note = "derive `Roles` for the enum; a scope is demanded by `scope = ..`"
)]
pub trait Roles: Listed {
    /// Its entries, as an API asks for them.
    const ROLES: &'static Catalogue = Self::CATALOGUE;
}

/// One scope or role: its name on the wire, what it is for, and what else it grants.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    name: &'static str,
    description: &'static str,
    implies: Mask,
}

impl Entry {
    /// An entry with its wire name and the text of its doc comment.
    #[must_use]
    pub const fn new(name: &'static str, description: &'static str) -> Self {
        Self { name, description, implies: Mask::EMPTY }
    }

    /// The same entry, granting the entry at `index` as well.
    #[must_use]
    pub const fn implies(mut self, index: usize) -> Self {
        self.implies = self.implies.with(index);
        self
    }

    /// The name on the wire, such as `orders:read`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it is for, from the doc comment.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }
}

/// The scopes or the roles of an API, checked when the crate is compiled.
#[derive(Debug)]
pub struct Catalogue {
    word: &'static str,
    entries: &'static [Entry],
}

impl Catalogue {
    /// A catalogue; `word` is what one entry is called in messages: `scope` or `role`.
    ///
    /// # Panics
    /// In const evaluation, when there are too many entries, a name is empty, malformed or said twice, or
    /// entries imply each other in a circle.
    #[must_use]
    #[track_caller]
    pub const fn new(word: &'static str, entries: &'static [Entry]) -> Self {
        let catalogue = Self { word, entries };
        catalogue.assert_names();
        catalogue.assert_no_cycle();
        catalogue
    }

    /// The entries in the order of declaration.
    #[must_use]
    pub const fn entries(&self) -> &'static [Entry] {
        self.entries
    }

    /// The entry at `index`, when the catalogue reaches that far.
    #[must_use]
    pub const fn entry(&self, index: usize) -> Option<&'static Entry> {
        if index < self.entries.len() { Some(&self.entries[index]) } else { None }
    }

    /// The entry at `index` and everything it implies, however far.
    #[must_use]
    pub const fn closure(&self, index: usize) -> Mask {
        let mut mask = Mask::EMPTY.with(index);
        loop {
            let mut grown = mask;
            let mut at = 0;
            while at < self.entries.len() {
                if mask.contains(at) {
                    grown = grown.union(self.entries[at].implies);
                }
                at += 1;
            }
            if grown.bits() == mask.bits() {
                return mask;
            }
            mask = grown;
        }
    }

    /// The set that `names` grant, implied entries included. Names the catalogue lacks grant nothing.
    pub fn mask<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Mask {
        let index = |name| self.entries.iter().position(|entry| entry.name == name);
        names.into_iter().filter_map(index).fold(Mask::EMPTY, |mask, index| mask.union(self.closure(index)))
    }

    /// The names in `mask`, in the order of declaration.
    pub fn names(&self, mask: Mask) -> impl Iterator<Item = &'static str> {
        mask.indexes().filter_map(|index| self.entry(index)).map(Entry::name)
    }

    #[track_caller]
    const fn assert_names(&self) {
        if self.entries.len() > Mask::CAPACITY {
            panic!("a catalogue holds at most 128 entries: split the API");
        }
        let mut at = 0;
        while at < self.entries.len() {
            let name = self.entries[at].name;
            if !is_token(name.as_bytes()) {
                Message::new(self.word)
                    .text(" ")
                    .quoted(name)
                    .text(": write visible ASCII without spaces, quotes or backslashes (RFC 6749, section 3.3)")
                    .panic();
            }
            let mut before = 0;
            while before < at {
                if same(self.entries[before].name, name) {
                    Message::new(self.word)
                        .text(" ")
                        .quoted(name)
                        .text(" is declared twice: give each variant a name of its own")
                        .panic();
                }
                before += 1;
            }
            at += 1;
        }
    }

    #[track_caller]
    const fn assert_no_cycle(&self) {
        let mut at = 0;
        while at < self.entries.len() {
            let mut implied = 0;
            while implied < self.entries.len() {
                if self.entries[at].implies.contains(implied) && self.closure(implied).contains(at) {
                    if at == implied {
                        Message::new(self.word)
                            .text(" ")
                            .quoted(self.entries[at].name)
                            .text(" implies itself: remove that from its `implies`")
                            .panic();
                    }
                    Message::new(self.word)
                        .text(" ")
                        .quoted(self.entries[at].name)
                        .text(" implies ")
                        .quoted(self.entries[implied].name)
                        .text(", which implies it back: remove one `implies`")
                        .panic();
                }
                implied += 1;
            }
            at += 1;
        }
    }
}

/// RFC 6749, section 3.3: `%x21 / %x23-5B / %x5D-7E`, at least one.
const fn is_token(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if !matches!(name[at], 0x21 | 0x23..=0x5B | 0x5D..=0x7E) {
            return false;
        }
        at += 1;
    }
    !name.is_empty()
}

/// Whether two texts are equal, in const evaluation.
pub(crate) const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}
