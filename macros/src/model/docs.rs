//! What a doc comment says: a summary, and the rest.

/// The text of an item's doc comment.
pub(crate) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    pub(crate) const fn new(lines: Vec<String>) -> Self {
        Self { lines }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    /// The first paragraph, in one line.
    pub(crate) fn summary(&self) -> String {
        let lines: Vec<&str> = self.paragraph().map(|line| line.trim()).collect();
        lines.join(" ")
    }

    /// What comes after the first paragraph.
    pub(crate) fn rest(&self) -> String {
        let lead = self.lines.iter().take_while(|line| line.trim().is_empty()).count();
        let lines: Vec<&str> = self.lines.iter().skip(lead + self.paragraph().count()).map(String::as_str).collect();
        lines.join("\n").trim().to_owned()
    }

    /// All of it.
    pub(crate) fn whole(&self) -> String {
        self.lines.join("\n").trim().to_owned()
    }

    fn paragraph(&self) -> impl Iterator<Item = &String> {
        self.lines.iter().skip_while(|line| line.trim().is_empty()).take_while(|line| !line.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn splits_the_first_paragraph_from_the_rest() {
        let docs = Docs::new(["", "Places", "an order.", "", "At most", "", "one."].map(str::to_owned).into());
        assert_eq!((docs.summary(), docs.rest()), ("Places an order.".to_owned(), "At most\n\none.".to_owned()));
    }
}
