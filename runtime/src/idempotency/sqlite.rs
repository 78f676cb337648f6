//! The store in a `SQLite` database: it outlives the process, and processes of one machine can share it.

use std::path::Path;

use bytes::Bytes;
use tokio_rusqlite::{
    Connection, Error,
    rusqlite::{self, ErrorCode, OptionalExtension, TransactionBehavior, params},
};

use super::{Claim, Claimed, KeptAnswer, Promise, Slot, Store, Ticket};
use crate::Outage;

/// An answer is there once its status is. `until` is when the lease ends, and then when the answer does.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS palisade_answers (
        slot BLOB PRIMARY KEY,
        fingerprint BLOB NOT NULL,
        ticket INTEGER NOT NULL,
        until INTEGER NOT NULL,
        status INTEGER,
        headers BLOB,
        body BLOB
    ) STRICT;
    CREATE INDEX IF NOT EXISTS palisade_answers_by_end ON palisade_answers (until);
";

/// A few at a time, so that no request pays for all that ended while nobody asked.
const FORGET: &str = "
    DELETE FROM palisade_answers WHERE slot IN
        (SELECT slot FROM palisade_answers WHERE until <= ?1 ORDER BY until LIMIT 64)";

const CLAIM: &str = "
    INSERT INTO palisade_answers (slot, fingerprint, ticket, until) VALUES (?1, ?2, random(), ?3)
    ON CONFLICT (slot) DO UPDATE SET
        fingerprint = excluded.fingerprint, ticket = excluded.ticket, until = excluded.until,
        status = NULL, headers = NULL, body = NULL
        WHERE until <= ?4
    RETURNING ticket";

const FIND: &str = "SELECT fingerprint, status, headers, body FROM palisade_answers WHERE slot = ?1";

const KEEP: &str = "
    UPDATE palisade_answers SET until = ?3, status = ?4, headers = ?5, body = ?6
    WHERE slot = ?1 AND ticket = ?2 AND status IS NULL";

const RELEASE: &str = "DELETE FROM palisade_answers WHERE slot = ?1 AND ticket = ?2 AND status IS NULL";

/// Keeps answers in the table `palisade_answers` of a database, on a thread of its own. Each step is on disk before it is
/// reported, so no crash makes a request run twice.
///
/// ```
/// use palisade::idempotency::{Idempotency, Sqlite};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), palisade::Outage> {
/// # let folder = std::env::temp_dir().join("palisade_doc_sqlite");
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("answers.db");
/// let idempotency = Idempotency::shared(Sqlite::open(path).await?);
/// # let _ = idempotency;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Sqlite {
    database: Connection,
}

impl Sqlite {
    /// How large the database may grow: 1 GiB.
    pub const DEFAULT_BYTES: u64 = 1 << 30;

    /// Opens the database at `path`, which is made where there is none, and lets it grow to [`Sqlite::DEFAULT_BYTES`].
    ///
    /// # Errors
    /// When it cannot be opened, or is no database.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, Outage> {
        Self::open_with(path, Self::DEFAULT_BYTES).await
    }

    /// Opens the database at `path`, and lets it grow to so many bytes. Beyond that, requests are refused with 503.
    ///
    /// # Errors
    /// When it cannot be opened, or is no database.
    pub async fn open_with(path: impl AsRef<Path>, bytes: u64) -> Result<Self, Outage> {
        let store = Self { database: Connection::open(path).await.map_err(|_| Outage)? };
        store.ask(move |database| prepare(database, bytes)).await?;
        Ok(store)
    }

    /// Closes the database. What is asked of a clone from now on is an outage.
    ///
    /// # Errors
    /// When something in it is still open.
    pub async fn close(self) -> Result<(), Outage> {
        self.database.close().await.map_err(|_| Outage)
    }

    async fn ask<T, F>(&self, question: F) -> Result<T, Outage>
    where
        T: Send + 'static,
        F: FnOnce(&mut rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.database.call(question).await.map_err(|error| outage(&error))
    }
}

/// The log is told what the client is not.
#[cold]
fn outage(error: &Error) -> Outage {
    tracing::error!(target: "palisade", %error, "the store of answers failed");
    Outage
}

fn prepare(database: &mut rusqlite::Connection, bytes: u64) -> rusqlite::Result<()> {
    // Readers do not wait for the writer. What is committed is still on disk (`synchronous` stays FULL).
    database.pragma_update(None, "journal_mode", "wal")?;
    database.execute_batch(SCHEMA)?;
    let page: u32 = database.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let pages = i64::try_from(bytes / u64::from(page.max(1))).unwrap_or(i64::MAX);
    // It answers with a row, which an update would not expect.
    database.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
}

fn claim(database: &mut rusqlite::Connection, claim: &Claim) -> rusqlite::Result<Claimed> {
    let (slot, fingerprint) = (claim.slot.as_bytes(), claim.fingerprint.as_bytes());
    let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.prepare_cached(FORGET)?.execute([seconds(claim.now)])?;
    let granted: Option<i64> = transaction
        .prepare_cached(CLAIM)?
        .query_row(params![slot, fingerprint, seconds(claim.lease_ends), seconds(claim.now)], |row| row.get(0))
        .optional()?;
    let claimed = match granted {
        Some(ticket) => Claimed::Granted(Ticket::new(ticket.cast_unsigned())),
        None => transaction.prepare_cached(FIND)?.query_row([slot], |row| found(row, fingerprint))?,
    };
    transaction.commit()?;
    Ok(claimed)
}

fn found(row: &rusqlite::Row<'_>, fingerprint: &[u8; 32]) -> rusqlite::Result<Claimed> {
    if row.get::<_, [u8; 32]>(0)? != *fingerprint {
        return Ok(Claimed::Differs);
    }
    let Some(status) = row.get::<_, Option<u16>>(1)? else { return Ok(Claimed::Running) };
    let (headers, body): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
    // Nobody but this file writes the table: what it cannot read is a fault of the store.
    KeptAnswer::read(status, &headers, Bytes::from(body)).map(Claimed::Answered).ok_or(rusqlite::Error::InvalidQuery)
}

/// The slot was somebody else's already, or forgotten.
fn warn_of_late_answers(kept: usize) {
    if kept == 0 {
        tracing::warn!(target: "palisade", "a request outlived its lease, so its answer is not kept: give it a longer `.lease(..)`");
    }
}

/// `SQLite` counts to 2^63.
fn seconds(since_1970: u64) -> i64 {
    i64::try_from(since_1970).unwrap_or(i64::MAX)
}

impl Store for Sqlite {
    fn claim<'a>(&'a self, asked: &'a Claim) -> Promise<'a, Claimed> {
        let asked = *asked;
        Box::pin(async move {
            match self.database.call(move |database| claim(database, &asked)).await {
                Ok(claimed) => Ok(claimed),
                Err(Error::Error(error)) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => Ok(Claimed::Full),
                Err(error) => Err(outage(&error)),
            }
        })
    }

    fn keep<'a>(&'a self, slot: &'a Slot, ticket: Ticket, answer: &'a KeptAnswer, until: u64) -> Promise<'a, ()> {
        let (slot, ticket, answer) = (*slot, ticket.number().cast_signed(), answer.clone());
        Box::pin(self.ask(move |database| {
            let (status, headers, body) = (answer.status().as_u16(), answer.header_lines(), answer.body());
            database
                .prepare_cached(KEEP)?
                .execute(params![slot.as_bytes(), ticket, seconds(until), status, headers, body.as_ref()])
                .map(warn_of_late_answers)
        }))
    }

    /// The question is on its way after the first poll, so a request that is dropped gives its slot back too.
    fn release<'a>(&'a self, slot: &'a Slot, ticket: Ticket) -> Promise<'a, ()> {
        let (slot, ticket) = (*slot, ticket.number().cast_signed());
        Box::pin(self.ask(move |database| {
            database.prepare_cached(RELEASE)?.execute(params![slot.as_bytes(), ticket]).map(|_| ())
        }))
    }
}
