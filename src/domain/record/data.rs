//! What a record holds. Money is US dollars; a figure that is not known is absent, never zero.

use serde::{Deserialize, Serialize};

use super::sheet::{CashLine, CostSheet};

/// The record of one decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this form.
    pub record: u32,
    /// Name of the scenario.
    pub name: String,
    /// The day it was made, as the caller wrote it.
    pub date: Option<String>,
    /// Who hands it in.
    pub author: Option<String>,
    /// The link that opens the scenario again.
    pub link: Option<String>,
    /// What it was made with.
    pub versions: RecordVersions,
    /// The terms that every sum of money rests on.
    pub terms: Terms,
    /// The task as the user described it.
    pub context: Context,
    /// All strategies, by rung.
    pub options: Vec<OptionLine>,
    /// What is decided, and how sure that is.
    pub verdict: VerdictWords,
    /// The chain of the choice.
    pub steps: Vec<StepLine>,
    /// The rules that fired, each once.
    pub rules: Vec<RuleLine>,
    /// The money of the verdict, or of what stands for it, then of its rival; none where no cost is known.
    pub costs: Vec<CostSheet>,
    /// Inputs that bound who may see the data and how it may run.
    pub bounds: Vec<InputLine>,
    /// Who gets to see what, for the same strategies.
    pub exposure: Vec<ExposureLine>,
    /// The rows of the catalogue that these costs are read from.
    pub rows: Vec<RowLine>,
    /// Estimates with a range that these costs rest on.
    pub estimates: Vec<EstimateLine>,
    /// What would change the answer.
    pub changes: Changes,
    /// Where open measurements lead.
    pub path: Vec<PathLine>,
    /// Now, next and later.
    pub plan: Vec<PlanLine>,
    /// Every strategy but the verdict, and why not.
    pub alternatives: Vec<Alternative>,
    /// What is known of the quality of each strategy.
    pub evidence: Vec<EvidenceLine>,
    /// Tests that are proposed, in order.
    pub tests: Vec<TestLine>,
    /// The organisation's policy, if one is in force.
    pub policy: Option<PolicyLines>,
}

/// What a record was made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordVersions {
    /// Version of inputs and defaults.
    pub inputs: u32,
    /// Version of the catalogue.
    pub catalogue: u32,
    /// Day the catalogue was compiled, `YYYY-MM-DD`.
    pub catalogue_date: String,
    /// Version of formulas and rules.
    pub method: u32,
}

/// The terms that every sum rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// First month, `YYYY-MM`.
    pub start: String,
    /// Months of operation that are counted.
    pub horizon_months: usize,
    /// Rate by which later months are discounted, a fraction of one a year.
    pub discount_rate_a_year: f64,
    /// Requests in month 1.
    pub requests_per_month: f64,
    /// Growth of requests, a fraction of one a month.
    pub growth_per_month: f64,
}

/// The task as the user described it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// The published example that the scenario is, unchanged.
    pub example: Option<ExampleWords>,
    /// Inputs that differ from their defaults.
    pub stated: Vec<InputLine>,
    /// Inputs at their defaults on which a figure or the verdict depends.
    pub defaults: Vec<InputLine>,
    /// How many other inputs there are.
    pub without_effect: usize,
    /// Rows of the catalogue that the user changed or added.
    pub own_rows: Vec<String>,
}

/// Where an example comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleWords {
    /// Its name.
    pub name: String,
    /// The workload in two sentences.
    pub story: String,
    /// What is assumed in it.
    pub assumptions: Vec<String>,
    /// Documents that its figures come from.
    pub sources: Vec<String>,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputLine {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub label: String,
    /// The answer.
    pub value: String,
    /// Unit of a number, or what kind of answer it is.
    pub unit: String,
    /// Where the answer comes from.
    pub origin: String,
    /// What holds where nothing is stated, for what differs from it.
    pub default: Option<String>,
}

/// One strategy among the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionLine {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What to do about it.
    pub role: String,
    /// Total over the horizon in today's money, wrong answers included where they are priced and known.
    pub total_usd: Option<f64>,
    /// Likely low end of the total.
    pub low_usd: Option<f64>,
    /// Likely high end of the total.
    pub high_usd: Option<f64>,
    /// The total for 1,000 discounted requests.
    pub per_thousand_usd: Option<f64>,
    /// What of the total is the expected cost of wrong answers; absent where that is not priced or not known.
    #[serde(default)]
    pub errors_usd: Option<f64>,
    /// Why the cost is not known.
    pub cost_unknown: Option<String>,
    /// Weeks until it serves.
    pub lead_weeks: f64,
    /// Rules or steps that exclude it, by id.
    pub excluded_by: Vec<String>,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerdictWords {
    /// In one line.
    pub headline: String,
    /// In a few sentences.
    pub lede: String,
    /// Key of what is used now.
    pub use_now: Option<String>,
    /// Key of what follows it.
    pub later: Option<String>,
    /// How sure: low, medium or high.
    pub confidence: String,
    /// What that grade means.
    pub confidence_means: String,
    /// What it rests on, the weakest first.
    pub confidence_reasons: Vec<String>,
    /// What to relax where nothing fits.
    pub relaxations: Vec<String>,
}

/// One step of the choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepLine {
    /// Which step.
    pub stage: String,
    /// What came of it.
    pub summary: String,
    /// What that rests on; empty where the summary says it all.
    pub text: String,
    /// Rules that decided, by id.
    pub rules: Vec<String>,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleLine {
    /// Its id.
    pub rule: String,
    /// What it does.
    pub effect: String,
    /// The reason with the user's numbers.
    pub text: String,
    /// Names of the strategies for which it says this.
    pub strategies: Vec<String>,
    /// Where the rule comes from.
    pub source: String,
}

/// Who gets to see what with one strategy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExposureLine {
    /// Name of the strategy.
    pub strategy: String,
    /// What is used.
    pub what: String,
    /// Who runs it.
    pub party: String,
    /// What that party gets, or under which terms it is used.
    pub gets: String,
}

/// A row of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowLine {
    /// Its table.
    pub table: String,
    /// Its key.
    pub id: String,
    /// Its values with their units.
    pub values: Vec<String>,
    /// Where it was read.
    pub source: String,
    /// Month in which the source showed it, or the day the catalogue was compiled.
    pub as_of: String,
    /// How well it is supported.
    pub confidence: String,
}

/// An estimate with its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EstimateLine {
    /// What is estimated.
    pub label: String,
    /// The likely value.
    pub value: String,
    /// Low and high.
    pub range: String,
    /// Unit of all three.
    pub unit: String,
    /// Where it comes from, with date and support.
    pub source: String,
    /// What it does to the totals.
    pub effects: Vec<EffectLine>,
}

/// What an estimate does to one total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffectLine {
    /// Name of the strategy.
    pub strategy: String,
    /// What the total gains at the low end.
    pub at_low_usd: f64,
    /// What it gains at the high end.
    pub at_high_usd: f64,
}

/// What would change the answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// Inputs that were searched.
    pub searched: usize,
    /// Inputs of which some value changes the answer.
    pub changing: usize,
    /// The nearest changes of what to use.
    pub uses: Vec<String>,
    /// The nearest changes of what to test alone.
    pub tests: Vec<String>,
    /// Volumes at which a strategy and the verdict change places.
    pub volumes: Vec<String>,
}

/// One state of the path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathLine {
    /// When it comes to this.
    pub condition: String,
    /// What is decided there.
    pub verdict: String,
    /// What to do there.
    pub action: String,
    /// What that takes; empty where nothing.
    pub note: String,
    /// Why that is decided.
    pub reason: String,
    /// Cost for 1,000 requests there.
    pub per_thousand_usd: Option<f64>,
    /// What leads on: the event, and the place of the state in the list, from zero.
    pub next: Vec<(String, usize)>,
}

/// One step of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanLine {
    /// Now, next or later.
    pub when: String,
    /// When that is.
    pub term: String,
    /// What to do, or the trigger to watch.
    pub text: String,
}

/// A strategy that is not the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Its name.
    pub name: String,
    /// Why not, in a line.
    pub why_not: String,
    /// What would let it in where it is out, if anything would.
    pub lets_in: Option<String>,
    /// All that excludes it, each with the rule or step to find it by.
    pub excluded: Vec<(String, String)>,
}

/// What is known of the quality of one strategy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceLine {
    /// Name of the strategy.
    pub strategy: String,
    /// What is known.
    pub known: String,
    /// The bar it is held against.
    pub bar: String,
    /// What an evaluation has to come to, to decide.
    pub decides: String,
}

/// A test that is proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestLine {
    /// What is tested.
    pub name: String,
    /// What it takes.
    pub takes: String,
    /// What it gives.
    pub gives: String,
    /// What to do if it passes.
    pub if_passed: String,
    /// What to do if it fails.
    pub if_failed: String,
    /// What is known of its chance.
    pub chance: String,
    /// What its cost is made of.
    pub cost: Vec<CashLine>,
}

/// The policy in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyLines {
    /// Name of the organisation or of the file.
    pub name: String,
    /// Its rules.
    pub rules: Vec<PolicyRule>,
    /// Its defaults.
    pub defaults: Vec<String>,
    /// Its rows of the catalogue.
    pub rows: Vec<String>,
}

/// One rule of a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyRule {
    /// Its id.
    pub rule: String,
    /// What it does.
    pub effect: String,
    /// When it fires.
    pub condition: String,
    /// Its reason.
    pub text: String,
}
