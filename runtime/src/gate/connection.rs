//! What is known of the connection that a request came by.

use std::net::IpAddr;

/// The connection, as whoever accepted it knows it. Nothing of it is the client's word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Connection {
    /// The address at the other end.
    pub(crate) peer: Option<IpAddr>,
}
