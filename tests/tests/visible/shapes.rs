//! Every shape that serde writes, without a caller: what is hidden is not there, what is masked is not readable.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, VecDeque},
    rc::Rc,
    sync::Arc,
};

use palisade::{
    prelude::*,
    respond::{Recipient, Respond},
    value::Output,
};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::policy::Role;

fn shown<T: Output + Serialize>(value: T) -> (u16, Value) {
    let answer = Json(value).respond(&Recipient::anybody());
    let body = serde_json::from_slice(answer.body().whole().unwrap()).unwrap();
    (answer.status().as_u16(), body)
}

fn check<T: Output + Serialize>(value: T, expected: &Value) {
    assert_eq!(shown(value), (200, expected.clone()));
}

/// What is somewhere within: one member that is seen, and one that is not.
#[derive(Serialize, Clone, Secure)]
#[secure(output)]
struct In {
    a: u8,
    #[secure(visible(role = Role::Admin))]
    b: u8,
}

const IN: In = In { a: 1, b: 2 };

macro_rules! holds {
    ($($(#[$attribute:meta])* $ty:ty: $value:expr => $expected:tt);+ $(;)?) => {
        $({
            #[derive(Serialize, Secure)]
            #[secure(output)]
            struct Holder {
                $(#[$attribute])*
                held: $ty,
            }
            check(Holder { held: $value }, &json!($expected));
        })+
    };
}

#[test]
fn wrappers_lists_and_maps() {
    holds! {
        In: IN => { "held": { "a": 1 } };
        Option<In>: Some(IN) => { "held": { "a": 1 } };
        Option<In>: None => { "held": null };
        #[serde(skip_serializing_if = "Option::is_none")]
        Option<In>: None => {};
        #[serde(skip_serializing_if = "Option::is_none")]
        Option<In>: Some(IN) => { "held": { "a": 1 } };
        Box<In>: Box::new(IN) => { "held": { "a": 1 } };
        Box<Option<Box<In>>>: Box::new(Some(Box::new(IN))) => { "held": { "a": 1 } };
        Cow<'static, In>: Cow::Owned(IN) => { "held": { "a": 1 } };
        &'static In: &IN => { "held": { "a": 1 } };
        [In; 2]: [IN, IN] => { "held": [{ "a": 1 }, { "a": 1 }] };
        #[serde(rename = "x/~")]
        In: IN => { "x/~": { "a": 1 } };
        #[serde(flatten)]
        In: IN => { "a": 1 };
        #[serde(flatten)]
        Option<In>: Some(IN) => { "a": 1 };
        #[serde(flatten)]
        #[secure(length(max = 2), keys(length(max = 2)))]
        BTreeMap<String, In>: BTreeMap::from([("k".to_owned(), IN)]) => { "k": { "a": 1 } };
        #[secure(length(max = 2))]
        Vec<In>: vec![IN, IN] => { "held": [{ "a": 1 }, { "a": 1 }] };
        #[secure(length(max = 2))]
        VecDeque<In>: [IN].into() => { "held": [{ "a": 1 }] };
        #[secure(length(max = 2))]
        Vec<Option<In>>: vec![None, Some(IN)] => { "held": [null, { "a": 1 }] };
        #[secure(length(max = 2))]
        HashMap<u8, In>: HashMap::from([(7, IN)]) => { "held": { "7": { "a": 1 } } };
        #[secure(length(max = 2))]
        BTreeMap<bool, Vec2>: BTreeMap::from([(true, Vec2(vec![IN]))]) => { "held": { "true": [{ "a": 1 }] } };
        #[secure(length(max = 2))]
        BTreeMap<Key, In>: BTreeMap::from([(Key::FirstOne, IN)]) => { "held": { "first-one": { "a": 1 } } };
    }
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Vec2(#[secure(length(max = 2))] Vec<In>);

#[derive(Serialize, Secure, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
#[secure(output)]
enum Key {
    FirstOne,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Pair(In, u8, In);

#[derive(Serialize, Secure)]
#[serde(transparent)]
#[secure(output)]
struct Through {
    inner: Generic<In>,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Generic<T> {
    left: T,
    #[secure(never)]
    right: T,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Tree {
    #[secure(never)]
    secret: u8,
    #[secure(length(max = 9))]
    below: Vec<Tree>,
    next: Option<Box<Tree>>,
}

#[test]
fn tuples_newtypes_generics_and_recursion() {
    check(Pair(IN, 3, IN), &json!([{ "a": 1 }, 3, { "a": 1 }]));
    check(Through { inner: Generic { left: IN, right: IN } }, &json!({ "left": { "a": 1 } }));
    let leaf = |secret| Tree { secret, below: vec![], next: None };
    check(
        Tree { secret: 1, below: vec![leaf(2)], next: Some(Box::new(leaf(3))) },
        &json!({ "below": [{ "below": [], "next": null }], "next": { "below": [], "next": null } }),
    );
}

macro_rules! enums {
    ($($name:ident [$($attribute:meta),*] $unit:tt $newtype:tt $object:tt);+ $(;)?) => {
        $({
            #[derive(Serialize, Secure)]
            $(#[$attribute])*
            #[serde(rename_all = "lowercase")]
            #[secure(output)]
            enum $name {
                Unit,
                Newtype(In),
                Object {
                    #[secure(visible(role = Role::Admin))]
                    x: u8,
                    #[serde(rename = "z")]
                    y: In,
                },
            }
            check($name::Unit, &json!($unit));
            check($name::Newtype(IN), &json!($newtype));
            check($name::Object { x: 1, y: IN }, &json!($object));

            #[derive(Serialize, Secure)]
            #[secure(output)]
            struct List {
                #[secure(length(max = 3))]
                list: Vec<$name>,
                #[serde(flatten)]
                flat: $name,
            }
            let list = vec![$name::Object { x: 1, y: IN }, $name::Newtype(IN)];
            let (status, found) = shown(List { list, flat: $name::Newtype(IN) });
            assert_eq!((status, &found["list"]), (200, &json!([$object, $newtype])));
            let mut flat = found;
            flat.as_object_mut().unwrap().remove("list");
            assert_eq!(flat, json!($newtype));
        })+
    };
}

#[test]
fn enums_in_every_tagging() {
    enums! {
        External [] "unit" { "newtype": { "a": 1 } } { "object": { "z": { "a": 1 } } };
        Internal [serde(tag = "t")] { "t": "unit" } { "t": "newtype", "a": 1 } { "t": "object", "z": { "a": 1 } };
        Adjacent [serde(tag = "t", content = "c")] { "t": "unit" } { "t": "newtype", "c": { "a": 1 } } { "t": "object", "c": { "z": { "a": 1 } } };
        Untagged [serde(untagged)] null { "a": 1 } { "z": { "a": 1 } };
    }
}

#[derive(Serialize, Secure)]
#[secure(output)]
enum Lists {
    Two(In, In),
}

#[test]
fn tuple_variants() {
    check(Lists::Two(IN, IN), &json!({ "Two": [{ "a": 1 }, { "a": 1 }] }));
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Number(#[secure(mask(last = 2), length(max = 9))] String);

#[derive(Serialize, Secure)]
#[secure(output)]
struct Masks {
    #[secure(mask(last = 4), length(max = 19))]
    card: Box<Option<String>>,
    #[secure(mask, length(max = 19))]
    gone: Option<Cow<'static, str>>,
    #[secure(mask(last = 1), visible(role = Role::Admin), length(max = 9))]
    short: &'static str,
    number: Number,
    #[secure(length(max = 9))]
    numbers: Vec<Number>,
}

#[test]
fn masks() {
    let number = || Number("12345".into());
    check(
        Masks {
            card: Box::new(Some("4111111111111111".into())),
            gone: None,
            short: "ä",
            number: number(),
            numbers: vec![number(), Number("é".into())],
        },
        &json!({ "card": "************1111", "gone": null, "short": "*", "number": "***45", "numbers": ["***45", "*"] }),
    );
    let schema = palisade::schema::output::<Number>().to_value();
    assert_eq!((&schema["x-palisade-mask"]["last"], &schema["maxLength"]), (&json!(2), &json!(9)));
}

/// Names that differ between the directions.
#[derive(Serialize, Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
#[secure(input, output)]
struct Both {
    first_name: u8,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    #[secure(never)]
    second_name: u8,
    #[serde(skip_deserializing, default)]
    #[secure(never)]
    third_name: u8,
    #[serde(skip_serializing)]
    fourth_name: u8,
}

#[test]
fn names_are_those_of_the_direction() {
    check(Both { first_name: 1, second_name: 2, third_name: 3, fourth_name: 4 }, &json!({ "firstName": 1 }));
    let (output, input) = (palisade::schema::output::<Both>().to_value(), palisade::schema::input::<Both>().to_value());
    let names = |schema: &Value| schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&output), ["firstName"]);
    assert_eq!(names(&input), ["first-name", "fourth-name", "in"]);
}

/// An owner that never leaves.
#[derive(Serialize, Secure)]
#[secure(output)]
struct Owned {
    #[serde(skip_serializing)]
    #[secure(owner)]
    owner: Option<String>,
    #[secure(visible(owner))]
    secret: u8,
}

#[test]
fn nobody_owns_nothing() {
    check(Owned { owner: None, secret: 1 }, &json!({}));
    let _ = Owned { owner: Some(String::new()), secret: 1 }.owner;
    check(Owned { owner: Some(String::new()), secret: 1 }, &json!({}));
}

/// Serde writes what it likes.
#[derive(Secure)]
#[secure(output)]
struct Renegade {
    #[secure(never)]
    secret: u8,
    open: u8,
}

impl Serialize for Renegade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.secret, self.open].serialize(serializer)
    }
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Codec {
    #[serde(serialize_with = "elsewhere")]
    held: In,
}

fn elsewhere<S: Serializer>(held: &In, serializer: S) -> Result<S::Ok, S::Error> {
    json!({ "here": { "a": held.a, "b": held.b } }).serialize(serializer)
}

#[test]
fn what_is_not_written_where_it_was_marked_does_not_leave() {
    let (status, body) = shown(Renegade { secret: 42, open: 1 });
    assert_eq!((status, body.to_string().contains("42")), (500, false));
    assert_eq!(shown(Codec { held: IN }).0, 500);
}

#[test]
fn pointers_that_share_are_looked_through() {
    // `Rc` and `Arc` are serialized by a feature of serde that is the user's choice.
    use palisade::value::Value as _;
    const { assert!(<Rc<In>>::REGARDS_CALLERS && <Arc<Vec<In>>>::REGARDS_CALLERS) };
    const { assert!(!<Rc<u8>>::REGARDS_CALLERS && !<Vec<String>>::REGARDS_CALLERS) };
}

/// Of the same name, and hidden in one of them only.
#[derive(Serialize, Secure)]
#[serde(untagged)]
#[secure(output)]
enum Either {
    Hidden {
        #[secure(never)]
        x: u8,
    },
    Shown {
        x: u8,
    },
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Reversed {
    #[serde(serialize_with = "reversed")]
    #[secure(length(max = 2))]
    held: Vec<Either>,
}

fn reversed<S: Serializer>(held: &[Either], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(held.iter().rev())
}

#[test]
fn what_is_written_at_another_position_does_not_leave() {
    let (hidden, open) = (|| Either::Hidden { x: 42 }, || Either::Shown { x: 1 });
    let (status, body) = shown(Reversed { held: vec![hidden(), open()] });
    assert_eq!((status, body.to_string().contains("42")), (500, false), "{body}");
    check(Reversed { held: vec![open()] }, &json!({ "held": [{ "x": 1 }] }));
}

#[derive(Serialize, Secure, PartialEq, Eq, PartialOrd, Ord)]
#[secure(output)]
struct Card(#[secure(mask(last = 4), length(max = 19))] String);

#[derive(Serialize, Secure)]
#[secure(output)]
struct ByCard {
    #[secure(length(max = 2))]
    spent: BTreeMap<Card, u8>,
}

#[test]
fn what_is_masked_is_no_key() {
    let (status, body) = shown(ByCard { spent: BTreeMap::from([(Card("4111111111111111".into()), 1)]) });
    assert_eq!((status, body.to_string().contains("1111")), (500, false), "{body}");
    check(ByCard { spent: BTreeMap::new() }, &json!({ "spent": {} }));
}

#[derive(Serialize, Secure)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE", rename_all_fields = "camelCase")]
#[secure(output)]
enum Mixed {
    #[serde(rename_all = "PascalCase")]
    TwoWords {
        #[secure(never)]
        the_x: u8,
        r#type: In,
    },
    Newtype(Number),
    #[serde(untagged)]
    Plain {
        #[secure(never)]
        the_x: u8,
        r#type: u8,
    },
    #[serde(untagged)]
    Text(Number),
}

#[derive(Serialize, Secure)]
#[serde(tag = "t", rename_all = "camelCase")]
#[secure(output)]
struct Tagged {
    #[secure(never)]
    field_2b: u8,
    r#fn: In,
    #[secure(length(max = 2))]
    list: std::collections::BTreeSet<Ordered>,
    #[secure(length(max = 2))]
    nested: Vec<Vec2>,
    unit: (),
}

#[derive(Serialize, Secure, PartialEq, Eq, PartialOrd, Ord)]
#[secure(output)]
struct Ordered {
    #[secure(never)]
    first: u8,
    second: u8,
}

#[test]
fn names_of_every_kind() {
    check(Mixed::Plain { the_x: 1, r#type: 2 }, &json!({ "type": 2 }));
    check(Mixed::TwoWords { the_x: 1, r#type: IN }, &json!({ "TWO-WORDS": { "Type": { "a": 1 } } }));
    check(Mixed::Newtype(Number("12345".into())), &json!({ "NEWTYPE": "***45" }));
    check(Mixed::Text(Number("12345".into())), &json!("***45"));
    let ordered = |first| Ordered { first, second: 7 };
    check(
        Tagged { field_2b: 1, r#fn: IN, list: [ordered(1), ordered(2)].into(), nested: vec![Vec2(vec![IN])], unit: () },
        &json!({ "t": "Tagged", "fn": { "a": 1 }, "list": [{ "second": 7 }, { "second": 7 }], "nested": [[{ "a": 1 }]], "unit": null }),
    );
}

#[tokio::test]
async fn nothing_is_shown_more_of_in_another_answer() {
    use futures_util::{StreamExt, stream};
    use http_body_util::BodyExt;
    use palisade::respond::{Accepted, Csv, Download, Event, Events, Lines, Page, Tagged};

    async fn sent(answer: impl Respond) -> String {
        let answer = answer.respond(&Recipient::anybody());
        String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().into()).unwrap()
    }
    let hidden = || In { a: 1, b: 42 };
    let all = [
        sent(Page::of(vec![hidden()])).await,
        sent(Csv(vec![hidden()])).await,
        sent(Lines::of(stream::iter([Ok(hidden())]).boxed())).await,
        sent(Events::of(stream::iter([Ok(Event::of(hidden()))]).boxed())).await,
        sent(Tagged::hashed(Json(hidden()))).await,
        sent(Created::at("/", Json(hidden()))).await,
        sent(Accepted::unmonitored(Download::named("a", Json(hidden())))).await,
        sent(Ok::<_, Problem>(Json(Valid::new(hidden()).unwrap()))).await,
    ];
    for body in all {
        assert!(body.contains('1') && !body.contains("42"), "{body}");
    }
}
