//! Text from elsewhere that may stand among the page's own words.

/// The longest name of a file, characters.
const MOST_OF_FILE_NAME: usize = 60;

/// Whether a character may stand there: no control, and no mark that turns, hides or breaks the words around it.
pub fn is_plain(character: char) -> bool {
    !character.is_control() && !is_hidden(character)
}

/// Marks of direction, breaks of lines, fillers and tags: none of them is a letter that anybody reads, and marks of
/// direction make a text read otherwise than it is written (Unicode Technical Report 36). The joiners that letters of
/// some scripts need stay.
const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// A text without such characters, of so many characters at most.
pub fn plain_text(text: &str, most: usize) -> String {
    text.chars().filter(|character| is_plain(*character)).take(most).collect()
}

/// A text in one line, with plain spaces, without characters that cannot be seen or turn the direction of what follows.
pub fn one_line(text: &str) -> String {
    let spaced = text.split(|character: char| character.is_whitespace() || character.is_control());
    let words = spaced.map(|word| word.chars().filter(|character| is_plain(*character)).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text as the name of a file, without its ending: letters and digits with hyphens between them; blank where it has
/// none.
pub fn file_stem(text: &str) -> String {
    let lower = one_line(text).to_lowercase();
    let words = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let stem: String = words.collect::<Vec<_>>().join("-").chars().take(MOST_OF_FILE_NAME).collect();
    stem.trim_matches('-').to_owned()
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

    #[test]
    fn a_text_stands_in_one_line_and_hides_nothing() {
        assert_eq!(one_line("  a\u{a0}b\r\n\tc\u{202e}d\u{200b} \u{2028}e"), "a b cd e");
        assert_eq!(one_line("\u{2066}\u{0}"), "");
    }

    #[test]
    fn a_file_is_named_by_letters_and_digits() {
        assert_eq!(file_stem("Your scenario: 2/3 “x”"), "your-scenario-2-3-x");
        assert_eq!(file_stem("../../etc"), "etc");
        assert_eq!(file_stem("\u{202e}//"), "");
    }
}
