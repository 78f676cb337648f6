/// A small shop.
#[secure(
    title = "Shop",
    version = "1.0.0",
    auth(oauth2, api_key(header = "X-Api-Key")),
    scopes = Scope,
    default(rate = "600/min per ip"),
    endpoints(orders::place_order, health)
)]
pub struct Shop;
