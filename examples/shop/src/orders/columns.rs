//! How orders stand in rows and columns.

use serde::{Serialize, de::DeserializeOwned};
use tokio_rusqlite::rusqlite::{
    self, Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

use super::{Order, OrderId, OrderSummary, Status};

pub(super) fn read_order(row: &Row<'_>) -> rusqlite::Result<Order> {
    Ok(Order {
        id: OrderId(row.get("id")?),
        status: row.get("status")?,
        title: row.get("title")?,
        sku: row.get("sku")?,
        quantity: row.get("quantity")?,
        contact: row.get("contact")?,
        note: row.get("note")?,
        tags: row.get::<_, AsJson<_>>("tags")?.0,
        ship_to: row.get::<_, AsJson<_>>("ship_to")?.0,
        created_at: row.get("created_at")?,
        owner: row.get("owner")?,
    })
}

pub(super) fn read_summary(row: &Row<'_>) -> rusqlite::Result<OrderSummary> {
    Ok(OrderSummary {
        id: OrderId(row.get("id")?),
        status: row.get("status")?,
        title: row.get("title")?,
        quantity: row.get("quantity")?,
        created_at: row.get("created_at")?,
    })
}

/// A value that is JSON in the database.
pub(super) struct AsJson<T>(pub(super) T);

impl<T: Serialize> ToSql for AsJson<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match serde_json::to_string(&self.0) {
            Ok(text) => Ok(text.into()),
            Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(error.into())),
        }
    }
}

impl<T: DeserializeOwned> FromSql for AsJson<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

impl ToSql for Status {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Cancelled => "cancelled",
        }
        .into())
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "placed" => Ok(Self::Placed),
            "paid" => Ok(Self::Paid),
            "shipped" => Ok(Self::Shipped),
            "cancelled" => Ok(Self::Cancelled),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}
