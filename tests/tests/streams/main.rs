//! Bodies that are read while they come, through a real socket: uploads, items in lines, and bodies that come too slowly.

#[path = "../shop/client.rs"]
#[expect(dead_code, reason = "the shop's tests use all of it")]
mod client;
mod document;
mod items;
mod limits;
mod slow;
mod uploads;
mod world;
