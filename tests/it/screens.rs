//! What keeps strategies out: whose latency it is, who may see the data, which offers are closed, how much text there
//! is; each reason with its numbers, and what is said to lift it does.

use tunewise::codec::from_json;
use tunewise::domain::answer::Answer;
use tunewise::domain::case::Case;
use tunewise::domain::catalog::provider_name;
use tunewise::domain::cost::Line;
use tunewise::domain::evidence::Evidence;
use tunewise::domain::input::{Inputs, Value};
use tunewise::domain::strategy::{Exclusion, GpuPrice, OfferClosed, StrategyId};

use crate::support::{cost, decide, evaluate, in_month, of, with};

fn out(asked: &Inputs, id: StrategyId) -> Vec<Exclusion> {
    decide(asked).get(id).unwrap().out.clone()
}

fn survives(asked: &Inputs, id: StrategyId) -> bool {
    out(asked, id).is_empty()
}

fn says(asked: &Inputs, id: StrategyId) -> String {
    out(asked, id).iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The case of a scenario as the headless command reads it.
fn headless(text: &str) -> Case {
    from_json(text).unwrap().strictly().unwrap().scenario.case().unwrap()
}

/// A tuned small model that moved a team away from an API model that took 15 seconds.
fn slow_gpt_4(further: &str) -> Answer {
    evaluate(&headless(&format!(
        r#"{{"answers":{{"task":"extract","api_model":"gpt-4-0613","requests_per_month":30000,"growth_per_month":0,"input_tokens":3000,"prefix_tokens":2000,"output_tokens":50,"required_quality":"84 %","evidence_prompt":"820/1000","evidence_hosted":"870/1000","base_model":"Llama-3.1-8B","labels":50000,"start":"2026-12","time_to_first_token_s":2,"provider_time_to_first_token_s":15{further}}},"rows":[{{"table":"api_models","like":"gpt-4.1","set":{{"model_id":"gpt-4-0613","input_usd_per_m":30,"cached_input_usd_per_m":"","output_usd_per_m":60,"batch_discount":"","max_input_tokens":8192,"max_output_tokens":4096,"retires_on":"","successor_model_id":""}}}}]}}"#
    )))
}

#[test]
fn a_slow_api_model_is_out_and_the_model_tuned_at_a_provider_survives_it() {
    for further in ["", r#","evidence_lora":"870/1000""#] {
        let answer = slow_gpt_4(further);
        let text = of(&answer, StrategyId::Prompt).out.iter().map(ToString::to_string).collect::<String>();
        assert!(text.contains("takes 15,000 ms; 2,000 ms are wanted"), "{text}");
        assert!(of(&answer, StrategyId::HostedTune).survives());
        assert!(of(&answer, StrategyId::HostedTune).quality.meets());
    }
}

#[test]
fn the_latency_of_the_api_model_judges_what_that_model_serves_and_nothing_else() {
    for slow in [
        scene! { time_to_first_token_s: 0.5, provider_time_to_first_token_s: 0.6 },
        scene! { time_per_output_token_ms: 20.0, provider_time_per_output_token_ms: 21.0 },
    ] {
        for id in [StrategyId::Prompt, StrategyId::Route, StrategyId::LoraRoute] {
            assert!(says(&slow, id).contains("ms are wanted"), "{id:?}: {}", says(&slow, id));
        }
        for id in [StrategyId::PromptSmall, StrategyId::OpenManaged, StrategyId::HostedTune] {
            assert!(survives(&slow, id), "{id:?}: {}", says(&slow, id));
        }
    }
    let waits =
        scene! { deferrable_share: 1.0, time_to_first_token_s: 0.5, provider_time_to_first_token_s: 6.0 };
    assert!(survives(&waits, StrategyId::Prompt), "what can wait has no target");
}

#[test]
fn a_model_of_unknown_latency_is_only_warned_about() {
    let warned = |asked: &Inputs, id: StrategyId| {
        evaluate(asked).explanation(id).unwrap().findings.iter().any(|finding| finding.rule == "F6w")
    };
    let unstated = scene! { time_to_first_token_s: 0.5 };
    let stated = scene! { time_to_first_token_s: 0.5, provider_time_to_first_token_s: 0.4 };
    assert!(warned(&unstated, StrategyId::Prompt) && !warned(&stated, StrategyId::Prompt));
    for id in [StrategyId::PromptSmall, StrategyId::OpenManaged, StrategyId::HostedTune, StrategyId::Route] {
        assert!(warned(&stated, id), "{id:?}");
    }
    assert!(!warned(&stated, StrategyId::OpenSelf));
}

#[test]
fn a_row_of_the_catalogue_states_the_latency_of_its_model_and_the_user_that_of_the_chosen_one() {
    let with_row = |api: &str| {
        headless(&format!(
            r#"{{"answers":{{"time_to_first_token_s":0.5{api}}},"rows":[{{"table":"api_models","like":"gpt-6.1-sol","set":{{"time_to_first_token_s":0.9}}}},{{"table":"api_models","like":"gpt-6-luna","set":{{"time_to_first_token_s":0.7}}}}]}}"#
        ))
    };
    let is_out = |case: &Case, id: StrategyId| !decide(case).get(id).unwrap().survives();
    let listed = with_row("");
    assert!(is_out(&listed, StrategyId::Prompt) && is_out(&listed, StrategyId::PromptSmall));
    let measured = with_row(r#","provider_time_to_first_token_s":0.3"#);
    assert!(!is_out(&measured, StrategyId::Prompt) && is_out(&measured, StrategyId::PromptSmall));
    assert!(is_out(&measured, StrategyId::Route), "its small half is too slow");
}

#[test]
fn without_a_vendor_named_every_provider_asks_to_be_ticked_and_one_tick_lets_it_in() {
    let contract = scene! { data_boundary: "contract" };
    assert!(contract.constraints.lacks_vendors());
    let asked = |id: StrategyId| match &out(&contract, id)[0] {
        Exclusion::NoVendorNamed { provider } => provider.clone(),
        other => panic!("{id:?}: {other}"),
    };
    for id in [
        StrategyId::Prompt,
        StrategyId::PromptSmall,
        StrategyId::Route,
        StrategyId::OpenManaged,
        StrategyId::HostedTune,
        StrategyId::LoraRoute,
    ] {
        let provider = asked(id);
        let ticked = with(&contract, "contracted_providers", Value::Names(vec![provider.clone()]));
        assert!(survives(&ticked, id), "{id:?} with {provider}: {}", says(&ticked, id));
        let relax = out(&contract, id)[0].relax().unwrap();
        assert!(relax.contains(&provider_name(&provider)) && relax.contains("ticked"), "{relax}");
    }
    let answer = evaluate(&contract);
    let warned = |id: StrategyId| answer.explanation(id).unwrap().findings.iter().any(|it| it.rule == "F5c");
    assert!(warned(StrategyId::OpenSelf) && warned(StrategyId::Prompt));
    assert!(
        !scene! { data_boundary: "contract", contracted_providers: "openai" }.constraints.lacks_vendors()
    );
    assert!(!Inputs::default().constraints.lacks_vendors());
}

#[test]
fn closed_offers_are_named_with_their_dates() {
    let closed = |inputs: &Inputs| match &out(inputs, StrategyId::HostedTune)[0] {
        Exclusion::TuningOffersClosed { offers } => offers.clone(),
        other => panic!("{other}"),
    };
    let openai = scene! { hosted_tuning: "openai/gpt-4.1" };
    let offers = closed(&openai);
    assert_eq!(offers.len(), 1);
    assert!(says(&openai, StrategyId::HostedTune).contains("gpt-4.1 at OpenAI ("), "{:?}", offers);
    let at_vendor = scene! { data_boundary: "contract", contracted_providers: "openai, mistral" };
    let offers = closed(&at_vendor);
    assert!(offers.iter().any(|offer| offer.offer.ends_with("Mistral") && offer.why == OfferClosed::Over));
    let none = scene! { data_boundary: "contract", contracted_providers: "deepseek" };
    assert_eq!(
        says(&none, StrategyId::HostedTune),
        "of the vendors under contract (DeepSeek) none tunes models"
    );
    let other = scene! { data_boundary: "contract", contracted_providers: "openai", hosted_tuning: "together/any supported, 17B-69B/lora" };
    assert_eq!(says(&other, StrategyId::HostedTune), "Together is not under contract");
}

#[test]
fn a_custom_model_asks_for_200_tokens_a_parameter_and_names_the_size_that_the_text_allows() {
    let enough = |tokens: f64| {
        let asked = scene! { no_base_covers: true, pretraining_tokens: tokens, labels: 20_000.0, evidence_full: "1/200" };
        (survives(&asked, StrategyId::Custom), says(&asked, StrategyId::Custom))
    };
    assert!(enough(2e11).0, "{}", enough(2e11).1);
    let (survives_it, reason) = enough(1.9e11);
    assert!(!survives_it && reason.contains("190\u{a0}billion tokens"), "{reason}");
    assert!(reason.contains("1\u{a0}billion parameters") && reason.contains("200\u{a0}billion"), "{reason}");
    let asked =
        scene! { no_base_covers: true, pretraining_tokens: 1.9e11, labels: 20_000.0, evidence_full: "1/200" };
    let relax = |asked: &Inputs| out(asked, StrategyId::Custom)[0].relax().unwrap();
    assert!(relax(&asked).contains("950\u{a0}million parameters"), "{}", relax(&asked));
    assert!(survives(&with(&asked, "custom_params", Value::Number(9.5e8)), StrategyId::Custom));
    let little = with(&asked, "pretraining_tokens", Value::Number(1e9));
    assert_eq!(
        relax(&little),
        "text of 200\u{a0}billion tokens",
        "a model of five million parameters is of no use"
    );
}

#[test]
fn a_custom_model_is_trained_on_the_text_there_is_up_to_what_is_wanted() {
    let train = |tokens: f64| {
        // What serves until then is ready no sooner.
        let asked = scene! {
            no_base_covers: true, pretraining_tokens: tokens, labels: 20_000.0, evidence_full: "1/200",
            lead_time_custom: 20.0, lead_time_full_tuning: 20.0
        };
        in_month(&cost(&asked, StrategyId::Custom).ledger, 0, Line::TrainingCompute)
    };
    let [at_200, at_400, at_1000, beyond] = [2e11, 4e11, 1e12, 9e12].map(train);
    assert!((at_400 / at_200 - 2.0).abs() < 1e-9 && (at_1000 / at_200 - 5.0).abs() < 1e-9);
    assert!((beyond - at_1000).abs() < 1e-6);
}

#[test]
fn a_base_goes_on_pretraining_before_a_model_is_trained_from_scratch() {
    let asked =
        scene! { no_base_covers: true, pretraining_tokens: 2e12, labels: 300.0, labels_obtainable: false };
    assert!(survives(&asked, StrategyId::Full), "{}", says(&asked, StrategyId::Full));
    assert!(says(&asked, StrategyId::Custom).contains("comes first"), "{}", says(&asked, StrategyId::Custom));
    assert!(!survives(&asked, StrategyId::Lora), "adapters teach no language");
    let failed = with(&asked, "labels", Value::Number(20_000.0));
    let failed =
        with(&failed, "evidence_full", Value::Evidence(Evidence::Counted { correct: 1, total: 200 }));
    assert!(survives(&failed, StrategyId::Custom), "{}", says(&failed, StrategyId::Custom));
    let little = scene! { no_base_covers: true, pretraining_tokens: 5e7, labels: 20_000.0 };
    assert!(
        says(&little, StrategyId::Full).contains("50\u{a0}million tokens"),
        "{}",
        says(&little, StrategyId::Full)
    );
}

#[test]
fn going_on_pretraining_costs_its_tokens_once_and_half_again() {
    let asked = |tokens: f64| {
        scene! { no_base_covers: true, pretraining_tokens: tokens, labels: 20_000.0, growth_per_month: 0.0 }
    };
    let first = |tokens: f64| cost(&asked(tokens), StrategyId::Full);
    let month_0 = |tokens: f64| in_month(&first(tokens).ledger, 0, Line::TrainingCompute);
    // Twice the text beyond the same experiments.
    let (one, two, three) = (month_0(1e9), month_0(2e9), month_0(3e9));
    assert!((three - two - (two - one)).abs() < 1e-6 * one && two > one);
    let retrain = |tokens: f64| {
        let months = first(tokens).ledger.months;
        months.iter().skip(1).map(|month| month.get(Line::TrainingCompute)).fold(0.0, f64::max)
    };
    assert!((retrain(1e9) - retrain(3e9)).abs() < 1e-9, "a retrain tunes, and reads no text again");
    let runs = asked(1e9).team.experiments;
    let run = retrain(1e9);
    let tokens = 20_000.0 * tokens_of_an_example(&asked(1e9)) * asked(1e9).team.epochs;
    assert!((one - (runs * run + run * 1e9 / tokens * 1.5)).abs() < 1e-6 * one, "{one}");
}

/// Tokens of an example: a call to the tuned model.
fn tokens_of_an_example(inputs: &Inputs) -> f64 {
    let tokens = tunewise::domain::cost::Setting::new(&Case::builtin(inputs.clone())).tuned_tokens();
    tokens.input() + tokens.output
}

#[test]
fn training_that_does_not_fit_says_which_model_and_how_much_is_short() {
    let asked = scene! { base_model: "Qwen3-32B", training_gpu: "L4", training_gpu_count: "1" };
    let text = says(&asked, StrategyId::Lora);
    assert!(
        text.starts_with("LoRA training of Qwen3-32B does not fit the GPUs allowed for training: on 1 × L4"),
        "{text}"
    );
    let Exclusion::TrainingDoesNotFit { nearest: Some(short), .. } = &out(&asked, StrategyId::Lora)[0] else {
        panic!("{text}")
    };
    assert!(short.needed_gib > short.usable_gib && short.usable_gib > 15.0, "{short:?}");
}

#[test]
fn gpus_without_a_price_are_named_with_the_price_that_is_missing() {
    let asked = scene! { data_boundary: "own-cloud", serving_gpu: "GH200", training_gpu: "GH200" };
    let unpriced =
        Exclusion::NoPricedGpu { gpus: vec!["GH200".to_owned()], price: GpuPrice::HyperscalerRent };
    assert_eq!(out(&asked, StrategyId::OpenSelf), [unpriced]);
    assert_eq!(says(&asked, StrategyId::OpenSelf), "GH200 has no known price to rent at a hyperscaler");
}
