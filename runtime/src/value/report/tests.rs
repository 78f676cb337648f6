//! What is declared sensitive stays hidden, wherever it stands.

use std::collections::BTreeMap;

use crate::{
    prelude::*,
    value::{Input, Path, Report, Value},
};

#[derive(Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[secure(length(max = 1), sensitive)]
    plain: String,
    #[secure(length(max = 4), each(length(max = 1), sensitive))]
    items: [String; 1],
    payment: Payment,
    tagged: Tagged,
    #[secure(length(max = 4), keys(length(max = 1), sensitive), values(range(max = 1)))]
    map: BTreeMap<String, u8>,
}

#[derive(Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields)]
enum Payment {
    Card {
        #[secure(length(max = 1), sensitive)]
        number: String,
    },
}

#[derive(Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields, tag = "kind")]
enum Tagged {
    Note {
        #[secure(length(max = 1), sensitive)]
        text: String,
    },
}

#[derive(Secure)]
#[secure(output)]
struct Around {
    #[serde(flatten)]
    inner: Inner,
}

#[derive(Secure)]
#[secure(output)]
struct Inner {
    #[secure(length(max = 1), sensitive)]
    secret: String,
}

fn report<T: Value>(value: &T) -> Report {
    let mut report = Report::new();
    value.check(&Path::root(), &mut report);
    report.hide_sensitive(T::shape());
    report
}

#[test]
fn sensitive_values_show_no_arguments_and_sensitive_keys_no_text() {
    let long = || "long".to_owned();
    let whole = Whole {
        plain: long(),
        items: [long()],
        payment: Payment::Card { number: long() },
        tagged: Tagged::Note { text: long() },
        map: BTreeMap::from([(long(), 9)]),
    };
    let mut pointers = Vec::new();
    for violation in report(&whole).violations().chain(report(&Around { inner: Inner { secret: long() } }).violations())
    {
        violation.parameters(&mut |name, _| panic!("{} shows {name}", violation.pointer()));
        assert_eq!(violation.detail(), "is refused", "{}", violation.pointer());
        pointers.push(violation.pointer());
    }
    assert_eq!(pointers, ["/plain", "/items/0", "/payment/Card/number", "/tagged/text", "/map/*", "/map/*", "/secret"]);
    fn is_input<T: Input>() {}
    is_input::<Whole>();
}

#[cfg(feature = "gate")]
#[test]
fn violations_are_told_in_the_order_of_fields_and_keep_their_places() {
    use crate::{
        rules::standing::Standing,
        value::{Source, Step, refuse},
    };
    let found = |source: Source, steps: &[Step<'_>]| {
        let mut part = Report::new();
        match steps {
            [first, last] => refuse(&mut part, &Path::root().field(first_name(*first)), *last, &Standing::Missing),
            [only] => refuse(&mut part, &Path::root(), *only, &Standing::Missing),
            _ => crate::value::refuse_here(&mut part, &Path::root(), &Standing::Missing),
        }
        part.place(source);
        part
    };
    let mut report = Report::new();
    for part in [
        found(Source::Query, &[Step::Key("unknown")]),
        found(Source::Query, &[Step::Field("b"), Step::Index(3)]),
        found(Source::Body, &[Step::Field("a"), Step::Field("b")]),
        found(Source::Body, &[]),
        found(Source::Header, &[Step::Field("h")]),
        found(Source::Query, &[Step::Field("a")]),
        found(Source::Cookie, &[Step::Field("c")]),
    ] {
        report.append(part);
    }
    let order = [(Source::Query, "a"), (Source::Body, ""), (Source::Header, "h"), (Source::Query, "b")];
    report.arrange(&order);
    let told: Vec<String> = report.violations().map(|found| format!("{found:?}")).collect();
    assert_eq!(
        told,
        [
            "query /a missing",
            "body /a/b missing",
            "body  missing",
            "header /h missing",
            "query /unknown missing",
            "query /b/3 missing",
            "cookie /c missing",
        ]
    );
}

#[cfg(feature = "gate")]
fn first_name(step: crate::value::Step<'_>) -> &'static str {
    match step {
        crate::value::Step::Field(name) => name,
        crate::value::Step::Index(_) | crate::value::Step::Key(_) => "",
    }
}
