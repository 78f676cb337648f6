//! The house is in order: every row of a table has its file, its example, its compile-fail case and its line in the docs,
//! and nobody knows what they should not.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file below `folder`.
fn sources(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found
}

fn all_cases() -> String {
    sources("tests/tests/ui").iter().map(|path| fs::read_to_string(path).expect("a case")).collect()
}

/// The rule's file, or the folder of a rule that needs more than one.
fn rule_file(name: &str) -> String {
    let file = format!("runtime/src/rules/{name}.rs");
    if root().join(&file).exists() { file } else { format!("runtime/src/rules/{name}/mod.rs") }
}

#[test]
fn every_rule_has_an_example_a_case_and_its_own_word() {
    let cases = all_cases();
    let documented = read("runtime/src/docs/rules.md");
    for name in palisade::rules::NAMES {
        let source = read(rule_file(name));
        assert!(source.starts_with(&format!("//! `{name}")), "{name}: its file begins with how it is written");
        assert!(source.contains("//! ```"), "{name}: its file has an example");
        assert!(source.contains(&format!("\"{name}\"")), "{name}: its code is its word");
        assert!(cases.contains(name), "{name}: no compile-fail case mentions it");
        assert!(documented.contains(&format!("| [`{name}")), "{name}: no row in docs/rules.md");
    }
}

#[test]
fn every_control_has_an_example_a_case_and_a_row() {
    let cases = all_cases();
    let documented = read("runtime/src/docs/secure.md");
    for name in palisade::controls::NAMES {
        let source = read(format!("runtime/src/controls/{name}.rs"));
        assert!(source.starts_with(&format!("//! `{name}")), "{name}: its file begins with how it is written");
        assert!(source.contains("/// ```"), "{name}: its file has an example");
        assert!(cases.contains(&format!("{name} =")) || cases.contains(&format!("{name}(")), "{name}: no case");
        assert!(documented.contains(&format!("| `{name}")), "{name}: no row in docs/secure.md");
    }
}

#[test]
fn the_macro_crate_knows_no_rule_and_no_control() {
    for path in sources("macros/src") {
        let source = fs::read_to_string(&path).expect("a source");
        let code: String = source
            .lines()
            .take_while(|line| !line.contains("#[cfg(test)]"))
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        for name in palisade::rules::NAMES.iter().chain(palisade::controls::NAMES) {
            // `auth` is a word of an API's attribute as well, and `lowercase` one of serde's ways to rename.
            // A catalogue says which of the two it is by the same words.
            let otherwise = *name == "auth"
                || (*name == "lowercase" && path.ends_with("model/case.rs"))
                || (matches!(*name, "scope" | "role") && path.ends_with("model/catalogue.rs"));
            if !otherwise {
                assert!(!code.contains(&format!("\"{name}\"")), "{} knows `{name}`", path.display());
            }
        }
    }
}

#[test]
fn only_the_adapter_knows_axum() {
    for path in sources("runtime/src") {
        let relative = path.strip_prefix(root().join("runtime/src")).expect("below").to_owned();
        let source = fs::read_to_string(&path).expect("a source");
        if relative.starts_with("axum") {
            continue;
        }
        for (number, line) in source.lines().enumerate() {
            let code = line.trim_start();
            let names_it = code.contains("axum::") && !code.starts_with("//") && !code.contains("crate::axum");
            // The prelude shows users axum's own `State`, and messages may name the way to serve.
            let allowed = relative == Path::new("prelude.rs") || code.contains("`palisade::axum::serve`");
            assert!(!names_it || allowed, "{}:{} names axum", relative.display(), number + 1);
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    for folder in ["macros/src", "runtime/src", "examples"] {
        for path in sources(folder) {
            let source = fs::read_to_string(&path).expect("a source");
            assert!(source.starts_with("//!"), "{}: says nothing at its top", path.display());
            let code = source.lines().take_while(|line| !line.contains("#[cfg(test)]")).count();
            let is_tests = path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
            assert!(code <= 400 || is_tests, "{}: {code} lines: is there a second thing in it?", path.display());
        }
    }
}

#[test]
fn nothing_is_left_behind() {
    for folder in ["macros/src", "runtime/src", "examples", "tests/tests", "benches/src"] {
        // A case for the compiler need not run.
        for path in sources(folder).into_iter().filter(|path| !path.components().any(|part| part.as_os_str() == "ui")) {
            let source = fs::read_to_string(&path).expect("a source");
            for word in ["TO\u{44}O", "FIX\u{4d}E", "todo\u{21}(", "unimplemented\u{21}(", "#[ignor\u{65}"] {
                assert!(!source.contains(word), "{}: {word}", path.display());
            }
        }
    }
}
