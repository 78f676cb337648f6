//! How strongly a user logged in, by what their issuer says: contexts in order (`acr`), and several factors (`amr`, RFC 8176).

/// What the contexts of one issuer are worth.
#[derive(Debug, Clone, Default)]
pub(super) struct Contexts {
    /// From the weakest to the strongest. One that is not here is worth itself alone.
    levels: Vec<String>,
    /// Those that stand for several factors.
    multi_factor: Vec<String>,
}

/// What a factor is (NIST SP 800-63B, as RFC 8176 sorts its methods).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Factor {
    Knowledge,
    Possession,
    Inherence,
}

impl Contexts {
    pub(super) fn ordered<C: Into<String>>(self, levels: impl IntoIterator<Item = C>) -> Self {
        Self { levels: levels.into_iter().map(Into::into).collect(), ..self }
    }

    pub(super) fn multi_factor<C: Into<String>>(self, contexts: impl IntoIterator<Item = C>) -> Self {
        Self { multi_factor: contexts.into_iter().map(Into::into).collect(), ..self }
    }

    /// Whether a login in one context is as good as one in another.
    pub(super) fn reach(&self, reached: &str, wanted: &str) -> bool {
        let level = |context: &str| self.levels.iter().position(|level| level == context);
        reached == wanted
            || matches!((level(wanted), level(reached)), (Some(wanted), Some(reached)) if wanted < reached)
    }

    /// Whether a login had several factors: its methods say so, or its context stands for it.
    pub(super) fn are_multi_factor<'a>(&self, reached: Option<&str>, methods: impl Iterator<Item = &'a str>) -> bool {
        let by_context = |reached: &str| self.multi_factor.iter().any(|multi_factor| self.reach(reached, multi_factor));
        reached.is_some_and(by_context) || has_several(methods)
    }

    /// The contexts to ask for where several factors are wanted.
    pub(super) fn with_several_factors(&self) -> impl Iterator<Item = &str> {
        self.multi_factor.iter().map(String::as_str)
    }
}

fn has_several<'a>(methods: impl Iterator<Item = &'a str>) -> bool {
    let mut first = None;
    for method in methods {
        match (factor(method), first) {
            // The issuer has counted itself.
            _ if method == "mfa" => return true,
            (Some(factor), Some(other)) if factor != other => return true,
            (Some(factor), _) => first = Some(factor),
            (None, _) => {}
        }
    }
    false
}

/// The factor that a method is. `geo`, `mca`, `rba`, `user` and `wia` prove none on their own, nor does what is not registered.
fn factor(method: &str) -> Option<Factor> {
    match method {
        "kba" | "pin" | "pwd" => Some(Factor::Knowledge),
        "hwk" | "otp" | "pop" | "sc" | "sms" | "swk" | "tel" => Some(Factor::Possession),
        "face" | "fpt" | "iris" | "retina" | "vbm" => Some(Factor::Inherence),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_12_a_context_is_itself_or_a_stronger_one_in_the_order_given() {
        let contexts = Contexts::default().ordered(["bronze", "silver", "gold"]);
        for (reached, wanted, expected) in [
            ("silver", "silver", true),
            ("gold", "bronze", true),
            ("bronze", "silver", false),
            ("other", "other", true),
            ("other", "bronze", false),
            ("gold", "other", false),
            ("Gold", "gold", false),
            ("", "bronze", false),
        ] {
            assert_eq!(contexts.reach(reached, wanted), expected, "{reached} {wanted}");
        }
        assert!(!Contexts::default().reach("gold", "bronze"));
    }

    #[test]
    fn rule_12_several_factors_are_of_different_kinds() {
        for (methods, expected) in [
            (&[][..], false),
            (&["pwd"], false),
            (&["mfa"], true),
            (&["pwd", "otp"], true),
            (&["pin", "fpt"], true),
            (&["face", "hwk"], true),
            (&["pwd", "pin", "kba"], false),
            (&["otp", "sms", "swk"], false),
            (&["pwd", "rba", "geo", "user", "mca", "wia"], false),
            (&["pwd", "something"], false),
            (&["MFA"], false),
        ] {
            assert_eq!(Contexts::default().are_multi_factor(None, methods.iter().copied()), expected, "{methods:?}");
        }
    }

    #[test]
    fn rule_12_a_context_stands_for_several_factors_where_the_deployment_says_so() {
        let contexts = Contexts::default().ordered(["one", "two", "three"]).multi_factor(["two", "key"]);
        for (reached, expected) in [("one", false), ("two", true), ("three", true), ("key", true), ("other", false)] {
            assert_eq!(contexts.are_multi_factor(Some(reached), [].into_iter()), expected, "{reached}");
        }
        assert!(!contexts.are_multi_factor(None, [].into_iter()));
        assert_eq!(contexts.with_several_factors().collect::<Vec<_>>(), ["two", "key"]);
    }
}
