//! What `nfc` and `nfkc` share: when a text is normalized for certain, and what becomes of it when it is not.

use unicode_normalization::IsNormalized;

use crate::value::Cleaned;

/// Whether no form of normalization changes a text of such characters, in whatever order they stand: kana, unified
/// ideographs and Hangul syllables. The quick check of Unicode looks each of them up.
#[inline]
pub(super) fn is_inert(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The text, when the quick check left it open or refused it.
pub(super) fn settled<I>(text: &str, quick: &IsNormalized, normalize: impl Fn() -> I) -> Cleaned
where
    I: Iterator<Item = char>,
{
    match quick {
        IsNormalized::Yes => Cleaned::Same,
        IsNormalized::Maybe if normalize().eq(text.chars()) => Cleaned::Same,
        IsNormalized::Maybe | IsNormalized::No => {
            let mut clean = String::with_capacity(text.len());
            clean.extend(normalize());
            Cleaned::New(clean)
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{char::canonical_combining_class, is_nfc_quick, is_nfkc_quick};

    use super::*;

    #[test]
    fn what_is_inert_is_so_in_every_form() {
        for character in ('\0'..=char::MAX).filter(|character| is_inert(*character)) {
            assert_eq!(is_nfc_quick([character].into_iter()), IsNormalized::Yes, "{character:?}");
            assert_eq!(is_nfkc_quick([character].into_iter()), IsNormalized::Yes, "{character:?}");
            assert_eq!(canonical_combining_class(character), 0, "{character:?}");
        }
    }
}
