//! `url::Url`: a text for every rule on texts, and no longer than any browser takes.

use url::Url;

use super::reads;
use crate::{
    policy::{Form, Kind},
    value::{Measure, Path, Report, Text, Value, refuse_here},
};

/// What a URL may take, in bytes of its normal form.
const LONGEST: u64 = 2_048;

static FORM: Form = Form::new("uri", "an absolute URL of at most 2048 bytes", LONGEST, reads::<Url>);

impl Value for Url {
    const KIND: Kind = {
        const FORM: Form = Form::new("uri", "an absolute URL", LONGEST, reads::<Url>);
        Kind::Formatted(&FORM)
    };

    fn check(&self, path: &Path<'_>, report: &mut Report) {
        if LONGEST < self.as_str().len() as u64 {
            refuse_here(report, path, &FORM);
        }
    }
}

#[diagnostic::do_not_recommend]
impl Text for Url {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

#[diagnostic::do_not_recommend]
impl Measure for Url {
    fn within(&self, min: u64, max: u64) -> bool {
        self.as_str().within(min, max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_bounded_without_a_rule() {
        for (length, expected) in [(2_000, 0), (2_048, 1)] {
            let mut report = Report::new();
            let url: Url = format!("https://example.org/{}", "a".repeat(length)).parse().unwrap();
            url.check(&Path::root(), &mut report);
            assert_eq!(report.len(), expected);
        }
    }
}
