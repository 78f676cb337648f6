//! Rules and arguments that stand behind a feature that is off.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Member {
    #[secure(html(policy = "text"), length(max = 4))]
    biography: String,
    #[secure(password(min_entropy = 50))]
    password: String,
}

fn main() {}
