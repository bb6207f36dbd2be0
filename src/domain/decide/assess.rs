//! Every strategy built, screened and costed against the reference.

use super::assessment::Assessment;
use super::comparison::{Candidate, Comparison, Serves};
use super::figures::{self, Priced};
use super::reference::{RuledOut, find_reference, rung, today};
use super::screen::{Preference, best_way, preferences, screen};
use super::subject::subject;
use super::subject::tier;
use crate::domain::cost::{Against, Costed, Line, Setting, Unpriced};
use crate::domain::rules::{self, CostFacts, ReferenceFacts, Rule};
use crate::domain::strategy::{Exclusion, StrategyId};

/// Assess every strategy.
///
/// Rules may speak of the reference, and may keep the reference itself out once it is one. Then the next one is
/// found and everything is screened again until the reference stands; what was out stays out. So whatever the rules
/// say, nothing that they exclude is held against, used or tried. Each round rules out one more strategy at least.
pub fn compare(setting: Setting) -> Comparison {
    let mut ruled_out = RuledOut::new();
    loop {
        let screened = screen_all(&setting, &ruled_out);
        if screened.reference_stands() {
            return screened.into_comparison(setting);
        }
        ruled_out = screened.into_ruled_out();
    }
}

/// One round: every strategy judged against one reference.
struct Screened<'a> {
    reference: Option<ReferenceFacts>,
    rows: Vec<(Assessment, Candidate<'a>)>,
}

impl<'a> Screened<'a> {
    /// Whether there is no reference, or nothing but its own measurement speaks against it.
    fn reference_stands(&self) -> bool {
        let is_reference =
            |assessment: &Assessment| self.reference.is_some_and(|one| one.id == assessment.id);
        let stands = |out: &[Exclusion]| out.iter().all(Exclusion::is_evidence);
        self.rows.iter().all(|(assessment, _)| !is_reference(assessment) || stands(&assessment.out))
    }

    /// What keeps strategies out, whoever is the reference then; their own measurements are looked at anew.
    fn into_ruled_out(self) -> RuledOut {
        let of_one = |(assessment, _): (Assessment, Candidate)| {
            let id = assessment.id;
            assessment.out.into_iter().filter(|out| !out.is_evidence()).map(move |out| (id, out))
        };
        self.rows.into_iter().flat_map(of_one).collect()
    }

    fn into_comparison(self, setting: Setting<'a>) -> Comparison<'a> {
        let inputs = setting.inputs;
        let (assessments, candidates) = self.rows.into_iter().unzip();
        Comparison { setting, inputs, reference: self.reference, assessments, candidates }
    }
}

fn screen_all<'a>(setting: &Setting<'a>, ruled_out: &RuledOut) -> Screened<'a> {
    let (all_costed, place) = build_all(setting, find_reference(setting, ruled_out), ruled_out);
    let (reference, judged) = judge_all(setting, &all_costed, place);
    let mut rows: Vec<(Assessment, Candidate, Vec<Preference>)> = all_costed
        .into_iter()
        .zip(judged)
        .map(|(costed, judged)| {
            let candidate =
                Candidate { costed, facts: judged.facts, serves: judged.serves, rules: judged.rules };
            (judged.assessment, candidate, judged.preferences)
        })
        .collect();
    // From here on by rung, so that no sentence depends on the order of the table.
    rows.sort_by_key(|(assessment, ..)| (assessment.rung, assessment.id));
    for (assessment, ..) in &mut rows {
        let earlier =
            ruled_out.iter().filter(|(id, out)| *id == assessment.id && !assessment.out.contains(out));
        let earlier: Vec<Exclusion> = earlier.map(|(_, out)| out.clone()).collect();
        assessment.out.extend(earlier);
    }
    apply_preferences(&mut rows);
    let rows = rows.into_iter().map(|(assessment, candidate, _)| (assessment, candidate)).collect();
    Screened { reference, rows }
}

/// What is found of each strategy against the reference, and what is known of that.
fn judge_all<'a>(
    setting: &Setting<'a>,
    all_costed: &[Costed<'a>],
    place: Option<usize>,
) -> (Option<ReferenceFacts>, Vec<Judged<'a>>) {
    let priced: Vec<Option<Priced>> = all_costed.iter().map(|costed| Priced::of(setting, costed)).collect();
    let reference = place.and_then(|place| {
        let priced = priced.get(place)?.as_ref();
        Some(Reference { facts: reference_facts(setting, all_costed.get(place)?, priced), priced })
    });
    let judged = all_costed
        .iter()
        .zip(&priced)
        .map(|(costed, priced)| judge(setting, costed, priced.as_ref(), reference.as_ref()))
        .collect();
    (reference.as_ref().map(|reference| reference.facts), judged)
}

/// The reference, against which the others are assessed.
struct Reference<'a> {
    facts: ReferenceFacts,
    priced: Option<&'a Priced<'a>>,
}

/// What is found of one strategy.
struct Judged<'a> {
    assessment: Assessment,
    facts: Option<CostFacts>,
    serves: Option<Serves>,
    rules: Vec<&'a Rule>,
    preferences: Vec<Preference>,
}

fn judge<'a>(
    setting: &Setting<'a>,
    costed: &Costed<'a>,
    priced: Option<&Priced>,
    reference: Option<&Reference>,
) -> Judged<'a> {
    let facts = priced.map(|priced| priced.facts(setting));
    let subject = subject(setting, costed, facts, reference.map(|reference| reference.facts));
    let rules = rules::fired(&setting.case.rules, &subject);
    let against =
        reference.filter(|reference| reference.facts.id != costed.strategy.id).and_then(|one| one.priced);
    let cost = match (priced, &costed.model) {
        (Some(priced), _) => Ok(priced.cost(setting, costed, against, &subject.state)),
        (None, Err(Unpriced::Unknown(reason))) => Err(reason.clone()),
        (None, Err(Unpriced::Impossible(exclusion))) => Err(exclusion.to_string()),
        (None, Ok(_)) => Err("nothing can serve it".to_owned()),
    };
    let assessment = Assessment {
        id: costed.strategy.id,
        name: name(setting, costed),
        rung: rung(costed.strategy, setting),
        out: screen(costed, &subject, &rules),
        quality: subject.state,
        clearly_fails: subject.clearly_fails,
        cost,
        range: None,
        swings: Vec::new(),
        deciding: None,
        hardware: None,
        payments: Vec::new(),
        rows: Vec::new(),
        lead_weeks: costed.lead_weeks,
        hours_per_month: figures::hours_per_month(setting, costed),
        break_even: None,
        fired: rules.iter().map(|rule| rule.as_fired()).collect(),
        model: costed.model.as_ref().ok().cloned(),
    };
    let preferences = preferences(&rules, &subject);
    Judged { assessment, facts, serves: priced.and_then(Priced::serves), rules, preferences }
}

/// Every strategy built against the reference, in the order of the table, and the place of the reference.
fn build_all<'a>(
    setting: &Setting<'a>,
    reference: Option<Costed<'a>>,
    ruled_out: &RuledOut,
) -> (Vec<Costed<'a>>, Option<usize>) {
    let holder = reference.as_ref().map(|reference| reference.strategy.id);
    let place = setting.case.strategies.iter().position(|id| Some(*id) == holder);
    let today = today(setting, ruled_out).filter(|today| Some(today.strategy.id) != holder);
    let against = reference
        .as_ref()
        .map(|reference| Against { reference, meanwhile: today.as_ref().unwrap_or(reference) });
    let mut all_costed: Vec<Costed> = setting
        .case
        .strategies
        .iter()
        .filter(|id| Some(**id) != holder)
        .map(|id| best_way(setting, id.strategy(), against))
        .collect();
    if let (Some(place), Some(reference)) = (place, reference) {
        all_costed.insert(place, reference);
    }
    (all_costed, place)
}

fn reference_facts<'a>(
    setting: &Setting<'a>,
    reference: &Costed<'a>,
    priced: Option<&Priced>,
) -> ReferenceFacts {
    let subject = subject(setting, reference, priced.map(|priced| priced.facts(setting)), None);
    ReferenceFacts {
        id: reference.strategy.id,
        state: subject.state,
        fails: subject.clearly_fails,
        tokens_usd: priced.map(|priced| priced.ledger.by_line().get(Line::Tokens)),
        tier: tier(reference.strategy.id, setting.case),
    }
}

/// The strategy's name here: with the way in which it brings knowledge in, with the model that stands in for another.
fn name(setting: &Setting, costed: &Costed) -> String {
    let strategy = costed.strategy;
    let mut name = strategy.name.to_owned();
    if strategy.id == StrategyId::OpenSelf && setting.base_stands_in() {
        name = format!("{name} ({})", setting.inputs.models.base_model);
    }
    if setting.inputs.data.knowledge_tokens > 0.0
        && !matches!(strategy.id, StrategyId::Prompt | StrategyId::Rag)
    {
        name.push_str(if costed.retrieves() { " + retrieval" } else { " with knowledge in the prompt" });
    }
    name
}

/// A preferred strategy that survives puts the other one out, unless that one alone is measured to meet the bar.
fn apply_preferences(rows: &mut [(Assessment, Candidate, Vec<Preference>)]) {
    let standing: Vec<(StrategyId, bool, bool)> = rows
        .iter()
        .map(|(assessment, ..)| (assessment.id, assessment.survives(), assessment.quality.meets()))
        .collect();
    for (assessment, _, preferences) in rows {
        for Preference { preferred, exclusion } in std::mem::take(preferences) {
            let Some((_, survives, meets)) = standing.iter().find(|(id, ..)| *id == preferred) else {
                continue;
            };
            let spared = assessment.quality.meets() && !meets;
            if *survives && !spared {
                assessment.out.push(exclusion);
            }
        }
    }
}
