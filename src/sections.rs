//! The parts of the page, one file each.

pub mod all_flips;
pub mod answer;
pub mod charts;
pub mod evidence;
pub mod findings;
pub mod fit;
pub mod inputs;
pub mod masthead;
pub mod method;
pub mod notices;
pub mod paths;
pub mod plan;
pub mod rules;
pub mod story;
pub mod strategies;
pub mod why;
