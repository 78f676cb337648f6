//! What is accepted, refused, matched and measured, case by case.

use super::*;

fn message(source: &'static str) -> String {
    let caught = std::panic::catch_unwind(|| Pattern::compile(source));
    match caught {
        Ok(_) => panic!("{source:?} was accepted"),
        Err(payload) => payload.downcast_ref::<String>().cloned().unwrap_or_default(),
    }
}

#[track_caller]
fn check(source: &'static str, accepted: &[&str], refused: &[&str]) {
    let pattern = Pattern::compile(source);
    for text in accepted {
        assert!(pattern.matches(text), "{source:?} refused {text:?}");
    }
    for text in refused {
        assert!(!pattern.matches(text), "{source:?} accepted {text:?}");
    }
}

fn is_program(source: &'static str) -> bool {
    matches!(Pattern::compile(source).engine, Engine::Program(_))
}

#[test]
fn matches_whole_values_only() {
    check(
        "[A-Z]{3}-[0-9]{4,8}",
        &["ABC-1234", "XYZ-12345678"],
        &["", "ABC-123", "ABC-123456789", "ABC-1234\n", " ABC-1234", "ÀBC-1234"],
    );
    check("^a|b$", &["a", "b"], &["ab", "a\n", ""]);
    check(r"a\$", &["a$"], &["a", r"a\"]);
    check(r"a\\$", &[r"a\"], &["a", r"a\\"]);
}

#[test]
fn matches_common_patterns_without_an_automaton() {
    let patterns: &[(&str, &[&str], &[&str])] = &[
        (r"\d{4}-\d{2}-\d{2}", &["2026-11-22"], &["2026-11-2", "٢٠٢٦-11-22"]),
        ("[a-z0-9]+(?:-[a-z0-9]+)*", &["a", "a-b", "ab-c9-d"], &["", "-a", "a-", "a--b", "A"]),
        (r"\+[1-9]\d{1,14}", &["+4917012345", "+123456789012345"], &["+0123", "+1", "+1234567890123456"]),
        ("EUR|USD|GBP", &["EUR", "USD", "GBP"], &["", "EU", "EURUSD", "GBPx", "eur"]),
        ("#(?:[0-9a-f]{3}){1,2}", &["#fff", "#00ff00"], &["#ff", "#ffff", "#fffffff", "#000000000"]),
        (
            "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            &["123e4567-e89b-12d3-a456-426614174000"],
            &["123e4567-e89b-12d3-a456-42661417400", "123e4567-e89b-12d3-426614174000"],
        ),
        (r"\d+(?:\.\d+){2}", &["1.2.3", "10.20.30"], &["1.2", "1.2.3.4", "1..3", "1.2."]),
        ("x(?:y{2}|z(?:w|v)+)?", &["x", "xyy", "xzw", "xzwvv"], &["xy", "xz", "xyyzw", "xzwy"]),
        ("(?:a|b){2,}c", &["aac", "ababac"], &["ac", "ab", "aa"]),
        ("[^\\r\\n]{1,3}", &["äöü", "abc", "😀"], &["", "abcd", "a\n", "a\r"]),
        (r"\D\W[^\d]", &["a-b", "éé€"], &["1-b", "aab", "a-1"]),
        ("[^,;]*(?:,[^,;]*)*;[^a]{2}", &["é,,ß;日本", ";bb", "😀;\u{80}b"], &["é,ß", ";b", ";bbb", ";ab"]),
        ("(?:ab){0,2}c", &["c", "abc", "ababc"], &["abababc", "ac"]),
        (
            r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+\-]\d{2}:\d{2})",
            &["2026-11-22T10:00:00Z", "2026-11-22T10:00:00.123+01:00"],
            &["2026-11-22T10:00:00", "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00.1234567890Z"],
        ),
    ];
    for (source, accepted, refused) in patterns {
        assert!(is_program(source), "{source:?}");
        check(source, accepted, refused);
    }
}

#[test]
fn matches_with_an_automaton_where_the_next_byte_does_not_decide() {
    let patterns: &[(&str, &[&str], &[&str])] = &[
        ("(?:cat|car)s?", &["cat", "cars"], &["ca", "cats!", ""]),
        ("[a-z]*z", &["z", "zz", "abcz"], &["", "zy"]),
        ("(?:-a*)?a", &["a", "-a", "-aaa"], &["", "-", "aa"]),
        ("(?:(?:ab){2}c){2}", &["ababcababc"], &["ababc", "abcabc", "ababcabc", "ababcababcababc"]),
        ("é[^a]", &["éb", "éé"], &["üb", "éa"]),
        ("[à-ÿ]+", &["é"], &["e", "éa"]),
        ("é", &["é"], &["e\u{301}", "É"]),
    ];
    for (source, accepted, refused) in patterns {
        assert!(!is_program(source), "{source:?}");
        check(source, accepted, refused);
    }
}

#[test]
fn a_pattern_of_the_greatest_size_builds() {
    for source in [
        "[^é]{1000}",
        "(?:[^a-y]{10}(?:a|ab)c){90}",
        r"(?:\W|\D){660}",
        "(?:[^ab]{1,500}|é)b",
        "[^\u{100}\u{200}\u{300}]{1000}",
        r"(?:a|ab)\w{1,1000}",
    ] {
        let pattern = Pattern::compile(source);
        assert!(matches!(pattern.engine, Engine::Automaton), "{source:?} is a program");
        assert!(fallback::build(source).is_some(), "{source:?}");
    }
}

#[test]
fn texts_far_longer_than_a_pattern_allows_are_no_match() {
    let long = "a".repeat(200_000);
    check("a+", &[&long], &[]);
    check("a{1,1000}", &[], &[&long]);
    check("(?:ab){2,}", &[&"ab".repeat(200_000)], &[&long]);
}

#[test]
fn measures_every_match() {
    let facts = |source| {
        let pattern = Pattern::compile(source);
        (pattern.min_length(), pattern.max_length())
    };
    assert_eq!(facts("[A-Z]{3}-[0-9]{4,8}"), (8, Some(12)));
    assert_eq!(facts("a|bcd"), (1, Some(3)));
    assert_eq!(facts("(?:é{2,3}😀)?"), (0, Some(4)));
    assert_eq!(facts("a+b"), (2, None));
    assert_eq!(facts("(?:ab?){2}"), (2, Some(4)));
}

#[test]
fn knows_what_no_cleaned_text_matches() {
    let facts = |source| {
        let pattern = Pattern::compile(source);
        (pattern.requires_uppercase(), pattern.requires_lowercase(), pattern.requires_outer_space())
    };
    assert_eq!(facts("[A-Z]{3}"), (true, false, false));
    assert_eq!(facts("[A-Za-z]+"), (false, false, false));
    assert_eq!(facts("A?b"), (false, true, false));
    assert_eq!(facts("(?:A|b)c"), (false, true, false));
    assert_eq!(facts("(?:Ab)*"), (false, false, false));
    assert_eq!(facts("É"), (false, false, false));
    assert_eq!(facts(" a"), (false, true, true));
    assert_eq!(facts("a\u{3000}"), (false, true, true));
    assert_eq!(facts(" ?[0-9] ?"), (false, false, false));
    assert_eq!(facts(" [0-9]|[0-9] "), (false, false, true));
    assert_eq!(facts("[ \\t]+"), (false, false, true));
    assert_eq!(facts("[ x]{2}"), (false, false, false));
    assert_eq!(facts("(?: |x ){2}"), (false, false, true));
    assert_eq!(facts("(?: x?|x ?)?"), (false, false, false));
}

#[test]
fn documents_get_the_same_pattern_under_both_unicode_flags() {
    let ecma = |source| Pattern::compile(source).ecma();
    assert_eq!(ecma("[A-Z]{3}"), "^(?:[A-Z]{3})$");
    assert_eq!(ecma("^a|b$"), "^(?:a|b)$");
    assert_eq!(ecma(r"a\$"), r"^(?:a\$)$");
    assert_eq!(ecma("[-a][^-a][a-][a-c-]"), r"^(?:[\-a][^\-a][a\-][a-c\-])$");
    assert_eq!(ecma(r"[(){}|/][\]\\-]a/(b)"), r"^(?:[\(\)\{\}\|\/][\]\\\-]a/(b))$");
    assert_eq!(ecma("[^^-a]"), "^(?:[^^-a])$");
}

#[test]
fn refuses_what_is_not_portable_and_says_what_to_write() {
    let messages = [
        ("", "`` at offset 0 matches only the empty text: write what"),
        ("^$", "`^$` at offset 0 matches only the empty text: write what"),
        ("()a", "`()` at offset 0 is an empty group: remove it"),
        ("a(?:)", "`(?:)` at offset 1 is an empty group: remove it"),
        ("a|", "`|` at offset 1 leaves one alternative empty: write `(?:..)?`"),
        ("|a", "`|` at offset 0 leaves one alternative empty: write `(?:..)?`"),
        ("(a||b)", "`|` at offset 3 leaves one alternative empty: write `(?:..)?`"),
        ("(a|)", "`|` at offset 2 leaves one alternative empty: write `(?:..)?`"),
        ("é(ab", "`(` at offset 1 opens a group that nothing closes: write `)`"),
        ("(", "`(` at offset 0 opens a group that nothing closes: write `)`"),
        ("a)", "`)` at offset 1 closes a group that nothing opened"),
        (")", "`)` at offset 0 closes a group that nothing opened"),
        ("(((((((((a)))))))))", "`(` at offset 8 nests groups more than 8 deep"),
        ("(?=a)b", "`(?=` at offset 0 looks around"),
        ("a(?!b)", "`(?!` at offset 1 looks around"),
        ("(?<=a)b", "`(?<=` at offset 0 looks around"),
        ("(?<!a)b", "`(?<!` at offset 0 looks around"),
        ("(?<year>a)", "`(?<` at offset 0 names a group, and nothing reads the name: write `(?:`"),
        ("(?P<year>a)", "`(?P` at offset 0 names a group"),
        ("(?i)a", "`(?i` at offset 0 is no group of the portable subset: write `(?:`, and spell out both cases"),
        ("(?>a)", "`(?>` at offset 0 is no group of the portable subset"),
        ("(*a)", "`(*` at offset 0 is no group of the portable subset"),
        (r"(a)\1", r"`\1` at offset 3 refers back to a group"),
        (r"\k<a>", r"`\k` at offset 0 refers back to a group"),
        ("a^b", "`^` at offset 1 is an anchor inside the pattern: remove it"),
        ("a$|b", "`$` at offset 1 is an anchor inside the pattern: remove it"),
        (r"\Aa", r"`\A` at offset 0 is an anchor"),
        (r"\ba", r"`\b` at offset 0 is an assertion"),
        (r"[\b]", r"`\b` at offset 1 is an assertion"),
        (
            "a.b",
            r"`.` at offset 1 leaves out other characters in each engine: write the characters that are allowed, or `[^\r\n]`, or `\.`",
        ),
        (r"a\s", r"`\s` at offset 1 means other characters in each engine: write `[ \t\r\n]`"),
        (r"[\S]", r"`\S` at offset 1 means other characters in each engine: write `[^ \t\r\n]`"),
        (r"\p{L}", r"`\p` at offset 0 names a property"),
        (r"\0", r"`\0` at offset 0 is read as an octal number by some engines: write `\x00`"),
        (r"\u00e9", r"`\u` at offset 0 is not spelled the same in each engine: write the character itself"),
        (r"\x4", r"`\x` at offset 0 lacks a digit: write two hexadecimal digits"),
        (r"\v", r"`\v` at offset 0 is no portable escape: write the character itself, or `\xHH`"),
        (r"a\é", r"`\é` at offset 1 is no portable escape"),
        (r"\-", r"`\-` at offset 0 is no portable escape: write the character itself"),
        ("a\\", r"`\` at offset 1 escapes nothing: write `\\`"),
        ("a]", r"`]` at offset 1 closes a class that nothing opened: write `\]`"),
        ("a{", "`{` at offset 1 is no count: write `{n}`, `{n,}` or `{n,m}`"),
        ("a{,3}", "`{` at offset 1 is no count"),
        ("a{x}", "`{` at offset 1 is no count"),
        ("a}", "`}` at offset 1 is no count"),
        ("[]a", "`[]` at offset 0 matches no character"),
        ("[^]", "`[^]` at offset 0 is a class for few engines"),
        (r"a[^\d\D]", r"`[^\d\D]` at offset 1 matches no character"),
        ("[ab", "`[` at offset 0 opens a class that nothing closes: write `]`"),
        ("[a$", "`[` at offset 0 opens a class that nothing closes: write `]`"),
        ("[[:alpha:]]", r"`[` at offset 1 is a class in a class for some engines: write the ranges out, or `\[`"),
        ("[a-z&&b]", "`&&` at offset 4 is a set operation for some engines"),
        ("[a--b]", "`--` at offset 2 is a set operation for some engines"),
        ("[z-a]", "`z-a` at offset 1 runs backwards: write the lower character first"),
        (
            "[A-z]",
            "`A-z` at offset 1 also holds the signs between the kinds of characters: write each kind, as in `A-Za-z`",
        ),
        (r"[\d-z]", r"`\d-z` at offset 1 is a range that begins or ends with a class: write `\-`"),
        (r"[a-\w]", r"`a-\w` at offset 1 is a range that begins or ends with a class"),
        ("[a-c-e]", r"`-` at offset 4 is no range: write `\-`"),
        ("*a", "`*` at offset 0 repeats nothing"),
        ("a|+", "`+` at offset 2 repeats nothing"),
        ("a**", "`**` at offset 1 repeats a repetition"),
        ("a{2}{3}", "`{2}{` at offset 1 repeats a repetition"),
        ("a+?", "`+?` at offset 1 is lazy, and the whole value is matched anyway: remove the `?`"),
        ("a{1,2}?", "`{1,2}?` at offset 1 is lazy"),
        ("a++", "`++` at offset 1 is possessive"),
        ("a{3,1}", "`{3,1}` at offset 1 counts backwards: write the lower number first"),
        ("a{0}", "`{0}` at offset 1 allows no turn"),
        ("a{0,0}", "`{0,0}` at offset 1 allows no turn"),
        ("a{1001}", "`{1001}` at offset 1 counts above 1000"),
        ("a{99999999999999999999}", "counts above 1000"),
        ("(?:a{100}b){11}", "`(?:a{100}b){11}` at offset 0 makes the pattern too large"),
        ("[^é]{1000}[^ü]{1000}", "`[^é]{1000}[^ü]{1000}` at offset 0 makes the pattern too large"),
        ("(a+)+b", "`(a+)+` at offset 0 repeats what cannot be told from its own repetition"),
        ("(?:a*)*", "repeats what cannot be told"),
        ("(?:a|ab|b)*", "repeats what cannot be told"),
        ("(?:a|a)*", "repeats what cannot be told"),
        ("(?:a?a)+", "repeats what cannot be told"),
        ("(?:[a-z]+-?)+", "repeats what cannot be told"),
        ("(?:a{0,100}){8}", "repeats what cannot be told"),
    ];
    for (source, expected) in messages {
        let message = message(source);
        assert!(message.starts_with("`pattern`: ") && message.contains(expected), "{source:?}: {message}");
    }
}

#[test]
fn accepts_the_portable_subset() {
    for source in [
        r"\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/",
        r"[\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/\-]",
        r"\t\n\r\f\x00\xff",
        r"[\t\n\r\f\x00-\x1F]",
        "[a-zA-Z0-9_-]+",
        "[-+]?[0-9]+",
        r"[ -~]+",
        r"[^\r\n]{1,1000}",
        "(a)(?:b)(c|d)",
        "(?:[a-z]{1,63}\\.){1,8}[a-z]{2,63}",
        r"(?:\d{1,3}\.?){4}",
        "日本語",
        "[あ-ん]+",
        "(?:Mon|Tue|Thu)(?:,(?:Mon|Tue|Thu))*",
        "((((((((a))))))))",
    ] {
        assert!(parse(source).is_ok(), "{source:?}: {}", message(source));
    }
}
