//! The member names of one object that were met so far, to see that none comes twice.

use std::{borrow::Cow, collections::BTreeSet};

/// Names that are kept without allocating; claims and headers seldom have more.
const FEW: usize = 24;

/// A set of names.
pub(super) struct Names<'j> {
    /// One bit for each length and outer letters that were met: a name whose bit is free is new.
    met: u64,
    few: [&'j str; FEW],
    count: usize,
    /// Those for which there was no place, and those with an escape.
    others: BTreeSet<Cow<'j, str>>,
}

impl<'j> Names<'j> {
    pub(super) const fn none() -> Self {
        Self { met: 0, few: [""; FEW], count: 0, others: BTreeSet::new() }
    }

    /// Whether the name is new, from now on it is not.
    #[must_use]
    pub(super) fn add(&mut self, name: Cow<'j, str>) -> bool {
        let bit = bit(name.as_bytes());
        let is_new = self.met & bit == 0 || !self.has(&name);
        self.met |= bit;
        match (name, self.few.get_mut(self.count)) {
            (Cow::Borrowed(name), Some(place)) => {
                *place = name;
                self.count += 1;
            }
            (name, _) => {
                self.others.insert(name);
            }
        }
        is_new
    }

    fn has(&self, name: &str) -> bool {
        self.few.iter().take(self.count).any(|few| *few == name) || self.others.contains(name)
    }
}

fn bit(name: &[u8]) -> u64 {
    let outer = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default());
    1 << ((name.len() + 5 * outer(name.first()) + 11 * outer(name.last())) % 64)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_name_is_new_once(names in prop::collection::vec(("[a-c]{0,3}", any::<bool>()), 0..80)) {
            let (mut set, mut oracle) = (Names::none(), HashSet::new());
            for (name, has_escape) in &names {
                let name = if *has_escape { Cow::Owned(name.clone()) } else { Cow::Borrowed(name.as_str()) };
                prop_assert_eq!(set.add(name.clone()), oracle.insert(name.clone()), "{}", name);
            }
        }
    }
}
