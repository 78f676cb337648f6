//! What is asked of a whole request once each of its parts is there: how they stand to each other.

use crate::value::{Findings, Path, Report, Source, Value};

/// A request that is one type. `#[secure(..)]` on a struct implements it.
pub trait Whole {
    /// Its fields in source order, as the wire names them.
    const ORDER: &'static [(Source, &'static str)];

    /// Reports how its parts do not fit.
    fn consider(&self, report: &mut Report);
}

/// What the rules on the fields of one part `P` say about the others.
pub trait Relates<P> {
    /// Reports it, the places being those within the part.
    fn relate(&self, path: &Path<'_>, report: &mut Report);
}

/// Asks the rules of the part `P`, which stands in `source`.
pub fn relate<P: Value, R: Relates<P>>(request: &R, source: Source, report: &mut Report) {
    let mut found = Report::in_surroundings(report.surroundings());
    request.relate(&Path::root(), &mut found);
    if !found.is_empty() {
        found.hide_sensitive(P::shape());
        found.place(source);
        report.append(found);
    }
}

/// Asks the user's own function, once nothing else is wrong.
pub fn consider<R>(request: &R, report: &mut Report, check: impl FnOnce(&R, &mut Findings<'_>)) {
    if report.is_empty() {
        check(request, &mut Findings::new(&Path::root(), report));
    }
}
