//! Where orders are kept. Every value reaches the database as a bound parameter.

use std::path::Path;

use palisade::auth::Outage;
use tokio_rusqlite::{
    Connection,
    rusqlite::{self, OptionalExtension, Params, params},
};
use uuid::Uuid;

use super::{
    Listing, NewOrder, Order, OrderChange, OrderId, OrderSummary, Page, Status,
    columns::{AsJson, read_order, read_summary},
};
use crate::reports::DailyReport;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS orders (
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        status TEXT NOT NULL,
        title TEXT NOT NULL,
        sku TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        contact TEXT NOT NULL,
        note TEXT,
        tags TEXT NOT NULL,
        ship_to TEXT NOT NULL,
        created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT;
    CREATE INDEX IF NOT EXISTS orders_by_owner ON orders (owner, id);
";

const PAGE: u32 = 20;

/// The orders. Clones share one database.
#[derive(Clone)]
pub struct Orders {
    database: Connection,
}

impl Orders {
    /// Opens the orders in a new database in memory.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn in_memory() -> Result<Self, Outage> {
        Self::on(Connection::open_in_memory().await.map_err(|_| Outage)?).await
    }

    /// Opens the orders in the database at `path`, which is made where there is none.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn in_file(path: impl AsRef<Path>) -> Result<Self, Outage> {
        Self::on(Connection::open(path).await.map_err(|_| Outage)?).await
    }

    async fn on(database: Connection) -> Result<Self, Outage> {
        let orders = Self { database };
        orders.ask(|database| database.execute_batch(SCHEMA)).await?;
        Ok(orders)
    }

    /// Keeps a new order of this owner.
    pub(crate) async fn place(&self, owner: String, order: NewOrder) -> Result<Order, Outage> {
        // Version 7 sorts by time, so the newest order is the one with the greatest id.
        let id = Uuid::now_v7().simple().to_string();
        self.ask(move |database| {
            database.query_row(
                "INSERT INTO orders (id, owner, status, title, sku, quantity, contact, note, tags, ship_to)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING *",
                params![
                    id,
                    owner,
                    Status::Placed,
                    order.title,
                    order.sku,
                    order.quantity,
                    order.contact,
                    order.note,
                    AsJson(order.tags),
                    AsJson(order.ship_to)
                ],
                read_order,
            )
        })
        .await
    }

    pub(super) async fn find(&self, id: OrderId) -> Result<Option<Order>, Outage> {
        self.ask(move |database| {
            database.query_row("SELECT * FROM orders WHERE id = ?1", [id.0], read_order).optional()
        })
        .await
    }

    /// A page of one owner's orders.
    pub(super) async fn of(&self, owner: String, listing: Listing) -> Result<Page, Outage> {
        let Listing { status, limit, cursor } = listing;
        let limit = limit.unwrap_or(PAGE);
        let before = cursor.map(|cursor| cursor.0);
        self.page(
            "SELECT * FROM orders WHERE owner = ?1 AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR id < ?3)
             ORDER BY id DESC LIMIT ?4",
            (owner, status, before, limit + 1),
            limit,
        )
        .await
    }

    /// A page of everybody's orders.
    pub(crate) async fn of_everybody(&self, listing: Listing) -> Result<Page, Outage> {
        let Listing { status, limit, cursor } = listing;
        let limit = limit.unwrap_or(PAGE);
        let before = cursor.map(|cursor| cursor.0);
        self.page(
            "SELECT * FROM orders WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR id < ?2)
             ORDER BY id DESC LIMIT ?3",
            (status, before, limit + 1),
            limit,
        )
        .await
    }

    /// Changes the note and the tags. Nothing, when the order has gone meanwhile.
    pub(super) async fn change(&self, id: &OrderId, change: OrderChange) -> Result<Option<Order>, Outage> {
        let id = id.0.clone();
        self.ask(move |database| {
            database
                .query_row(
                    "UPDATE orders SET note = coalesce(?2, note), tags = coalesce(?3, tags) WHERE id = ?1 RETURNING *",
                    params![id, change.note, change.tags.map(AsJson)],
                    read_order,
                )
                .optional()
        })
        .await
    }

    /// Cancels an order; `false` when it is too late for that.
    pub(super) async fn cancel(&self, id: &OrderId) -> Result<bool, Outage> {
        let id = id.0.clone();
        self.ask(move |database| {
            database.execute(
                "UPDATE orders SET status = ?2 WHERE id = ?1 AND status <> ?3",
                params![id, Status::Cancelled, Status::Shipped],
            )
        })
        .await
        .map(|changed| changed == 1)
    }

    /// Notes what the warehouse says about an order; `false` when there is none that could be shipped.
    pub(crate) async fn note_shipped(&self, id: &OrderId) -> Result<bool, Outage> {
        let id = id.0.clone();
        self.ask(move |database| {
            database.execute(
                "UPDATE orders SET status = ?2 WHERE id = ?1 AND status <> ?3",
                params![id, Status::Shipped, Status::Cancelled],
            )
        })
        .await
        .map(|changed| changed == 1)
    }

    /// Notes that an order is paid, unless it went further already; `false` when there is none.
    pub(crate) async fn note_paid(&self, id: &OrderId) -> Result<bool, Outage> {
        let paid = id.0.clone();
        self.ask(move |database| {
            database.execute(
                "UPDATE orders SET status = ?2 WHERE id = ?1 AND status = ?3",
                params![paid, Status::Paid, Status::Placed],
            )
        })
        .await?;
        self.exists(id).await
    }

    /// Whether there is such an order.
    pub(crate) async fn exists(&self, id: &OrderId) -> Result<bool, Outage> {
        self.find(id.clone()).await.map(|order| order.is_some())
    }

    /// Sums up the orders of today.
    pub(crate) async fn report_on_today(&self) -> Result<DailyReport, Outage> {
        self.ask(|database| {
            database.query_row(
                "SELECT date('now') AS date, count(*) AS orders, count(*) FILTER (WHERE status = ?1) AS cancelled,
                        coalesce(sum(quantity) FILTER (WHERE status <> ?1), 0) AS items
                 FROM orders WHERE date('now') <= created_at",
                [Status::Cancelled],
                |row| {
                    Ok(DailyReport {
                        date: row.get("date")?,
                        orders: row.get("orders")?,
                        cancelled: row.get("cancelled")?,
                        items: row.get("items")?,
                    })
                },
            )
        })
        .await
    }

    /// Closes the database. What is asked of a clone from now on is an outage.
    ///
    /// # Errors
    /// When it was closed already.
    pub async fn close(self) -> Result<(), Outage> {
        self.database.close().await.map_err(|_| Outage)
    }

    /// `limit` orders, and the cursor when there is one more.
    async fn page<P>(&self, select: &'static str, parameters: P, limit: u32) -> Result<Page, Outage>
    where
        P: Params + Send + 'static,
    {
        let mut orders: Vec<OrderSummary> = self
            .ask(move |database| database.prepare_cached(select)?.query_map(parameters, read_summary)?.collect())
            .await?;
        let limit = limit as usize;
        let is_last = orders.len() <= limit;
        orders.truncate(limit);
        let next_cursor = if is_last { None } else { orders.last().map(|order| order.id.clone()) };
        Ok(Page { orders, next_cursor })
    }

    /// Whatever goes wrong in the database is an outage: no request can cause it by what it says.
    async fn ask<T, F>(&self, question: F) -> Result<T, Outage>
    where
        T: Send + 'static,
        F: FnOnce(&mut rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.database.call(question).await.map_err(|_| Outage)
    }
}
