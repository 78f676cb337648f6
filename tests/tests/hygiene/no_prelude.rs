//! A module without the prelude: expansions write out every name they use.
#![no_implicit_prelude]

/// What a token may be good for.
#[derive(::palisade::Scopes)]
pub enum Scope {
    /// Read notes.
    #[secure("notes:read")]
    Read,
    /// Read and write notes.
    #[secure("notes:write", implies(Read))]
    Write,
}

/// What a caller may be.
#[derive(::palisade::Roles)]
pub enum Role {
    /// Writes notes.
    #[secure("author")]
    Author,
}

/// A note.
#[derive(::std::default::Default, ::serde::Serialize, ::serde::Deserialize, ::palisade::Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields, default)]
pub struct Note {
    /// Its text.
    #[secure(trim, length(min = 1, max = 9))]
    pub text: ::std::option::Option<::std::string::String>,
    /// Its labels.
    #[secure(length(max = 4), each(pattern("[a-z]{1,9}")))]
    pub labels: ::std::vec::Vec<::std::string::String>,
    /// Its counts.
    #[secure(length(max = 4), keys(length(max = 4)), values(range(min = 1)))]
    pub counts: ::std::collections::BTreeMap<::std::string::String, u8>,
}

/// A way to pay.
#[derive(::serde::Serialize, ::serde::Deserialize, ::palisade::Secure)]
#[secure(input, output)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum Payment {
    /// By card.
    Card {
        /// Who holds it.
        #[secure(length(max = 4))]
        holder: ::std::string::String,
    },
    /// By voucher.
    Voucher(#[secure(length(max = 4))] ::std::string::String),
    /// In cash.
    Cash,
}

/// Writes a note.
#[secure(post = "/notes", scope = Scope::Write, allow = role(Role::Author) || fresh(::palisade::policy::minutes(5)))]
async fn write(
    caller: ::palisade::auth::Caller,
    ::palisade::Json(note): ::palisade::Json<Note>,
) -> ::std::result::Result<::palisade::Json<Note>, ::palisade::Problem> {
    ::std::mem::drop(caller);
    ::std::result::Result::Ok(::palisade::Json(note))
}

/// Takes a payment.
#[secure(post = "/payments", public = "a cash desk")]
async fn pay(::palisade::Json(payment): ::palisade::Json<Payment>) -> ::palisade::Json<Payment> {
    ::palisade::Json(payment)
}

use ::palisade::secure;

/// Notes.
#[secure(
    title = "Notes", version = "1.0.0", auth(oauth2), scopes = Scope, roles = Role,
    default(rate = "1/s per ip"), endpoints(write, pay),
)]
pub struct Notes;

#[::core::prelude::v1::test]
fn expansions_do_without_the_prelude() {
    use ::std::{assert_eq, string::ToString, vec};
    let note = Note { text: ::std::option::Option::Some(" ".to_string()), ..::std::default::Default::default() };
    assert_eq!(super::refused(note), vec!["/text"]);
    assert_eq!(super::refused(Payment::Voucher("12345".to_string())), vec!["/voucher"]);
    assert_eq!(<Notes as ::palisade::Api>::POLICY.declared_endpoints().len(), 2);
}
