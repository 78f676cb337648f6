//! A second and a third opinion: npm `jose` and `PyJWT` accept and refuse the same tokens as our verifier does, but for a closed
//! list of differences, each with its reason.

mod chance;
mod differences;
mod mutants;
mod opinions;
mod proofs;
mod signer;
mod values;

use std::collections::BTreeSet;

use differences::{Differences, OF_PROOFS, OF_TOKENS, code};
use http::Method;
use mutants::{Forge, ISSUER, Mutant, NOW};
use opinions::Oracle;
use palisade::{
    auth::{Algorithm, Dpop, Keys, MemoryReplays, Proven, PublicOrigin, Tokens},
    testing::TestIssuer,
};
use proofs::Prover;
use serde_json::{Value, json};

/// Tokens with changes by chance, besides those with each change once.
const BY_CHANCE: usize = 3_000;

#[test]
fn other_implementations_judge_alike() {
    let mut met = BTreeSet::new();
    let mut asked = Vec::new();
    for symmetric in [false, true] {
        let algorithms: Vec<_> = Algorithm::ALL.into_iter().filter(|known| known.is_symmetric() == symmetric).collect();
        let names: Vec<_> = algorithms.iter().map(|algorithm| algorithm.name()).collect();
        let mut forge = Forge::new(algorithms);
        let jwks = forge.jwks();
        let tokens = Tokens::issuer(ISSUER)
            .audience(TestIssuer::AUDIENCE)
            .keys(Keys::jwks(&jwks.to_string()).expect("good keys"));
        let demands = json!({
            "jwks": jwks, "issuer": ISSUER, "audience": TestIssuer::AUDIENCE, "now": NOW, "skew": 30, "algorithms": names,
            "method": "GET", "url": "https://api.shop.example/orders",
        });
        let mut mutants = forge.each();
        mutants.extend((0..BY_CHANCE).map(|_| forge.any()));
        let ours: Vec<_> =
            mutants.iter().map(|mutant| tokens.verify(&mutant.token, NOW).map(drop).map_err(code)).collect();
        let good = ours.iter().filter(|verdict| verdict.is_ok()).count();
        assert!(mutants.len() / 5 <= good && good <= mutants.len() / 2, "{good} of {} are good", mutants.len());
        for oracle in Oracle::ALL.into_iter().filter(|oracle| !symmetric || oracle.knows_secrets()) {
            let texts: Vec<_> = mutants.iter().map(|mutant| Value::from(mutant.token.as_str())).collect();
            let Some(theirs) = oracle.asked(&demands, &texts) else { continue };
            compare(oracle, &OF_TOKENS, &mutants, &ours, &theirs, &mut met);
            asked.push(oracle);
        }
    }
    if Oracle::ALL.iter().all(|oracle| asked.contains(oracle)) {
        none_is_stale(&OF_TOKENS, &met);
    }
}

#[test]
fn other_implementations_judge_proofs_alike() {
    let mut met = BTreeSet::new();
    let origin = PublicOrigin::new(proofs::ORIGIN).expect("an origin");
    let dpop = Dpop::new(MemoryReplays::new(1));
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let prover = Prover::new(algorithm);
        let keys = Keys::jwks(&prover.jwks().to_string()).expect("good keys");
        let tokens = Tokens::issuer(ISSUER).audience(TestIssuer::AUDIENCE).keys(keys);
        let token = tokens.verify(&prover.token, NOW).expect("a good token");
        let bound = token.confirmation().expect("it is bound");
        let mutants = prover.each();
        let verdict = |mutant: &Mutant| {
            let proven = Proven::new(&Method::GET, &origin, proofs::PATH, &prover.token);
            let proof = dpop.verify(&mutant.token, &proven, NOW).map_err(|error| error.code().to_owned())?;
            bound.is_proven_by(None, Some(proof.thumbprint())).then_some(()).ok_or_else(|| "another key".to_owned())
        };
        let ours: Vec<_> = mutants.iter().map(verdict).collect();
        let demands = json!({
            "jwks": prover.jwks(), "issuer": ISSUER, "audience": TestIssuer::AUDIENCE, "now": NOW, "skew": 30,
            "algorithms": ["ES256", "EdDSA", "Ed25519"], "method": proofs::METHOD, "url": format!("{}{}", proofs::ORIGIN, proofs::PATH),
        });
        let requests: Vec<_> =
            mutants.iter().map(|mutant| json!({"token": prover.token, "proof": mutant.token})).collect();
        let Some(theirs) = Oracle::Oauth4webapi.asked(&demands, &requests) else { return };
        assert_eq!((&ours[0], theirs[0].as_str()), (&Ok(()), "accepted"), "one without a change is good");
        compare(Oracle::Oauth4webapi, &OF_PROOFS, &mutants, &ours, &theirs, &mut met);
    }
    none_is_stale(&OF_PROOFS, &met);
}

fn none_is_stale(differences: &Differences, met: &BTreeSet<(Oracle, &'static str)>) {
    let stale: Vec<_> = differences.listed().filter(|row| !met.contains(row)).collect();
    assert!(stale.is_empty(), "these do not differ any more: {stale:?}");
}

/// Holds both verdicts of each token against each other; notes which of the listed differences were met.
fn compare(
    oracle: Oracle,
    differences: &Differences,
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
                differences.stricter.iter().find(|row| row.explains(oracle, ours, mutant)).map(|row| row.ours)
            }
            (Ok(()), refused) => {
                differences.laxer.iter().find(|row| row.explains(oracle, refused, mutant)).map(|row| row.verdict)
            }
            (Err(_), _) => continue,
        };
        match explained {
            Some(row) => drop(met.insert((oracle, row))),
            None => unexplained.push(format!("{ours:?}, {oracle:?} {theirs:?}: {}", mutant.changes.join("; "))),
        }
    }
    assert!(unexplained.is_empty(), "{} differences:\n{}", unexplained.len(), unexplained.join("\n"));
}
