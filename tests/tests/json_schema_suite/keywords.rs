//! The type for each schema of the suite that rules can say.

use std::collections::BTreeMap;

use palisade::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::accepts;

/// A schema, by its file and the name of its group, and the type that says it.
pub(crate) struct Row {
    pub(crate) keyword: &'static str,
    pub(crate) group: &'static str,
    pub(crate) is_typed: fn(&Value) -> bool,
    pub(crate) accepts: fn(&Value) -> bool,
}

macro_rules! rows {
    ($($keyword:literal, $group:literal: $ty:ty, $is_typed:expr;)+) => {
        pub(crate) const ROWS: &[Row] = &[$(Row {
            keyword: $keyword,
            group: $group,
            is_typed: $is_typed,
            accepts: accepts::<$ty>,
        }),+];
    };
}

rows! {
    "minLength", "minLength validation": LongText, Value::is_string;
    "minLength", "minLength validation with a decimal": LongText, Value::is_string;
    "maxLength", "maxLength validation": ShortText, Value::is_string;
    "maxLength", "maxLength validation with a decimal": ShortText, Value::is_string;
    "minimum", "minimum validation": LeastFraction, Value::is_number;
    "minimum", "minimum validation with signed integer": LeastWhole, Value::is_number;
    "maximum", "maximum validation": MostThree, Value::is_number;
    "maximum", "maximum validation with unsigned integer": MostThreeHundred, Value::is_number;
    "exclusiveMinimum", "exclusiveMinimum validation": Above, Value::is_number;
    "exclusiveMaximum", "exclusiveMaximum validation": Below, Value::is_number;
    "multipleOf", "by int": Even, Value::is_number;
    "multipleOf", "by number": OneAndAHalf, Value::is_number;
    "multipleOf", "by small number": TenThousandth, Value::is_number;
    "multipleOf", "float division = inf": LongFraction, Value::is_number;
    "multipleOf", "small multiple of large integer": HundredMillionth, Value::is_number;
    "pattern", "pattern validation": OnlyA, Value::is_string;
    "pattern", "pattern is not anchored": HoldsA, Value::is_string;
    "enum", "enums in properties": Chosen, Value::is_object;
    "enum", "enum with escaped characters": Escaped, Value::is_string;
    "enum", "nul characters in strings": Nul, Value::is_string;
    "uniqueItems", "uniqueItems validation": UniqueAny, is_list_of_any;
    "uniqueItems", "uniqueItems=false validation": AnyItems, is_list_of_any;
    "uniqueItems", "uniqueItems with an array of items and additionalItems=false": UniquePair, Value::is_array;
    "uniqueItems", "uniqueItems=false with an array of items and additionalItems=false": Pair, Value::is_array;
    "minItems", "minItems validation": SomeItems, is_list_of_any;
    "minItems", "minItems validation with a decimal": SomeItems, is_list_of_any;
    "maxItems", "maxItems validation": FewItems, is_list_of_any;
    "maxItems", "maxItems validation with a decimal": FewItems, is_list_of_any;
    "minProperties", "minProperties validation": SomeEntries, Value::is_object;
    "minProperties", "minProperties validation with a decimal": SomeEntries, Value::is_object;
    "maxProperties", "maxProperties validation": FewEntries, Value::is_object;
    "maxProperties", "maxProperties validation with a decimal": FewEntries, Value::is_object;
    "maxProperties", "maxProperties = 0 means the object is empty": NoEntries, Value::is_object;
    "required", "required validation": FooRequired, Value::is_object;
    "required", "required default validation": FooOptional, Value::is_object;
    "required", "required with empty array": FooOptional, Value::is_object;
    "required", "required with escaped characters": EscapedNames, Value::is_object;
    "required", "required properties whose names are Javascript object property names": NamesOfObjects, Value::is_object;
    "propertyNames", "propertyNames validation": ShortNames, Value::is_object;
    "propertyNames", "propertyNames validation with pattern": NamesOfA, Value::is_object;
    "propertyNames", "propertyNames with boolean schema true": AnyEntries, Value::is_object;
    "propertyNames", "propertyNames with boolean schema false": NoEntries, Value::is_object;
    "propertyNames", "propertyNames with const": NamesFoo, Value::is_object;
    "propertyNames", "propertyNames with enum": NamesFooOrBar, Value::is_object;
    "items", "a schema given for items": Integers, Value::is_array;
    "items", "items with boolean schema (true)": AnyItems, is_list_of_any;
    "items", "items with boolean schema (false)": NoItems, is_list_of_any;
    "items", "nested items": Nested, Value::is_array;
    "items", "prefixItems with no additional items allowed": Three, is_three;
    "prefixItems", "a schema given for prefixItems": IntegerAndText, is_two;
    "properties", "object properties validation": FooAndBar, Value::is_object;
    "additionalProperties", "additionalProperties can exist by itself": Flags, Value::is_object;
    "additionalProperties", "additionalProperties with propertyNames": ShortNumbers, Value::is_object;
    "dependentRequired", "single dependency": BarNeedsFoo, Value::is_object;
    "dependentRequired", "multiple dependents required": QuuxNeedsBoth, Value::is_object;
}

/// A schema without `type` says nothing of numbers with a fraction here, since what is asked to be unique has to be exact.
fn is_list_of_any(instance: &Value) -> bool {
    instance.as_array().is_some_and(|items| !items.iter().any(Value::is_f64))
}

/// A list of different things has all of them: here, whether as many are there.
fn is_three(instance: &Value) -> bool {
    instance.as_array().is_some_and(|items| 3 <= items.len())
}

fn is_two(instance: &Value) -> bool {
    instance.as_array().is_some_and(|items| items.len() == 2)
}

macro_rules! newtypes {
    ($($ty:ident($held:ty): [$($rule:tt)+];)+) => {
        $(#[derive(Deserialize, Secure)]
        struct $ty(#[secure($($rule)+)] $held);)+
    };
}

newtypes! {
    LongText(String): [length(min = 2, max = 9)];
    ShortText(String): [length(max = 2)];
    LeastFraction(f64): [range(min = 1.1)];
    LeastWhole(f64): [range(min = -2)];
    MostThree(f64): [range(max = 3)];
    MostThreeHundred(f64): [range(max = 300)];
    Above(f64): [range(above = 1.1)];
    Below(f64): [range(below = 3)];
    Even(f64): [multiple_of(2)];
    OneAndAHalf(f64): [multiple_of(1.5)];
    TenThousandth(f64): [multiple_of(0.0001)];
    LongFraction(f64): [multiple_of(0.123456789)];
    HundredMillionth(f64): [multiple_of(0.00000001)];
    OnlyA(String): [pattern("a*"), length(max = 9)];
    HoldsA(String): [contains("a"), length(max = 9)];
    Escaped(String): [one_of(["foo\nbar", "foo\rbar"])];
    Nul(String): [one_of(["hello\0there"])];
    AnyItems(Vec<Any>): [length(max = 9)];
    UniqueAny(Vec<Any>): [length(max = 9), unique];
    UniquePair([bool; 2]): [unique];
    Pair([bool; 2]): [length(max = 2)];
    SomeItems(Vec<Any>): [length(min = 1, max = 9)];
    FewItems(Vec<Any>): [length(max = 2)];
    NoItems(Vec<Any>): [length(max = 0)];
    Integers(Vec<i64>): [length(max = 9)];
    Nested(Vec<Vec<Vec<Vec<f64>>>>): [length(max = 9), each(length(max = 9), each(length(max = 9), each(length(max = 9))))];
    AnyEntries(BTreeMap<String, Any>): [length(max = 9), keys(length(max = 9))];
    SomeEntries(BTreeMap<String, Any>): [length(min = 1, max = 9), keys(length(max = 9))];
    FewEntries(BTreeMap<String, Any>): [length(max = 2), keys(length(max = 9))];
    NoEntries(BTreeMap<String, Any>): [length(max = 0), keys(length(max = 9))];
    ShortNames(BTreeMap<String, Any>): [length(max = 9), keys(length(max = 3))];
    NamesOfA(BTreeMap<String, Any>): [length(max = 9), keys(pattern("a+"), length(max = 9))];
    NamesFoo(BTreeMap<String, Any>): [length(max = 9), keys(one_of(["foo"]))];
    NamesFooOrBar(BTreeMap<String, Any>): [length(max = 9), keys(one_of(["foo", "bar"]))];
    Flags(BTreeMap<String, bool>): [length(max = 9), keys(length(max = 9))];
    ShortNumbers(BTreeMap<String, f64>): [length(max = 9), keys(length(max = 5))];
}

/// What a schema that says nothing accepts, with whole numbers.
#[derive(Deserialize, Secure, PartialEq, Eq, Hash)]
#[serde(untagged)]
enum Any {
    Null,
    Flag(bool),
    Number(i64),
    Text(#[secure(length(max = 9))] String),
    List(#[secure(length(max = 9))] Vec<Any>),
    Object(#[secure(length(max = 9), keys(length(max = 9)))] BTreeMap<String, Any>),
}

#[derive(Deserialize, Secure)]
struct Three(Any, Any, Any);

#[derive(Deserialize, Secure)]
struct IntegerAndText(i64, #[secure(length(max = 9))] String);

macro_rules! objects {
    ($($ty:ident { $($(#[$attribute:meta])* $field:ident: $held:ty,)+ })+) => {
        $(#[derive(Deserialize, Secure)]
        #[secure(ignore_unknown = "the suite adds members that the schema does not know")]
        struct $ty {
            $($(#[$attribute])* $field: $held,)+
        })+
    };
}

objects! {
    Chosen {
        #[secure(one_of(["foo"]))]
        foo: Option<String>,
        #[secure(one_of(["bar"]))]
        bar: String,
    }
    FooRequired {
        foo: Any,
        bar: Option<Any>,
    }
    FooOptional {
        foo: Option<Any>,
    }
    EscapedNames {
        #[serde(rename = "foo\nbar")]
        line_feed: Any,
        #[serde(rename = "foo\"bar")]
        quote: Any,
        #[serde(rename = "foo\\bar")]
        backslash: Any,
        #[serde(rename = "foo\rbar")]
        carriage_return: Any,
        #[serde(rename = "foo\tbar")]
        tab: Any,
        #[serde(rename = "foo\u{c}bar")]
        form_feed: Any,
    }
    NamesOfObjects {
        #[serde(rename = "__proto__")]
        proto: Any,
        #[serde(rename = "toString")]
        to_string: Any,
        constructor: Any,
    }
    FooAndBar {
        foo: Option<i64>,
        #[secure(length(max = 9))]
        bar: Option<String>,
    }
    BarNeedsFoo {
        #[secure(required_with(bar))]
        foo: Option<i64>,
        bar: Option<i64>,
    }
    QuuxNeedsBoth {
        #[secure(required_with(quux))]
        foo: Option<i64>,
        #[secure(required_with(quux))]
        bar: Option<i64>,
        quux: Option<i64>,
    }
}
