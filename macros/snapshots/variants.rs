#[derive(Secure)]
#[secure(output)]
#[serde(rename_all = "snake_case")]
enum Payment {
    Card {
        #[secure(length(max = 19))]
        number: String,
    },
    BankTransfer(#[secure(length(max = 34))] String),
    Cash,
}
