//! Markdown as records are written in it, read back.

/// A text without the signs before those that would mean something to Markdown.
pub fn read(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match signs.peek() {
            Some(next) if sign == '\\' && next.is_ascii_punctuation() => read.extend(signs.next()),
            _ => read.push(sign),
        }
    }
    read
}

/// The cells of a row of a table; none where the line is no row.
pub fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    let (mut cells, mut cell, mut is_marked) = (Vec::new(), String::new(), false);
    for sign in inside.chars() {
        if sign == '|' && !is_marked {
            cells.push(read(cell.trim()));
            cell.clear();
        } else {
            cell.push(sign);
        }
        is_marked = sign == '\\' && !is_marked;
    }
    cells.push(read(cell.trim()));
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let row = |line| cells(line).unwrap_or_default();
        assert_eq!(row(r"| a \| b | \*c\* |"), ["a | b", "*c*"]);
        assert_eq!(row("||"), [""]);
        assert_eq!(row(r"| \\ | d |"), [r"\", "d"]);
        assert_eq!(cells("a | b"), None);
        assert_eq!(cells("|"), None);
        assert_eq!(read(r"a \"), r"a \");
    }
}
