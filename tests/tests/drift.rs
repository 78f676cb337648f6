//! The emitted JSON Schema and the generated check agree: `jsonschema` is the oracle, over generated values and mutants.
//!
//! The schema describes clean values, so the check runs without the cleaning steps before it.

mod drift {
    pub(crate) mod generate;
    pub(crate) mod types;
}

use std::collections::BTreeSet;

use drift::{generate::Generator, types};
use jsonschema::Validator;
use palisade::{
    Json,
    rules::email_grammar::is_email,
    value::{Input, Path, Report},
};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Values of each type, half of them mutated.
const ROUNDS: u64 = 3_000;

fn schema_of<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    serde_json::to_value(schema).expect("a schema is JSON")
}

fn oracle(schema: &Value) -> Validator {
    jsonschema::options()
        .should_validate_formats(true)
        // Two grammars for e-mail addresses are a question of profile, not of drift.
        .with_format("email", is_email)
        .build(schema)
        .expect("the schema is sound")
}

fn accepts<T: Input + DeserializeOwned>(value: &Value) -> bool {
    // From text, as a request comes, so that numbers are read as a request's are.
    let Some(decoded) = Json::<T>::decode(&value.to_string()) else { return false };
    let mut report = Report::new();
    decoded.check(&Path::root(), &mut report);
    report.is_empty()
}

/// Serde reads a list as an internally tagged enum, the tag first, and gives a deserializer no way to tell.
fn is_excused(schema: &Value, value: &Value) -> bool {
    schema.get("oneOf").is_some() && value.is_array()
}

/// How the schema and the check are held against each other.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// They accept the same values.
    Agrees,
    /// The schema cannot say everything: it may accept more, and never less.
    NotStricter,
}

impl Mode {
    /// What a schema cannot say takes longest to check.
    const fn rounds(self) -> u64 {
        match self {
            Self::Agrees => ROUNDS,
            Self::NotStricter => ROUNDS / 6,
        }
    }
}

/// Holds values and mutants of `T` against its schema. How many are accepted and refused, says whether that means much.
fn hold<T: Input + DeserializeOwned + JsonSchema>(name: &str, mode: Mode) -> u64 {
    let schema = schema_of::<T>();
    let oracle = oracle(&schema);
    let mut accepted = 0;
    for seed in 0..mode.rounds() {
        let mut generator = Generator::new(&schema, seed);
        let value = if seed % 2 == 0 { generator.value() } else { generator.mutant() };
        if is_excused(&schema, &value) {
            continue;
        }
        let (expected, found) = (oracle.is_valid(&value), accepts::<T>(&value));
        let holds = match mode {
            Mode::Agrees => found == expected,
            Mode::NotStricter => expected || !found,
        };
        assert!(holds, "{name}, seed {seed}: the check says {found}, the schema {expected}: {value}\n{schema:#}");
        accepted += u64::from(found);
    }
    accepted
}

/// At least a tenth must be accepted, and refused.
fn assert_agrees<T: Input + DeserializeOwned + JsonSchema>(name: &str) {
    let accepted = hold::<T>(name, Mode::Agrees);
    assert!(ROUNDS / 10 < accepted && accepted < ROUNDS - ROUNDS / 10, "{name}: {accepted} of {ROUNDS} accepted");
}

/// Texts made from a schema seldom have a check digit, so that fewer are accepted.
fn assert_not_stricter<T: Input + DeserializeOwned + JsonSchema>(name: &str) {
    let accepted = hold::<T>(name, Mode::NotStricter);
    let rounds = Mode::NotStricter.rounds();
    assert!(rounds / 100 < accepted && accepted < rounds - rounds / 10, "{name}: {accepted} of {rounds} accepted");
    assert!(!beyond_the_schema(&schema_of::<T>()).is_empty(), "{name}: its schema says everything, so let it agree");
}

macro_rules! held {
    ($all:ident, $assert:ident: $($test:ident: $ty:ty),+ $(,)?) => {
        const $all: &[fn() -> Value] = &[$(schema_of::<$ty>),+];

        $(#[test]
        fn $test() {
            $assert::<$ty>(stringify!($ty));
        })+
    };
}

held! {
    AGREED, assert_agrees:
    texts_agree: types::Texts,
    characters_agree: types::Characters,
    forms_agree: types::Forms,
    parts_agree: types::Parts,
    numbers_agree: types::Numbers,
    lists_agree: types::Lists,
    maps_agree: types::Maps,
    wrappers_agree: types::Wrappers,
    nested_and_recursive_types_agree: types::Tree,
    generic_types_agree: types::Page<types::Line>,
    enums_agree: types::Payment,
    newtypes_agree: types::Line,
    relations_agree: types::Related,
    choices_among_fields_agree: types::Chosen,
    drafts_agree: types::Draft,
    drafts_in_a_group_agree: palisade::value::On<types::Draft, types::Create>,
    adjacent_enums_agree: types::Movement,
    tuples_agree: types::Point,
    enums_of_tuples_agree: types::Mark,
    multiples_agree: types::Multiples,
    uniques_agree: types::Uniques,
    keys_agree: types::Keys,
    containers_agree: types::Containers,
    formats_agree: types::Formats,
    spellings_agree: types::Spellings,
    codes_agree: types::Codes,
    steps_agree: types::Steps,
    new_orders_of_the_shop_agree: shop::orders::NewOrder,
    changes_of_the_shop_agree: shop::orders::OrderChange,
    addresses_of_the_shop_agree: shop::orders::Address,
    ids_of_the_shop_agree: shop::orders::OrderId,
    states_of_the_shop_agree: shop::orders::Status,
}

held! {
    PARTLY_SAID, assert_not_stricter:
    names_are_within_their_schema: types::Names,
    hosts_are_within_their_schema: types::Hosts,
    registered_things_are_within_their_schema: types::Registered,
    what_is_judged_is_within_its_schema: types::Judged,
    times_are_within_their_schema: types::Times,
    what_is_compared_is_within_its_schema: types::Compared,
}

/// The rules that the schema names because it cannot say them.
fn beyond_the_schema(schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match schema {
        Value::Object(members) => {
            let words = members.get("x-palisade-rule").and_then(Value::as_array).into_iter().flatten();
            found.extend(words.filter_map(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| found.extend(beyond_the_schema(member)));
        }
        Value::Array(items) => items.iter().for_each(|item| found.extend(beyond_the_schema(item))),
        _ => {}
    }
    found
}

#[test]
fn what_a_schema_cannot_say_it_names() {
    let found: BTreeSet<String> = PARTLY_SAID.iter().flat_map(|schema| beyond_the_schema(&schema())).collect();
    let expected = BTreeSet::from(
        [
            "after",
            "alphanumeric",
            "before",
            "bic",
            "card",
            "cidr",
            "decimal",
            "differs_from",
            "equal_to",
            "filename",
            "future",
            "greater_than",
            "hostname",
            "iban",
            "ip",
            "json",
            "language",
            "less_than",
            "password",
            "past",
            "path_segment",
            "phone",
            "precis",
            "required_if",
            "single_script",
            "timezone",
            "trim",
            "url",
            "within",
        ]
        .map(str::to_owned),
    );
    assert_eq!(found, expected);
    let agreed: BTreeSet<String> = AGREED.iter().flat_map(|schema| beyond_the_schema(&schema())).collect();
    // The oracle was told which addresses are meant.
    assert_eq!(agreed, BTreeSet::from(["email".to_owned()]));
}

#[test]
fn every_rule_is_in_the_drift_types() {
    let source = include_str!("drift/types.rs");
    let attributes: String = source.lines().filter(|line| line.contains("#[secure(")).collect();
    let words: BTreeSet<&str> = attributes.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    for name in palisade::rules::NAMES {
        assert!(words.contains(name), "`{name}` is on no field of drift/types.rs");
    }
}
