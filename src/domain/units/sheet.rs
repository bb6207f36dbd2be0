//! A table as text for spreadsheets.

use csv::{Terminator, WriterBuilder};

use super::Cell;
use super::words::NONE;

/// Spreadsheets take a text without this mark for one of an older encoding.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Comma-separated values of a head and rows (RFC 4180): numbers in full, as a program reads them, what is unknown blank,
/// and all else as it is shown. Cells beyond the head are left out.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it: a table may hold names from a link.
pub fn csv(head: &[String], rows: &[Vec<Cell>]) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and all rows are as long as the head.
    let _ = writer.write_record(head.iter().map(|name| harmless(name)));
    for row in rows {
        let cells =
            row.iter().map(|cell| cell.number.map_or_else(|| harmless(&cell.text), |it| it.to_string()));
        let missing = head.len().saturating_sub(row.len());
        let _ =
            writer.write_record(cells.take(head.len()).chain(std::iter::repeat_n(String::new(), missing)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes))
}

/// A text that no spreadsheet computes.
fn harmless(text: &str) -> String {
    match text {
        NONE => String::new(),
        text if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_full_and_words_as_they_are_shown() {
        let head = ["Strategy".to_owned(), "Total, $".to_owned()];
        let rows = [
            vec![
                Cell::from("Prompted, “large”".to_owned()),
                Cell::number(55_123.456_7, |_| "$55 k".to_owned()),
            ],
            vec![
                Cell::from("a\nb".to_owned()),
                Cell::known(None, |it| it.to_string()),
                Cell::from("key".to_owned()),
            ],
            vec![Cell::from("short".to_owned())],
        ];
        let text = csv(&head, &rows);
        assert!(
            text.starts_with("\u{FEFF}Strategy,\"Total, $\"\r\n\"Prompted, “large”\",55123.4567\r\n"),
            "{text}"
        );
        assert!(text.ends_with("\"a\nb\",\r\nshort,\r\n"), "{text}");
    }

    #[test]
    fn no_text_becomes_a_formula() {
        let head = ["=A1".to_owned()];
        let rows = [vec![Cell::from("@SUM(A1)".to_owned())], vec![Cell::number(-5.0, |it| it.to_string())]];
        assert_eq!(csv(&head, &rows), "\u{FEFF}'=A1\r\n'@SUM(A1)\r\n-5\r\n");
    }
}
