//! Newtypes that carry their rules: whoever has one has a good one, wherever it came from.

use palisade::{
    prelude::*,
    value::{Report, from_json},
};
use serde::{Deserialize, Serialize};

/// The words of the domain. Their fields are private, so that there is no way to one around its rules: not by a
/// literal, not by serde, not by a change.
mod domain {
    use palisade::prelude::*;
    use serde::{Deserialize, Serialize};

    /// Where somebody is reached, as it is stored and compared.
    #[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize, Secure)]
    #[serde(try_from = "String", into = "String")]
    #[secure(input, output, constructor)]
    pub(crate) struct Email(#[secure(normalize_email(local = "lowercase"), email, sensitive)] String);

    impl Email {
        pub(crate) fn as_str(&self) -> &str {
            &self.0
        }
    }

    impl From<Email> for String {
        fn from(email: Email) -> Self {
            email.0
        }
    }

    /// A share of a whole, in percent.
    #[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, Secure)]
    #[serde(try_from = "f64", into = "f64")]
    #[secure(input, output, constructor)]
    pub(crate) struct Percent(#[secure(range(min = 0, max = 100))] f64);

    impl From<Percent> for f64 {
        fn from(percent: Percent) -> Self {
            percent.0
        }
    }
}
use domain::{Email, Percent};

/// Says nothing about its fields: their types do.
#[derive(Debug, Deserialize, Serialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(input, output)]
struct Invitation {
    to: Email,
    discount: Percent,
    #[secure(length(max = 3), unique)]
    copies_to: Vec<Email>,
}

fn main() -> Result<(), Report> {
    // In the program: `TryFrom` cleans and checks.
    let ada = Email::try_from(" Ada@Example.ORG ".to_owned())?;
    println!("an address: {}", ada.as_str());
    assert_eq!(ada.as_str(), "ada@example.org");
    // NaN is in no range, so comparing and sorting these is safe.
    println!("half of nothing: {}", Percent::try_from(f64::NAN).unwrap_err());

    // By serde alone, as in a file of settings: the same rules, and the first of them in serde's words.
    let alone = serde_json::from_str::<Email>("\"hunter2\"").unwrap_err().to_string();
    println!("by serde alone: {alone}");
    assert!(!alone.contains("hunter2"));

    // In a document: everything that is wrong at once, each at its place, and of an address nothing is repeated.
    let document = r#"{"to":"ada","discount":101,"copies_to":["bob@example.org","cy"]}"#;
    let report = from_json::<Invitation>(document).unwrap_err();
    println!("in a document: {report}");
    assert_eq!(report.len(), 3);

    // Rules on what holds them see clean values: these two are one address.
    let document = r#"{"to":"ada@example.org","discount":0,"copies_to":["bob@example.org","BOB@Example.org"]}"#;
    let report = from_json::<Invitation>(document).unwrap_err();
    println!("one twice: {report}");
    assert_eq!(report.to_string(), "/copies_to must not hold the same item twice (unique)");

    // And what was good once is good when it is written and read again.
    let good = from_json::<Invitation>(r#"{"to":"Ada@Example.org","discount":12.5,"copies_to":[]}"#)?;
    let written = serde_json::to_string(&good).expect("it has texts for keys");
    println!("written: {written}");
    assert_eq!(from_json::<Invitation>(&written)?.to, ada);
    Ok(())
}
