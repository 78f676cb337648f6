//! Facets on schemas of each type and form.

use schemars::{JsonSchema, json_schema};

use super::*;
use crate::{
    policy::{
        Bound, Content, Facet, Facets, Leaves, PatternFacts, Position, Tagging, Unit, Unknown, Variant, Variants,
    },
    rules::{Rule, RuleRef},
    value::Value as Declared,
};

struct Any;

impl Rule for Any {
    fn code(&self) -> &'static str {
        "any"
    }
}

fn rules(facets: &[Facet]) -> Rules {
    let refs = facets.iter().map(|facet| RuleRef::new(&Any, Facets::NONE.with(*facet)));
    Rules::new(Vec::leak(refs.collect()))
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Holds the property of a field of type `T` against `expected`.
fn check<T: Declared + JsonSchema>(rules: Rules, expected: &Value) {
    let mut generator = schemars::SchemaGenerator::default();
    let property = T::json_schema(&mut generator);
    let schema = json_schema!({ "type": "object", "properties": { "field": property } });
    let fields = Vec::leak(vec![Field::new("field", T::KIND, T::shape, leak(rules))]);
    let schema = with_facets(schema, fields, &Rules::NONE, None);
    assert_eq!(schema.pointer("/properties/field"), Some(expected), "{} of {}", expected, T::schema_name());
}

const BETWEEN: [Facet; 2] = [Facet::MinLength(1), Facet::MaxLength(9)];

#[test]
fn a_length_counts_what_the_type_holds() {
    check::<String>(rules(&BETWEEN), &json!({ "type": "string", "minLength": 1, "maxLength": 9 }));
    check::<Option<String>>(rules(&BETWEEN), &json!({ "type": ["string", "null"], "minLength": 1, "maxLength": 9 }));
    check::<Vec<bool>>(
        rules(&BETWEEN),
        &json!({ "type": "array", "items": { "type": "boolean" }, "minItems": 1, "maxItems": 9 }),
    );
    check::<std::collections::BTreeMap<String, bool>>(
        rules(&BETWEEN),
        &json!({ "type": "object", "additionalProperties": { "type": "boolean" }, "minProperties": 1, "maxProperties": 9 }),
    );
}

#[test]
fn the_tightest_of_several_bounds_holds() {
    let facets =
        [Facet::MaxLength(9), Facet::MaxLength(7), Facet::MaxLength(8), Facet::MinLength(2), Facet::MinLength(1)];
    check::<String>(rules(&facets), &json!({ "type": "string", "minLength": 2, "maxLength": 7 }));
    let facets = [Facet::Minimum(Bound::Whole(-3)), Facet::Maximum(Bound::Whole(300))];
    check::<u8>(rules(&facets), &json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 255 }));
    check::<f64>(rules(&facets), &json!({ "type": "number", "format": "double", "minimum": -3, "maximum": 300 }));
}

fn pattern(source: &'static str, shortest: u64, longest: Option<u64>) -> Facet {
    Facet::Pattern(PatternFacts {
        source,
        shortest,
        longest,
        needs_uppercase: false,
        needs_lowercase: false,
        needs_outer_space: false,
    })
}

#[test]
fn a_pattern_matches_the_whole_text() {
    let sku = pattern("[A-Z]{3}", 3, Some(3));
    let expected = json!({ "type": "string", "pattern": "^(?:[A-Z]{3})$", "minLength": 3, "maxLength": 3 });
    check::<String>(rules(&[sku]), &expected);
    check::<String>(rules(&[pattern("^[A-Z]{3}$", 3, Some(3))]), &expected);
    check::<String>(
        rules(&[pattern("a+", 1, None), pattern("[ab]+", 1, None), pattern("a+", 1, None)]),
        &json!({ "type": "string", "pattern": "^(?:a+)$", "minLength": 1, "allOf": [{ "pattern": "^(?:[ab]+)$" }] }),
    );
}

#[test]
fn an_optional_choice_may_be_null() {
    let choices = Facet::OneOf(&["EUR", "USD"]);
    check::<String>(rules(&[choices]), &json!({ "type": "string", "enum": ["EUR", "USD"] }));
    check::<Option<String>>(rules(&[choices]), &json!({ "type": ["string", "null"], "enum": ["EUR", "USD", null] }));
}

#[test]
fn a_part_of_a_text_is_matched_as_it_is() {
    let part = |position| Facet::Holds(position, "a.(b)\u{202E}");
    check::<String>(rules(&[part(Position::Start)]), &json!({ "type": "string", "pattern": r"^a\.\(b\)\u202E" }));
    check::<String>(rules(&[part(Position::End)]), &json!({ "type": "string", "pattern": r"a\.\(b\)\u202E$" }));
    check::<String>(
        rules(&[part(Position::Anywhere), Facet::Holds(Position::Start, "x")]),
        &json!({ "type": "string", "pattern": r"a\.\(b\)\u202E", "allOf": [{ "pattern": "^x" }] }),
    );
    // An absent text lacks every part.
    check::<Option<String>>(
        rules(&[Facet::Holds(Position::Nowhere, "//")]),
        &json!({ "type": ["string", "null"], "not": { "type": "string", "pattern": r"\/\/" } }),
    );
}

#[test]
fn a_length_in_another_unit_is_no_length_of_json_schema() {
    check::<String>(
        rules(&[Facet::MinLength(1), Facet::Unit(Unit::Graphemes)]),
        &json!({ "type": "string", "minLength": 1, "x-palisade-rule": ["length"] }),
    );
}

#[test]
fn what_json_schema_cannot_say_is_said_beside_it() {
    let facets = [
        Facet::Cleaned("trim", Leaves::Trimmed),
        Facet::Cleaned("lowercase", Leaves::NoCapitals),
        Facet::Sensitive,
        Facet::Custom("even"),
        Facet::Format("email"),
    ];
    check::<String>(
        rules(&facets),
        &json!({
            "type": "string",
            "format": "email",
            "x-sanitize": ["trim", "lowercase"],
            "x-sensitive-data": true,
            "x-palisade-rule": ["even"],
        }),
    );
    check::<String>(rules(&[]).unchecked("a reason"), &json!({ "type": "string", "x-unchecked-reason": "a reason" }));
}

#[test]
fn what_a_step_brings_about_is_no_bound_of_what_may_be_sent() {
    let facets = [Facet::Cleaned("truncate", Leaves::Anything), Facet::Truncated(4)];
    check::<String>(rules(&facets), &json!({ "type": "string", "x-sanitize": ["truncate"] }));
    let facets =
        [Facet::Cleaned("clamp", Leaves::Anything), Facet::Raised(Bound::Whole(1)), Facet::Lowered(Bound::Whole(9))];
    check::<f64>(rules(&facets), &json!({ "type": "number", "format": "double", "x-sanitize": ["clamp"] }));
    // In front of `reject_unclean` it is.
    let facets = [Facet::Clean("truncate", Leaves::Anything), Facet::MaxLength(4), Facet::RejectUnclean];
    check::<String>(rules(&facets), &json!({ "type": "string", "maxLength": 4, "x-palisade-rule": ["truncate"] }));
}

#[test]
fn rules_on_parts_are_where_the_parts_are() {
    let inner = leak(rules(&[Facet::MaxLength(4)]));
    let outer = leak(rules(&[Facet::MaxLength(3)]).each(inner));
    check::<Vec<Vec<String>>>(
        rules(&[Facet::MaxLength(2)]).each(outer),
        &json!({
            "type": "array",
            "maxItems": 2,
            "items": { "type": "array", "maxItems": 3, "items": { "type": "string", "maxLength": 4 } },
        }),
    );
    check::<Option<Vec<String>>>(
        rules(&[Facet::MaxLength(2)]).each(inner),
        &json!({ "type": ["array", "null"], "maxItems": 2, "items": { "type": "string", "maxLength": 4 } }),
    );
    check::<std::collections::BTreeMap<String, u8>>(
        rules(&[]).keys(inner).values(leak(rules(&[Facet::Maximum(Bound::Whole(9))]))),
        &json!({
            "type": "object",
            "propertyNames": { "type": "string", "maxLength": 4 },
            "additionalProperties": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 9 },
        }),
    );
}

/// Folds rules into a property that refers to another type, whose shape is this.
fn referred(property: &Value, shape: fn() -> Shape, rules: Rules, expected: &Value) {
    let schema = json_schema!({ "properties": { "field": property } });
    let fields = Vec::leak(vec![Field::new("field", Kind::Object, shape, leak(rules))]);
    assert_eq!(with_facets(schema, fields, &Rules::NONE, None).pointer("/properties/field"), Some(expected));
}

#[test]
fn a_reference_keeps_its_facets_beside_it() {
    let title = || Shape::Newtype(|| Shape::Scalar(Kind::Text), &Rules::NONE);
    referred(
        &json!({ "$ref": "#/a" }),
        title,
        rules(&BETWEEN),
        &json!({ "$ref": "#/a", "minLength": 1, "maxLength": 9 }),
    );
    referred(
        &json!({ "anyOf": [{ "$ref": "#/a" }, { "type": "null" }] }),
        || Shape::Nullable(|| Shape::List(|| Shape::Opaque)),
        rules(&BETWEEN),
        &json!({ "anyOf": [{ "$ref": "#/a", "minItems": 1, "maxItems": 9 }, { "type": "null" }] }),
    );
    // Keywords for another type hold for every value.
    referred(
        &json!(true),
        || Shape::Opaque,
        rules(&[Facet::MaxLength(9)]),
        &json!({ "maxLength": 9, "maxItems": 9, "maxProperties": 9 }),
    );
}

#[test]
fn a_newtype_carries_its_own_facets() {
    let schema = with_newtype_facets(json_schema!({ "type": "string" }), leak(rules(&BETWEEN)), None);
    assert_eq!(schema, json!({ "type": "string", "minLength": 1, "maxLength": 9 }));
}

const TEXT: Rules = Rules::new(&[RuleRef::new(&Any, Facets::NONE.with(Facet::MaxLength(9)))]);
const FIELDS: &[Field] = &[Field::new("text", Kind::Text, || Shape::Scalar(Kind::Text), &TEXT)];
const VARIANTS: &[Variant] =
    &[Variant::new("Cash", &[], Content::Unit, 0), Variant::new("Card", &[], Content::Object, 1)];

/// Folds a bound on the field `text` of the variant `Card` into an enum of this schema.
fn variant(tagging: Tagging, schema: &Value, place: &str) {
    let shape = Shape::variants(Variants::new(tagging, VARIANTS, FIELDS, Unknown::Refused));
    let schema = with_variant_facets(Schema::try_from(schema.clone()).unwrap(), shape, None);
    assert_eq!(schema.pointer(place).unwrap()["maxLength"], 9, "{schema:?}");
}

#[test]
fn a_variant_is_found_in_every_representation() {
    let content = json!({ "type": "object", "properties": { "text": { "type": "string" } } });
    variant(
        Tagging::External,
        &json!({ "oneOf": [
            { "type": "string", "const": "Cash" },
            { "type": "object", "properties": { "Card": content }, "required": ["Card"] },
        ] }),
        "/oneOf/1/properties/Card/properties/text",
    );
    let internal = json!({ "properties": { "kind": { "const": "Card" }, "text": {} } });
    variant(Tagging::Internal("kind"), &json!({ "oneOf": [{}, internal] }), "/oneOf/1/properties/text");
    let adjacent = json!({ "properties": { "t": { "const": "Card" }, "c": content } });
    variant(Tagging::Adjacent("t", "c"), &json!({ "oneOf": [adjacent] }), "/oneOf/0/properties/c/properties/text");
    variant(Tagging::Untagged, &json!({ "anyOf": [{ "type": "null" }, content] }), "/anyOf/1/properties/text");
}

#[test]
fn a_wrapped_value_carries_the_rules_of_its_variant() {
    const NOTE: &[Variant] = &[Variant::new("Note", &[], Content::Newtype, 1)];
    let schema = json_schema!({ "oneOf": [
        { "type": "object", "properties": { "Note": { "type": "string" } }, "required": ["Note"] },
    ] });
    let shape = Shape::variants(Variants::new(Tagging::External, NOTE, FIELDS, Unknown::Refused));
    let schema = with_variant_facets(schema, shape, None);
    assert_eq!(schema.pointer("/oneOf/0/properties/Note/maxLength"), Some(&json!(9)));
}
