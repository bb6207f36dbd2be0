//! What each step of the decision compared, row by row: a strategy, and what was found of it.

use crate::domain::decide::{Assessment, Choice, Comparison, HALF_A_CENT, Pilot, margin, saves_enough};
use crate::domain::explain::chance;
use crate::domain::explain::verdict::money;
use crate::domain::units::words::usd_apart;

type Rows = Vec<(String, String)>;

/// Every strategy against the constraints.
pub fn screen(comparison: &Comparison) -> Rows {
    let row = |assessment: &Assessment| {
        let found = match assessment.out.first() {
            Some(exclusion) => format!("out ({}): {exclusion}", exclusion.rule()),
            None => "survives".to_owned(),
        };
        (assessment.name.clone(), found)
    };
    comparison.assessments.iter().map(row).collect()
}

/// The ladder up to the reference: prompted strategies first, then by rung.
pub fn ladder(comparison: &Comparison, choice: &Choice) -> Rows {
    let mut order: Vec<&Assessment> = comparison.assessments.iter().collect();
    order.sort_by_key(|one| (!one.id.strategy().is_prompted(), one.rung, one.id));
    let reference = choice.reference.and_then(|id| comparison.get(id));
    let mut rows = Vec::new();
    for one in order {
        let is_reference = choice.reference == Some(one.id);
        let is_one_rung = reference.is_some_and(|reference| reference.rung == one.rung);
        let found = match one.out.first() {
            _ if is_reference => "the lowest that the constraints allow".to_owned(),
            Some(exclusion) => format!("out ({})", exclusion.rule()),
            None if is_one_rung => "on the same rung".to_owned(),
            None => "another is preferred".to_owned(),
        };
        rows.push((one.name.clone(), format!("rung {}: {found}", one.rung)));
        if is_reference {
            break;
        }
    }
    rows
}

/// What is known of the quality of each survivor, against the bar.
pub fn proven(comparison: &Comparison) -> Rows {
    let survivors = comparison.assessments.iter().filter(|one| one.survives());
    survivors
        .map(|one| (one.name.clone(), one.quality.sentence(comparison.inputs.quality.bar_of(one.id))))
        .collect()
}

/// The cost of each survivor against the holder's, with the margin, the proof and the launch.
pub fn savings(comparison: &Comparison, holder: &Assessment) -> Rows {
    let others = comparison.assessments.iter().filter(|one| one.survives() && one.id != holder.id);
    others.map(|one| (one.name.clone(), saving(comparison, one, holder))).collect()
}

fn saving(comparison: &Comparison, one: &Assessment, holder: &Assessment) -> String {
    let Some((own, present)) = comparison.costs(one, holder) else { return "cost not known".to_owned() };
    if (own - present).abs() < HALF_A_CENT {
        return "costs the same".to_owned();
    }
    if own > present {
        return format!("costs {} more", money(own - present));
    }
    let (saving, wanted) = (present - own, margin(present, comparison.inputs));
    let (shown, margin) = usd_apart(saving, wanted);
    let mut found = format!("saves {shown}");
    if saving <= wanted {
        found.push_str(&format!(", not more than the {margin} that a move takes"));
    } else if !saves_enough(comparison, one, holder) {
        found.push_str(", but not at the dear end of its estimate");
    }
    if !one.quality.is_accepted() {
        found.push_str(&format!("; quality {}", one.quality.label()));
    }
    if !comparison.in_time(one) {
        found.push_str("; not ready by the launch");
    }
    found
}

/// What each trial costs and brings.
pub fn trials(comparison: &Comparison, pilots: &[Pilot]) -> Rows {
    let row = |pilot: &Pilot| {
        let mut found = format!("{} to find out", money(pilot.cost));
        if let (Some(saving), Some(chance)) = (pilot.saving, pilot.break_even_chance) {
            found.push_str(&format!(
                ", saves {} if {}; {}",
                money(saving),
                pilot.condition(),
                chance::pays_from(chance)
            ));
        }
        (comparison.pilot_name(pilot), found)
    };
    pilots.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::answer::{Answer, Step, answer};
    use crate::domain::case::Case;
    use crate::domain::evidence::Evidence;
    use crate::domain::input::DataBoundary;
    use crate::domain::strategy::StrategyId;

    fn step<'a>(answer: &'a Answer, stage: &str) -> &'a Step {
        answer.trace.iter().find(|step| step.stage == stage).unwrap()
    }

    fn found<'a>(answer: &'a Answer, stage: &str, id: StrategyId) -> &'a str {
        let name = &answer.decided.get(id).unwrap().name;
        let rows = &step(answer, stage).compared;
        rows.iter().find(|(row, _)| row == name).map_or("", |(_, found)| found.as_str())
    }

    #[test]
    fn the_screen_gives_every_strategy_and_why_it_is_out() {
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        inputs.constraints.data_boundary = DataBoundary::OwnCloud;
        let answer = answer(&case);
        assert_eq!(step(&answer, "Screen").compared.len(), StrategyId::ALL.len());
        assert!(
            found(&answer, "Screen", StrategyId::Prompt)
                .starts_with("out (F5): A provider would see the data")
        );
        assert_eq!(found(&answer, "Screen", StrategyId::OpenSelf), "survives");
        let ladder = &step(&answer, "Reference").compared;
        let reference = answer.decided.choice.reference.unwrap();
        assert_eq!(ladder.last().unwrap().0, answer.decided.get(reference).unwrap().name);
        assert!(ladder.len() > 1 && ladder[0].1.contains("out (F5)"), "{ladder:?}");
    }

    #[test]
    fn savings_are_held_against_margin_and_proof_and_every_step_has_a_short_statement() {
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        inputs.work.requests_per_month = 5e6;
        inputs.quality.evidence_prompt = Evidence::Counted { correct: 196, total: 200 };
        let answer = answer(&case);
        let holder = answer.decided.choice.use_now.unwrap();
        let survivors = answer.decided.assessments.iter().filter(|one| one.survives() && one.id != holder);
        assert_eq!(step(&answer, "Replace").compared.len(), survivors.count());
        let lora = found(&answer, "Replace", StrategyId::Lora);
        assert!(lora.starts_with("saves $") && lora.ends_with("; quality untested"), "{lora}");
        let trial = &step(&answer, "Pilots").compared[0];
        assert_eq!(trial.0, answer.pilots[0].name);
        assert!(trial.1.contains(" to find out, saves $"), "{trial:?}");
        assert!(answer.trace.iter().all(|step| step.summary.ends_with('.') && step.summary.len() < 130));
    }
}
