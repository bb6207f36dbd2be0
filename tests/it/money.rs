//! Budgets, what is in use today, what serves meanwhile, several tasks, choices of cards, and paybacks.

use tunewise::domain::answer::{Answer, Cost, Decided};
use tunewise::domain::cost::{Line, Lines};
use tunewise::domain::input::{Entry, Inputs, Value, input};
use tunewise::domain::scenario::Scenario;
use tunewise::domain::strategy::{RuleRole, StrategyId};

use crate::random;
use crate::support::{cost, decide, evaluate, explained, of, presets, to_the_cent, with};

fn is_out_by(evaluation: &Answer, id: StrategyId, rule: &str) -> bool {
    of(evaluation, id).out.iter().any(|exclusion| exclusion.rule() == rule)
}

fn known(evaluation: &Answer, id: StrategyId) -> &Cost {
    of(evaluation, id).cost.as_ref().unwrap_or_else(|why| panic!("{}: {why}", id.key()))
}

// Budgets

#[test]
fn one_month_with_a_migration_decides_no_budget_and_is_named_beside_it() {
    let evaluation = evaluate(&scene! { monthly_budget: 4_800.0, requests_per_month: 160_000.0 });
    assert_eq!(
        evaluation.decided.choice.use_now,
        Some(StrategyId::Prompt),
        "{}",
        evaluation.verdict.headline
    );
    let people = evaluate(&scene! {
        monthly_budget: 4_800.0, requests_per_month: 160_000.0, budget_scope: "people",
    });
    let budget = &known(&people, StrategyId::Prompt).budget;
    assert_eq!(budget.occasions.iter().map(|(month, _)| *month).collect::<Vec<_>>(), [18]);
    to_the_cent("a migration", budget.occasions[0].1, 24.0 * 100.0 + 16.0 * 100.0);
    assert!(budget.ordinary_month < budget.occasional_month, "{budget:?}");
}

#[test]
fn a_cap_between_an_ordinary_month_and_one_with_a_migration_lets_it_in_and_warns() {
    let free = evaluate(&scene! { budget_scope: "people" });
    for id in [StrategyId::Prompt, StrategyId::Lora, StrategyId::Route] {
        let budget = &known(&free, id).budget;
        let between = (budget.ordinary_month + budget.occasional_month) / 2.0;
        assert!(budget.occasional_month > between, "{}", id.key());
        let capped = evaluate(&scene! { budget_scope: "people", monthly_budget: between });
        assert!(!is_out_by(&capped, id, "B2"), "{}", id.key());
        let warned = explained(&capped, id).findings.iter().find(|one| one.rule == "B3");
        assert!(warned.is_some_and(|one| one.text.contains("set that apart")), "{}", id.key());
        let tight = evaluate(&scene! { budget_scope: "people", monthly_budget: budget.ordinary_month - 1.0 });
        assert!(is_out_by(&tight, id, "B2"), "{}", id.key());
    }
}

#[test]
fn a_cap_on_invoices_holds_no_hours_of_ones_own_people() {
    let invoices = evaluate(&scene! {});
    let people = evaluate(&scene! { budget_scope: "people" });
    for id in StrategyId::ALL {
        let (Ok(own), Ok(all)) = (&of(&invoices, id).cost, &of(&people, id).cost) else { continue };
        let once = &own.ledger.months[0];
        let hours = once.get(Line::PeopleBuild) + once.get(Line::Evaluation);
        to_the_cent(id.key(), all.budget.upfront - own.budget.upfront, hours);
        assert!(own.budget.ordinary_month < all.budget.ordinary_month, "{}", id.key());
        assert_eq!(own.tco, all.tco, "a budget is no cost: {}", id.key());
    }
    // Nothing is invoiced before an API is called.
    assert_eq!(known(&invoices, StrategyId::Prompt).budget.upfront, 0.0);
    assert!(known(&people, StrategyId::Prompt).budget.upfront > 0.0);
}

#[test]
fn leaving_what_is_in_use_is_an_invoice() {
    let upfront = |exit: f64| {
        cost(&scene! { today: "prompt", exit_cost: exit }, StrategyId::PromptSmall).budget.upfront
    };
    to_the_cent("leaving", upfront(5_000.0) - upfront(0.0), 5_000.0);
}

#[test]
fn bought_cards_are_paid_before_launch_and_their_power_each_month() {
    let inputs = scene! { data_boundary: "own-premises", requests_per_month: 1e6, growth_per_month: 0.0 };
    let own = cost(&inputs, StrategyId::OpenSelf);
    let month = &own.ledger.months[1];
    assert!(own.ledger.capital[1] > 0.0);
    to_the_cent(
        "a month",
        own.budget.ordinary_month,
        month.get(Line::ServingCompute) - own.ledger.capital[1],
    );
    let evaluation = evaluate(&inputs);
    let hardware = of(&evaluation, StrategyId::OpenSelf).hardware.clone().unwrap();
    let card = evaluation_card_usd(&hardware.gpu, &inputs);
    to_the_cent("cards", own.budget.upfront, card * hardware.peak_gpus.1);
}

fn evaluation_card_usd(gpu: &str, inputs: &Inputs) -> f64 {
    let gpu = tunewise::domain::catalog::Catalog::builtin().gpu(gpu).unwrap();
    gpu.purchase_usd_per_gpu.unwrap() * (1.0 + inputs.economics.owned_network_share)
}

#[test]
fn an_ordinary_month_of_a_short_horizon_is_its_only_month() {
    for horizon in [1.0, 2.0] {
        let own = cost(&scene! { horizon: horizon, growth_per_month: 0.1 }, StrategyId::Prompt);
        assert_eq!(own.budget.ordinary_month_is, horizon as usize);
        to_the_cent(
            "month",
            own.budget.ordinary_month,
            own.ledger.months[horizon as usize].get(Line::Tokens),
        );
    }
    let shrinks = cost(&scene! { growth_per_month: -0.1 }, StrategyId::Prompt);
    assert_eq!(shrinks.budget.ordinary_month_is, 1, "the dearest is the first");
}

#[test]
fn retrains_of_own_gpus_are_beside_the_ordinary_month() {
    let lora = cost(&scene! { budget_scope: "people" }, StrategyId::Lora);
    let hosted = cost(&scene! { budget_scope: "people" }, StrategyId::HostedTune);
    for (cost, months) in [(&lora, vec![9, 15, 21]), (&hosted, vec![8, 14, 20])] {
        let found: Vec<usize> = cost.budget.occasions.iter().map(|(month, _)| *month).collect();
        assert_eq!(found.len(), months.len(), "{found:?}");
        let once: f64 = cost.ledger.occasional.iter().map(Lines::paid).sum();
        to_the_cent("occasions", cost.budget.occasions.iter().map(|(_, usd)| usd).sum(), once);
    }
}

/// The inputs with the changes that a wish names, each written as its text says it.
fn granted(inputs: &Inputs, wish: &str) -> Option<Inputs> {
    let mut scenario = Scenario::default();
    let mut changed = inputs.clone();
    for part in wish.trim_end_matches('.').split("; ") {
        let (id, text) =
            [("upfront_budget", "a budget before launch of $"), ("monthly_budget", "a monthly budget of $")]
                .into_iter()
                .find_map(|(id, words)| Some((id, part.strip_prefix(words)?)))?;
        scenario.entries.insert(id.to_owned(), Entry::Text(text.to_owned()));
        let written = scenario.case().unwrap_or_else(|errors| panic!("{text}: {errors:?}")).inputs;
        changed = with(&changed, id, (input(id).unwrap().get)(&written));
    }
    Some(changed)
}

fn lets_in(inputs: &Inputs) -> usize {
    let evaluation = evaluate(inputs);
    let mut named = 0;
    for (found, told) in evaluation.strategies().filter(|(found, _)| !found.survives()) {
        let Some(wish) = &told.lets_in else { continue };
        let Some(changed) = granted(inputs, wish) else { continue };
        let after = decide(&changed);
        let after = after.get(found.id).unwrap();
        assert!(after.survives(), "{}: {wish} leaves {:?}", found.id.key(), after.out);
        named += 1;
    }
    named
}

#[test]
fn the_budget_that_is_said_to_let_a_strategy_in_lets_it_in() {
    let mut named = 0;
    for (_, scene) in presets() {
        for scope in ["invoices", "people"] {
            for (upfront, monthly) in [(0.0, 1e9), (14_000.0, 4_800.0), (1e9, 500.0), (30_000.0, 2_000.0)] {
                let scene = with(&scene, "budget_scope", Value::Choice(scope));
                let scene = with(&scene, "upfront_budget", Value::Number(upfront));
                named += lets_in(&with(&scene, "monthly_budget", Value::Number(monthly)));
            }
        }
    }
    assert!(named > 100, "{named}");
}

#[test]
fn it_lets_it_in_whatever_else_is_said() {
    let mut named = 0;
    for seed in 0..60 {
        let inputs = random::inputs(seed);
        let budgets = [Value::Number(1_000.0), Value::Number(30_000.0)];
        for (seed, budget) in budgets.into_iter().enumerate() {
            let id = ["monthly_budget", "upfront_budget"][seed];
            named += lets_in(&with(&inputs, id, budget));
        }
    }
    assert!(named > 30, "{named}");
}

// What is in use today

#[test]
fn what_is_in_use_serves_until_the_new_is_ready() {
    let inputs = scene! { today: "lora", requests_per_month: 60_000.0 };
    let evaluation = evaluate(&inputs);
    let own = known(&evaluation, StrategyId::Lora);
    assert_eq!(own.ledger.months[0].paid(), 0.0, "{:?}", own.ledger.months[0]);
    // A tuned model at a provider takes some months more than the reference: until then LoRA serves.
    let hosted = known(&evaluation, StrategyId::HostedTune);
    let model = of(&evaluation, StrategyId::HostedTune).model.as_ref().unwrap();
    assert!(model.own_from > 1);
    for month in 1..model.own_from {
        for line in [Line::Tokens, Line::ServingCompute, Line::PeopleRun] {
            let (its, todays) = (hosted.ledger.months[month].get(line), own.ledger.months[month].get(line));
            to_the_cent(line.label(), its, todays);
        }
    }
    let told = explained(&evaluation, StrategyId::HostedTune);
    assert!(told.derivations.iter().any(|one| one.text.contains("“LoRA, self-hosted” serves")));
}

#[test]
fn what_is_in_use_and_may_not_go_on_serves_no_longer() {
    let evaluation = evaluate(&scene! { today: "prompt-small", data_boundary: "own-cloud", labels: 5_000.0 });
    let lora = of(&evaluation, StrategyId::Lora);
    let model = lora.model.as_ref().unwrap();
    assert!(model.own_from > 1 || lora.lead_weeks <= of(&evaluation, StrategyId::OpenSelf).lead_weeks);
    for found in &evaluation.decided.assessments {
        let told = explained(&evaluation, found.id);
        assert!(told.derivations.iter().all(|one| !one.text.contains("“Prompted smaller API model” serves")));
    }
}

#[test]
fn cards_of_what_is_in_use_are_not_bought_again() {
    let scene = |today: &str| {
        scene! { data_boundary: "own-premises", today: today, upfront_budget: 1_000.0 }
    };
    let running = evaluate(&scene("open-self"));
    assert_eq!(running.decided.choice.use_now, Some(StrategyId::OpenSelf), "{}", running.verdict.headline);
    let new = evaluate(&scene("nothing"));
    assert!(is_out_by(&new, StrategyId::OpenSelf, "B1"));
    let (own, bought) = (known(&running, StrategyId::OpenSelf), known(&new, StrategyId::OpenSelf));
    assert_eq!(own.upfront, 0.0);
    // Power and space stay, and so does the overhead.
    assert!(own.monthly_now > 0.0 && own.monthly_now < bought.monthly_now);
    to_the_cent("capital", bought.ledger.capital[1], bought.monthly_now - own.monthly_now);
    assert!(own.tco < bought.tco);
}

#[test]
fn what_is_in_use_buys_further_cards_only_where_it_grows() {
    let capital = |growth: f64| -> Vec<f64> {
        let scene = scene! {
            data_boundary: "own-premises", today: "open-self", requests_per_month: 3e6, growth_per_month: growth,
        };
        cost(&scene, StrategyId::OpenSelf).ledger.capital
    };
    assert!(capital(0.0).iter().all(|usd| *usd == 0.0));
    let growing = capital(0.1);
    assert_eq!(growing[1], 0.0);
    assert!(growing[24] > 0.0 && growing.is_sorted(), "{growing:?}");
}

#[test]
fn rules_about_building_say_nothing_of_what_is_in_use() {
    let hard = |today: &str| {
        evaluate(&scene! {
            today: today, labels: 0.0, labels_obtainable: false, launch_weeks: 1.0, upfront_budget: 0.0,
            self_hosting_skill: "none", complexity: "complex", horizon: 6.0,
        })
    };
    for (today, id) in [
        ("lora", StrategyId::Lora),
        ("qlora", StrategyId::Qlora),
        ("full", StrategyId::Full),
        ("custom", StrategyId::Custom),
    ] {
        let running = hard(today);
        assert!(of(&running, id).survives(), "{today}: {:?}", of(&running, id).out);
        assert_eq!(running.decided.choice.use_now, Some(id), "{}", running.verdict.headline);
        let fired = &of(&running, id).fired;
        for rule in ["P3c", "P4b", "P4c", "P4d", "F3n", "T1", "M1a", "M2", "M4b", "B1"] {
            assert!(fired.iter().all(|one| one.rule != rule), "{today}: {rule}");
        }
        assert!(!of(&hard("nothing"), id).survives(), "{today}");
        assert_eq!(of(&running, id).lead_weeks, 0.0);
    }
    // What it is to do is not a matter of building: data that may not leave keeps it out.
    let bound = evaluate(&scene! { today: "prompt", data_boundary: "own-cloud" });
    assert!(!of(&bound, StrategyId::Prompt).survives());
}

#[test]
fn training_that_was_done_is_not_paid_again_and_retrains_are() {
    let lora = cost(&scene! { today: "lora" }, StrategyId::Lora);
    assert_eq!(lora.ledger.months[0].get(Line::TrainingCompute), 0.0);
    assert!(lora.ledger.months.iter().any(|month| month.get(Line::TrainingCompute) > 0.0));
}

#[test]
fn every_strategy_can_be_in_use_and_keeps_its_one_offs_sunk() {
    for boundary in ["any-vendor", "own-premises"] {
        for id in StrategyId::ALL {
            let evaluation =
                evaluate(&scene! { today: id.key(), data_boundary: boundary, exit_cost: 9_000.0 });
            let Ok(own) = &of(&evaluation, id).cost else { continue };
            assert_eq!((own.upfront, own.budget.upfront), (0.0, 0.0), "{boundary} {}", id.key());
        }
    }
}

// What serves meanwhile

#[test]
fn what_serves_meanwhile_is_unknown_only_in_the_months_it_serves() {
    // Retires within the horizon and nobody says what follows.
    let evaluation = evaluate(&scene! { api_model: "gpt-5.4-nano", requests_per_month: 2e6 });
    assert!(of(&evaluation, StrategyId::Prompt).cost.is_err());
    let lora = known(&evaluation, StrategyId::Lora);
    let model = of(&evaluation, StrategyId::Lora).model.as_ref().unwrap();
    assert!(model.own_from > 1 && lora.ledger.months[1].get(Line::Tokens) > 0.0);
    // A month in which it serves and is gone is unknown.
    let late = evaluate(&scene! { api_model: "gpt-5.4-nano", lead_time_self_hosted: 80.0 });
    assert!(of(&late, StrategyId::Lora).cost.is_err());
}

#[test]
fn the_months_before_the_cut_over_cost_the_same_whether_or_not_it_is_known_what_follows() {
    let scene = |model: &str| scene! { api_model: model, requests_per_month: 2e6, horizon: 36.0 };
    let full = cost(&with(&scene("gpt-5.4-nano"), "horizon", Value::Number(3.0)), StrategyId::Prompt);
    let lora = cost(&scene("gpt-5.4-nano"), StrategyId::Lora);
    to_the_cent("month 1", lora.ledger.months[1].get(Line::Tokens), full.ledger.months[1].get(Line::Tokens));
}

#[test]
fn a_delay_longer_than_the_horizon_leaves_only_what_serves_meanwhile() {
    let scene = scene! { horizon: 2.0, lead_time_self_hosted: 60.0, requests_per_month: 2e6 };
    let (lora, prompt) = (cost(&scene, StrategyId::Lora), cost(&scene, StrategyId::Prompt));
    for month in 1..=2 {
        assert_eq!(lora.ledger.months[month].get(Line::ServingCompute), 0.0);
        to_the_cent(
            "tokens",
            lora.ledger.months[month].get(Line::Tokens),
            prompt.ledger.months[month].get(Line::Tokens),
        );
    }
}

// Several tasks

#[test]
fn fifty_tasks_cost_more_than_one() {
    for scene in
        [scene! {}, scene! { labels: 1e7, requests_per_month: 3e6 }, scene! { data_boundary: "own-premises" }]
    {
        let mut before: Option<Answer> = None;
        for tasks in [1.0, 2.0, 10.0, 50.0] {
            let evaluation = evaluate(&with(&scene, "tasks", Value::Number(tasks)));
            if let Some(before) = &before {
                for id in StrategyId::ALL {
                    let (Ok(few), Ok(more)) = (&of(before, id).cost, &of(&evaluation, id).cost) else {
                        continue;
                    };
                    assert!(more.tco > few.tco, "{} at {tasks}: {} {}", id.key(), few.tco, more.tco);
                    assert!(more.monthly_now >= few.monthly_now, "{}", id.key());
                }
            }
            before = Some(evaluation);
        }
    }
}

#[test]
fn tasks_multiply_prompts_evaluations_labels_and_runs() {
    let scene = |tasks: f64| scene! { tasks: tasks, complexity: "complex", labels: 0.0 };
    for id in [StrategyId::Prompt, StrategyId::Lora, StrategyId::HostedTune] {
        let (one, ten) = (cost(&scene(1.0), id), cost(&scene(10.0), id));
        let once = |cost: &Cost, line| cost.ledger.months[0].get(line);
        to_the_cent("evaluation", once(&ten, Line::Evaluation), 10.0 * once(&one, Line::Evaluation));
        to_the_cent("labels", once(&ten, Line::Labels), 10.0 * once(&one, Line::Labels));
        if id == StrategyId::Prompt {
            to_the_cent("prompts", once(&ten, Line::PeopleBuild), 10.0 * once(&one, Line::PeopleBuild));
        } else {
            assert!(once(&ten, Line::PeopleBuild) > once(&one, Line::PeopleBuild));
            to_the_cent(
                "training",
                once(&ten, Line::TrainingCompute),
                10.0 * once(&one, Line::TrainingCompute),
            );
        }
        let occasions = |cost: &Cost| -> f64 { cost.ledger.occasional.iter().map(Lines::paid).sum() };
        to_the_cent("retrains and migrations", occasions(&ten), 10.0 * occasions(&one));
    }
}

#[test]
fn adapters_of_one_base_share_its_gpus_and_whole_models_do_not() {
    // So few requests that the least number of replicas serves them, whatever the tasks.
    let serving = |id: StrategyId, tasks: f64| {
        cost(&scene! { tasks: tasks, labels: 1e6, requests_per_month: 50_000.0 }, id).ledger.months[12]
            .get(Line::ServingCompute)
    };
    assert_eq!(serving(StrategyId::Lora, 20.0), serving(StrategyId::Lora, 1.0));
    to_the_cent("full", serving(StrategyId::Full, 20.0), 20.0 * serving(StrategyId::Full, 1.0));
}

#[test]
fn endpoints_of_adapters_are_shared_too_and_those_of_whole_models_are_not() {
    let serving = |method: &str, tasks: f64| {
        let offer = format!("fireworks/any supported, up to 16B/{method}");
        let scene =
            scene! { hosted_tuning: offer.as_str(), base_model: "Llama-3.1-8B", tasks: tasks, labels: 1e6 };
        cost(&scene, StrategyId::HostedTune).ledger.months[12].get(Line::ServingCompute)
    };
    assert_eq!(serving("lora", 20.0), serving("lora", 1.0));
    to_the_cent("full", serving("full", 20.0), 20.0 * serving("full", 1.0));
}

// Choices of cards

/// Nothing that is costed under both gets dearer where the reference and the models stay the same.
fn nothing_dearer(narrow: &Inputs, wide: &Inputs, what: &str) -> usize {
    let (before, after) = (decide(narrow), decide(wide));
    // A larger model may fit more cards, and then stands for itself: that is another configuration.
    let reference = |decided: &Decided| {
        decided.choice.reference.and_then(|id| decided.get(id)).map(|found| found.name.clone())
    };
    if reference(&before) != reference(&after) {
        return 0;
    }
    let mut compared = 0;
    for found in &before.assessments {
        let wider = after.get(found.id).unwrap();
        let (Ok(narrow), Ok(wide)) = (&found.cost, &wider.cost) else { continue };
        if found.name != wider.name {
            continue;
        }
        assert!(wide.tco <= narrow.tco * (1.0 + 1e-9), "{what}: {} {} {}", found.name, narrow.tco, wide.tco);
        compared += 1;
    }
    compared
}

#[test]
fn a_wider_choice_of_cards_makes_nothing_dearer() {
    let mut compared = 0;
    for seed in 0..150 {
        let mut inputs = random::inputs(seed);
        for id in ["serving_gpu", "training_gpu"] {
            inputs = with(&inputs, id, Value::Row("auto".to_owned()));
        }
        for id in ["serving_gpu_count", "training_gpu_count"] {
            inputs = with(&inputs, id, Value::Choice("auto"));
        }
        for id in ["open", "tuned"] {
            inputs = with(&inputs, &format!("measured_speed_{id}"), Value::Blank);
            inputs = with(&inputs, &format!("measured_memory_{id}"), Value::Blank);
        }
        for method in ["qlora", "lora", "full"] {
            inputs = with(&inputs, &format!("measured_hours_{method}"), Value::Blank);
            inputs = with(&inputs, &format!("measured_memory_{method}"), Value::Blank);
        }
        inputs = with(&inputs, "measured_mfu", Value::Blank);
        // Which cards stand today is no choice.
        inputs = with(&inputs, "today", Value::Choice("nothing"));
        for billing in ["autoscaled", "reserved", "owned"] {
            let inputs = with(&inputs, "gpu_billing", Value::Choice(billing));
            let cards = |allowed: bool| with(&inputs, "consumer_gpus", Value::Flag(allowed));
            compared +=
                nothing_dearer(&cards(false), &cards(true), &format!("{seed} {billing} consumer cards"));
            // More than two cards without a fast link serve where they are asked for by number, and never by choice.
            let serving = ["1", "2"].map(|count| ("serving_gpu_count", count));
            let training = ["1", "2", "4", "8", "16"].map(|count| ("training_gpu_count", count));
            for (id, count) in serving.into_iter().chain(training) {
                let pinned = with(&inputs, id, Value::Choice(count));
                compared += nothing_dearer(&pinned, &inputs, &format!("{seed} {billing} {id} {count}"));
            }
        }
    }
    assert!(compared > 2_000, "{compared}");
}

// Paybacks

#[test]
fn a_payback_that_ties_is_a_payback() {
    // The larger model as the smaller one too, both with the same prices: the same bill from the first month on.
    let scene = |extra: f64| {
        scene! {
            small_api_model: "gpt-6.1-sol", api_model: "gpt-6.1-sol", re_evaluation: extra,
        }
    };
    let own = cost(&scene(0.0), StrategyId::PromptSmall);
    let reference = cost(&scene(0.0), StrategyId::Prompt);
    to_the_cent("the same", own.tco, reference.tco);
    assert_eq!(own.payback_month, Some(0));
    assert_eq!(
        cost(&scene(1.0), StrategyId::PromptSmall).payback_month,
        None,
        "it never earns the evaluation"
    );
}

#[test]
fn a_payback_is_the_first_month_from_which_it_has_cost_no_more() {
    for (_, scene) in presets() {
        let evaluation = evaluate(&scene);
        let Some(reference) = evaluation.decided.choice.reference else { continue };
        let Ok(other) = &of(&evaluation, reference).cost else { continue };
        for found in evaluation.decided.assessments.iter().filter(|found| found.id != reference) {
            let Ok(own) = &found.cost else { continue };
            if own.errors.is_some() && other.errors.is_some() {
                continue;
            }
            let ahead: Vec<bool> = own
                .ledger
                .cumulative()
                .iter()
                .zip(other.ledger.cumulative())
                .map(|(own, other)| *own <= other + 0.005)
                .collect();
            let first = (0..ahead.len()).find(|month| ahead[*month..].iter().all(|is| *is));
            assert_eq!(own.payback_month, first, "{}", found.id.key());
        }
    }
}

// Wrong answers

#[test]
fn where_wrong_answers_are_priced_and_known_the_total_holds_them() {
    let evaluation = evaluate(&scene! {
        cost_per_error: 1.0, evidence_prompt: "960/1000", evidence_small: "930/1000",
    });
    let prompt = known(&evaluation, StrategyId::Prompt);
    let discounted = evaluation.decided.discounted_requests;
    to_the_cent("errors", prompt.errors.unwrap(), 0.04 * discounted);
    to_the_cent("sum", prompt.total(), prompt.tco + 0.04 * discounted);
    to_the_cent("ledger", prompt.total(), prompt.ledger.tco());
    let lora = known(&evaluation, StrategyId::Lora);
    assert_eq!((lora.errors, lora.total()), (None, lora.tco));
}

#[test]
fn budgets_have_their_roles() {
    let evaluation = evaluate(&scene! { monthly_budget: 1.0 });
    let fired = &of(&evaluation, StrategyId::Prompt).fired;
    assert!(fired.iter().any(|one| one.role == Some(RuleRole::MonthlyBudget)));
}
