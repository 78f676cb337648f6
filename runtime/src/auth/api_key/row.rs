//! A key as a row of a table, the same for every database: its secrets stand in the row, so that no change tears them apart.

use super::{StoredKey, StoredSecret};

/// What the columns of a key hold. Seconds count to 2^63 there, and what has no end has the last of them.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) subject: String,
    pub(super) description: String,
    /// Arrays of texts in JSON.
    pub(super) scopes: String,
    pub(super) roles: String,
    pub(super) disabled: bool,
    pub(super) created_at: i64,
    pub(super) expires_at: Option<i64>,
    pub(super) last_used: Option<i64>,
    pub(super) version: i64,
    pub(super) newest: SecretRow,
    pub(super) former: SecretRow,
}

/// What the columns of a secret hold: nothing where there is none.
pub(super) struct SecretRow {
    pub(super) digest: Option<Vec<u8>>,
    pub(super) pepper: Option<i64>,
    pub(super) not_before: Option<i64>,
    pub(super) not_after: Option<i64>,
}

impl Row {
    pub(super) fn of(key: &StoredKey) -> Self {
        let (newest, former) = match key.secrets() {
            [former, newest] => (Some(newest), Some(former)),
            [newest] => (Some(newest), None),
            _ => (None, None),
        };
        Self {
            id: key.id().to_owned(),
            subject: key.subject().to_owned(),
            description: key.description().to_owned(),
            scopes: array(key.scope_names()),
            roles: array(key.role_names()),
            disabled: key.is_disabled(),
            created_at: seconds(key.created_at()),
            expires_at: key.expires_at().map(seconds),
            last_used: key.last_used().map(seconds),
            version: seconds(key.version()),
            newest: SecretRow::of(newest),
            former: SecretRow::of(former),
        }
    }

    /// The key. Nobody but this crate writes the table: what it cannot read is a fault of the store.
    pub(super) fn into_key(self) -> Option<StoredKey> {
        let mut key = StoredKey::new(self.id, self.subject)
            .described(self.description)
            .scopes(serde_json::from_str::<Vec<String>>(&self.scopes).ok()?)
            .roles(serde_json::from_str::<Vec<String>>(&self.roles).ok()?)
            .created(count(self.created_at))
            .versioned(count(self.version));
        if self.disabled {
            key = key.disabled();
        }
        if let Some(at) = self.expires_at {
            key = key.expiring(count(at));
        }
        if let Some(at) = self.last_used {
            key = key.used(count(at));
        }
        for secret in [self.former, self.newest] {
            if let Some(digest) = secret.digest {
                let pepper = u32::try_from(secret.pepper?).ok()?;
                let secret = StoredSecret::new(digest.try_into().ok()?)
                    .peppered(pepper)
                    .not_before(count(secret.not_before?))
                    .not_after(count(secret.not_after?));
                key = key.secret(secret);
            }
        }
        Some(key)
    }
}

impl SecretRow {
    fn of(secret: Option<&StoredSecret>) -> Self {
        let validity = secret.map(StoredSecret::validity);
        Self {
            digest: secret.map(|secret| secret.digest().to_vec()),
            pepper: secret.map(|secret| i64::from(secret.pepper())),
            not_before: validity.map(|(first, _)| seconds(first)),
            not_after: validity.map(|(_, last)| seconds(last)),
        }
    }
}

/// Databases count to 2^63.
pub(super) fn seconds(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn count(number: i64) -> u64 {
    if number == i64::MAX { u64::MAX } else { u64::try_from(number).unwrap_or(0) }
}

fn array<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<serde_json::Value>().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_what_was_kept() {
        let secret = |byte| StoredSecret::new([byte; 32]).peppered(u32::from(byte));
        let key = || StoredKey::new("id", "subject");
        for key in [
            key(),
            key().described("what for").created(1).expiring(2).used(3).versioned(4).disabled(),
            key().scopes(["a", "b\"c"]).roles(["d"]).secret(secret(1).not_before(5)),
            key().secret(secret(1).not_after(6)).secret(secret(2)),
        ] {
            assert_eq!(Row::of(&key).into_key(), Some(key));
        }
    }

    #[test]
    fn a_damaged_row_is_no_key() {
        let damaged = |damage: fn(&mut Row)| {
            let mut row = Row::of(&StoredKey::new("id", "subject").secret(StoredSecret::new([7; 32])));
            damage(&mut row);
            row.into_key()
        };
        assert!(damaged(|_| ()).is_some());
        assert!(damaged(|row| row.scopes = String::from("orders:read")).is_none());
        assert!(damaged(|row| row.newest.digest = Some(vec![7; 31])).is_none());
        assert!(damaged(|row| row.newest.not_after = None).is_none());
        assert!(damaged(|row| row.newest.pepper = Some(-1)).is_none());
    }
}
