//! Both languages say something of every rule, the same things, and never fail to.

mod every_rule;

use std::{collections::BTreeSet, fmt};

use fluent_bundle::FluentResource;
use proptest::prelude::*;

use self::every_rule::every_rule;
use super::{Catalogue, CatalogueError, Language, messages};
use crate::{
    rules::{NAMES, Parameter, Rule, length::Length, range::Range, standing::Standing},
    value::{Invariant, Path, Report, refuse_here},
};

const ENGLISH: &str = include_str!("en.ftl");
const GERMAN: &str = include_str!("de.ftl");

/// They say something about other rules, and refuse nothing themselves.
const MARKS: [&str; 2] = ["sensitive", "reject_unclean"];

/// A rule of whatever code and parameters.
struct Anything {
    code: &'static str,
    parameters: Vec<(&'static str, Parameter)>,
}

impl Rule for Anything {
    fn code(&self) -> &'static str {
        self.code
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("in its own words")
    }

    fn parameters(&self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        self.parameters.iter().for_each(|(name, parameter)| visit(name, *parameter));
    }
}

fn ids(source: &str) -> BTreeSet<String> {
    let resource = FluentResource::try_new(source.to_owned()).unwrap();
    messages::ids(&resource).map(str::to_owned).collect()
}

fn own_words(rule: &dyn Rule) -> String {
    struct Own<'a>(&'a dyn Rule);
    impl fmt::Display for Own<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.explain(f)
        }
    }
    Own(rule).to_string()
}

/// Whether the language itself has words for the rule.
fn speaks(language: &Language, rule: &dyn Rule) -> bool {
    let own = Anything { code: rule.code(), parameters: Vec::new() };
    let mut parameters = Vec::new();
    rule.parameters(&mut |name, parameter| parameters.push((name, parameter)));
    language.explain(&Anything { parameters, ..own }) != "in its own words"
}

#[test]
fn both_files_have_the_same_messages() {
    assert_eq!(ids(ENGLISH), ids(GERMAN));
    // Our own files pass what those of users pass.
    assert!(Catalogue::shipped().with("en", ENGLISH).unwrap().with("de", GERMAN).is_ok());
}

#[test]
fn every_rule_that_can_be_broken_has_a_message() {
    let ids = ids(ENGLISH);
    for name in NAMES.iter().filter(|name| !MARKS.contains(name)) {
        let own = |id: &String| id == name || id.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
        assert!(ids.iter().any(own), "`{name}` has no message: add `{name} = ..` to en.ftl and de.ftl");
    }
}

#[test]
fn english_says_what_the_rules_say() {
    let english = Catalogue::shipped().language("en");
    for rule in every_rule() {
        assert!(speaks(&english, rule.as_ref()), "`{}` has no message for {}", rule.code(), own_words(rule.as_ref()));
        assert_eq!(english.explain(rule.as_ref()), own_words(rule.as_ref()));
    }
}

#[test]
fn german_says_something_of_every_rule() {
    // Without English to fall back to.
    let german = Catalogue::shipped().by_default("de").unwrap().language("de");
    for rule in every_rule() {
        assert!(speaks(&german, rule.as_ref()), "`{}` has no message for {}", rule.code(), own_words(rule.as_ref()));
        assert_ne!(german.explain(rule.as_ref()), own_words(rule.as_ref()));
    }
}

#[test]
fn every_rule_is_among_them() {
    let codes: BTreeSet<_> = every_rule().iter().map(|rule| rule.code()).collect();
    for name in NAMES.iter().filter(|name| !MARKS.contains(name)) {
        assert!(codes.contains(name), "add `{name}` with its arguments to tests/every_rule.rs");
    }
}

/// A code, its parameters, and what is said.
type Case = (&'static str, &'static [(&'static str, Parameter)], &'static str);

#[test]
fn german_reads_well() {
    use Parameter::{Fraction, Integer, Numbers, Text, Texts};
    let german = Catalogue::shipped().language("de");
    let table: &[Case] = &[
        ("length", &[("min", Integer(1)), ("max", Integer(64))], "muss eine Länge von 1 bis 64 haben"),
        ("length", &[("min", Integer(8)), ("max", Integer(8))], "muss eine Länge von genau 8 haben"),
        ("length", &[("max", Integer(9)), ("unit", Text("bytes"))], "muss eine Länge von höchstens 9 Byte haben"),
        ("range", &[("min", Integer(1)), ("max", Integer(1_000))], "muss zwischen 1 und 1000 liegen"),
        ("range", &[("above", Fraction(0.0)), ("max", Fraction(99.5))], "muss größer als 0 und höchstens 99,5 sein"),
        ("within", &[("seconds", Integer(86_400))], "darf höchstens einen Tag von jetzt entfernt sein"),
        ("within", &[("seconds", Integer(5_400))], "darf höchstens 90 Minuten von jetzt entfernt sein"),
        ("required_with", &[("fields", Texts(&["a", "b", "c"]))], "ist zusammen mit `a`, `b` oder `c` erforderlich"),
        ("equal_to", &[("fields", Texts(&["password"]))], "muss mit `password` übereinstimmen"),
        ("one_of", &[("choices", Texts(&["neu", "alt"]))], "muss einer dieser Werte sein: `neu`, `alt`"),
        (
            "cidr",
            &[("version", Integer(4)), ("host_bits", Text("refused"))],
            "muss ein Netz der Version 4 in CIDR-Schreibweise sein",
        ),
        ("uuid", &[("versions", Numbers(&[4, 7]))], "muss eine UUID der Version 4 oder 7 sein"),
        ("format", &[("format", Text("date"))], "muss ein Datum sein"),
        (
            "decimal",
            &[("digits", Integer(1)), ("scale", Integer(0)), ("min", Integer(0))],
            "muss eine ganze Zahl mit höchstens einer Ziffer sein, mindestens 0",
        ),
        (
            "base64",
            &[("min", Integer(3)), ("max", Integer(9))],
            "muss 3 bis 9 Byte in Base64 darstellen, mit Füllzeichen",
        ),
        (
            "cidr",
            &[("range", Text("private")), ("host_bits", Text("refused"))],
            "muss ein privates Netz in CIDR-Schreibweise sein",
        ),
        ("mac", &[("form", Text("eui48"))], "muss eine EUI-48-Adresse mit Doppelpunkten oder Bindestrichen sein"),
        ("json", &[("depth", Integer(1))], "muss ein JSON-Dokument sein, mit höchstens 1 Ebene"),
    ];
    for (code, parameters, expected) in table {
        assert_eq!(german.explain(&Anything { code, parameters: parameters.to_vec() }), *expected);
    }
}

#[test]
fn what_a_language_lacks_is_said_in_the_next_one_and_then_in_the_rule_s_own_words() {
    let catalogue = Catalogue::shipped().with("fr", "missing = est requis").unwrap();
    let french = catalogue.accepted("fr-CA, de;q=0.5");
    assert_eq!(french.tag(), "fr");
    assert_eq!(french.explain(&Standing::Missing), "est requis");
    assert_eq!(french.explain(&Standing::Unknown), "ist hier nicht bekannt");
    assert_eq!(catalogue.language("fr").explain(&Standing::Unknown), "is not known here");
    assert_eq!(french.explain(&Invariant::new("total", "must be the sum")), "must be the sum");
}

#[test]
fn a_users_own_code_and_wording_win() {
    let own = "length = ist zu kurz oder zu lang\nshop-total = muss die Summe der Posten sein";
    let german = Catalogue::shipped().with("de", own).unwrap().language("de");
    assert_eq!(german.explain(&Length::new().min(1).max(4)), "ist zu kurz oder zu lang");
    assert_eq!(german.explain(&Invariant::new("shop.total", "must be the sum")), "muss die Summe der Posten sein");
    assert_eq!(german.explain(&Range::new().min(1)), "muss mindestens 1 sein");
}

#[test]
fn a_message_that_lacks_its_argument_is_passed_over() {
    let catalogue = Catalogue::shipped().with("de", "length-min = mindestens { $minimum }").unwrap();
    assert_eq!(catalogue.language("de").explain(&Length::new().min(2)), "must have a length of at least 2");
}

#[test]
fn mistakes_are_typed() {
    let add = |tag: &str, source: &str| Catalogue::shipped().with(tag, source).unwrap_err();
    assert!(matches!(add("not a tag", ""), CatalogueError::Tag { .. }));
    assert!(matches!(add("und", ""), CatalogueError::Tag { .. }));
    assert!(matches!(add("fr", "a = b\n\nc = { $\n"), CatalogueError::Syntax { line: 3, .. }));
    assert_eq!(add("fr", "a = b\na = c"), CatalogueError::Duplicate { tag: "fr".into(), id: "a".into() });
    for source in ["a = { b }", "a = { -b }", "a = { NUMBER($b) }", "a = { a }"] {
        assert!(matches!(add("fr", source), CatalogueError::Reference { .. }), "{source}");
    }
    assert_eq!(
        add("fr", "a b").to_string(),
        "the messages of `fr`, line 1: Expected a token starting with \"=\"; write `name = text`"
    );
}

#[test]
fn a_sensitive_value_tells_nothing_in_any_language() {
    static RULE: Length = Length::new().min(12).max(64);
    let mut report = Report::new();
    report.refuse_value(&Path::root().field("password"), &RULE, true);
    let catalogue = Catalogue::shipped().with("fr", "length-min-max = { $min }\nrefused = est refusé").unwrap();
    for (tag, expected) in [("en", "is refused"), ("de", "wird abgelehnt"), ("fr", "est refusé"), ("xx", "is refused")]
    {
        let rendered = report.render(&catalogue, tag);
        assert_eq!(rendered.violations().next().unwrap().detail(), expected);
        assert!(!serde_json::to_string(&rendered).unwrap().contains("12"));
    }
}

#[test]
fn rendering_changes_the_detail_alone() {
    let mut report = Report::new();
    static RULE: Range = Range::new().min(1).max(1_000);
    refuse_here(&mut report, &Path::root().field("a").index(3).key("b/c"), &RULE);
    let mut plain = serde_json::to_value(&report).unwrap();
    plain[0]["detail"] = "muss zwischen 1 und 1000 liegen".into();
    assert_eq!(serde_json::to_value(report.render(&Catalogue::shipped(), "de")).unwrap(), plain);
}

fn parameter() -> impl Strategy<Value = Parameter> {
    prop_oneof![
        any::<i128>().prop_map(Parameter::Integer),
        (-3_i128..100_000).prop_map(Parameter::Integer),
        any::<f64>().prop_map(Parameter::Fraction),
        Just(Parameter::Fraction(f64::NAN)),
        prop::sample::select(vec!["", "bytes", "{ $min }", "\u{2068}\0\"", "public"]).prop_map(Parameter::Text),
        Just(Parameter::Numbers(&[1, 2, 3])),
        Just(Parameter::Texts(&[])),
        Just(Parameter::Texts(&["{", "`", "日本"])),
    ]
}

proptest! {
    #[test]
    fn nothing_that_a_rule_says_makes_rendering_panic(
        code in prop::sample::select(NAMES.iter().copied().chain(["type", "format", "", "1", "é è"]).chain(BOUNDED).collect::<Vec<_>>()),
        parameters in prop::collection::vec((prop::sample::select(PARAMETERS.to_vec()), parameter()), 0..4),
        tag in "[a-z]{2}(-[A-Z]{2})?",
    ) {
        let rule = Anything { code, parameters };
        let catalogue = Catalogue::shipped();
        for language in [catalogue.language("de"), catalogue.language(&tag)] {
            prop_assert!(!language.explain(&rule).is_empty() || rule.parameters.is_empty());
        }
    }

    #[test]
    fn no_source_makes_a_catalogue_panic(source in "([a-z]{1,3} = ?[a-z{}$ \\-\\[\\]*>\n\"]{0,20}\n?){0,5}|\\PC*") {
        let _ = Catalogue::shipped().with("fr", source);
    }
}

const BOUNDED: [&str; 6] = ["within", "decimal", "base64", "json", "length", "url"];
const PARAMETERS: [&str; 14] = [
    "min", "max", "above", "below", "unit", "seconds", "digits", "scale", "depth", "host", "schemes", "fields",
    "choices", "odd name",
];
