//! The core: pure, deterministic, knows no browser.
//!
//! [`answer()`] takes a [`case::Case`] and gives the whole [`answer::Answer`]: twelve strategies screened,
//! costed and compared, and the decision with its reasons. Data flows one way: [`scenario::Scenario`] (what the
//! user said) → case → costs → decision ([`decide`]) → the same asked again ([`what_if`]) → words ([`explain`]).
//!
//! # Assumptions
//!
//! - A month is 730.5 hours; month 0 holds the one-offs, undiscounted.
//! - A model keeps its list price until it retires; the yearly decline takes effect only at migrations.
//! - Calls that can wait take a batch or flex, whichever costs less; no others do, as neither promises a time. Priority is
//!   paid only where it is asked for.
//! - A model is paid in one way for the whole horizon: per token, by units of throughput, or by seats.
//! - Own GPUs are sized for the peak hour of the week by closed forms with an error band.
//! - Hours and lead times of people are assumptions with ranges, the user's to change.
//! - Quality is what the user measured; nothing is ever made up.
//!
//! # Out of scope
//!
//! Taxes, contracts beyond the prices that the user states, currencies other than the US dollar, queueing beyond a planned load.

pub mod units;
pub mod strategy;
pub mod evidence;
pub mod catalog;
pub mod input;
pub mod workload;
pub mod effort;
pub mod sizing;
pub mod validation;
pub mod hardware;
pub mod rules;
pub mod case;
pub mod scenario;
pub mod cost;
pub mod decide;
pub mod what_if;
pub mod explain;
pub mod answer;
pub mod update;
pub mod record;
pub mod side_by_side;
pub mod since;
pub mod workbook;
pub mod usage;
pub mod library;

pub use answer::answer;
