//! Scenarios that are kept, each under a name of its own: nothing here writes one over another.
//!
//! An entry holds its scenario as a text that this room does not read, so that one of a later program is kept, handed
//! on and deleted as well as any other.

mod entry;
mod file;
mod names;
mod saving;
mod taken;
#[cfg(test)]
mod tests;

pub use entry::{Broken, Entry, EntryId, MOST_ENTRIES, MOST_NAME_CHARS, MOST_NOTE_CHARS};
pub use file::{Library, Merged};
pub use names::{FIRST_NAME, free_name, given_name, this_tab};
pub use saving::{Saving, saving};
pub use taken::Taken;
