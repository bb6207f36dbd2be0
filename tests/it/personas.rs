//! People with a workload, and what they are told: the answers stand in `personas/*.json`, the story here.

use std::collections::BTreeSet;
use std::fs;

use tunewise::domain::answer::Answer;
use tunewise::domain::scenario::Scenario;
use tunewise::domain::strategy::StrategyId;

use crate::support::{evaluate, explained, of};

/// What somebody is told.
pub struct Told {
    /// File under `personas/`.
    pub who: &'static str,
    /// Strategy to use now, by key; `None`: nothing proven, or nothing fits.
    pub use_now: Option<&'static str>,
    /// First pilot, by key.
    pub pilot: Option<&'static str>,
    /// Rules that fire for one strategy.
    pub because: (&'static str, &'static [&'static str]),
    /// Part of the line that says why another one is not used.
    pub why_not: (&'static str, &'static str),
}

fn strategy(key: &str) -> StrategyId {
    StrategyId::from_key(key).unwrap_or_else(|| panic!("{key} is no strategy"))
}

/// Ask for this person, and compare every part of the answer.
#[track_caller]
pub fn ask(told: &Told) -> Answer {
    let path = format!("{}/tests/it/personas/{}.json", env!("CARGO_MANIFEST_DIR"), told.who);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let scenario: Scenario = serde_json::from_str(&text).unwrap();
    assert!(!scenario.name.is_empty(), "{path} has no name");
    let evaluation = evaluate(&scenario.case().unwrap_or_else(|errors| panic!("{path}: {errors:?}")));
    let advice = &evaluation;
    assert_eq!(
        advice.decided.choice.use_now.map(StrategyId::key),
        told.use_now,
        "use now: {}",
        advice.verdict.headline
    );
    let pilots: Vec<&str> = advice.decided.pilots.iter().map(|pilot| pilot.strategy.key()).collect();
    assert_eq!(pilots.first().copied(), told.pilot, "pilots: {pilots:?}");
    let (because, rules) = told.because;
    assert!(rules.len() >= 2);
    let fired: Vec<&str> =
        of(&evaluation, strategy(because)).fired.iter().map(|fired| fired.rule.as_str()).collect();
    for rule in rules {
        assert!(fired.contains(rule), "{rule} does not fire for {because}: {fired:?}");
    }
    let (other, part) = told.why_not;
    let line = &explained(&evaluation, strategy(other)).in_full();
    assert!(line.contains(part), "why not {other}: {line}");
    evaluation
}

#[test]
fn a_prototype_without_labels_prompts_an_api_model() {
    // Two thousand summaries a month, live in three weeks: nothing else is ready or worth it.
    let evaluation = ask(&Told {
        who: "minutes-prototype",
        use_now: Some("prompt"),
        pilot: None,
        because: ("prompt", &["P1", "P3a", "P3b", "P4a"]),
        why_not: ("open-self", "times the cost here; cheaper from"),
    });
    assert_eq!(evaluation.verdict.headline, "Prompt an API model.");
}

#[test]
fn knowledge_that_changes_and_must_be_cited_is_retrieved() {
    ask(&Told {
        who: "changing-policies",
        use_now: Some("rag"),
        pilot: None,
        because: ("rag", &["H1a", "H1b", "P1"]),
        why_not: ("prompt", "50\u{a0}million tokens of knowledge do not fit the prompt"),
    });
}

#[test]
fn a_smaller_model_that_is_measured_to_do_takes_over_at_scale() {
    // 480 of 500 with the small model against a bar of 90 %: proven, and less than half the cost.
    let evaluation = ask(&Told {
        who: "ticket-triage",
        use_now: Some("prompt-small"),
        pilot: None,
        because: ("prompt", &["P2", "P4a", "P7c"]),
        why_not: ("open-managed", "that a move takes"),
    });
    assert_eq!(evaluation.confidence.grade.label(), "high");
}

#[test]
fn easy_and_hard_requests_are_routed_where_the_mix_is_measured() {
    ask(&Told {
        who: "code-assistant",
        use_now: Some("route"),
        pilot: Some("open-managed"),
        because: ("route", &["H2", "P5a"]),
        why_not: ("prompt-small", "it is measured to fail the bar"),
    });
}

#[test]
fn work_that_can_wait_goes_to_open_weights_at_an_inference_provider() {
    ask(&Told {
        who: "night-transcripts",
        use_now: Some("open-managed"),
        pilot: None,
        because: ("prompt", &["P1", "P2", "P7c"]),
        why_not: ("open-self", "times the cost here"),
    });
}

#[test]
fn a_house_style_that_prompting_misses_is_tuned_at_a_provider() {
    ask(&Told {
        who: "house-style",
        use_now: Some("hosted-tune"),
        pilot: None,
        because: ("hosted-tune", &["F2", "F3", "F7", "F9"]),
        why_not: ("prompt-small", "this weaker one is unmeasured"),
    });
}

#[test]
fn data_that_stays_in_the_own_cloud_runs_on_open_weights_there() {
    ask(&Told {
        who: "bank-chat",
        use_now: Some("open-self"),
        // It would save $43 k, and a move is worth its trouble from a fifth of $246 k on.
        pilot: None,
        because: ("open-self", &["F5s", "P2"]),
        why_not: ("prompt", "which may not leave (own cloud)"),
    });
}

#[test]
fn contracts_that_stay_in_the_building_are_read_by_a_lora_tuned_model() {
    ask(&Told {
        who: "contracts",
        use_now: Some("lora"),
        pilot: None,
        because: ("lora", &["F1", "F2", "F3", "F5s", "F7"]),
        why_not: ("qlora", "LoRA training fits the GPUs"),
    });
}

#[test]
fn a_proven_prompt_at_five_million_invoices_is_kept_while_what_costs_least_to_try_is_tried_first() {
    let evaluation = ask(&Told {
        who: "invoices-at-scale",
        use_now: Some("prompt"),
        pilot: Some("open-managed"),
        because: ("lora", &["F2", "F3", "F4", "F9"]),
        why_not: ("full", "full fine-tuning wants about 10,000 labels"),
    });
    let pilot = &evaluation.decided.pilots[0];
    assert!(pilot.break_even_chance.unwrap() < 0.1 && pilot.saving.unwrap() > 10.0 * pilot.cost);
}

#[test]
fn one_consumer_card_holds_qlora_and_not_lora() {
    ask(&Told {
        who: "village-clinic",
        use_now: Some("qlora"),
        pilot: None,
        because: ("qlora", &["M3", "F1", "F7"]),
        why_not: ("lora", "does not fit the GPUs allowed for training"),
    });
}

#[test]
fn a_language_far_from_pretraining_with_sixty_thousand_examples_is_fully_tuned() {
    ask(&Told {
        who: "patent-language",
        use_now: Some("full"),
        pilot: None,
        because: ("full", &["M1", "F1", "F7"]),
        why_not: ("qlora", "QLoRA is not better"),
    });
}

#[test]
fn one_task_inside_broader_traffic_gets_a_tuned_model_with_the_api_behind_it() {
    ask(&Told {
        who: "insurer-mixed",
        use_now: Some("lora-route"),
        pilot: Some("open-managed"),
        because: ("lora-route", &["H3", "T3", "F2", "F4"]),
        why_not: ("lora", "it is measured to fail the bar"),
    });
}

#[test]
fn a_language_no_model_knows_takes_a_model_of_ones_own() {
    let evaluation = ask(&Told {
        who: "unwritten-language",
        use_now: Some("custom"),
        pilot: None,
        because: ("custom", &["M4", "T6"]),
        why_not: ("lora", "no existing model covers the language or domain"),
    });
    assert_eq!(evaluation.verdict.headline, "Train a model of your own.");
    assert!(of(&evaluation, StrategyId::Custom).tco().unwrap() > 1e6, "five person-years are a floor");
}

#[test]
fn where_prompting_with_retrieval_fails_a_stronger_model_is_tried_first_and_then_tuning() {
    let evaluation = ask(&Told {
        who: "engine-manuals",
        use_now: None,
        pilot: Some("rag"),
        because: ("hosted-tune", &["F1", "F2", "F7", "H4"]),
        why_not: ("lora-route", "would serve part of the requests"),
    });
    let pilots = &evaluation.decided.pilots;
    let name = &evaluation.pilots[0].name;
    assert!(name.contains("claude-fable-5-1"), "{name}");
    assert_eq!(pilots[1].strategy, StrategyId::HostedTune);
    assert!(pilots.iter().all(|pilot| pilot.saving.is_none()), "nobody holds the place, so nothing is saved");
}

#[test]
fn a_voice_agent_leaves_a_provider_that_is_too_slow() {
    ask(&Told {
        who: "voice-agent",
        use_now: Some("prompt-small"),
        pilot: None,
        because: ("prompt", &["F6", "P1"]),
        why_not: ("prompt", "the provider's first token takes"),
    });
}

#[test]
fn a_budget_below_every_answer_is_told_what_to_relax() {
    let evaluation = ask(&Told {
        who: "penniless-startup",
        use_now: None,
        pilot: None,
        because: ("route", &["B1", "B2"]),
        why_not: ("prompt", "Would let it in: a monthly budget of $"),
    });
    assert_eq!(evaluation.verdict.headline, "Nothing fits these constraints.");
    assert!(!evaluation.relaxations.is_empty());
}

#[test]
fn a_tuned_model_that_is_proven_but_late_follows_when_it_is_built() {
    let evaluation = ask(&Told {
        who: "before-christmas",
        use_now: Some("prompt"),
        pilot: Some("open-managed"),
        because: ("lora", &["P3c", "F2", "F3"]),
        why_not: ("full", "full fine-tuning wants about 10,000 labels"),
    });
    assert_eq!(evaluation.decided.choice.later, Some(StrategyId::Lora));
}

#[test]
fn at_least_thirty_people_are_told_and_every_strategy_is_somebodys_answer_or_trial() {
    let folder = format!("{}/tests/it/personas", env!("CARGO_MANIFEST_DIR"));
    let (mut people, mut told) = (0, BTreeSet::new());
    for entry in fs::read_dir(folder).unwrap() {
        let scenario: Scenario =
            serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        let advice = evaluate(&scenario.case().unwrap());
        told.extend(advice.decided.choice.use_now);
        told.extend(advice.decided.pilots.iter().map(|pilot| pilot.strategy));
        people += 1;
    }
    assert!(people >= 30, "{people}");
    assert_eq!(told.len(), StrategyId::ALL.len(), "{told:?}");
}
