//! One line for each strategy that is not used: what decided, and what would make it win.

use super::finding::Finding;
use super::verdict::{count, money};
use crate::domain::decide::{Assessment, Decision, kept_from_trial, margin};
use crate::domain::strategy::StrategyId;
use crate::format::{lower_first, percent, percent_up};

/// The line for one strategy.
/// `findings` are the words of the rules that fired for it.
pub fn why_not(assessment: &Assessment, findings: &[Finding], decision: &Decision) -> String {
    let Decision { comparison, choice, trials } = decision;
    let inputs = comparison.inputs;
    if choice.use_now == Some(assessment.id) {
        return "the recommendation".to_owned();
    }
    if let Some(exclusion) = assessment.out.first() {
        let relax = exclusion.relax().map_or_else(String::new, |relax| format!(" Would let it in: {relax}."));
        return format!("{}{relax}", sentence(&exclusion.to_string()));
    }
    let own = match &assessment.cost {
        Ok(cost) => cost,
        Err(unknown) => return format!("Cost unknown: {unknown}."),
    };
    let holder = choice.use_now.or(choice.reference).and_then(|id| comparison.get(id));
    let Some(holder) = holder else { return "Nothing is proven yet.".to_owned() };
    let Some(holder_tco) = holder.tco() else {
        return format!("The cost of {} is not known, so it cannot be compared.", lower_first(&holder.name));
    };
    if choice.later == Some(assessment.id) {
        let known = if assessment.quality.meets() { "Measured" } else { "Assumed" };
        return format!("{known} to meet the bar, but not ready by the launch: move to it once it is.");
    }
    if trials.pilots.iter().any(|pilot| pilot.strategy == assessment.id) {
        let is_cheaper = choice.use_now.is_some() && own.tco < holder_tco;
        let words = if is_cheaper {
            "Cheaper, but not proven: worth a trial."
        } else {
            "Not proven, and a reason speaks for it: worth a trial."
        };
        return words.to_owned();
    }
    let shares_weights = |id: StrategyId| matches!(id, StrategyId::OpenManaged | StrategyId::OpenSelf);
    if shares_weights(assessment.id) && trials.pilots.iter().any(|pilot| shares_weights(pilot.strategy)) {
        return "The same weights, served the other way, are cheaper: that is the trial to run.".to_owned();
    }
    let today = inputs.work.requests_per_month;
    let difference = own.tco - holder_tco;
    if difference > 0.0 {
        let times = own.tco / holder_tco;
        let much = if times >= 1.095 {
            format!("{times:.1} times the cost")
        } else {
            format!("{} dearer", money(difference))
        };
        let wins = match assessment.cheaper_from(today).filter(|_| choice.reference == Some(holder.id)) {
            Some(volume) => format!("cheaper above {} requests a month", count(volume)),
            None if choice.reference == Some(holder.id) => "not cheaper at any larger volume".to_owned(),
            None => "it would have to be cheaper or better".to_owned(),
        };
        return format!("{} at this volume; {wins}.", capital(&much));
    }
    let saving = -difference;
    if saving <= margin(holder_tco, inputs) {
        return format!(
            "Saves {}, less than the margin of {} for a move.",
            money(saving),
            money(margin(holder_tco, inputs))
        );
    }
    if holder_tco < own.tco_band.1 {
        return format!("Saves {}, but not at the expensive end of its sizing band.", money(saving));
    }
    let saves = format!("Saves {}", money(saving));
    if let (Ok(present), Some(wrong)) = (&holder.cost, own.errors) {
        let more = present.errors.map_or(0.0, |errors| wrong - errors);
        if saving - more <= margin(holder_tco + present.errors.unwrap_or(0.0), inputs) && more > 0.0 {
            return format!("{saves}, but its wrong answers are expected to cost {} more.", money(more));
        }
    }
    not_tried(assessment, findings, decision, &saves)
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
    let declined = decision.trials.declined.iter().find(|one| one.strategy == assessment.id);
    match (declined, decision.choice.later) {
        (Some(declined), _) => format!(
            "{saves}, but is not proven, and a trial pays only at a chance of {} or more; you set {} at most.",
            percent_up(declined.pays_from),
            percent(decision.comparison.inputs.economics.pilot_threshold)
        ),
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
    crate::format::capital(text)
}
