//! Properties that only some callers see or write: every shape that serde writes, and every endpoint, identity and
//! property over a socket.

mod copies;
mod demand;
mod doors;
mod foreign;
mod matrix;
mod policy;
mod shapes;
mod world;
mod writing;
