//! People: build, upkeep, labels, retrains and migrations, charged by the same rules for all (method §6).

use super::ledger::{Line, Lines};
use super::prices::{priced_in, retired_before};
use super::rates::TokenPrices;
use super::service::Service;
use super::setting::Setting;
use super::tokens::{CallPrice, Hits};
use crate::domain::catalog::model_name;
use crate::domain::effort::{
    Part, evaluation_set_hours, first_hours, labels_missing, migration_hours, monthly_hours,
    re_evaluation_hours,
};
use crate::domain::input::{Complexity, Inputs, LabelMethod};
use crate::domain::strategy::Strategy;
use crate::domain::workload::{Caching, Months, whole_months};

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

/// US dollars for one label, review included.
///
/// By people: price × (1 + review share). By the API model: its tokens, and people redo the review share.
///
/// # Errors
/// Why the price of the model that makes the labels is not known.
pub fn label_price(setting: &Setting) -> Result<f64, String> {
    let inputs = setting.inputs;
    match inputs.data.label_method {
        LabelMethod::People => Ok(label_price_of_people(inputs)),
        LabelMethod::LargeModel => {
            let prices = first_api_prices(setting)?;
            let tokens_usd =
                CallPrice::of(&setting.api_tokens(), &prices, &Caching::NONE, &Service::STANDARD)
                    .at(Hits::default());
            Ok(tokens_usd + first_pass_usd(inputs) * inputs.team.label_review_share)
        }
    }
}

/// What the missing labels of a strategy cost, US dollars.
///
/// # Errors
/// Why the price of the model that makes the labels is not known.
pub fn labels_usd(setting: &Setting, strategy: &Strategy) -> Result<f64, String> {
    match labels_missing(strategy, setting.inputs) {
        missing if missing > 0.0 => Ok(missing * label_price(setting)?),
        _ => Ok(0.0),
    }
}

/// What the API model costs as the work begins: a model that is gone by then makes no labels.
fn first_api_prices(setting: &Setting) -> Result<TokenPrices, String> {
    let model = &setting.inputs.models.api_model;
    let unknown = || format!("the price of {}, which makes the labels, is not known", model_name(model));
    let row = setting.api_model().map_err(|_| unknown())?;
    if let Some(date) = retired_before(row, &setting.months) {
        return Err(format!("{}, which makes the labels, retired on {}", model_name(model), date.words()));
    }
    priced_in(row, setting.months.calendar(1), setting.case).ok_or_else(unknown)
}

/// What decides the fixed costs of a strategy beside its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedTerms<'a> {
    /// Its parts.
    pub parts: &'a [Part],
    /// Parts that exist already: today's set-up.
    pub sunk: Vec<Part>,
    /// Whether the evaluation set exists already.
    pub evaluation_sunk: bool,
    /// Labels to make.
    pub labels_usd: f64,
    /// First ledger month of its own operation.
    pub own_from: usize,
    /// Ledger months in which a model retires that it calls whichever way it serves.
    pub migrations: &'a [usize],
    /// Whether it trains, and so retrains.
    pub retrains: bool,
    /// Whether it serves on own GPUs.
    pub on_own_gpus: bool,
    /// Whether it is a candidate beside the reference, which pays its own evaluation.
    pub further_candidate: bool,
}

/// Costs that do not depend on volume, by ledger month from 0.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FixedCosts {
    /// All of them.
    pub all: Vec<Lines>,
    /// Those of them that are paid once in a while: migrations and retrains with their evaluation.
    pub occasional: Vec<Lines>,
}

impl FixedCosts {
    /// No costs in any month of the horizon.
    pub fn none(months: &Months) -> FixedCosts {
        let none = vec![Lines::default(); months.horizon + 1];
        FixedCosts { all: none.clone(), occasional: none }
    }

    /// Add what is paid once in a while in a month; a month beyond the horizon has no costs.
    fn add_occasional(&mut self, month: usize, line: Line, usd: f64) {
        for lines in [self.all.get_mut(month), self.occasional.get_mut(month)].into_iter().flatten() {
            lines.add(line, usd);
        }
    }

    /// Add the migrations that fall into its own operation: people, and evaluation again.
    fn add_migrations(&mut self, migrations: &[usize], own_from: usize, inputs: &Inputs) {
        let rate = inputs.team.hourly_rate;
        for month in migrations.iter().filter(|month| **month >= own_from) {
            self.add_occasional(*month, Line::PeopleRun, migration_hours(inputs) * rate);
            self.add_occasional(*month, Line::Evaluation, re_evaluation_hours(inputs) * rate);
        }
    }
}

/// Costs of people, labels and evaluation.
pub fn fixed_costs(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> FixedCosts {
    let rate = inputs.team.hourly_rate;
    let re_evaluation = re_evaluation_hours(inputs) * rate;
    let mut costs = FixedCosts::none(months);
    let fixed = &mut costs.all;
    let built: Vec<Part> = terms.parts.iter().filter(|part| !terms.sunk.contains(part)).copied().collect();
    if let Some(first) = fixed.first_mut() {
        first.add(Line::PeopleBuild, first_hours(&built, inputs) * rate);
        first.add(Line::Labels, terms.labels_usd);
        if !terms.evaluation_sunk {
            first.add(Line::Evaluation, evaluation_set_hours(inputs) * rate);
        }
        if terms.further_candidate {
            first.add(Line::Evaluation, re_evaluation);
        }
    }
    let monthly = monthly_hours(terms.parts, inputs) * rate + on_call(terms.on_own_gpus, inputs);
    fixed.iter_mut().skip(terms.own_from).for_each(|lines| lines.add(Line::PeopleRun, monthly));
    let run_hours: f64 = terms.parts.iter().map(|part| part.run_hours(inputs)).sum();
    for month in terms.own_from..=months.horizon {
        if terms.retrains && is_retrain(month, terms.own_from, months, inputs) {
            costs.add_occasional(month, Line::PeopleRun, run_hours * rate);
            costs.add_occasional(month, Line::Evaluation, re_evaluation);
        }
    }
    costs.add_migrations(terms.migrations, terms.own_from, inputs);
    costs
}

/// People and evaluation of migrations, as far as they fall into its own operation.
pub fn migration_costs(
    migrations: &[usize],
    own_from: usize,
    months: &Months,
    inputs: &Inputs,
) -> FixedCosts {
    let mut costs = FixedCosts::none(months);
    costs.add_migrations(migrations, own_from, inputs);
    costs
}

/// US dollars a month for people on call.
pub fn on_call(on_own_gpus: bool, inputs: &Inputs) -> f64 {
    if on_own_gpus && inputs.constraints.round_the_clock { inputs.team.on_call_usd } else { 0.0 }
}

/// Whether a tuned model is trained again in this ledger month: at each interval, but not in the last month.
pub fn is_retrain(month: usize, own_from: usize, months: &Months, inputs: &Inputs) -> bool {
    let interval = whole_months(inputs.team.retrain_interval);
    month > own_from && month < months.horizon && (month - own_from).is_multiple_of(interval)
}

/// What training runs cost, and how many come first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingRuns {
    /// US dollars for one run.
    pub usd_per_run: f64,
    /// Runs of the first time.
    pub first: f64,
}

/// Training compute: the first runs, then one at each retrain.
pub fn training_costs(runs: TrainingRuns, own_from: usize, months: &Months, inputs: &Inputs) -> FixedCosts {
    let mut costs = FixedCosts::none(months);
    if let Some(first) = costs.all.first_mut() {
        first.add(Line::TrainingCompute, runs.usd_per_run * runs.first);
    }
    for month in months.running().filter(|month| is_retrain(*month, own_from, months, inputs)) {
        costs.add_occasional(month, Line::TrainingCompute, runs.usd_per_run);
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;
    use crate::domain::catalog::own::{OwnRow, Table};
    use crate::domain::cost::{Costed, Unpriced};
    use crate::domain::scenario::{OwnRows, Scenario};
    use crate::domain::strategy::StrategyId;
    use crate::domain::units::YearMonth;

    fn terms<'a>(parts: &'a [Part], own_from: usize) -> FixedTerms<'a> {
        FixedTerms {
            parts,
            sunk: Vec::new(),
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
        let fixed = fixed_costs(&terms(&[Part::Prompt], 1), &months, &inputs).all;
        assert_eq!(fixed[0].get(Line::PeopleBuild), 8_000.0);
        assert_eq!(fixed[0].get(Line::Evaluation), 6_000.0);
        assert_eq!(fixed[1].total(), 800.0);
        assert_eq!(fixed.len(), 25);
    }

    #[test]
    fn a_migration_pays_its_hours_and_a_re_evaluation() {
        let inputs = Inputs::default();
        let months = Months::of(&inputs);
        let FixedCosts { all, occasional } =
            fixed_costs(&FixedTerms { migrations: &[18, 99], ..terms(&[Part::Prompt], 1) }, &months, &inputs);
        assert_eq!(all[18].total() - all[17].total(), 2_400.0 + 1_600.0);
        assert_eq!(occasional[18].total(), 4_000.0);
        assert_eq!(occasional.iter().map(Lines::total).sum::<f64>(), 4_000.0);
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
    fn a_missing_label_costs_its_price_and_its_review() {
        let mut inputs = Inputs::default();
        inputs.work.complexity = Complexity::Complex;
        let case = Case::from(inputs);
        let built = Costed::of(&Setting::new(&case), StrategyId::Lora.strategy(), None);
        assert!((built.labels_usd - 700.0 * 1.5 * 1.15).abs() < 1e-9);
    }

    #[test]
    fn labels_of_a_large_model_cost_its_tokens_at_the_price_that_is_paid() {
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        inputs.data.label_method = LabelMethod::LargeModel;
        (inputs.models.api_input_price, inputs.models.api_output_price) = (Some(0.0), Some(20.0));
        let setting = Setting::new(&case);
        let inputs = &case.inputs;
        let review = inputs.team.label_cost_simple * inputs.team.label_review_share;
        let output = setting.workload.prompted(inputs.models.reasoning_multiplier_api).output;
        let price = label_price(&setting).unwrap();
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
        let cost = |case: &Case| Costed::of(&Setting::new(case), StrategyId::Lora.strategy(), None).model;
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
        assert!(label_price(&Setting::new(&case)).is_ok());
        case.inputs.economics.start = YearMonth { year: 2027, month: 6 };
        let why = label_price(&Setting::new(&case)).unwrap_err();
        assert!(why.contains("gpt-5, which makes the labels, retired on 11 December 2026"), "{why}");
    }
}
