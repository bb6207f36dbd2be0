//! What is in use today: it stays until something else is proven, and what it has is not paid for again.

use tunewise::domain::cost::{Costed, Setting};
use tunewise::domain::decide::{TrialItem, pilot_cost_lines};
use tunewise::domain::strategy::StrategyId;

use crate::support::{case, evaluate, explained};

#[test]
fn leaving_what_is_in_use_takes_evidence_whichever_way_on_the_ladder_it_leads() {
    for (today, id) in [("open-managed", StrategyId::OpenManaged), ("prompt-small", StrategyId::PromptSmall)]
    {
        let evaluation = evaluate(&scene! { today: today, exit_cost: 300_000.0 });
        assert_eq!(evaluation.decided.choice.use_now, Some(id), "{}", evaluation.verdict.headline);
        assert!(evaluation.verdict.headline.starts_with("Keep what you have: "));
        assert!(evaluation.decided.pilots.iter().all(|pilot| pilot.strategy != id), "it is no trial");
    }
    // A tuned model in use that costs more than prompting stays too, and prompting becomes the trial.
    let tuned = evaluate(&scene! { today: "lora", labels: 1_000.0 });
    assert_eq!(tuned.decided.choice.use_now, Some(StrategyId::Lora), "{}", tuned.verdict.headline);
    assert!(tuned.decided.pilots.iter().any(|pilot| pilot.strategy == StrategyId::Prompt));
}

#[test]
fn what_is_in_use_goes_once_it_fails_or_something_proven_saves_enough() {
    let used = |evidence_lora: &str, evidence_prompt: &str, exit_cost: f64| {
        let scene = scene! {
            hosted_tuning: "aws_bedrock/amazon.nova-lite-v1:0/lora", today: "lora", exit_cost: exit_cost, requests_per_month: 20_000.0, labels: 1_000.0,
            evidence_lora: evidence_lora, evidence_prompt: evidence_prompt,
        };
        evaluate(&scene).decided.choice.use_now
    };
    let (own, prompt) = (Some(StrategyId::Lora), Some(StrategyId::Prompt));
    assert_eq!(used("", "", 0.0), own, "nothing is measured");
    assert_eq!(used("950/1000", "", 0.0), own);
    assert_eq!(used("600/1000", "", 0.0), prompt, "it fails, so the reference serves");
    assert_eq!(used("950/1000", "950/1000", 0.0), prompt, "as good, and far cheaper at this volume");
    assert_eq!(used("950/1000", "950/1000", 1e6), own, "as good, and dearer to go to than to stay");
}

#[test]
fn a_trial_pays_only_for_parts_that_are_not_there() {
    let half_build = |today: &str| {
        let inputs = scene! { today: today, labels: 5_000.0 };
        let case = case(&inputs);
        let setting = Setting::new(&case);
        let costed = Costed::of(&setting, StrategyId::Lora.strategy(), None);
        let holder = Costed::of(&setting, StrategyId::Prompt.strategy(), None);
        let lines = pilot_cost_lines(&setting, &costed, None, Some(&holder));
        lines.into_iter().find(|line| matches!(line.item, TrialItem::HalfBuild { .. })).map(|line| line.usd)
    };
    // Adapter training takes 120 hours to build, own serving 160: the latter stands where GPUs serve today.
    assert_eq!(half_build("nothing"), Some(14_000.0));
    assert_eq!(half_build("open-self"), Some(6_000.0));
    assert_eq!(half_build("qlora"), None);
}

#[test]
fn with_wrong_answers_priced_an_offer_names_the_share_that_its_saving_takes_and_that_share_moves() {
    let scene = |lora: &str| {
        scene! {
            hosted_tuning: "aws_bedrock/amazon.nova-lite-v1:0/lora", requests_per_month: 3e6, labels: 5_000.0, cost_per_error: 0.5, evidence_prompt: "9520/10000",
            evidence_lora: lora,
        }
    };
    let evaluation = evaluate(&scene(""));
    let pilot = evaluation.decided.pilots.iter().find(|pilot| pilot.strategy == StrategyId::Lora).unwrap();
    let needed = pilot.needs_share.expect("more than the bar");
    assert!(needed > 0.9 && needed < 0.97, "{needed}");
    let condition = format!("at least {} are right", tunewise::domain::units::words::percent(needed));
    assert_eq!(pilot.condition(), condition);
    let at = |share: f64| format!("{:.0}/10000", share * 10_000.0);
    let used = |share: f64| evaluate(&scene(&at(share))).decided.choice.use_now;
    assert_eq!(used(needed + 0.0005), Some(StrategyId::Lora));
    assert_eq!(
        used(needed - 0.004),
        Some(StrategyId::Prompt),
        "it meets the bar, and its errors cost the saving"
    );
}

#[test]
fn why_not_says_what_keeps_a_cheaper_strategy_from_being_tried() {
    let errors = evaluate(&scene! {
        requests_per_month: 3e6, cost_per_error: 0.5, evidence_prompt: "9520/10000", evidence_small: "9100/10000",
    });
    let line = &explained(&errors, StrategyId::PromptSmall).why_not;
    assert!(line.contains("its wrong answers cost"), "{line}");
    let declined = evaluate(&scene! { pilot_threshold: 0.01, requests_per_month: 2e6 });
    let lines: Vec<&str> = declined.explanations.iter().map(|found| found.why_not.as_str()).collect();
    assert!(
        lines.iter().any(|line| line.contains("its test pays only if its chance is better than 1 in")),
        "{lines:?}"
    );
    let labels = evaluate(&scene! {
        launch_weeks: 4.0, stage: "prototype", requests_per_month: 2e6, labels: 0.0, labels_per_week: 100.0,
        complexity: "complex", strict_format: true,
    });
    let line = &explained(&labels, StrategyId::HostedTune).why_not;
    assert!(line.contains("no test is worth it: ") && line.contains("label"), "{line}");
}

#[test]
fn what_is_yet_to_be_built_is_never_said_to_be_used_now() {
    let evaluation = evaluate(&scene! {
        hosted_tuning: "aws_bedrock/amazon.nova-lite-v1:0/lora", requests_per_month: 5e6, labels: 50.0, complexity: "complex", strict_format: true,
        evidence_prompt: "480/500", evidence_lora: "assumed equal",
    });
    let advice = &evaluation;
    assert_eq!(advice.decided.choice.use_now, Some(StrategyId::Lora));
    assert!(advice.verdict.headline.starts_with("Build this: "), "{}", advice.verdict.headline);
    let now = &advice.plan[0].text;
    assert!(now.contains("Build a LoRA-tuned model (12\u{a0}weeks, after 950 more labels)"), "{now}");
    assert!(now.contains("Until it is measured to meet the bar, the prompted API model serves"), "{now}");
}

#[test]
fn a_model_that_fails_before_a_real_attempt_gets_the_rest_of_it_and_no_weaker_one_is_tried() {
    let evaluation = evaluate(&scene! {
        evidence_prompt: "172/200", required_quality: 0.93, prompt_hours_spent: 20.0,
    });
    let advice = &evaluation;
    assert!(
        advice.plan[0].text.contains("20 of the 40\u{a0}hours of a real attempt are spent"),
        "{:?}",
        advice.plan[0]
    );
    let weaker = [StrategyId::PromptSmall, StrategyId::OpenManaged, StrategyId::OpenSelf];
    assert!(
        advice.decided.pilots.iter().all(|pilot| !weaker.contains(&pilot.strategy)),
        "{:?}",
        advice.verdict.short
    );
}
