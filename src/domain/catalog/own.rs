//! Rows of the catalogue that somebody changed or added: a few cells laid over another row, or over a blank one.
//!
//! If the key of such a row is that of the row below, it stands in its place; with any other key it is a further row.
//! It says who entered it, has no date but the one entered, and is read and checked like the tables themselves, so
//! that the engine needs not know that it is there. A [`Layer`] holds the rows of one author and the catalogue with
//! them in it.
//!
//! Whatever is written may be hostile: a row that is not valid never gets into the catalogue.

mod author;
mod check;
mod columns;
mod layer;
mod overlay;
mod row;
mod table;

pub use author::Author;
pub use check::{CellError, CheckedRows, key_of, name_of};
pub use columns::{CellKind, Column, NumberKind};
pub use layer::{Below, Layer};
pub use row::OwnRow;
pub use table::Table;

#[cfg(test)]
pub(crate) mod tests;
