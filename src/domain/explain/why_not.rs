//! One line for each strategy that is not used: what decided, and what would make it win.

use super::finding::Finding;
use super::verdict::{count, money};
use crate::domain::decide::{Assessment, Decision, HALF_A_CENT, WhyDeclined, kept_from_trial, margin};
use crate::domain::units::words::{lower_first, percent, percent_up, times, usd_apart};
use crate::domain::what_if::{Asked, WhatIf};

/// The line for one strategy.
/// `findings` are the words of the rules that fired for it.
pub fn why_not(
    assessment: &Assessment,
    findings: &[Finding],
    decision: &Decision,
    what_if: &WhatIf,
) -> String {
    let Decision { comparison, choice, trials } = decision;
    if choice.use_now == Some(assessment.id) {
        return "the recommendation".to_owned();
    }
    if let Some(exclusion) = assessment.out.first() {
        let entry = what_if.entries.iter().find(|entry| entry.strategy == assessment.id);
        let lets_in = match entry.map(|entry| &entry.way) {
            Some(Ok(relaxation)) => Some(relaxation.wish.clone()),
            Some(Err(asked)) => wishes(asked),
            None => None,
        };
        let lets_in = lets_in.map_or_else(String::new, |wish| format!(" Would let it in: {wish}."));
        return format!("{}{lets_in}", sentence(&exclusion.to_string()));
    }
    let own = match &assessment.cost {
        Ok(cost) => cost,
        Err(unknown) => return format!("Cost unknown: {unknown}."),
    };
    if choice.later == Some(assessment.id) {
        let known = if assessment.quality.meets() { "Measured" } else { "Assumed" };
        return format!("{known} to meet the bar, but not ready by the launch: move to it once it is.");
    }
    let holder = choice.use_now.or(choice.reference).and_then(|id| comparison.get(id));
    let Some(holder) = holder else { return "Nothing is proven yet.".to_owned() };
    let Some((total, present)) = comparison.costs(assessment, holder) else {
        return format!("The cost of {} is not known, so it cannot be compared.", lower_first(&holder.name));
    };
    if trials.pilots.iter().any(|pilot| pilot.strategy == assessment.id) {
        let is_cheaper = choice.use_now.is_some() && total < present;
        let words = if is_cheaper {
            "Cheaper, but not proven: worth a trial."
        } else {
            "Not proven, and a reason speaks for it: worth a trial."
        };
        return words.to_owned();
    }
    let other = comparison.same_configuration(assessment.id);
    if other.is_some_and(|other| trials.pilots.iter().any(|pilot| pilot.strategy == other)) {
        return "The same model, served the other way, is cheaper: that is the trial to run.".to_owned();
    }
    let held = Held { own: assessment, holder, total, present };
    if (total - present).abs() < HALF_A_CENT {
        return "Costs the same, and a tie keeps the simpler strategy.".to_owned();
    }
    if total > present {
        return dearer(&held, decision);
    }
    let (saving, wanted) = (present - total, margin(present, comparison.inputs));
    if saving <= wanted {
        let (saving, wanted) = usd_apart(saving, wanted);
        return format!("Saves {saving}, less than the margin of {wanted} for a move.");
    }
    let saves = format!("Saves {}", money(saving));
    if present < total + own.tco_band.1 - own.tco {
        return format!("{saves}, but not at the expensive end of its sizing band.");
    }
    not_tried(assessment, findings, decision, &saves)
}

/// A strategy held against the holder, both in the same terms, US dollars.
struct Held<'a> {
    own: &'a Assessment,
    holder: &'a Assessment,
    total: f64,
    present: f64,
}

/// What is dearer, and what would change that.
fn dearer(Held { own, holder, total, present }: &Held, decision: &Decision) -> String {
    let Decision { comparison, choice, .. } = decision;
    let is_reference = choice.reference == Some(holder.id);
    let wins = match own.cheaper_from(comparison.inputs.work.requests_per_month).filter(|_| is_reference) {
        Some(volume) => format!("cheaper above {} requests a month", count(volume)),
        None if is_reference => "not cheaper at any larger volume".to_owned(),
        None => "it would have to be cheaper or better".to_owned(),
    };
    // Cheaper to run and dearer with its wrong answers: the bills apart from these say so.
    if let (Some(bill), Some(other)) = (own.tco(), holder.tco())
        && bill < other
    {
        let (less, more) = usd_apart(other - bill, total - present + other - bill);
        return format!(
            "Its bill is {less} lower, but its wrong answers are expected to cost {more} more; {wins}."
        );
    }
    let ratio = total / present;
    let much = if ratio >= 1.095 {
        format!("{} the cost", times(ratio))
    } else {
        format!("{} dearer", money(total - present))
    };
    format!("{} at this volume; {wins}.", capital(&much))
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
            "{saves}, but is not proven, and this keeps it from being tried: {}",
            sentence(&finding.text)
        );
    }
    let comparison = &decision.comparison;
    let holder = decision.choice.use_now.and_then(|id| comparison.get(id));
    if holder.is_some_and(|holder| comparison.is_weaker_than_failing(assessment, holder)) {
        return format!("{saves}, but its model is weaker than one that misses the bar so far.");
    }
    let declined = decision.trials.declined.iter().find(|one| one.strategy == assessment.id);
    match (declined.map(|one| one.why), decision.choice.later) {
        (Some(WhyDeclined::PaysFrom(chance)), _) => format!(
            "{saves}, but is not proven, and a trial pays only at a chance of {} or more; you set {} at most.",
            percent_up(chance),
            percent(decision.comparison.inputs.economics.pilot_threshold)
        ),
        (Some(WhyDeclined::OverBudget { cost, budget }), _) => {
            let (cost, budget) = usd_apart(cost, budget);
            format!(
                "{saves}, but is not proven, and a trial takes {cost}, over your budget before launch of {budget}."
            )
        }
        (Some(WhyDeclined::Unprovable), _) => {
            format!("{saves}, but would have to be right always to be worth it, which no trial shows.")
        }
        (None, Some(_)) => format!("{saves} today, but not enough against what is to follow."),
        (None, None) => format!("{saves}, but is not proven."),
    }
}

fn sentence(text: &str) -> String {
    let text = capital(text);
    if text.ends_with('.') { text } else { format!("{text}.") }
}

/// The first letter in upper case, unless the text starts with a name such as gpt-5.
fn capital(text: &str) -> String {
    let first_word = text.split(' ').next().unwrap_or("");
    if first_word.contains(|c: char| c.is_ascii_digit() || c == '/' || c == '-') {
        return text.to_owned();
    }
    crate::domain::units::words::capital(text)
}
