//! Lists that a standard keeps: read from their data file in const evaluation, searched by halves.

/// The words of a file, which white space keeps apart.
///
/// # Panics
/// In const evaluation, when there are not exactly `N`, so that a list cannot lose an entry unnoticed.
pub(super) const fn words<const N: usize>(file: &'static str) -> [&'static str; N] {
    let mut words = [""; N];
    let mut count = 0;
    let mut rest = file;
    while let Some((word, behind)) = next_word(rest) {
        assert!(count < N, "bug in palisade: a list is longer than its count says");
        words[count] = word;
        count += 1;
        rest = behind;
    }
    assert!(count == N, "bug in palisade: a list is shorter than its count says");
    words
}

/// The first word and what stands behind it.
pub(super) const fn next_word(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() && bytes[start].is_ascii_whitespace() {
        start += 1;
    }
    let mut end = start;
    while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
        end += 1;
    }
    if start == end {
        return None;
    }
    let (_, rest) = text.split_at(start);
    Some(rest.split_at(end - start))
}

/// Whether a sorted list holds the word.
pub(super) fn holds(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Fails unless the list is sorted, without repetitions and of this length.
#[cfg(test)]
pub(super) fn assert_sound(list: &[&str], count: usize) {
    assert_eq!(list.len(), count);
    for pair in list.windows(2) {
        assert!(pair[0] < pair[1], "{pair:?} are not in order");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_words_of_a_file() {
        const WORDS: [&str; 3] = words("one two\n\n three\n");
        assert_eq!(WORDS, ["one", "two", "three"]);
    }
}
