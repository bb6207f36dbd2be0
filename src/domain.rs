//! The core: pure, deterministic, knows no browser.
//!
//! [`evaluate`] takes valid [`input::Inputs`] and gives the whole [`evaluation::Evaluation`]: twelve
//! strategies screened, costed and compared, and the decision with its reasons. Data flows one way:
//! [`scenario::Scenario`] (what the user said) → inputs → cost models → findings → advice.
//!
//! # Assumptions
//!
//! - A month is 730.5 hours; month 0 holds the one-offs, undiscounted.
//! - A model keeps its list price until it retires; the yearly decline takes effect only at migrations.
//! - Own GPUs are sized for the peak hour of the week by closed forms with an error band.
//! - Hours and lead times of people are assumptions with ranges, the user's to change.
//! - Quality is what the user measured; nothing is ever made up.
//!
//! # Out of scope
//!
//! Taxes, contracts beyond the prices that the user states, currencies other than the US dollar, queueing beyond a planned load.

pub mod advice;
pub mod assess;
pub mod breakeven;
pub mod case;
pub mod catalog;
pub mod cost;
pub mod demand;
pub mod evaluation;
pub mod evidence;
pub mod flips;
pub mod hardware;
pub mod in_force;
pub mod input;
pub mod rules;
pub mod scenario;
pub mod sizing;
pub mod strategy;
pub mod units;
pub mod validation;
pub mod workload;

pub use assess::{evaluate, tco_over_volume};
