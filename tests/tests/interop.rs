//! Types that other crates check, as inputs: every rule of theirs has a code and a place of ours, and no value is repeated.

use std::collections::BTreeMap;

use palisade::{
    interop::{Garde, Validated},
    openapi::Deployment,
    prelude::*,
    value::{Input, Report, from_json},
};
use schemars::JsonSchema;
use serde::{Deserialize, de::DeserializeOwned};

/// In every document, where it may be repeated by mistake.
const CANARY: &str = "canary-7f3a";

mod by_garde {
    use super::*;

    #[derive(Debug, Deserialize, JsonSchema, garde::Validate)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(crate) struct Everything {
        #[garde(length(chars, min = 1, max = 12))]
        pub(crate) short_text: Option<String>,
        #[garde(range(min = 1, max = 9))]
        small_number: Option<u32>,
        #[garde(pattern("^[A-Z]{3}$"))]
        code: Option<String>,
        #[garde(email)]
        e_mail: Option<String>,
        #[garde(url)]
        home: Option<String>,
        #[garde(ip)]
        address: Option<String>,
        #[garde(credit_card)]
        card: Option<String>,
        #[garde(ascii)]
        plain: Option<String>,
        #[garde(alphanumeric)]
        word: Option<String>,
        #[garde(contains("a"))]
        having: Option<String>,
        #[garde(prefix("a"))]
        beginning: Option<String>,
        #[garde(suffix("a"))]
        ending: Option<String>,
        #[garde(matches(ending))]
        again: Option<String>,
        #[garde(custom(refuse))]
        own: Option<String>,
        #[garde(dive)]
        line_items: Vec<LineItem>,
        #[garde(inner(length(chars, max = 3)))]
        tags: Vec<String>,
        #[garde(dive)]
        by_name: BTreeMap<String, LineItem>,
        #[garde(dive)]
        payment: Option<Payment>,
        #[serde(rename = "x-other")]
        #[garde(dive)]
        another: Option<LineItem>,
    }

    #[derive(Debug, Deserialize, JsonSchema, garde::Validate)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(crate) struct LineItem {
        #[garde(range(min = 1))]
        unit_price: u32,
    }

    #[derive(Debug, Deserialize, JsonSchema, garde::Validate)]
    #[serde(rename_all = "snake_case")]
    pub(crate) enum Payment {
        Card {
            #[garde(length(chars, equal = 4))]
            last_digits: String,
        },
        Invoice {
            #[garde(range(max = 30))]
            days: u8,
        },
    }

    fn refuse(value: &Option<String>, _context: &()) -> garde::Result {
        match value {
            Some(value) => Err(garde::Error::new(format!("{value} is taken"))),
            None => Ok(()),
        }
    }
}

mod by_validator {
    use validator::Validate;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema, Validate)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    #[validate(schema(function = whole))]
    pub(crate) struct Everything {
        #[validate(length(min = 1, max = 12))]
        short_text: Option<String>,
        #[validate(range(min = 1, max = 9))]
        small_number: Option<u32>,
        #[validate(range(exclusive_min = 0.0, exclusive_max = 1.5))]
        share: Option<f64>,
        #[validate(email)]
        e_mail: Option<String>,
        #[validate(url)]
        home: Option<String>,
        #[validate(ip)]
        address: Option<String>,
        #[validate(credit_card)]
        card: Option<String>,
        #[validate(contains(pattern = "a"))]
        having: Option<String>,
        #[validate(does_not_contain(pattern = "c"))]
        lacking: Option<String>,
        #[validate(non_control_character)]
        line: Option<String>,
        #[serde(default)]
        once: String,
        #[validate(must_match(other = "once"))]
        #[serde(default)]
        again: String,
        #[validate(custom(function = refuse))]
        own: Option<String>,
        #[validate(length(max = 3, message = "no more than three letters", code = "letters"))]
        told: Option<String>,
        #[validate(nested)]
        line_items: Vec<LineItem>,
        #[validate(nested)]
        shipping: Option<LineItem>,
        #[serde(default)]
        fails: bool,
    }

    #[derive(Debug, Deserialize, JsonSchema, Validate)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub(crate) struct LineItem {
        #[validate(range(min = 1))]
        unit_price: u32,
    }

    fn refuse(value: &str) -> Result<(), validator::ValidationError> {
        let mut error = validator::ValidationError::new("taken").with_message(format!("{value} is taken").into());
        error.add_param("value".into(), &value);
        Err(error)
    }

    fn whole(everything: &Everything) -> Result<(), validator::ValidationError> {
        if everything.fails { Err(validator::ValidationError::new("whole")) } else { Ok(()) }
    }
}

fn refused<T: Input + DeserializeOwned>(document: &str) -> Report {
    match from_json::<T>(document) {
        Ok(_) => panic!("accepted: {document}"),
        Err(report) => report,
    }
}

fn check<T: Input + DeserializeOwned>(rest: &str, document: &str, expected: &str) {
    let document = format!("{{{document}{rest}}}");
    let report = refused::<T>(&document);
    let found: Vec<_> = report.violations().map(|found| format!("{} {}", found.pointer(), found.code())).collect();
    assert_eq!(found.join("; "), expected, "{document}");
    assert!(!format!("{report} {report:?}").contains(CANARY), "{document}: {report}");
}

/// The collections that every document needs.
const GARDE_REST: &str = r#","lineItems":[],"tags":[],"byName":{}"#;

#[test]
fn every_rule_of_garde_has_a_code_and_a_place() {
    let rows = [
        (r#""shortText":"canary-7f3a-1""#, "/shortText length"),
        (r#""smallNumber":10"#, "/smallNumber range"),
        (r#""smallNumber":0"#, "/smallNumber range"),
        (r#""code":"canary-7f3a""#, "/code pattern"),
        (r#""eMail":"canary-7f3a""#, "/eMail email"),
        (r#""home":"canary-7f3a""#, "/home url"),
        (r#""address":"canary-7f3a""#, "/address ip"),
        (r#""card":"canary-7f3a""#, "/card card"),
        (r#""plain":"canary-7f3a-é""#, "/plain ascii"),
        (r#""word":"canary-7f3a""#, "/word alphanumeric"),
        (r#""having":"""#, "/having contains"),
        (r#""beginning":"canary-7f3a""#, "/beginning prefix"),
        (r#""ending":"canary-7f3a-b""#, "/again equal_to; /ending suffix"),
        (r#""own":"canary-7f3a""#, "/own custom"),
        (r#""payment":{"card":{"last_digits":"canary-7f3a"}}"#, "/payment/card/last_digits length"),
        (r#""payment":{"invoice":{"days":31}}"#, "/payment/invoice/days range"),
        // Serde gives this field another name altogether: the object that holds it is what can be said.
        (r#""x-other":{"unitPrice":0}"#, " range"),
    ];
    for (document, expected) in rows {
        check::<Garde<by_garde::Everything>>(GARDE_REST, document, expected);
    }
    let collections = r#""lineItems":[{"unitPrice":1},{"unitPrice":0}],"tags":["abc","canary-7f3a"],"byName":{"a.b":{"unitPrice":0}}"#;
    let expected = "/byName/a.b/unitPrice range; /lineItems/1/unitPrice range; /tags/1 length";
    check::<Garde<by_garde::Everything>>("", collections, expected);
}

#[test]
fn every_rule_of_validator_has_a_code_and_a_place() {
    let rows = [
        (r#""shortText":"canary-7f3a-1""#, "/shortText length"),
        (r#""smallNumber":10"#, "/smallNumber range"),
        (r#""share":1.5"#, "/share range"),
        (r#""eMail":"canary-7f3a""#, "/eMail email"),
        (r#""home":"canary-7f3a""#, "/home url"),
        (r#""address":"canary-7f3a""#, "/address ip"),
        (r#""card":"canary-7f3a""#, "/card card"),
        (r#""having":"""#, "/having contains"),
        (r#""again":"canary-7f3a""#, "/again equal_to"),
        (r#""lacking":"canary-7f3a""#, "/lacking excludes"),
        (r#""line":"canary-7f3a\u0007""#, "/line no_control"),
        (r#""own":"canary-7f3a""#, "/own taken"),
        (r#""told":"canary-7f3a""#, "/told letters"),
        (r#""shipping":{"unitPrice":0}"#, "/shipping/unitPrice range"),
        (r#""fails":true"#, " whole"),
    ];
    for (document, expected) in rows {
        check::<Validated<by_validator::Everything>>(r#","lineItems":[]"#, document, expected);
    }
    check::<Validated<by_validator::Everything>>(
        "",
        r#""lineItems":[{"unitPrice":1},{"unitPrice":0}]"#,
        "/lineItems/1/unitPrice range",
    );
    let report = refused::<Validated<by_validator::Everything>>(r#"{"lineItems":[],"told":"abcd"}"#);
    assert_eq!(report.violations().next().unwrap().detail(), "no more than three letters");
}

#[test]
fn what_does_not_decode_is_held_against_the_schema() {
    let rows = [
        (r#""tags":[1]"#, "/lineItems missing; /byName missing; /tags/0 type"),
        (
            r#""shortText":5,"lineItems":{},"tags":[],"byName":{},"other":1"#,
            "/shortText type; /lineItems type; /other unknown",
        ),
        (r#""lineItems":[{}],"tags":[],"tags":[],"byName":{}"#, "/lineItems/0/unitPrice missing; /tags duplicate"),
    ];
    for (document, expected) in rows {
        check::<Garde<by_garde::Everything>>("", document, expected);
    }
}

#[test]
fn arguments_are_told_as_for_our_own_rules() {
    let report = refused::<Garde<by_garde::Everything>>(
        r#"{"shortText":"thirteen char","smallNumber":0,"lineItems":[],"tags":[],"byName":{}}"#,
    );
    assert_eq!(
        report.to_string(),
        "/shortText must have a length of at most 12 (length); /smallNumber must be at least 1 (range)"
    );
    let mut bounds = Vec::new();
    for violation in report.violations() {
        violation.parameters(&mut |name, bound| bounds.push(format!("{name}={bound:?}")));
    }
    assert_eq!(bounds, ["max=Integer(12)", "min=Integer(1)"]);
}

/// Takes what garde checks.
#[secure(post = "/garde", public = "a test", rate = "60/min per ip")]
async fn take_garde(Json(everything): Json<Garde<by_garde::Everything>>) -> NoContent {
    assert!(everything.short_text.as_ref().is_none_or(|text| text.len() <= 12));
    NoContent
}

/// Takes what validator checks.
#[secure(post = "/validator", public = "a test", rate = "60/min per ip")]
async fn take_validator(Json(_everything): Json<Validated<by_validator::Everything>>) -> NoContent {
    NoContent
}

#[secure(title = "Moved", version = "1.0.0", endpoints(take_garde, take_validator))]
struct Moved;

#[test]
fn their_constraints_reach_the_document() {
    let document = Moved::openapi(&Deployment::at("https://moved.example")).to_value();
    let request = |path: &str, property: &str| {
        let schema = &document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"];
        let place = schema["$ref"].as_str().map(|place| place.trim_start_matches('#'));
        let schema = place.and_then(|place| document.pointer(place)).unwrap_or(schema);
        schema["properties"][property].clone()
    };
    for path in ["/garde", "/validator"] {
        assert_eq!(request(path, "shortText")["maxLength"], 12, "{path}");
        assert_eq!(request(path, "smallNumber")["maximum"], 9, "{path}");
        assert_eq!(request(path, "eMail")["format"], "email", "{path}");
    }
    assert_eq!(request("/garde", "code")["pattern"], "^[A-Z]{3}$");
}
