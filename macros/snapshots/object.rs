/// A new order.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewOrder {
    /// What it is called.
    #[secure(trim, length(min = 1, max = 64))]
    order_title: String,
    #[secure(length(max = 10), each(house::Even), unchecked = "a reason")]
    tags: Option<Vec<u32>>,
    ship_to: Address,
    #[serde(with = "codec", default)]
    placed: Time,
    #[serde(skip)]
    cache: u8,
}
