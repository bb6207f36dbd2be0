//! What a provider's usage export says: read in slices, added up by month and model, and put beside the engine.
//!
//! [`Reader`] takes the bytes of a CSV or JSON export as they come and gives a [`Usage`]; [`UsageSummary`] tells a
//! month of it with the bill at catalogue prices, and [`entries`] makes a scenario's answers of it. Files may be
//! hostile: sizes are bounded, nothing panics, and what is wrong is said as a [`Problem`].

mod bill;
mod cells;
mod csv_rows;
mod json_rows;
mod limits;
mod matching;
mod meaning;
mod moment;
mod problem;
mod reader;
mod summary;
mod take_over;
mod tally;
mod words;

pub use bill::{ListBill, NoBill, list_bill};
pub use limits::MOST_BYTES;
pub use matching::catalogue_row;
pub use meaning::{Meaning, choices};
pub use problem::{Problem, RowProblem};
pub use reader::Reader;
pub use summary::{ModelUsage, Period, UsageSummary};
pub use take_over::{engine_bill, entries};
pub use tally::{LeftOut, Usage, UsageLine};
pub use words::engine_sentence;

#[cfg(test)]
mod tests;
