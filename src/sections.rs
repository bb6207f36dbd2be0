//! The parts of the page, a file each; what a part is made of lies in its folder.

pub mod changes;
pub mod comparison;
pub mod contents;
pub mod evidence;
pub mod findings;
pub mod fit;
pub mod folds;
pub mod inputs;
pub mod masthead;
pub mod method;
pub mod money;
pub mod notices;
pub mod paper;
pub mod path;
pub mod plan;
pub mod record_sheet;
pub mod rules;
pub mod since;
pub mod story;
pub mod strategies;
pub mod twelve;
pub mod updating;
pub mod usage;
pub mod verdict;
pub mod volume;
pub mod why;
