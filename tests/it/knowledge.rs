//! Knowledge in the prompt or by retrieval: both priced, the cheaper one taken, no cliff where the prompt is full.

use tunewise::domain::answer::{Answer, Trigger};
use tunewise::domain::cost::Line;
use tunewise::domain::input::Inputs;
use tunewise::domain::rules::FindingEffect;
use tunewise::domain::strategy::{Exclusion, RuleRole, StrategyId};

use crate::support::{evaluate, in_month, of};

/// Sizes of the knowledge above the least prefix that is cached: from a leaflet to a library, close around the limit.
fn sizes() -> Vec<f64> {
    let mut sizes: Vec<f64> = (0..32).map(|step| 2_000.0 * 1.25_f64.powi(step)).collect();
    sizes.extend([198_000.0, 199_000.0, 199_999.0, 200_000.0, 200_001.0, 201_000.0, 202_000.0]);
    sizes.sort_by(f64::total_cmp);
    sizes
}

fn tco(answer: &Answer, id: StrategyId) -> Option<f64> {
    of(answer, id).tco()
}

/// The cost of what is used, or of the reference where nothing is.
fn cost_of_answer(answer: &Answer) -> f64 {
    let choice = &answer.decided.choice;
    choice.use_now.or(choice.reference).and_then(|id| tco(answer, id)).unwrap()
}

fn with(knowledge: f64, requests: f64, task: &str) -> Inputs {
    scene! { knowledge_tokens: knowledge, requests_per_month: requests, task: task }
}

#[test]
fn a_page_more_at_the_limit_of_the_prompt_costs_about_as_much() {
    for requests in [1e3, 3e4, 1e5, 1e6, 1e7] {
        let cost = |knowledge: f64| cost_of_answer(&evaluate(&with(knowledge, requests, "answer")));
        let (below, above) = (cost(199_000.0), cost(201_000.0));
        assert!(above > 0.98 * below, "{requests}: {below} then {above}");
        if requests >= 1e5 {
            assert!(above < 1.02 * below, "{requests}: {below} then {above}");
        }
    }
    // As much as a million requests cost with retrieval, not six times that.
    let answer = evaluate(&with(199_000.0, 1e6, "answer"));
    assert_eq!(answer.decided.choice.use_now, Some(StrategyId::Rag));
    assert!(tco(&answer, StrategyId::Prompt).unwrap() > 4.0 * tco(&answer, StrategyId::Rag).unwrap());
}

#[test]
fn a_little_more_knowledge_makes_no_strategy_and_no_answer_cheaper() {
    for task in ["answer", "summarise", "extract", "code"] {
        for requests in [2e3, 6e4, 1e6] {
            let mut before: Option<Answer> = None;
            for knowledge in sizes() {
                let answer = evaluate(&with(knowledge, requests, task));
                if let Some(before) = before.replace(answer.clone()) {
                    let (was, is) = (cost_of_answer(&before), cost_of_answer(&answer));
                    assert!(is > 0.99 * was, "{task} {requests} {knowledge}: {was} then {is}");
                    // What serves until a strategy is ready is part of its cost, and sets when that is.
                    if before.decided.choice.reference != answer.decided.choice.reference {
                        continue;
                    }
                    for id in StrategyId::ALL {
                        let (Some(was), Some(is)) = (tco(&before, id), tco(&answer, id)) else { continue };
                        assert!(is > 0.97 * was, "{task} {requests} {knowledge} {id:?}: {was} then {is}");
                    }
                }
            }
        }
    }
}

#[test]
fn each_strategy_takes_the_cheaper_way_and_is_named_so() {
    let name = |knowledge: f64, requests: f64, id: StrategyId| {
        of(&evaluate(&with(knowledge, requests, "answer")), id).name.clone()
    };
    let small = StrategyId::PromptSmall;
    assert_eq!(name(0.0, 1e6, small), "Prompted smaller API model");
    // A leaflet, or few requests: building retrieval costs more than carrying it along.
    assert_eq!(name(3_000.0, 1e6, small), "Prompted smaller API model with knowledge in the prompt");
    assert_eq!(name(150_000.0, 1e3, small), "Prompted smaller API model with knowledge in the prompt");
    assert_eq!(name(150_000.0, 1e7, small), "Prompted smaller API model + retrieval");
    assert_eq!(name(300_000.0, 1e3, small), "Prompted smaller API model + retrieval");
    // These two say it by themselves.
    assert_eq!(name(150_000.0, 1e7, StrategyId::Prompt), "Prompted API model");
    assert_eq!(name(150_000.0, 1e7, StrategyId::Rag), "Retrieval + API model");
}

#[test]
fn the_prompt_carries_its_knowledge_and_retrieval_retrieves_it_at_every_size() {
    for (knowledge, requests) in [(2_000.0, 1e3), (150_000.0, 1e6), (400_000.0, 1e6)] {
        let answer = evaluate(&with(knowledge, requests, "answer"));
        let (prompt, rag) = (of(&answer, StrategyId::Prompt), of(&answer, StrategyId::Rag));
        let (prompt, rag) = (&prompt.cost.as_ref().unwrap().ledger, &rag.cost.as_ref().unwrap().ledger);
        assert_eq!(prompt.by_line().get(Line::Retrieval), 0.0);
        // By month 3 retrieval is ready.
        assert!(in_month(rag, 3, Line::Retrieval) >= 30.0);
        assert_eq!(in_month(prompt, 3, Line::Tokens) > in_month(rag, 3, Line::Tokens), knowledge > 1e5);
    }
}

#[test]
fn what_waits_for_its_turn_pays_the_reference_s_way_until_then_and_its_own_from_then_on() {
    // A tuned small model carries a short text in its prompt, while the dear API model before it retrieves.
    let mut seen = [false; 2];
    for knowledge in [2_000.0, 4_000.0, 8_000.0, 12_000.0, 20_000.0, 30_000.0, 60_000.0, 120_000.0] {
        for requests in [3e4, 1e5, 3e5, 1e6, 3e6, 1e7] {
            let answer = evaluate(&with(knowledge, requests, "answer"));
            let reference_retrieves = answer.decided.choice.reference == Some(StrategyId::Rag);
            for id in [StrategyId::HostedTune, StrategyId::Lora, StrategyId::Full] {
                let found = of(&answer, id);
                let (Ok(cost), Some(model)) = (&found.cost, &found.model) else { continue };
                let (own, before) = (model.own_from, model.own_from - 1);
                let retrieves = found.name.ends_with("+ retrieval");
                assert_eq!(in_month(&cost.ledger, own, Line::Retrieval) > 0.0, retrieves, "{}", found.name);
                if before > 0 {
                    let paid = in_month(&cost.ledger, before, Line::Retrieval) > 0.0;
                    assert_eq!(paid, reference_retrieves, "{}", found.name);
                    seen[usize::from(retrieves)] |= retrieves != reference_retrieves;
                }
            }
        }
    }
    assert!(seen.contains(&true), "one way before and the other after: {seen:?}");
}

#[test]
fn of_the_prompt_and_retrieval_the_cheaper_is_the_reference_unless_a_measurement_decides() {
    let reference = |prompt: &str, rag: &str, launch: &str| {
        let answer = evaluate(&scene! {
            knowledge_tokens: 150_000.0, requests_per_month: 1e6, evidence_prompt: prompt, evidence_rag: rag,
            launch_weeks: launch,
        });
        (answer.decided.choice.reference.unwrap(), answer.decided.choice.use_now)
    };
    let (prompt, rag) = (StrategyId::Prompt, StrategyId::Rag);
    assert_eq!(reference("", "", ""), (rag, Some(rag)));
    assert_eq!(reference("960/1000", "960/1000", ""), (rag, Some(rag)));
    // A price does not displace what is proven: retrieval is to be tried.
    assert_eq!(reference("960/1000", "", ""), (prompt, Some(prompt)));
    assert_eq!(reference("", "960/1000", ""), (rag, Some(rag)));
    // What failed in the prompt is not used otherwise before it is measured.
    assert_eq!(reference("600/1000", "", ""), (prompt, None));
    assert_eq!(reference("600/1000", "960/1000", ""), (rag, Some(rag)));
    assert_eq!(reference("", "600/1000", ""), (prompt, Some(prompt)));
    // Retrieval that is late is not what to use now.
    assert_eq!(reference("", "", "3"), (prompt, Some(prompt)));

    let proven = evaluate(&scene! {
        knowledge_tokens: 150_000.0, requests_per_month: 1e6, evidence_prompt: "960/1000",
    });
    assert!(proven.decided.pilots.iter().any(|pilot| pilot.strategy == rag));
}

#[test]
fn retrieval_is_out_only_without_knowledge_that_is_there_or_missing() {
    let out = |knowledge: f64, failure: &str| {
        let answer = evaluate(&scene! { knowledge_tokens: knowledge, failure_mode: failure });
        of(&answer, StrategyId::Rag).out.iter().map(|out| out.rule().to_owned()).collect::<Vec<_>>()
    };
    for failure in ["unknown", "behaviour"] {
        assert_eq!(out(0.0, failure), ["H6"]);
        assert_eq!(out(1_000.0, failure), [""; 0]);
    }
    for failure in ["knowledge", "both"] {
        assert_eq!(out(0.0, failure), [""; 0]);
        assert_eq!(out(199_000.0, failure), [""; 0]);
    }
}

#[test]
fn missing_knowledge_leads_to_retrieval_and_asks_for_its_size() {
    let found = |knowledge: f64| {
        let answer = evaluate(&scene! {
            failure_mode: "knowledge", evidence_prompt: "650/1000", labels: 2_000.0,
            knowledge_tokens: knowledge,
        });
        let is_tried = answer.decided.pilots.iter().any(|pilot| pilot.strategy == StrategyId::Rag);
        // More than the prompt holds has no other way: what failed without it is out.
        assert!(is_tried || answer.decided.choice.use_now == Some(StrategyId::Rag), "{knowledge}");
        let fired = &of(&answer, StrategyId::Rag).fired;
        let has = |role: RuleRole| fired.iter().find(|fired| fired.role == Some(role)).map(|it| it.effect);
        (has(RuleRole::BringsKnowledge), has(RuleRole::KnowledgeUnstated))
    };
    let brings = Some(FindingEffect::For(2));
    assert_eq!(found(0.0), (brings, Some(FindingEffect::Warns)));
    assert_eq!(found(40_000.0), (brings, None));
    assert_eq!(found(4e6), (brings, None));
}

#[test]
fn the_plan_says_at_which_size_the_other_way_is_taken_and_there_it_is() {
    let turn = |knowledge: f64, requests: f64| {
        let answer = evaluate(&with(knowledge, requests, "answer"));
        let found = answer.plan.iter().find_map(|step| match step.trigger {
            Some(Trigger::Rises { input: "knowledge_tokens", to }) => Some((to, step.text.clone())),
            Some(Trigger::Falls { input: "knowledge_tokens", to }) => Some((to, step.text.clone())),
            _ => None,
        });
        (answer.decided.choice.use_now.unwrap(), found)
    };
    let (small, found) = turn(2_000.0, 1e6);
    let (to, text) = found.unwrap();
    assert!(small == StrategyId::Prompt && text.contains("retrieval costs less than"), "{text}");
    assert_eq!(turn(to * 1.01, 1e6).0, StrategyId::Rag);
    assert_eq!(turn(to * 0.8, 1e6).0, StrategyId::Prompt);
    let (large, found) = turn(150_000.0, 1e6);
    let (back, text) = found.unwrap();
    assert!(large == StrategyId::Rag && text.contains("in the prompt they cost less"), "{text}");
    assert!(back <= to && back > 0.7 * to, "{back} {to}");
    // At few requests the prompt is the cheaper way as long as it holds all.
    let (_, found) = turn(2_000.0, 1e3);
    assert!(found.unwrap().1.contains("passes 200,000 tokens: it no longer fits"));
    let (_, found) = turn(5e6, 1e3);
    assert!(found.unwrap().1.contains("200,000 tokens of knowledge are enough: they fit the prompt"));
}

#[test]
fn a_model_with_a_short_context_retrieves_what_it_cannot_hold() {
    // 41,000 tokens of context do not hold 100,000 of knowledge, whatever retrieval costs at this volume.
    let answer = evaluate(&scene! {
        knowledge_tokens: 100_000.0, requests_per_month: 1e3, base_model: "Qwen3-8B",
    });
    let hosted = of(&answer, StrategyId::HostedTune);
    assert!(hosted.survives() && hosted.name.ends_with("+ retrieval"), "{} {:?}", hosted.name, hosted.out);
}

#[test]
fn calls_longer_than_the_context_of_a_base_exclude_tuning_it_anywhere() {
    let answer = evaluate(&scene! { input_tokens: 60_000.0, base_model: "Qwen3-8B" });
    for id in [StrategyId::HostedTune, StrategyId::Lora, StrategyId::Qlora, StrategyId::Full] {
        let out = &of(&answer, id).out;
        assert!(out.iter().any(|out| out.rule() == "context"), "{id:?} {out:?}");
    }
    let out = &of(&answer, StrategyId::HostedTune).out;
    let [Exclusion::CallTooLong { model, limit, tokens }] = out.as_slice() else { panic!("{out:?}") };
    assert_eq!((model.as_str(), *limit), ("Qwen3-8B", 40_960.0));
    assert!(*tokens > 60_000.0 && *tokens < 61_000.0, "{tokens}");
    // What fits is not touched, nor is a base with a longer context.
    let survives = |input: f64, base: &str| {
        let answer = evaluate(&scene! { input_tokens: input, base_model: base });
        of(&answer, StrategyId::HostedTune).survives()
    };
    assert!(survives(40_000.0, "Qwen3-8B") && !survives(41_000.0, "Qwen3-8B"));
    assert!(survives(60_000.0, "Llama-3.1-8B") && !survives(140_000.0, "Llama-3.1-8B"));
}

#[test]
fn a_licence_that_is_out_excludes_tuning_open_weights_at_a_provider_and_no_other_model() {
    let out = |base: &str, offer: &str, permissive: bool| {
        let answer = evaluate(&scene! {
            base_model: base, hosted_tuning: offer, permissive_licence_only: permissive,
        });
        of(&answer, StrategyId::HostedTune).out.clone()
    };
    let llama = out("Llama-3.1-8B", "auto", true);
    let [Exclusion::LicenceOut { model, licence }] = llama.as_slice() else { panic!("{llama:?}") };
    assert_eq!((model.as_str(), licence.as_deref()), ("Llama-3.1-8B", Some("Llama 3.1 Community")));
    assert!(out("Llama-3.1-8B", "auto", false).is_empty());
    assert!(out("Qwen3-8B", "auto", true).is_empty());
    // A bracket of sizes tunes the chosen base; a named base is its own, and a vendor's model has no open licence.
    assert!(!out("Llama-3.1-8B", "together/any supported, up to 16B/lora", true).is_empty());
    assert!(!out("Qwen3-8B", "nebius/Llama-3.1-8B/lora", true).is_empty());
    assert!(out("Llama-3.1-8B", "thinking_machines/Qwen3-8B/lora", true).is_empty());
    assert!(out("Llama-3.1-8B", "aws_bedrock/amazon.nova-lite-v1:0/lora", true).is_empty());
}

#[test]
fn a_budget_that_holds_one_way_only_has_that_one_taken() {
    let small = |budget: &str| {
        let answer = evaluate(&scene! {
            knowledge_tokens: 100_000.0, requests_per_month: 1e7, upfront_budget: budget, budget_scope: "people",
        });
        let small = of(&answer, StrategyId::PromptSmall);
        (small.survives(), small.name.clone())
    };
    assert_eq!(small(""), (true, "Prompted smaller API model + retrieval".to_owned()));
    assert_eq!(small("20000"), (true, "Prompted smaller API model with knowledge in the prompt".to_owned()));
    assert!(!small("1000").0, "neither");
}

#[test]
fn no_base_stands_in_for_a_model_that_retrieval_lets_the_gpus_serve() {
    // Behind a boundary a smaller model would be the cheaper one, but it is not the one that was asked for.
    let of_open = |knowledge: f64, gpu: &str, count: &str, open: &str| {
        let answer = evaluate(&scene! {
            knowledge_tokens: knowledge, data_boundary: "own-cloud", serving_gpu: gpu, serving_gpu_count: count,
            open_model: open, requests_per_month: 3e4,
        });
        let own = of(&answer, StrategyId::OpenSelf);
        (own.survives(), own.name.contains('('), own.name.ends_with("+ retrieval"))
    };
    let mut only_retrieved = 0;
    for gpu in ["H100 SXM", "A100 SXM 80GB"] {
        for count in ["1", "2", "4"] {
            for open in ["gpt-oss-120b", "Llama-3.3-70B", "Qwen3-32B", "Qwen3-8B"] {
                let (with_retrieval, stands_in, _) = of_open(4e5, gpu, count, open);
                for knowledge in [30_000.0, 120_000.0, 190_000.0] {
                    let (survives, other_stands_in, retrieves) = of_open(knowledge, gpu, count, open);
                    if with_retrieval && !stands_in {
                        assert!(survives && !other_stands_in, "{gpu} {count} {open} {knowledge}");
                        only_retrieved += usize::from(retrieves);
                    }
                }
            }
        }
    }
    assert!(only_retrieved > 3, "{only_retrieved}");
}
