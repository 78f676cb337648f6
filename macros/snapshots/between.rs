/// A booking.
#[derive(Deserialize, Secure)]
#[serde(deny_unknown_fields)]
#[secure(exactly_one_of(card, bank_account), check = Booking::fits)]
struct Booking {
    from: u32,
    #[secure(greater_than(from), required, on = Create)]
    until: Option<u32>,
    #[serde(rename = "card-number")]
    card: Option<u32>,
    #[secure(check = is_open, required_if(self_service && kind == Kind::Company))]
    bank_account: Option<u32>,
    self_service: bool,
    kind: Kind,
    place: (),
}
