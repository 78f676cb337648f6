//! The rule or type for each format.

use std::net::{Ipv4Addr, Ipv6Addr};

use palisade::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::accepts;

/// A file of texts, and how they are judged here.
pub(crate) struct Row {
    pub(crate) file: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) accepts: fn(&Value) -> bool,
}

macro_rules! rows {
    (
        rules { $($file:literal: $ty:ident [$($rule:tt)+]),+ $(,)? }
        types { $($typed_file:literal: $typed:ident [$held:ty]),+ $(,)? }
    ) => {
        $(#[derive(Deserialize, Secure)]
        struct $ty(#[secure($($rule)+)] String);)+

        $(#[derive(Deserialize, Secure)]
        struct $typed($held);)+

        pub(crate) const ROWS: &[Row] = &[
            $(Row { file: $file, rule: stringify!($ty), accepts: accepts::<$ty> },)+
            $(Row { file: $typed_file, rule: stringify!($typed), accepts: accepts::<$typed> },)+
        ];
    };
}

rows! {
    rules {
        "email": Email [email],
        "email": EmailOfSmtp [email(profile = "rfc5321")],
        "idn-email": EmailOfAnyScript [email(profile = "idn")],
        "hostname": Hostname [hostname],
        "idn-hostname": HostnameOfAnyScript [hostname(international = "allowed")],
        "ipv4": Ip4 [ip(version = 4)],
        "ipv6": Ip6 [ip(version = 6)],
        "uri": Uri [url(schemes = ["http", "https", "ftp", "ldap"], host = "any", userinfo = "allowed")],
        "iri": Iri [url(schemes = ["http", "https", "ftp", "ldap"], host = "any", userinfo = "allowed", international = "allowed")],
        "uuid": Uuid [uuid],
    }
    types {
        "date": Day [jiff::civil::Date],
        "date-time": Stamp [jiff::Timestamp],
        "ipv4": Address4 [Ipv4Addr],
        "ipv6": Address6 [Ipv6Addr],
        "uuid": Id [uuid::Uuid],
    }
}
