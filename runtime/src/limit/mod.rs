//! How often: quota arithmetic, the store in memory, stores elsewhere, and the header fields that tell a client.

mod admission;
mod charge;
mod headers;
mod limiter;
mod memory;
mod quota;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod trial;

pub use admission::{Admission, Refusal, Standing};
pub use charge::Charge;
pub use headers::{RATELIMIT, RATELIMIT_POLICY, ratelimit, ratelimit_policy, retry_after};
pub use limiter::{InvalidCapacity, Limiter};
pub use store::{Outage, Store};
