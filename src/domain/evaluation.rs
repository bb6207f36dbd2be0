//! The whole answer: what the page and the command line show.

use super::breakeven::BreakEven;
use super::cost::Ledger;
use super::evidence::{Evidence, QualityState};
use super::input::{Value, evidence_input};
use super::rules::Finding;
use super::strategy::{Exclusion, StrategyId};
use super::units::YearMonth;

/// Version of the method: formulas and rules of one version never change.
pub const METHOD_VERSION: u32 = 1;

/// Everything that was computed for one set of inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// One assessment for each strategy, by rung.
    pub strategies: Vec<Assessment>,
    /// The decision.
    pub advice: Advice,
    /// Requests in month 1 to the horizon, discounted: the denominator of a price per request.
    pub discounted_requests: f64,
}

impl Evaluation {
    /// The assessment of one strategy.
    pub fn get(&self, id: StrategyId) -> Option<&Assessment> {
        self.strategies.iter().find(|assessment| assessment.id == id)
    }
}

/// What is known about one strategy under these inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Its key.
    pub id: StrategyId,
    /// Its name here, such as "LoRA, self-hosted + retrieval".
    pub name: String,
    /// Its rung here: retrieval takes rung 1 where the task needs it.
    pub rung: u8,
    /// Why it is out; empty if it survives the screen.
    pub out: Vec<Exclusion>,
    /// What is known about its quality.
    pub quality: QualityState,
    /// Measured to fail, and for a prompted strategy after a real attempt: clear evidence.
    pub clearly_fails: bool,
    /// Its cost, or why it is unknown.
    pub cost: Result<Cost, String>,
    /// The hardware it serves on, if any.
    pub hardware: Option<Hardware>,
    /// Time to market, in weeks.
    pub lead_weeks: f64,
    /// Maintainability: people's hours a month to keep it running.
    pub hours_per_month: f64,
    /// Crossings of its cost with the reference's over volume; `None` for the reference itself or where a cost is unknown.
    pub break_even: Option<BreakEven>,
    /// Findings for, against, and warnings.
    pub findings: Vec<Finding>,
    /// One line: the rule or difference that decided, and what would make it win.
    pub why_not: String,
}

impl Assessment {
    /// Whether nothing excludes it.
    pub fn survives(&self) -> bool {
        self.out.is_empty()
    }

    /// Total cost of ownership in US dollars, if known.
    pub fn tco(&self) -> Option<f64> {
        self.cost.as_ref().ok().map(|cost| cost.tco)
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
    /// First month in which its cumulative cost is below the reference's for good; `None`: never, or it is the reference.
    pub payback_month: Option<usize>,
    /// Running cost of month 1 of its own operation.
    pub monthly_now: f64,
    /// Running cost of the last month.
    pub monthly_at_horizon: f64,
    /// One-offs, hardware purchase included where cards are bought.
    pub upfront: f64,
    /// For a cheaper strategy without known quality: what quality its saving buys.
    pub price_of_quality: Option<PriceOfQuality>,
    /// How each line came about: text, formula and source.
    pub derivation: Vec<Derivation>,
}

/// The extra wrong answers at which a saving is gone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceOfQuality {
    /// Saving against the holder, per request, in US dollars.
    pub saving_per_request: f64,
    /// Extra wrong answers per request at which it is gone; `None` without a cost per error.
    pub extra_error_share: Option<f64>,
}

/// How one amount of the ledger came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Which line it explains.
    pub line: super::cost::Line,
    /// The computation in words with the user's numbers.
    pub text: String,
    /// The formula's name in the method, such as "method §4".
    pub formula: &'static str,
    /// Title, date and confidence of the prices used.
    pub source: String,
}

/// A serving hardware choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Hardware {
    /// GPU name in the catalogue.
    pub gpu: String,
    /// GPUs of one replica.
    pub gpus_per_replica: u32,
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

/// A run of text with a role: the page colours it, a report does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// What they are.
    pub role: Role,
}

/// The role of a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain words.
    Plain,
    /// A number or name of the verdict.
    Verdict,
    /// A number or name of its best rival.
    Rival,
    /// Stressed.
    Strong,
}

/// The decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The lowest rung that survives the constraints, evidence disregarded.
    pub reference: Option<StrategyId>,
    /// What to use now; `None`: nothing proven, or nothing fits.
    pub use_now: Option<StrategyId>,
    /// What is measured to replace it once it is built, after the launch.
    pub later: Option<StrategyId>,
    /// Whether that is yet to be built: the headline says to build it, not to use it.
    pub builds: bool,
    /// The best other strategy: the cheapest survivor that is not used now.
    pub rival: Option<StrategyId>,
    /// Proposed pilots in order; at most three are for the page, the rest on request.
    pub pilots: Vec<Pilot>,
    /// Trials that do not pay at the chance the user set, each with the chance at which it would.
    pub declined: Vec<(StrategyId, f64)>,
    /// The verdict as a headline, such as "Keep prompting an API model."
    pub headline: String,
    /// The verdict's two decisive numbers and the pilots in a few sentences.
    pub lede: Vec<Span>,
    /// One line for a narrow screen.
    pub short: String,
    /// How sure.
    pub confidence: Sureness,
    /// Why that sure, one phrase each.
    pub confidence_reasons: Vec<String>,
    /// The chain screen → reference → use now → replace → pilots.
    pub trace: Vec<Step>,
    /// Now, next and later.
    pub plan: Vec<PlanStep>,
    /// If nothing fits: what to relax, each with the strategy it lets in.
    pub relaxations: Vec<Relaxation>,
}

/// What would have to give for a strategy to be possible; tried, so that it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxation {
    /// The strategy that it lets in.
    pub strategy: StrategyId,
    /// Its name and what has to give, in words.
    pub text: String,
    /// The same as changes of inputs: id and value.
    pub changes: Vec<(&'static str, Value)>,
    /// Rules of the organisation's policy that have to give as well, by id.
    pub waived_rules: Vec<String>,
}

/// How sure a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Sureness {
    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Sureness::Low => "low",
            Sureness::Medium => "medium",
            Sureness::High => "high",
        }
    }
}

/// A cheap trial that could change the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Pilot {
    /// What to try.
    pub strategy: StrategyId,
    /// Its name, with the model where it is not the chosen one.
    pub name: String,
    /// Money spent before its quality is known, US dollars: the sum of its lines.
    pub cost: f64,
    /// What it is spent on, in words, and US dollars; none of them is zero.
    pub cost_lines: Vec<(String, f64)>,
    /// What it saves over the horizon if it meets the bar, US dollars; `None` without a present holder.
    pub saving: Option<f64>,
    /// The chance of meeting the bar at which the trial pays.
    pub break_even_chance: Option<f64>,
    /// Share right that the move takes where that is more than the bar: with wrong answers priced, a saving is
    /// gone before the bar is.
    pub needs_share: Option<f64>,
    /// What to do if it passes.
    pub if_passed: String,
    /// What to do if it fails.
    pub if_failed: String,
    /// What is known about its chance, with source.
    pub chance_note: String,
}

/// One step of the decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Screen, reference, use now, replace or pilots.
    pub stage: &'static str,
    /// What came of it.
    pub text: String,
    /// What was compared: a strategy or a figure, and what was found of it.
    pub compared: Vec<(String, String)>,
    /// Rules that decided, by id.
    pub rules: Vec<String>,
}

/// One step of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// Now, next or later.
    pub when: &'static str,
    /// What to do, or the trigger to watch.
    pub text: String,
    /// The event that the step waits for, if it is one that an input can tell.
    pub trigger: Option<Trigger>,
}

/// An event that reopens the decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trigger {
    /// A number reaches a value from below.
    Reaches {
        /// Id of the input.
        input: &'static str,
        /// The value.
        to: f64,
    },
    /// A number passes a value from below.
    Rises {
        /// Id of the input.
        input: &'static str,
        /// The value.
        to: f64,
    },
    /// A number falls to a value.
    Falls {
        /// Id of the input.
        input: &'static str,
        /// The value.
        to: f64,
    },
    /// What is in use fails the bar: no more than so many right.
    Fails {
        /// What is in use.
        strategy: StrategyId,
        /// Most right answers at which it clearly fails.
        correct: u32,
        /// Of so many examples.
        total: u32,
    },
    /// A month of the calendar comes.
    Date(YearMonth),
}

impl Trigger {
    /// The event as a change of one input, to try what it does to the answer: id and value.
    ///
    /// Numbers that are passed are rounded away from the present, so that they read well and the event has happened.
    pub fn trial(self) -> (&'static str, Value) {
        match self {
            Trigger::Reaches { input, to } => (input, Value::Number(to)),
            Trigger::Rises { input, to } => (input, Value::Number(rounded(to * PAST, libm::ceil))),
            Trigger::Falls { input, to } => (input, Value::Number(rounded(to, libm::floor))),
            Trigger::Fails { strategy, correct, total } => {
                let evidence = Evidence::Counted { correct, total };
                (evidence_input(strategy), Value::Evidence(evidence))
            }
            // Once the month is over.
            Trigger::Date(month) => ("start", Value::Month(month.plus_months(1))),
        }
    }
}

/// A value that is passed is passed by this factor.
const PAST: f64 = 1.0 + 1e-6;
/// Sizes that are rounded; no input is larger.
const ROUNDABLE: std::ops::Range<f64> = 1e-12..1e15;
/// Digits of a value to try.
const TRIAL_DIGITS: i32 = 3;

/// A number to a few digits, up or down.
fn rounded(number: f64, round: fn(f64) -> f64) -> f64 {
    if !ROUNDABLE.contains(&number) {
        return number.min(f64::MAX);
    }
    let exponent = TRIAL_DIGITS - 1 - libm::floor(libm::log10(number)) as i32;
    // A power with a positive exponent is exact, so the result is the float nearest to the digits.
    let power = libm::pow(10.0, f64::from(exponent.abs()));
    match exponent {
        // A share: in percent first, as a field reads what is typed.
        _ if number < 1.0 => round(number * power) / (power / 100.0) / 100.0,
        exponent if exponent >= 0 => round(number * power) / power,
        _ => round(number / power) * power,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_has_three_digits_and_lies_beyond_the_event() {
        let tried = |trigger: Trigger| match trigger.trial().1 {
            Value::Number(number) => number,
            other => unreachable!("{other:?}"),
        };
        let rises = |to: f64| tried(Trigger::Rises { input: "requests_per_month", to });
        let falls = |to: f64| tried(Trigger::Falls { input: "knowledge_tokens", to });
        assert_eq!(
            (rises(1_234_567.0), rises(180_000.0), rises(0.5)),
            (1_240_000.0, 181_000.0, 50.1 / 100.0)
        );
        assert_eq!((falls(195_432.0), falls(200_000.0), falls(0.0)), (195_000.0, 200_000.0, 0.0));
        assert!(rises(f64::MAX).is_finite() && rises(f64::MIN_POSITIVE) > 0.0);
    }
}
