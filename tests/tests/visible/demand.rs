//! A second reading of a demand as the document spells it, which knows nothing of how the first one decides.

use crate::world::Identity;

/// Whether `who` satisfies `demand` on something that `owner` owns. Nobody satisfies nothing.
pub(crate) fn satisfies(demand: &str, who: Option<&Identity>, owner: Option<&str>) -> bool {
    let Some(who) = who else { return false };
    let mut rest = demand;
    let verdict = any(&mut rest, who, owner);
    assert_eq!(rest, "", "not read: {demand}");
    verdict
}

fn any(rest: &mut &str, who: &Identity, owner: Option<&str>) -> bool {
    let mut verdict = all(rest, who, owner);
    while eat(rest, " || ") {
        verdict |= all(rest, who, owner);
    }
    verdict
}

fn all(rest: &mut &str, who: &Identity, owner: Option<&str>) -> bool {
    let mut verdict = one(rest, who, owner);
    while eat(rest, " && ") {
        verdict &= one(rest, who, owner);
    }
    verdict
}

fn one(rest: &mut &str, who: &Identity, owner: Option<&str>) -> bool {
    if eat(rest, "!") {
        return !one(rest, who, owner);
    }
    if eat(rest, "(") {
        let verdict = any(rest, who, owner);
        assert!(eat(rest, ")"));
        return verdict;
    }
    if eat(rest, "owner") {
        return owner == Some(who.subject);
    }
    if eat(rest, "scope(\"") {
        return who.scopes.contains(&until(rest, "\")"));
    }
    if eat(rest, "role(\"") {
        return who.roles.contains(&until(rest, "\")"));
    }
    assert!(eat(rest, "fresh(minutes("), "unknown: {rest}");
    who.login <= 60 * until(rest, "))").parse::<u64>().unwrap()
}

fn eat(rest: &mut &str, word: &str) -> bool {
    rest.strip_prefix(word).map(|behind| *rest = behind).is_some()
}

fn until<'a>(rest: &mut &'a str, end: &str) -> &'a str {
    let (word, behind) = rest.split_once(end).unwrap();
    *rest = behind;
    word
}
