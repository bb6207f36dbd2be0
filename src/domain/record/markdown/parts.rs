//! Parts of a Markdown document: texts that mean nothing to Markdown, headings, lists and tables.

use crate::domain::record::text::said;

/// Signs that mean something to Markdown wherever they stand.
const SIGNS: &str = "\\`*_[]<|~&";

/// A text as Markdown, in one line, in which nothing is markup: what a user or a link brings cannot break the document or
/// imitate it.
pub fn escaped(text: &str) -> String {
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
pub fn address(link: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_graphic() && !"<>|\\`\"".contains(sign);
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if is_web && link.chars().all(is_plain) { format!("<{link}>") } else { escaped(link) }
}

/// A document that grows by blocks with an empty line between them.
#[derive(Debug, Default)]
pub struct Document(String);

impl Document {
    /// The whole.
    pub fn text(self) -> String {
        self.0
    }

    fn block(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A heading of a level, 1 the highest.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.block(&format!("{} {}", "#".repeat(level), escaped(text)));
    }

    /// A paragraph of a text.
    pub fn says(&mut self, text: &str) {
        self.written(&escaped(text));
    }

    /// A paragraph that is Markdown already; nothing where it is empty.
    pub fn written(&mut self, markdown: &str) {
        if !markdown.is_empty() {
            self.block(markdown);
        }
    }

    /// A list of items that are Markdown already; nothing where there are none.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        self.written(&items.join("\n"));
    }

    /// A list of texts.
    pub fn texts(&mut self, items: &[String]) {
        self.list(items.iter().map(|item| escaped(item)));
    }

    /// A table; nothing where it has no rows. The last columns, so many, are numbers.
    pub fn table(&mut self, head: &[&str], numbers: usize, rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        let words = head.len().saturating_sub(numbers);
        let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let rule = (0..head.len()).map(|place| if place < words { "---" } else { "---:" }.to_owned());
        let mut lines = vec![line(head.iter().map(|cell| escaped(cell)).collect()), line(rule.collect())];
        lines.extend(rows.into_iter().map(|cells| line(cells.iter().map(|cell| escaped(cell)).collect())));
        self.written(&lines.join("\n"));
    }
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
