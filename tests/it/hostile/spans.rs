//! Where the members and values of a JSON text are, also of one that is damaged.

/// Where a text has a part.
pub type Span = (usize, usize);

/// The parts of a JSON text.
#[derive(Debug, Default)]
pub struct Spans {
    /// Names of members, with their quotes.
    pub keys: Vec<Span>,
    /// Texts with their quotes, numbers, words, objects and lists.
    pub values: Vec<Span>,
    /// Members of objects, from the name to the end of the value.
    pub members: Vec<Span>,
}

/// Find the parts; brackets that nothing closes make none.
pub fn spans(text: &[u8]) -> Spans {
    let mut found = Spans::default();
    // Where each open object or list begins, and the name that waits for a value there.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut waiting = None;
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let mut begun = start;
        match text[at] {
            b'{' | b'[' => {
                open.push((at, waiting.take()));
                at += 1;
                continue;
            }
            b'}' | b']' => {
                at += 1;
                let Some((opened, name)) = open.pop() else { continue };
                begun = opened;
                waiting = name;
            }
            b'"' => {
                at += 1;
                while at < text.len() && text[at] != b'"' {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                at = (at + 1).min(text.len());
                let behind = text[at..].iter().position(|byte| !byte.is_ascii_whitespace());
                if behind.is_some_and(|skipped| text[at + skipped] == b':') {
                    found.keys.push((start, at));
                    waiting = Some(start);
                    continue;
                }
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'-' => {
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                at += text[at..].iter().take_while(|byte| is_word(byte)).count();
            }
            _ => {
                at += 1;
                continue;
            }
        }
        found.values.push((begun, at));
        if let Some(name) = waiting.take() {
            found.members.push((name, at));
        }
    }
    found
}
