/// Adds a line to an order.
#[secure(
    put = "/orders/{id}/lines/{number}",
    scope = Scope::OrdersWrite,
    object(id: Order),
    open(number, "a line is the order's"),
    check = AddLine::is_small
)]
#[serde(rename_all = "camelCase")]
#[derive(Debug)]
pub(crate) struct AddLine {
    order: Authorized<Order>,
    /// Whether nothing is kept.
    #[secure(query)]
    pub(crate) dry_run: Option<bool>,
    #[secure(path)]
    number: u8,
    #[secure(query = "note", length(max = 64), required_if(FEW < line.count), excluded_with(dry_run))]
    remark: Option<String>,
    #[secure(body)]
    line: NewLine,
}
