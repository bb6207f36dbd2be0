//! The sentences under the headline.

use super::reservations;
use crate::domain::catalog::model_name;
use crate::domain::decide::{Assessment, Comparison, Decision, HALF_A_CENT, Pilot, margin};
use crate::domain::evidence::{FIRST_EVALUATION, QualityState};
use crate::domain::explain::spans::{Span, money, plain, rival_span, strong, verdict_span};
use crate::domain::rules::Fired;
use crate::domain::strategy::RuleRole;
use crate::domain::units::words::{capital, count_exact, months, percent, times, usd_apart, weeks};
use crate::domain::what_if::Relaxation;

/// What it costs, what is known of it, what follows, and what to test or hold it against.
pub fn lede(decision: &Decision, relaxations: &[Relaxation]) -> Vec<Span> {
    let Decision { comparison, choice, trials } = decision;
    let mut lede = told(decision, relaxations);
    let named = [choice.later, trials.pilots.first().map(|pilot| pilot.strategy)];
    if named.into_iter().flatten().any(|id| choice.use_now != Some(id) && comparison.stands_in(id)) {
        lede.push(plain(" "));
        lede.extend(reservations::stand_in(comparison));
    }
    lede
}

/// The sentences themselves.
fn told(decision: &Decision, relaxations: &[Relaxation]) -> Vec<Span> {
    let Decision { comparison, choice, trials } = decision;
    let later = choice.later.and_then(|id| comparison.get(id));
    match (choice.use_now.and_then(|id| comparison.get(id)), later) {
        (Some(holder), _) => holding(decision, holder),
        (None, Some(later)) => proven_but_late(decision, later),
        (None, None) if choice.reference.is_none() => nothing_fits(relaxations),
        (None, None) => nothing_proven(
            comparison,
            choice.reference.and_then(|id| comparison.get(id)),
            &trials.pilots,
            relaxations,
        ),
    }
}

fn holding(decision: &Decision, holder: &Assessment) -> Vec<Span> {
    let Decision { comparison, choice, trials } = decision;
    let mut lede = reservations::forced(comparison, holder);
    lede.extend(cost(comparison, holder));
    lede.extend(late(comparison, holder));
    lede.extend(evidence(holder, comparison));
    let later = choice.later.and_then(|id| comparison.get(id));
    lede.extend(later.into_iter().flat_map(|later| move_sentence(comparison, holder, later)));
    lede.extend(proven_and_dearer(comparison, holder));
    match trials.pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(comparison, pilot, is_to_be_measured(holder))),
        None if later.is_none() => lede.extend(rival_sentence(decision, holder)),
        None => {}
    }
    lede
}

/// Whether the first thing to do is to measure what is used, with examples of its own.
fn is_to_be_measured(holder: &Assessment) -> bool {
    matches!(holder.quality, QualityState::Untested | QualityState::Stated(_))
}

/// Beside a choice that is forced and unmeasured: what is proven, and how much more it costs.
fn proven_and_dearer(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    if !comparison.is_forced(holder) {
        return Vec::new();
    }
    let proven = comparison.assessments.iter().filter(|one| one.survives() && one.quality.meets());
    let costs = proven.filter_map(|one| Some((one, comparison.costs(one, holder)?)));
    let cheapest = costs.min_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b));
    let Some((one, (own, present))) = cheapest.filter(|(_, (own, present))| own > present) else {
        return Vec::new();
    };
    vec![
        plain("What is measured to meet the bar, "),
        rival_span(one.id.noun_for(&one.name)),
        plain(format!(", costs {} as much. ", times(own / present))),
    ]
}

/// What it costs over the horizon, with which model, wrong answers included where they are priced and known.
fn cost(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    let cost = match &holder.cost {
        Ok(cost) => cost,
        Err(unknown) => return vec![strong("Its cost is not known"), plain(format!(": {unknown}. "))],
    };
    let wrong = match cost.errors {
        Some(errors) if errors > 0.0 => format!(", {} of it for wrong answers", money(errors)),
        _ => String::new(),
    };
    let each = comparison.per_thousand(cost.total());
    let each = each.map_or_else(String::new, |usd| format!(", {} for every 1,000 requests", money(usd)));
    let it = match comparison.model_names(holder.id).as_slice() {
        [] => "It costs ".to_owned(),
        names => format!("With {} it costs ", names.join(" and ")),
    };
    vec![
        plain(it),
        verdict_span(money(cost.total())),
        plain(format!(" over {}{wrong}{each}. ", months(comparison.setting.months.horizon))),
    ]
}

/// What follows the holder once it is built.
fn move_sentence(comparison: &Comparison, holder: &Assessment, later: &Assessment) -> Vec<Span> {
    let known = if later.quality.meets() { "measured to meet the bar" } else { "assumed to meet the bar" };
    let mut spans =
        vec![strong(format!("Then move to {}", later.id.noun_for(&later.name))), plain(format!(", {known}"))];
    let saving = comparison.costs(later, holder).map(|(own, present)| present - own);
    if let Some(saving) = saving.filter(|saving| *saving > 0.0) {
        spans.extend([plain(": it saves "), rival_span(money(saving))]);
    }
    spans.push(plain(format!("; it takes {}. ", weeks(later.lead_weeks))));
    spans
}

fn late(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    match comparison.inputs.constraints.launch_weeks {
        Some(launch) if holder.lead_weeks > launch => vec![
            strong(format!("It takes {}", weeks(holder.lead_weeks))),
            plain(format!(", and your launch is in {}: nothing allowed is ready by then. ", weeks(launch))),
        ],
        _ => Vec::new(),
    }
}

/// What is known of its quality, or what to do to know it.
fn evidence(holder: &Assessment, comparison: &Comparison) -> Vec<Span> {
    let bar = percent(comparison.inputs.quality.bar_of(holder.id));
    let text = match holder.quality {
        QualityState::Meets(measured) => format!(
            "It is measured to meet {bar}, with {} right of {} examples. ",
            percent(measured.share),
            count_exact(f64::from(measured.total))
        ),
        QualityState::Unclear { further_examples: Some(n), .. } => {
            format!("About {} more examples will tell whether it reaches {bar}. ", count_exact(f64::from(n)))
        }
        QualityState::Unclear { further_examples: None, .. } => {
            format!("It is so close to {bar} that more examples will not settle it. ")
        }
        QualityState::AssumedEqual => format!("That it reaches {bar} is assumed, not measured. "),
        QualityState::Fails(_) => {
            format!("It misses {bar} so far, {}. ", comparison.prompting_effort())
        }
        QualityState::Untested | QualityState::Stated(_) => {
            format!("Measure it on {FIRST_EVALUATION} of your own examples first. ")
        }
    };
    vec![plain(text)]
}

/// The first test: of what, for how much, and what it saves; after the measurement of what is used, if that is first.
fn pilot_sentence(comparison: &Comparison, pilot: &Pilot, is_second: bool) -> Vec<Span> {
    let name = match &pilot.stronger_model {
        Some(stronger) => model_name(&stronger.model).to_owned(),
        None => pilot.strategy.noun_for(&comparison.pilot_name(pilot)),
    };
    let is_same_test =
        is_second && pilot.cost_lines.iter().all(|line| line.item.hours_of_testing().is_some());
    let mut spans = match (is_second, is_same_test) {
        (_, true) => vec![plain("Then give "), strong(name), plain(" the same test")],
        (true, _) => vec![plain("Then test "), strong(name)],
        (false, _) => vec![plain("Test "), strong(name)],
    };
    spans.push(plain(format!(": {} to find out, and ", money(pilot.cost))));
    match pilot.saving {
        Some(saving) => {
            spans.extend([rival_span(money(saving)), plain(format!(" saved if {}.", pilot.condition()))]);
        }
        None => {
            let horizon = months(comparison.setting.months.horizon);
            spans.push(plain(format!("{} over {horizon} if it passes.", money(pilot.tco))));
        }
    }
    let asks_for_size = |fired: &Fired| fired.role == Some(RuleRole::KnowledgeUnstated);
    if comparison.get(pilot.strategy).is_some_and(|one| one.fired.iter().any(asks_for_size)) {
        spans.push(strong(" Say how much knowledge there is to look up"));
        spans.push(plain(": its cost follows from that."));
    }
    spans
}

fn rival_sentence(Decision { comparison, choice, .. }: &Decision, holder: &Assessment) -> Vec<Span> {
    let Some(rival) = choice.rival.and_then(|id| comparison.get(id)) else {
        return vec![plain("No other strategy survives your constraints.")];
    };
    let Some((other, own)) = comparison.costs(rival, holder) else { return Vec::new() };
    let name = plain(capital(&rival.id.noun_for(&rival.name)));
    if own - other > HALF_A_CENT {
        let wanted = margin(own, comparison.inputs);
        let (saving, needed) = usd_apart(own - other, wanted);
        let (saving, why) = if own - other <= wanted {
            (saving, format!(", less than the {needed} that would justify a move."))
        } else {
            let is_proven = rival.quality.is_accepted();
            let why =
                if is_proven { ", but not at the dear end of its estimate." } else { ", but is not proven." };
            (money(own - other), why.to_owned())
        };
        return vec![name, plain(" would save "), rival_span(saving), plain(why)];
    }
    let ratio = other / own;
    if ratio < 1.05 {
        return vec![name, plain(" would cost "), rival_span("about the same"), plain(".")];
    }
    vec![
        name,
        plain(", the next cheapest, would cost "),
        rival_span(format!("{} as much", times(ratio))),
        plain("."),
    ]
}

/// Something is measured to meet the bar, but not by the launch.
fn proven_but_late(decision: &Decision, later: &Assessment) -> Vec<Span> {
    let Decision { comparison, choice, trials } = decision;
    let noun = later.id.noun_for(&later.name);
    let known = if later.quality.meets() { "measured" } else { "assumed" };
    let mut lede = failing(comparison, choice.reference.and_then(|id| comparison.get(id)), ". ");
    lede.push(strong(capital(&noun)));
    let launch = comparison.inputs.constraints.launch_weeks;
    let launch =
        launch.map_or_else(String::new, |launch| format!(", and your launch is in {}", weeks(launch)));
    lede.push(plain(format!(" is {known} to meet the bar; it takes {}{launch}. ", weeks(later.lead_weeks))));
    if let Ok(cost) = &later.cost {
        let horizon = months(comparison.setting.months.horizon);
        lede.push(plain("It costs "));
        lede.extend([verdict_span(money(cost.total())), plain(format!(" over {horizon}. "))]);
    }
    lede.push(plain("Launch later, or let people check every answer until then. "));
    lede.extend(trials.pilots.first().into_iter().flat_map(|pilot| pilot_sentence(comparison, pilot, false)));
    lede
}

/// That what is asked first fails, with what follows in the sentence.
fn failing(comparison: &Comparison, reference: Option<&Assessment>, end: &str) -> Vec<Span> {
    let Some(reference) = reference else { return Vec::new() };
    let bar = percent(comparison.inputs.quality.required_quality);
    vec![strong(reference.name.clone()), plain(format!(" is measured to fail {bar}{end}"))]
}

fn nothing_fits(relaxations: &[Relaxation]) -> Vec<Span> {
    match relaxations.first() {
        Some(first) => {
            vec![plain("The least that would have to give: "), strong(first.text.clone()), plain(".")]
        }
        None => vec![plain("Every strategy is out; each says why.")],
    }
}

fn nothing_proven(
    comparison: &Comparison,
    reference: Option<&Assessment>,
    pilots: &[Pilot],
    relaxations: &[Relaxation],
) -> Vec<Span> {
    let mut lede = failing(comparison, reference, ", and nothing else to meet it. ");
    match pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(comparison, pilot, false)),
        None => {
            lede.push(plain("Look at the failures, the bar and the data first."));
            for one in relaxations {
                lede.extend([plain(" What would have to give: "), strong(one.text.clone()), plain(".")]);
            }
        }
    }
    lede
}
