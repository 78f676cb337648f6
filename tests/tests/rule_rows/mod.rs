//! Every rule on texts as a newtype that has it, in one table: whoever tries a text tries it on all of them.

use palisade::{
    prelude::*,
    value::{Input, Report, examine, from_json},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// A newtype around a text, with rules.
pub(crate) trait Ruled: Input + DeserializeOwned {
    fn of(text: String) -> Self;
    fn into_text(self) -> String;
}

/// One way to write a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// The word of the rule.
    pub(crate) word: &'static str,
    /// What stands in the attribute.
    pub(crate) written: &'static str,
    examine: fn(&str) -> (String, Report),
    read: fn(&str) -> Result<String, Report>,
    schema: fn() -> Value,
}

impl Row {
    const fn of<T: Ruled>(word: &'static str, written: &'static str) -> Self {
        Self { word, written, examine: examined::<T>, read: read::<T>, schema: schema::<T> }
    }

    /// The cleaned text, and what is wrong with it.
    pub(crate) fn examine(&self, text: &str) -> (String, Report) {
        (self.examine)(text)
    }

    /// The text of a JSON document, cleaned, or what is wrong with it.
    pub(crate) fn read(&self, document: &str) -> Result<String, Report> {
        (self.read)(document)
    }

    pub(crate) fn schema(&self) -> Value {
        (self.schema)()
    }

    /// Whether the schema says that there is more to it than a schema can say.
    pub(crate) fn has_more_than_its_schema(&self) -> bool {
        self.schema().get("x-palisade-rule").is_some()
    }
}

fn examined<T: Ruled>(text: &str) -> (String, Report) {
    let mut value = T::of(text.to_owned());
    let report = examine(&mut value);
    (value.into_text(), report)
}

fn read<T: Ruled>(document: &str) -> Result<String, Report> {
    from_json::<T>(document).map(|value| value.into_inner().into_text())
}

fn schema<T: Ruled>() -> Value {
    palisade::schema::input::<T>().to_value()
}

// No row refuses a text of a megabyte for its length alone, unless its rule does.
macro_rules! rows {
    ($($ty:ident: $word:ident ($($rule:tt)+)),+ $(,)?) => {
        $(#[derive(Deserialize, Secure)]
        struct $ty(#[secure($($rule)+, length(max = 1_200_000))] String);

        impl Ruled for $ty {
            fn of(text: String) -> Self {
                Self(text)
            }

            fn into_text(self) -> String {
                self.0
            }
        })+

        /// The rules on texts, each in the ways that differ.
        pub(crate) const TEXTS: &[Row] = &[$(Row::of::<$ty>(stringify!($word), stringify!($($rule)+))),+];
    };
}

rows! {
    Trim: trim(trim),
    Lowercase: lowercase(lowercase),
    LengthOf: length(length(min = 1)),
    LengthInBytes: length(length(min = 2, max = 64, unit = "bytes")),
    LengthInGraphemes: length(length(min = 2, max = 16, unit = "graphemes")),
    Pattern: pattern(pattern("[A-Za-z]+(?: [A-Za-z]+)*")),
    Email: email(email),
    EmailOfSmtp: email(email(profile = "rfc5321")),
    EmailOfAnyScript: email(email(profile = "idn")),
    OneOf: one_of(one_of(["undefined", "null", "TRUE"])),
    Sensitive: sensitive(sensitive),
    Ascii: ascii(ascii),
    AsciiPrintable: ascii(ascii(only = "printable")),
    Alphanumeric: alphanumeric(alphanumeric),
    AlphanumericOfAnyScript: alphanumeric(alphanumeric(letters = "unicode")),
    Prefix: prefix(prefix("<")),
    Suffix: suffix(suffix(">")),
    Contains: contains(contains("script")),
    Excludes: excludes(excludes("://")),
    NotOneOf: not_one_of(not_one_of(["null", "NULL", "undefined"])),
    Slug: slug(slug),
    Identifier: identifier(identifier),
    NoControl: no_control(no_control),
    NoControlButLines: no_control(no_control(allow = "lines")),
    NoBidi: no_bidi(no_bidi),
    SingleScript: single_script(single_script),
    SingleScriptOrLatin: single_script(single_script(level = "highly_restrictive")),
    HeaderValue: header_value(header_value),
    PathSegment: path_segment(path_segment),
    Filename: filename(filename),
    JsonText: json(json),
    Base64: base64(base64),
    Base64ForUrls: base64(base64(min = 1, max = 64, alphabet = "url", padding = "optional")),
    Hex: hex(hex(min = 1)),
    HexInSmallLetters: hex(hex(case = "lower")),
    Semver: semver(semver),
    Hostname: hostname(hostname),
    HostnameOfAnyScript: hostname(hostname(international = "allowed", trailing_dot = "allowed")),
    Url: url(url),
    UrlOfAnyHost: url(url(schemes = ["http", "https", "ftp"], host = "any", userinfo = "allowed", international = "allowed")),
    Ip: ip(ip),
    Ip4: ip(ip(version = 4)),
    Ip6: ip(ip(version = 6)),
    IpOfThePublic: ip(ip(range = "public")),
    Cidr: cidr(cidr),
    Mac: mac(mac),
    Phone: phone(phone),
    PhoneOfARegion: phone(phone(region = "DE")),
    Uuid: uuid(uuid),
    UuidOfSomeVersions: uuid(uuid(versions = [4, 7])),
    Ulid: ulid(ulid),
    Iban: iban(iban),
    IbanInGroups: iban(iban(format = "any")),
    Bic: bic(bic),
    Card: card(card),
    CardInGroups: card(card(separator = "space")),
    Currency: currency(currency),
    Country: country(country),
    CountryInDigits: country(country(form = "numeric")),
    Language: language(language),
    Timezone: timezone(timezone),
    Decimal: decimal(decimal(digits = 12, scale = 2)),
    DecimalWithin: decimal(decimal(digits = 12, scale = 2, above = 0, max = 9_999)),
    Password: password(password(min_entropy = 30)),
    Uppercase: uppercase(uppercase),
    CollapseWhitespace: collapse_whitespace(collapse_whitespace),
    StripControl: strip_control(strip_control),
    StripControlButLines: strip_control(strip_control(keep = "lines")),
    Nfc: nfc(nfc),
    Nfkc: nfkc(nfkc),
    Truncate: truncate(truncate(max = 16)),
    EscapeHtml: escape_html(escape_html),
    HtmlText: html(html(policy = "text")),
    HtmlBasic: html(html(policy = "basic")),
    HtmlRich: html(html(policy = "rich")),
    NormalizeEmail: normalize_email(normalize_email),
    NormalizeUrl: normalize_url(normalize_url),
    PrecisUsername: precis(precis(profile = "username_case_mapped")),
    PrecisUsernameAsItIs: precis(precis(profile = "username_case_preserved")),
    PrecisOpaque: precis(precis(profile = "opaque_string")),
    PrecisNickname: precis(precis(profile = "nickname")),
    RejectUnclean: reject_unclean(trim, nfc, reject_unclean),
}
