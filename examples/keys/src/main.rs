//! Makes and looks after the API keys of the shop, from the command line: each command is whole, or nothing happened.

mod arguments;
mod failure;
mod list;
mod place;

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use arguments::{Command, Task};
use failure::Failure;
use palisade::{
    Clock, SystemClock,
    auth::{Issued, NewApiKey},
};
use place::Keys;

const HELP: &str = "\
usage: keys [OPTIONS] COMMAND

commands
  create --subject NAME [--scope NAME].. [--role NAME].. [--expires TIME] [--description TEXT]
                       makes a key
  rotate ID [--grace TIME]
                       makes a new secret for a key; the old one stays good for TIME, 7d unless it is said, 0 ends it at once
  revoke ID            switches a key off
  list                 shows all keys, without their secrets
  purge [--older TIME] deletes the keys that have been over for TIME, 30d unless it is said

options
  --sqlite FILE        where the keys are kept, or KEYS_SQLITE in the environment
  --postgres URL       or here; KEYS_POSTGRES keeps a password out of the list of processes
  --pepper-file FILE   what their digests are keyed with, or KEYS_PEPPER_FILE, or the pepper itself in KEYS_PEPPER
  --prefix TEXT        what keys start with: shop unless it is said

A TIME is a number of days, hours, minutes or seconds: 90d, 12h, 30m, 45s.

A new key goes to standard output, once, and nothing else does but a list. Everything else goes to standard error.

exit codes: 0 done, 1 refused, 2 not understood, 3 the database did not answer";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(io::stderr).without_time().with_target(false).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("keys: {failure}");
            failure.code()
        }
    }
}

async fn run() -> Result<(), Failure> {
    let (place, command) = match arguments::read(lexopt::Parser::from_env(), env::var_os)? {
        Task::Help => {
            eprintln!("{HELP}");
            return Ok(());
        }
        Task::Run(place, command) => (place, command),
    };
    let keys = place::open(&place, &command).await?;
    let now = SystemClock.unix_seconds();
    match command {
        Command::Create { subject, description, scopes, roles, expires } => {
            let mut new = NewApiKey::of(subject).described(description).scopes(scopes).roles(roles);
            if let Some(after) = expires {
                new = new.expiring(now.saturating_add(after));
            }
            let issued = keys.create(new, now).await?;
            let id = issued.stored.id().to_owned();
            hand_over(&keys, issued).await?;
            eprintln!("keys: created {id}");
        }
        Command::Rotate { id, grace } => {
            let issued = keys.rotate(&id, grace, now).await?;
            hand_over(&keys, issued).await?;
            match grace {
                0 => eprintln!("keys: rotated {id}; the old secret is over"),
                _ => eprintln!(
                    "keys: rotated {id}; the old secret is good until {}",
                    list::moment(now.saturating_add(grace))
                ),
            }
        }
        Command::Revoke { id } => {
            keys.revoke(&id).await?;
            eprintln!("keys: revoked {id}");
        }
        Command::List => list::write(&keys, now).await?,
        Command::Purge { older } => {
            let deleted = keys.delete_over(now.saturating_sub(older)).await?;
            eprintln!("keys: deleted {deleted}");
        }
    }
    Ok(())
}

/// Shows a new key. One that nobody saw is taken back, so that the old one is good for as long as it was.
async fn hand_over(keys: &Keys, issued: Issued) -> Result<(), Failure> {
    let shown = show(issued.key.expose());
    let Err(error) = shown else { return Ok(()) };
    keys.withdraw(issued).await?;
    Err(Failure::Refused(format!(
        "the key could not be written to standard output, since {error}: nothing was changed"
    )))
}

fn show(key: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{key}")?;
    out.flush()
}
