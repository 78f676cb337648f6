#[derive(Deserialize, Secure)]
#[serde(try_from = "String")]
#[secure(constructor)]
pub struct Sku(#[secure(pattern("[A-Z]{3}-[0-9]{4}"))] String);
