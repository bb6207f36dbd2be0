//! People: build, upkeep, labels, retrains and migrations, charged by the same rules for all (method §6).

use super::build::Study;
use super::ledger::{Line, Lines};
use super::prices::{priced_in, retired_before};
use super::tokens::{CallPrice, TokenPrices};
use crate::domain::demand::Months;
use crate::domain::input::{Complexity, Inputs, LabelMethod, Skill};
use crate::domain::strategy::{Adaptation, Routing, Serving, Strategy, StrategyId};
use crate::domain::workload::{labels_needed, labels_needed_for_full};

/// Working hours of a year.
const HOURS_PER_YEAR: f64 = 2_080.0;
/// Weeks of a month of 730.5 hours.
pub const WEEKS_PER_MONTH: f64 = 730.5 / 168.0;

/// A part of a strategy that people build and run; shared parts are built once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Prompts and integration: every strategy has them.
    Prompt,
    /// Retrieval.
    Retrieval,
    /// Routing.
    Routing,
    /// Tuning at a provider.
    HostedTuning,
    /// Serving on own GPUs.
    SelfHosting,
    /// LoRA or QLoRA training.
    Adapter,
    /// Full fine-tuning.
    FullTuning,
    /// Training from scratch.
    Custom,
}

/// The parts of a strategy.
pub fn parts(strategy: &Strategy, retrieval: bool) -> Vec<Part> {
    let mut parts = vec![Part::Prompt];
    if retrieval || strategy.id == StrategyId::Rag {
        parts.push(Part::Retrieval);
    }
    if strategy.routing != Routing::None {
        parts.push(Part::Routing);
    }
    if strategy.serving == Serving::OwnGpus {
        parts.push(Part::SelfHosting);
    }
    match strategy.adaptation {
        Adaptation::Prompt => {}
        Adaptation::HostedTuning => parts.push(Part::HostedTuning),
        Adaptation::QLora | Adaptation::Lora => parts.push(Part::Adapter),
        Adaptation::Full => parts.push(Part::FullTuning),
        Adaptation::FromScratch => parts.push(Part::Custom),
    }
    parts
}

impl Part {
    /// Words for the derivation.
    pub const fn label(self) -> &'static str {
        match self {
            Part::Prompt => "prompts and integration",
            Part::Retrieval => "retrieval",
            Part::Routing => "routing",
            Part::HostedTuning => "hosted tuning",
            Part::SelfHosting => "own serving",
            Part::Adapter => "adapter training",
            Part::FullTuning => "full fine-tuning",
            Part::Custom => "training from scratch",
        }
    }

    /// Hours to build it, training runs of the first time and hiring included.
    pub fn build_hours(self, inputs: &Inputs) -> f64 {
        let team = &inputs.team;
        match self {
            Part::Prompt => team.prompt_build,
            Part::Retrieval => team.rag_build,
            Part::Routing => team.routing_build,
            Part::HostedTuning => team.hosted_tuning_build,
            Part::SelfHosting => {
                let hiring = if team.self_hosting_skill == Skill::None { team.hiring_share } else { 0.0 };
                team.self_host_build + hiring * HOURS_PER_YEAR
            }
            Part::Adapter => team.lora_build,
            Part::FullTuning => team.full_tuning_build,
            Part::Custom => team.custom_team_years * HOURS_PER_YEAR,
        }
    }

    /// Hours around one training run of it.
    pub fn run_hours(self, inputs: &Inputs) -> f64 {
        let team = &inputs.team;
        match self {
            Part::HostedTuning => team.hosted_tuning_per_experiment,
            Part::Adapter => team.lora_per_experiment,
            Part::FullTuning => team.full_tuning_per_experiment,
            _ => 0.0,
        }
    }

    /// Hours a month to keep it running.
    pub fn upkeep_hours(self, inputs: &Inputs) -> f64 {
        let team = &inputs.team;
        match self {
            Part::Prompt => team.prompt_upkeep,
            Part::Retrieval => team.rag_upkeep,
            Part::Routing => team.routing_upkeep,
            Part::SelfHosting => team.self_host_upkeep,
            _ => 0.0,
        }
    }
}

/// Hours of training runs of the first time.
pub fn experiment_hours(parts: &[Part], inputs: &Inputs) -> f64 {
    parts.iter().map(|part| part.run_hours(inputs)).sum::<f64>() * inputs.team.experiments
}

/// Time to market in weeks: the longest part.
pub fn lead_weeks(strategy: &Strategy, retrieval: bool, inputs: &Inputs) -> f64 {
    let team = &inputs.team;
    let of_part = |part: &Part| match part {
        Part::Prompt | Part::Routing => team.lead_time_prompt,
        Part::Retrieval => team.lead_time_rag,
        Part::HostedTuning => team.lead_time_hosted_tuning,
        Part::SelfHosting | Part::Adapter => team.lead_time_self_hosted,
        Part::FullTuning => team.lead_time_full_tuning,
        Part::Custom => team.lead_time_custom,
    };
    parts(strategy, retrieval).iter().map(of_part).fold(0.0, f64::max)
}

/// Labelled examples a strategy trains on at least; zero if it does not train.
pub fn labels_for(strategy: &Strategy, inputs: &Inputs) -> f64 {
    match strategy.adaptation {
        Adaptation::Prompt => 0.0,
        Adaptation::Full | Adaptation::FromScratch => labels_needed_for_full(),
        _ => labels_needed(inputs),
    }
}

/// Labels still to be made for a strategy.
pub fn labels_missing(strategy: &Strategy, inputs: &Inputs) -> f64 {
    (labels_for(strategy, inputs) - inputs.data.labels).max(0.0)
}

/// US dollars for one label made by people, review included: price × (1 + review share).
pub fn label_price_of_people(inputs: &Inputs) -> f64 {
    first_pass_usd(inputs) * (1.0 + inputs.team.label_review_share)
}

/// What people ask for one label, before its review.
fn first_pass_usd(inputs: &Inputs) -> f64 {
    inputs.data.label_cost.unwrap_or(match inputs.work.complexity {
        Complexity::Simple => inputs.team.label_cost_simple,
        Complexity::Complex => inputs.team.label_cost_complex,
    })
}

impl Study<'_> {
    /// US dollars for one label, review included.
    ///
    /// By people: price × (1 + review share). By the API model: its tokens, and people redo the review share.
    ///
    /// # Errors
    /// Why the price of the model that makes the labels is not known.
    pub(super) fn label_price(&self) -> Result<f64, String> {
        let inputs = self.inputs;
        match inputs.data.label_method {
            LabelMethod::People => Ok(label_price_of_people(inputs)),
            LabelMethod::LargeModel => {
                let tokens = self.workload.prompted(inputs.models.reasoning_multiplier_api);
                let prices = self.first_api_prices()?;
                let tokens_usd = CallPrice::of(&tokens, &prices, 0.0).at(0.0);
                Ok(tokens_usd + first_pass_usd(inputs) * inputs.team.label_review_share)
            }
        }
    }

    /// What the API model costs as the work begins: a model that is gone by then makes no labels.
    fn first_api_prices(&self) -> Result<TokenPrices, String> {
        let model = &self.inputs.models.api_model;
        let unknown = || format!("the price of {model}, which makes the labels, is not known");
        let row = self.api_model().map_err(|_| unknown())?;
        if let Some(date) = retired_before(row, &self.months) {
            return Err(format!("{model}, which makes the labels, retired on {date}"));
        }
        priced_in(row, self.months.calendar(1), self.case).ok_or_else(unknown)
    }
}

/// What decides the fixed costs of a strategy beside its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedTerms<'a> {
    /// Its parts.
    pub parts: &'a [Part],
    /// Parts that exist already: today's set-up.
    pub sunk: &'a [Part],
    /// Whether the evaluation set exists already.
    pub evaluation_sunk: bool,
    /// Labels to make.
    pub labels_usd: f64,
    /// First ledger month of its own operation.
    pub own_from: usize,
    /// Ledger months in which its model retires.
    pub migrations: &'a [usize],
    /// Whether it trains, and so retrains.
    pub retrains: bool,
    /// Whether it serves on own GPUs.
    pub on_own_gpus: bool,
    /// Whether it is a candidate beside the reference, which pays its own evaluation.
    pub further_candidate: bool,
}

/// Costs of people, labels and evaluation by ledger month from 0.
pub fn fixed_costs(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> Vec<Lines> {
    let rate = inputs.team.hourly_rate;
    let re_evaluation = inputs.team.re_evaluation * rate;
    let mut fixed = vec![Lines::default(); months.horizon + 1];
    let built: Vec<Part> = terms.parts.iter().filter(|part| !terms.sunk.contains(part)).copied().collect();
    let build_hours: f64 = built.iter().map(|part| part.build_hours(inputs)).sum();
    if let Some(first) = fixed.first_mut() {
        first.add(Line::PeopleBuild, (build_hours + experiment_hours(&built, inputs)) * rate);
        first.add(Line::Labels, terms.labels_usd);
        if !terms.evaluation_sunk {
            first.add(Line::Evaluation, inputs.team.eval_set * rate);
        }
        if terms.further_candidate {
            first.add(Line::Evaluation, re_evaluation);
        }
    }
    let monthly = monthly_hours(terms.parts, inputs) * rate + on_call(terms.on_own_gpus, inputs);
    for (month, lines) in fixed.iter_mut().enumerate().skip(terms.own_from) {
        lines.add(Line::PeopleRun, monthly);
        if terms.retrains && is_retrain(month, terms.own_from, months, inputs) {
            let run_hours: f64 = terms.parts.iter().map(|part| part.run_hours(inputs)).sum();
            lines.add(Line::PeopleRun, run_hours * rate);
            lines.add(Line::Evaluation, re_evaluation);
        }
    }
    for month in
        terms.migrations.iter().filter(|month| **month >= terms.own_from && **month <= months.horizon)
    {
        fixed[*month].add(Line::PeopleRun, inputs.team.migration * rate);
        fixed[*month].add(Line::Evaluation, re_evaluation);
    }
    fixed
}

/// Hours a month to keep the parts running, without retrains.
pub fn monthly_hours(parts: &[Part], inputs: &Inputs) -> f64 {
    parts.iter().map(|part| part.upkeep_hours(inputs)).sum()
}

/// US dollars a month for people on call.
pub fn on_call(on_own_gpus: bool, inputs: &Inputs) -> f64 {
    if on_own_gpus && inputs.constraints.round_the_clock { inputs.team.on_call_usd } else { 0.0 }
}

/// Whether a tuned model is trained again in this ledger month: at each interval, but not in the last month.
pub fn is_retrain(month: usize, own_from: usize, months: &Months, inputs: &Inputs) -> bool {
    let interval = crate::domain::demand::whole_months(inputs.team.retrain_interval);
    month > own_from && month < months.horizon && (month - own_from).is_multiple_of(interval)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;
    use crate::domain::catalog::own::{OwnRow, Table};
    use crate::domain::cost::Unpriced;
    use crate::domain::scenario::{OwnRows, Scenario};
    use crate::domain::units::YearMonth;

    fn terms<'a>(parts: &'a [Part], own_from: usize) -> FixedTerms<'a> {
        FixedTerms {
            parts,
            sunk: &[],
            evaluation_sunk: false,
            labels_usd: 0.0,
            own_from,
            migrations: &[],
            retrains: false,
            on_own_gpus: false,
            further_candidate: false,
        }
    }

    #[test]
    fn prompting_costs_its_build_its_upkeep_and_its_evaluation() {
        let inputs = Inputs::default();
        let months = Months::of(&inputs);
        let fixed = fixed_costs(&terms(&[Part::Prompt], 1), &months, &inputs);
        assert_eq!(fixed[0].get(Line::PeopleBuild), 8_000.0);
        assert_eq!(fixed[0].get(Line::Evaluation), 6_000.0);
        assert_eq!(fixed[1].total(), 800.0);
        assert_eq!(fixed.len(), 25);
    }

    #[test]
    fn a_migration_pays_its_hours_and_a_re_evaluation() {
        let inputs = Inputs::default();
        let months = Months::of(&inputs);
        let fixed =
            fixed_costs(&FixedTerms { migrations: &[18, 99], ..terms(&[Part::Prompt], 1) }, &months, &inputs);
        assert_eq!(fixed[18].total() - fixed[17].total(), 2_400.0 + 1_600.0);
    }

    #[test]
    fn retrains_follow_the_cut_over_and_spare_the_last_month() {
        let inputs = Inputs::default();
        let months = Months::of(&inputs);
        let retrains: Vec<usize> = months.running().filter(|m| is_retrain(*m, 3, &months, &inputs)).collect();
        assert_eq!(retrains, [9, 15, 21]);
        let first_month: Vec<usize> =
            months.running().filter(|m| is_retrain(*m, 1, &months, &inputs)).collect();
        assert_eq!(first_month, [7, 13, 19]);
    }

    #[test]
    fn a_missing_skill_is_hired_once() {
        let mut inputs = Inputs::default();
        let before = Part::SelfHosting.build_hours(&inputs);
        inputs.team.self_hosting_skill = Skill::None;
        assert_eq!(Part::SelfHosting.build_hours(&inputs) - before, 520.0);
    }

    #[test]
    fn only_missing_labels_are_paid_for() {
        let mut inputs = Inputs::default();
        let lora = StrategyId::Lora.strategy();
        assert_eq!(labels_missing(lora, &inputs), 0.0);
        inputs.work.complexity = Complexity::Complex;
        assert_eq!(labels_missing(lora, &inputs), 700.0);
        assert_eq!(labels_missing(StrategyId::Full.strategy(), &inputs), 9_700.0);
        assert_eq!(labels_missing(StrategyId::Prompt.strategy(), &inputs), 0.0);
        let case = Case::from(inputs);
        let built = Study::new(&case).build(lora, None);
        assert!((built.labels_usd - 700.0 * 1.5 * 1.15).abs() < 1e-9);
    }

    #[test]
    fn labels_of_a_large_model_cost_its_tokens_at_the_price_that_is_paid() {
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        inputs.data.label_method = LabelMethod::LargeModel;
        (inputs.models.api_input_price, inputs.models.api_output_price) = (Some(0.0), Some(20.0));
        let study = Study::new(&case);
        let inputs = &case.inputs;
        let review = inputs.team.label_cost_simple * inputs.team.label_review_share;
        let output = study.workload.prompted(inputs.models.reasoning_multiplier_api).output;
        let price = study.label_price().unwrap();
        assert!((price - (output * 20.0 / 1e6 + review)).abs() < 1e-12, "{price}");
    }

    #[test]
    fn labels_of_a_model_without_a_price_make_the_cost_unknown_where_some_are_missing() {
        let unpriced = OwnRow {
            table: Table::ApiModels,
            like: Some("gpt-6.1-sol".to_owned()),
            set: [("output_usd_per_m".to_owned(), String::new())].into(),
        };
        let rows = OwnRows::over(None, vec![unpriced]).0;
        let mut case = Scenario { rows, ..Scenario::default() }.case().unwrap();
        case.inputs.data.label_method = LabelMethod::LargeModel;
        let cost = |case: &Case| Study::new(case).build(StrategyId::Lora.strategy(), None).model;
        assert!(cost(&case).is_ok(), "there are labels enough");
        case.inputs.data.labels = 10.0;
        let Err(Unpriced::Unknown(why)) = cost(&case) else { panic!("a price that nobody knows") };
        assert!(why.contains("gpt-6.1-sol, which makes the labels"), "{why}");
        case.inputs.data.label_method = LabelMethod::People;
        assert!(cost(&case).is_ok());
    }

    #[test]
    fn a_model_that_is_gone_before_the_work_begins_makes_no_labels() {
        let mut case = Case::default();
        case.inputs.data.label_method = LabelMethod::LargeModel;
        "gpt-5".clone_into(&mut case.inputs.models.api_model);
        assert!(Study::new(&case).label_price().is_ok());
        case.inputs.economics.start = YearMonth { year: 2027, month: 6 };
        let why = Study::new(&case).label_price().unwrap_err();
        assert!(why.contains("gpt-5, which makes the labels, retired on 2026-12-11"), "{why}");
    }
}
