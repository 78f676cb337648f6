//! Palisade beside hand-written code and its peers, in one run: instructions by callgrind, and time.
//!
//! `cargo run --release` measures everything and prints the tables; `cargo run --release -- endpoint` only what matches, and
//! `-- loopback` what goes through sockets.

mod endpoint;
mod loopback;
mod measure;
mod operations;
mod order;
mod tokens;

use std::env;

use operations::{Operation, Runs, TABLES};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // What callgrind runs: one operation, a few times.
        ["--counted", table, row] => measure::count(find(table, row)),
        ["loopback"] => loopback::print(),
        [wanted] => print(wanted),
        _ => {
            print("");
            loopback::print();
        }
    }
}

fn find(table: &str, row: &str) -> &'static Operation {
    let table = TABLES.iter().find(|candidate| candidate.name == table).expect("a table");
    table.rows.iter().find(|candidate| candidate.name == row).expect("a row")
}

fn print(wanted: &str) {
    for table in TABLES.iter().filter(|table| table.name.contains(wanted)) {
        println!("\n| {} | instructions | × | ns |\n|---|---|---|---|", table.name);
        let mut first = None;
        for row in table.rows {
            let instructions = measure::instructions(table.name, row.name);
            let base = *first.get_or_insert(instructions);
            let time = match row.runs {
                Runs::Always => thousands(measure::nanoseconds(row)),
                Runs::FewTimes => "".into(),
            };
            println!("| {} | {} | {:.2} | {time} |", row.name, thousands(instructions), instructions / base);
        }
    }
}

fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if 0 < at && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
