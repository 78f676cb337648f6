//! Names and circles of scopes and roles.

use palisade::prelude::*;

#[derive(Scopes)]
enum Spaced {
    #[secure("orders read")]
    OrdersRead,
}

#[derive(Scopes)]
enum Twice {
    #[secure("orders")]
    OrdersRead,
    #[secure("orders")]
    OrdersWrite,
}

#[derive(Roles)]
enum Circle {
    #[secure("support", implies(Admin))]
    Support,
    #[secure("manager", implies(Support))]
    Manager,
    #[secure("admin", implies(Manager))]
    Admin,
}

#[derive(Roles)]
enum Itself {
    #[secure("admin", implies(Admin))]
    Admin,
}

fn main() {}
