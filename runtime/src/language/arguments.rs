//! What a message is told of a rule: the names it is looked up by, and the rule's parameters as Fluent's arguments.

use fluent_bundle::{FluentArgs, FluentValue};

use crate::rules::{Parameter, Rule};

/// Beyond this, a number is no longer exact in a float, which Fluent's numbers are.
const EXACT: i128 = 1 << 53;

/// A broken rule, as its message is asked for.
pub(super) struct Arguments {
    code: String,
    parameters: Vec<(&'static str, Parameter)>,
}

/// The words between the items of a list, and the mark within a number.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) comma: String,
    pub(super) or: String,
    pub(super) and: String,
    pub(super) point: String,
}

impl Arguments {
    pub(super) fn of(rule: &dyn Rule) -> Self {
        let mut parameters = Vec::new();
        rule.parameters(&mut |name, parameter| parameters.push((name, parameter)));
        Self { code: identifier(rule.code()), parameters }
    }

    /// The names of messages about it, the most special first: `length-equal-unit`, `length-min-max-unit`, `length`.
    pub(super) fn ids(&self) -> Vec<String> {
        let names: Vec<&str> = self.parameters.iter().map(|(name, _)| *name).collect();
        let mut ids = Vec::with_capacity(3);
        let bound = |wanted| self.parameters.iter().find(|(name, _)| *name == wanted);
        if let (Some((_, min)), Some((_, max))) = (bound("min"), bound("max"))
            && min == max
        {
            let names = names.iter().filter(|name| **name != "max");
            ids.push(self.id(names.map(|name| if *name == "min" { "equal" } else { name })));
        }
        if !names.is_empty() {
            ids.push(self.id(names.iter().copied()));
        }
        ids.push(self.code.clone());
        ids
    }

    fn id<'a>(&self, names: impl Iterator<Item = &'a str>) -> String {
        names.fold(self.code.clone(), |id, name| id + "-" + &identifier(name))
    }

    /// The parameters in the manner of a language. A list comes as `$fields`, `$fields-or` and `$fields-and`.
    pub(super) fn in_words(&self, words: &Words) -> FluentArgs<'static> {
        let mut arguments = FluentArgs::with_capacity(self.parameters.len());
        for (name, parameter) in &self.parameters {
            let list: Vec<String> = match parameter {
                Parameter::Text(text) => {
                    arguments.set(*name, *text);
                    continue;
                }
                Parameter::Integer(number) => {
                    arguments.set(*name, integer(*number));
                    continue;
                }
                Parameter::Fraction(number) => {
                    arguments.set(*name, words.fraction(*number));
                    continue;
                }
                Parameter::Texts(texts) => texts.iter().map(|text| format!("`{text}`")).collect(),
                Parameter::Numbers(numbers) => numbers.iter().map(u8::to_string).collect(),
            };
            for (suffix, last) in [("-or", &words.or), ("-and", &words.and), ("", &words.comma)] {
                arguments.set(format!("{name}{suffix}"), words.join(&list, last));
            }
        }
        arguments
    }
}

impl Words {
    fn fraction(&self, number: f64) -> String {
        number.to_string().replace('.', &self.point)
    }

    fn join(&self, items: &[String], last: &str) -> String {
        match items {
            [] => String::new(),
            [item] => item.clone(),
            [items @ .., item] => items.join(&self.comma) + last + item,
        }
    }
}

fn integer(number: i128) -> FluentValue<'static> {
    if (-EXACT..=EXACT).contains(&number) { number.into() } else { number.to_string().into() }
}

/// The code as Fluent can name it: what is no letter, digit, `-` or `_` becomes `-`.
fn identifier(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' }).collect()
}
