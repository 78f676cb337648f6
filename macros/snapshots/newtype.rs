#[derive(Secure)]
struct Sku(#[secure(one_of(["a", "b"]))] String);
