//! One strategy in a setting: its parts, how it can serve, and the model of its cost.

use std::sync::Arc;

use super::api::{managed_open, routed, single_api};
use super::configuration::quality_of;
use super::curve::Curve;
use super::fixed::{FixedCosts, FixedTerms, fixed_costs, labels_usd};
use super::hosted::hosted;
use super::ledger::{Line, Lines};
use super::model::CostModel;
use super::operation::Operation;
use super::own_gpus::{on_own_gpus, own_share};
use super::setting::{Setting, StandingCards, Unpriced};
use crate::domain::effort::{Part, WEEKS_PER_MONTH, first_hours, in_use, lead_weeks, parts_of};
use crate::domain::hardware::billing;
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::strategy::{Routing, Serving, Strategy, StrategyId};

/// A strategy with everything that decides its cost.
#[derive(Clone, Debug)]
pub struct Costed<'a> {
    /// Its row.
    pub strategy: &'static Strategy,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Time to market, weeks; zero for what is in use today.
    pub lead_weeks: f64,
    /// Whether it is a candidate beside the reference, which pays its own evaluation.
    pub is_further_candidate: bool,
    /// Money for labels still to be made; zero where its price is unknown, as then is the cost.
    pub labels_usd: f64,
    /// How it can serve; without variants where the cost is not known.
    pub operation: Operation<'a>,
    /// What serves until it is ready.
    pub until_ready: Option<UntilReady>,
    /// Its cost at any volume.
    pub model: Result<Arc<CostModel>, Unpriced>,
}

/// What serves until a strategy is ready.
#[derive(Clone, Debug, PartialEq)]
pub struct UntilReady {
    /// The strategy that serves.
    pub id: StrategyId,
    /// Name of the strategy that serves.
    pub name: &'static str,
    /// Its parts that this strategy does not have and that do not exist yet.
    pub not_shared: Vec<Part>,
    /// Its one-offs that are not shared.
    pub one_offs: Lines,
}

/// What a strategy is held against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'b, 'a> {
    /// The reference, from whose cut-over months are counted.
    pub reference: &'b Costed<'a>,
    /// What serves until a strategy is ready: what is in use today if it may go on, else the reference.
    pub meanwhile: &'b Costed<'a>,
}

impl<'a> Costed<'a> {
    /// Cost a strategy; `reference` serves until it is ready, `None` costs the reference itself.
    ///
    /// Where knowledge can be brought in two ways, it takes the first of [`Costed::each_way`]. That way is part of it: its
    /// curve over volume, its break-evens and its training keep it, as a build once chosen does; asked at another volume,
    /// the choice is made anew.
    pub fn of(
        setting: &Setting<'a>,
        strategy: &'static Strategy,
        reference: Option<&Costed<'a>>,
    ) -> Costed<'a> {
        let against = reference.map(|reference| Against { reference, meanwhile: reference });
        Costed::each_way(setting, strategy, against).0
    }

    /// Cost a strategy in each way in which it may bring knowledge in, the better first, and no second one where there
    /// is but one way: what is in use today has the way that it has.
    ///
    /// Better is what is ready by the launch, then what costs less over the horizon at the volume of the scenario.
    pub fn each_way(
        setting: &Setting<'a>,
        strategy: &'static Strategy,
        against: Option<Against<'_, 'a>>,
    ) -> (Costed<'a>, Option<Costed<'a>>) {
        let costed = |retrieval: bool| Costed::one_way(setting, strategy, retrieval, against);
        match *ways(setting, strategy.id) {
            [in_prompt, retrieved] => {
                let (in_prompt, retrieved) = (costed(in_prompt), costed(retrieved));
                let (better, other) = match is_better(setting, &retrieved, &in_prompt) {
                    true => (retrieved, in_prompt),
                    false => (in_prompt, retrieved),
                };
                (better, Some(other).filter(|_| in_use(setting.inputs) != Some(strategy.id)))
            }
            [way, ..] => (costed(way), None),
            [] => (costed(false), None),
        }
    }

    /// Whether knowledge is retrieved for it; else it stands in the prompt, if there is any.
    pub fn retrieves(&self) -> bool {
        self.parts.contains(&Part::Retrieval)
    }

    /// Its cost at the volume of the scenario, US dollars, wrong answers apart; `None` where it is not known.
    pub fn tco(&self, setting: &Setting) -> Option<f64> {
        let model = self.model.as_deref().ok()?;
        Some(Curve::new(model, &setting.months).at(setting.inputs.work.requests_per_month))
    }

    /// Whether it is ready by the launch.
    pub fn is_in_time(&self, setting: &Setting) -> bool {
        setting.inputs.constraints.launch_weeks.is_none_or(|weeks| self.lead_weeks <= weeks)
    }

    /// Cost a strategy with knowledge brought in one way.
    fn one_way(
        setting: &Setting<'a>,
        strategy: &'static Strategy,
        retrieval: bool,
        against: Option<Against<'_, 'a>>,
    ) -> Costed<'a> {
        setting.find_standing_cards(|| standing_cards(setting));
        let (case_setting, setting) = (setting, setting.with_retrieval(retrieval));
        let is_today = in_use(setting.inputs) == Some(strategy.id);
        let labels_usd = if is_today { Ok(0.0) } else { labels_usd(setting, strategy) };
        let reference = against.map(|against| against.reference);
        let mut costed = Costed {
            strategy,
            parts: parts_of(strategy, retrieval),
            lead_weeks: match is_today {
                true => 0.0,
                false => lead_weeks(strategy, retrieval, setting.inputs),
            },
            is_further_candidate: reference.is_some() && !is_today,
            labels_usd: labels_usd.as_ref().copied().unwrap_or(0.0),
            operation: Operation::default(),
            until_ready: None,
            model: Err(Unpriced::Unknown(String::new())),
        };
        let delay = reference.map_or(0, |reference| delay_months(costed.lead_weeks, reference.lead_weeks));
        let own_from = (delay + 1).min(setting.months.horizon + 1);
        costed.model = labels_usd
            .map_err(Unpriced::Unknown)
            .and_then(|_| operation(setting, strategy, own_from))
            .and_then(|operation| {
                costed.operation = operation;
                if is_today {
                    costed.operation.sink_one_offs();
                }
                costed.cost_model(case_setting, against.map(|against| against.meanwhile), own_from)
            })
            .map(Arc::new);
        costed
    }

    /// What decides its fixed costs, in own operation from a ledger month on.
    pub fn fixed_terms(&self, setting: &Setting, own_from: usize) -> FixedTerms<'_> {
        let today = in_use(setting.inputs);
        FixedTerms {
            parts: &self.parts,
            sunk: if today == Some(self.strategy.id) { self.parts.clone() } else { existing_parts(setting) },
            evaluation_sunk: today.is_some(),
            labels_usd: self.labels_usd,
            own_from,
            migrations: &self.operation.migrations,
            retrains: self.strategy.adaptation.is_tuned(),
            on_own_gpus: self.strategy.serving == Serving::OwnGpus,
            further_candidate: self.is_further_candidate,
        }
    }

    fn cost_model(
        &mut self,
        setting: &Setting<'a>,
        meanwhile: Option<&Costed<'a>>,
        own_from: usize,
    ) -> Result<CostModel, Unpriced> {
        let terms = self.fixed_terms(setting, own_from);
        let is_retrieval_sunk = terms.sunk.contains(&Part::Retrieval);
        let mut costs = fixed_costs(&terms, &setting.months, setting.inputs);
        let own = setting.with_retrieval(self.retrieves());
        let retrieval = own.retrieval().map_err(|why| Unpriced::Unknown(why.clone()))?;
        if let Some(cost) = retrieval {
            for (month, (lines, amounts)) in costs.all.iter_mut().zip(&cost.fixed).enumerate() {
                // Until its own operation what serves pays its own way of bringing knowledge in.
                let is_paid = if month == 0 { !is_retrieval_sunk } else { month >= own_from };
                if is_paid {
                    lines.add_scaled(amounts, 1.0);
                }
            }
        }
        if let Some(first) = costs.all.first_mut() {
            first.add(Line::PeopleBuild, exit_usd(self.strategy, setting.inputs));
        }
        let before = meanwhile.filter(|_| own_from > 1);
        let before = match before {
            Some(one) => Some((one, one.model_until(setting, own_from - 1)?)),
            None => None,
        };
        if let Some((one, model)) = &before {
            let not_shared = self.not_shared(setting, one);
            let one_offs = self.one_offs_of(setting, one, &not_shared);
            add_until_ready(&one_offs, model, own_from, &mut costs);
            let strategy = one.strategy;
            self.until_ready =
                Some(UntilReady { id: strategy.id, name: strategy.name, not_shared, one_offs });
        }
        let before = before.as_ref().map(|(_, model)| model);
        // Wrong answers are reckoned for all months or for none: while an unmeasured reference serves, they
        // are unknown, not zero.
        let errors_before = before.and_then(|model| model.errors_per_request);
        let is_known = before.is_none() || errors_before.is_some();
        let errors_per_request =
            errors_per_request(setting, self.strategy, self.retrieves()).filter(|_| is_known);
        Ok(CostModel {
            fixed: costs.all,
            occasional: costs.occasional,
            variants: Arc::clone(&self.operation.variants),
            before: before.map_or_else(Arc::default, |model| Arc::clone(&model.variants)),
            own_from,
            retrieval_per_request: retrieval.map_or(0.0, |cost| cost.per_request),
            retrieval_before: before.map_or(0.0, |model| model.retrieval_per_request),
            errors_per_request,
            errors_before: errors_per_request.and(errors_before),
        })
    }

    /// Its cost for the first months alone, in which it serves for another strategy: what is not known of later ones
    /// does not matter.
    fn model_until(&self, setting: &Setting<'a>, last: usize) -> Result<Arc<CostModel>, Unpriced> {
        let known = match &self.model {
            Err(Unpriced::Unknown(_)) => {
                Costed::one_way(&setting.priced_until(last), self.strategy, self.retrieves(), None).model
            }
            model => model.clone(),
        };
        known.map_err(|_| {
            Unpriced::Unknown("the cost of what serves until it is ready is not known".to_owned())
        })
    }

    /// Parts of what serves meanwhile that this strategy does not have and that do not exist yet.
    fn not_shared(&self, setting: &Setting, before: &Costed) -> Vec<Part> {
        let sunk = existing_parts(setting);
        let extra = |part: &&Part| !self.parts.contains(part) && !sunk.contains(part);
        before.parts.iter().filter(extra).copied().collect()
    }

    /// One-offs of what serves meanwhile for the parts of it that are not shared.
    fn one_offs_of(&self, setting: &Setting, before: &Costed, not_shared: &[Part]) -> Lines {
        let inputs = setting.inputs;
        let mut one_offs = Lines::default();
        let hours = first_hours(not_shared, inputs);
        one_offs.add(Line::PeopleBuild, hours * inputs.team.hourly_rate);
        if !not_shared.is_empty() {
            // They are the same examples: only those are added that this strategy does not make itself.
            one_offs.add(Line::Labels, (before.labels_usd - self.labels_usd).max(0.0));
        }
        if not_shared.contains(&Part::Retrieval) {
            let index = setting.with_retrieval(true).retrieval().ok().flatten();
            if let Some(once) = index.and_then(|cost| cost.fixed.first()) {
                one_offs.add_scaled(once, 1.0);
            }
        }
        one_offs
    }
}

/// Until the cut-over the running costs of what serves, and its one-offs that are not shared.
fn add_until_ready(one_offs: &Lines, before: &CostModel, own_from: usize, costs: &mut FixedCosts) {
    for month in 1..own_from {
        for (own, its) in [(&mut costs.all, &before.fixed), (&mut costs.occasional, &before.occasional)] {
            if let (Some(lines), Some(amounts)) = (own.get_mut(month), its.get(month)) {
                lines.add_scaled(amounts, 1.0);
            }
        }
    }
    if let Some(first) = costs.all.first_mut() {
        first.add_scaled(one_offs, 1.0);
    }
}

/// The ways in which a strategy may bring knowledge in, retrieval as `true`.
///
/// `prompt` carries it in the prompt and `rag` retrieves it, whether or not it fits; the others do either where it
/// fits (method §2).
fn ways(setting: &Setting, id: StrategyId) -> &'static [bool] {
    match id {
        StrategyId::Prompt => &[false],
        StrategyId::Rag => &[true],
        _ if setting.needs_retrieval() => &[true],
        _ if setting.knowledge_fits_prompt() => &[false, true],
        _ => &[false],
    }
}

/// Whether retrieving knowledge is the better way; the prompt is where they tie, and where neither has a cost.
fn is_better(setting: &Setting, retrieved: &Costed, in_prompt: &Costed) -> bool {
    let order = |costed: &Costed| (!costed.is_in_time(setting), costed.tco(setting).unwrap_or(f64::INFINITY));
    match (retrieved.model.is_ok(), in_prompt.model.is_ok()) {
        (true, true) => order(retrieved) < order(in_prompt),
        (is_retrieved_known, _) => is_retrieved_known,
    }
}

/// Parts that exist already: those of today's set-up, with the cheaper way to bring knowledge in.
pub fn existing_parts(setting: &Setting) -> Vec<Part> {
    let Some(today) = in_use(setting.inputs) else { return Vec::new() };
    match ways(setting, today) {
        &[retrieval] => parts_of(today.strategy(), retrieval),
        _ => setting.parts_of_today(|| Costed::of(setting, today.strategy(), None).parts),
    }
}

/// How a strategy can serve from a ledger month on.
fn operation<'a>(
    setting: &Setting<'a>,
    strategy: &Strategy,
    own_from: usize,
) -> Result<Operation<'a>, Unpriced> {
    match (strategy.serving, strategy.routing) {
        (Serving::ProviderApi, Routing::ByDifficulty) => routed(setting),
        (Serving::ProviderApi, _) => single_api(setting, strategy),
        (Serving::ManagedOpen, _) => managed_open(setting, own_from),
        (Serving::TunedAtProvider, _) => hosted(setting, own_from),
        (Serving::OwnGpus, _) => on_own_gpus(setting, strategy, own_from),
    }
}

/// Expected cost of wrong answers for a request, where quality and cost per error are known.
fn errors_per_request(setting: &Setting, strategy: &Strategy, retrieves: bool) -> Option<f64> {
    let cost_per_error = setting.inputs.quality.cost_per_error?;
    Some((1.0 - share_right(setting, strategy, retrieves)?) * cost_per_error)
}

/// Share of right answers over all requests, where it is known: of a tuned model that is measured on its task alone,
/// with what the API model reaches on the rest with knowledge brought in the same way.
fn share_right(setting: &Setting, strategy: &Strategy, retrieves: bool) -> Option<f64> {
    let own = quality_of(setting, strategy.id).share()?;
    if !setting.inputs.quality.judged_by_task(strategy.id) {
        return Some(own);
    }
    let rest = if retrieves { StrategyId::Rag } else { StrategyId::Prompt };
    let share = own_share(strategy, setting.inputs);
    Some(share * own + (1.0 - share) * quality_of(setting, rest).share()?)
}

/// The bought cards that what is in use today runs on: those that would be bought for it at the present volume.
fn standing_cards(setting: &Setting) -> Option<StandingCards> {
    let today = in_use(setting.inputs)?.strategy();
    if billing(setting.inputs) != GpuBilling::Owned || today.serving != Serving::OwnGpus {
        return None;
    }
    let bought = setting.without_standing_cards();
    let costed = Costed::of(&bought, today, None);
    let model = costed.model.as_ref().ok()?;
    let requests = setting.inputs.work.requests_per_month;
    let curve = Curve::new(model, &setting.months);
    let variant = curve.chosen(&curve.point(requests))?;
    let option = costed.operation.option_of(variant)?;
    Some(StandingCards {
        gpu: option.gpu.name.clone(),
        gpus_per_replica: option.gpus,
        gpus: variant.fleet.as_ref()?.month(1, requests).peak_gpus,
    })
}

/// What it costs to leave what is in use today for this strategy, US dollars.
pub fn exit_usd(strategy: &Strategy, inputs: &Inputs) -> f64 {
    let leaves = in_use(inputs).is_some_and(|today| today != strategy.id);
    if leaves { inputs.economics.exit_cost } else { 0.0 }
}

/// Months from one cut-over to the other, rounded to the nearest month.
fn delay_months(lead_weeks: f64, reference_weeks: f64) -> usize {
    libm::round((lead_weeks - reference_weeks).max(0.0) / WEEKS_PER_MONTH) as usize
}
