//! Hostile input for what takes it: one function for each target, and a mutator that drives them where libFuzzer is not.

pub mod agreement;
pub mod mutator;
pub mod targets;
