//! The database of the shop, as somebody who looks into it sees it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};
use tokio_rusqlite::rusqlite::{Connection, types::ValueRef};

/// A database in a file, which is gone with it.
pub(crate) struct File(PathBuf);

impl File {
    pub(crate) fn new(name: &str) -> Self {
        let file = Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.db")));
        file.remove();
        file
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The tables there are, and every row of all of them, by its id.
    pub(crate) fn dump(&self) -> (Vec<String>, BTreeMap<String, Value>) {
        let database = Connection::open(&self.0).unwrap();
        let mut tables =
            database.prepare("SELECT name FROM sqlite_master WHERE type <> 'index' ORDER BY name").unwrap();
        let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut rows = BTreeMap::new();
        for table in &tables {
            let mut all = database.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
            let names: Vec<String> = all.column_names().into_iter().map(str::to_owned).collect();
            let mut found = all.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let columns =
                    names.iter().enumerate().map(|(at, name)| (name.clone(), read(row.get_ref(at).unwrap(), name)));
                let row = Value::Object(columns.collect::<Map<_, _>>());
                rows.insert(row["id"].as_str().expect("an id").to_owned(), row);
            }
        }
        (tables, rows)
    }

    fn remove(&self) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Lists and addresses are kept as JSON.
fn read(value: ValueRef<'_>, name: &str) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Text(text) if matches!(name, "tags" | "ship_to") => serde_json::from_slice(text).expect("JSON"),
        ValueRef::Text(text) => std::str::from_utf8(text).expect("UTF-8").into(),
        ValueRef::Real(_) | ValueRef::Blob(_) => panic!("`{name}` holds no text and no number"),
    }
}
