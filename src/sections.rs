//! The parts of the page, one file each.

pub mod all_flips;
pub mod answer;
pub mod inputs;
pub mod masthead;
pub mod notices;
pub mod story;
