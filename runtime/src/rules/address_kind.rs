//! The versions and ranges of addresses, as arguments of `ip` and `cidr`.

use std::{fmt, net::IpAddr};

use super::Parameter;
use crate::policy::same;

/// A version of the Internet Protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Either,
    Four,
    Six,
}

/// From where addresses can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    Any,
    Public,
    Private,
}

impl Version {
    /// What the number says.
    ///
    /// # Panics
    /// In const evaluation, with `mend`, when it is neither 4 nor 6.
    #[track_caller]
    pub(super) const fn of(number: u8, mend: &'static str) -> Self {
        match number {
            4 => Self::Four,
            6 => Self::Six,
            _ => panic!("{}", mend),
        }
    }

    pub(super) const fn is_of(self, address: IpAddr) -> bool {
        match self {
            Self::Either => true,
            Self::Four => address.is_ipv4(),
            Self::Six => address.is_ipv6(),
        }
    }

    /// Goes on in a phrase about an address.
    pub(super) fn explain(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Either => Ok(()),
            Self::Four => f.write_str(" of version 4"),
            Self::Six => f.write_str(" of version 6"),
        }
    }

    pub(super) fn parameters(self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self {
            Self::Either => {}
            Self::Four => visit("version", Parameter::Integer(4)),
            Self::Six => visit("version", Parameter::Integer(6)),
        }
    }
}

impl Range {
    /// What the word says.
    ///
    /// # Panics
    /// In const evaluation, with `mend`, when it is none of the words.
    #[track_caller]
    pub(super) const fn of(word: &str, mend: &'static str) -> Self {
        if same(word, "public") {
            Self::Public
        } else if same(word, "private") {
            Self::Private
        } else {
            panic!("{}", mend)
        }
    }

    pub(super) fn parameters(self, visit: &mut dyn FnMut(&'static str, Parameter)) {
        match self {
            Self::Any => {}
            Self::Public => visit("range", Parameter::Text("public")),
            Self::Private => visit("range", Parameter::Text("private")),
        }
    }
}
