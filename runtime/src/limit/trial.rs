//! One charge tried on one slot: what it came to, and what was there before.

use super::{
    Charge, Standing,
    quota::{Arrival, Quota, Verdict},
    table::{Place, Shelf, Slot, Spot},
};

/// Whose slot it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bucket {
    /// The slot of this fingerprint, or one that it takes over.
    Own(u32),
    /// A slot of whoever has none.
    Shared,
}

/// One charge as it was tried. An admitted one is written already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trial {
    time: u64,
    before: Slot,
    arrival: Arrival,
    verdict: Verdict,
}

impl Trial {
    /// Tries a charge on the slot that it has or may take on a shelf, if there is one.
    pub(super) fn on(shelf: &mut Shelf, place: Place, charge: &Charge<'_>, time: u64) -> Option<(Spot, Self)> {
        let spot = shelf.find(place, time)?;
        Some((spot, Self::run(shelf.slot(spot)?, Bucket::Own(place.fingerprint()), charge, time)))
    }

    pub(super) fn run(slot: &mut Slot, bucket: Bucket, charge: &Charge<'_>, time: u64) -> Self {
        let before = *slot;
        let arrival = match bucket {
            Bucket::Own(fingerprint) => before.arrival_of(fingerprint),
            Bucket::Shared => before.arrival(),
        };
        let verdict = Quota::of(charge.rate).charge(arrival, time);
        if let Verdict::Admitted(next) = verdict {
            *slot = match bucket {
                Bucket::Own(fingerprint) => Slot::new(next, fingerprint),
                // Rates of several counts meet here, so a fraction would not be theirs. No policy finds this as its own.
                Bucket::Shared => Slot::new(next.rounded_up(), 0),
            };
        }
        Self { time, before, arrival, verdict }
    }

    pub(super) fn before(&self) -> Slot {
        self.before
    }

    pub(super) fn is_refused(&self) -> bool {
        matches!(self.verdict, Verdict::Refused { .. })
    }

    /// Where the key stands when this charge alone decides.
    pub(super) fn standing_if_alone(&self, charge: &Charge<'_>, now: u64) -> Standing {
        match self.verdict {
            Verdict::Admitted(next) => self.kept(charge, next, now),
            Verdict::Refused { wait } => Standing::violated(charge, self.told(wait, now)),
        }
    }

    /// Where the key stands when the request is refused, by this charge or another.
    pub(super) fn standing_if_undone(&self, charge: &Charge<'_>, now: u64) -> Standing {
        match self.verdict {
            Verdict::Admitted(_) => self.kept(charge, self.arrival, now),
            Verdict::Refused { wait } => Standing::violated(charge, self.told(wait, now)),
        }
    }

    fn kept(&self, charge: &Charge<'_>, arrival: Arrival, now: u64) -> Standing {
        match Quota::of(charge.rate).outlook(arrival, self.time) {
            (remaining, 0) => Standing::kept(charge, remaining, 0),
            (remaining, until) => Standing::kept(charge, remaining, self.told(until, now)),
        }
    }

    /// The caller's clock may be behind: what it is told to wait begins at its own time.
    fn told(&self, wait: u64, now: u64) -> u64 {
        wait.saturating_add(self.time.saturating_sub(now))
    }
}
