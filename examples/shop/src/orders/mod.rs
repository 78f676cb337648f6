//! Orders: what they are, where they are kept, and what can be done with them.

mod columns;
mod handlers;
mod object;
mod store;
mod types;

pub use handlers::{cancel_order, change_order, list_orders, place_order, read_order};
pub use store::Orders;
pub use types::{Address, Listing, NewOrder, Order, OrderChange, OrderId, OrderSummary, Page, Status};
