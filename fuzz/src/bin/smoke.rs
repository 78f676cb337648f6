//! Runs the targets on their corpus and on mutants of it: `smoke [SECONDS [SEED [TARGET]]]`, or `smoke TARGET FILE` for one input.

use std::{
    env, fs, panic,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use palisade_fuzz::{
    mutator::Mutator,
    targets::{TARGETS, Target},
};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (seconds, seed, wanted) = match words[..] {
        [] => (60, 1, None),
        [seconds] => (number(seconds), 1, None),
        [seconds, seed] if is_number(seconds) => (number(seconds), number(seed), None),
        [seconds, seed, target] => (number(seconds), number(seed), Some(target)),
        [target, file] => return replay(target, file),
        _ => (0, 1, Some("")),
    };
    let targets: Vec<&Target> =
        TARGETS.iter().filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name)).collect();
    if targets.is_empty() || seconds == 0 {
        eprintln!("smoke [SECONDS [SEED [TARGET]]], or smoke TARGET FILE; the targets are {}", names());
        return ExitCode::FAILURE;
    }
    let share = Duration::from_secs(seconds) / targets.len() as u32;
    let mut sound = true;
    for target in targets {
        sound &= drive(target, seed, share);
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One target, first on its corpus, then on mutants until its share of the time is over or it has failed.
fn drive((name, run): &Target, seed: u64, share: Duration) -> bool {
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "`corpus/{name}` is empty: put an input there");
    let begun = Instant::now();
    let mut mutator = Mutator::new(seed);
    let mut inputs = corpus.clone().into_iter();
    let mut count = 0_u64;
    while begun.elapsed() < share || count < corpus.len() as u64 {
        let input = inputs.next().unwrap_or_else(|| mutator.next(&corpus));
        count += 1;
        if panic::catch_unwind(|| run(&input)).is_err() {
            let digits: String = input.iter().map(|byte| format!("{byte:02x}")).collect();
            eprintln!("{name}: input {count} of seed {seed} shows a fault; in hexadecimal digits it is\n{digits}");
            return false;
        }
    }
    println!("{name}: {count} inputs");
    true
}

/// One input again, such as the one that libFuzzer left behind.
fn replay(target: &str, file: &str) -> ExitCode {
    let found = TARGETS.iter().find(|(name, _)| *name == target);
    let (Some((_, run)), Ok(input)) = (found, fs::read(file)) else {
        eprintln!("no target `{target}`, or no file `{file}`; the targets are {}", names());
        return ExitCode::FAILURE;
    };
    run(&input);
    ExitCode::SUCCESS
}

/// The inputs of `corpus/NAME`, in the order of their names, so that a seed means the same everywhere.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let entries = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files.into_iter().filter_map(|file| fs::read(file).ok()).collect()
}

fn names() -> String {
    TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or(0)
}
