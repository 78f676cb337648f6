//! API keys in a `SQLite` database, which processes of one machine can share.

use std::{
    path::Path,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Waker},
    time::Duration,
};

use tokio_rusqlite::{
    Connection, Error, ToSql,
    rusqlite::{self, OptionalExtension, params},
};

use super::{
    ApiKeyRegister, ApiKeyStore, StoredKey, Written,
    row::{Row, SecretRow, seconds},
    sql,
};
use crate::{Outage, Promise};

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS palisade_api_keys (
        id TEXT PRIMARY KEY,
        subject TEXT NOT NULL,
        description TEXT NOT NULL,
        scopes TEXT NOT NULL,
        roles TEXT NOT NULL,
        disabled INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        last_used INTEGER,
        version INTEGER NOT NULL,
        digest BLOB,
        pepper INTEGER,
        not_before INTEGER,
        not_after INTEGER,
        former_digest BLOB,
        former_pepper INTEGER,
        former_not_before INTEGER,
        former_not_after INTEGER
    ) STRICT;
";

/// API keys in the table `palisade_api_keys` of a database, asked on a thread of its own. What changes keys is on disk before it is
/// reported, and has another thread, so that no request waits for it.
///
/// ```
/// use palisade::auth::{ApiKeys, NewApiKey, Secret, SqliteKeys};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join("palisade_doc_sqlite_keys");
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("keys.db");
/// let keys = ApiKeys::new("shop", SqliteKeys::open(path).await?, Secret::new(vec![7; 32]))?;
/// let issued = keys.create(NewApiKey::of("nightly").scopes(["reports:read"]), 1_800_000_000).await?;
/// assert!(keys.verify(issued.key.expose(), 1_800_000_000).await.is_ok());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SqliteKeys {
    reader: Connection,
    writer: Connection,
    /// Uses that are still to be written.
    notes: Arc<AtomicUsize>,
    timeout: Duration,
}

impl SqliteKeys {
    /// How long the database may take, unless it is said: 2 seconds.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(2);

    /// How many uses may wait to be written. Those beyond are forgotten.
    const MOST_NOTES: usize = 64;

    /// Opens the database at `path`. The file and the table are made where there are none.
    ///
    /// # Errors
    /// When it cannot be opened, or is no database; the log says why.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, Outage> {
        let path = path.as_ref();
        let [reader, writer] = [connect(path).await?, connect(path).await?];
        let store = Self { reader, writer, notes: Arc::default(), timeout: Self::DEFAULT_TIMEOUT };
        store.ask(&store.writer, |database| database.execute_batch(SCHEMA)).await?;
        Ok(store)
    }

    /// How long the database may take before it counts as lost.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Closes the database. What is asked of a clone from now on is an outage.
    ///
    /// # Errors
    /// When something in it is still open.
    pub async fn close(self) -> Result<(), Outage> {
        self.reader.close().await.map_err(|_| Outage)?;
        self.writer.close().await.map_err(|_| Outage)
    }

    async fn ask<T, F>(&self, connection: &Connection, question: F) -> Result<T, Outage>
    where
        T: Send + 'static,
        F: FnOnce(&mut rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        match tokio::time::timeout(self.timeout, connection.call(question)).await {
            Ok(answer) => answer.map_err(|error| outage(&error)),
            Err(_) => {
                tracing::error!(target: "palisade", "the store of API keys did not answer in time");
                Err(Outage)
            }
        }
    }
}

async fn connect(path: &Path) -> Result<Connection, Outage> {
    let connection = Connection::open(path).await.map_err(|error| outage(&Error::Error(error)))?;
    // Readers do not wait for the writer. What is committed is still on disk (`synchronous` stays FULL).
    let prepared = connection.call(|database| {
        database.busy_timeout(SqliteKeys::DEFAULT_TIMEOUT)?;
        database.pragma_update(None, "journal_mode", "wal")
    });
    prepared.await.map_err(|error| outage(&error))?;
    Ok(connection)
}

/// The log is told what the client is not.
#[cold]
fn outage(error: &Error) -> Outage {
    tracing::error!(target: "palisade", %error, "the store of API keys failed");
    Outage
}

fn find(database: &rusqlite::Connection, id: &str) -> rusqlite::Result<Option<StoredKey>> {
    database.prepare_cached(sql::FIND)?.query_row([id], key).optional()
}

fn list(database: &rusqlite::Connection, after: &str, most: u32) -> rusqlite::Result<Vec<StoredKey>> {
    database.prepare_cached(sql::LIST)?.query_map(params![after, most], key)?.collect()
}

fn add(database: &rusqlite::Connection, row: &Row) -> rusqlite::Result<Written> {
    let [digest, pepper, not_before, not_after] = columns(&row.newest);
    let [former_digest, former_pepper, former_not_before, former_not_after] = columns(&row.former);
    let added = database.prepare_cached(sql::ADD)?.execute(params![
        row.id,
        row.subject,
        row.description,
        row.scopes,
        row.roles,
        row.disabled,
        row.created_at,
        row.expires_at,
        row.last_used,
        row.version,
        digest,
        pepper,
        not_before,
        not_after,
        former_digest,
        former_pepper,
        former_not_before,
        former_not_after,
    ])?;
    Ok(if added == 1 { Written::Done } else { Written::Conflict })
}

fn replace(database: &rusqlite::Connection, row: &Row) -> rusqlite::Result<Written> {
    let [digest, pepper, not_before, not_after] = columns(&row.newest);
    let [former_digest, former_pepper, former_not_before, former_not_after] = columns(&row.former);
    let replaced = database.prepare_cached(sql::REPLACE)?.execute(params![
        row.subject,
        row.description,
        row.scopes,
        row.roles,
        row.disabled,
        row.expires_at,
        digest,
        pepper,
        not_before,
        not_after,
        former_digest,
        former_pepper,
        former_not_before,
        former_not_after,
        row.id,
        row.version,
    ])?;
    if replaced == 1 {
        return Ok(Written::Done);
    }
    let there = database.prepare_cached(sql::EXISTS)?.exists([&row.id])?;
    Ok(if there { Written::Conflict } else { Written::Missing })
}

fn columns(secret: &SecretRow) -> [&dyn ToSql; 4] {
    [&secret.digest, &secret.pepper, &secret.not_before, &secret.not_after]
}

fn key(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredKey> {
    let found = Row {
        id: row.get("id")?,
        subject: row.get("subject")?,
        description: row.get("description")?,
        scopes: row.get("scopes")?,
        roles: row.get("roles")?,
        disabled: row.get("disabled")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        last_used: row.get("last_used")?,
        version: row.get("version")?,
        newest: SecretRow {
            digest: row.get("digest")?,
            pepper: row.get("pepper")?,
            not_before: row.get("not_before")?,
            not_after: row.get("not_after")?,
        },
        former: SecretRow {
            digest: row.get("former_digest")?,
            pepper: row.get("former_pepper")?,
            not_before: row.get("former_not_before")?,
            not_after: row.get("former_not_after")?,
        },
    };
    found.into_key().ok_or(rusqlite::Error::InvalidQuery)
}

impl ApiKeyStore for SqliteKeys {
    fn find<'a>(&'a self, id: &'a str) -> Promise<'a, Option<StoredKey>> {
        let id = id.to_owned();
        Box::pin(self.ask(&self.reader, move |database| find(database, &id)))
    }

    fn note_use(&self, id: &str, at: u64) {
        if Self::MOST_NOTES <= self.notes.fetch_add(1, Ordering::Relaxed) {
            self.notes.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let (id, notes) = (id.to_owned(), Arc::clone(&self.notes));
        let noted = self.writer.call(move |database| {
            notes.fetch_sub(1, Ordering::Relaxed);
            database.prepare_cached(sql::NOTE_USE)?.execute(params![seconds(at), id]).map(|_| ())
        });
        // The statement is on its way after the first poll, and nobody waits for it.
        let _ = pin!(noted).poll(&mut Context::from_waker(Waker::noop()));
    }
}

impl ApiKeyRegister for SqliteKeys {
    fn add<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        let row = Row::of(key);
        Box::pin(self.ask(&self.writer, move |database| add(database, &row)))
    }

    fn replace<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        let row = Row::of(key);
        Box::pin(self.ask(&self.writer, move |database| replace(database, &row)))
    }

    fn list<'a>(&'a self, after: &'a str, most: u32) -> Promise<'a, Vec<StoredKey>> {
        let after = after.to_owned();
        Box::pin(self.ask(&self.reader, move |database| list(database, &after, most)))
    }

    fn delete<'a>(&'a self, id: &'a str) -> Promise<'a, Written> {
        let id = id.to_owned();
        Box::pin(self.ask(&self.writer, move |database| {
            let deleted = database.prepare_cached(sql::DELETE)?.execute([id])?;
            Ok(if deleted == 1 { Written::Done } else { Written::Missing })
        }))
    }

    fn delete_over(&self, before: u64) -> Promise<'_, u64> {
        Box::pin(self.ask(&self.writer, move |database| {
            let deleted = database.prepare_cached(sql::DELETE_OVER)?.execute([seconds(before)])?;
            Ok(deleted as u64)
        }))
    }
}
