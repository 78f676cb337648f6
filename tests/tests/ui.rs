//! What the compiler refuses, and how it says so. `BLESS=1` writes the messages down anew.
//!
//! Every file is a topic with a few mistakes; its `.stderr` holds one message for each. Errors of the macro, of name
//! resolution, of types and of const evaluation come from different stages of rustc, and an earlier stage hides the later
//! ones, so they stand in files of their own.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
