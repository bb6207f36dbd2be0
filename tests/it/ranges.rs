//! Where totals and savings are likely to lie: properties, and every swing against the engine asked anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::random;
use crate::support::{evaluate, presets};
use tunewise::domain::answer::{Answer, Assessment, Decided, Range, Swing, Uncertain, answer};
use tunewise::domain::case::Case;
use tunewise::domain::decide::decide;
use tunewise::domain::effort::HOUR_ITEMS;
use tunewise::domain::input::Inputs;
use tunewise::domain::strategy::StrategyId;

/// Differences below a cent, or below a billionth of large sums, are rounding.
fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.01_f64.max(1e-9 * a.abs().max(b.abs()))
}

/// Whether a swing is more than the last digit of a total.
fn moves(swing: &Swing, total: f64) -> bool {
    total + swing.at_low != total || total + swing.at_high != total
}

fn cases() -> impl Iterator<Item = (String, Case)> {
    let presets = presets().map(|(name, inputs)| (name.to_owned(), Case::from(inputs)));
    let random = (0..200).map(|seed| (format!("scenario {seed}"), random::case(seed)));
    let default = std::iter::once(("the default".to_owned(), Case::default()));
    default.chain(presets).chain(random)
}

fn priced(answer: &Answer) -> impl Iterator<Item = (&Assessment, f64)> {
    priced_of(&answer.decided)
}

fn priced_of(decided: &Decided) -> impl Iterator<Item = (&Assessment, f64)> {
    decided.assessments.iter().filter_map(|one| Some((one, one.total()?)))
}

#[test]
fn the_range_of_a_total_is_finite_and_holds_the_total() {
    for (name, case) in cases() {
        let answer = answer(&case);
        for assessment in &answer.decided.assessments {
            let total = assessment.total();
            assert_eq!(total.is_some(), assessment.range.is_some(), "{name} {}", assessment.name);
            let (Some(total), Some(Range { low, high })) = (total, assessment.range) else { continue };
            assert!(low.is_finite() && high.is_finite(), "{name} {}", assessment.name);
            assert!(low <= total && total <= high, "{name} {}: {low} {total} {high}", assessment.name);
            assert_eq!(assessment.swings.iter().any(|swing| moves(swing, total)), low < high, "{name}");
        }
    }
}

#[test]
fn the_range_of_a_saving_holds_the_saving_and_turns_with_it() {
    for (name, case) in cases() {
        let answer = answer(&case);
        for (from, _) in priced(&answer) {
            for (to, _) in priced(&answer) {
                let there = answer.saving_range(from.id, to.id).unwrap();
                let back = answer.saving_range(to.id, from.id).unwrap();
                let (present, own) = from.costs_beside(to).unwrap();
                let saving = present - own;
                assert!(there.low <= saving && saving <= there.high, "{name} {} {}", from.name, to.name);
                assert!(alike(there.low, -back.high) && alike(there.high, -back.low), "{name}");
                if from.id == to.id {
                    assert_eq!((there.low, there.high), (0.0, 0.0), "{name}");
                }
            }
        }
    }
}

#[test]
fn hours_that_two_strategies_share_cancel_in_their_saving() {
    let answer = evaluate(&Inputs::default());
    let saving = answer.saving_range(StrategyId::Prompt, StrategyId::PromptSmall).unwrap();
    let total = answer.get(StrategyId::Prompt).unwrap().range.unwrap();
    assert!(saving.high - saving.low < 0.1 * (total.high - total.low), "{saving:?} {total:?}");
    // Only the evaluation of a further candidate is not shared: 16 hours, 8 to 40, at $100.
    let pilot = answer.decided.pilots.iter().find(|pilot| pilot.strategy == StrategyId::PromptSmall);
    let central = pilot.unwrap().saving.unwrap();
    assert!(alike(saving.high - central, 800.0) && alike(central - saving.low, 2_400.0), "{saving:?}");
}

#[test]
fn stated_hours_and_measured_sizes_leave_no_range() {
    for (name, mut case) in cases() {
        for item in &HOUR_ITEMS {
            let stated = item.value(&case.inputs) + 0.5;
            item.set(&mut case.inputs, stated);
        }
        let answer = answer(&case);
        for (assessment, total) in priced(&answer) {
            let range = assessment.range.unwrap();
            let hours = assessment.swings.iter().any(|swing| matches!(swing.of, Uncertain::Hours(_)));
            assert!(!hours, "{name} {}", assessment.name);
            let any = assessment.swings.iter().any(|swing| moves(swing, total));
            assert_eq!(any, range.low < range.high, "{name}");
        }
    }
}

#[test]
fn the_order_of_the_effort_rows_changes_no_range() {
    for (name, case) in cases().step_by(10) {
        let mut catalog = (*case.catalog).clone();
        catalog.efforts.reverse();
        let turned = Case { catalog: Arc::new(catalog), ..case.clone() };
        let ranges = |case: &Case| -> Vec<Option<Range>> {
            answer(case).decided.assessments.iter().map(|one| one.range).collect()
        };
        assert_eq!(ranges(&case), ranges(&turned), "{name}");
    }
}

/// The way in which a strategy is built and serves, which a range holds.
fn way(assessment: &Assessment) -> (&str, usize) {
    let from = assessment.model.as_ref().map_or(0, |model| model.own_from);
    (&assessment.name, from)
}

#[test]
fn each_swing_of_hours_is_what_the_engine_says_with_the_hours_changed() {
    let (mut compared, mut cheaper_way) = (BTreeMap::<&str, usize>::new(), 0_usize);
    for (name, case) in cases().step_by(3) {
        let central = decide(&case);
        for item in &HOUR_ITEMS {
            let Some((low, high)) = item.range(&case.inputs, &case.catalog) else { continue };
            for (at, end) in [(low, 0), (high, 1)] {
                let moved = decide(&case.edited(|inputs| item.set(inputs, at)));
                // Where hours make something else the reference, it serves meanwhile, and evaluation is paid by others.
                if moved.choice.reference != central.choice.reference {
                    continue;
                }
                for (assessment, total) in priced_of(&central) {
                    let other = moved.get(assessment.id).unwrap();
                    let Some(engine) = other.total() else { continue };
                    if way(other) != way(assessment) {
                        continue;
                    }
                    let swing = assessment.swings.iter().find(|swing| swing.of == Uncertain::Hours(item.id));
                    let swing = swing.map_or(0.0, |swing: &Swing| [swing.at_low, swing.at_high][end]);
                    let said = total + swing;
                    if alike(engine, said) {
                        *compared.entry(item.id).or_default() += usize::from(swing != 0.0);
                    } else {
                        // The engine may turn to an offer or to GPUs that are cheaper then.
                        assert!(engine < said, "{name} {} {}: {engine} {said}", assessment.name, item.id);
                        cheaper_way += 1;
                    }
                }
            }
        }
    }
    assert_eq!(compared.len(), HOUR_ITEMS.len(), "{compared:?}");
    assert!(compared.values().all(|times| *times > 8), "{compared:?}");
    assert!(cheaper_way * 100 < compared.values().sum::<usize>(), "{cheaper_way} of {compared:?}");
}

#[test]
fn the_swings_of_sizes_are_the_band_that_is_shown() {
    let mut compared = 0;
    for (name, case) in cases() {
        let answer = answer(&case);
        for (assessment, _) in priced(&answer) {
            let Ok(cost) = &assessment.cost else { continue };
            if assessment
                .model
                .as_ref()
                .is_some_and(|model| model.own_from > 1 && model.before[0].fleet.is_some())
            {
                continue; // What serves meanwhile is off too, which the band of its own sizes leaves out.
            }
            let sizes = assessment.swings.iter().filter(|swing| !matches!(swing.of, Uncertain::Hours(_)));
            let (mut cheap, mut dear) = (cost.tco, cost.tco);
            for swing in sizes {
                cheap += swing.at_low.min(swing.at_high);
                dear += swing.at_low.max(swing.at_high);
                compared += 1;
            }
            assert!(
                alike(cheap, cost.tco_band.0) && alike(dear, cost.tco_band.1),
                "{name} {}",
                assessment.name
            );
        }
    }
    assert!(compared > 100, "{compared}");
}
