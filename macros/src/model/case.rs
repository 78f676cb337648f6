//! The eight spellings of serde's `rename_all`.

/// How names are spelled on the wire.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// The name of a field, which Rust spells `snake_case`.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => pascal(name),
            Self::Camel => lower_first(&pascal(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// The name of a variant, which Rust spells `PascalCase`.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => lower_first(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut spelled = String::new();
    let mut capital = true;
    for character in name.chars() {
        if character == '_' {
            capital = true;
        } else if capital {
            spelled.push(character.to_ascii_uppercase());
            capital = false;
        } else {
            spelled.push(character);
        }
    }
    spelled
}

fn snake(name: &str) -> String {
    let mut spelled = String::new();
    for (at, character) in name.char_indices() {
        if at > 0 && character.is_uppercase() {
            spelled.push('_');
        }
        spelled.push(character.to_ascii_lowercase());
    }
    spelled
}

fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| {
        let mut spelled = String::from(first.to_ascii_lowercase());
        spelled.push_str(characters.as_str());
        spelled
    })
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn spells_fields_and_variants_as_serde_does() {
        for (case, field, variant) in [
            ("lowercase", "ship_to", "shipto"),
            ("UPPERCASE", "SHIP_TO", "SHIPTO"),
            ("PascalCase", "ShipTo", "ShipTo"),
            ("camelCase", "shipTo", "shipTo"),
            ("snake_case", "ship_to", "ship_to"),
            ("SCREAMING_SNAKE_CASE", "SHIP_TO", "SHIP_TO"),
            ("kebab-case", "ship-to", "ship-to"),
            ("SCREAMING-KEBAB-CASE", "SHIP-TO", "SHIP-TO"),
        ] {
            let spelled = Case::parse(case).map(|case| (case.field("ship_to"), case.variant("ShipTo")));
            assert_eq!(spelled, Some((field.to_owned(), variant.to_owned())), "{case}");
        }
    }
}
