//! Why a command failed, and with which exit code.

use std::{fmt, process::ExitCode};

use palisade::{Outage, auth::IssueError};

/// What went wrong, in words that say how to mend it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It was understood, and cannot be.
    Refused(String),
    /// The command line was not understood.
    Usage(String),
    /// The database did not answer.
    Outage,
}

impl Failure {
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
            Self::Outage => 3,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(what) => out.write_str(what),
            Self::Usage(what) => write!(out, "{what}; `keys --help` says more"),
            Self::Outage => out.write_str("the database did not answer: look at what it said above, and try again"),
        }
    }
}

impl From<Outage> for Failure {
    fn from(_: Outage) -> Self {
        Self::Outage
    }
}

impl From<IssueError> for Failure {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Outage(Outage) => Self::Outage,
            IssueError::StillRotating { until } => Self::Refused(format!(
                "two secrets of the key are good already, the older one until {}: wait, or end both with `--grace 0`",
                crate::list::moment(until)
            )),
            error => Self::Refused(error.to_string()),
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}
