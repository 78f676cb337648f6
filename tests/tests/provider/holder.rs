//! The holder of a key for `DPoP`, whose proofs are made by npm `jose`.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::op::home;

/// A process with a key of its own, and one of a stranger.
pub(crate) struct Holder {
    process: Child,
    wishes: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Holder {
    /// A holder of a key for this algorithm.
    pub(crate) fn of(algorithm: &str) -> Self {
        let process = Command::new("node")
            .arg(home().join("dpop.mjs"))
            .env("ALG", algorithm)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut process = process.expect("node starts");
        let wishes = process.stdin.take().expect("it is piped");
        let answers = BufReader::new(process.stdout.take().expect("it is piped"));
        Self { process, wishes, answers }
    }

    /// A token that is bound to its key.
    pub(crate) fn token(&mut self, issuer: &str, resource: &str) -> String {
        self.ask(&json!({"token": {"issuer": issuer, "resource": resource}}))
    }

    /// A proof: `{"htm": .., "htu": .., "token": ..}`, and what is odd about it.
    pub(crate) fn proof(&mut self, wish: &Value) -> String {
        self.ask(&json!({ "proof": wish }))
    }

    fn ask(&mut self, wish: &Value) -> String {
        writeln!(self.wishes, "{wish}").expect("it listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?} to {wish}"))
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
