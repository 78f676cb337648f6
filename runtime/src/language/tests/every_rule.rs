//! The built-in rules with every combination of arguments that changes what they say.

use crate::{
    policy::{FileForm, MediaType},
    rules::{Rule, standing::Standing, words},
};

static FILE: FileForm = FileForm::new(1, &[MediaType::PNG], || Box::new(()));

const STANDING: [Standing; 17] = [
    Standing::Missing,
    Standing::Unknown,
    Standing::Duplicate,
    Standing::Malformed,
    Standing::TooLarge,
    Standing::Undecodable,
    Standing::Magnitude,
    Standing::Choice,
    Standing::Text,
    Standing::Character,
    Standing::Null,
    Standing::Integer,
    Standing::Number,
    Standing::Boolean,
    Standing::List,
    Standing::Object,
    Standing::File,
];

/// Each as a user writes it, and its arguments checked.
macro_rules! rules {
    ($rules:ident: $($word:ident($($argument:expr),*)$(.$name:ident($value:expr))*;)+) => {
        $($rules.push(Box::new(words::$word::new($($argument),*)$(.$name($value))*.seal().into_rule()));)+
    };
}

macro_rules! between {
    ($rules:ident: $($word:ident)+) => {
        for fields in FIELDS {
            $($rules.push(Box::new(words::$word::between(fields).seal().into_rule()));)+
        }
    };
}

const FIELDS: [&[&str]; 3] = [&["a"], &["a", "b"], &["a", "b", "c"]];

type Rules = Vec<Box<dyn Rule>>;

pub(super) fn every_rule() -> Rules {
    let mut rules: Rules = STANDING.into_iter().map(|standing| Box::new(standing) as Box<dyn Rule>).collect();
    rules.push(Box::new(*FILE.size()));
    rules.push(Box::new(*FILE.media_types()));
    numbers(&mut rules);
    texts(&mut rules);
    bytes(&mut rules);
    cleaning(&mut rules);
    addresses(&mut rules);
    identifiers(&mut rules);
    times(&mut rules);
    rules! { rules:
        required();
        unique();
    }
    between! { rules: at_least_one_of differs_from equal_to exactly_one_of excluded_with greater_than less_than required_if required_with }
    rules
}

/// Spans of one unit: of a mixed one, such as 90 minutes, English says "1 hour 30 minutes" and a message its largest whole unit.
fn times(rules: &mut Rules) {
    rules! { rules:
        past();
        future();
        before("2030-01-01T00:00:00Z");
        after("2020-02-29");
        within().days(1);
        within().days(30);
        within().hours(1);
        within().hours(5);
        within().minutes(2);
        within().seconds(1);
        within().seconds(59);
    }
}

/// Every pair of a lower and an upper bound.
macro_rules! bounded {
    ($rules:ident: $word:ident($($argument:expr),*)$(.$name:ident($value:expr))*) => {
        rules! { $rules:
            $word($($argument),*)$(.$name($value))*.min(1).max(1_000);
            $word($($argument),*)$(.$name($value))*.min(-7).below(7);
            $word($($argument),*)$(.$name($value))*.above(0).max(1_000);
            $word($($argument),*)$(.$name($value))*.above(0).below(1_000);
            $word($($argument),*)$(.$name($value))*.min(1);
            $word($($argument),*)$(.$name($value))*.above(-1);
            $word($($argument),*)$(.$name($value))*.max(1_000);
            $word($($argument),*)$(.$name($value))*.below(0);
        }
    };
}

fn numbers(rules: &mut Rules) {
    bounded! { rules: range() }
    bounded! { rules: decimal().digits(12).scale(0) }
    bounded! { rules: decimal().digits(12).scale(2) }
    rules! { rules:
        range().min(i128::MIN).max(i128::MAX);
        decimal().digits(12).scale(0);
        decimal().digits(12).scale(2);
        clamp().min(1).max(9);
        clamp().min(1);
        clamp().max(9);
        multiple_of(5);
    }
}

fn texts(rules: &mut Rules) {
    rules! { rules:
        length().min(1).max(64);
        length().min(2);
        length().max(1);
        length().equal(8);
        length().min(1).max(64).unit("bytes");
        length().min(2).unit("bytes");
        length().max(1).unit("bytes");
        length().equal(8).unit("bytes");
        pattern("[A-Z]{3}-[0-9]{4}");
        one_of(&["new"]);
        one_of(&["new", "used", "worn"]);
        not_one_of(&["new", "used"]);
        ascii();
        ascii().only("printable");
        alphanumeric();
        alphanumeric().letters("unicode");
        prefix("a");
        suffix("b");
        contains("c");
        excludes("d");
        slug();
        identifier();
        no_control();
        no_control().allow("tab");
        no_control().allow("lines");
        no_bidi();
        header_value();
        path_segment();
        filename();
        json();
        json().depth(9);
        semver();
    }
    #[cfg(feature = "unicode")]
    rules! { rules:
        length().min(1).max(64).unit("graphemes");
        length().equal(8).unit("graphemes");
        single_script();
        single_script().level("highly_restrictive");
    }
}

fn bytes(rules: &mut Rules) {
    macro_rules! sized {
        ($word:ident()$(.$name:ident($value:expr))*) => {
            rules! { rules:
                $word()$(.$name($value))*;
                $word()$(.$name($value))*.min(3).max(9);
                $word()$(.$name($value))*.min(3).max(3);
                $word()$(.$name($value))*.min(3);
                $word()$(.$name($value))*.max(9);
            }
        };
    }
    sized!(base64());
    sized!(base64().padding("none"));
    sized!(base64().padding("optional"));
    sized!(base64().alphabet("url"));
    sized!(base64().alphabet("url").padding("none"));
    sized!(base64().alphabet("url").padding("optional"));
    sized!(hex());
    sized!(hex().case("lower"));
    sized!(hex().case("upper"));
}

fn cleaning(rules: &mut Rules) {
    rules! { rules:
        trim();
        lowercase();
        uppercase();
        collapse_whitespace();
        strip_control();
        strip_control().keep("lines");
        strip_control().keep("layout");
        escape_html();
        normalize_email();
        normalize_email().local("lowercase");
    }
    #[cfg(feature = "unicode")]
    rules! { rules:
        nfc();
        nfkc();
        truncate().max(9);
        precis().profile("username_case_mapped");
        precis().profile("username_case_preserved");
        precis().profile("opaque_string");
        precis().profile("nickname");
    }
    #[cfg(feature = "html")]
    rules! { rules:
        html().policy("text");
        html().policy("basic");
        html().policy("rich");
    }
    #[cfg(feature = "url")]
    rules! { rules: normalize_url(); }
}

fn addresses(rules: &mut Rules) {
    rules! { rules:
        email();
        email().profile("rfc5321");
        hostname();
        hostname().trailing_dot("allowed");
        ip();
        ip().version(4);
        ip().range("public");
        ip().version(6).range("private");
        cidr();
        cidr().version(4);
        cidr().range("public");
        cidr().version(6).range("private").host_bits("allowed");
        port();
        mac().form("eui48");
        mac().form("eui64");
        mac().form("eui48").separator("colon");
        mac().form("eui64").separator("colon");
        mac().form("eui48").separator("hyphen");
        mac().form("eui64").separator("hyphen");
        phone();
    }
    #[cfg(feature = "phone")]
    rules! { rules: phone().region("DE"); }
    #[cfg(feature = "url")]
    rules! { rules:
        email().profile("idn");
        hostname().international("allowed");
        url();
        url().schemes(&["https", "http"]).host("any").max(99);
        url().ports(&[443, 8_443]);
        url().userinfo("allowed").fragment("refused").international("allowed");
    }
}

fn identifiers(rules: &mut Rules) {
    rules! { rules:
        uuid();
        uuid().version(4);
        uuid().versions(&[4, 7]);
        ulid();
        ulid().case("any");
        iban();
        iban().format("paper");
        iban().format("any");
        bic();
        card();
        card().separator("space");
        card().separator("hyphen");
        currency();
        country();
        country().form("alpha3");
        country().form("numeric");
        language();
        timezone();
    }
    #[cfg(feature = "password")]
    rules! { rules:
        password().min_entropy(50);
    }
}
