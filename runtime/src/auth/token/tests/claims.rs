//! Attacks on the claims, and what an issuer may deviate in.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::auth::{Algorithm, Claim, OptionalClaim, Party};

fn malformed(claim: Claim) -> Result<(), TokenError> {
    Err(TokenError::MalformedClaim(claim))
}

fn missing(claim: Claim) -> Result<(), TokenError> {
    Err(TokenError::MissingClaim(claim))
}

/// Sets one claim to each value.
fn claim(name: &str, cases: impl IntoIterator<Item = (Value, Result<(), TokenError>)>) {
    check_each(cases, |tokens| tokens, |token, value| token.claim(name, value.clone()));
}

#[test]
fn rule_35_the_type_must_say_access_token() {
    let cases = [
        (json!("at+jwt"), Ok(())),
        (json!("AT+JWT"), Ok(())),
        (json!("application/at+jwt"), Ok(())),
        (json!("Application/AT+jwt"), Ok(())),
        (json!("JWT"), Err(TokenError::WrongType)),
        (json!("dpop+jwt"), Err(TokenError::WrongType)),
        (json!("logout+jwt"), Err(TokenError::WrongType)),
        (json!("secevent+jwt"), Err(TokenError::WrongType)),
        (json!("at+jwt "), Err(TokenError::WrongType)),
        (json!(""), Err(TokenError::WrongType)),
        (json!(null), Err(TokenError::BadHeader)),
        (json!(["at+jwt"]), Err(TokenError::BadHeader)),
    ];
    check_each(cases, |tokens| tokens, |token, kind| token.header("typ", kind.clone()));
    check_each([((), Err(TokenError::WrongType))], |tokens| tokens, |token, ()| token.untyped());
}

#[test]
fn rule_35_an_issuer_may_be_allowed_untyped_tokens_but_no_other_kind() {
    let cases = [
        (json!("JWT"), Ok(())),
        (json!("jwt"), Ok(())),
        (json!("at+jwt"), Ok(())),
        (json!("dpop+jwt"), Err(TokenError::WrongType)),
        (json!("logout+jwt"), Err(TokenError::WrongType)),
    ];
    check_each(cases, Tokens::accept_untyped_tokens, |token, kind| token.header("typ", kind.clone()));
    check_each([((), Ok(()))], Tokens::accept_untyped_tokens, |token, ()| token.untyped());
}

#[test]
fn rule_43_id_and_logout_tokens_are_refused_even_untyped() {
    let cases = ["nonce", "at_hash", "c_hash", "events"].map(|claim| (claim, Err(TokenError::NotAnAccessToken)));
    check_each(cases, Tokens::accept_untyped_tokens, |token, claim| token.untyped().claim(claim, "x"));
}

#[test]
fn rule_36_every_required_claim_is_required() {
    let cases = [
        ("iss", Claim::Issuer),
        ("exp", Claim::ExpiresAt),
        ("aud", Claim::Audience),
        ("sub", Claim::Subject),
        ("client_id", Claim::ClientId),
        ("iat", Claim::IssuedAt),
        ("jti", Claim::TokenId),
    ]
    .map(|(name, claim)| (name, missing(claim)));
    check_each(cases, |tokens| tokens, |token, name| token.without(name));
}

#[test]
fn rule_36_three_claims_can_be_made_optional_and_still_have_to_be_well_formed() {
    let relax = |tokens: Tokens| {
        [OptionalClaim::ClientId, OptionalClaim::IssuedAt, OptionalClaim::TokenId]
            .into_iter()
            .fold(tokens, Tokens::accept_missing)
    };
    check_each([("client_id", Ok(())), ("iat", Ok(())), ("jti", Ok(()))], relax, |token, name| token.without(name));
    check_each(
        [
            ("client_id", malformed(Claim::ClientId)),
            ("iat", malformed(Claim::IssuedAt)),
            ("jti", malformed(Claim::TokenId)),
        ],
        relax,
        |token, name| token.claim(name, json!([])),
    );
}

#[test]
fn rule_37_the_issuer_is_compared_to_the_letter() {
    claim(
        "iss",
        [
            (json!(ISSUER), Ok(())),
            (json!("https://id.shop.example/"), Err(TokenError::WrongIssuer)),
            (json!("https://ID.shop.example"), Err(TokenError::WrongIssuer)),
            (json!("http://id.shop.example"), Err(TokenError::WrongIssuer)),
            (json!("https://id.shop.example.evil.example"), Err(TokenError::WrongIssuer)),
            (json!([ISSUER]), malformed(Claim::Issuer)),
            (json!(null), malformed(Claim::Issuer)),
            (json!(""), malformed(Claim::Issuer)),
        ],
    );
}

#[test]
fn rule_38_the_audience_must_contain_this_resource() {
    let ours = TestIssuer::AUDIENCE;
    claim(
        "aud",
        [
            (json!(ours), Ok(())),
            (json!([ours]), Ok(())),
            (json!(["https://other.example", ours]), Ok(())),
            (json!([]), Err(TokenError::WrongAudience)),
            (json!(["https://other.example"]), Err(TokenError::WrongAudience)),
            (json!("https://api.shop.example/"), Err(TokenError::WrongAudience)),
            (json!(format!("{ours} https://other.example")), Err(TokenError::WrongAudience)),
            (json!([[ours]]), malformed(Claim::Audience)),
            (json!([ours, 1]), malformed(Claim::Audience)),
            (json!({ "aud": ours }), malformed(Claim::Audience)),
            (json!(1), malformed(Claim::Audience)),
            (json!(null), malformed(Claim::Audience)),
        ],
    );
}

#[test]
fn rule_38_a_token_for_others_too_can_be_refused() {
    let ours = TestIssuer::AUDIENCE;
    let cases = [
        (json!(ours), Ok(())),
        (json!([ours]), Ok(())),
        (json!([ours, ours]), Ok(())),
        (json!([ours, "https://other.example"]), Err(TokenError::WrongAudience)),
        (json!(["https://other.example", ours]), Err(TokenError::WrongAudience)),
        (json!(["https://other.example"]), Err(TokenError::WrongAudience)),
        (json!([ours, ""]), Err(TokenError::WrongAudience)),
        (json!([]), Err(TokenError::WrongAudience)),
    ];
    check_each(cases, Tokens::only_audience, |token, audience| token.claim("aud", audience.clone()));
}

#[test]
fn rule_39_the_age_of_a_token_can_be_bounded() {
    let issued = |ago: u64| json!(NOW - ago);
    let cases = [
        (issued(0), Ok(())),
        (issued(630), Ok(())),
        (json!(NOW as f64 - 630.5), Err(TokenError::TooOld)),
        (issued(631), Err(TokenError::TooOld)),
        (json!(0), Err(TokenError::TooOld)),
    ];
    let relax = |tokens: Tokens| tokens.max_age(Duration::from_secs(600)).accept_missing(OptionalClaim::IssuedAt);
    check_each(cases, relax, |token, issued_at| token.claim("iat", issued_at.clone()));
    // What is to be measured has to be there.
    check_each([((), missing(Claim::IssuedAt))], relax, |token, ()| token.without("iat"));
}

#[test]
fn rule_39_a_token_is_not_remembered_until_it_is_too_old() {
    let id = issuer();
    let good_until = |tokens: Tokens, issued_at: Value| {
        let token = id.token().claim("iat", issued_at).expires_in(3_600).sign(NOW);
        tokens.good_until(&tokens.verify(&token, NOW).unwrap())
    };
    let bounded = || tokens(&id).max_age(Duration::from_secs(600));
    assert_eq!(good_until(tokens(&id), json!(NOW - 590)), NOW + 3_600);
    assert_eq!(good_until(bounded(), json!(NOW - 590)), NOW + 10);
    assert_eq!(good_until(bounded(), json!(NOW - 610)), NOW - 10);
    assert_eq!(good_until(tokens(&id).max_age(Duration::MAX), json!(NOW)), NOW + 3_600);
}

#[test]
fn rule_39_the_lifetime_of_a_token_can_be_bounded() {
    let relax = |tokens: Tokens| tokens.max_lifetime(Duration::from_secs(600)).accept_missing(OptionalClaim::IssuedAt);
    let cases = [(300, Ok(())), (600, Ok(())), (601, Err(TokenError::LivesTooLong)), (-31, Err(TokenError::Expired))];
    check_each(cases, relax, |token, lifetime| token.expires_in(*lifetime));
    check_each([((), missing(Claim::IssuedAt))], relax, |token, ()| token.without("iat"));
}

#[test]
fn a_token_whose_subject_is_its_client_is_the_clients_own() {
    let id = issuer();
    let party = |token: TokenBuilder<'_>| tokens(&id).verify(&token.sign(NOW), NOW).unwrap().speaks_for();
    assert_eq!(party(id.token()), Some(Party::User));
    assert_eq!(party(id.token().subject("job").client("job")), Some(Party::Client));
    assert_eq!(party(id.token().subject("job").client("Job")), Some(Party::User));
    // A claim that nobody configured says nothing.
    assert_eq!(party(id.token().claim("gty", "client-credentials")), Some(Party::User));
}

#[test]
fn an_issuer_can_mark_the_tokens_of_clients() {
    let id = issuer();
    let marked = |name: &str, value: Value| {
        let tokens = tokens(&id).client_claim("gty", "client-credentials").client_claim("idtyp", "app");
        let tokens = tokens.accept_missing(OptionalClaim::ClientId);
        let party = |token: TokenBuilder<'_>| tokens.verify(&token.sign(NOW), NOW).unwrap().speaks_for();
        let token = id.token().claim(name, value);
        (party(token.clone()), party(token.without("client_id")))
    };
    let (client, user) = ((Some(Party::Client), Some(Party::Client)), (Some(Party::User), Some(Party::User)));
    assert_eq!(marked("gty", json!("client-credentials")), client);
    assert_eq!(marked("gty", json!(["other", "client-credentials"])), client);
    assert_eq!(marked("idtyp", json!("app")), client);
    for (name, value) in [
        ("gty", json!("app")),
        ("gty", json!("password")),
        ("idtyp", json!("user")),
        ("idtyp", json!(null)),
        ("idtyp", json!({"app": "app"})),
        ("unrelated", json!({"idtyp": "app"})),
    ] {
        assert_eq!(marked(name, value.clone()), user, "{name} {value}");
    }
}

#[test]
fn a_token_that_does_not_tell_speaks_for_neither() {
    let id = issuer();
    let tokens = tokens(&id).accept_missing(OptionalClaim::ClientId);
    let verified = tokens.verify(&id.token().without("client_id").sign(NOW), NOW).unwrap();
    assert_eq!(verified.speaks_for(), None);
}

#[test]
fn methods_of_authentication_are_an_array_of_texts() {
    claim(
        "amr",
        [
            (json!([]), Ok(())),
            (json!(["pwd", "otp"]), Ok(())),
            (json!("pwd"), malformed(Claim::AuthenticationMethods)),
            (json!(["pwd", 1]), malformed(Claim::AuthenticationMethods)),
            (json!(null), malformed(Claim::AuthenticationMethods)),
            (json!({"pwd": true}), malformed(Claim::AuthenticationMethods)),
        ],
    );
}

#[test]
fn claims_with_escapes_mean_what_they_say() {
    let id = issuer();
    let claims = CLAIMS
        .replace("\"a\"", "\"\\u0061l\\u00efce\"")
        .replace('}', r#","scope":"orders\/read x","roles":["a\"b","c"],"amr":["\u0070wd"],"\u0061cr":"m\nfa"}"#);
    let token = id.sign_raw(Algorithm::EdDsa, r#"{"alg":"EdDSA","typ":"\u0061t+jwt"}"#, claims);
    let verified = tokens(&id).verify(&token, NOW).unwrap();
    assert_eq!((verified.subject(), verified.authentication_context()), ("al\u{ef}ce", Some("m\nfa")));
    assert!(verified.scopes().eq(["orders/read", "x"]) && verified.roles().eq(["a\"b", "c"]));
    assert!(verified.authentication_methods().eq(["pwd"]));
    assert_eq!(verified.claims().get("acr"), Some(&json!("m\nfa")));
}

#[test]
fn claims_come_as_a_type_too() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Shop<'v> {
        tenant: &'v str,
        limit: Option<u32>,
    }
    let id = issuer();
    let verified = |token: TokenBuilder<'_>| tokens(&id).verify(&token.sign(NOW), NOW).unwrap();
    let good = verified(id.token().claim("tenant", "house"));
    assert_eq!(good.claims_as::<Shop<'_>>(), Ok(Shop { tenant: "house", limit: None }));
    for token in [id.token(), id.token().claim("tenant", 7), id.token().claim("tenant", "a").claim("limit", "b")] {
        assert_eq!(verified(token).claims_as::<Shop<'_>>(), Err(TokenError::ClaimsDoNotFit));
    }
}

#[test]
fn rule_39_a_time_of_the_wrong_type_is_refused_and_not_skipped() {
    for (name, which) in [
        ("exp", Claim::ExpiresAt),
        ("nbf", Claim::NotBefore),
        ("iat", Claim::IssuedAt),
        ("auth_time", Claim::AuthenticatedAt),
    ] {
        let wrong = [
            json!(NOW.to_string()),
            json!(-1),
            json!(-1.5),
            json!(1e300),
            json!(1.0e17),
            json!(true),
            json!(null),
            json!([NOW]),
            json!({}),
        ];
        claim(name, wrong.map(|value| (value, malformed(which))));
    }
}

#[test]
fn rule_39_times_are_checked_with_thirty_seconds_of_skew() {
    let seconds = |difference: i64| json!(NOW.saturating_add_signed(difference));
    claim(
        "exp",
        [
            (seconds(1), Ok(())),
            (json!(NOW as f64 + 0.5), Ok(())),
            (seconds(-29), Ok(())),
            (seconds(-30), Err(TokenError::Expired)),
            (json!(NOW as f64 - 30.5), Err(TokenError::Expired)),
            (json!(0), Err(TokenError::Expired)),
        ],
    );
    claim("nbf", [(seconds(30), Ok(())), (seconds(31), Err(TokenError::NotYetValid)), (json!(0), Ok(()))]);
    claim("iat", [(seconds(30), Ok(())), (seconds(31), Err(TokenError::IssuedInFuture)), (json!(0), Ok(()))]);
}

#[test]
fn rule_39_the_skew_can_be_set_up_to_a_minute() {
    let expired = |difference: i64| {
        move |skew: u64| {
            let relax = move |tokens: Tokens| tokens.skew(Duration::from_secs(skew));
            let id = issuer();
            outcome(&id.token().expires_in(difference).sign(NOW), &relax(tokens(&id)))
        }
    };
    assert_eq!(
        (expired(-1)(0), expired(0)(0), expired(1)(0)),
        (Err(TokenError::Expired), Err(TokenError::Expired), Ok(()))
    );
    assert_eq!((expired(-59)(60), expired(-60)(60)), (Ok(()), Err(TokenError::Expired)));
    assert_eq!((expired(-59)(3_600), expired(-60)(3_600)), (Ok(()), Err(TokenError::Expired)));
}

#[test]
fn rule_36_a_subject_is_a_text_that_is_not_empty() {
    let wrong = [json!(""), json!(1), json!(null), json!(["alice"])];
    claim("sub", wrong.map(|value| (value, malformed(Claim::Subject))));
}

#[test]
fn rule_41_scopes_are_a_line_or_a_list_and_compared_whole() {
    let id = issuer();
    let scopes = |value: Value| {
        let token = id.token().claim("scope", value).sign(NOW);
        let verified = tokens(&id).verify(&token, NOW)?;
        Ok(verified.scopes().map(String::from).collect::<Vec<_>>())
    };
    let both = Ok(vec![String::from("orders:read"), String::from("orders:write")]);
    assert_eq!(scopes(json!("orders:read orders:write")), both);
    assert_eq!(scopes(json!(["orders:read", "orders:write"])), both);
    assert_eq!(scopes(json!("  orders:read  orders:write ")), both);
    assert_eq!(scopes(json!("orders:readall")), Ok(vec![String::from("orders:readall")]));
    assert_eq!(scopes(json!("Orders:Read")), Ok(vec![String::from("Orders:Read")]));
    assert_eq!(scopes(json!(["orders:read orders:write"])), Ok(vec![String::from("orders:read orders:write")]));
    assert_eq!(scopes(json!("")), Ok(vec![]));
    for value in [json!(null), json!(1), json!({"orders:read": true}), json!(["a", 1]), json!([["a"]])] {
        assert_eq!(scopes(value), Err(TokenError::MalformedClaim(Claim::Scope)));
    }
}

#[test]
fn roles_are_a_list_and_a_text_is_never_split() {
    claim(
        "roles",
        [
            (json!([]), Ok(())),
            (json!(["shop admin"]), Ok(())),
            (json!("shop admin"), malformed(Claim::Roles)),
            (json!(null), malformed(Claim::Roles)),
            (json!([1]), malformed(Claim::Roles)),
        ],
    );
    let id = issuer();
    let token = id.token().role("support").role("shop admin").sign(NOW);
    assert!(tokens(&id).verify(&token, NOW).unwrap().roles().eq(["support", "shop admin"]));
}

#[test]
fn claims_of_other_names_can_hold_scopes_and_roles() {
    let id = issuer();
    let tokens = tokens(&id).scope_claim("scp").roles_claim("https://shop.example/roles");
    let token = id.token().scope("ignored").role("ignored");
    let token = token.claim("scp", json!(["a"])).claim("https://shop.example/roles", json!(["b"])).sign(NOW);
    let verified = tokens.verify(&token, NOW).unwrap();
    assert!(verified.scopes().eq(["a"]) && verified.roles().eq(["b"]));
}

#[test]
fn rule_59_a_token_says_what_it_is_bound_to() {
    let thumbprint = base64_simd::URL_SAFE_NO_PAD.encode_to_string([7; 32]);
    let id = issuer();
    let verified = |cnf: Value| tokens(&id).verify(&id.token().claim("cnf", cnf).sign(NOW), NOW).unwrap();
    let by_key = verified(json!({"jkt": thumbprint}));
    assert_eq!(by_key.confirmation().unwrap().key(), Some(&[7; 32]));
    let by_certificate = verified(json!({"x5t#S256": thumbprint}));
    assert_eq!(by_certificate.confirmation().unwrap().certificate(), Some(&[7; 32]));
    assert!(tokens(&id).verify(&id.token().sign(NOW), NOW).unwrap().confirmation().is_none());

    let wrong = [json!({"jkt": "x"}), json!({"x5t#S256": 1}), json!({}), json!(null), json!({"unknown": thumbprint})];
    claim("cnf", wrong.map(|value| (value, malformed(Claim::Confirmation))));
}

#[test]
fn a_verified_token_says_what_it_said() {
    let id = issuer();
    let token = id.token().client("shop-web").authenticated(120).claim("acr", "urn:mfa").claim("jti", "t-1");
    let verified = tokens(&id).verify(&token.expires_in(60).sign(NOW), NOW).unwrap();
    assert_eq!((verified.issuer(), verified.subject(), verified.client()), (ISSUER, "alice", Some("shop-web")));
    assert_eq!((verified.expires_at(), verified.authenticated_at()), (NOW + 60, Some(NOW - 120)));
    assert_eq!((verified.authentication_context(), verified.id()), (Some("urn:mfa"), Some("t-1")));
    assert_eq!(verified.claims().get("iat"), Some(&json!(NOW)));
    claim("acr", [(json!(1), malformed(Claim::AuthenticationContext))]);
}
