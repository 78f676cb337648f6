//! The expansions of `macros/snapshots/*.rs`, kept beside them as `*.expanded`. `BLESS=1` writes them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::expand;

#[test]
fn expansions_are_as_reviewed() -> Result<(), String> {
    for name in [
        "newtype",
        "constructor",
        "object",
        "property",
        "between",
        "tuple",
        "variants",
        "generic",
        "catalogue",
        "callers",
        "endpoint",
        "request",
        "api",
    ] {
        let expanded = expand(&read(&source(name))?)?;
        let file: syn::File = syn::parse2(expanded).map_err(|error| format!("{name}: {error}"))?;
        let expanded = prettyplease::unparse(&file);
        let kept = source(name).with_extension("expanded");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&kept, &expanded).map_err(|error| error.to_string())?;
        }
        assert_eq!(read(&kept)?, expanded, "{name}: run with BLESS=1, and read the difference");
    }
    Ok(())
}

fn source(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name).with_extension("rs")
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
