//! The strategies side by side: what a choice is made from, and what is read when it is explained or asked again.

use std::collections::BTreeSet;

use super::assessment::Assessment;
use super::pilot::Pilot;
use super::stand_in::StandIn;
use super::subject::subject;
use super::subject::tier;
use crate::domain::catalog::{ApiKind, model_name};
use crate::domain::cost::{CostModel, Costed, Setting, Variant, same_configuration};
use crate::domain::evidence::QualityState;
use crate::domain::input::{DataBoundary, Inputs};
use crate::domain::rules::{CostFacts, ReferenceFacts, Rule, Subject};
use crate::domain::strategy::{Adaptation, ModelRole, Routing, Serving, StrategyId};
use crate::domain::units::words::{count_exact, counted};

/// From this part of a real attempt on, prompt engineering is well under way (method §9).
const NEARLY_DONE: f64 = 0.8;

/// Every strategy, built and assessed against the reference.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The inputs and what is read off them once.
    pub setting: Setting<'a>,
    /// What the user said.
    pub inputs: &'a Inputs,
    /// What is known of the reference, if anything survives the constraints.
    pub reference: Option<ReferenceFacts>,
    /// One assessment for each strategy, by rung.
    pub assessments: Vec<Assessment>,
    /// What each was assessed from, in the same order.
    pub candidates: Vec<Candidate<'a>>,
}

/// What a strategy is assessed from.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// Its parts and its cost at any volume.
    pub costed: Costed<'a>,
    /// What its cost says to rules, if it is known.
    pub facts: Option<CostFacts>,
    /// How it serves at the present volume, if its cost is known.
    pub serves: Option<Serves>,
    /// The rules that fired, in the order in which they speak.
    pub rules: Vec<&'a Rule>,
}

/// The ways in which a strategy serves at the present volume, as places among those of its cost model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serves {
    /// Its own way.
    pub own: usize,
    /// The way of the reference until it is ready, where it waits for that.
    pub before: Option<usize>,
}

impl<'a> Candidate<'a> {
    /// Its cost at any volume, if known.
    pub fn model(&self) -> Option<&CostModel> {
        self.costed.model.as_deref().ok()
    }

    /// The way in which it serves at the present volume.
    pub fn variant(&self) -> Option<&Variant> {
        self.model()?.variants.get(self.serves?.own)
    }

    /// The way in which the reference serves until it is ready.
    pub fn variant_before(&self) -> Option<&Variant> {
        self.model()?.before.get(self.serves?.before?)
    }
}

impl<'a> Comparison<'a> {
    /// The assessment of a strategy.
    pub fn get(&self, id: StrategyId) -> Option<&Assessment> {
        self.assessments.iter().find(|assessment| assessment.id == id)
    }

    /// What a strategy was assessed from.
    pub fn candidate(&self, id: StrategyId) -> Option<&Candidate<'a>> {
        self.candidates.iter().find(|candidate| candidate.costed.strategy.id == id)
    }

    /// Whether a strategy retrieves knowledge.
    pub fn retrieves(&self, id: StrategyId) -> bool {
        self.candidate(id).is_some_and(|candidate| candidate.costed.retrieves())
    }

    /// What rules compare of a candidate.
    pub fn subject<'b>(&'b self, candidate: &'b Candidate<'a>) -> Subject<'b> {
        subject(&self.setting, &candidate.costed, candidate.facts, self.reference)
    }

    /// The name of a strategy here.
    pub fn name(&self, id: StrategyId) -> &str {
        self.get(id).map_or("", |assessment| assessment.name.as_str())
    }

    /// The name of a pilot, with the model where that is not the chosen one.
    pub fn pilot_name(&self, pilot: &Pilot) -> String {
        let name = self.name(pilot.strategy);
        match &pilot.stronger_model {
            Some(stronger) => format!("{name} with {}", model_name(&stronger.model)),
            None => name.to_owned(),
        }
    }

    /// Whether it can be in use by the launch date.
    pub fn in_time(&self, assessment: &Assessment) -> bool {
        self.inputs.constraints.launch_weeks.is_none_or(|weeks| assessment.lead_weeks <= weeks)
    }

    /// Costs of two strategies in the same terms: wrong answers count only if both are known.
    pub fn costs(&self, a: &Assessment, b: &Assessment) -> Option<(f64, f64)> {
        a.costs_beside(b)
    }

    /// What is in use today, if the constraints allow it, its cost is known and it is not clearly measured to fail.
    pub fn todays_holder(&self) -> Option<&Assessment> {
        let today = self.get(crate::domain::effort::in_use(self.inputs)?)?;
        (today.survives() && today.cost.is_ok() && !today.clearly_fails).then_some(today)
    }

    /// Whether a prompted model is weaker than that of a holder which fails so far, before a real attempt.
    pub fn is_weaker_than_failing(&self, candidate: &Assessment, holder: &Assessment) -> bool {
        holder.quality.fails()
            && candidate.id.strategy().is_prompted()
            && self.is_weaker(candidate.id, holder.id)
    }

    /// Whether the model of a strategy is weaker than that of another, both being ranked.
    pub fn is_weaker(&self, id: StrategyId, than: StrategyId) -> bool {
        match (tier(id, self.setting.case), tier(than, self.setting.case)) {
            (Some(own), Some(other)) => own < other,
            _ => false,
        }
    }

    /// Whether a holder is merely what the constraints left: not the API model, and its quality is not known.
    pub fn is_forced(&self, holder: &Assessment) -> bool {
        let is_asked_for = matches!(holder.id, StrategyId::Prompt | StrategyId::Rag);
        !is_asked_for && !holder.quality.is_measured() && holder.quality != QualityState::AssumedEqual
    }

    /// Whether a holder is unmeasured, and weaker than the API model that was asked for.
    pub fn is_forced_and_weaker(&self, holder: &Assessment) -> bool {
        self.is_forced(holder) && self.is_weaker(holder.id, StrategyId::Prompt)
    }

    /// The vendors under contract that serve a model as strong as the API model that was asked for, whose own vendor
    /// is not under contract; none where it is, where all vendors count, or where their strength is not known.
    pub fn vendors_of_equals(&self) -> Vec<&str> {
        let constraints = &self.inputs.constraints;
        let asked_for = self.setting.case.catalog.api_model(&self.inputs.models.api_model);
        let Some(asked_for) = asked_for.filter(|_| constraints.data_boundary == DataBoundary::Contract)
        else {
            return Vec::new();
        };
        let contracts = &constraints.contracted_providers;
        if contracts.contains(&asked_for.provider) || asked_for.tier_class.is_none() {
            return Vec::new();
        }
        let rows = self.setting.case.catalog.api_models.iter();
        let equals = rows.filter(|row| {
            row.kind == ApiKind::Chat
                && row.tier_class >= asked_for.tier_class
                && row.retires_on.is_none_or(|date| date.year_month() > self.inputs.economics.start)
        });
        let vendors: BTreeSet<&str> = equals.map(|row| row.provider.as_str()).collect();
        contracts.iter().map(String::as_str).filter(|vendor| vendors.contains(vendor)).collect()
    }

    /// Whether a strategy serves a base in place of the open model.
    pub fn stands_in(&self, id: StrategyId) -> bool {
        id == StrategyId::OpenSelf && self.setting.base_stands_in()
    }

    /// What stands in for the open model, if that cannot be served.
    pub fn stand_in(&self) -> Option<StandIn> {
        let models = &self.inputs.models;
        let named = || StandIn {
            base: model_name(&models.base_model).to_owned(),
            open: model_name(&models.open_model).to_owned(),
        };
        self.setting.base_stands_in().then(named)
    }

    /// How far prompt engineering has got, in words that follow a comma.
    pub fn prompting_effort(&self) -> String {
        let enough = self.inputs.team.prompt_effort_before_evidence;
        let spent = self.inputs.quality.prompt_hours_spent.unwrap_or(enough);
        let of = format!("{} of the {}", count_exact(spent), counted(&count_exact(enough), "hour"));
        if spent < NEARLY_DONE * enough {
            format!("before a real attempt at prompt engineering ({of})")
        } else {
            format!("with {of} of a real attempt at prompt engineering spent")
        }
    }

    /// Requests in month 1 to the horizon, discounted: the denominator of a price per request.
    pub fn discounted_requests(&self) -> f64 {
        self.inputs.work.requests_per_month * self.setting.months.discounted_volume
    }

    /// A total over the horizon as a price for 1,000 requests, US dollars.
    pub fn per_thousand(&self, total: f64) -> Option<f64> {
        let requests = self.discounted_requests();
        (requests > 0.0).then(|| total / requests * 1_000.0)
    }

    /// The model that answers for a strategy, by its name, where a single one of the catalogue does.
    pub fn model_name(&self, id: StrategyId) -> Option<String> {
        let models = &self.inputs.models;
        let strategy = id.strategy();
        let key = match strategy.model {
            ModelRole::Custom => return None,
            _ if strategy.serving == Serving::TunedAtProvider || strategy.routing != Routing::None => {
                return None;
            }
            ModelRole::Api => &models.api_model,
            ModelRole::SmallApi => &models.small_api_model,
            ModelRole::Open if !self.stands_in(id) => &models.open_model,
            ModelRole::Open | ModelRole::Base => &models.base_model,
        };
        Some(model_name(key).to_owned())
    }

    /// The models that answer for a strategy, by their names; none where they are not named by an input.
    pub fn model_names(&self, id: StrategyId) -> Vec<String> {
        let models = &self.inputs.models;
        let named = |keys: [&str; 2]| keys.map(|key| model_name(key).to_owned()).to_vec();
        match id.strategy().routing {
            Routing::ByDifficulty => named([&models.api_model, &models.small_api_model]),
            Routing::TunedWithFallback => named([&models.base_model, &models.api_model]),
            Routing::None => self.model_name(id).into_iter().collect(),
        }
    }

    /// The strategy that serves the same configuration in another way.
    pub fn same_configuration(&self, id: StrategyId) -> Option<StrategyId> {
        same_configuration(&self.setting, id)
    }

    /// Whether the reference serves now: it exists and is not clearly measured to fail.
    pub fn reference_holds(&self) -> bool {
        self.reference.is_some_and(|reference| !reference.fails)
    }

    /// Whether a holder has to be built before anybody can use it: it comes after the launch, or is yet to be trained.
    pub fn is_yet_to_be_built(&self, holder: &Assessment) -> bool {
        let is_today = crate::domain::effort::in_use(self.inputs) == Some(holder.id);
        let is_trained =
            holder.id.strategy().adaptation == Adaptation::Prompt || holder.quality.is_measured();
        !(is_today || self.in_time(holder) && is_trained)
    }
}
