//! What the folded parts of the page would tell, in a sentence each.

use super::plan::PlanStep;
use super::trace::Step;
use crate::domain::decide::{Assessment, Decided, Hardware};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{capital, count_short, few, percent};

/// The stage of a step that decides nothing.
pub const BREAK_EVEN: &str = "Break-even";

/// Of the chain: how many steps lead from twelve strategies to one.
pub fn why_line(trace: &[Step], decided: &Decided) -> String {
    // A crossing to come is told behind the chain and decides nothing.
    let steps = match trace.iter().filter(|step| step.stage != BREAK_EVEN).count() {
        1 => "One step".to_owned(),
        n => format!("{} steps", capital(&few(n))),
    };
    let end = if decided.choice.use_now.is_some() { "one" } else { "none that is proven" };
    format!("{steps} from twelve strategies to {end}")
}

/// Of the plan: weeks to launch, tests, and reasons to look again, those that prices give among them.
pub fn plan_line(plan: &[PlanStep], decided: &Decided, price_reasons: usize) -> String {
    let count = |when: &str| plan.iter().filter(|step| step.when == when).count();
    let several = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("one {one}")),
        n => Some(format!("{} {more}", few(n))),
    };
    let holder = decided.choice.use_now.and_then(|id| decided.get(id));
    let weeks = holder.map(|holder| libm::round(holder.lead_weeks)).filter(|weeks| *weeks >= 1.0);
    let launch = weeks.map(|weeks| match weeks {
        1.0 => "one week to launch".to_owned(),
        weeks if weeks <= 12.0 => format!("{} weeks to launch", few(weeks as usize)),
        weeks => format!("{} weeks to launch", count_short(weeks)),
    });
    let moves = usize::from(decided.choice.later.is_some());
    let tests = several(count("Next").saturating_sub(moves), "test", "tests");
    // The last of the later steps is no event.
    let reasons = count("Later").saturating_sub(1) + price_reasons;
    let again = several(reasons, "reason to look again", "reasons to look again");
    let moves = several(moves, "move", "moves");
    let parts: Vec<String> = [launch, moves, tests, again].into_iter().flatten().collect();
    if parts.is_empty() { "Nothing to do yet".to_owned() } else { capital(&parts.join(", then ")) }
}

/// Of hardware: what would serve, and how idle it stands.
pub fn hardware_line(decided: &Decided) -> String {
    let preferred = [decided.choice.use_now, Some(StrategyId::Lora), Some(StrategyId::OpenSelf)];
    let preferred = preferred.into_iter().flatten().filter_map(|id| decided.get(id));
    let found = preferred.chain(&decided.assessments).find_map(|one| Some((one, one.hardware.as_ref()?)));
    match found {
        Some((one, hardware)) => served_by(one, hardware, decided.choice.use_now == Some(one.id)),
        None => "No GPUs of your own could carry this".to_owned(),
    }
}

fn served_by(one: &Assessment, hardware: &Hardware, is_used: bool) -> String {
    let (_, gpus, _) = hardware.peak_gpus;
    let number = if gpus <= 12.0 { few(libm::round(gpus).max(0.0) as usize) } else { count_short(gpus) };
    let (would, stand) = match (is_used, gpus == 1.0) {
        (true, true) => ("serves", "stands"),
        (true, false) => ("serve", "stand"),
        (false, _) => ("would serve", "stand"),
    };
    format!(
        "{} {} {would} {}, and {stand} idle {} of the time",
        capital(&number),
        hardware.gpu,
        one.id.noun_for(&one.name),
        percent(1.0 - hardware.utilisation)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{Answer, answer};
    use crate::domain::case::Case;

    fn lines(answer: &Answer) -> [String; 3] {
        [
            why_line(&answer.trace, &answer.decided),
            plan_line(&answer.plan, &answer.decided, 0),
            hardware_line(&answer.decided),
        ]
    }

    #[test]
    fn each_fold_says_what_it_would_tell_of_the_common_case() {
        let [why, plan, hardware] = lines(&answer(&Case::default()));
        assert!(why.ends_with("steps from twelve strategies to one"), "{why}");
        assert!(plan.starts_with("Two weeks to launch, then two tests, then "), "{plan}");
        assert!(plan.ends_with("reasons to look again"), "{plan}");
        assert!(hardware.starts_with("Two L4 would serve "), "{hardware}");
        assert!(hardware.contains(" idle 98"), "{hardware}");
    }

    #[test]
    fn where_nothing_fits_the_lines_still_stand() {
        let mut case = Case::default();
        case.inputs.constraints.upfront_budget = Some(1.0);
        for line in lines(&answer(&case)) {
            assert!(!line.is_empty() && !line.ends_with("then "), "{line}");
        }
    }
}
