use std::collections::BTreeMap;

use super::*;
use crate::domain::cost::Setting;
use crate::domain::decide::NamedOutcome;
use crate::domain::decide::decide;
use crate::domain::evidence::Evidence;
use crate::domain::input::{Kind, input, registry};
use crate::domain::scenario::presets::PRESETS;
use crate::domain::scenario::{OwnRows, Scenario, scenario_of};
use crate::domain::what_if::in_force::in_force;

fn cases() -> Vec<Case> {
    let preset = |place: usize| PRESETS[place].scenario().case().unwrap();
    vec![Case::default(), preset(0), preset(2)]
}

fn with(case: &Case, record: &Input, value: &Value) -> Case {
    case.edited(|inputs| (record.set)(inputs, value))
}

fn verdict_with(case: &Case, record: &Input, value: &Value) -> (Outcome, NamedOutcome, String) {
    let there = with(case, record, value);
    let named = Decision::of(Setting::new(&there)).named_outcome();
    (named.outcome, named, crate::domain::answer(&there).verdict.short)
}

/// The written value before a flip, as seen from the present one.
fn just_short(case: &Case, record: &Input, flip: &Flip) -> Option<Value> {
    let axis = Axis::of(case, record)?;
    let (at, now) = match (&flip.to, (record.get)(&case.inputs)) {
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
    for case in cases() {
        let today = Decision::of(Setting::new(&case)).outcome();
        for record in registry() {
            for flip in flips_of(&case, record).found {
                let (there, named, words) = verdict_with(&case, record, &flip.to);
                assert_ne!(there, today, "{} at {:?}", record.id, flip.to);
                assert_eq!(flip.kind == FlipKind::Trial, there.uses_the_same(&today), "{}", record.id);
                assert_eq!(words, flip.verdict(), "{} at {:?}", record.id, flip.to);
                assert_eq!(named, flip.there, "{} at {:?}", record.id, flip.to);
                flips_seen += 1;
                if let Some(short) = just_short(&case, record, &flip) {
                    let before = verdict_with(&case, record, &short).0;
                    // Short of a change of what to use, another trial may come first already.
                    let is_todays =
                        before == today || flip.kind == FlipKind::Use && before.uses_the_same(&today);
                    assert!(is_todays, "{} at {short:?}, short of {:?}: {before:?}", record.id, flip.to);
                    shorts_seen += 1;
                }
            }
        }
    }
    assert!(flips_seen > 60 && shorts_seen > 30, "{flips_seen} flips, {shorts_seen} checked just short");
}

#[test]
fn every_flip_value_is_one_that_the_form_takes() {
    for case in cases() {
        for record in registry() {
            for flip in flips_of(&case, record).found {
                let changed = with(&case, record, &flip.to);
                let errors =
                    scenario_of(&changed.inputs, OwnRows::default()).resolve(&BTreeMap::new()).errors;
                assert_eq!(errors, [], "{} at {:?}", record.id, flip.to);
            }
        }
    }
}

#[test]
fn a_number_that_nothing_depends_on_costs_few_evaluations_and_says_so() {
    let case = Case::default();
    let today = Today::of(&decide(&case));
    let mut inert = 0;
    for record in registry().filter(|record| matches!(record.kind, Kind::Number { .. })) {
        let mut search = FlipSearch::new(&case, record, &today);
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
    for case in cases() {
        let today = Today::of(&decide(&case));
        let steps: usize = registry()
            .map(|record| {
                let mut search = FlipSearch::new(&case, record, &today);
                (0..).find(|_| search.step().is_some()).unwrap()
            })
            .sum();
        assert!(steps < 1_000, "{steps}");
    }
}

fn said(answers: &[(&str, &str)]) -> Case {
    let mut scenario = Scenario::default();
    for (id, text) in answers {
        scenario.type_in(input(id).unwrap(), text);
    }
    scenario.case().unwrap()
}

/// The flip of an input on one side, and the verdict that it leads to.
fn flip(case: &Case, id: &str, side: Side) -> (Value, String) {
    let flips = flips_of(case, input(id).unwrap());
    assert!(!flips.inert, "{id}");
    let flip = flips.on(side).unwrap_or_else(|| panic!("{id}: {:?}", flips.found));
    (flip.to.clone(), flip.verdict())
}

#[test]
fn an_input_that_moves_only_the_verdict_is_searched_too() {
    let default = Case::default();
    let threshold = flip(&default, "pilot_threshold", Side::Below);
    assert!(matches!(threshold.0, Value::Number(at) if at < 0.35), "{threshold:?}");
    let moves = [("today", "prompt"), ("evidence_prompt", "480/500"), ("evidence_small", "480/500")];
    let moves = said(&moves);
    for id in ["replace_margin", "replace_floor", "tie_share", "exit_cost"] {
        let (to, verdict) = flip(&moves, id, Side::Above);
        assert!(verdict.starts_with("Keep what you have"), "{id} at {to:?}: {verdict}");
    }
    let effort =
        said(&[("evidence_prompt", "172/200"), ("required_quality", "93 %"), ("prompt_hours_spent", "60")]);
    flip(&effort, "prompt_hours_spent", Side::Below);
}

#[test]
fn a_later_launch_that_lets_another_strategy_in_is_found() {
    let late = said(&[
        ("requests_per_month", "2000000"),
        ("evidence_prompt", "470/500"),
        ("evidence_hosted", "475/500"),
        ("labels", "2000"),
        ("launch_weeks", "3"),
    ]);
    let (to, verdict) = flip(&late, "launch_weeks", Side::Above);
    assert!(matches!(to, Value::Number(weeks) if weeks > 3.0 && weeks < 12.0), "{to:?}");
    assert!(verdict.starts_with("Use a model tuned at a provider"), "{verdict}");
}

#[test]
fn a_limit_that_is_not_set_is_searched_from_where_it_would_not_bind() {
    let case = Case::default();
    let (to, verdict) = flip(&case, "launch_weeks", Side::Below);
    assert!(matches!(to, Value::Number(weeks) if weeks >= 1.0), "{to:?}");
    assert!(verdict.starts_with("Build this: "), "{verdict}");
    let case = said(&[("budget_scope", "people")]);
    for id in ["upfront_budget", "monthly_budget"] {
        flip(&case, id, Side::Below);
    }
}

#[test]
fn a_price_that_is_not_set_lies_as_far_away_as_from_that_of_the_catalogue() {
    let case = Case::default();
    let listed = in_force("api_input_price", &case).unwrap();
    let flips = flips_of(&case, input("api_input_price").unwrap());
    assert!(!flips.found.is_empty(), "{flips:?}");
    for flip in flips.found {
        let Value::Number(to) = flip.to else { unreachable!("{flip:?}") };
        assert_eq!(flip.distance, libm::fabs(libm::log(to / listed.value)), "{to}");
        assert_eq!((flip.side == Side::Above, flip.from), (to > listed.value, Some(listed)));
    }
}
