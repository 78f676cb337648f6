//! What is wrong with a token, on demand: a test refuses them all in one loop.

use super::{TestIssuer, TokenBuilder};
use crate::auth::Algorithm;

/// What is wrong with a token. A gate refuses each with 401, and tells the client the same for all of them.
///
/// ```
/// use palisade::testing::{Defect, TestIssuer};
///
/// let id = TestIssuer::new("https://id.shop.example");
/// let tokens = id.tokens(TestIssuer::AUDIENCE);
/// let now = 1_800_000_000;
/// for defect in Defect::ALL {
///     let token = id.token().subject("alice").sign_with(defect, now);
///     assert!(tokens.verify(&token, now).is_err(), "{defect:?}");
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Defect {
    /// It was good until an hour ago.
    Expired,
    /// It will be good in an hour (`nbf`).
    NotYetValid,
    /// Another issuer says that it issued it, by the keys of this one.
    OtherIssuer,
    /// It is for another API.
    OtherAudience,
    /// It is a token for something else, by its `typ`.
    OtherType,
    /// It is signed by a stranger, under the name of the issuer's key.
    OtherKey,
    /// It says that it needs no signature (`alg` is `none`), and has none.
    Unsigned,
    /// It says something else than what was signed.
    Altered,
    /// It has an extension that nobody understands (`crit`).
    Extended,
    /// It speaks for nobody.
    Nobody,
    /// It is no token.
    Garbage,
}

impl Defect {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Expired,
        Self::NotYetValid,
        Self::OtherIssuer,
        Self::OtherAudience,
        Self::OtherType,
        Self::OtherKey,
        Self::Unsigned,
        Self::Altered,
        Self::Extended,
        Self::Nobody,
        Self::Garbage,
    ];
}

impl TokenBuilder<'_> {
    /// The token with a defect, issued at `now`: [`Defect`].
    #[must_use]
    pub fn sign_with(self, defect: Defect, now: u64) -> String {
        const HOUR: u64 = 3_600;
        match defect {
            Defect::Expired => self.expires_in(0).sign(now.saturating_sub(HOUR)),
            Defect::NotYetValid => self.claim("nbf", now.saturating_add(HOUR)).expires_in(2 * 3_600).sign(now),
            Defect::OtherIssuer => self.claim("iss", "https://id.other.example").sign(now),
            Defect::OtherAudience => self.audience("https://api.other.example").sign(now),
            Defect::OtherType => self.header("typ", "logout+jwt").sign(now),
            Defect::OtherKey => {
                let stranger = TestIssuer::new(self.issuer().identifier());
                let signed = stranger.token().sign(now);
                with_parts(&self.sign(now), |[header, claims, _]| [header, claims, part(&signed, 2)])
            }
            Defect::Unsigned => {
                let none = self.issuer().sign_raw(Algorithm::EdDsa, r#"{"typ":"at+jwt","alg":"none"}"#, "{}");
                with_parts(&self.sign(now), |[_, claims, _]| [part(&none, 0), claims, String::new()])
            }
            Defect::Altered => {
                let other = self.clone().subject("mallory").sign(now);
                with_parts(&self.sign(now), |[header, _, signature]| [header, part(&other, 1), signature])
            }
            Defect::Extended => self.header("crit", vec!["urn:example:extension"]).sign(now),
            Defect::Nobody => self.without("sub").sign(now),
            Defect::Garbage => String::from("not.a.token"),
        }
    }
}

/// The token, put together anew from its three parts.
fn with_parts(token: &str, change: impl FnOnce([String; 3]) -> [String; 3]) -> String {
    change([part(token, 0), part(token, 1), part(token, 2)]).join(".")
}

fn part(token: &str, at: usize) -> String {
    token.split('.').nth(at).unwrap_or_default().to_owned()
}
