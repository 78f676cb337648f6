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
