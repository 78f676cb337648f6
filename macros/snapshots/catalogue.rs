#[derive(Roles)]
enum Role {
    /// Buys.
    #[secure("customer")]
    Customer,
    #[secure("support", implies(Customer))]
    Support,
}
