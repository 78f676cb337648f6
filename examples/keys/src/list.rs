//! Shows keys, one a line, its columns apart by tabs.

use std::io::{self, Write};

use jiff::Timestamp;
use palisade::auth::StoredKey;

use crate::{failure::Failure, place::Keys};

const PIECE: u32 = 100;

pub(crate) async fn write(keys: &Keys, now: u64) -> Result<(), Failure> {
    line(
        &["id", "subject", "state", "scopes", "roles", "created", "expires", "last used", "description"]
            .map(String::from),
    )?;
    let mut after = None;
    loop {
        let piece = keys.list(after.as_deref(), PIECE).await?;
        let Some(last) = piece.last() else { return Ok(()) };
        after = Some(last.id().to_owned());
        for key in &piece {
            line(&columns(key, now))?;
        }
    }
}

/// A moment as RFC 3339 writes it.
pub(crate) fn moment(seconds: u64) -> String {
    let moment = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    moment.map_or_else(|| String::from("never"), |moment| moment.to_string())
}

fn columns(key: &StoredKey, now: u64) -> [String; 9] {
    let names = |names: Vec<&str>| names.join(" ");
    [
        key.id().to_owned(),
        key.subject().to_owned(),
        state(key, now),
        names(key.scope_names().collect()),
        names(key.role_names().collect()),
        moment(key.created_at()),
        key.expires_at().map_or_else(|| String::from("never"), moment),
        key.last_used().map_or_else(|| String::from("never"), moment),
        key.description().to_owned(),
    ]
}

fn state(key: &StoredKey, now: u64) -> String {
    if key.is_disabled() {
        return String::from("revoked");
    }
    if key.is_over(now) {
        return String::from("over");
    }
    match key.secrets() {
        [older, _newer] if now <= older.validity().1 => format!("rotating until {}", moment(older.validity().1)),
        _ => String::from("good"),
    }
}

fn line(columns: &[String; 9]) -> Result<(), Failure> {
    writeln!(io::stdout().lock(), "{}", columns.join("\t"))
        .map_err(|error| Failure::Refused(format!("the list could not be written, since {error}")))
}
