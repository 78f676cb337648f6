//! Where a rule and the suite disagree, and why.

/// Texts that one rule judges otherwise than the suite.
pub(crate) struct Known {
    pub(crate) rule: &'static str,
    pub(crate) why: &'static str,
    pub(crate) texts: &'static [&'static str],
}

pub(crate) const ROWS: &[Known] = &[];

/// Each rule and text.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.iter().flat_map(|known| known.texts.iter().map(|text| (known.rule, *text)))
}

pub(crate) fn find(rule: &str, text: &str) -> Option<(&'static str, &'static str)> {
    all().find(|known| *known == (rule, text))
}
