//! What is said of a key before it is made.

use super::{IssueError, StoredKey};
use crate::policy::Catalogue;

/// A key to be made: whose it is, and what it may do. A rule about it is checked when it is made.
///
/// ```
/// use palisade::auth::NewApiKey;
///
/// let new = NewApiKey::of("nightly").described("the report that runs at 3").scopes(["reports:read"]).expiring(1_900_000_000);
/// # let _ = new;
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NewApiKey {
    subject: String,
    description: String,
    scopes: Vec<String>,
    roles: Vec<String>,
    expires_at: Option<u64>,
}

/// The names that an API knows, where they are known.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) scopes: Option<&'static Catalogue>,
    pub(super) roles: Option<&'static Catalogue>,
}

impl NewApiKey {
    /// A key for `subject`, of 1 to 256 bytes. It can do nothing yet.
    pub fn of(subject: impl Into<String>) -> Self {
        let (description, scopes, roles) = (String::new(), Vec::new(), Vec::new());
        Self { subject: subject.into(), description, scopes, roles, expires_at: None }
    }

    /// What it is for, in at most 1,024 bytes.
    pub fn described(self, description: impl Into<String>) -> Self {
        Self { description: description.into(), ..self }
    }

    /// What it is good for: at most 128 names.
    pub fn scopes<S: Into<String>>(self, names: impl IntoIterator<Item = S>) -> Self {
        Self { scopes: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Its roles: at most 128 names.
    pub fn roles<S: Into<String>>(self, names: impl IntoIterator<Item = S>) -> Self {
        Self { roles: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// The last second since 1970 in which it is good. Without it, it has no end.
    pub fn expiring(self, at: u64) -> Self {
        Self { expires_at: Some(at), ..self }
    }

    /// What will be kept about it, if everything said of it holds.
    pub(super) fn checked(self, id: String, known: Known, now: u64) -> Result<StoredKey, IssueError> {
        if !(1..=256).contains(&self.subject.len()) || self.subject.contains(char::is_control) {
            return Err(IssueError::Subject);
        }
        if 1_024 < self.description.len() || self.description.contains(char::is_control) {
            return Err(IssueError::Description);
        }
        for names in [&self.scopes, &self.roles] {
            let is_name =
                |name: &String| (1..=128).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic());
            if 128 < names.len() || !names.iter().all(is_name) {
                return Err(IssueError::Names);
            }
        }
        if let Some(name) = unknown(known.scopes, self.scopes.iter().map(String::as_str)) {
            return Err(IssueError::UnknownScope(name.to_owned()));
        }
        if let Some(name) = unknown(known.roles, self.roles.iter().map(String::as_str)) {
            return Err(IssueError::UnknownRole(name.to_owned()));
        }
        let key = StoredKey::new(id, self.subject)
            .described(self.description)
            .scopes(self.scopes)
            .roles(self.roles)
            .created(now);
        match self.expires_at {
            None => Ok(key),
            Some(at) if now < at => Ok(key.expiring(at)),
            Some(_) => Err(IssueError::Past),
        }
    }
}

/// The first name that a catalogue lacks. Where there is none, every name may be one.
pub(super) fn unknown<'a>(
    catalogue: Option<&'static Catalogue>,
    mut names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let catalogue = catalogue?;
    names.find(|name| catalogue.entries().iter().all(|entry| entry.name() != *name))
}
