//! Rules between fields, rules on a whole type, groups and lists of different things, as their user writes them.

use palisade::{
    prelude::*,
    value::{Findings, Invariant, On, Report, examine},
};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Secure)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Person,
    Company,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
#[secure(exactly_one_of(card, bank_account), at_least_one_of(mail, phone), check = Signup::names_differ)]
struct Signup {
    kind: Kind,
    #[secure(length(max = 32), required_if(kind == Kind::Company))]
    vat_id: Option<String>,
    #[secure(length(max = 32), sensitive)]
    password: String,
    #[secure(length(max = 32), equal_to(password), sensitive)]
    password_again: String,
    #[secure(range(max = 100), less_than(most))]
    least: Option<u8>,
    #[secure(range(max = 100))]
    most: Option<u8>,
    #[secure(length(max = 32))]
    street: Option<String>,
    #[secure(length(max = 32), required_with(street))]
    city: Option<String>,
    #[secure(length(max = 32), excluded_with(city, street))]
    post_box: Option<String>,
    #[secure(length(max = 32))]
    card: Option<String>,
    #[secure(length(max = 32))]
    bank_account: Option<String>,
    #[secure(length(max = 32), differs_from(phone))]
    mail: Option<String>,
    #[secure(length(max = 32))]
    phone: Option<String>,
    #[secure(length(max = 4), each(length(max = 8), check = is_no_joke, differs_from(password)))]
    names: Vec<String>,
}

impl Default for Signup {
    fn default() -> Self {
        Self {
            kind: Kind::Person,
            vat_id: None,
            password: String::new(),
            password_again: String::new(),
            least: None,
            most: None,
            street: None,
            city: None,
            post_box: None,
            card: Some("4111".to_owned()),
            bank_account: None,
            mail: Some("ada@example.org".to_owned()),
            phone: None,
            names: vec!["Ada".to_owned()],
        }
    }
}

static NAMES: Invariant = Invariant::new("names_differ", "must differ from each other");
static JOKE: Invariant = Invariant::new("joke", "must be a name");

impl Signup {
    fn names_differ(&self, findings: &mut Findings<'_>) {
        for (index, name) in self.names.iter().enumerate() {
            if self.names[..index].contains(name) {
                findings.refuse_item("names", index, &NAMES);
            }
        }
    }
}

fn is_no_joke(name: &str) -> Result<(), &'static Invariant> {
    if name == "Mickey" { Err(&JOKE) } else { Ok(()) }
}

fn found(report: &Report) -> Vec<(String, &'static str)> {
    report.violations().map(|violation| (violation.pointer(), violation.code())).collect()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn rules_between_fields_hold() {
    type Case = (&'static str, fn(&mut Signup), &'static [(&'static str, &'static str)]);
    let cases: &[Case] = &[
        ("as it is", |_| {}, &[]),
        ("a company without its id", |it| it.kind = Kind::Company, &[("/vatId", "required_if")]),
        ("a company with its id", |it| (it.kind, it.vat_id) = (Kind::Company, text("DE1")), &[]),
        ("two passwords", |it| it.password = "a".to_owned(), &[("/passwordAgain", "equal_to")]),
        ("least above most", |it| (it.least, it.most) = (Some(2), Some(1)), &[("/least", "less_than")]),
        ("least alone", |it| it.least = Some(2), &[]),
        ("most alone", |it| it.most = Some(2), &[]),
        ("a street without city", |it| it.street = text("a"), &[("/city", "required_with")]),
        (
            "both ways to be found",
            |it| (it.post_box, it.city) = (text("a"), text("b")),
            &[("/postBox", "excluded_with")],
        ),
        ("no way to pay", |it| it.card = None, &[("", "exactly_one_of")]),
        ("two ways to pay", |it| it.bank_account = text("a"), &[("", "exactly_one_of")]),
        ("no way to be reached", |it| it.mail = None, &[("", "at_least_one_of")]),
        ("two ways to be reached", |it| it.phone = text("1"), &[]),
        ("one way twice", |it| it.phone.clone_from(&it.mail), &[("/mail", "differs_from")]),
        ("a name twice", |it| it.names = vec!["A".into(), "B".into(), "A".into()], &[("/names/2", "names_differ")]),
        ("a joke", |it| it.names.push("Mickey".into()), &[("/names/1", "joke")]),
        (
            "a name as password",
            |it| (it.password, it.password_again) = ("Ada".into(), "Ada".into()),
            &[("/names/0", "differs_from")],
        ),
        (
            "the function of the whole waits until all else is well",
            |it| (it.card, it.names) = (None, vec!["A".into(), "A".into()]),
            &[("", "exactly_one_of")],
        ),
    ];
    for (name, change, expected) in cases {
        let mut signup = Signup::default();
        change(&mut signup);
        let report = examine(&mut signup);
        let expected: Vec<(String, &str)> = expected.iter().map(|(at, code)| ((*at).to_owned(), *code)).collect();
        assert_eq!(found(&report), expected, "{name}");
    }
}

#[test]
fn details_name_fields_as_the_wire_does_and_secrets_say_nothing() {
    let report = examine(&mut Signup {
        city: None,
        street: text("a"),
        password: "hunter2".into(),
        password_again: "hunter3".into(),
        ..Signup::default()
    });
    let details: Vec<String> = report.violations().map(|violation| violation.detail()).collect();
    assert_eq!(details, ["is refused", "is required with `street`"]);
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Draft {
    #[secure(length(max = 64))]
    #[secure(required, on = Create)]
    title: Option<String>,
    #[secure(length(max = 64))]
    #[secure(length(min = 3), on = Create)]
    #[secure(length(min = 5), on = Publish)]
    text: String,
    within: Option<Box<Draft>>,
}

struct Create;
struct Publish;

#[test]
fn a_group_holds_where_the_type_is_used_for_it() {
    let draft = |text: &str| Draft {
        title: None,
        text: text.to_owned(),
        within: Some(Box::new(Draft { title: None, text: String::new(), within: None })),
    };
    assert_eq!(found(&examine(&mut draft(""))), []);
    let create = examine(&mut On::<_, Create>::new(draft("ab")));
    assert_eq!(found(&create), [("/title".to_owned(), "required"), ("/text".to_owned(), "length")]);
    assert_eq!(found(&examine(&mut On::<_, Publish>::new(draft("abcd")))), [("/text".to_owned(), "length")]);
    assert_eq!(found(&examine(&mut On::<_, Publish>::new(draft("abcde")))), []);
}

#[derive(Debug, Deserialize, Secure)]
struct Point(#[secure(range(max = 90))] u8, #[secure(length(max = 3))] String);

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Mark {
    At(#[secure(range(max = 90))] u8, #[secure(range(max = 180))] u8),
    Between {
        least: u8,
        #[secure(greater_than(least))]
        most: u8,
    },
}

#[test]
fn a_list_of_different_things_is_checked_by_position() {
    assert_eq!(found(&examine(&mut Point(91, "abcd".into()))), [("/0".into(), "range"), ("/1".into(), "length")]);
    assert_eq!(found(&examine(&mut Mark::At(90, 181))), [("/at/1".into(), "range")]);
    assert_eq!(found(&examine(&mut Mark::Between { least: 2, most: 2 })), [("/between/most".into(), "greater_than")]);
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct Stay {
    from: u16,
    #[secure(greater_than(from))]
    until: Option<u16>,
    #[secure(less_than(until))]
    wake: u16,
}

#[test]
fn what_may_be_absent_is_compared_with_what_is_always_there() {
    let stay = |from, until, wake| found(&examine(&mut Stay { from, until, wake }));
    assert_eq!(stay(5, None, 9), []);
    assert_eq!(stay(5, Some(6), 3), []);
    assert_eq!(stay(5, Some(5), 5), [("/until".into(), "greater_than"), ("/wake".into(), "less_than")]);
}
