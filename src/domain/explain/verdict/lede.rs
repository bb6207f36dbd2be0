//! The sentences under the headline.

use super::reservations;
use crate::domain::cost::month_reached;
use crate::domain::decide::{Assessment, Comparison, Decision, HALF_A_CENT, Pilot, margin};
use crate::domain::evidence::QualityState;
use crate::domain::explain::spans::{Span, count, money, plain, rival_span, strong, verdict_span};
use crate::domain::rules::Fired;
use crate::domain::strategy::RuleRole;
use crate::domain::units::words::{count_exact, months, percent, percent_up, times, usd_apart, weeks};
use crate::domain::what_if::Relaxation;

/// What it costs, what is known of it, what follows, and what to test or hold it against.
pub fn lede(decision: &Decision, relaxations: &[Relaxation]) -> Vec<Span> {
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
    lede.extend(reservations::of_money(comparison, holder));
    lede.extend(late(comparison, holder));
    lede.extend(evidence(holder, comparison));
    let later = choice.later.and_then(|id| comparison.get(id));
    lede.extend(later.into_iter().flat_map(|later| move_sentence(comparison, holder, later)));
    lede.extend(proven_and_dearer(comparison, holder));
    match trials.pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(comparison, pilot)),
        None if later.is_none() => lede.extend(rival_sentence(decision, holder)),
        None => {}
    }
    lede
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

/// What it costs over the horizon, wrong answers included where they are priced and known.
fn cost(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    let cost = match &holder.cost {
        Ok(cost) => cost,
        Err(unknown) => return vec![strong("Its cost is not known"), plain(format!(": {unknown}. "))],
    };
    let requests = comparison.inputs.work.requests_per_month;
    let wrong = match cost.errors {
        Some(errors) if errors > 0.0 => format!(", {} of it for wrong answers,", money(errors)),
        _ => String::new(),
    };
    vec![
        plain(format!("Over {} it costs ", months(comparison.setting.months.horizon))),
        verdict_span(money(cost.total())),
        plain(format!(
            "{wrong} at {} requests a month, {} for 1,000 requests. ",
            count(requests),
            money(cost.total() / comparison.discounted_requests() * 1_000.0)
        )),
    ]
}

/// What follows the holder once it is built.
fn move_sentence(comparison: &Comparison, holder: &Assessment, later: &Assessment) -> Vec<Span> {
    let known = if later.quality.meets() { "measured to meet the bar" } else { "assumed to meet the bar" };
    let mut spans = vec![
        strong(format!("Then move to {}", later.id.noun_for(&later.name))),
        plain(format!(", which is {known}")),
    ];
    let saving = comparison.costs(later, holder).map(|(own, present)| present - own);
    if let Some(saving) = saving.filter(|saving| *saving > 0.0) {
        spans.extend([plain(", saves "), rival_span(money(saving))]);
    }
    spans.push(plain(format!(" and takes {}. ", weeks(later.lead_weeks))));
    spans
}

fn late(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    match comparison.inputs.constraints.launch_weeks {
        Some(launch) if holder.lead_weeks > launch => vec![
            strong(format!("It takes {}", weeks(holder.lead_weeks))),
            plain(format!(
                " and your launch is in {}: nothing that the constraints allow is ready by then. ",
                weeks(launch)
            )),
        ],
        _ => Vec::new(),
    }
}

fn evidence(holder: &Assessment, comparison: &Comparison) -> Vec<Span> {
    let bar = percent(comparison.inputs.quality.bar_of(holder.id));
    let text = match holder.quality {
        QualityState::Meets(measured) => format!(
            "It is measured to meet your bar of {bar} ({} of {} examples). ",
            percent(measured.share),
            count_exact(f64::from(measured.total))
        ),
        QualityState::Unclear { further_examples: Some(n), .. } => format!(
            "Your evaluation cannot yet tell whether it reaches {bar}; about {} more examples would. ",
            count_exact(f64::from(n))
        ),
        QualityState::Unclear { further_examples: None, .. } => {
            format!("Your evaluation puts it so close to {bar} that more examples will not settle it. ")
        }
        QualityState::AssumedEqual => format!("That it reaches {bar} is assumed, not measured. "),
        QualityState::Fails(_) => {
            format!("It misses {bar} so far, {}. ", comparison.prompting_effort())
        }
        QualityState::Untested | QualityState::Stated(_) => {
            format!("Whether it reaches {bar} on your task is not measured yet: do that first. ")
        }
    };
    vec![plain(text)]
}

fn pilot_sentence(comparison: &Comparison, pilot: &Pilot) -> Vec<Span> {
    let mut spans = vec![
        strong(format!("Test {}", pilot.strategy.noun_for(&comparison.pilot_name(pilot)))),
        plain(format!(": {} to find out", money(pilot.cost))),
    ];
    if let (Some(saving), Some(chance)) = (pilot.saving, pilot.break_even_chance) {
        spans.push(plain(", saves "));
        spans.push(rival_span(money(saving)));
        spans.push(plain(format!(
            " if {}; worth it if you give it a chance of {} or more.",
            pilot.condition(),
            percent_up(chance)
        )));
    } else {
        spans.push(plain(format!(
            ", and {} over {} if it serves then.",
            money(pilot.tco),
            months(comparison.setting.months.horizon)
        )));
    }
    let asks_for_size = |fired: &Fired| fired.role == Some(RuleRole::KnowledgeUnstated);
    if comparison.get(pilot.strategy).is_some_and(|one| one.fired.iter().any(asks_for_size)) {
        spans.push(strong(" Say how much knowledge there is to look up"));
        spans.push(plain(": what it costs follows from that."));
    }
    spans
}

fn rival_sentence(Decision { comparison, choice, .. }: &Decision, holder: &Assessment) -> Vec<Span> {
    let Some(rival) = choice.rival.and_then(|id| comparison.get(id)) else {
        return vec![plain("No other strategy survives your constraints.")];
    };
    let Some((other, own)) = comparison.costs(rival, holder) else { return Vec::new() };
    let name = rival_span(rival.id.noun_for(&rival.name));
    if own - other > HALF_A_CENT {
        let wanted = margin(own, comparison.inputs);
        let is_small = own - other <= wanted;
        let (saving, needed) = usd_apart(own - other, wanted);
        let (saving, why) = if is_small {
            (saving, format!(", less than the {needed} that would justify a move."))
        } else {
            let why = if rival.quality.is_accepted() {
                " but not at the dear end of its estimate."
            } else {
                " but is not proven."
            };
            (money(own - other), why.to_owned())
        };
        return vec![
            plain("The cheapest alternative, "),
            name,
            plain(", saves "),
            rival_span(saving),
            plain(why),
        ];
    }
    let ratio = other / own;
    let much = if ratio >= 1.05 { format!("{} as much", times(ratio)) } else { "about the same".to_owned() };
    let mut spans = vec![plain("The cheapest alternative, "), name, plain(", would cost "), rival_span(much)];
    let today = comparison.inputs.work.requests_per_month;
    match rival.cheaper_from(today).filter(|_| choice.reference == Some(holder.id)) {
        Some(volume) => {
            spans.push(plain("; it becomes cheaper above "));
            spans.push(strong(format!("{} requests a month", count(volume))));
            spans.push(plain(match month_reached(volume, today, &comparison.setting.months) {
                Some(month) => format!(", which your growth reaches in month {month}."),
                None => ", which your growth does not reach within the horizon.".to_owned(),
            }));
        }
        None => spans.push(plain(".")),
    }
    spans
}

/// Something is measured to meet the bar, but not by the launch.
fn proven_but_late(decision: &Decision, later: &Assessment) -> Vec<Span> {
    let Decision { comparison, choice, trials } = decision;
    let noun = later.id.noun_for(&later.name);
    let known =
        if later.quality.meets() { "is measured to meet the bar" } else { "is assumed to meet the bar" };
    let mut lede = failing(comparison, choice.reference.and_then(|id| comparison.get(id)));
    lede.push(strong(crate::domain::units::words::capital(&noun)));
    let launch = comparison
        .inputs
        .constraints
        .launch_weeks
        .map_or_else(String::new, |launch| format!(" and your launch is in {}", weeks(launch)));
    lede.push(plain(format!(" {known}; it takes {}{launch}. ", weeks(later.lead_weeks))));
    if let Ok(cost) = &later.cost {
        lede.push(plain(format!("Over {} it costs ", months(comparison.setting.months.horizon))));
        lede.extend([verdict_span(money(cost.total())), plain(". ")]);
    }
    lede.push(plain("Until then launch later, or let people check every answer. "));
    lede.extend(trials.pilots.first().into_iter().flat_map(|pilot| pilot_sentence(comparison, pilot)));
    lede
}

fn failing(comparison: &Comparison, reference: Option<&Assessment>) -> Vec<Span> {
    let Some(reference) = reference else { return Vec::new() };
    let bar = percent(comparison.inputs.quality.required_quality);
    vec![strong(reference.name.clone()), plain(format!(" is measured to fail {bar}. "))]
}

fn nothing_fits(relaxations: &[Relaxation]) -> Vec<Span> {
    match relaxations.first() {
        Some(first) => vec![
            plain("Every strategy is out. The least that would have to give: "),
            strong(first.text.clone()),
            plain("."),
        ],
        None => vec![plain("Every strategy is out; the table says why.")],
    }
}

fn nothing_proven(
    comparison: &Comparison,
    reference: Option<&Assessment>,
    pilots: &[Pilot],
    relaxations: &[Relaxation],
) -> Vec<Span> {
    let mut lede = failing(comparison, reference);
    lede.push(plain("Nothing else is measured to meet it. "));
    match pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(comparison, pilot)),
        None => {
            lede.push(plain(
                "No strategy that you could try has a reason to do better: look at the failures, the bar and the data first.",
            ));
            for one in relaxations {
                lede.extend([plain(" What would have to give: "), strong(one.text.clone()), plain(".")]);
            }
        }
    }
    lede
}
