//! What a message is told of a rule: the names it is looked up by, and the rule's parameters as Fluent's arguments.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::rules::{Parameter, Rule};

/// Beyond this, a number is no longer exact in a float, which Fluent's numbers are.
const EXACT: i128 = 1 << 53;

/// A broken rule, as its message is asked for.
pub(super) struct Arguments {
    code: String,
    parameters: Vec<(Cow<'static, str>, Argument)>,
}

#[derive(PartialEq)]
enum Argument {
    One(Parameter),
    /// Of one name, which is given its plural: `version` twice is `versions`.
    Several(Vec<Parameter>),
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
        let mut parameters: Vec<(&'static str, Vec<Parameter>)> = Vec::new();
        rule.parameters(&mut |name, parameter| match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some((_, parameters)) => parameters.push(parameter),
            None => parameters.push((name, vec![parameter])),
        });
        let named = |(name, parameters): (&'static str, Vec<Parameter>)| match *parameters {
            [parameter] => (name.into(), Argument::One(parameter)),
            _ => (format!("{name}s").into(), Argument::Several(parameters)),
        };
        Self { code: identifier(rule.code()), parameters: parameters.into_iter().map(named).collect() }
    }

    /// The names of messages about it, the most special first: `length-equal-unit`, `length-min-max-unit`, `length`.
    pub(super) fn ids(&self) -> Vec<String> {
        let names: Vec<&str> = self.parameters.iter().map(|(name, _)| name.as_ref()).collect();
        let mut ids = Vec::with_capacity(3);
        let bound = |wanted| self.parameters.iter().find(|(name, _)| name == wanted);
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
        for (name, argument) in &self.parameters {
            let list: Vec<String> = match argument {
                Argument::One(Parameter::Text(text)) => {
                    arguments.set(name.clone(), *text);
                    continue;
                }
                Argument::One(Parameter::Integer(number)) => {
                    arguments.set(name.clone(), integer(*number));
                    continue;
                }
                Argument::One(Parameter::Fraction(number)) => {
                    arguments.set(name.clone(), words.fraction(*number));
                    continue;
                }
                Argument::One(Parameter::Texts(texts)) => texts.iter().map(|text| format!("`{text}`")).collect(),
                Argument::Several(parameters) => parameters.iter().map(|parameter| words.item(*parameter)).collect(),
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

    fn item(&self, parameter: Parameter) -> String {
        match parameter {
            Parameter::Text(text) => text.to_owned(),
            Parameter::Integer(number) => number.to_string(),
            Parameter::Fraction(number) => self.fraction(number),
            Parameter::Texts(texts) => texts.join(&self.comma),
        }
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
