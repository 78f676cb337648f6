//! The attacks a resource server has to withstand, each named by the rule of RFC or reference it breaks.

mod claims;
mod cookbook;
mod jose;
mod pem;

use super::{Tokens, Verified};
use crate::{
    auth::TokenError,
    testing::{TestIssuer, TokenBuilder},
};

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://id.shop.example";

/// Claims that nothing is wrong with.
const CLAIMS: &str = concat!(
    r#"{"iss":"https://id.shop.example","aud":"https://api.shop.example","sub":"a","client_id":"c","#,
    r#""iat":1800000000,"exp":1800000300,"jti":"j"}"#
);

fn issuer() -> TestIssuer {
    TestIssuer::new(ISSUER)
}

fn tokens(id: &TestIssuer) -> Tokens {
    id.tokens(TestIssuer::AUDIENCE)
}

fn outcome(token: &str, tokens: &Tokens) -> Result<(), TokenError> {
    let outcome = || tokens.verify(token, NOW).map(|_: Verified| ());
    let first = outcome();
    // The header of a good token is known by now.
    assert_eq!(first, outcome());
    first
}

/// Checks what becomes of a good token after each change.
fn check_each<C: std::fmt::Debug>(
    cases: impl IntoIterator<Item = (C, Result<(), TokenError>)>,
    relax: impl Fn(Tokens) -> Tokens,
    change: impl for<'i> Fn(TokenBuilder<'i>, &C) -> TokenBuilder<'i>,
) {
    let id = issuer();
    let tokens = relax(tokens(&id));
    for (case, expected) in cases {
        let token = change(id.token(), &case).sign(NOW);
        assert_eq!(outcome(&token, &tokens), expected, "{case:?}");
    }
}
