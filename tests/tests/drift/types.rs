//! Types that put every rule on every container it is for.
#![expect(clippy::box_collection, reason = "every container is tried")]

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, VecDeque},
    net::{Ipv4Addr, Ipv6Addr},
    num::NonZero,
};

use palisade::prelude::*;
use serde::Deserialize;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Texts {
    #[secure(trim, length(min = 2, max = 5))]
    short_name: String,
    #[secure(lowercase, pattern("[a-z]{2}-[0-9]{1,3}"))]
    sku: String,
    #[secure(pattern("(?:ab|a)b?c?"), length(max = 6))]
    branching: Option<String>,
    #[secure(email, sensitive)]
    contact: String,
    #[secure(one_of(["EUR", "USD"]))]
    currency: String,
    #[serde(rename = "k/i~nd")]
    kind: Kind,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Characters {
    #[secure(ascii, length(max = 9))]
    any: String,
    #[secure(ascii(only = "printable"), length(max = 9))]
    printable: Option<String>,
    #[secure(alphanumeric, length(max = 9))]
    word: String,
    #[secure(no_control(allow = "lines"), length(max = 9))]
    lines: String,
    #[secure(no_bidi, no_control, length(max = 9))]
    line: String,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forms {
    #[secure(slug, length(max = 600))]
    slug: String,
    #[secure(identifier, length(max = 24))]
    identifier: Option<String>,
    #[secure(hex(min = 1, max = 24))]
    hex: String,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parts {
    #[secure(prefix("a."), length(max = 5))]
    prefix: String,
    #[secure(suffix("(b)"), length(max = 5))]
    suffix: Option<String>,
    #[secure(contains("$"), excludes("^"), length(max = 5))]
    contains: String,
    #[secure(excludes(" "), length(max = 5))]
    excludes: Option<String>,
    #[secure(not_one_of(["a", "Z"]), length(max = 2))]
    free: Option<String>,
}

#[derive(Deserialize, Secure, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    PlainOrder,
    GiftOrder,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numbers {
    #[secure(range(min = 1, max = 1_000))]
    quantity: u32,
    byte: u8,
    signed: i16,
    #[secure(range(min = -5))]
    floor: i64,
    #[secure(range(max = 7))]
    ceiling: Option<u16>,
    #[secure(range(min = 0, max = 1))]
    share: f64,
    flag: bool,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lists {
    #[secure(length(max = 3), each(trim, length(min = 1, max = 4)))]
    tags: Vec<String>,
    #[secure(length(min = 1, max = 2), each(length(max = 2), each(range(min = 1, max = 9))))]
    matrix: Vec<Vec<u8>>,
    #[secure(each(length(max = 2)))]
    pair: [String; 2],
    #[secure(length(max = 2))]
    lines: Option<Vec<Line>>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Maps {
    #[secure(length(max = 2), keys(pattern("[a-z]{1,3}")), values(length(max = 3)))]
    labels: HashMap<String, String>,
    #[secure(length(min = 1, max = 2), keys(length(max = 4)), values(length(max = 2), each(range(max = 3))))]
    counts: BTreeMap<String, Vec<u8>>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wrappers {
    #[secure(length(min = 1, max = 3))]
    boxed: Box<str>,
    #[secure(length(max = 3))]
    cow: Cow<'static, str>,
    #[secure(length(max = 3))]
    #[serde(default)]
    defaulted: String,
    #[secure(range(min = 1))]
    option: Option<Box<u8>>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tree {
    #[secure(length(min = 1, max = 3))]
    name: String,
    #[serde(default)]
    #[secure(length(max = 2))]
    children: Vec<Tree>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page<T> {
    #[secure(length(max = 3))]
    items: Vec<T>,
    next: Option<u8>,
}

#[derive(Deserialize, Secure, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Sku(#[secure(pattern("[A-Z]{2}[0-9]"))] String);

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    sku: Sku,
    #[secure(range(min = 1, max = 3))]
    quantity: u8,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub(crate) enum Payment {
    Card {
        #[secure(pattern("[0-9]{4}"))]
        last: String,
    },
    Voucher {
        #[secure(length(min = 1, max = 3))]
        code: String,
        amount: u8,
    },
}

/// Every relation that JSON Schema can say.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Related {
    street: Option<u8>,
    #[secure(required_with(street))]
    city: Option<u8>,
    #[secure(excluded_with(city, street))]
    post_box: Option<bool>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[secure(exactly_one_of(card, bank_account), at_least_one_of(card, mail, phone))]
pub(crate) struct Chosen {
    card: Option<u8>,
    bank_account: Option<u8>,
    mail: Option<bool>,
    phone: Option<bool>,
}

pub(crate) struct Create;

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    #[secure(length(max = 4))]
    #[secure(required, length(min = 1), on = Create)]
    title: Option<String>,
    #[secure(required, on = Create)]
    line: Option<Line>,
    #[secure(required)]
    count: Option<u8>,
}

#[derive(Deserialize, Secure)]
pub(crate) struct Point(
    #[secure(range(above = -0.5, max = 90))] f64,
    #[secure(length(min = 1, max = 3))] String,
    Option<Sku>,
);

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) enum Mark {
    At(#[secure(range(max = 90))] u8, #[secure(range(below = 180))] u8),
    Named {
        #[secure(length(max = 3))]
        name: String,
    },
    One(#[secure(range(above = 3))] u8),
    Here,
}

#[derive(Deserialize, Secure)]
#[serde(rename_all = "camelCase", tag = "kind", content = "by", deny_unknown_fields)]
pub(crate) enum Movement {
    Shift(#[secure(range(max = 9))] u8, #[secure(length(max = 2))] String),
    Turn(#[secure(range(below = 360))] u16),
    Leap {
        #[secure(range(above = 1, max = 9))]
        far: u8,
    },
    Stop,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Multiples {
    #[secure(range(min = -40, max = 40), multiple_of(5))]
    step: i32,
    #[secure(multiple_of(0.5))]
    half: f64,
    #[secure(multiple_of(0.1))]
    tenth: f64,
    #[secure(multiple_of(3))]
    third: NonZero<u8>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Uniques {
    #[secure(length(max = 4), unique, each(length(max = 4)))]
    tags: Vec<String>,
    #[secure(length(max = 3), unique)]
    kinds: VecDeque<Kind>,
    #[secure(length(max = 2), unique, each(unique, length(max = 2), each(range(max = 5))))]
    nested: Option<Vec<Vec<u8>>>,
    #[secure(unique)]
    pair: [i8; 2],
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    #[secure(length(max = 2), keys(range(min = 3, max = 118)), values(length(max = 2)))]
    numbers: BTreeMap<u32, String>,
    #[secure(length(max = 2))]
    small: HashMap<i8, bool>,
    #[secure(length(max = 2))]
    kinds: BTreeMap<Kind, u8>,
    #[secure(length(max = 2))]
    skus: Option<Box<BTreeMap<Sku, Line>>>,
    #[secure(length(max = 2))]
    flags: BTreeMap<bool, u8>,
    #[secure(length(max = 2))]
    letters: BTreeMap<char, u8>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Containers {
    #[secure(length(max = 2), each(length(max = 2), each(length(min = 1, max = 3))))]
    deep: Vec<Vec<Option<Box<String>>>>,
    #[secure(length(max = 3), each(range(max = 5)))]
    cow: Cow<'static, [u8]>,
    #[secure(length(max = 2))]
    queue: VecDeque<Line>,
    #[secure(length(max = 2), each(length(max = 2)))]
    boxed: Box<[Box<str>]>,
    #[secure(length(max = 2), values(length(max = 2), keys(length(max = 2)), values(range(max = 9))))]
    maps: Box<BTreeMap<Kind, Option<HashMap<String, u8>>>>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Formats {
    stamp: jiff::Timestamp,
    day: jiff::civil::Date,
    id: uuid::Uuid,
    old: Ipv4Addr,
    new: Option<Ipv6Addr>,
    #[secure(length(max = 2))]
    by_id: BTreeMap<uuid::Uuid, u8>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spellings {
    #[secure(semver, length(max = 200))]
    version: Option<String>,
    #[secure(header_value, length(max = 200))]
    header: String,
    #[secure(mac)]
    interface: String,
    #[secure(ulid)]
    ulid: String,
    #[secure(uuid, length(max = 36))]
    uuid: String,
    #[secure(base64, length(max = 200))]
    bytes: Option<String>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Codes {
    #[secure(currency)]
    currency: String,
    #[secure(country)]
    country: String,
    #[secure(phone)]
    mobile: String,
    #[secure(port)]
    port: u16,
    #[secure(ip(version = 4))]
    old: Option<String>,
    #[secure(ip(version = 6))]
    new: Option<String>,
}

/// A schema describes clean values, so that cleaning steps ask for nothing.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Steps {
    #[secure(uppercase, nfc, length(max = 4))]
    upper: String,
    #[secure(collapse_whitespace, nfkc, length(max = 4))]
    spaced: Option<String>,
    #[secure(strip_control, length(max = 4))]
    stripped: Option<String>,
    #[secure(escape_html, length(max = 4))]
    escaped: Option<String>,
    #[secure(html(policy = "basic"), length(max = 4))]
    markup: Option<String>,
    #[secure(normalize_email, length(max = 4))]
    mail: Option<String>,
    #[secure(normalize_url, length(max = 4))]
    link: Option<String>,
}

/// From here on the types have rules of which a schema says only a part.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    #[secure(single_script, length(max = 9))]
    person: Option<String>,
    #[secure(path_segment)]
    segment: Option<String>,
    #[secure(filename)]
    file: Option<String>,
    #[secure(json, length(max = 9))]
    document: Option<String>,
    #[secure(alphanumeric(letters = "unicode"), length(max = 9))]
    word: Option<String>,
    #[secure(trim, reject_unclean, length(max = 9))]
    trimmed: Option<String>,
    // These two check what they leave, which is no bound of what may be sent.
    #[secure(truncate(max = 4))]
    cut: Option<String>,
    #[secure(clamp(min = 1, max = 9))]
    near: Option<u8>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hosts {
    #[secure(hostname)]
    name: Option<String>,
    #[secure(url)]
    link: Option<String>,
    #[secure(cidr)]
    network: Option<String>,
    #[secure(ip(range = "public"))]
    address: Option<String>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registered {
    #[secure(iban)]
    account: Option<String>,
    #[secure(bic)]
    bank: Option<String>,
    #[secure(card)]
    number: Option<String>,
    #[secure(language)]
    tongue: Option<String>,
    #[secure(timezone)]
    zone: Option<String>,
    #[secure(phone(region = "DE"))]
    landline: Option<String>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Judged {
    #[secure(decimal(digits = 6, scale = 2, above = 0))]
    price: Option<String>,
    #[secure(password(min_entropy = 10))]
    secret: Option<String>,
    #[secure(precis(profile = "nickname"))]
    nickname: Option<String>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Times {
    #[secure(past, within(days = 1_000_000))]
    born: Option<jiff::civil::Date>,
    #[secure(future)]
    due: Option<jiff::Timestamp>,
    #[secure(after("2000-01-01"), before("2030-01-01"))]
    between: Option<jiff::civil::Date>,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compared {
    flag: bool,
    #[secure(range(max = 9), required_if(flag))]
    least: Option<u8>,
    #[secure(range(max = 9), greater_than(least))]
    most: Option<u8>,
    #[secure(range(max = 9), less_than(most))]
    between: Option<u8>,
    #[secure(range(max = 2), equal_to(most))]
    same: Option<u8>,
    #[secure(range(max = 2), differs_from(most))]
    other: Option<u8>,
}
