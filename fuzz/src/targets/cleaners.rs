//! Every cleaning step: the second pass changes nothing, and a view is cleaned as the value is.

use palisade::{
    rules::{
        Apply, Rule, collapse_whitespace::CollapseWhitespace, escape_html::EscapeHtml, html::Html,
        lowercase::Lowercase, nfc::Nfc, nfkc::Nfkc, normalize_email::NormalizeEmail, normalize_url::NormalizeUrl,
        precis::Precis, strip_control::StripControl, trim::Trim, truncate::Truncate, uppercase::Uppercase,
    },
    value::View,
};

/// Runs the target on one input.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    clean(&const { Trim::new().seal().into_rule() }, text);
    clean(&const { Lowercase::new().seal().into_rule() }, text);
    clean(&const { Uppercase::new().seal().into_rule() }, text);
    clean(&const { CollapseWhitespace::new().seal().into_rule() }, text);
    clean(&const { StripControl::new().seal().into_rule() }, text);
    clean(&const { StripControl::new().keep("lines").seal().into_rule() }, text);
    clean(&const { StripControl::new().keep("layout").seal().into_rule() }, text);
    clean(&const { Nfc::new().seal().into_rule() }, text);
    clean(&const { Nfkc::new().seal().into_rule() }, text);
    let cut = clean(&const { Truncate::new().max(8).seal().into_rule() }, text);
    assert!(cut.chars().count() <= 8, "{text:?} is cut to {cut:?}");
    let escaped = clean(&const { EscapeHtml::new().seal().into_rule() }, text);
    assert!(!escaped.contains(['<', '>', '"', '\'']), "{text:?} is escaped to {escaped:?}");
    for policy in const {
        [
            Html::new().policy("text").seal().into_rule(),
            Html::new().policy("basic").seal().into_rule(),
            Html::new().policy("rich").seal().into_rule(),
        ]
    } {
        let harmless = clean(&policy, text).to_ascii_lowercase();
        for harm in ["<script", "<style", "<iframe", "<svg", "<math"] {
            assert!(!harmless.contains(harm), "{text:?} becomes {harmless:?}");
        }
    }
    clean(&const { NormalizeEmail::new().seal().into_rule() }, text);
    clean(&const { NormalizeEmail::new().local("lowercase").seal().into_rule() }, text);
    clean(&const { NormalizeUrl::new().seal().into_rule() }, text);
    for precis in const {
        [
            Precis::new().profile("username_case_mapped").seal().into_rule(),
            Precis::new().profile("username_case_preserved").seal().into_rule(),
            Precis::new().profile("opaque_string").seal().into_rule(),
            Precis::new().profile("nickname").seal().into_rule(),
        ]
    } {
        let enforced = clean(&precis, text);
        let view = View::Text(enforced.as_str().into());
        assert_eq!(precis.check(&enforced), precis.check_view(&view), "`precis` on {text:?}");
    }
}

/// The clean form, once everything was held against it.
fn clean<R>(rule: &R, given: &str) -> String
where
    R: Apply<String> + for<'a> Apply<View<'a>>,
{
    let code = rule.code();
    let mut value = given.to_owned();
    let was_clean = Apply::<String>::is_clean(rule, &value);
    rule.clean(&mut value);
    assert_eq!(was_clean, value == given, "`{code}` on {given:?}: clean is what is not changed");
    let once = value.clone();
    rule.clean(&mut value);
    assert_eq!(value, once, "`{code}` on {given:?}: cleaning again changes nothing");
    assert!(Apply::<String>::is_clean(rule, &value), "`{code}` on {given:?}: what was cleaned is clean");
    let mut view = View::Text(given.into());
    rule.clean_view(&mut view);
    assert_eq!(view, View::Text(once.as_str().into()), "`{code}` on {given:?}: explained as it is cleaned");
    once
}
