//! Reads a JSON object strictly: UTF-8, no duplicate member names, bounded depth, nothing after it.

use std::{borrow::Cow, fmt, sync::LazyLock};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::names::Names;

/// How deep objects and arrays may nest, the outermost included.
const DEPTH: u8 = 16;

/// The bytes are not a JSON object as strict as wanted here.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::auth) struct NotAnObject;

/// A value, as far as claims and header members have a meaning. Texts stay in the document where they can.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::auth) enum Item<'j> {
    Text(Cow<'j, str>),
    /// An array of nothing but texts.
    Texts(Texts<'j>),
    Number(f64),
    Object,
    /// Any other array, `true`, `false` and `null`.
    Other,
}

/// The texts of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::auth) enum Texts<'j> {
    /// From the first letter of the first to the last of the last, as the document has them: between two are `"`, a comma and
    /// white space. `None` where there is no text.
    Plain(Option<&'j str>),
    /// At least one has an escape.
    Escaped(Vec<String>),
}

/// Parses `bytes` as one object.
pub(in crate::auth) fn object(bytes: &[u8]) -> Result<Map<String, Value>, NotAnObject> {
    let text = str::from_utf8(bytes).map_err(|_| NotAnObject)?;
    read(text, |_, _, _| ())?;
    // Its names are known to be distinct, so that none can take the place of another.
    serde_json::from_str(text).map_err(|_| NotAnObject)
}

/// Reads `text` as one object, and says its members and those of objects in it: the name of the outer one first.
pub(in crate::auth) fn read<'j>(
    text: &'j str,
    mut member: impl FnMut(Option<&str>, &str, Item<'j>),
) -> Result<(), NotAnObject> {
    let mut json = serde_json::Deserializer::from_str(text);
    let whole = Strict { text, within: Within::Nothing, depth: DEPTH, member: &mut member };
    let item = whole.deserialize(&mut json).map_err(|_| NotAnObject)?;
    json.end().map_err(|_| NotAnObject)?;
    if item == Item::Object { Ok(()) } else { Err(NotAnObject) }
}

/// Reads a value and refuses what `serde_json` alone lets pass.
struct Strict<'r, 'j, F> {
    text: &'j str,
    within: Within<'r>,
    /// How many more levels may open.
    depth: u8,
    member: &'r mut F,
}

/// Where a value stands: only what is close to the top is said.
#[derive(Clone, Copy)]
enum Within<'r> {
    Nothing,
    TheObject(&'r str),
    AnObjectInIt,
}

impl<'j, F: FnMut(Option<&str>, &str, Item<'j>)> Strict<'_, 'j, F> {
    fn inner<'s, E: de::Error>(&'s mut self, within: Within<'s>) -> Result<Strict<'s, 'j, F>, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deep"))?;
        Ok(Strict { text: self.text, within, depth, member: self.member })
    }
}

impl<'j, F: FnMut(Option<&str>, &str, Item<'j>)> DeserializeSeed<'j> for Strict<'_, 'j, F> {
    type Value = Item<'j>;

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<Item<'j>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'j, F: FnMut(Option<&str>, &str, Item<'j>)> Visitor<'j> for Strict<'_, 'j, F> {
    type Value = Item<'j>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Item<'j>, E> {
        Ok(Item::Other)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Item<'j>, E> {
        Ok(Item::Other)
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers have a meaning here far below 2^53 only")]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Item<'j>, E> {
        Ok(Item::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers have a meaning here far below 2^53 only")]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Item<'j>, E> {
        Ok(Item::Number(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Item<'j>, E> {
        if value.is_finite() { Ok(Item::Number(value)) } else { Err(E::custom("not finite")) }
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'j str) -> Result<Item<'j>, E> {
        Ok(Item::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Item<'j>, E> {
        Ok(Item::Text(Cow::Owned(String::from(value))))
    }

    fn visit_seq<A: SeqAccess<'j>>(mut self, mut items: A) -> Result<Item<'j>, A::Error> {
        let mut texts = Some(Texts::Plain(None));
        while let Some(item) = items.next_element_seed(self.inner(Within::AnObjectInIt)?)? {
            texts = match (texts, item) {
                (Some(texts), Item::Text(text)) => Some(texts.and(text, self.text)),
                (_, Item::Text(_) | Item::Texts(_) | Item::Number(_) | Item::Object | Item::Other) => None,
            };
        }
        Ok(texts.map_or(Item::Other, Item::Texts))
    }

    fn visit_map<A: MapAccess<'j>>(mut self, mut members: A) -> Result<Item<'j>, A::Error> {
        let mut names = Names::none();
        while let Some(Name(name)) = members.next_key()? {
            if name == NUMBER && *NUMBERS_COME_AS_MAPS {
                return number(&members.next_value::<String>()?);
            }
            let (outer, within) = match self.within {
                Within::Nothing => (Some(None), Within::TheObject(&name)),
                Within::TheObject(outer) => (Some(Some(outer)), Within::AnObjectInIt),
                Within::AnObjectInIt => (None, Within::AnObjectInIt),
            };
            let item = members.next_value_seed(self.inner(within)?)?;
            if let Some(outer) = outer {
                (self.member)(outer, &name, item);
            }
            if !names.add(name) {
                return Err(de::Error::custom("a member name is there twice"));
            }
        }
        Ok(Item::Object)
    }
}

impl<'j> Texts<'j> {
    /// These and one more, both of them in `document`.
    fn and(self, text: Cow<'j, str>, document: &'j str) -> Self {
        match (self, text) {
            (Self::Plain(None), Cow::Borrowed(text)) => Self::Plain(Some(text)),
            (Self::Plain(Some(before)), Cow::Borrowed(text)) => Self::Plain(spanning(document, before, text)),
            // In place: a list of a thousand texts must not be copied a thousand times.
            (Self::Escaped(mut texts), text) => {
                texts.push(text.into_owned());
                Self::Escaped(texts)
            }
            (plain @ Self::Plain(_), text) => {
                let mut texts = plain.iter().map(String::from).collect::<Vec<_>>();
                texts.push(text.into_owned());
                Self::Escaped(texts)
            }
        }
    }

    pub(in crate::auth) fn iter(&self) -> impl Iterator<Item = &str> {
        let (plain, escaped) = match self {
            Self::Plain(span) => (*span, &[][..]),
            Self::Escaped(texts) => (None, texts.as_slice()),
        };
        plain.into_iter().flat_map(within).chain(escaped.iter().map(String::as_str))
    }
}

/// The texts of a [`Texts::Plain`].
pub(in crate::auth) fn within(span: &str) -> impl Iterator<Item = &str> {
    // No text in it has an escape, so each `"` begins or ends one, and every second piece is what is between two.
    span.split('"').step_by(2)
}

/// What of the document stands from the one to the end of the other.
fn spanning<'j>(document: &'j str, first: &str, last: &str) -> Option<&'j str> {
    document.get(position(document, first)?..position(document, last)? + last.len())
}

/// Where a part of the document begins in it.
pub(in crate::auth) fn position(document: &str, part: &str) -> Option<usize> {
    part.as_ptr().addr().checked_sub(document.as_ptr().addr())
}

/// A member name, which stays in the document if it has no escape.
struct Name<'j>(Cow<'j, str>);

impl<'de: 'j, 'j> de::Deserialize<'de> for Name<'j> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_str(NameVisitor).map(Name)
    }
}

struct NameVisitor;

impl<'j> Visitor<'j> for NameVisitor {
    type Value = Cow<'j, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a member name")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'j str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(String::from(name)))
    }
}

/// The member name under which `serde_json` hands out numbers when its feature `arbitrary_precision` is on.
const NUMBER: &str = "$serde_json::private::Number";

/// Any crate of a build can switch that feature on for all of them, and every token would then be refused.
static NUMBERS_COME_AS_MAPS: LazyLock<bool> =
    LazyLock::new(|| serde_json::from_str::<Value>("1.00").is_ok_and(|number| number.to_string().len() == 4));

fn number<'j, E: de::Error>(text: &str) -> Result<Item<'j>, E> {
    // As without the feature: what no float can hold is refused.
    let number = text.parse::<Number>().map_err(E::custom)?.as_f64().filter(|number| number.is_finite());
    number.map(Item::Number).ok_or_else(|| E::custom("not finite"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_30_a_member_name_said_twice_is_refused_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":2}"#, r#"{"a":{"b":1,"b":2}}"#, r#"{"a":[{"b":1,"b":2}]}"#]
        {
            assert_eq!(object(text.as_bytes()), Err(NotAnObject), "{text}");
        }
        assert!(object(br#"{"a":{"a":1},"b":{"a":1}}"#).is_ok());
    }

    #[test]
    fn rule_31_only_one_utf_8_object_is_accepted() {
        let refused: [&[u8]; 15] = [
            b"",
            b"null",
            b"[]",
            b"\"text\"",
            b"1",
            b"{} {}",
            b"{}x",
            b"{\"a\":1,}",
            b"{'a':1}",
            b"\xEF\xBB\xBF{}",
            b"{\"a\":\"\xFF\"}",
            b"{\"a\":\"\\ud800\"}",
            b"{\"a\":1e999}",
            b"{\"a\":NaN}",
            b"{\"a\":01}",
        ];
        for text in refused {
            assert_eq!(object(text), Err(NotAnObject), "{}", String::from_utf8_lossy(text));
        }
        assert!(object(b" { } ").is_ok_and(|map| map.is_empty()));
    }

    #[test]
    fn rule_31_depth_is_capped() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(object(nested(15).as_bytes()).is_ok());
        assert_eq!(object(nested(16).as_bytes()), Err(NotAnObject));
        assert_eq!(object(nested(4_000).as_bytes()), Err(NotAnObject));
    }

    #[test]
    fn values_arrive_as_serde_json_would_read_them() {
        let text = r#"{"n":null,"t":true,"i":-3,"u":18446744073709551615,"f":1.5,"s":"a\nb","l":[1,{"x":[]}]}"#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(object(text.as_bytes()).map(Value::Object), Ok(expected));
    }

    #[test]
    fn members_are_said_down_to_the_second_level() {
        let mut said = Vec::new();
        let text = r#"{"a":"x","b":{"c":1.5,"d":{"e":1},"f":["y","z"]},"g":[{"h":1}],"i":[null],"\u006a":"\n"}"#;
        read(text, |outer, name, item| said.push(format!("{outer:?} {name} {item:?}"))).unwrap();
        assert_eq!(
            said,
            [
                r#"None a Text("x")"#,
                r#"Some("b") c Number(1.5)"#,
                r#"Some("b") d Object"#,
                r#"Some("b") f Texts(Plain(Some("y\",\"z")))"#,
                "None b Object",
                "None g Other",
                "None i Other",
                r#"None j Text("\n")"#,
            ]
        );
    }

    #[test]
    fn an_array_of_texts_is_read_whatever_is_in_them() {
        for (array, expected) in [
            ("[]", &[][..]),
            (r#"[""]"#, &[""]),
            (r#"["",""]"#, &["", ""]),
            (r#"[ "a" , "b c" ]"#, &["a", "b c"]),
            (r#"[",","[","ä"]"#, &[",", "[", "ä"]),
            (r#"["a","\"","b","\u0063"]"#, &["a", "\"", "b", "c"]),
            (r#"["\"","a"]"#, &["\"", "a"]),
        ] {
            let text = format!(r#"{{"x":{array}}}"#);
            let mut texts = None;
            read(&text, |_, _, item| texts = Some(item)).unwrap();
            let Some(Item::Texts(texts)) = texts else { panic!("{array} is {texts:?}") };
            assert!(texts.iter().eq(expected.iter().copied()), "{array}");
        }
    }

    #[test]
    fn an_object_cannot_pose_as_a_number() {
        let map = object(br#"{"exp":{"$serde_json::private::Number":"9"}}"#).unwrap();
        assert_eq!(map.get("exp").is_some_and(Value::is_number), *NUMBERS_COME_AS_MAPS);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = object(&bytes);
        }
    }
}
