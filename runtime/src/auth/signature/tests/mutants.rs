//! Whatever is changed of what is signed, the signature is worth nothing.

use http::HeaderValue;
use proptest::prelude::*;

use super::*;

fn covered() -> Parts {
    let mut parts = order();
    signer().covering(["x-tenant", "@query", "@authority"]).unwrap().sign(&mut parts, BODY, NOW).unwrap();
    arrived(parts)
}

proptest! {
    #[test]
    fn rule_62_a_changed_byte_anywhere_is_refused(
        name in prop::sample::select(&["signature-input", "signature", "content-digest", "x-tenant"][..]),
        at: prop::sample::Index,
        byte in 0x20_u8..0x7f,
    ) {
        let mut parts = covered();
        let mut value = parts.headers[name].as_bytes().to_vec();
        let at = at.index(value.len());
        prop_assume!(value[at] != byte);
        value[at] = byte;
        parts.headers.insert(name, HeaderValue::from_bytes(&value).unwrap());
        // What is written otherwise may still say the same: white space around a value, and the label.
        let same = |one: &Parts, other: &Parts| {
            let read = |parts: &Parts| input::Input::of(&parts.headers, None).map(|input| {
                (input.signature.clone(), input.base(component::Seen { origin: &origin(), parts }))
            });
            read(one) == read(other)
        };
        let outcome = verify_at(&signatures(), &parts, &["x-tenant", "@query"], BODY, NOW);
        prop_assert!(outcome.is_err() || same(&parts, &covered()), "{:?}", parts.headers);
    }

    #[test]
    fn rule_62_another_target_or_method_is_refused(
        method in prop::sample::select(&["GET", "PUT", "DELETE", "PATCH", "post"][..]),
        path in "/[a-z]{1,8}",
        query in "[a-z=&]{0,8}",
    ) {
        let mut parts = covered();
        prop_assume!(format!("{path}?{query}") != "/orders?notify=yes");
        parts.uri = format!("{path}?{query}").parse().unwrap();
        prop_assert_eq!(verify(&signatures(), &parts), Err(SignatureError::WrongSignature));
        let mut parts = covered();
        parts.method = method.parse().unwrap();
        prop_assert_eq!(verify(&signatures(), &parts), Err(SignatureError::WrongSignature));
    }

    #[test]
    fn no_fields_make_it_panic(input in "[ -~]{0,64}", signature in "[ -~]{0,64}", tag in "[a-z]{0,2}") {
        let mut parts = arrived(order());
        parts.headers.insert("signature-input", input.trim().parse().unwrap());
        parts.headers.insert("signature", signature.trim().parse().unwrap());
        prop_assert!(verify(&signatures(), &parts).is_err());
        prop_assert!(verify(&signatures().tag(tag), &parts).is_err());
    }

    #[test]
    fn every_target_that_is_signed_verifies(path in "(/[a-zA-Z0-9%:@._~-]{0,6}){1,3}", query in "(\\?[a-z0-9=&+%]{0,12})?") {
        let Ok(uri) = format!("https://API.shop.example:443{path}{query}").parse::<http::Uri>() else { return Ok(()) };
        let mut parts = order();
        parts.uri = uri;
        signer().covering(["@path", "@query", "@request-target"]).unwrap().sign(&mut parts, BODY, NOW).unwrap();
        prop_assert_eq!(verify(&signatures(), &arrived(parts)), Ok(String::from("acme")));
    }
}
