/// An order as its parties see it.
#[derive(Deserialize, Serialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(input, output)]
struct Order {
    #[secure(owner)]
    customer: CustomerId,
    #[serde(rename(serialize = "totalCost"))]
    #[secure(visible(scope = Scope::Billing), writable(role = Role::Support))]
    total_cost: Option<u64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[secure(visible(allow = owner || role(Role::Support)), mask(last = 4), length(max = 19))]
    card: String,
    #[secure(never, length(max = 64))]
    password_hash: String,
}
