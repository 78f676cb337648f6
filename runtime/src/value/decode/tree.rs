//! A document decoded without its type, so that everything wrong with it can be explained. Only refused requests get here.

use std::{borrow::Cow, cell::Cell, fmt};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A decoded document; duplicate members are kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree<'a> {
    Null,
    Boolean(bool),
    Integer(i128),
    Number(f64),
    Text(Cow<'a, str>),
    /// A text from a query or path: any scalar may be meant.
    Lexical(Cow<'a, str>),
    /// What was held against its declaration as it came: a file, or a part whose fault is reported already.
    Explained,
    List(Vec<Tree<'a>>),
    Object(Vec<(Cow<'a, str>, Tree<'a>)>),
}

/// Why a document became no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoTree {
    /// It is no JSON.
    Malformed,
    /// It has more parts than are explained.
    TooLarge,
}

/// A tree takes many times the memory of its text, so it has no more nodes than this.
const NODES: u32 = 65_536;

impl<'a> Tree<'a> {
    /// The tree of a JSON text.
    pub(super) fn decode(text: &'a str) -> Result<Self, NoTree> {
        let left = Cell::new(NODES);
        let mut document = serde_json::Deserializer::from_str(text);
        let tree = TreeSeed(&left).deserialize(&mut document).and_then(|tree| document.end().map(|()| tree));
        tree.map_err(|_| if left.get() == 0 { NoTree::TooLarge } else { NoTree::Malformed })
    }
}

/// Decodes one node, as long as some are left.
#[derive(Clone, Copy)]
struct TreeSeed<'b>(&'b Cell<u32>);

impl<'de> DeserializeSeed<'de> for TreeSeed<'_> {
    type Value = Tree<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree<'de>, D::Error> {
        match self.0.get() {
            0 => Err(D::Error::custom("too many parts")),
            left => {
                self.0.set(left - 1);
                deserializer.deserialize_any(TreeVisitor(self))
            }
        }
    }
}

struct TreeVisitor<'b>(TreeSeed<'b>);

impl<'de> Visitor<'de> for TreeVisitor<'_> {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Integer(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.0)? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some(Key(key)) = members.next_key()? {
            object.push((key, members.next_value_seed(self.0)?));
        }
        Ok(Tree::Object(object))
    }
}

/// A member name, borrowed where it has no escapes.
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member name")
            }

            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(value)))
            }

            fn visit_str<E>(self, value: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_becomes_no_tree() {
        let nodes = |count: usize| format!("[{}]", vec!["0"; count].join(","));
        assert!(Tree::decode(&nodes(NODES as usize - 2)).is_ok());
        assert_eq!(Tree::decode(&nodes(NODES as usize + 1)), Err(NoTree::TooLarge));
        assert_eq!(Tree::decode("[0"), Err(NoTree::Malformed));
        assert_eq!(Tree::decode("[0] 1"), Err(NoTree::Malformed));
    }
}
