//! Attacks on a resource server, each through a real socket: what is answered, what is logged, and that nobody is called.

mod algorithms;
mod api;
mod claims;
mod client;
mod door;
mod extraction;
mod forms;
mod keys;
mod log;
mod material;
