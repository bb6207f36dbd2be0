//! Sheets and their cells.

use crate::domain::units::one_line;

/// Name of the first sheet.
pub const SUMMARY: &str = "Summary";
/// Row and column of the discount rate on it.
const DISCOUNT: (usize, usize) = (4, 1);

/// Where the discount rate stands, for formulas of other sheets.
pub fn discount_place() -> String {
    format!("{SUMMARY}!{}", place(DISCOUNT.0, DISCOUNT.1))
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// A text in one line; never a formula, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A formula without its sign of equality, and what it comes to.
    Formula(String, f64),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Plain,
    /// The title of a sheet.
    Title,
    /// The head of a column or of a part.
    Head,
    /// A text over several lines.
    Wrapped,
    /// US dollars.
    Usd,
    /// US dollars of a sum.
    Total,
    /// A fraction of one, shown in per cent.
    Share,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub content: Content,
    /// How it looks.
    pub look: Look,
}

impl Cell {
    /// An empty cell.
    pub const BLANK: Cell = Cell { content: Content::Blank, look: Look::Plain };

    /// A text, in one line and without what cannot be seen.
    pub fn text(text: &str, look: Look) -> Cell {
        Cell { content: Content::Text(one_line(text)), look }
    }

    /// A plain text.
    pub fn plain(text: &str) -> Cell {
        Cell::text(text, Look::Plain)
    }

    /// The head of a column.
    pub fn head(text: &str) -> Cell {
        Cell::text(text, Look::Head)
    }

    /// A number; a text where it is none.
    pub fn number(number: f64, look: Look) -> Cell {
        match number.is_finite() {
            true => Cell { content: Content::Number(number), look },
            false => Cell::plain("not known"),
        }
    }

    /// A formula and what it comes to.
    pub fn formula(formula: String, result: f64, look: Look) -> Cell {
        Cell { content: Content::Formula(formula, result), look }
    }
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, unique, such as spreadsheets allow.
    pub name: String,
    /// Widths of the first columns in characters; the others take the last one.
    pub widths: Vec<u8>,
    /// So many rows and columns stay in view.
    pub frozen: (u32, u16),
    /// Cells by row.
    pub rows: Vec<Vec<Cell>>,
}

/// The name of a cell, such as `C7`; row and column count from nought.
pub fn place(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The letters of a column: A to Z, AA and so on.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        for (column, name) in [(0, "A1"), (25, "Z1"), (26, "AA1"), (51, "AZ1"), (52, "BA1"), (702, "AAA1")] {
            assert_eq!(place(0, column), name);
        }
    }
}
