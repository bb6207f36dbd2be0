//! Reading a table: one struct per row, its fields named and ordered like the columns.
//!
//! Read without the csv crate and without serde, and with one function for each kind of cell: only to
//! shorten the download. Tests hold [`records`] against the csv crate and prove that every row is read.

use crate::domain::quantity::{Date, YearMonth};

/// A row whose fields are the columns of a table.
pub trait TableRow: Sized {
    /// Names of the columns, in order.
    const COLUMNS: &'static [&'static str];

    /// Read a row from its cells; what is wrong with one of them is noted there.
    fn read(cells: &mut Cells) -> Self;
}

/// The cells of a row that are still to be read, and which were not what their columns hold.
pub struct Cells {
    cells: std::vec::IntoIter<String>,
    /// Place of the next cell.
    at: u32,
    /// One bit for each cell; no table has more than 63 columns.
    wrong: u64,
}

impl Cells {
    /// The next cell; blank where there is none.
    fn next(&mut self) -> String {
        let cell = self.cells.next();
        self.at += 1;
        self.note(cell.is_some());
        cell.unwrap_or_default()
    }

    /// Note whether the cell that was read last is what its column holds.
    fn note(&mut self, is_right: bool) {
        if !is_right {
            self.wrong |= 1 << self.at.saturating_sub(1).min(63);
        }
    }

    /// The next cell as what it must hold; a stand-in where it does not.
    fn parsed<Value>(&mut self, stand_in: Value, parse: impl Fn(&str) -> Option<Value>) -> Value {
        let value = parse(&self.next());
        self.note(value.is_some());
        value.unwrap_or(stand_in)
    }

    /// The place of the next cell among the words that it may hold.
    fn place(&mut self, words: &[&str]) -> usize {
        self.parsed(0, |text| words.iter().position(|word| *word == text))
    }
}

/// What a cell can hold. A blank is unknown, never zero: only optional cells may be blank.
///
/// No reader is inlined: each is called for dozens of columns.
pub trait Cell: Sized {
    /// Read a cell.
    fn read(cells: &mut Cells) -> Self;
}

impl Cell for String {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        let text = cells.next();
        cells.note(!text.is_empty());
        text
    }
}

impl Cell for f64 {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        cells.parsed(0.0, |text| text.parse::<f64>().ok().filter(|number| number.is_finite()))
    }
}

impl Cell for u32 {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        cells.parsed(0, |text| text.parse().ok())
    }
}

impl Cell for bool {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        cells.place(&["false", "true", "0", "1"]) % 2 == 1
    }
}

impl Cell for YearMonth {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        cells.parsed(YearMonth { year: 0, month: 1 }, |text| text.parse().ok())
    }
}

impl Cell for Date {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        cells.parsed(Date { year: 0, month: 1, day: 1 }, |text| text.parse().ok())
    }
}

impl<Value: Cell> Cell for Option<Value> {
    #[inline(never)]
    fn read(cells: &mut Cells) -> Self {
        if cells.cells.as_slice().first().is_some_and(String::is_empty) {
            cells.next();
            return None;
        }
        Some(Value::read(cells))
    }
}

/// Cells that are one of several words.
pub trait WordCell: Copy + 'static {
    /// The words, in the order of the variants.
    const WORDS: &'static [&'static str];
    /// What each of them stands for.
    const ALL: &'static [Self];
}

/// The meaning of the next cell, one of the words of a [`WordCell`].
pub fn word<Word: WordCell>(cells: &mut Cells) -> Word {
    Word::ALL[cells.place(Word::WORDS)]
}

/// Declare the words that a column may hold: an enum, and each variant's text in table and JSON.
macro_rules! word_cell {
    ($(#[$meta:meta])* pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, )* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name { $( $(#[$variant_meta])* #[serde(rename = $word)] $variant, )* }

        impl $crate::domain::catalog::table::WordCell for $name {
            const WORDS: &'static [&'static str] = &[ $( $word, )* ];
            const ALL: &'static [$name] = &[ $( $name::$variant, )* ];
        }

        impl $crate::domain::catalog::table::Cell for $name {
            fn read(cells: &mut $crate::domain::catalog::table::Cells) -> Self {
                $crate::domain::catalog::table::word(cells)
            }
        }
    };
}
pub(super) use word_cell;

/// Declare a row: the struct, and how it is read from the cells of its columns.
macro_rules! table_row {
    ($(#[$meta:meta])* pub struct $name:ident { $( $(#[$field_meta:meta])* pub $field:ident: $type:ty, )* }) => {
        $(#[$meta])*
        pub struct $name { $( $(#[$field_meta])* pub $field: $type, )* }

        impl $crate::domain::catalog::table::TableRow for $name {
            const COLUMNS: &'static [&'static str] = &[ $( stringify!($field), )* ];

            fn read(cells: &mut $crate::domain::catalog::table::Cells) -> Self {
                $name { $( $field: $crate::domain::catalog::table::Cell::read(cells), )* }
            }
        }
    };
}
pub(super) use table_row;

/// The rows of a table that can be read; a test proves that all of the embedded ones can.
///
/// None where the columns are not those of the row.
pub fn rows<Row: TableRow>(table: &str) -> Vec<Row> {
    let mut records = records(table).into_iter();
    if records.next().is_none_or(|columns| columns != Row::COLUMNS) {
        return Vec::new();
    }
    rows_of(records)
}

/// The rows that can be read from their cells.
#[inline(never)]
pub fn rows_of<Row: TableRow>(records: std::vec::IntoIter<Vec<String>>) -> Vec<Row> {
    records.filter_map(|record| row(record).ok()).collect()
}

/// A row from its cells.
///
/// # Errors
/// One bit for each cell that is not what its column holds; the highest where there are too many cells.
#[inline(never)]
pub fn row<Row: TableRow>(record: Vec<String>) -> Result<Row, u64> {
    let mut cells = Cells { cells: record.into_iter(), at: 0, wrong: 0 };
    let row = Row::read(&mut cells);
    if cells.cells.len() > 0 {
        cells.wrong |= 1 << 63;
    }
    if cells.wrong == 0 { Ok(row) } else { Err(cells.wrong) }
}

/// The cells of each line; one in quotes may hold commas, lines, and quotes written twice. Blank lines
/// are left out, and the last line need not end.
pub fn records(table: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut characters = table.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            _ => cell.push(character),
        }
    }
    record.push(cell);
    records.push(record);
    records.retain(|record| record.len() > 1 || record.iter().any(|cell| !cell.is_empty()));
    records
}
