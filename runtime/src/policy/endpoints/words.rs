//! An access expression as text: exactly, as a developer writes it, and in words.

use crate::policy::{Access, CallerKind};

/// The expression as `allow = ..` takes it, with the names of the wire. `None` where nothing is demanded.
pub(crate) fn expression(demands: &[&Access]) -> Option<String> {
    join(demands, " && ", write_expression)
}

/// The expression in words, to follow "Requires".
pub(crate) fn sentence(demands: &[&Access]) -> Option<String> {
    join(demands, " and ", write_sentence)
}

fn join(demands: &[&Access], between: &str, write: Write) -> Option<String> {
    let mut text = String::new();
    match demands {
        [] => return None,
        [demand] => write(demand, Around::Nothing, &mut text),
        demands => {
            for (at, demand) in demands.iter().enumerate() {
                if 0 < at {
                    text.push_str(between);
                }
                write(demand, Around::All, &mut text);
            }
        }
    }
    Some(text)
}

type Write = fn(&Access, Around, &mut String);

/// What an expression stands in, which says whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    All,
    Any,
    Not,
}

fn write_expression(access: &Access, around: Around, text: &mut String) {
    match access {
        Access::Scope(grant) => quoted(text, "scope", grant.name()),
        Access::Role(grant) => quoted(text, "role", grant.name()),
        Access::Kinds(kinds) => text.push_str(if kinds.contains(CallerKind::User) { "user()" } else { "machine()" }),
        Access::Fresh(fresh) => {
            let (count, unit) = age(fresh.seconds());
            text.extend(["fresh(", unit, "s("]);
            text.push_str(&count.to_string());
            text.push_str("))");
        }
        Access::Acr(acr) => quoted(text, "acr", acr.value()),
        Access::Mfa => text.push_str("mfa()"),
        Access::SenderConstrained => text.push_str("sender_constrained()"),
        Access::Predicate(predicate) => text.push_str(predicate.name()),
        Access::Owner => text.push_str("owner"),
        Access::All(parts) => group(parts, " && ", (around, Around::All), text, write_expression),
        Access::Any(parts) => group(parts, " || ", (around, Around::Any), text, write_expression),
        Access::Not(part) => {
            text.push('!');
            write_expression(part, Around::Not, text);
        }
    }
}

fn write_sentence(access: &Access, around: Around, text: &mut String) {
    match access {
        Access::Scope(grant) => text.extend(["the scope `", grant.name(), "`"]),
        Access::Role(grant) => text.extend(["the role `", grant.name(), "`"]),
        Access::Kinds(kinds) => text.push_str(if kinds.contains(CallerKind::User) { "a user" } else { "a machine" }),
        Access::Fresh(fresh) => {
            let (count, unit) = age(fresh.seconds());
            text.push_str("a login at most ");
            text.push_str(&count.to_string());
            text.extend([" ", unit, if count == 1 { " ago" } else { "s ago" }]);
        }
        Access::Acr(acr) => text.extend(["a login that reaches `", acr.value(), "`"]),
        Access::Mfa => text.push_str("a login with several factors"),
        Access::SenderConstrained => text.push_str("a credential bound to its sender"),
        Access::Predicate(predicate) => text.extend(["what `", predicate.name(), "` demands"]),
        Access::Owner => text.push_str("ownership"),
        Access::All(parts) => group(parts, " and ", (around, Around::All), text, write_sentence),
        Access::Any(parts) => group(parts, " or ", (around, Around::Any), text, write_sentence),
        Access::Not(part) => {
            text.push_str("not ");
            write_sentence(part, Around::Not, text);
        }
    }
}

fn group(parts: &[Access], between: &str, (around, inside): (Around, Around), text: &mut String, write: Write) {
    // One part needs no parentheses of its own, but may need those of where the group stands.
    if let [part] = parts {
        return write(part, around, text);
    }
    let enclosed = around != Around::Nothing && around != inside;
    if enclosed {
        text.push('(');
    }
    for (at, part) in parts.iter().enumerate() {
        if 0 < at {
            text.push_str(between);
        }
        write(part, inside, text);
    }
    if enclosed {
        text.push(')');
    }
}

fn quoted(text: &mut String, word: &str, name: &str) {
    text.extend([word, "(\"", name, "\")"]);
}

/// The age in the largest unit that says it exactly.
pub(crate) const fn age(seconds: u64) -> (u64, &'static str) {
    match seconds {
        seconds if seconds % 3_600 == 0 => (seconds / 3_600, "hour"),
        seconds if seconds % 60 == 0 => (seconds / 60, "minute"),
        seconds => (seconds, "second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::examples::{FRESH, READ, SUPPORT, WEEKDAY, WRITE};

    fn check(demands: &[&Access], expected: &str, in_words: &str) {
        assert_eq!(expression(demands).unwrap_or_default(), expected);
        assert_eq!(sentence(demands).unwrap_or_default(), in_words);
    }

    #[test]
    fn an_expression_reads_as_it_was_written() {
        check(&[], "", "");
        check(&[&READ], r#"scope("read")"#, "the scope `read`");
        check(
            &[&WRITE, &Access::Any(&[SUPPORT, FRESH])],
            r#"scope("write") && (role("support") || fresh(minutes(15)))"#,
            "the scope `write` and (the role `support` or a login at most 15 minutes ago)",
        );
        check(
            &[&Access::Any(&[Access::All(&[READ, WEEKDAY]), SUPPORT])],
            r#"(scope("read") && is_weekday) || role("support")"#,
            "(the scope `read` and what `is_weekday` demands) or the role `support`",
        );
        check(
            &[&Access::Not(&Access::Any(&[READ, SUPPORT])), &Access::Not(&WRITE)],
            r#"!(scope("read") || role("support")) && !scope("write")"#,
            "not (the scope `read` or the role `support`) and not the scope `write`",
        );
        check(&[&Access::All(&[Access::Any(&[READ])])], r#"scope("read")"#, "the scope `read`");
    }

    #[test]
    fn an_age_is_said_in_its_largest_exact_unit() {
        for (seconds, expected) in [(1, (1, "second")), (90, (90, "second")), (60, (1, "minute")), (7_200, (2, "hour"))]
        {
            assert_eq!(age(seconds), expected);
        }
    }
}
