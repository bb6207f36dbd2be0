//! Units and how they are written: calendar dates, numbers as people type them, and numbers as people read them.

mod cell;
mod date;
pub mod names;
mod notation;
mod number;
mod plain;
mod reading;
pub mod sheet;
pub mod words;

pub use cell::Cell;
pub use date::{Date, NotADate, YearMonth};
pub use notation::{NumberError, Readings, parse_number};
pub use number::{Unit, format_number};
pub use plain::{file_stem, is_plain, one_line, plain_text};
pub(in crate::domain) use reading::read_json;

/// Bytes in a gibibyte; device memory is counted in these.
pub const GIB: f64 = 1_073_741_824.0;
/// Bytes of a MiB.
pub const MIB: f64 = 1_048_576.0;
/// Bytes in a decimal gigabyte; bandwidths and marketing figures are counted in these.
pub const GB: f64 = 1e9;
/// Hours in a month, everywhere (method §3).
pub const HOURS_PER_MONTH: f64 = 730.5;
