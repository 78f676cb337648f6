//! What the compiler refuses, and how it says so. `BLESS=1` writes the messages down anew.
//!
//! A file is a topic with a few mistakes, and its `.stderr` has one message for each. rustc does not go on to types once
//! a macro or a name is wrong, nor to const evaluation once a type is, so mistakes of different stages stand in files of
//! their own. To run one of them: `cargo test -p palisade-tests --test ui -- ui trybuild=rates.rs`.

use std::{env, process::Command};

#[test]
fn ui() {
    if env::var_os("BLESS").is_some() {
        return bless();
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// Runs this test again with the word that trybuild knows for it: a process cannot safely change its own environment.
fn bless() {
    let this = env::current_exe().expect("the test knows where it is");
    let mut again = Command::new(this);
    again.args(env::args_os().skip(1)).env_remove("BLESS").env("TRYBUILD", "overwrite");
    assert!(again.status().expect("the test runs again").success());
}
