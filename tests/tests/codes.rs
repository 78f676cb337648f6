//! Every stable code, with its parameters and words, from real violations: `runtime/src/docs/codes.md` is made of them.
//!
//! `BLESS=1 cargo test -p palisade-tests --test codes` writes the file; otherwise it is compared.

#[path = "codes/between.rs"]
mod between;
#[path = "codes/rules.rs"]
mod rules;
#[path = "codes/standing.rs"]
mod standing;

use std::{collections::BTreeSet, env, fmt::Write, fs, path::PathBuf};

use palisade::{prelude::*, rules::Parameter, value::Report};
use serde_json::Value;

/// One violation as its receiver sees it.
pub struct Row {
    /// What was written, or what was sent.
    written: String,
    code: String,
    params: String,
    detail: String,
}

impl Row {
    /// The violation in `report` at `/value`, or the first.
    pub fn new(written: &str, report: &Report) -> Self {
        let at_value = report.violations().find(|violation| violation.pointer() == "/value");
        let violation =
            at_value.or(report.violations().next()).unwrap_or_else(|| panic!("`{written}` refused nothing"));
        let mut params = Vec::new();
        violation.parameters(&mut |name, parameter| params.push(format!("\"{name}\": {}", json(parameter))));
        let params = if params.is_empty() { String::new() } else { format!("`{{{}}}`", params.join(", ")) };
        Self {
            written: written.split_whitespace().collect::<Vec<_>>().join(" "),
            code: violation.code().to_owned(),
            params,
            detail: violation.detail(),
        }
    }
}

fn json(parameter: Parameter) -> Value {
    match parameter {
        Parameter::Integer(number) => i64::try_from(number).expect("a small number").into(),
        Parameter::Fraction(number) => number.into(),
        Parameter::Text(text) => text.into(),
        Parameter::Texts(texts) => texts.into(),
        Parameter::Numbers(numbers) => numbers.into(),
    }
}

/// Marks: they refuse nothing themselves.
const NEVER_VIOLATED: &[&str] = &["sensitive", "reject_unclean"];

#[test]
fn every_rule_is_violated_under_its_word() {
    let seen: BTreeSet<String> = rules::rows().into_iter().chain(between::rows()).map(|row| row.code).collect();
    let missing: Vec<_> =
        palisade::rules::NAMES.iter().filter(|name| !seen.contains(**name) && !NEVER_VIOLATED.contains(name)).collect();
    assert!(missing.is_empty(), "no violation of {missing:?} is produced: add a row in tests/tests/codes");
    let surplus: Vec<_> = NEVER_VIOLATED.iter().filter(|name| seen.contains(**name)).collect();
    assert!(surplus.is_empty(), "{surplus:?} can be violated");
}

#[test]
fn the_table_of_codes_is_what_violations_say() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/docs/codes.md");
    let made = table();
    if env::var_os("BLESS").is_some() {
        fs::write(&file, &made).expect("the table is written");
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(there == made, "{} is not what violations say now: run with BLESS=1", file.display());
}

#[test]
fn every_parameter_is_of_the_documented_schema() {
    let document = shop::policy::Shop::openapi(&Deployment::at("https://api.shop.example")).to_value();
    let schema = &document["components"]["schemas"]["InvalidProblem"]["properties"]["errors"]["items"];
    let validator = jsonschema::validator_for(&schema["properties"]["params"]).expect("a sound schema");
    for row in standing::rows().into_iter().chain(rules::rows()).chain(between::rows()) {
        let params = row.params.trim_matches('`');
        let params: Value = serde_json::from_str(if params.is_empty() { "{}" } else { params }).expect("an object");
        assert!(validator.is_valid(&params), "{} {params}", row.written);
    }
}

fn table() -> String {
    let mut text = String::from(
        "# The codes\n\n\
        What a violation says: its code and the names of its parameters are stable, its words are not. The tables are made\n\
        by a test from real violations; a row is one of them, and a rule with other arguments has other values.\n\n\
        ## What stands without being written\n\n\
        | code | when | `params` | `detail` |\n|---|---|---|---|\n",
    );
    for row in standing::rows() {
        let Row { written, code, params, detail } = row;
        writeln!(text, "| `{code}` | {written} | {params} | {detail} |").expect("text is written");
    }
    text.push_str("\n## What rules say\n\n| code | rule | `params` | `detail` |\n|---|---|---|---|\n");
    let mut rows: Vec<Row> = rules::rows().into_iter().chain(between::rows()).collect();
    let place = |row: &Row| palisade::rules::NAMES.iter().position(|name| *name == row.code);
    rows.sort_by_key(|row| place(row).expect("the code of a built-in rule"));
    for Row { written, code, params, detail } in rows {
        writeln!(text, "| `{code}` | `{written}` | {params} | {detail} |").expect("text is written");
    }
    text.push_str(
        "\nA cleaning step is reported in front of [`reject_unclean`](crate::rules::reject_unclean), or where its own bound\n\
        cannot be kept. A function of yours, by `check` or `verify`, reports the code of its\n\
        [`Invariant`](crate::value::Invariant), and a rule of yours its own. Of a [`sensitive`](crate::rules::sensitive) value\n\
        there are no `params`, and the detail is \"is refused\".\n",
    );
    text
}
