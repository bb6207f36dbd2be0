//! The lines under the fields: what the verdict and its rival cost over the range of an input.

use tunewise::domain::answer::{Answer, Lines, Strip, StripSearch, answer};
use tunewise::domain::case::Case;
use tunewise::domain::input::{Input, Kind, Value, input, registry};
use tunewise::domain::strategy::StrategyId;

use crate::random;
use crate::support::{case, presets};

/// Seven values of an input over its range, and the present one; `None` where it has none.
fn values(case: &Case, record: &Input) -> Option<Vec<f64>> {
    let (Kind::Number { min, max, whole, .. }, Value::Number(now)) =
        (record.kind, (record.get)(&case.inputs))
    else {
        return None;
    };
    let at = |step: u32| {
        let share = f64::from(step) / 6.0;
        let at = if min > 0.0 { min * (max / min).powf(share) } else { min + (max - min) * share };
        if whole { at.round() } else { at }
    };
    let mut values: Vec<f64> = (0..=6).map(at).map(|at| at.clamp(min, max)).collect();
    values.push(now);
    values.sort_by(f64::total_cmp);
    Some(values)
}

fn strip(case: &Case, record: &Input, lines: &Lines) -> Option<(Strip, usize)> {
    let at = values(case, record)?;
    let Value::Number(now) = (record.get)(&case.inputs) else { return None };
    let present = at.iter().position(|at| *at == now)?;
    Some((StripSearch::new(case, record, at, lines).finish(), present))
}

fn check_total(answer: &Answer, id: Option<StrategyId>, found: Option<f64>, what: &str) {
    let stated = id.and_then(|id| answer.get(id)?.total());
    match (stated, found) {
        (Some(stated), Some(found)) => {
            assert!((stated - found).abs() <= 1e-9 * stated.abs(), "{what}: {stated} {found}");
        }
        (stated, found) => assert_eq!(stated, found, "{what}"),
    }
}

/// Whatever is asked, the present value costs what the answer says, and asking again finds the same.
fn check(case: &Case, every: usize) {
    let (answer, lines) = (answer(case), Lines::of(case));
    let choice = &answer.decided.choice;
    assert_eq!(lines.verdict(), choice.use_now.or(choice.later));
    for record in registry().skip(every % 3).step_by(3) {
        let Some((found, present)) = strip(case, record, &lines) else { continue };
        assert_eq!((found.at.len(), found.at.len()), (found.verdict.len(), found.rival.len()));
        check_total(&answer, lines.verdict(), found.verdict[present], record.id);
        check_total(&answer, lines.rival(), found.rival[present], record.id);
        assert_eq!(Some(&found), strip(case, record, &lines).map(|(again, _)| again).as_ref());
        let known = found.verdict.iter().chain(&found.rival).flatten();
        known.for_each(|total| assert!(total.is_finite(), "{} {total}", record.id));
    }
}

#[test]
fn the_lines_of_every_example_pass_through_its_totals() {
    for (place, (_, inputs)) in presets().enumerate() {
        check(&case(&inputs), place);
    }
}

#[test]
fn the_lines_of_generated_scenarios_pass_through_their_totals() {
    for seed in 0..60_u64 {
        check(&random::case(seed), seed as usize);
    }
}

#[test]
fn the_cost_of_the_verdict_rises_with_the_volume_and_stands_still_with_what_it_does_not_use() {
    let case = Case::default();
    let lines = Lines::of(&case);
    let found = |id: &str| strip(&case, input(id).unwrap(), &lines).unwrap().0;
    let volume = found("requests_per_month");
    assert!(!volume.is_flat());
    let totals: Vec<f64> = volume.verdict.iter().flatten().copied().collect();
    assert_eq!(totals.len(), volume.at.len());
    assert!(totals.windows(2).all(|pair| pair[0] <= pair[1]), "{totals:?}");
    assert!(found("required_quality").is_flat());
}

#[test]
#[ignore = "a measurement, read by people"]
fn time_per_strip() {
    let case = Case::default();
    let lines = Lines::of(&case);
    for id in ["requests_per_month", "input_tokens", "labels", "horizon", "knowledge_tokens"] {
        let started = std::time::Instant::now();
        for _ in 0..20 {
            strip(&case, input(id).unwrap(), &lines);
        }
        println!("{id}: {:.3} ms a value", started.elapsed().as_secs_f64() * 1000.0 / 20.0 / 8.0);
    }
    let started = std::time::Instant::now();
    for _ in 0..20 {
        Lines::of(&case);
    }
    println!("lines: {:.3} ms", started.elapsed().as_secs_f64() * 1000.0 / 20.0);
}
