//! What is known about one strategy under the inputs: data, without a sentence.

use std::sync::Arc;

use super::comparable::compares_errors;
use super::deciding::Deciding;
use super::range::{Range, Swing};
use crate::domain::catalog::own::Table;
use crate::domain::cost::{BreakEven, Crossing};
use crate::domain::cost::{CostModel, Ledger, Line, Payment};
use crate::domain::evidence::QualityState;
use crate::domain::rules::Fired;
use crate::domain::strategy::{Exclusion, StrategyId};

/// Costs that differ by less are the same, US dollars: nobody pays half a cent.
pub const HALF_A_CENT: f64 = 0.005;

/// A row of the catalogue: its table and its key.
pub type RowUsed = (Table, String);

/// What is known about one strategy under these inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Its key.
    pub id: StrategyId,
    /// Its name here, such as "LoRA, self-hosted + retrieval".
    pub name: String,
    /// Its rung here: retrieval takes rung 1 where there is knowledge to look up.
    pub rung: u8,
    /// Why it is out; empty if it survives the screen.
    pub out: Vec<Exclusion>,
    /// What is known about its quality.
    pub quality: QualityState,
    /// Measured to fail, and for a prompted strategy after a real attempt: clear evidence.
    pub clearly_fails: bool,
    /// Its cost, or why it is unknown.
    pub cost: Result<Cost, String>,
    /// Where its total is likely to lie, if its cost is known; read off once the choice is made.
    pub range: Option<Range>,
    /// What each uncertain figure does to its total, those left out that do nothing.
    pub swings: Vec<Swing>,
    /// What an evaluation of it has to come to, to decide; `None` where something else keeps it out.
    pub deciding: Option<Deciding>,
    /// The hardware it serves on, if any; read off once the choice is made, which does not depend on it.
    pub hardware: Option<Hardware>,
    /// How the models of providers that it calls are paid in month 1; read off once the choice is made.
    pub payments: Vec<Payment>,
    /// The rows of the catalogue that its cost is read from, those of what serves until it is ready among them; read off
    /// once the choice is made.
    pub rows: Vec<RowUsed>,
    /// Time to market, in weeks.
    pub lead_weeks: f64,
    /// Maintainability: people's hours a month to keep it running.
    pub hours_per_month: f64,
    /// Crossings of its cost with the reference's over volume; `None` for the reference itself or where a cost is
    /// unknown. Read off once the choice is made, which does not depend on them.
    pub break_even: Option<BreakEven>,
    /// The rules that fired, in the order in which they speak.
    pub fired: Vec<Fired>,
    /// Everything that decides its cost at any volume, if that is known: curves are read off it.
    pub model: Option<Arc<CostModel>>,
}

impl Assessment {
    /// Whether nothing excludes it.
    pub fn survives(&self) -> bool {
        self.out.is_empty()
    }

    /// What is shown as its total, if known: with wrong answers where they are priced and known, US dollars.
    pub fn total(&self) -> Option<f64> {
        self.cost.as_ref().ok().map(Cost::total)
    }

    /// Total cost of ownership in US dollars, if known.
    pub fn tco(&self) -> Option<f64> {
        self.cost.as_ref().ok().map(|cost| cost.tco)
    }

    /// Its cost and that of another in the same terms, US dollars: wrong answers count only if both are known.
    pub fn costs_beside(&self, other: &Assessment) -> Option<(f64, f64)> {
        let (own, its) = (self.cost.as_ref().ok()?, other.cost.as_ref().ok()?);
        let with_errors = match (&self.model, &other.model) {
            (Some(own), Some(its)) => compares_errors(own, its),
            _ => false,
        };
        let errors = |errors: Option<f64>| if with_errors { errors.unwrap_or(0.0) } else { 0.0 };
        Some((own.tco + errors(own.errors), its.tco + errors(its.errors)))
    }

    /// The first crossing beyond the present volume at which it becomes cheaper than the reference.
    pub fn next_crossing(&self, today: f64) -> Option<&Crossing> {
        let crossings = &self.break_even.as_ref()?.crossings;
        crossings.iter().find(|crossing| crossing.cheaper_above && crossing.volume > today)
    }

    /// The volume from which it is cheaper than the reference as it is said, requests a month: of several crossings
    /// the last, from which it is cheaper for good; `None` where it ends up dearer.
    pub fn cheaper_from(&self, today: f64) -> Option<f64> {
        let last = self.break_even.as_ref()?.crossings.last()?;
        (last.cheaper_above && last.volume > today).then(|| last.said())
    }
}

/// The figures of a known cost; all US dollars.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Month × line.
    pub ledger: Ledger,
    /// Net present value over the horizon: the money that is paid, wrong answers apart.
    pub tco: f64,
    /// Expected cost of wrong answers over the horizon, where quality and cost per error are known.
    pub errors: Option<f64>,
    /// TCO with the bands of serving speed and training hours at their cheap and at their dear end; equal to `tco` but for
    /// rounding without own GPUs.
    pub tco_band: (f64, f64),
    /// Sum without discounting.
    pub undiscounted: f64,
    /// TCO over discounted requests.
    pub per_request: f64,
    /// What one more request costs at this volume: the running cost without fixed parts.
    pub marginal_per_request: f64,
    /// TCO over discounted input and output tokens, per million.
    pub per_million_tokens: f64,
    /// TCO over discounted right answers, where the quality is measured or stated.
    pub per_accepted: Option<f64>,
    /// First month from which its cumulative cost is at most the reference's for good; `None`: never, or it is the
    /// reference.
    pub payback_month: Option<usize>,
    /// Running cost of month 1 of its own operation.
    pub monthly_now: f64,
    /// Running cost of the last month.
    pub monthly_at_horizon: f64,
    /// One-offs, hardware purchase included where cards are bought.
    pub upfront: f64,
    /// What budgets have to hold, and what comes beside.
    pub budget: BudgetFigures,
    /// For a cheaper strategy without known quality: what quality its saving buys.
    pub price_of_quality: Option<PriceOfQuality>,
}

impl Cost {
    /// What of the total is people's hours: to build, to run, to evaluate, US dollars.
    pub fn people(&self) -> f64 {
        let lines = self.ledger.by_line();
        [Line::PeopleBuild, Line::PeopleRun, Line::Evaluation].into_iter().map(|line| lines.get(line)).sum()
    }

    /// What it comes to: the bill, and wrong answers where they are priced and known, US dollars.
    pub fn total(&self) -> f64 {
        self.tco + self.errors.unwrap_or(0.0)
    }
}

/// What budgets have to hold by the scope that the user gave them; US dollars (method §7).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct BudgetFigures {
    /// What falls due before launch, bought cards included.
    pub upfront: f64,
    /// The dearest ordinary month: without migrations and retrains, and without capital of cards that were bought before.
    pub ordinary_month: f64,
    /// Which ledger month that is; 0 without months.
    pub ordinary_month_is: usize,
    /// Each ledger month with a migration or retrain, and what these come to in it.
    pub occasions: Vec<(usize, f64)>,
    /// The dearest of those months in all; zero without one.
    pub occasional_month: f64,
}

/// The extra wrong answers at which a saving is gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceOfQuality {
    /// Saving against the holder, per request, in US dollars.
    pub saving_per_request: f64,
    /// Extra wrong answers per request at which it is gone; `None` without a cost per error.
    pub extra_error_share: Option<f64>,
}

/// Memory of one replica, on all its GPUs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplicaMemory {
    /// Weights, GiB.
    pub weights_gib: f64,
    /// Attention cache of the calls in flight, GiB.
    pub kv_gib: f64,
    /// Runtime of the engine, GiB.
    pub runtime_gib: f64,
    /// Memory that the engine may fill, GiB.
    pub usable_gib: f64,
    /// Calls in flight.
    pub calls_in_flight: f64,
    /// Users at once that it holds, each with the context that is stated; `None` where no such load is stated.
    pub users_held: Option<f64>,
}

/// A serving hardware choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Hardware {
    /// GPU name in the catalogue.
    pub gpu: String,
    /// GPUs of one replica.
    pub gpus_per_replica: u32,
    /// Where the memory of one replica goes.
    pub memory: ReplicaMemory,
    /// Replicas at the peak of month 1 and of the last month.
    pub peak_replicas: (f64, f64),
    /// GPUs that must exist for the peak of month 1: likely low, likely and likely high.
    pub peak_gpus: (f64, f64, f64),
    /// The same for the last month.
    pub peak_gpus_at_horizon: (f64, f64, f64),
    /// Precision of the weights.
    pub precision: &'static str,
    /// Output tokens per second of one replica, with its band.
    pub tokens_per_second: (f64, f64, f64),
    /// Whether that is the user's measurement, which has no band.
    pub measured: bool,
    /// Share of the paid GPU time that month 1 uses.
    pub utilisation: f64,
    /// Price of a GPU-hour in US dollars and its source; `None` where bought.
    pub usd_per_gpu_hour: Option<f64>,
    /// Title, date and confidence of price and specification.
    pub source: String,
}
