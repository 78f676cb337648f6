//! The shop from outside: a real socket, real tokens, and tables of what is asked and what is answered.

mod access;
mod audit;
mod client;
mod failure;
mod inputs;
mod payments;
mod protocol;
mod rates;
mod start;
mod storage;
mod tokens;
mod warehouse;
mod world;
