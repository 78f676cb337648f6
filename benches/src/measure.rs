//! What an operation costs: instructions, which repeat, and time, of which only the ratios mean something.

use std::{env, process::Command, time::Instant};

use crate::operations::Operation;

/// How often callgrind sees an operation, after it was run twice unseen.
const COUNTED: u32 = 10;

/// Runs the operation for callgrind.
pub fn count(operation: &Operation) {
    let mut run = (operation.prepare)();
    run();
    run();
    counted_section(&mut *run);
}

/// callgrind is told this name.
#[inline(never)]
fn counted_section(run: &mut dyn FnMut()) {
    for _ in 0..COUNTED {
        run();
    }
}

/// Instructions of one run, as callgrind counts them in a process of its own.
pub fn instructions(table: &str, row: &str) -> f64 {
    let itself = env::current_exe().expect("the path of this program");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*counted_section*"])
        .arg(itself)
        .args(["--counted", table, row])
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr);
    let collected =
        report.lines().find_map(|line| line.split("Collected :").nth(1)).unwrap_or_else(|| panic!("{report}"));
    let total: f64 = collected.trim().parse().expect("a number");
    total / f64::from(COUNTED)
}

/// Nanoseconds of one run: the median of 21 batches of about 5 ms.
pub fn nanoseconds(operation: &Operation) -> f64 {
    let mut run = (operation.prepare)();
    let mut batch = |count: u32| {
        let start = Instant::now();
        for _ in 0..count {
            run();
        }
        start.elapsed().as_nanos() as f64 / f64::from(count)
    };
    let once = batch(200);
    let count = (5_000_000.0 / once).max(1.0) as u32;
    let mut times: Vec<f64> = (0..21).map(|_| batch(count)).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
