//! The corpora that nobody here wrote: they lie beside the workspace, and a test that does not find them says so and returns.
//!
//! `PALISADE_CORPORA` names another folder. Nothing of a corpus is copied into the workspace.

use std::{env, fs, path::PathBuf};

use serde_json::Value;

fn folder() -> PathBuf {
    match env::var_os("PALISADE_CORPORA") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpora"),
    }
}

/// The text of a file of the corpora. Where there are none, the reason is printed. A file that is missing in a corpus that
/// is there is a failure: a test must not turn silent because something was renamed.
pub(crate) fn text(path: &str) -> Option<String> {
    let folder = folder();
    if !folder.is_dir() {
        println!("skipped: the corpora are not at {}", folder.display());
        return None;
    }
    let path = folder.join(path);
    Some(fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The same, as JSON.
pub(crate) fn json(path: &str) -> Option<Value> {
    text(path).map(|text| serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}")))
}
