//! A record as an architecture decision record in Markdown, tables and lists after GitHub's form of it; no text of it means
//! anything to Markdown.

use super::data::Record;
use super::document::{Block, Run, Runs, document};
use super::text::said;

/// Signs that mean something to Markdown wherever they stand.
const SIGNS: &str = "\\`*_[]<|~&";

/// A text as Markdown, in one line, in which nothing is markup: what a user or a link brings cannot break the document or
/// imitate it.
fn escaped(text: &str) -> String {
    let text = said(text);
    let mut written = String::with_capacity(text.len() + 8);
    let mut signs = text.chars().peekable();
    let (mut is_number, mut before) = (true, ' ');
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied().unwrap_or(' ');
        let is_first = written.is_empty();
        let begins_list = is_number && !is_first && (sign == '.' || sign == ')') && next == ' ';
        let begins = is_first && "#>-+=:".contains(sign) || begins_list;
        // Dollars before a digit or between spaces are money; others may begin or end a formula.
        let is_formula = sign == '$' && !next.is_ascii_digit() && !(next == ' ' && before == ' ');
        if begins || is_formula || SIGNS.contains(sign) {
            written.push('\\');
        }
        is_number &= sign.is_ascii_digit();
        before = sign;
        written.push(sign);
    }
    written
}

/// A link that is nothing else, or its text where it holds signs that no link of ours has.
fn address(link: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_graphic() && !"<>|\\`\"".contains(sign);
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if is_web && link.chars().all(is_plain) { format!("<{link}>") } else { escaped(link) }
}

/// The record as one document.
pub fn markdown(record: &Record) -> String {
    written(&document(record))
}

/// Blocks as a document in Markdown.
pub fn written(blocks: &[Block]) -> String {
    let blocks: Vec<String> = blocks.iter().map(block).collect();
    format!("{}\n", blocks.join("\n\n"))
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}", "#".repeat(*level), escaped(text)),
        Block::Paragraph(runs) => line(runs),
        Block::List(items) => {
            items.iter().map(|item| format!("- {}", line(item))).collect::<Vec<_>>().join("\n")
        }
        Block::Table { head, numbers, rows } => table(head, *numbers, rows),
    }
}

fn line(runs: &Runs) -> String {
    let written = runs.iter().map(|run| match run {
        Run::Said(text) => escaped(text),
        Run::Strong(text, end) => format!("**{}{end}**", escaped(text)),
        Run::Own(text) => text.clone(),
        Run::Address(link) => address(link),
    });
    written.collect()
}

fn table(head: &[String], numbers: usize, rows: &[Vec<String>]) -> String {
    let words = head.len().saturating_sub(numbers);
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let texts = |cells: &[String]| line(cells.iter().map(|cell| escaped(cell)).collect());
    let rule = (0..head.len()).map(|place| if place < words { "---" } else { "---:" }.to_owned());
    let mut lines = vec![texts(head), line(rule.collect())];
    lines.extend(rows.iter().map(|cells| texts(cells)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        for (text, written) in [
            ("a | b\n# c", "a \\| b # c"),
            ("# Decided", "\\# Decided"),
            ("1. one", "1\\. one"),
            ("12 of 20", "12 of 20"),
            ("95.8 % in $ per M", "95.8 % in $ per M"),
            ("- item", "\\- item"),
            ("<b>`x`</b> **y** _z_ [a](b)", "\\<b>\\`x\\`\\</b> \\*\\*y\\*\\* \\_z\\_ \\[a\\](b)"),
            ("$5 and $x$", "$5 and \\$x\\$"),
            ("&#x202e;\u{202e}x", "\\&#x202e;x"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }

    #[test]
    fn an_address_with_signs_of_its_own_is_text() {
        assert_eq!(address("https://a.b/#s=x_y-z"), "<https://a.b/#s=x_y-z>");
        assert_eq!(address("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(address("https://a> **b**"), "https://a> \\*\\*b\\*\\*");
    }
}
