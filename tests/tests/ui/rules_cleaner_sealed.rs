//! Arguments of cleaning steps that make no sense. The rules of a type are one constant, so each has a type.

use palisade::prelude::*;

#[derive(Secure)]
#[secure(output)]
struct TruncateWithoutABound {
    #[secure(truncate)]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct TruncateToNothing {
    #[secure(truncate(max = 0))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct ClampWithoutABound {
    #[secure(clamp)]
    value: u8,
}

#[derive(Secure)]
#[secure(output)]
struct ClampUpsideDown {
    #[secure(clamp(min = 9, max = 4))]
    value: u8,
}

#[derive(Secure)]
#[secure(output)]
struct StripControl {
    #[secure(strip_control(keep = "tabs"), length(max = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct NormalizeEmail {
    #[secure(normalize_email(local = "uppercase"), email)]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct HtmlWithoutAPolicy {
    #[secure(html, length(max = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Html {
    #[secure(html(policy = "harmless"), length(max = 4))]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct PrecisWithoutAProfile {
    #[secure(precis)]
    value: String,
}

#[derive(Secure)]
#[secure(output)]
struct Precis {
    #[secure(precis(profile = "SASLprep"))]
    value: String,
}

fn main() {}
