//! What is left is what a JSON value is without what was marked.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::{policy::Masking, respond::to_bytes, value::Step};

/// Any document, with names that are the same in many places, and need escaping.
fn document() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter_map("a number of JSON", |number| serde_json::Number::from_f64(number).map(Value::from)),
        "[a-cä<\\u{2028}]{0,6}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 64, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map("[a-c/~ä]{0,2}", inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Marks on some of the document, and what is left of it.
fn marked(value: &Value, choices: &mut impl Iterator<Item = u8>) -> (Marks, Value) {
    let mut marks = Marks::none();
    let left = match value {
        Value::String(text) if choices.next() < Some(80) => {
            let masking = Masking::new().last(2);
            marks.set(Mark::Masked(masking));
            Value::from(masking.mask(text))
        }
        Value::Array(items) => {
            let left = items.iter().enumerate().map(|(at, item)| {
                let (inner, left) = marked(item, choices);
                marks.add(Step::Index(at), inner);
                left
            });
            left.collect()
        }
        Value::Object(members) => {
            let mut left = Map::new();
            for (name, member) in members {
                if choices.next() < Some(80) {
                    marks.add(Step::Key(name), Marks::of(Mark::Hidden));
                    continue;
                }
                let (inner, member) = marked(member, choices);
                marks.add(Step::Key(name), inner);
                left.insert(name.clone(), member);
            }
            Value::Object(left)
        }
        scalar => scalar.clone(),
    };
    marks.settle();
    (marks, left)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_the_document_without_what_was_marked(
        document in document(),
        choices in proptest::collection::vec(any::<u8>(), 200),
    ) {
        let (marks, left) = marked(&document, &mut choices.into_iter());
        let bytes = to_bytes(&Concealed::new(&document, &marks)).unwrap();
        prop_assert_eq!(bytes, to_bytes(&left).unwrap());
        prop_assert!(marks.all_met());
    }
}

fn written(value: &Value, marks: &Marks) -> Option<Value> {
    let bytes = to_bytes(&Concealed::new(value, marks))?;
    marks.all_met().then(|| serde_json::from_slice(&bytes).unwrap())
}

fn below(steps: &[Step<'_>], mark: Mark) -> Marks {
    steps.iter().rev().fold(Marks::of(mark), |inner, step| {
        let mut marks = Marks::none();
        marks.add(*step, inner);
        marks
    })
}

#[test]
fn a_mark_that_is_not_met_lets_nothing_out() {
    let document = json!({ "a": { "b": 1 }, "list": [1, "text"] });
    let masked = Mark::Masked(Masking::new());
    for (steps, mark) in [
        // Nothing stands there.
        (&[Step::Field("b")][..], Mark::Hidden),
        (&[Step::Field("a"), Step::Field("c")], Mark::Hidden),
        (&[Step::Field("list"), Step::Index(2)], masked),
        (&[Step::Index(0)], masked),
        // An item cannot be left out, and the whole cannot.
        (&[Step::Field("list"), Step::Index(0)], Mark::Hidden),
        (&[], Mark::Hidden),
        // Only a text can be masked.
        (&[Step::Field("a")], masked),
        (&[Step::Field("list")], masked),
        (&[Step::Field("list"), Step::Index(0)], masked),
    ] {
        assert_eq!(written(&document, &below(steps, mark)), None, "{steps:?} {mark:?}");
    }
    let marks = below(&[Step::Field("list"), Step::Index(1)], masked);
    assert_eq!(written(&document, &marks), Some(json!({ "a": { "b": 1 }, "list": [1, "****"] })));
}

#[test]
fn what_is_hidden_is_not_looked_into() {
    let mut marks = below(&[Step::Field("a"), Step::Field("b")], Mark::Hidden);
    marks.add(Step::Field("a"), Marks::of(Mark::Hidden));
    marks.settle();
    assert_eq!(written(&json!({ "a": { "b": 1 }, "c": 2 }), &marks), Some(json!({ "c": 2 })));
}

#[test]
fn a_scalar_that_is_no_text_is_not_masked() {
    #[derive(serde::Serialize)]
    enum Unit {
        One,
    }

    let marks = || Marks::of(Mark::Masked(Masking::new()));
    assert!(to_bytes(&Concealed::new(&Unit::One, &marks())).is_none());
    assert!(to_bytes(&Concealed::new(&'c', &marks())).is_none());
    assert!(to_bytes(&Concealed::new(&1.5, &marks())).is_none());
    assert_eq!(to_bytes(&Concealed::new(&None::<u8>, &marks())).unwrap(), "null");
    // A type that writes itself as it displays.
    assert_eq!(to_bytes(&Concealed::new(&std::net::Ipv4Addr::LOCALHOST, &marks())).unwrap(), r#""*********""#);
}
