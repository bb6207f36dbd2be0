//! Text from elsewhere that may stand among the page's own words.

/// Whether a character may stand there: no control, and no mark that turns, hides or breaks the words around it.
///
/// Marks of direction make a text read otherwise than it is written (Unicode Standard Annex 9; Technical Report 36).
pub fn is_plain(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        )
}

/// A text without such characters, of so many characters at most.
pub fn plain_text(text: &str, most: usize) -> String {
    text.chars().filter(|character| is_plain(*character)).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_turn_or_break_a_text_are_left_out_and_letters_of_all_scripts_stay() {
        assert_eq!(plain_text("a\u{202E}b\u{2066}c\u{2028}d\ne\u{FEFF}", 9), "abcde");
        for kept in ["naïve – “quoted”", "日本語", "שלום", "العربية", "👩\u{200D}🔬"]
        {
            assert_eq!(plain_text(kept, 99), kept);
        }
        assert_eq!(plain_text("abc", 2), "ab");
    }
}
