//! What the command line and the environment ask for.

use std::{ffi::OsString, path::PathBuf};

use lexopt::{
    Arg::{Long, Short, Value},
    ValueExt,
};
use palisade::auth::Secret;

use crate::failure::Failure;

/// What to do.
pub(crate) enum Task {
    Help,
    Run(Place, Command),
}

/// Where keys are kept, and what their digests are keyed with.
pub(crate) struct Place {
    pub(crate) database: Database,
    pub(crate) pepper: Pepper,
    pub(crate) prefix: String,
}

pub(crate) enum Database {
    Sqlite(PathBuf),
    Postgres(Secret<String>),
}

pub(crate) enum Pepper {
    File(PathBuf),
    Variable(&'static str),
}

pub(crate) enum Command {
    Create { subject: String, description: String, scopes: Vec<String>, roles: Vec<String>, expires: Option<u64> },
    Rotate { id: String, grace: u64 },
    Revoke { id: String },
    List,
    Purge { older: u64 },
}

const DAY: u64 = 86_400;

/// The options that were given, in whatever order.
#[derive(Default)]
struct Given {
    words: Vec<String>,
    sqlite: Option<OsString>,
    postgres: Option<OsString>,
    pepper_file: Option<OsString>,
    prefix: Option<String>,
    subject: Option<String>,
    description: Option<String>,
    scopes: Vec<String>,
    roles: Vec<String>,
    expires: Option<u64>,
    grace: Option<u64>,
    older: Option<u64>,
}

pub(crate) fn read(
    mut arguments: lexopt::Parser,
    variable: impl Fn(&'static str) -> Option<OsString>,
) -> Result<Task, Failure> {
    let mut given = Given::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Task::Help),
            Long("sqlite") => once(&mut given.sqlite, "sqlite", arguments.value()?)?,
            Long("postgres") => once(&mut given.postgres, "postgres", arguments.value()?)?,
            Long("pepper-file") => once(&mut given.pepper_file, "pepper-file", arguments.value()?)?,
            Long("prefix") => once(&mut given.prefix, "prefix", arguments.value()?.string()?)?,
            Long("subject") => once(&mut given.subject, "subject", arguments.value()?.string()?)?,
            Long("description") => once(&mut given.description, "description", arguments.value()?.string()?)?,
            Long("scope") => given.scopes.push(arguments.value()?.string()?),
            Long("role") => given.roles.push(arguments.value()?.string()?),
            Long("expires") => once(&mut given.expires, "expires", time(&arguments.value()?.string()?)?)?,
            Long("grace") => once(&mut given.grace, "grace", time(&arguments.value()?.string()?)?)?,
            Long("older") => once(&mut given.older, "older", time(&arguments.value()?.string()?)?)?,
            Value(word) => given.words.push(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let command = given.command()?;
    Ok(Task::Run(given.place(variable)?, command))
}

impl Given {
    fn command(&mut self) -> Result<Command, Failure> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let command = match *words {
            ["create"] => Command::Create {
                subject: self.subject.take().ok_or_else(|| usage("`create` needs `--subject NAME`"))?,
                description: self.description.take().unwrap_or_default(),
                scopes: std::mem::take(&mut self.scopes),
                roles: std::mem::take(&mut self.roles),
                expires: self.expires.take(),
            },
            ["rotate", id] => Command::Rotate { id: id.to_owned(), grace: self.grace.take().unwrap_or(7 * DAY) },
            ["revoke", id] => Command::Revoke { id: id.to_owned() },
            ["list"] => Command::List,
            ["purge"] => Command::Purge { older: self.older.take().unwrap_or(30 * DAY) },
            ["rotate" | "revoke"] => return Err(usage("name the key: `keys rotate ID`, with an id of `keys list`")),
            _ => return Err(usage("write one command: `create`, `rotate ID`, `revoke ID`, `list` or `purge`")),
        };
        // What a command does not take was meant for another one.
        let left = [
            (self.subject.is_some(), "subject"),
            (self.description.is_some(), "description"),
            (!self.scopes.is_empty(), "scope"),
            (!self.roles.is_empty(), "role"),
            (self.expires.is_some(), "expires"),
            (self.grace.is_some(), "grace"),
            (self.older.is_some(), "older"),
        ];
        match left.into_iter().find(|(is_left, _)| *is_left) {
            Some((_, name)) => Err(usage(format!("this command has no `--{name}`: leave it out"))),
            None => Ok(command),
        }
    }

    fn place(self, variable: impl Fn(&'static str) -> Option<OsString>) -> Result<Place, Failure> {
        // An option says more than the environment.
        let (sqlite, postgres) = match (self.sqlite, self.postgres) {
            (None, None) => (variable("KEYS_SQLITE"), variable("KEYS_POSTGRES")),
            given => given,
        };
        let database = match (sqlite, postgres) {
            (Some(file), None) => Database::Sqlite(file.into()),
            (None, Some(url)) => Database::Postgres(Secret::new(url.string()?)),
            (None, None) => return Err(usage("say where the keys are: `--sqlite FILE` or `--postgres URL`")),
            (Some(_), Some(_)) => return Err(usage("say one place for the keys: `--sqlite FILE` or `--postgres URL`")),
        };
        let pepper = match self.pepper_file.or_else(|| variable("KEYS_PEPPER_FILE")) {
            Some(file) => Pepper::File(file.into()),
            None if variable("KEYS_PEPPER").is_some() => Pepper::Variable("KEYS_PEPPER"),
            None => {
                return Err(usage(
                    "say where the pepper is: `--pepper-file FILE`, or `KEYS_PEPPER` in the environment",
                ));
            }
        };
        Ok(Place { database, pepper, prefix: self.prefix.unwrap_or_else(|| String::from("shop")) })
    }
}

fn once<T>(place: &mut Option<T>, name: &str, value: T) -> Result<(), Failure> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(usage(format!("`--{name}` is there twice: write it once"))),
    }
}

fn time(text: &str) -> Result<u64, Failure> {
    let fault =
        || usage("a time is refused: write a number of days, hours, minutes or seconds, like 90d, 12h, 30m or 45s");
    if text == "0" {
        return Ok(0);
    }
    let number_ends = text.find(|letter: char| !letter.is_ascii_digit()).ok_or_else(fault)?;
    let (number, unit) = text.split_at(number_ends);
    let unit = match unit {
        "d" => DAY,
        "h" => 3_600,
        "m" => 60,
        "s" => 1,
        _ => return Err(fault()),
    };
    number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).ok_or_else(fault)
}

fn usage(what: impl Into<String>) -> Failure {
    Failure::Usage(what.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_that_fits() {
        for (text, expected) in
            [("90d", Some(7_776_000)), ("12h", Some(43_200)), ("30m", Some(1_800)), ("45s", Some(45)), ("0", Some(0))]
        {
            assert_eq!(time(text).ok(), expected, "{text}");
        }
        for text in
            ["", "90", "d", "-1d", "1.5d", "1w", "1dd", "1 d", "999999999999999999d", "99999999999999999999s", "١d"]
        {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
