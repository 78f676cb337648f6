//! The emitted JSON Schema and the generated check agree: `jsonschema` is the oracle, over generated values and mutants.
//!
//! The schema describes clean values, so the check runs without the cleaning steps before it.

mod drift {
    pub(crate) mod generate;
    pub(crate) mod types;
}

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

/// Holds `rounds` values and mutants of `T` against its schema; at least a tenth must be accepted, and refused.
fn assert_agrees<T: Input + DeserializeOwned + JsonSchema>(name: &str) {
    let schema = schema_of::<T>();
    let oracle = oracle(&schema);
    let mut accepted = 0;
    for seed in 0..ROUNDS {
        let mut generator = Generator::new(&schema, seed);
        let value = if seed % 2 == 0 { generator.value() } else { generator.mutant() };
        if is_excused(&schema, &value) {
            continue;
        }
        let (expected, found) = (oracle.is_valid(&value), accepts::<T>(&value));
        assert_eq!(found, expected, "{name}, seed {seed}: {value}\n{schema:#}");
        accepted += u64::from(found);
    }
    assert!(ROUNDS / 10 < accepted && accepted < ROUNDS - ROUNDS / 10, "{name}: {accepted} of {ROUNDS} accepted");
}

macro_rules! agree {
    ($($test:ident: $ty:ty),+ $(,)?) => {
        $(#[test]
        fn $test() {
            assert_agrees::<$ty>(stringify!($ty));
        })+
    };
}

agree! {
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
    new_orders_of_the_shop_agree: shop::orders::NewOrder,
    changes_of_the_shop_agree: shop::orders::OrderChange,
    addresses_of_the_shop_agree: shop::orders::Address,
    ids_of_the_shop_agree: shop::orders::OrderId,
    states_of_the_shop_agree: shop::orders::Status,
}
