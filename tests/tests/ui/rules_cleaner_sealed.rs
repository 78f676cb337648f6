//! Arguments of cleaning steps that make no sense.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct Note {
    #[secure(truncate)]
    truncate_without_a_bound: String,
    #[secure(truncate(max = 0))]
    truncate_to_nothing: String,
    #[secure(clamp)]
    clamp_without_a_bound: u8,
    #[secure(clamp(min = 9, max = 4))]
    clamp_upside_down: u8,
    #[secure(strip_control(keep = "tabs"), length(max = 4))]
    strip_control: String,
    #[secure(normalize_email(local = "uppercase"), email)]
    normalize_email: String,
    #[secure(precis)]
    precis_without_a_profile: String,
    #[secure(precis(profile = "SASLprep"))]
    precis: String,
}

fn main() {}
