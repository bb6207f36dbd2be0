//! One line for each strategy that is not used: what decided, and what would make it win.

use super::finding::Finding;
use super::verdict::{count, money};
use crate::domain::decide::{Assessment, Decision, HALF_A_CENT, Pilot, WhyDeclined, kept_from_trial, margin};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::Exclusion;
use crate::domain::units::words::{lower_first, odds, percent, times, usd_apart};
use crate::domain::what_if::{Asked, WhatIf};

/// The line for one strategy: why it is not used now.
/// `findings` are the words of the rules that fired for it.
pub fn why_not(assessment: &Assessment, findings: &[Finding], decision: &Decision) -> String {
    let Decision { comparison, choice, trials } = decision;
    if choice.use_now == Some(assessment.id) {
        return recommended(assessment, decision).to_owned();
    }
    if let Some(exclusion) = assessment.out.first() {
        return format!("Excluded: {}", excluded(exclusion));
    }
    let own = match &assessment.cost {
        Ok(cost) => cost,
        Err(unknown) => return format!("Cost unknown: {unknown}."),
    };
    if choice.later == Some(assessment.id) {
        let known = if assessment.quality.meets() { "Measured" } else { "Assumed" };
        return format!("{known} to meet the bar, not ready by the launch: move to it then.");
    }
    let holder = choice.use_now.or(choice.reference).and_then(|id| comparison.get(id));
    let Some(holder) = holder else { return "Nothing is proven yet.".to_owned() };
    let Some((total, present)) = comparison.costs(assessment, holder) else {
        return format!("The cost of {} is not known, so nothing compares.", lower_first(&holder.name));
    };
    let pilot_of = |id| trials.pilots.iter().find(|pilot: &&Pilot| pilot.strategy == id);
    if let Some(pilot) = pilot_of(assessment.id) {
        return worth_a_test(pilot);
    }
    if comparison.same_configuration(assessment.id).and_then(pilot_of).is_some() {
        return "The same model is cheaper served the other way: test that.".to_owned();
    }
    let held = Held { own: assessment, holder, total, present };
    if (total - present).abs() < HALF_A_CENT {
        return "Costs the same; the simpler strategy stays.".to_owned();
    }
    if total > present {
        return dearer(&held, decision);
    }
    let (saving, wanted) = (present - total, margin(present, comparison.inputs));
    if saving <= wanted {
        let (saving, wanted) = usd_apart(saving, wanted);
        return format!("Saves {saving}, less than the {wanted} that a move takes.");
    }
    let saves = format!("Saves {}", money(saving));
    if present < total + own.tco_band.1 - own.tco {
        return format!("{saves}, but not at the dear end of its estimate.");
    }
    not_tried(assessment, findings, decision, &saves)
}

/// Why it is what to use.
fn recommended(assessment: &Assessment, Decision { choice, comparison, .. }: &Decision) -> &'static str {
    let is_today = comparison.todays_holder().is_some_and(|today| today.id == assessment.id);
    match assessment.quality {
        _ if is_today => "It is in use, and nothing measured beats it.",
        _ if choice.reference == Some(assessment.id) => "The lowest step that nothing excludes.",
        QualityState::Meets(_) => "Measured to meet the bar, and no measured one beats it.",
        _ => "Assumed to meet the bar, and no measured one beats it.",
    }
}

/// What would let a strategy in that is out, in words, tried among the others where that can be.
pub fn lets_in(assessment: &Assessment, what_if: &WhatIf) -> Option<String> {
    assessment.out.first()?;
    match &what_if.entries.iter().find(|entry| entry.strategy == assessment.id)?.way {
        Ok(relaxation) => Some(relaxation.wish.clone()),
        Err(asked) => wishes(asked),
    }
}

/// The reason within the sentence, which a name begins as it is written.
fn excluded(exclusion: &Exclusion) -> String {
    let text = exclusion.to_string();
    let is_table = matches!(exclusion, Exclusion::Rule(rule) if !rule.origin.is_policy());
    let text = if is_table { lower_first(&text) } else { text };
    if text.ends_with('.') { text } else { format!("{text}.") }
}

/// What a test may save, or only what it costs where it is for quality.
fn worth_a_test(pilot: &Pilot) -> String {
    let cost = money(pilot.cost);
    match pilot.saving {
        Some(saving) => {
            let needs = match pilot.needs_share {
                Some(share) => format!("{} are right", percent(share)),
                None => "it is good enough".to_owned(),
            };
            format!("Saves {} if {needs}: test it, for {cost}.", money(saving))
        }
        None => format!("Not proven, but likely to do better: test it, for {cost}."),
    }
}

/// A strategy held against the holder, both in the same terms, US dollars.
struct Held<'a> {
    own: &'a Assessment,
    holder: &'a Assessment,
    total: f64,
    present: f64,
}

/// What is dearer, and from where on it is not.
fn dearer(Held { own, holder, total, present }: &Held, decision: &Decision) -> String {
    let Decision { comparison, choice, .. } = decision;
    let is_reference = choice.reference == Some(holder.id);
    let wins =
        if is_reference { wins(own, comparison.inputs.work.requests_per_month) } else { String::new() };
    // Cheaper to run and dearer with its wrong answers: the bills apart from these say so.
    if let (Some(bill), Some(other)) = (own.tco(), holder.tco())
        && bill < other
    {
        let (less, more) = usd_apart(other - bill, total - present + other - bill);
        return format!("Its bill is {less} lower, its wrong answers cost {more} more{wins}.");
    }
    let ratio = total / present;
    if ratio >= 1.095 {
        format!("{} the cost here{wins}.", times(ratio))
    } else {
        format!("{} dearer here{wins}.", money(total - present))
    }
}

/// Where it is cheaper than the reference, beyond the present volume.
fn wins(own: &Assessment, today: f64) -> String {
    if let Some(volume) = own.cheaper_from(today) {
        return format!("; cheaper from {} requests a month", count(volume));
    }
    match (own.next_crossing(today), own.break_even.as_ref().and_then(|it| it.crossings.last())) {
        (Some(first), Some(last)) if last.said() > first.said() => {
            format!("; cheaper between {} and {} requests a month", count(first.said()), count(last.said()))
        }
        _ => "; dearer at any larger volume".to_owned(),
    }
}

/// What each reason asks for, where that is more than an input can say; with what stands in the way whatever is done.
fn wishes(asked: &[Asked]) -> Option<String> {
    let mut named: Vec<&Asked> = Vec::new();
    for one in asked {
        // Of a reason that is found again with other numbers the first is enough.
        if named.iter().all(|other| other.exclusion.rule() != one.exclusion.rule()) {
            named.push(one);
        }
    }
    let wishes: Vec<String> = named.iter().filter_map(|one| one.wish.clone()).collect();
    let wishes = distinct(wishes);
    let stays = named.iter().filter(|one| one.wish.is_none());
    let stays: Vec<String> = stays.map(|one| lower_first(&one.exclusion.to_string())).collect();
    match (wishes.is_empty(), stays.is_empty()) {
        (true, _) => None,
        (false, true) => Some(wishes.join("; ")),
        (false, false) => {
            let stays =
                stays.iter().map(|reason| reason.trim_end_matches('.')).collect::<Vec<_>>().join("; ");
            Some(format!("{}, were it not that {stays}", wishes.join("; ")))
        }
    }
}

/// Each of them once.
fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once
}

/// Why what would save enough is neither used nor tried.
fn not_tried(assessment: &Assessment, findings: &[Finding], decision: &Decision, saves: &str) -> String {
    let kept = kept_from_trial(assessment).and_then(|kept| findings.iter().find(|one| one.rule == kept.rule));
    if let Some(finding) = kept {
        return format!(
            "{saves}, but is not proven, and no test is worth it: {}",
            lower_first(&finding.text)
        );
    }
    let comparison = &decision.comparison;
    let holder = decision.choice.use_now.and_then(|id| comparison.get(id));
    if holder.is_some_and(|holder| comparison.is_weaker_than_failing(assessment, holder)) {
        return format!("{saves}, but its model is weaker than one that misses the bar.");
    }
    let declined = decision.trials.declined.iter().find(|one| one.strategy == assessment.id);
    match (declined.map(|one| one.why), decision.choice.later) {
        (Some(WhyDeclined::PaysFrom(chance)), _) => format!(
            "{saves}, but its test pays only if its chance is better than {}; your limit is {}.",
            odds(chance),
            percent(decision.comparison.inputs.economics.pilot_threshold)
        ),
        (Some(WhyDeclined::OverBudget { cost, budget }), _) => {
            let (cost, budget) = usd_apart(cost, budget);
            format!("{saves}, but its test costs {cost}, over your budget before launch of {budget}.")
        }
        (Some(WhyDeclined::Unprovable), _) => {
            format!("{saves}, but only if it is right always, which no test shows.")
        }
        (None, Some(_)) => format!("{saves} today, but not enough against what follows."),
        (None, None) => format!("{saves}, but is not proven."),
    }
}
