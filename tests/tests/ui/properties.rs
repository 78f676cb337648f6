//! Who sees and who writes a property: what can be said where.

use palisade::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Scopes)]
enum Scope {
    #[secure("billing")]
    Billing,
}

#[derive(Roles)]
enum Role {
    #[secure("support")]
    Support,
}

#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
struct OnlyEnters {
    #[secure(visible(role = Role::Support))]
    hidden: u32,
    #[secure(mask(last = 4), length(max = 9))]
    masked: String,
    #[secure(writable(role = Role::Support))]
    required: u32,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct OnlyLeaves {
    #[secure(writable(role = Role::Support))]
    written: Option<u32>,
    #[secure(never, visible(role = Role::Support))]
    never: u32,
    #[secure(never, mask, length(max = 9))]
    neither: String,
    #[secure(visible)]
    nobody: u32,
    #[secure(visible())]
    nothing: u32,
    #[secure(visible(role = Role::Support), visible(scope = Scope::Billing))]
    twice: u32,
    #[secure(visible(owner))]
    nobodys: u32,
    #[secure(visible(allow = Role::Support + 1))]
    sum: u32,
    #[secure(never = "reason")]
    reason: u32,
    #[serde(flatten)]
    #[secure(never)]
    flat: Inner,
    #[serde(skip)]
    #[secure(visible(role = Role::Support))]
    skipped: u32,
    #[secure(length(max = 2), each(never))]
    each: Vec<u32>,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Inner {
    #[secure(owner)]
    one: u32,
    #[secure(owner)]
    two: u32,
}

#[derive(Serialize, Secure)]
#[secure(output)]
struct Nameless(#[secure(visible(role = Role::Support))] u32, #[secure(never)] u32);

#[derive(Serialize, Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(input, output)]
struct Both {
    #[secure(owner)]
    owner: u32,
    #[secure(writable(owner))]
    own: Option<u32>,
    #[serde(skip_deserializing)]
    #[secure(writable(role = Role::Support))]
    unread: Option<u32>,
}

fn main() {}
