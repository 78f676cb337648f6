//! The JSON Schema Test Suite, draft 2020-12: what it says of a keyword or a format, the rule says too, or a table says why not.

mod corpora;

mod json_schema_suite {
    pub(crate) mod differences;
    pub(crate) mod formats;
    pub(crate) mod keywords;
    pub(crate) mod unsaid;
}

use std::collections::BTreeSet;

use json_schema_suite::{differences, formats, keywords, unsaid};
use palisade::value::{Input, from_json};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

const DRAFT: &str = "json-schema/tests/draft2020-12";

/// Some instances, and whether the schema accepts them.
#[derive(Deserialize)]
struct Group {
    description: String,
    tests: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

fn groups(file: &str) -> Option<Vec<Group>> {
    let groups = corpora::json(&format!("{DRAFT}/{file}.json"))?;
    Some(serde_json::from_value(groups).expect("groups of tests"))
}

fn accepts<T: Input + DeserializeOwned>(instance: &Value) -> bool {
    from_json::<T>(&instance.to_string()).is_ok()
}

#[test]
fn keywords_mean_what_the_suite_says() {
    let mut asked = 0;
    for row in keywords::ROWS {
        let Some(groups) = groups(row.keyword) else { return };
        let group = groups.iter().find(|group| group.description == row.group);
        let group = group.unwrap_or_else(|| panic!("{}: no group `{}`", row.keyword, row.group));
        let mut of_the_type = 0;
        for test in &group.tests {
            // A schema without `type` says nothing about values of other types; a field always has one.
            let is_typed = (row.is_typed)(&test.data);
            of_the_type += u32::from(is_typed);
            let found = (row.accepts)(&test.data);
            assert_eq!(
                found,
                is_typed && test.valid,
                "{}, {}, {}: {}",
                row.keyword,
                row.group,
                test.description,
                test.data
            );
        }
        assert!(0 < of_the_type, "{}, {}: no instance is of the type", row.keyword, row.group);
        asked += of_the_type;
    }
    assert!(150 < asked, "{asked} instances");
}

#[test]
fn every_group_of_these_keywords_is_asked_or_cannot_be_said() {
    let files: BTreeSet<&str> = keywords::ROWS.iter().map(|row| row.keyword).collect();
    for file in files {
        let Some(groups) = groups(file) else { return };
        for group in groups {
            let is_asked = keywords::ROWS.iter().any(|row| row.keyword == file && row.group == group.description);
            let is_unsaid =
                unsaid::GROUPS.iter().any(|(keyword, name, _)| *keyword == file && *name == group.description);
            assert!(is_asked != is_unsaid, "{file}, {}: asked, or unsaid with a reason", group.description);
        }
    }
}

#[test]
fn formats_mean_what_the_suite_says_or_the_table_says_why_not() {
    let mut unlisted = Vec::new();
    let mut listed: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut asked = 0;
    for row in formats::ROWS {
        let Some(groups) = groups(&format!("optional/format/{}", row.file)) else { return };
        for test in groups.into_iter().flat_map(|group| group.tests) {
            let Some(text) = test.data.as_str() else { continue };
            asked += 1;
            if (row.accepts)(&test.data) == test.valid {
                continue;
            }
            match differences::find(row.rule, text) {
                Some(known) => drop(listed.insert(known)),
                None => unlisted.push(format!("({:?}, {text:?}, {}), // {}", row.rule, test.valid, test.description)),
            }
        }
    }
    assert!(unlisted.is_empty(), "{} differences without a reason:\n{}", unlisted.len(), unlisted.join("\n"));
    assert!(differences::ROWS.iter().all(|known| !known.why.is_empty()));
    for known in differences::all() {
        assert!(listed.contains(&known), "{} agrees on {:?} by now", known.0, known.1);
    }
    assert!(500 < asked, "{asked} texts");
}
