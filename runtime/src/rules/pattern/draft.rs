//! A program while the pattern is still being read.

use super::{
    facts::{Facts, Repeat},
    program::{Classes, ENDLESS, Program, Step},
    set::Set,
};

/// The steps so far. Once a pattern does not fit, it goes to the automaton, and what the draft holds is nobody's.
pub(super) struct Draft {
    sets: [Set; Program::CLASSES],
    steps: [Step; Program::STEPS],
    length: usize,
    /// Steps before this one belong to a group, so a run must not be merged into them.
    fence: usize,
    fits: bool,
}

impl Draft {
    pub(super) const fn new() -> Self {
        let (sets, steps) = ([Set::EMPTY; Program::CLASSES], [Step::End; Program::STEPS]);
        Self { sets, steps, length: 0, fence: 0, fits: true }
    }

    /// The program, if the pattern fits and the next character always says which way to go.
    pub(super) const fn seal(&self, facts: &Facts) -> Option<Program> {
        // The last step stays the end.
        if self.fits && self.length < Program::STEPS && facts.deterministic && facts.shows_in_bytes() {
            Some(Program::new(&self.sets, self.finished()))
        } else {
            None
        }
    }

    /// The steps, of which the last takes the rest when it would only look for the end.
    const fn finished(&self) -> [Step; Program::STEPS] {
        let mut steps = self.steps;
        if let Some(last) = self.length.checked_sub(1) {
            steps[last] = match steps[last] {
                Step::Fixed { class, count } if count < ENDLESS => Step::Rest { class, min: count, max: count },
                Step::Run { class, min, max } => Step::Rest { class, min, max },
                Step::Endless { class, min } => Step::Rest { class, min, max: ENDLESS },
                other => other,
            };
        }
        steps
    }

    /// Adds one class with its count, merged with the run before it when that takes the same bytes.
    pub(super) const fn run(&mut self, set: Set, repeat: Repeat) {
        let class = self.class(set);
        let (mut min, mut max) = (repeat.min, upper(repeat));
        if self.length > self.fence
            && let Some((before, least, most)) = span(self.steps[self.length - 1])
            && before == class
        {
            self.length -= 1;
            self.fits = self.fits && least < ENDLESS / 2 && (most == ENDLESS || most < ENDLESS / 2);
            min = min.saturating_add(least);
            max = if most == ENDLESS { ENDLESS } else { max.saturating_add(most) };
        }
        self.push(match (set.is_ascii(), max) {
            (true, _) if min == max => Step::Fixed { class, count: min },
            (true, ENDLESS) => Step::Endless { class, min },
            (true, _) => Step::Run { class, min, max },
            (false, _) if min == max => Step::FixedText { class, count: min },
            (false, ENDLESS) => Step::EndlessText { class, min },
            (false, _) => Step::Text { class, min, max },
        });
    }

    /// A group begins here, or an alternative does.
    pub(super) const fn open(&mut self) -> usize {
        self.fence = self.length;
        self.length
    }

    /// The group that began at `start` is complete and repeated.
    pub(super) const fn close(&mut self, start: usize, facts: &Facts, repeat: Repeat) {
        let class = self.classes(facts.first);
        let back = self.length - start + 1;
        match repeat {
            Repeat { max: Some(1), .. } => {}
            Repeat { min: 0 | 1, max: None } => self.push(Step::Again { class, back: back as u16 }),
            Repeat { min, .. } => {
                // There is one counter.
                self.fits = self.fits && !self.counts(start);
                self.push(Step::Count { class, back: back as u8, min, max: upper(repeat) });
            }
        }
        if repeat.min == 0 {
            let skip = (self.length - start) as u16;
            self.insert(start, Step::Enter { class, skip });
        }
        self.fence = self.length;
    }

    /// The alternative that began at `start` is complete and another follows.
    pub(super) const fn branch(&mut self, start: usize, facts: &Facts) {
        let skip = (self.length - start + 1) as u16;
        self.insert(start, Step::Enter { class: self.classes(facts.first), skip });
        self.push(Step::Skip { skip: 0 });
        self.fence = self.length;
    }

    /// All alternatives are complete: the first `branches` of them skip those behind them.
    pub(super) const fn join(&mut self, start: usize, branches: usize) {
        let mut at = start;
        let mut branch = 0;
        while branch < branches
            && self.fits
            && let Step::Enter { skip, .. } = self.steps[at]
        {
            at += skip as usize;
            self.steps[at] = Step::Skip { skip: (self.length - at - 1) as u16 };
            at += 1;
            branch += 1;
        }
        self.fence = self.length;
    }

    /// The bit of this class, which may be new.
    const fn class(&mut self, set: Set) -> Classes {
        let mut at = 0;
        while at < Program::CLASSES {
            if self.sets[at].is_empty() {
                self.sets[at] = set;
            }
            if self.sets[at].covers(set) && set.covers(self.sets[at]) {
                return 1 << at;
            }
            at += 1;
        }
        self.fits = false;
        0
    }

    /// The bits of a set that is made of classes.
    const fn classes(&self, set: Set) -> Classes {
        let mut classes = 0;
        let mut at = 0;
        while at < Program::CLASSES && !self.sets[at].is_empty() {
            if set.covers(self.sets[at]) {
                classes |= 1 << at;
            }
            at += 1;
        }
        classes
    }

    const fn counts(&self, start: usize) -> bool {
        let mut at = start;
        while at < self.length {
            if let Step::Count { .. } = self.steps[at] {
                return true;
            }
            at += 1;
        }
        false
    }

    const fn insert(&mut self, start: usize, step: Step) {
        self.push(step);
        let mut at = self.length - 1;
        while self.fits && at > start {
            self.steps[at] = self.steps[at - 1];
            at -= 1;
        }
        if self.fits {
            self.steps[start] = step;
        }
    }

    const fn push(&mut self, step: Step) {
        if self.length < Program::STEPS {
            self.steps[self.length] = step;
            self.length += 1;
        } else {
            self.fits = false;
        }
    }
}

const fn upper(repeat: Repeat) -> u16 {
    match repeat.max {
        Some(max) => max,
        None => ENDLESS,
    }
}

/// Class, least and most of a step that takes bytes.
const fn span(step: Step) -> Option<(Classes, u16, u16)> {
    match step {
        Step::Fixed { class, count } | Step::FixedText { class, count } => Some((class, count, count)),
        Step::Run { class, min, max } | Step::Text { class, min, max } => Some((class, min, max)),
        Step::Endless { class, min } | Step::EndlessText { class, min } => Some((class, min, ENDLESS)),
        Step::Rest { .. } | Step::Enter { .. } | Step::Again { .. } | Step::Count { .. } | Step::Skip { .. } | Step::End => None,
    }
}
