//! Other implementations, each one process that is asked about all tokens at once.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use serde_json::Value;

/// An implementation that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Oracle {
    /// npm `jose`.
    Jose,
    /// Python's `PyJWT`.
    PyJwt,
    /// npm `oauth4webapi`, which is a resource server: it knows RFC 9068 and RFC 9449.
    Oauth4webapi,
}

impl Oracle {
    pub(crate) const ALL: [Self; 3] = [Self::Jose, Self::PyJwt, Self::Oauth4webapi];

    /// Whether it knows tokens that are signed with secrets.
    pub(crate) fn knows_secrets(self) -> bool {
        self != Self::Oauth4webapi
    }

    /// What it says of each request, under these demands; nothing, with the reason printed, where it cannot be asked.
    pub(crate) fn asked(self, demands: &Value, requests: &[Value]) -> Option<Vec<String>> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider");
        let (program, script, needed) = match self {
            Self::Jose => ("node".into(), "jose.mjs", home.join("node_modules/jose")),
            Self::Oauth4webapi => ("node".into(), "oauth4webapi.mjs", home.join("node_modules/oauth4webapi")),
            Self::PyJwt => (home.join(".venv/bin/python"), "pyjwt.py", home.join(".venv/bin/python")),
        };
        if !needed.exists() {
            println!("skipped: {self:?} cannot be asked: run `tests/provider/install`");
            return None;
        }
        let mut child = Command::new(program)
            .arg(home.join(script))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the interpreter is there");
        let mut lines = vec![demands.to_string()];
        lines.extend(requests.iter().map(Value::to_string));
        let mut stdin = child.stdin.take().expect("it is piped");
        // It answers while it is asked, and a pipe holds only so much.
        let writer = thread::spawn(move || stdin.write_all((lines.join("\n") + "\n").as_bytes()));
        let answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let answers = answers.map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("a JSON text"));
        let answers: Vec<String> = answers.collect();
        writer.join().expect("no panic").expect("it reads everything");
        assert!(child.wait().expect("it ends").success(), "{self:?} failed");
        assert_eq!(answers.len(), requests.len(), "{self:?} has an opinion on each");
        Some(answers)
    }
}
