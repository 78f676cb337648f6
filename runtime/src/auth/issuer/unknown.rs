//! The names of keys that an issuer was asked about and did not know: asking again so soon would not help.

use std::collections::VecDeque;

/// How many names are remembered. Whoever makes up names only makes room for more of them: the guard on fetches holds.
const MOST: usize = 64;

/// Names that no key had when the keys were last fetched, each until a moment.
#[derive(Debug)]
pub(super) struct Unknown(VecDeque<(String, u64)>);

impl Unknown {
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    /// Whether it is remembered at `now`.
    pub(super) fn holds(&self, kid: &str, now: u64) -> bool {
        self.0.iter().any(|(name, until)| now < *until && name == kid)
    }

    /// Remembers it; the oldest makes room.
    pub(super) fn remember(&mut self, kid: &str, until: u64) {
        if let Some(known) = self.0.iter_mut().find(|(name, _)| name == kid) {
            known.1 = until;
            return;
        }
        if MOST <= self.0.len() {
            self.0.pop_front();
        }
        self.0.push_back((String::from(kid), until));
    }

    /// Forgets them all: the keys are others now.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_47_unknown_names_are_remembered_for_a_while() {
        let mut unknown = Unknown::new();
        unknown.remember("a", 10);
        assert!(unknown.holds("a", 9) && !unknown.holds("a", 10) && !unknown.holds("b", 9));
        unknown.remember("a", 20);
        assert!(unknown.holds("a", 19));
        assert_eq!(unknown.0.len(), 1);
        unknown.clear();
        assert!(!unknown.holds("a", 0));
    }

    #[test]
    fn rule_47_only_so_many_are_remembered() {
        let mut unknown = Unknown::new();
        for number in 0..10_000 {
            unknown.remember(&number.to_string(), u64::MAX);
        }
        assert_eq!(unknown.0.len(), MOST);
        assert!(unknown.holds("9999", 0) && !unknown.holds("0", 0));
    }
}
