//! Scopes and roles, as far as the macro reads them.

use palisade::prelude::*;

#[derive(Scopes)]
struct Everything;

#[derive(Scopes)]
enum Unnamed {
    OrdersRead,
    #[secure(orders_write)]
    OrdersWrite,
    #[secure(7)]
    OrdersCancel,
    #[secure("orders:ship", "orders:send")]
    OrdersShip,
}

#[derive(Roles)]
enum Fields {
    #[secure("support")]
    Support(u8),
}

#[derive(Roles)]
enum Counted {
    #[secure("customer")]
    Customer = 3,
}

#[derive(Roles)]
enum Implied {
    #[secure("admin", implies(Suport))]
    Admin,
    #[secure("support", implies = Admin)]
    Support,
    #[secure("clerk", implies("support"))]
    Clerk,
}

#[derive(Roles)]
#[secure("staff")]
enum NamedAsAWhole {
    #[secure("clerk")]
    Clerk,
}

#[derive(Roles)]
#[secure(staff)]
enum WordAsAWhole {
    #[secure("clerk")]
    Clerk,
}

#[derive(Roles)]
enum Generic<const N: usize> {
    #[secure("clerk")]
    Clerk,
}

fn main() {}
