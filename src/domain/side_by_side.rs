//! Several scenarios side by side: the inputs in which they differ, what each comes to, and both as rows of one table.
//!
//! A [`Side`] is read off one scenario and its answer; nothing of it depends on the others, so that their order changes
//! nothing but the order of the columns. Only what is told as a difference is held against the first.

mod answer_rows;
mod difference;
mod input_rows;
mod read;
mod side;
mod sides;
mod table;
mod title;
mod year_rows;

pub(in crate::domain) use input_rows::{input_rows, other_rows};
pub use read::{Asked, VOLUME, read};
pub use side::{Bill, Leading, Origin, Said, Side, Test};
pub use sides::{MONTHS_PER_YEAR, MOST_SIDES, SideBySide};
pub use table::rows;
pub use title::{notes, title};
