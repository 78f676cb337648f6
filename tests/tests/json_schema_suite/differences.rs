//! Where a rule and the suite disagree, and why.

/// Texts that one rule judges otherwise than the suite.
pub(crate) struct Known {
    pub(crate) rule: &'static str,
    pub(crate) why: &'static str,
    pub(crate) texts: &'static [&'static str],
}

pub(crate) const ROWS: &[Known] = &[
    Known {
        rule: "Email",
        why: "HTML has neither quoted local parts nor address literals; `profile = \"rfc5321\"` has",
        texts: &[
            "\"joe bloggs\"@example.com",
            "\"joe..bloggs\"@example.com",
            "\"joe@bloggs\"@example.com",
            "joe.bloggs@[127.0.0.1]",
            "joe.bloggs@[IPv6:::1]",
        ],
    },
    Known {
        rule: "Email",
        why: "HTML lets dots stand anywhere before the `@`, since some servers had such addresses",
        texts: &[".test@example.com", "test.@example.com", "te..st@example.com"],
    },
    Known {
        rule: "EmailOfAnyScript",
        why: "a U-label is composed (RFC 5891), and no other spelling of it is taken",
        texts: &["user@cafe\u{301}.com"],
    },
    Known {
        rule: "EmailOfAnyScript",
        why: "the grammar lets a C1 control through, the rule does not: it could end a line where the address is shown",
        texts: &["\u{85}@example.com"],
    },
    Known {
        rule: "HostnameOfAnyScript",
        why: "only U+002E parts labels (RFC 5891): the other stops are for what people type, and are mapped before",
        texts: &[
            "a。b",
            "a．b",
            "a｡b",
            "παράδειγμαπαράδειγμαπαράδειγμαπαράδειγμαπαράδειγμαπα。com",
            "παράδειγμαπαράδειγμαπαράδειγμαπαράδειγμαπαράδειγμαπα．com",
            "παράδειγμαπαράδειγμαπαράδειγμαπαράδειγμαπαράδειγμαπα｡com",
        ],
    },
    Known {
        rule: "Uri",
        why: "`url` is for URLs with a host",
        texts: &[
            "mailto:John.Doe@example.com",
            "news:comp.infosystems.www.servers.unix",
            "tel:+1-816-555-1212",
            "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
        ],
    },
    Known {
        rule: "Uri",
        why: "a host whose last label is a number is an address (WHATWG URL), and these are none",
        texts: &["http://087.10.0.1/", "http://999.999.999.999/"],
    },
    Known { rule: "Iri", why: "no browser knows an address of a future version", texts: &["http://[V1.fe]"] },
    Known { rule: "Iri", why: "`url` is for URLs with a host", texts: &["urn:example:resource", "file:/etc/hosts"] },
    Known {
        rule: "Iri",
        why: "a private character means something only to those who agreed on it, and `url` takes none, \
              although a query may have it (RFC 3987, `iprivate`)",
        texts: &["http://ƒøø.ßår/?q=\u{f0000}"],
    },
    Known { rule: "Day", why: "`jiff` reads the basic format of ISO 8601 too", texts: &["20230328"] },
    Known {
        rule: "Stamp",
        why: "`jiff` reads any sixtieth second as the one before it",
        texts: &["1998-12-31T23:58:60Z", "1998-12-31T22:59:60Z"],
    },
    Known {
        rule: "Stamp",
        why: "`jiff` reads the offsets of ISO 8601 and of time zones too",
        texts: &["1990-12-31T15:59:59-24:00", "1985-04-12T23:20:50+01"],
    },
    Known {
        rule: "Stamp",
        why: "`jiff` reads nanoseconds, and nothing finer",
        texts: &["1985-04-12T00:59:59.999999999999999Z"],
    },
    Known {
        rule: "Id",
        why: "`uuid` reads the form without hyphens and the URN too; the rule `uuid` on a text does not",
        texts: &["2eb8aa08aa9811eab4aa73b441d16380", "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380"],
    },
];

/// Each rule and text.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.iter().flat_map(|known| known.texts.iter().map(|text| (known.rule, *text)))
}

pub(crate) fn find(rule: &str, text: &str) -> Option<(&'static str, &'static str)> {
    all().find(|known| *known == (rule, text))
}
