//! A report of several parts of a request: where each violation stands, and the order in which all are told.

use super::{Found, Report, Source, Step, Stored};

impl Report {
    /// Says in which part of the request the violations stand.
    pub(crate) fn place(&mut self, source: Source) {
        self.place_from(0, source);
    }

    /// Takes over the violations of another part of the request.
    pub(crate) fn append(&mut self, mut other: Self) {
        let offset = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.steps.append(&mut other.steps);
        self.truncated |= other.truncated;
        for found in other.found {
            if self.found.len() == Self::CAPACITY {
                self.truncated = true;
                return;
            }
            self.found.push(Found { steps_end: found.steps_end.saturating_add(offset), ..found });
        }
    }

    /// Puts the violations into the order of the fields that they are about. What is about none of them comes behind
    /// those of its part of the request.
    pub(crate) fn arrange(&mut self, order: &[(Source, &str)]) {
        let rank = |source: Source, steps: &[Stored]| {
            let is_it = |name: &str| match steps.last().map(Stored::step) {
                Some(Step::Field(found) | Step::Key(found)) => found == name,
                Some(Step::Index(_)) | None => false,
            };
            let exact = order.iter().position(|(part, name)| *part == source && (name.is_empty() || is_it(name)));
            exact.or_else(|| order.iter().rposition(|(part, _)| *part == source)).unwrap_or(order.len())
        };
        let mut start = 0;
        let mut arranged = Vec::with_capacity(self.found.len());
        let mut steps = std::mem::take(&mut self.steps).into_iter();
        for found in std::mem::take(&mut self.found) {
            let count = (found.steps_end as usize).saturating_sub(start);
            start = found.steps_end as usize;
            let own: Vec<Stored> = steps.by_ref().take(count).collect();
            arranged.push((rank(found.source, &own), found, own));
        }
        arranged.sort_by_key(|(rank, ..)| *rank);
        for (_, mut found, own) in arranged {
            self.steps.extend(own);
            found.steps_end = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
            self.found.push(found);
        }
    }
}
