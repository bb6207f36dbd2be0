//! The decision, as data: screen → reference → use now → replace → pilots (method §11).
//!
//! Start with prompting and move only on clear evidence. Quality gates, cost decides among the proven, and
//! what is cheaper but unproven becomes a pilot. The order of strategies and rules changes nothing.
//! Nothing here is put into sentences: [`crate::domain::explain`] does that afterwards.

mod assess;
mod assessment;
mod choose;
mod comparable;
mod comparison;
mod curve;
mod deciding;
mod decision;
mod figures;
mod held;
mod lead;
mod one_rung;
mod outcome;
mod pilot;
mod pilots;
mod proving;
mod range;
mod reference;
mod rows;
mod saving;
mod screen;
mod stand_in;
mod stronger;
mod subject;
mod swings;
mod trial;
mod trial_cost;
mod trial_order;

pub use assessment::{
    Assessment, BudgetFigures, Cost, HALF_A_CENT, Hardware, PriceOfQuality, ReplicaMemory, RowUsed,
};
pub use choose::{Choice, MarginFrom, margin, margin_of, saves_enough};
pub use comparison::{Candidate, Comparison, Serves};
pub use curve::{CostPair, DecisionCurve};
pub use deciding::Deciding;
pub use decision::{Decided, Decision};
pub use figures::break_evens;
pub use held::HeldAgainst;
pub use lead::{Lead, Leads};
pub use one_rung::retrieval_is_reference;
pub use outcome::{NamedOutcome, Outcome};
pub use pilot::{Declined, Pilot, StrongerModel, Trials, WhyDeclined};
pub use range::{Range, Swing, Uncertain};
pub use screen::{Alone, alone};
pub use stand_in::StandIn;
pub use stronger::change_model;
pub use subject::{subject, tier};
pub use trial::{is_open_question, kept_from_trial, sum, trial_lines};
pub use trial_cost::{TrialCost, TrialItem, pilot_cost_lines};

use super::case::Case;
use super::cost::Setting;

/// Decide a case. Pure and deterministic; a few milliseconds.
pub fn decide(case: &Case) -> Decided {
    Decision::of(Setting::new(case)).with_figures().into()
}
