//! Reads dictionaries of structured fields (RFC 9651) more strictly than they say: bounded, and nothing said twice.

use std::{error::Error, fmt};

use http::{HeaderMap, HeaderName};
use sfv::{
    BareItemFromInput, KeyRef,
    visitor::{DictionaryVisitor, EntryVisitor, InnerListVisitor, ItemVisitor, ParameterVisitor},
};

/// A value as it stands in a field.
pub(super) type Bare<'f> = BareItemFromInput<'f>;

/// Parameters, in their order, each name once.
pub(super) type Parameters<'f> = Vec<(&'f KeyRef, Bare<'f>)>;

/// One value with its parameters.
#[derive(Debug)]
pub(super) struct Item<'f> {
    pub(super) value: Bare<'f>,
    pub(super) parameters: Parameters<'f>,
}

/// What a name of a dictionary stands for.
#[derive(Debug)]
pub(super) enum Member<'f> {
    Item(Item<'f>),
    InnerList(Vec<Item<'f>>, Parameters<'f>),
}

/// The field is not what is wanted: no dictionary, too long, or with a name twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsound;

/// How much of a dictionary is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caps {
    /// The most bytes, of all lines of the field together.
    pub(super) bytes: usize,
    /// The most members.
    pub(super) members: usize,
    /// The most items of an inner list, and the most parameters of one thing.
    pub(super) items: usize,
}

/// All lines of a field as one value (RFC 9110, section 5.3); nothing where the field is not there.
pub(super) fn line(headers: &HeaderMap, name: &HeaderName, most: usize) -> Result<Option<Vec<u8>>, Unsound> {
    let mut whole: Option<Vec<u8>> = None;
    for value in headers.get_all(name) {
        let length = whole.as_ref().map_or(0, |whole| whole.len() + 2);
        if most < length + value.len() {
            return Err(Unsound);
        }
        match &mut whole {
            None => whole = Some(value.as_bytes().to_vec()),
            Some(whole) => {
                whole.extend_from_slice(b", ");
                whole.extend_from_slice(value.as_bytes());
            }
        }
    }
    Ok(whole)
}

/// The members of a dictionary, in their order, each name once.
pub(super) fn dictionary(line: &[u8], caps: Caps) -> Result<Vec<(&KeyRef, Member<'_>)>, Unsound> {
    if caps.bytes < line.len() {
        return Err(Unsound);
    }
    let reading = Reading { members: Vec::new(), caps };
    sfv::Parser::new(line).parse_dictionary_with_visitor(reading).map_err(|_| Unsound)
}

struct Reading<'f> {
    members: Vec<(&'f KeyRef, Member<'f>)>,
    caps: Caps,
}

impl<'f> DictionaryVisitor<'f> for Reading<'f> {
    type Out = Vec<(&'f KeyRef, Member<'f>)>;
    type Error = Unsound;

    fn entry(&mut self, key: &'f KeyRef) -> Result<impl EntryVisitor<'f>, Unsound> {
        // The standard has the last of two win, so that who reads the first reads something else.
        if self.caps.members <= self.members.len() || self.members.iter().any(|(known, _)| *known == key) {
            return Err(Unsound);
        }
        self.members.push((key, Member::InnerList(Vec::new(), Vec::new())));
        let most = self.caps.items;
        self.members.last_mut().map(|(_, member)| Entering { member, most }).ok_or(Unsound)
    }

    fn finish(self) -> Result<Self::Out, Unsound> {
        Ok(self.members)
    }
}

struct Entering<'m, 'f> {
    member: &'m mut Member<'f>,
    most: usize,
}

impl<'f> EntryVisitor<'f> for Entering<'_, 'f> {
    type Error = Unsound;

    fn item(self) -> Result<impl ItemVisitor<'f>, Unsound> {
        Ok(Single(self))
    }

    fn inner_list(self) -> Result<impl InnerListVisitor<'f>, Unsound> {
        match self.member {
            Member::InnerList(items, parameters) => Ok(Listing { items, parameters, most: self.most }),
            Member::Item(_) => Err(Unsound),
        }
    }
}

struct Single<'m, 'f>(Entering<'m, 'f>);

impl<'f> ItemVisitor<'f> for Single<'_, 'f> {
    type Out = ();
    type Error = Unsound;

    fn bare_item(self, value: Bare<'f>) -> Result<impl ParameterVisitor<'f, Out = ()>, Unsound> {
        let Entering { member, most } = self.0;
        *member = Member::Item(Item { value, parameters: Vec::new() });
        match member {
            Member::Item(item) => Ok(Collecting { parameters: &mut item.parameters, most }),
            Member::InnerList(..) => Err(Unsound),
        }
    }
}

struct Listing<'m, 'f> {
    items: &'m mut Vec<Item<'f>>,
    parameters: &'m mut Parameters<'f>,
    most: usize,
}

impl<'f> InnerListVisitor<'f> for Listing<'_, 'f> {
    type Error = Unsound;

    fn item(&mut self) -> Result<impl ItemVisitor<'f>, Unsound> {
        if self.most <= self.items.len() {
            return Err(Unsound);
        }
        Ok(Adding { items: self.items, most: self.most })
    }

    fn finish(self) -> Result<impl ParameterVisitor<'f>, Unsound> {
        Ok(Collecting { parameters: self.parameters, most: self.most })
    }
}

struct Adding<'m, 'f> {
    items: &'m mut Vec<Item<'f>>,
    most: usize,
}

impl<'f> ItemVisitor<'f> for Adding<'_, 'f> {
    type Out = ();
    type Error = Unsound;

    fn bare_item(self, value: Bare<'f>) -> Result<impl ParameterVisitor<'f, Out = ()>, Unsound> {
        self.items.push(Item { value, parameters: Vec::new() });
        let last = self.items.last_mut().ok_or(Unsound)?;
        Ok(Collecting { parameters: &mut last.parameters, most: self.most })
    }
}

struct Collecting<'m, 'f> {
    parameters: &'m mut Parameters<'f>,
    most: usize,
}

impl<'f> ParameterVisitor<'f> for Collecting<'_, 'f> {
    type Out = ();
    type Error = Unsound;

    fn parameter(&mut self, key: &'f KeyRef, value: Bare<'f>) -> Result<(), Unsound> {
        if self.most.min(MOST_PARAMETERS) <= self.parameters.len()
            || self.parameters.iter().any(|(known, _)| *known == key)
        {
            return Err(Unsound);
        }
        self.parameters.push((key, value));
        Ok(())
    }

    fn finish(self) -> Result<(), Unsound> {
        Ok(())
    }
}

/// No field that is read here knows as many, and looking for one that is there twice must stay cheap.
const MOST_PARAMETERS: usize = 16;

impl fmt::Display for Unsound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("no dictionary as strict as wanted here")
    }
}

impl Error for Unsound {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CAPS: Caps = Caps { bytes: 256, members: 3, items: 4 };

    fn check(line: &str, members: Option<usize>) {
        assert_eq!(dictionary(line.as_bytes(), CAPS).ok().map(|members| members.len()), members, "{line}");
    }

    #[test]
    fn rule_62_nothing_is_said_twice_and_everything_is_bounded() {
        check("", Some(0));
        check("a=1, b=(1 2);c, d=:YQ==:", Some(3));
        check("a=1, b=2, c=3, d=4", None);
        check("a=1, a=1", None);
        check("a=1;b;b", None);
        check("a=(1;b;b)", None);
        check("a=(1 2);b;b", None);
        check("a=(1 2 3 4)", Some(1));
        check("a=(1 2 3 4 5)", None);
        check("a=1;b;c;d;e", Some(1));
        check("a=1;b;c;d;e;f", None);
        check(&format!("a=\"{}\"", "x".repeat(256)), None);
        for unsound in ["a=1,", "a", "A=1", "a=(1", "a=1000000000000000", "a=1.5.5", "a=:Y:", "a=\"", "a==", "\0", "é"]
        {
            check(unsound, (unsound == "a").then_some(1));
        }
    }

    #[test]
    fn lines_of_one_field_are_one_value() {
        let name = HeaderName::from_static("x");
        let mut headers = HeaderMap::new();
        assert_eq!(line(&headers, &name, 9), Ok(None));
        headers.append(&name, http::HeaderValue::from_static("a=1"));
        headers.append(&name, http::HeaderValue::from_static("b=2"));
        assert_eq!(line(&headers, &name, 8).unwrap().as_deref(), Some(&b"a=1, b=2"[..]));
        assert_eq!(line(&headers, &name, 7), Err(Unsound));
    }

    proptest! {
        /// What is taken is what another reading of the same standard makes of it.
        #[test]
        fn what_is_taken_is_what_the_standard_says(text in "[ab=,;()\" :?1.Y]{0,16}") {
            if let Ok(members) = dictionary(text.as_bytes(), CAPS) {
                let whole = sfv::Parser::new(text.as_bytes()).parse::<sfv::Dictionary>().unwrap();
                prop_assert_eq!(members.len(), whole.len());
                for ((name, member), (expected, entry)) in members.iter().zip(&whole) {
                    prop_assert_eq!(*name, &**expected);
                    let is_list = matches!(entry, sfv::ListEntry::InnerList(_));
                    prop_assert_eq!(matches!(member, Member::InnerList(..)), is_list);
                }
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = dictionary(&bytes, CAPS);
        }
    }
}
