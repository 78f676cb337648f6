//! What of a text a parser of HTML gets to see, so that no text makes it work long or lose anything.

/// The most tags and references in a text whose markup is looked at.
pub(super) const TAGS: usize = 2_048;
/// The most bytes of a tag whose markup is looked at: a link left open is written again in every paragraph behind it.
pub(super) const TAG_BYTES: usize = 2_048;
/// The most attributes of a tag whose markup is looked at: a parser compares each of them with all before it.
pub(super) const ATTRIBUTES: usize = 64;
/// The formatting elements of the HTML standard, section 13.2.4.3, but `a`, which never nests.
const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// The elements whose content a parser reads as text, up to their own end tag.
const RAW: [&str; 9] = ["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];
/// The elements within which a parser may read the content of the former as markup.
const MODES: [&str; 5] = ["frameset", "math", "select", "svg", "template"];

/// The text as a parser gets it, unless that could cost too much or lose text.
pub(super) fn simple(text: &str) -> Option<String> {
    if has_few_tags(text) { without_attributes(text) } else { None }
}

/// Whether the text has few enough tags and references: for each tag, a parser of HTML may go through all that are open, and
/// for each `&` it takes the longer, the longer the text before it is.
fn has_few_tags(text: &str) -> bool {
    text.bytes().filter(|byte| matches!(byte, b'<' | b'&')).count() <= TAGS
}

/// The text with no attributes on formatting elements. A parser opens each of these that is left open again in every
/// paragraph behind it, and only those that differ in nothing are counted as one: a few kilobytes become megabytes.
///
/// This finds tags where a parser finds them (section 13.2.5 of the HTML standard). It gives nothing when that cannot be
/// told without a tree, when a tag is too large, and when a tag or comment does not end: a parser drops these.
pub(super) fn without_attributes(text: &str) -> Option<String> {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    let mut has_modes = false;
    while let Some((before, behind)) = rest.split_once('<') {
        clean.push_str(before);
        clean.push('<');
        rest = behind;
        if let Some(tag) = start_tag(behind) {
            let (name, end) = tag_parts(tag)?;
            let is_formatting = is_one_of(name, &FORMATTING);
            let kept = if is_formatting { name } else { until(behind, end) };
            clean.push_str(kept);
            if is_formatting {
                clean.push('>');
            }
            has_modes |= is_one_of(name, &MODES);
            let content = raw_content(name, end, has_modes)?;
            clean.push_str(content);
            rest = end.get(content.len()..)?;
        } else if let Some(tag) = behind.strip_prefix('/').and_then(start_tag) {
            let (_, end) = tag_parts(tag)?;
            clean.push_str(until(behind, end));
            rest = end;
        } else if behind.starts_with(['!', '?', '/']) {
            let end = comment_end(behind, has_modes)?;
            clean.push_str(until(behind, end));
            rest = end;
        }
    }
    clean.push_str(rest);
    Some(clean)
}

/// The text behind a `<`, when it starts with the name of a tag.
fn start_tag(text: &str) -> Option<&str> {
    text.starts_with(|character: char| character.is_ascii_alphabetic()).then_some(text)
}

/// What of `text` comes before `end`, which is an end of it.
fn until<'t>(text: &'t str, end: &str) -> &'t str {
    text.strip_suffix(end).unwrap_or(text)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

const fn is_space(character: char) -> bool {
    character.is_ascii_whitespace()
}

/// The name of a tag and the text behind its `>`. What stands in quotes as the value of an attribute ends nothing.
fn tag_parts(tag: &str) -> Option<(&str, &str)> {
    let mut rest = tag.trim_start_matches(|character| !is_space(character) && !matches!(character, '/' | '>'));
    let name = until(tag, rest);
    for _ in 0..=ATTRIBUTES {
        rest = rest.trim_start_matches(|character| is_space(character) || character == '/');
        if let Some(end) = rest.strip_prefix('>') {
            return (tag.len() - end.len() <= TAG_BYTES).then_some((name, end));
        }
        rest = attribute_end(rest)?;
    }
    None
}

/// The text behind an attribute.
fn attribute_end(attribute: &str) -> Option<&str> {
    // A `=` in the first place is part of the name.
    let behind = attribute.strip_prefix('=').unwrap_or(attribute);
    let end = behind.trim_start_matches(|character| !is_space(character) && !matches!(character, '/' | '>' | '='));
    let Some(value) = end.trim_start_matches(is_space).strip_prefix('=') else { return Some(end) };
    let value = value.trim_start_matches(is_space);
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).map(|(_, end)| end);
        }
    }
    Some(value.trim_start_matches(|character| !is_space(character) && character != '>'))
}

/// The content of an element that a parser reads as text, from the end of its start tag; empty for other elements.
fn raw_content<'t>(name: &str, text: &'t str, has_modes: bool) -> Option<&'t str> {
    let content = if name.eq_ignore_ascii_case("plaintext") {
        text
    } else if is_one_of(name, &RAW) {
        let end = text.match_indices("</").find(|(at, _)| text.get(at + 2..).is_some_and(|tag| is_named(tag, name)));
        end.map_or(Some(text), |(at, _)| text.get(..at))?
    } else {
        ""
    };
    let is_doubtful = has_modes && content.contains('<');
    // A script within a comment within a script hides the end tag.
    let is_nested = name.eq_ignore_ascii_case("script")
        && content.contains("<!--")
        && content.split('<').any(|tag| is_named(tag, name));
    (!is_doubtful && !is_nested).then_some(content)
}

/// Whether a tag, without its `<` or `</`, has this name.
fn is_named(tag: &str, name: &str) -> bool {
    tag.split_at_checked(name.len()).is_some_and(|(start, end)| {
        start.eq_ignore_ascii_case(name)
            && end.starts_with(|character| is_space(character) || matches!(character, '/' | '>'))
    })
}

/// The text behind a comment or what a parser takes for one, from the character behind its `<`.
fn comment_end(text: &str, has_modes: bool) -> Option<&str> {
    let Some(comment) = text.strip_prefix("!--") else {
        // In SVG and MathML, a section of character data ends elsewhere.
        let is_doubtful = has_modes && text.starts_with("![");
        return text.split_once('>').filter(|_| !is_doubtful).map(|(_, end)| end);
    };
    comment.match_indices('>').find_map(|(at, _)| {
        let (inner, end) = comment.split_at_checked(at)?;
        let is_end = matches!(inner, "" | "-") || inner.ends_with("--") || inner.ends_with("--!");
        if is_end { end.strip_prefix('>') } else { None }
    })
}
