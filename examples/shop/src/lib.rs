//! A small order API: what a service looks like whose policy stands next to its code.
//!
//! Start at [`policy`], which says who may be what, then read one resource: [`orders`]. Everything about where the
//! service runs, and about the people in the demonstration, is in [`deployment`].

pub mod admin;
pub mod app;
pub mod demo;
pub mod deployment;
pub mod journal;
pub mod orders;
pub mod payments;
pub mod policy;
pub mod reports;
pub mod service;
pub mod setting;
pub mod tls;
pub mod warehouse;
