//! `proofs`, driven by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| palisade_fuzz::targets::proofs::run(input));
