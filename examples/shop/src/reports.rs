//! For machines, which come with an API key.

use palisade::prelude::*;
use serde::Serialize;

use crate::{orders::Orders, policy::Scope};

/// What was ordered on one day (UTC).
#[derive(Debug, Serialize, Secure)]
#[serde(rename_all = "camelCase")]
#[secure(output)]
pub struct DailyReport {
    /// The day.
    #[secure(pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}"))]
    pub date: String,
    /// How many orders were placed.
    pub orders: u32,
    /// How many of them were cancelled.
    pub cancelled: u32,
    /// How many items the others are for.
    pub items: u32,
}

/// Reports what was ordered today.
#[secure(get = "/v1/reports/daily", tag = "reports", auth = "api_key", scope = Scope::ReportsRead)]
pub async fn daily_report(State(orders): State<Orders>) -> Result<Json<DailyReport>, Problem> {
    Ok(Json(orders.report_on_today().await?))
}
