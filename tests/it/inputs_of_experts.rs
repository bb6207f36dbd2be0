//! Inputs that experts miss in comparable tools: which GPUs there are and how many, nobody to hire, a task inside
//! broader traffic, customers of a closing offer, validation sets, prices that fall month by month.

use tunewise::domain::cost::Line;
use tunewise::domain::evidence::Evidence;
use tunewise::domain::input::{Inputs, Value};
use tunewise::domain::strategy::{Exclusion, StrategyId};

use crate::support::{cost, decide, evaluate, in_month, of, with};

fn out(asked: &Inputs, id: StrategyId) -> Vec<Exclusion> {
    decide(asked).get(id).unwrap().out.clone()
}

#[test]
fn auto_chooses_among_the_gpus_that_are_allowed_and_no_others() {
    for gpus in [vec!["L40S"], vec!["A100 SXM 80GB", "L40S"], vec!["RTX 4090"]] {
        let asked = scene! { open_model: "Llama-3.1-8B", allowed_gpus: gpus.join(", ").as_str() };
        for id in [StrategyId::OpenSelf, StrategyId::Lora] {
            let hardware = of(&evaluate(&asked), id).hardware.clone();
            let hardware = hardware.unwrap_or_else(|| panic!("{id:?}: {:?}", out(&asked, id)));
            assert!(gpus.contains(&hardware.gpu.as_str()), "{}", hardware.gpu);
        }
    }
    let pinned = scene! { open_model: "Llama-3.1-8B", allowed_gpus: "L40S", serving_gpu: "H100 SXM" };
    assert_eq!(of(&evaluate(&pinned), StrategyId::OpenSelf).hardware.as_ref().unwrap().gpu, "H100 SXM");
}

#[test]
fn a_longer_list_of_gpus_never_makes_own_gpus_dearer() {
    let lists = ["L4", "L4, L40S", "L4, L40S, H100 SXM", "L4, L40S, H100 SXM, B200 SXM", ""];
    let costs = lists.map(|gpus| {
        cost(&scene! { open_model: "Llama-3.1-8B", allowed_gpus: gpus }, StrategyId::OpenSelf).tco
    });
    assert!(costs.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9), "{costs:?}");
}

#[test]
fn more_gpus_than_there_are_keep_a_strategy_out_and_so_many_let_it_in() {
    let asked = scene! { open_model: "gpt-oss-120b", gpus_at_most: 1.0, requests_per_month: 2e6 };
    let needed = match &out(&asked, StrategyId::OpenSelf)[0] {
        Exclusion::TooFewGpus { needed, most } => {
            assert_eq!(*most, 1.0);
            *needed
        }
        other => panic!("{other}"),
    };
    assert!(needed >= 2.0, "two replicas at least");
    let enough = with(&asked, "gpus_at_most", Value::Number(needed));
    assert_eq!(out(&enough, StrategyId::OpenSelf), []);
    let peak = of(&evaluate(&enough), StrategyId::OpenSelf).hardware.as_ref().unwrap().peak_gpus_at_horizon.1;
    assert!(peak <= needed, "{peak}");
    let one_less = with(&asked, "gpus_at_most", Value::Number(needed - 1.0));
    assert!(!out(&one_less, StrategyId::OpenSelf).is_empty());
}

#[test]
fn more_gpus_never_make_own_gpus_dearer_nor_keep_them_out() {
    let costs = [1.0, 2.0, 4.0, 8.0, 16.0, 64.0].map(|most| {
        let asked = scene! { open_model: "Qwen3-32B", gpus_at_most: most, downtime_accepted: true };
        decide(&asked).get(StrategyId::OpenSelf).unwrap().tco().unwrap_or(f64::INFINITY)
    });
    assert!(costs.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9), "{costs:?}");
    assert!(costs[5].is_finite());
}

#[test]
fn few_gpus_bound_training_too() {
    let fits = |most: f64| {
        let asked = scene! { base_model: "Qwen3-32B", allowed_gpus: "L40S", gpus_at_most: most, downtime_accepted: true };
        out(&asked, StrategyId::Full)
    };
    assert!(
        matches!(fits(1.0)[..], [Exclusion::TrainingDoesNotFit { .. } | Exclusion::CannotServe(_), ..]),
        "{:?}",
        fits(1.0)
    );
}

#[test]
fn where_nobody_can_be_hired_a_missing_skill_keeps_own_gpus_out() {
    let asked = scene! { self_hosting_skill: "none", hiring_possible: false };
    for id in [StrategyId::OpenSelf, StrategyId::Lora, StrategyId::Full, StrategyId::LoraRoute] {
        let out = out(&asked, id);
        let told = out.iter().find(|reason| reason.rule() == "T1x").unwrap();
        assert_eq!(told.relax().as_deref(), Some("hiring, or training your people"));
    }
    assert_eq!(out(&asked, StrategyId::HostedTune), []);
    for other in
        [scene! { self_hosting_skill: "none" }, scene! { self_hosting_skill: "some", hiring_possible: false }]
    {
        assert_eq!(out(&other, StrategyId::OpenSelf), []);
    }
    let hired = with(&asked, "hiring_possible", Value::Flag(true));
    assert_eq!(out(&hired, StrategyId::OpenSelf), []);
}

#[test]
fn a_task_inside_broader_traffic_is_held_against_its_own_bar() {
    let asked = |bar: &str, right: &str| {
        let asked = scene! { required_quality: 0.9, task_share: 0.3, task_required_quality: bar, evidence_task: right };
        decide(&asked).get(StrategyId::LoraRoute).unwrap().quality
    };
    assert!(asked("80 %", "850/1000").meets());
    assert!(asked("", "850/1000").fails(), "without an own bar that of the whole holds");
    assert!(asked("95 %", "930/1000").fails());
    let whole = scene! { task_share: 0.3, evidence_task: "100/1000", evidence_lora_route: "950/1000" };
    assert!(
        decide(&whole).get(StrategyId::LoraRoute).unwrap().quality.meets(),
        "the whole goes before the part"
    );
    let other = scene! { task_share: 0.3, evidence_task: "100/1000" };
    assert!(!decide(&other).get(StrategyId::Lora).unwrap().quality.is_measured());
}

#[test]
fn a_task_that_meets_its_bar_does_not_hide_that_the_rest_is_served_by_a_model_that_fails() {
    let asked = scene! { task_share: 0.3, evidence_task: "990/1000", evidence_prompt: "500/1000" };
    assert!(out(&asked, StrategyId::LoraRoute).iter().any(|reason| reason.rule() == "E3"));
    let whole =
        with(&asked, "evidence_lora_route", Value::Evidence(Evidence::Counted { correct: 950, total: 1000 }));
    assert!(!out(&whole, StrategyId::LoraRoute).iter().any(|reason| reason.rule() == "E3"));
}

#[test]
fn wrong_answers_of_a_task_and_of_the_rest_are_added_up_by_their_shares() {
    let asked = scene! {
        task_share: 0.3, cost_per_error: 2.0, evidence_task: "980/1000", evidence_prompt: "950/1000",
        growth_per_month: 0.0, lead_time_self_hosted: 1.0, lead_time_prompt: 1.0
    };
    let cost = cost(&asked, StrategyId::LoraRoute);
    let wrong = in_month(&cost.ledger, 20, Line::Errors);
    let expected = asked.work.requests_per_month * 2.0 * (0.3 * 0.02 + 0.7 * 0.05);
    assert!((wrong - expected).abs() < 1e-6 * expected, "{wrong} {expected}");
    let unknown = with(&asked, "evidence_prompt", Value::Blank);
    assert_eq!(decide(&unknown).get(StrategyId::LoraRoute).unwrap().cost.as_ref().unwrap().errors, None);
}

#[test]
fn the_rest_of_a_task_is_measured_with_its_knowledge_brought_in_as_it_is_here() {
    // 150,000 tokens of knowledge fit the prompt, and at ten million requests retrieving them is far cheaper.
    let asked = scene! {
        task_share: 0.3, cost_per_error: 2.0, evidence_task: "980/1000", evidence_prompt: "100/1000",
        evidence_rag: "950/1000", knowledge_tokens: 150_000.0, requests_per_month: 1e7, growth_per_month: 0.0
    };
    let answer = evaluate(&asked);
    let hybrid = of(&answer, StrategyId::LoraRoute);
    assert!(hybrid.name.ends_with("+ retrieval"), "{}", hybrid.name);
    let wrong = in_month(&hybrid.cost.as_ref().unwrap().ledger, 20, Line::Errors);
    let expected = 1e7 * 2.0 * (0.3 * 0.02 + 0.7 * 0.05);
    assert!((wrong - expected).abs() < 1e-6 * expected, "{wrong} {expected}");
}

#[test]
fn labels_that_a_strategy_makes_anyway_are_not_made_again_for_what_serves_until_then() {
    // No model covers the language: the base that goes on pretraining, ready first, takes a thousand labels, and the
    // custom model ten thousand, the same thousand among them. At $1 and without review that is $10,000.
    let asked = scene! {
        no_base_covers: true, pretraining_tokens: 2e12, task: "generate", complexity: "complex", labels: 0.0,
        label_cost: 1.0, label_review_share: 0.0
    };
    let answer = evaluate(&asked);
    assert_eq!(answer.decided.choice.reference, Some(StrategyId::Full));
    let labels = |id| in_month(&of(&answer, id).cost.as_ref().unwrap().ledger, 0, Line::Labels);
    assert_eq!((labels(StrategyId::Full), labels(StrategyId::Custom)), (1_000.0, 10_000.0));
    assert!(of(&answer, StrategyId::Custom).model.as_ref().unwrap().own_from > 1);
}

#[test]
fn customers_of_a_closing_offer_may_use_it_until_its_dates() {
    // Closed to new customers; the last jobs on 6 January 2027, served until 14 January.
    let offer = |customer: &str, start: &str| {
        scene! { hosted_tuning: "prime_intellect/gpt-oss-20b/lora", tuning_customer_of: customer, start: start }
    };
    let says = |asked: &Inputs| {
        out(asked, StrategyId::HostedTune).iter().map(ToString::to_string).collect::<String>()
    };
    assert!(says(&offer("prime_intellect", "2026-12")).contains("no new jobs after 5 October 2026"));
    assert!(
        says(&scene! { hosted_tuning: "openai/gpt-4.1", tuning_customer_of: "openai" })
            .contains("January 2027")
    );
    // An offer without an end that is closed to others.
    let row = |customer: &str| {
        let text = format!(
            r#"{{"answers":{{"hosted_tuning":"own/base/lora","tuning_customer_of":"{customer}"}},"rows":[{{"table":"hosted_tuning","set":{{"provider":"own","base_model":"base","method":"lora","training_usd_per_m_tokens":1,"serving_mode":"per_token","tuned_input_usd_per_m":1,"tuned_output_usd_per_m":1,"availability":"existing_customers","open_model":"Llama-3.1-8B"}}}}]}}"#
        );
        let case = tunewise::codec::from_json(&text).unwrap().strictly().unwrap().scenario.case().unwrap();
        decide(&case).get(StrategyId::HostedTune).unwrap().out.clone()
    };
    assert!(row("")[0].to_string().contains("base at Own (closed to new customers)"));
    assert_eq!(row("own"), []);
}

#[test]
fn a_validation_set_is_billed_with_hosted_training_and_costs_forward_passes_on_own_gpus() {
    let training = |id: StrategyId, share: f64| {
        let asked = scene! { validation_share: share, labels: 5_000.0 };
        in_month(&cost(&asked, id).ledger, 0, Line::TrainingCompute)
    };
    for (id, factor) in [(StrategyId::HostedTune, 1.2), (StrategyId::Lora, 1.1)] {
        let ratio = training(id, 0.2) / training(id, 0.0);
        assert!((ratio - factor).abs() < 1e-9, "{id:?}: {ratio}");
    }
}

#[test]
fn a_price_that_falls_month_by_month_lowers_each_bill_by_its_share() {
    let month = |drift: f64, month: usize, id: StrategyId| {
        let asked = scene! { api_price_drift: drift, growth_per_month: 0.0, migration_interval: 120.0 };
        in_month(&cost(&asked, id).ledger, month, Line::Tokens)
    };
    for id in [StrategyId::Prompt, StrategyId::PromptSmall, StrategyId::Route] {
        for (drift, factor) in [(0.3, 0.7), (-0.2, 1.2), (0.9, 0.1)] {
            assert_eq!(month(drift, 1, id), month(0.0, 1, id));
            let ratio = month(drift, 13, id) / month(0.0, 13, id);
            assert!((ratio - factor).abs() < 1e-9, "{id:?} {drift}: {ratio}");
        }
    }
    assert_eq!(
        month(0.0, 24, StrategyId::Prompt),
        month(0.0, 1, StrategyId::Prompt),
        "by default a model keeps its price"
    );
    let evaluation = evaluate(&scene! { api_price_drift: 0.3 });
    let told = &evaluation.explanation(StrategyId::Prompt).unwrap().derivations;
    assert!(
        told.iter()
            .any(|it| it.line == Line::Tokens && it.text.contains("; prices fall by 30\u{a0}% a year"))
    );
}
