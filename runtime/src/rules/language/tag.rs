//! Whether a text is a valid language tag: the grammar of RFC 5646, section 2.1, with the registry at each subtag.

use super::registry;

/// One subtag in lower case. The longest have eight letters and digits.
#[derive(Clone, Copy)]
struct Subtag {
    bytes: [u8; 8],
    length: usize,
}

impl Subtag {
    fn read(text: &str) -> Option<Self> {
        let mut bytes = [0; 8];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        bytes.make_ascii_lowercase();
        let formed = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        formed.then_some(Self { bytes, length: text.len() })
    }

    fn text(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    fn is_alphabetic(&self) -> bool {
        self.text().bytes().all(|byte| byte.is_ascii_lowercase())
    }

    fn is_numeric(&self) -> bool {
        self.text().bytes().all(|byte| byte.is_ascii_digit())
    }

    fn has_variant_form(&self) -> bool {
        match self.length {
            4 => self.text().starts_with(|first: char| first.is_ascii_digit()),
            length => length >= 5,
        }
    }
}

/// The variants and extensions of a tag so far.
struct Seen {
    variants: [Option<Subtag>; Self::MOST],
    extensions: u64,
}

impl Seen {
    /// A tag of 35 characters has no room for more variants.
    const MOST: usize = 8;

    /// Whether the variant is new, and there is room to remember it.
    fn add_variant(&mut self, variant: Subtag) -> bool {
        if self.variants.iter().flatten().any(|seen| seen.text() == variant.text()) {
            return false;
        }
        match self.variants.iter_mut().find(|seen| seen.is_none()) {
            Some(room) => {
                *room = Some(variant);
                true
            }
            None => false,
        }
    }

    /// Whether the extension is new.
    fn add_extension(&mut self, singleton: Subtag) -> bool {
        let [letter, ..] = singleton.bytes;
        let bit = if letter.is_ascii_digit() { letter - b'0' } else { 10 + (letter - b'a') };
        let is_new = self.extensions & 1 << bit == 0;
        self.extensions |= 1 << bit;
        is_new
    }
}

pub(super) fn is_valid(tag: &str) -> bool {
    registry::is_grandfathered(tag) || is_valid_langtag(tag).is_some()
}

/// `None` at the first subtag that does not belong.
fn is_valid_langtag(tag: &str) -> Option<()> {
    // Read ahead, so that one ill-formed subtag refuses the tag wherever it stands.
    if !tag.split('-').all(|subtag| Subtag::read(subtag).is_some()) {
        return None;
    }
    let mut subtags = tag.split('-').filter_map(Subtag::read).peekable();
    let language = subtags.next()?;
    holds(registry::is_language(language.text()))?;
    if let Some(extended) = subtags.next_if(|subtag| subtag.length == 3 && subtag.is_alphabetic()) {
        holds(registry::is_extended_language(extended.text()))?;
    }
    if let Some(script) = subtags.next_if(|subtag| subtag.length == 4 && subtag.is_alphabetic()) {
        holds(registry::is_script(script.text()))?;
    }
    let is_region = |subtag: &Subtag| match subtag.length {
        2 => subtag.is_alphabetic(),
        length => length == 3 && subtag.is_numeric(),
    };
    if let Some(region) = subtags.next_if(is_region) {
        holds(registry::is_region(region.text()))?;
    }
    let mut seen = Seen { variants: [None; Seen::MOST], extensions: 0 };
    while let Some(variant) = subtags.next_if(Subtag::has_variant_form) {
        holds(registry::is_variant(variant.text()) && seen.add_variant(variant))?;
    }
    while let Some(singleton) = subtags.next_if(|subtag| subtag.length == 1 && subtag.text() != "x") {
        holds(seen.add_extension(singleton))?;
        subtags.next_if(|subtag| subtag.length >= 2)?;
        while subtags.next_if(|subtag| subtag.length >= 2).is_some() {}
    }
    match subtags.next() {
        None => Some(()),
        // Private use: at least one subtag, and all that follow.
        Some(singleton) => holds(singleton.text() == "x" && subtags.next().is_some()),
    }
}

fn holds(condition: bool) -> Option<()> {
    condition.then_some(())
}
