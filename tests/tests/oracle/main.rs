//! A second and a third opinion: npm `jose` and `PyJWT` accept and refuse the same tokens as our verifier does, but for a closed
//! list of differences, each with its reason.

mod chance;
mod differences;
mod mutants;
mod opinions;
mod signer;

use std::collections::BTreeSet;

use differences::{LAXER, STRICTER, code};
use mutants::{Forge, ISSUER, Mutant, NOW};
use opinions::Oracle;
use palisade::{
    auth::{Algorithm, Keys, Tokens},
    testing::TestIssuer,
};
use serde_json::json;

/// Tokens that each is asked about.
const ASYMMETRIC: usize = 8_000;
const SYMMETRIC: usize = 2_000;

#[test]
fn other_implementations_judge_alike() {
    let mut met = BTreeSet::new();
    let mut asked = Vec::new();
    for (symmetric, mutants, seed) in [(false, ASYMMETRIC, 1), (true, SYMMETRIC, 2)] {
        let algorithms: Vec<_> = Algorithm::ALL.into_iter().filter(|known| known.is_symmetric() == symmetric).collect();
        let names: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
        let mut forge = Forge::new(algorithms, seed);
        let jwks = forge.jwks();
        let tokens = Tokens::issuer(ISSUER)
            .audience(TestIssuer::AUDIENCE)
            .keys(Keys::jwks(&jwks.to_string()).expect("good keys"));
        let demands = json!({
            "jwks": jwks, "issuer": ISSUER, "audience": TestIssuer::AUDIENCE, "now": NOW, "skew": 30, "algorithms": names,
        });
        let mutants: Vec<_> = (0..mutants).map(|_| forge.mutant()).collect();
        let ours: Vec<_> =
            mutants.iter().map(|mutant| tokens.verify(&mutant.token, NOW).map(drop).map_err(code)).collect();
        let good = ours.iter().filter(|verdict| verdict.is_ok()).count();
        assert!(mutants.len() / 5 <= good && good <= mutants.len() / 2, "{good} of {} are good", mutants.len());
        for oracle in Oracle::ALL {
            let texts: Vec<_> = mutants.iter().map(|mutant| mutant.token.clone()).collect();
            let Some(theirs) = oracle.asked(&demands, &texts) else { continue };
            compare(oracle, &mutants, &ours, &theirs, &mut met);
            asked.push(oracle);
        }
    }
    if Oracle::ALL.iter().all(|oracle| asked.contains(oracle)) {
        let listed = STRICTER.iter().flat_map(|row| row.accepted_by.iter().map(|by| (*by, row.ours)));
        let listed: BTreeSet<_> = listed.chain(LAXER.iter().map(|row| (row.refused_by, row.verdict))).collect();
        let stale: Vec<_> = listed.difference(&met).collect();
        assert!(stale.is_empty(), "these do not differ any more: {stale:?}");
    }
}

/// Holds both verdicts of each token against each other; notes which of the listed differences were met.
fn compare(
    oracle: Oracle,
    mutants: &[Mutant],
    ours: &[Result<(), String>],
    theirs: &[String],
    met: &mut BTreeSet<(Oracle, &'static str)>,
) {
    let mut unexplained = Vec::new();
    for ((mutant, ours), theirs) in mutants.iter().zip(ours).zip(theirs) {
        let explained = match (ours, theirs.as_str()) {
            (Ok(()), "accepted") => continue,
            (Err(ours), "accepted") => {
                STRICTER.iter().find(|row| row.explains(oracle, ours, mutant)).map(|row| row.ours)
            }
            (Ok(()), refused) => LAXER.iter().find(|row| row.explains(oracle, refused, mutant)).map(|row| row.verdict),
            (Err(_), _) => continue,
        };
        match explained {
            Some(row) => drop(met.insert((oracle, row))),
            None => unexplained.push(format!("{ours:?}, {oracle:?} {theirs:?}: {}", mutant.changes.join("; "))),
        }
    }
    assert!(unexplained.is_empty(), "{} differences:\n{}", unexplained.len(), unexplained.join("\n"));
}
