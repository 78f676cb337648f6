//! A report in a language, without the web.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Catalogue, Language};
use crate::value::{Report, Telling, Violation};

impl Report {
    /// The report in the language of `catalogue` that serves `tag` best.
    ///
    /// ```
    /// use palisade::{language::Catalogue, rules::standing::Standing, value::{Path, Report, refuse_here}};
    ///
    /// let mut report = Report::new();
    /// refuse_here(&mut report, &Path::root().field("sku"), &Standing::Missing);
    /// let german = report.render(&Catalogue::shipped(), "de");
    /// assert_eq!(german.violations().next().unwrap().detail(), "ist erforderlich");
    /// ```
    #[must_use]
    pub fn render(&self, catalogue: &Catalogue, tag: &str) -> Rendered<'_> {
        catalogue.language(tag).render(self)
    }
}

/// A report in a language. Places, codes and parameters stay what they are.
///
/// ```
/// use palisade::{language::Catalogue, rules::standing::Standing, value::{Path, Report, refuse_here}};
///
/// let mut report = Report::new();
/// refuse_here(&mut report, &Path::root().field("sku"), &Standing::Missing);
/// let german = report.render(&Catalogue::shipped(), "de");
/// assert_eq!(german.to_string(), "/sku ist erforderlich (missing)");
/// assert_eq!(
///     serde_json::to_string(&german).unwrap(),
///     r#"[{"in":"body","pointer":"/sku","code":"missing","detail":"ist erforderlich"}]"#,
/// );
/// ```
pub struct Rendered<'a> {
    report: &'a Report,
    telling: Telling,
}

impl<'a> Rendered<'a> {
    pub(super) const fn new(report: &'a Report, language: Language) -> Self {
        Self { report, telling: Telling::translated(language) }
    }

    /// The violations, each of which tells its detail in this language.
    pub fn violations(&self) -> impl Iterator<Item = Violation<'_>> {
        self.report.told(&self.telling)
    }
}

impl Serialize for Rendered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.violations())
    }
}

/// One line, as the report's own.
impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, violation) in self.violations().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        f.write_str(if self.report.is_truncated() { "; …" } else { "" })
    }
}

impl fmt::Debug for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.report, f)
    }
}
