//! A property that not every caller sees or writes: to whom it is shown, how the others see it, and who may give it.

#[cfg(feature = "gate")]
pub use super::endpoints::Access as Demand;

/// A demand on the caller. Without the feature `gate` there are no callers, and so no demands.
#[cfg(not(feature = "gate"))]
#[derive(Debug, Clone, Copy)]
pub enum Demand {}

/// Who sees and who writes a property.
///
/// ```
/// use palisade::policy::{Masking, Property, Seen};
///
/// static CARD: Property = Property::new("card").masked(Masking::new().last(4));
/// assert!(matches!(CARD.seen(), Seen::Masked(_)));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Property {
    name: &'static str,
    seen: Seen,
    written: Option<&'static Demand>,
}

/// How callers see a property.
#[derive(Debug, Clone, Copy)]
pub enum Seen {
    /// As it is.
    Whole,
    /// Not at all.
    Never,
    /// Those who satisfy the demand as it is, the others not at all.
    By(&'static Demand),
    /// Masked.
    Masked(Masking),
    /// Those who satisfy the demand as it is, the others masked.
    MaskedUnless(Masking, &'static Demand),
}

impl Property {
    /// A property that everybody sees and writes, by its name where it leaves.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, seen: Seen::Whole, written: None }
    }

    /// Shown as it is to callers who satisfy `demand` only.
    #[must_use]
    pub const fn visible(self, demand: &'static Demand) -> Self {
        let seen = match self.seen {
            Seen::Whole | Seen::By(_) => Seen::By(demand),
            Seen::Never => Seen::Never,
            Seen::Masked(masking) | Seen::MaskedUnless(masking, _) => Seen::MaskedUnless(masking, demand),
        };
        Self { seen, ..self }
    }

    /// Masked, for whom it is not shown as it is.
    #[must_use]
    pub const fn masked(self, masking: Masking) -> Self {
        let seen = match self.seen {
            Seen::Whole | Seen::Masked(_) => Seen::Masked(masking),
            Seen::Never => Seen::Never,
            Seen::By(demand) | Seen::MaskedUnless(_, demand) => Seen::MaskedUnless(masking, demand),
        };
        Self { seen, ..self }
    }

    /// Shown to nobody.
    #[must_use]
    pub const fn never(self) -> Self {
        Self { seen: Seen::Never, ..self }
    }

    /// Given by callers who satisfy `demand` only.
    #[must_use]
    pub const fn writable(self, demand: &'static Demand) -> Self {
        Self { written: Some(demand), ..self }
    }

    /// Its name on the wire, where it leaves.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How callers see it.
    #[must_use]
    pub const fn seen(&self) -> Seen {
        self.seen
    }

    /// What a caller has to satisfy to give it, when there is something.
    #[must_use]
    pub const fn written(&self) -> Option<&'static Demand> {
        self.written
    }
}

/// How a text is made unreadable: each character becomes `*`, but for the last ones.
///
/// ```
/// use palisade::policy::Masking;
///
/// const LAST_FOUR: Masking = Masking::new().last(4);
/// assert_eq!(LAST_FOUR.mask("4111111111111111"), "************1111");
/// // A text that would be shown whole is not shown at all.
/// assert_eq!(LAST_FOUR.mask("4111"), "****");
/// assert_eq!(Masking::new().mask("grün"), "****");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Masking {
    last: usize,
}

impl Masking {
    /// Every character is masked.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a policy has no default")]
    pub const fn new() -> Self {
        Self { last: 0 }
    }

    /// But the last so many code points.
    ///
    /// # Panics
    /// In const evaluation, when there are none.
    #[must_use]
    #[track_caller]
    pub const fn last(self, count: usize) -> Self {
        assert!(0 < count, "`last`: write how many characters stay readable, or `mask` alone for none");
        Self { last: count }
    }

    /// How many code points at the end stay readable.
    #[must_use]
    pub const fn readable(&self) -> usize {
        self.last
    }

    /// The text with all else masked. A text of no more than the readable code points is masked whole.
    #[must_use]
    pub fn mask(&self, text: &str) -> String {
        let count = text.chars().count();
        let masked = if self.last < count { count - self.last } else { count };
        let mut shown = "*".repeat(masked);
        shown.extend(text.chars().skip(masked));
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_keeps_the_length_and_shows_the_end() {
        let cases = [("", ""), ("1", "*"), ("1234", "****"), ("12345", "*2345"), ("äöüßéñ", "**üßéñ")];
        for (text, expected) in cases {
            assert_eq!(Masking::new().last(4).mask(text), expected);
        }
    }

    #[test]
    fn the_order_of_what_is_said_does_not_matter() {
        const MASKING: Masking = Masking::new().last(2);
        let masked = Property::new("a").masked(MASKING);
        assert!(matches!(masked.seen(), Seen::Masked(masking) if masking.readable() == 2));
        assert!(matches!(masked.never().seen(), Seen::Never));
        assert!(matches!(Property::new("a").never().masked(MASKING).seen(), Seen::Never));
    }
}
