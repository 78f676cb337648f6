//! API keys in a `PostgreSQL` database.

use std::{fmt, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, Error, PgPool, Postgres, Row as _,
    postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow},
    query::Query,
};
use tokio::{runtime::Handle, sync::Semaphore};

use super::{
    ApiKeyRegister, ApiKeyStore, StoredKey, Written,
    row::{Row, SecretRow, seconds},
    sql,
};
use crate::{Outage, Promise, auth::Secret};

/// Ids are compared by their bytes, whatever the language of the database.
const SCHEMA: &str = r#"
    CREATE TABLE IF NOT EXISTS palisade_api_keys (
        id TEXT COLLATE "C" PRIMARY KEY,
        subject TEXT NOT NULL,
        description TEXT NOT NULL,
        scopes TEXT NOT NULL,
        roles TEXT NOT NULL,
        disabled BOOLEAN NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT,
        last_used BIGINT,
        version BIGINT NOT NULL,
        digest BYTEA,
        pepper BIGINT,
        not_before BIGINT,
        not_after BIGINT,
        former_digest BYTEA,
        former_pepper BIGINT,
        former_not_before BIGINT,
        former_not_after BIGINT
    )"#;

/// Of several processes that start at once, one makes the table: two would disturb each other, even with `IF NOT EXISTS`.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(7165061213418402645)";

/// API keys in the table `palisade_api_keys` of a database.
///
/// It is made by [`migrate`](Self::migrate), or by whoever looks after the database:
///
/// ```sql
/// CREATE TABLE IF NOT EXISTS palisade_api_keys (
///     id TEXT COLLATE "C" PRIMARY KEY,
///     subject TEXT NOT NULL,
///     description TEXT NOT NULL,
///     scopes TEXT NOT NULL,       -- an array of texts in JSON
///     roles TEXT NOT NULL,        -- an array of texts in JSON
///     disabled BOOLEAN NOT NULL,
///     created_at BIGINT NOT NULL, -- seconds since 1970, like every time
///     expires_at BIGINT,
///     last_used BIGINT,           -- to about a minute
///     version BIGINT NOT NULL,
///     digest BYTEA,               -- HMAC-SHA256 of the newest secret
///     pepper BIGINT,              -- the number of the pepper it was made with
///     not_before BIGINT,
///     not_after BIGINT,
///     former_digest BYTEA,        -- the secret before, while it is replaced
///     former_pepper BIGINT,
///     former_not_before BIGINT,
///     former_not_after BIGINT
/// )
/// ```
///
/// A service needs `SELECT` on it and, for the last use, `UPDATE (last_used)`.
///
/// ```no_run
/// use palisade::auth::{ApiKeys, PostgresKeys, Secret};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let url = Secret::new(std::env::var("DATABASE_URL")?);
/// let store = PostgresKeys::connect(&url)?;
/// store.migrate().await?;
/// let keys = ApiKeys::new("shop", store, Secret::new(vec![7; 32]))?;
/// # let _ = keys;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PostgresKeys {
    pool: PgPool,
    /// Uses that may be written at once. Those beyond are forgotten.
    notes: Arc<Semaphore>,
    timeout: Duration,
}

/// The address of a database is not one. What it says is not repeated, since it has a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvalidDatabaseUrl;

impl PostgresKeys {
    /// How long the database may take, unless it is said: 2 seconds.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(2);

    /// How many connections there are at most, unless it is said: 8.
    pub const DEFAULT_CONNECTIONS: u32 = 8;

    const MOST_NOTES: usize = 4;

    /// Keys in the database at a `postgres://` address. Nothing is asked of it yet, so a service starts although the database is
    /// away. Over a network, write `?sslmode=verify-full`: else whoever is in between may answer.
    ///
    /// # Errors
    /// When this is no such address.
    ///
    /// # Panics
    /// Outside of a runtime of tokio.
    pub fn connect(url: &Secret<String>) -> Result<Self, InvalidDatabaseUrl> {
        Self::connect_with(url, Self::DEFAULT_CONNECTIONS, Self::DEFAULT_TIMEOUT)
    }

    /// The same with at most so many connections, and so much time before the database counts as lost.
    ///
    /// # Errors
    /// When this is no such address.
    ///
    /// # Panics
    /// Outside of a runtime of tokio.
    pub fn connect_with(url: &Secret<String>, connections: u32, timeout: Duration) -> Result<Self, InvalidDatabaseUrl> {
        // sqlx reads an address of any other database as one of PostgreSQL.
        if !["postgres://", "postgresql://"].iter().any(|scheme| url.expose().starts_with(scheme)) {
            return Err(InvalidDatabaseUrl);
        }
        let options =
            PgConnectOptions::from_str(url.expose()).map_err(|_| InvalidDatabaseUrl)?.disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(connections.max(1))
            .acquire_timeout(timeout)
            .connect_lazy_with(options);
        Ok(Self { pool, notes: Arc::new(Semaphore::new(Self::MOST_NOTES)), timeout })
    }

    /// Makes the table where there is none.
    ///
    /// # Errors
    /// When the database does not answer, or does not let us; the log says why.
    pub async fn migrate(&self) -> Result<(), Outage> {
        self.ask(async {
            let mut transaction = self.pool.begin().await?;
            sqlx::query(ONE_AT_A_TIME).execute(&mut *transaction).await?;
            sqlx::query(SCHEMA).execute(&mut *transaction).await?;
            transaction.commit().await
        })
        .await
    }

    /// Closes all connections, once they are idle. What is asked of a clone from now on is an outage.
    pub async fn close(self) {
        self.pool.close().await;
    }

    async fn ask<T>(&self, question: impl Future<Output = Result<T, Error>>) -> Result<T, Outage> {
        match tokio::time::timeout(self.timeout, question).await {
            Ok(answer) => answer.map_err(|error| outage(&error)),
            Err(_) => {
                tracing::error!(target: "palisade", "the store of API keys did not answer in time");
                Err(Outage)
            }
        }
    }

    async fn replaced(&self, row: Row) -> Result<Written, Error> {
        let id = row.id.clone();
        let query = sqlx::query(sql::REPLACE)
            .bind(row.subject)
            .bind(row.description)
            .bind(row.scopes)
            .bind(row.roles)
            .bind(row.disabled)
            .bind(row.expires_at);
        let query = with_secret(with_secret(query, row.newest), row.former).bind(row.id).bind(row.version);
        if query.execute(&self.pool).await?.rows_affected() == 1 {
            return Ok(Written::Done);
        }
        let there = sqlx::query(sql::EXISTS).bind(id).fetch_optional(&self.pool).await?;
        Ok(if there.is_some() { Written::Conflict } else { Written::Missing })
    }

    async fn added(&self, row: Row) -> Result<Written, Error> {
        let query = sqlx::query(sql::ADD)
            .bind(row.id)
            .bind(row.subject)
            .bind(row.description)
            .bind(row.scopes)
            .bind(row.roles)
            .bind(row.disabled)
            .bind(row.created_at)
            .bind(row.expires_at)
            .bind(row.last_used)
            .bind(row.version);
        let added = with_secret(with_secret(query, row.newest), row.former).execute(&self.pool).await?;
        Ok(if added.rows_affected() == 1 { Written::Done } else { Written::Conflict })
    }
}

type Asked = Query<'static, Postgres, PgArguments>;

fn with_secret(query: Asked, secret: SecretRow) -> Asked {
    query.bind(secret.digest).bind(secret.pepper).bind(secret.not_before).bind(secret.not_after)
}

/// The log is told what the client is not.
#[cold]
fn outage(error: &Error) -> Outage {
    tracing::error!(target: "palisade", %error, "the store of API keys failed");
    Outage
}

fn key(row: &PgRow) -> Result<StoredKey, Error> {
    let found = Row {
        id: row.try_get("id")?,
        subject: row.try_get("subject")?,
        description: row.try_get("description")?,
        scopes: row.try_get("scopes")?,
        roles: row.try_get("roles")?,
        disabled: row.try_get("disabled")?,
        created_at: row.try_get("created_at")?,
        expires_at: row.try_get("expires_at")?,
        last_used: row.try_get("last_used")?,
        version: row.try_get("version")?,
        newest: SecretRow {
            digest: row.try_get("digest")?,
            pepper: row.try_get("pepper")?,
            not_before: row.try_get("not_before")?,
            not_after: row.try_get("not_after")?,
        },
        former: SecretRow {
            digest: row.try_get("former_digest")?,
            pepper: row.try_get("former_pepper")?,
            not_before: row.try_get("former_not_before")?,
            not_after: row.try_get("former_not_after")?,
        },
    };
    found.into_key().ok_or(Error::RowNotFound)
}

impl ApiKeyStore for PostgresKeys {
    fn find<'a>(&'a self, id: &'a str) -> Promise<'a, Option<StoredKey>> {
        Box::pin(self.ask(async move {
            let row = sqlx::query(sql::FIND).bind(id).fetch_optional(&self.pool).await?;
            row.as_ref().map(key).transpose()
        }))
    }

    fn note_use(&self, id: &str, at: u64) {
        let (Ok(turn), Ok(runtime)) = (Arc::clone(&self.notes).try_acquire_owned(), Handle::try_current()) else {
            return;
        };
        let (store, id) = (self.clone(), id.to_owned());
        runtime.spawn(async move {
            // What went wrong is in the log, and the next use is noted anyway.
            let _ = store.ask(sqlx::query(sql::NOTE_USE).bind(seconds(at)).bind(id).execute(&store.pool)).await;
            drop(turn);
        });
    }
}

impl ApiKeyRegister for PostgresKeys {
    fn add<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        Box::pin(self.ask(self.added(Row::of(key))))
    }

    fn replace<'a>(&'a self, key: &'a StoredKey) -> Promise<'a, Written> {
        Box::pin(self.ask(self.replaced(Row::of(key))))
    }

    fn list<'a>(&'a self, after: &'a str, most: u32) -> Promise<'a, Vec<StoredKey>> {
        Box::pin(self.ask(async move {
            let rows = sqlx::query(sql::LIST).bind(after).bind(i64::from(most)).fetch_all(&self.pool).await?;
            rows.iter().map(key).collect()
        }))
    }

    fn delete<'a>(&'a self, id: &'a str) -> Promise<'a, Written> {
        Box::pin(self.ask(async move {
            let deleted = sqlx::query(sql::DELETE).bind(id).execute(&self.pool).await?;
            Ok(if deleted.rows_affected() == 1 { Written::Done } else { Written::Missing })
        }))
    }

    fn delete_over(&self, before: u64) -> Promise<'_, u64> {
        Box::pin(self.ask(async move {
            let deleted = sqlx::query(sql::DELETE_OVER).bind(seconds(before)).execute(&self.pool).await?;
            Ok(deleted.rows_affected())
        }))
    }
}

impl fmt::Debug for PostgresKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PostgresKeys(..)")
    }
}

impl fmt::Display for InvalidDatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(
            "this is no address of a database: write `postgres://user:password@host/database?sslmode=verify-full`",
        )
    }
}

impl std::error::Error for InvalidDatabaseUrl {}
