//! What holds for every scenario, over the grid: weaker models, the order of tables, triggers, tighter constraints.

use std::collections::BTreeSet;
use std::sync::Arc;

use tunewise::domain::answer::{Answer, Assessment, Grade, Trigger};
use tunewise::domain::case::Case;
use tunewise::domain::cost::{Costed, Setting};
use tunewise::domain::decide::{Decided, Decision, subject, tier};
use tunewise::domain::effort::in_use;
use tunewise::domain::hardware::HardwareMemory;
use tunewise::domain::input::{Inputs, Value, input, registry};
use tunewise::domain::rules::{self, FACTS, Fact, FactValue, Range, ReferenceFacts, Rule};
use tunewise::domain::strategy::StrategyId;

use crate::grid::grid;
use crate::random;
use crate::support::{case, decide, evaluate, of, presets, with};

/// A prompted model that is not measured and weaker than another strategy's model.
fn unmeasured_and_weaker(found: &Assessment, than: StrategyId, inputs: &Inputs) -> bool {
    let weaker = match (tier(found.id, &case(inputs)), tier(than, &case(inputs))) {
        (Some(own), Some(its)) => own < its,
        _ => false,
    };
    weaker && found.id.strategy().is_prompted() && !found.quality.is_measured()
}

#[test]
fn no_verdict_ever_moves_to_an_unmeasured_weaker_model_on_cost() {
    let mut weaker = 0;
    for (inputs, evaluation) in grid() {
        let advice = &evaluation;
        let Some(holder) = advice.decided.choice.use_now.map(|id| of(evaluation, id)) else { continue };
        if !unmeasured_and_weaker(holder, StrategyId::Prompt, inputs) {
            continue;
        }
        weaker += 1;
        // It is what the constraints leave, or in use already, or the user says that it is as good; never just the
        // cheaper one.
        let stays = in_use(inputs) == Some(holder.id);
        let assumed_by_the_user = holder.quality.is_accepted();
        assert!(
            stays || advice.decided.choice.reference == Some(holder.id) || assumed_by_the_user,
            "{}",
            advice.verdict.headline
        );
        assert_eq!(advice.confidence.grade, Grade::Low, "{}", advice.verdict.headline);
    }
    assert!(weaker > 50, "{weaker}");
}

/// Inputs that have a part in what GPUs can do, or in what an hour of them costs, and in hardly anything else.
const OF_GPUS: [&str; 12] = [
    "consumer_gpus",
    "epochs",
    "hosting_price",
    "measured_hours_lora",
    "measured_memory_open",
    "measured_memory_tuned",
    "measured_speed_tuned",
    "owned_residual",
    "serving_gpu",
    "serving_gpu_count",
    "training_gpu",
    "weight_precision",
];

/// A search for flips asks the GPUs anew only where an input has a part in what they can do.
#[test]
fn a_decision_that_remembers_the_last_answers_about_gpus_is_the_one_made_anew() {
    let (mut still, mut moving) = (0, BTreeSet::new());
    for seed in 0..48 {
        let (base, other) = (random::inputs(seed), random::inputs(seed + 1_000));
        let today = decide(&base);
        let memory = HardwareMemory::default();
        let _ = Decision::remembering(&case(&base), &memory);
        // A quarter of all inputs for each scenario, and those whose answers could be remembered wrongly for all.
        let quarter = |place: usize| place % 4 == usize::try_from(seed).unwrap() % 4;
        let asked =
            registry().enumerate().filter(|(place, record)| quarter(*place) || OF_GPUS.contains(&record.id));
        for (_, record) in asked {
            let changed = with(&base, record.id, (record.get)(&other));
            let anew = decide(&changed);
            let changed = case(&changed);
            let remembering: Decided = Decision::remembering(&changed, &memory).with_figures().into();
            assert_eq!(remembering, anew, "scenario {seed}: {}", record.id);
            if anew == today {
                still += 1;
            } else {
                moving.insert(record.id);
            }
        }
    }
    assert!(still > 500, "{still}");
    // A memory that gave its answers to other questions would be found out by these.
    for id in OF_GPUS {
        assert!(moving.contains(id), "{id} moves no decision, these do: {moving:?}");
    }
}

#[test]
fn after_the_reference_fails_no_weaker_prompted_model_is_recommended() {
    let mut failed = 0;
    for (inputs, evaluation) in grid() {
        let advice = &evaluation;
        let Some(reference) = advice.decided.choice.reference.filter(|id| of(evaluation, *id).clearly_fails)
        else {
            continue;
        };
        failed += 1;
        let tried = advice.decided.pilots.iter().map(|pilot| pilot.strategy).filter(|id| *id != reference);
        for id in advice.decided.choice.use_now.into_iter().chain(tried) {
            let found = of(evaluation, id);
            let assumed = found.quality.is_accepted();
            assert!(assumed || !unmeasured_and_weaker(found, reference, inputs), "{}", id.key());
        }
    }
    assert!(failed > 50, "{failed}");
}

#[test]
fn the_order_of_rules_and_strategies_changes_nothing() {
    let mut backwards: Vec<Rule> = rules::builtin().to_vec();
    backwards.reverse();
    let mut shuffled: Vec<Rule> = Vec::new();
    for (index, rule) in rules::builtin().iter().enumerate() {
        shuffled.insert((index * 7) % (index + 1), rule.clone());
    }
    let mut strategies = StrategyId::ALL;
    strategies.reverse();
    let mut rotated = StrategyId::ALL;
    rotated.rotate_left(5);
    let sample = grid().iter().step_by(9).map(|(inputs, evaluation)| (inputs.clone(), evaluation.clone()));
    let of_presets = presets().map(|(_, inputs)| {
        let evaluation = evaluate(&inputs);
        (inputs, evaluation)
    });
    let ordered = |rules: &[Rule]| -> Arc<[Rule]> { rules::ordered(rules.to_vec()).into() };
    let leaked = |strategies: [StrategyId; 12]| -> &'static [StrategyId] { Box::leak(Box::new(strategies)) };
    let tables = [
        (ordered(&backwards), leaked(StrategyId::ALL)),
        (ordered(rules::builtin()), leaked(strategies)),
        (ordered(&shuffled), leaked(rotated)),
    ];
    for (inputs, evaluation) in sample.chain(of_presets) {
        for (rules, strategies) in tables.clone() {
            let other = Case { rules, strategies, ..case(&inputs) };
            assert!(evaluate(&other) == evaluation, "{strategies:?}");
        }
    }
}

/// What is used, with or without retrieval, held against and tested: not the triggers, of which one goes whenever its
/// event has happened.
fn answer(evaluation: &Answer) -> impl PartialEq + std::fmt::Debug {
    let advice = &evaluation;
    let pilots: Vec<StrategyId> = advice.decided.pilots.iter().map(|pilot| pilot.strategy).collect();
    (advice.verdict.headline.clone(), advice.decided.choice.use_now, advice.decided.choice.reference, pilots)
}

/// The inputs once the event has happened.
fn after(trigger: Trigger, inputs: &Inputs) -> Inputs {
    let mut after = inputs.clone();
    let mut set = |id: &str, value: Value| (input(id).unwrap().set)(&mut after, &value);
    match trigger {
        Trigger::Reaches { input, to } => set(input, Value::Number(to)),
        Trigger::Rises { input, to } => set(input, Value::Number(to * (1.0 + 1e-6) + 1e-9)),
        Trigger::Falls { input, to } => set(input, Value::Number(to)),
        Trigger::Fails { .. } | Trigger::Date(_) => {
            let (id, value) = trigger.trial();
            set(id, value);
        }
    }
    after
}

#[test]
fn every_trigger_changes_the_verdict_or_the_trials_when_it_happens() {
    let mut counts = [0; 4];
    let of_presets = presets().map(|(_, inputs)| {
        let evaluation = evaluate(&inputs);
        (inputs, evaluation)
    });
    let scenes: Vec<(Inputs, Answer)> = grid().iter().step_by(3).cloned().chain(of_presets).collect();
    for (inputs, evaluation) in &scenes {
        for trigger in evaluation.plan.iter().filter_map(|step| step.trigger) {
            let then = evaluate(&after(trigger, inputs));
            assert_ne!(format!("{:?}", answer(&then)), format!("{:?}", answer(evaluation)), "{trigger:?}");
            // What the page offers to try is past the event, and does the same.
            let (id, value) = trigger.trial();
            if let (Value::Number(number), Trigger::Rises { to, .. }) = (&value, trigger) {
                assert!(*number > to && *number < to * 1.011, "{trigger:?} {number}");
            }
            if let (Value::Number(number), Trigger::Falls { to, .. }) = (&value, trigger) {
                assert!(*number <= to && *number >= to * 0.989, "{trigger:?} {number}");
            }
            let mut tried = inputs.clone();
            (input(id).unwrap().set)(&mut tried, &value);
            let tried = evaluate(&tried);
            assert_ne!(format!("{:?}", answer(&tried)), format!("{:?}", answer(evaluation)), "{trigger:?}");
            counts[match trigger {
                Trigger::Reaches { to, .. } => {
                    assert_eq!(value, Value::Number(to), "{trigger:?}");
                    0
                }
                Trigger::Rises { .. } | Trigger::Falls { .. } => 1,
                Trigger::Fails { strategy, .. } => {
                    let tried = then.get(strategy).unwrap().clearly_fails;
                    assert!(!tried || then.decided.choice.use_now != Some(strategy), "{trigger:?}");
                    2
                }
                Trigger::Date(_) => 3,
            }] += 1;
        }
    }
    // Most announced retirements have a successor that keeps the answer.
    assert!(counts[..3].iter().all(|count| *count > 10) && counts[3] > 0, "{counts:?}");
}

#[test]
fn the_share_at_which_knowledge_outruns_retraining_is_that_of_the_rule() {
    let scene = |change: f64| {
        scene! {
            hosted_tuning: "aws_bedrock/amazon.nova-lite-v1:0/lora", failure_mode: "knowledge", labels: 5_000.0, evidence_prompt: "600/1000", evidence_lora: "980/1000",
            knowledge_change_per_month: change, retrain_interval: 5.0,
        }
    };
    let used = |change: f64| evaluate(&scene(change));
    let calm = used(0.02);
    assert_eq!(calm.decided.choice.use_now, Some(StrategyId::Lora));
    let to = calm.plan.iter().find_map(|step| match step.trigger {
        Some(Trigger::Rises { input: "knowledge_change_per_month", to }) => Some(to),
        _ => None,
    });
    assert_eq!(to, Some(0.1));
    assert_eq!(used(0.1).decided.choice.use_now, Some(StrategyId::Lora));
    assert_ne!(used(0.101).decided.choice.use_now, Some(StrategyId::Lora));
}

/// From where everybody may see the data to where nobody does.
const BOUNDARIES: [&str; 5] = ["any-vendor", "contract", "own-cloud", "own-premises", "air-gap"];

/// Whether something other than a better alternative or a measurement keeps a strategy out.
///
/// Where the boundary moves, GPUs are paid at another tier, in which other ones have a price, and the base may
/// stand in for the open model.
fn barred(decided: &Decided, id: StrategyId, constraint: &str) -> bool {
    let soft = ["M1a", "M1b", "M1c", "M2", "M4d", "E1", "E2", "E3"];
    let of_gpus = ["capacity", "context", "F6", "B1", "B2"];
    decided
        .get(id)
        .unwrap()
        .out
        .iter()
        .map(|reason| reason.rule())
        .any(|rule| !(soft.contains(&rule) || constraint == "data_boundary" && of_gpus.contains(&rule)))
}

#[test]
fn tightening_a_constraint_never_makes_an_excluded_strategy_feasible() {
    let number = |values: &[f64]| values.iter().map(|value| Value::Number(*value)).collect::<Vec<_>>();
    let flags = |first: bool| vec![Value::Flag(first), Value::Flag(!first)];
    let ladders = [
        ("upfront_budget", number(&[1e10, 1e6, 1e5, 3e4, 1e4, 0.0])),
        ("monthly_budget", number(&[1e10, 1e6, 1e5, 1e4, 1e3, 0.0])),
        ("time_to_first_token_s", number(&[600.0, 5.0, 1.0, 0.3, 0.05])),
        ("time_per_output_token_ms", number(&[1e4, 200.0, 50.0, 10.0, 2.0])),
        ("permissive_licence_only", flags(false)),
        ("labels_obtainable", flags(true)),
        ("launch_weeks", number(&[520.0, 20.0, 6.0, 1.0])),
        ("data_boundary", BOUNDARIES.map(Value::Choice).to_vec()),
    ];
    let mut fell = vec![0; ladders.len()];
    for (inputs, _) in grid().iter().step_by(23) {
        for ((id, ladder), fell) in ladders.iter().zip(&mut fell) {
            let mut before: Option<Decided> = None;
            for value in ladder {
                let mut changed = inputs.clone();
                (input(id).unwrap().set)(&mut changed, value);
                let now = decide(&changed);
                for strategy in StrategyId::ALL {
                    let was = before.as_ref().is_some_and(|before| barred(before, strategy, id));
                    let is = barred(&now, strategy, id);
                    // Until it is ready a strategy pays for the reference, so another one may make it affordable.
                    let same = before.as_ref().is_some_and(|b| b.choice.reference == now.choice.reference);
                    // Where other offers to tune are left, what is measured of them is of another configuration.
                    let known = |decided: &Decided| {
                        [StrategyId::Lora, strategy].map(|id| decided.get(id).map(|one| one.quality))
                    };
                    let is_another = before.as_ref().is_some_and(|before| known(before) != known(&now));
                    assert!(
                        !was || is || !same && id.ends_with("budget") || is_another,
                        "{id} at {value:?} lets {} in, which was out: {:?}",
                        strategy.key(),
                        before.as_ref().and_then(|before| before.get(strategy)).map(|one| &one.out)
                    );
                    *fell += usize::from(is && !was && before.is_some());
                }
                before = Some(now);
            }
        }
    }
    // A launch date keeps nobody out; it decides what is used now.
    let launch = fell.remove(6);
    assert!(launch == 0 && fell.iter().all(|fell| *fell > 0), "{fell:?} {launch}");
}

#[test]
fn every_rule_of_the_table_fires_somewhere_in_the_grid() {
    // The grid's knowledge is either none or a library.
    let handbook = decide(&scene! { knowledge_tokens: 1e5 });
    let fired: BTreeSet<&str> = grid()
        .iter()
        .map(|(_, evaluation)| &evaluation.decided)
        .chain([&handbook])
        .flat_map(|decided| &decided.assessments)
        .flat_map(|found| &found.fired)
        .map(|fired| fired.rule.as_str())
        .collect();
    let silent: Vec<&str> =
        rules::builtin().iter().map(|rule| rule.id.as_str()).filter(|id| !fired.contains(id)).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// Whether a fact may have a value.
fn lies_within(fact: &Fact, value: FactValue) -> bool {
    match (fact.range, value) {
        (_, FactValue::Unknown) => fact.may_be_unknown,
        (Range::Numbers(low, high), FactValue::Number(number)) => (low..=high).contains(&number),
        (Range::Words(words), FactValue::Text(text)) => words.iter().any(|(id, _)| *id == text),
        (Range::YesNo, FactValue::Flag(_)) => true,
        _ => false,
    }
}

#[test]
fn every_fact_of_every_scenario_lies_within_its_range() {
    for (inputs, _) in grid().iter().step_by(7) {
        let case = case(inputs);
        let setting = Setting::new(&case);
        for id in StrategyId::ALL {
            let costed = Costed::of(&setting, id.strategy(), None);
            let state = inputs.quality.state_of(id);
            let reference = ReferenceFacts {
                id: StrategyId::Prompt,
                state,
                fails: false,
                tokens_usd: Some(1e3),
                tier: None,
            };
            for reference in [None, Some(reference)] {
                let subject = subject(&setting, &costed, None, reference);
                for fact in FACTS {
                    let value = (fact.read)(&subject);
                    assert!(lies_within(fact, value), "{} of {} is {value:?}", fact.id, id.key());
                    let fixed = fact.of_strategy.is_none_or(|of| of(id.strategy()) == value);
                    assert!(fixed, "{} of {}", fact.id, id.key());
                }
            }
        }
    }
}
