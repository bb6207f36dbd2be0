//! Texts of a record: what people read, without what could hide or turn it.

/// The longest name of a file, characters.
const MOST_OF_NAME: usize = 60;

/// A text in one line, with plain spaces, without characters that cannot be seen or turn the direction of what follows.
pub fn said(text: &str) -> String {
    let seen = text.chars().filter(|sign| !is_hidden(*sign));
    let plain: String = seen.map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of direction, joiners, fillers and tags: none of them is a letter that anybody reads.
const fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The name of a record as the name of a file, without its ending: letters and digits with hyphens between them.
pub fn file_stem(name: &str) -> String {
    let lower = said(name).to_lowercase();
    let words = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let stem: String = words.collect::<Vec<_>>().join("-").chars().take(MOST_OF_NAME).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "decision-record".to_owned() } else { format!("decision-record-{stem}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_in_one_line_and_hides_nothing() {
        assert_eq!(said("  a\u{a0}b\r\n\tc\u{202e}d\u{200b} "), "a b cd");
        assert_eq!(said("\u{2066}\u{0}"), "");
    }

    #[test]
    fn a_file_is_named_by_letters_and_digits() {
        assert_eq!(file_stem("Your scenario: 2/3 “x”"), "decision-record-your-scenario-2-3-x");
        assert_eq!(file_stem("../../etc"), "decision-record-etc");
        assert_eq!(file_stem("\u{202e}//"), "decision-record");
    }
}
