use super::*;
use crate::domain::input::{Evidence, Kind, registry};
use crate::domain::presets::PRESETS;
use crate::domain::scenario::scenario_of;

fn cases() -> Vec<Inputs> {
    let preset = |place: usize| PRESETS[place].scenario().inputs_or_defaults().0;
    vec![Inputs::default(), preset(0), preset(2)]
}

fn with(inputs: &Inputs, record: &Input, value: &Value) -> Inputs {
    let mut changed = inputs.clone();
    (record.set)(&mut changed, value);
    changed
}

fn verdict_with(inputs: &Inputs, record: &Input, value: &Value) -> (Verdict, String) {
    let advice = evaluate_to(&with(inputs, record, value), Depth::Decision).advice;
    (verdict(&advice), advice.short)
}

/// The written value before a flip, as seen from the present one.
fn just_short(inputs: &Inputs, record: &Input, flip: &Flip) -> Option<Value> {
    let axis = Axis::of(inputs, record)?;
    let (at, now) = match (&flip.to, (record.get)(inputs)) {
        (Value::Number(at), Value::Number(now)) => (*at, now),
        (
            Value::Evidence(Evidence::Counted { correct: at, .. }),
            Value::Evidence(Evidence::Counted { correct: now, .. }),
        ) => (f64::from(*at), f64::from(now)),
        _ => return None,
    };
    let back = [0.0012, 0.006, 0.02, 0.06, 0.15].map(|step| axis.between(at, now, step));
    let short = back.into_iter().find(|short| *short != at && (short - now) * (at - now) > 0.0)?;
    Some(axis.value(short))
}

#[test]
fn every_flip_value_applied_changes_the_verdict_as_announced_and_one_just_short_of_it_does_not() {
    let mut flips_seen = 0;
    let mut shorts_seen = 0;
    for inputs in cases() {
        let today = verdict(&evaluate_to(&inputs, Depth::Decision).advice);
        for record in registry() {
            for flip in flips_of(&inputs, record).found {
                let (there, words) = verdict_with(&inputs, record, &flip.to);
                assert_ne!(there, today, "{} at {:?}", record.id, flip.to);
                assert_eq!(words, flip.verdict, "{} at {:?}", record.id, flip.to);
                assert_eq!(there, flip.leads_to, "{} at {:?}", record.id, flip.to);
                flips_seen += 1;
                if let Some(short) = just_short(&inputs, record, &flip) {
                    let before = verdict_with(&inputs, record, &short).0;
                    assert_eq!(before, today, "{} at {short:?}, short of {:?}", record.id, flip.to);
                    shorts_seen += 1;
                }
            }
        }
    }
    assert!(flips_seen > 60 && shorts_seen > 30, "{flips_seen} flips, {shorts_seen} checked just short");
}

#[test]
fn every_flip_value_is_one_that_the_form_takes() {
    for inputs in cases() {
        for record in registry() {
            for flip in flips_of(&inputs, record).found {
                let changed = with(&inputs, record, &flip.to);
                let (_, errors) = scenario_of(&changed).inputs_or_defaults();
                assert_eq!(errors, [], "{} at {:?}", record.id, flip.to);
            }
        }
    }
}

#[test]
fn a_number_that_nothing_depends_on_costs_few_evaluations_and_says_so() {
    let inputs = Inputs::default();
    let today = Today::of(&inputs, &evaluate_to(&inputs, Depth::Decision));
    let mut inert = 0;
    for record in registry().filter(|record| matches!(record.kind, Kind::Number { .. })) {
        let mut search = FlipSearch::new(&inputs, record, &today);
        let steps = (0..).find(|_| search.step().is_some()).unwrap();
        let flips = search.step().unwrap();
        if flips.inert {
            assert!(steps <= 3 && flips.found.is_empty(), "{} in {steps} steps", record.id);
            inert += 1;
        }
    }
    assert!(inert > 20, "{inert}");
}

#[test]
fn all_inputs_of_any_example_are_searched_within_a_bounded_number_of_evaluations() {
    for inputs in cases() {
        let today = Today::of(&inputs, &evaluate_to(&inputs, Depth::Decision));
        let steps: usize = registry()
            .map(|record| {
                let mut search = FlipSearch::new(&inputs, record, &today);
                (0..).find(|_| search.step().is_some()).unwrap()
            })
            .sum();
        assert!(steps < 1_000, "{steps}");
    }
}
