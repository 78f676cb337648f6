//! How a request proves who it is from: schemes that must hold together.

use crate::policy::{Message, catalogue::same};

/// Schemes of the API, all of which a request must satisfy. Several requirements of one endpoint are alternatives, as the
/// security requirements of a document are.
///
/// ```
/// use palisade::policy::Requirement;
///
/// const BOTH: Requirement = Requirement::of("oauth2").and("mtls");
/// assert_eq!(BOTH.names(), ["oauth2", "mtls"]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Requirement {
    names: [&'static str; Self::MOST],
    count: usize,
}

impl Requirement {
    /// How many schemes can be demanded together.
    pub const MOST: usize = 4;

    /// This scheme.
    ///
    /// # Panics
    /// In const evaluation, when the name is empty.
    #[must_use]
    #[track_caller]
    pub const fn of(name: &'static str) -> Self {
        Self { names: [""; Self::MOST], count: 0 }.and(name)
    }

    /// This scheme besides.
    ///
    /// # Panics
    /// In const evaluation, when the name is empty or there already, or when there are four already.
    #[must_use]
    #[track_caller]
    pub const fn and(mut self, name: &'static str) -> Self {
        assert!(!name.is_empty(), "`auth`: name a scheme of the API, like \"oauth2\"");
        assert!(self.count < Self::MOST, "`auth`: at most 4 schemes are demanded together");
        if self.has(name) {
            Message::new("`auth` demands the scheme ").quoted(name).text(" twice: name it once").panic();
        }
        self.names[self.count] = name;
        self.count += 1;
        self
    }

    /// The names, in the order that they were written in: the first says who the caller is.
    #[must_use]
    pub const fn names(&self) -> &[&'static str] {
        self.names.split_at(self.count).0
    }

    /// Whether it demands this scheme.
    pub(super) const fn has(&self, name: &str) -> bool {
        let mut at = 0;
        while at < self.count {
            if same(self.names[at], name) {
                return true;
            }
            at += 1;
        }
        false
    }
}
