//! A secret is neither written, nor copied, nor compared by accident.

use palisade::auth::Secret;

fn main() {
    let secret = Secret::new(String::from("hunter2"));
    println!("{secret}");
    let _copy = secret.clone();
    let _document = serde_json::to_string(&secret);
    let _same = secret == Secret::new(String::new());
}
