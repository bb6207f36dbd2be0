//! Bounds on what is read: beyond them a file is hostile or meant for something else.

/// Bytes of a file.
pub const MOST_BYTES: usize = 64 << 20;
/// Rows of a file.
pub const MOST_ROWS: usize = 1_000_000;
/// Columns of a row.
pub const MOST_COLUMNS: usize = 256;
/// Bytes of a row of CSV.
pub const MOST_ROW_BYTES: usize = 256 << 10;
/// Bytes of a record of JSON: a provider's day may hold thousands of results.
pub const MOST_RECORD_BYTES: usize = 4 << 20;
/// Bytes before the first line ends or the first brace opens.
pub const MOST_HEAD_BYTES: usize = 64 << 10;
/// Levels of nested JSON.
pub const MOST_DEPTH: usize = 64;
/// Different models.
pub const MOST_MODELS: usize = 500;
/// Bytes of a model's name.
pub const MOST_NAME_BYTES: usize = 200;
/// Different months.
pub const MOST_MONTHS: usize = 240;
/// Characters of a number.
pub const MOST_DIGITS: usize = 40;
/// Largest count of a row.
pub const LARGEST_COUNT: f64 = 1e15;
