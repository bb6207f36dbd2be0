//! The guide that the product was made from, sentence by sentence: what carries it exists (docs/COVERAGE.md).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tunewise::domain::answer::Answer;
use tunewise::domain::answer::BREAK_EVEN_RANGE;
use tunewise::domain::catalog::own::{Column, Table};
use tunewise::domain::cost::Line;
use tunewise::domain::input::{Inputs, input};
use tunewise::domain::rules::{self, FACTS};
use tunewise::domain::scenario::policy::Policy;
use tunewise::domain::scenario::policy::vocabulary::{of_column, of_fact};
use tunewise::domain::strategy::StrategyId;

use crate::support::{cost, evaluate, line, of, presets};

const GUIDE: &str = include_str!("../data/guide.txt");
const TABLE: &str = include_str!("../../docs/COVERAGE.md");

/// What the guide says, sentence by sentence: a bullet is one, and a lead such as "Use when:" too.
fn sentences() -> Vec<String> {
    let mut found = Vec::new();
    for text in GUIDE.lines().map(str::trim).filter(|text| !text.is_empty()) {
        if let Some(bullet) = text.strip_prefix("- ") {
            found.push(bullet.to_owned());
        } else if text.ends_with(['.', ':']) {
            found.extend(text.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()));
        } else {
            found.push(format!("**{text}**"));
        }
    }
    found
}

/// The cells of every row of a table under a heading of the document.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let text = TABLE.split(heading).nth(1).unwrap();
    text.lines()
        .skip_while(|line| !line.starts_with("|--"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// What a cell names: `rule P1` · `input labels`.
fn carriers(cell: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    cell.split('`').skip(1).step_by(2).map(|named| named.split_once(' ').unwrap())
}

/// The text of every test and source file, to find tests by name.
fn sources() -> String {
    let mut text = String::new();
    let mut folders = vec!["tests/it".to_owned(), "src/domain".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                folders.push(format!("{folder}/{name}"));
            } else if name.ends_with(".rs") {
                text.push_str(&fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    text
}

/// Whether the answer shows a figure of this name.
fn shows(figure: &str, evaluation: &Answer) -> bool {
    let advice = &evaluation;
    let prompt = of(evaluation, StrategyId::Prompt);
    let lora = of(evaluation, StrategyId::Lora);
    let lora_cost = lora.cost.as_ref().unwrap();
    match figure {
        "verdict" => !advice.verdict.headline.is_empty() && !advice.verdict.lede.is_empty(),
        "trace" => advice.trace.iter().any(|step| !step.rules.is_empty()),
        "plan" => advice.plan.iter().any(|step| step.trigger.is_some()),
        "pilots" => !advice.decided.pilots.is_empty(),
        "reference" => advice.decided.choice.reference.is_some(),
        "rule_of_thumb" => advice.trace.iter().any(|step| step.stage == "Break-even"),
        "tco" => lora_cost.tco > 0.0,
        "quality" => prompt.quality.share().is_some(),
        "hours_per_month" => lora.hours_per_month > prompt.hours_per_month,
        "lead_weeks" => lora.lead_weeks > prompt.lead_weeks,
        "per_request" => lora_cost.per_request > 0.0,
        "marginal_per_request" => lora_cost.marginal_per_request > 0.0,
        "break_even" => lora.break_even.is_some(),
        _ => false,
    }
}

fn exists(kind: &str, name: &str, evaluation: &Answer, sources: &str) -> bool {
    match kind {
        "rule" => rules::builtin().iter().any(|rule| rule.id == name),
        "input" => input(name).is_some(),
        "strategy" => StrategyId::from_key(name).is_some(),
        "line" => Line::ALL.iter().any(|line| format!("{line:?}") == name),
        "subtotal" => Line::ALL.iter().any(|line| line.guide_subtotal() == name),
        "figure" => shows(name, evaluation),
        "test" => sources.contains(&format!("#[test]\nfn {name}()")),
        _ => false,
    }
}

#[test]
fn every_sentence_of_the_guide_is_carried_by_something_that_exists() {
    let evaluation =
        evaluate(&scene! { requests_per_month: 5e6, labels: 5_000.0, evidence_prompt: "960/1000" });
    let sources = sources();
    let table = rows("| the guide | carried by |");
    let said: Vec<&str> = table.iter().map(|row| row[0]).collect();
    assert_eq!(said, sentences());
    for row in table.iter().chain(&rows("| | criterion | carried by |")) {
        let heading = row[0].starts_with("**");
        let cell = row.last().unwrap();
        assert_eq!(carriers(cell).count() == 0, heading, "{row:?}");
        for (kind, name) in carriers(cell) {
            assert!(exists(kind, name, &evaluation, &sources), "{kind} {name} does not exist: {row:?}");
        }
    }
    assert_eq!(rows("| | criterion | carried by |").len(), 21);
}

#[test]
fn every_rule_that_cites_the_guide_stands_beside_a_sentence_of_it() {
    let table = rows("| the guide | carried by |");
    let named: BTreeSet<&str> = table
        .iter()
        .flat_map(|row| carriers(row.last().unwrap()))
        .filter(|(kind, _)| *kind == "rule")
        .map(|(_, name)| name)
        .collect();
    // What the guide calls custom models is one word in its first sentence.
    let of_custom = ["M4", "M4a", "M4b"];
    for rule in rules::builtin().iter().filter(|rule| rule.source.starts_with("Guide")) {
        let id = rule.id.as_str();
        assert!(named.contains(id) || of_custom.contains(&id), "{id} cites the guide and stands nowhere");
    }
}

#[test]
fn prompted_strategies_pay_no_training_and_tuned_ones_do() {
    for (name, inputs) in presets() {
        for found in &evaluate(&inputs).decided.assessments {
            let Ok(cost) = &found.cost else { continue };
            let training = line(&cost.ledger, Line::TrainingCompute);
            let prompted = found.id.strategy().is_prompted();
            let bought = inputs.constraints.data_boundary.needs_owned_hardware();
            assert!(!prompted || training == 0.0, "{name}: {}", found.id.key());
            assert!(prompted || bought || training > 0.0, "{name}: {}", found.id.key());
        }
    }
}

#[test]
fn the_guide_s_two_thresholds_of_labels_are_those_of_the_engine() {
    let fires = |complexity: &str, labels: f64| {
        let evaluation = evaluate(&scene! { complexity: complexity, labels: labels });
        let lora = of(&evaluation, StrategyId::Lora);
        lora.fired.iter().any(|fired| fired.rule == "F3")
    };
    for (complexity, threshold) in [("simple", 100.0), ("complex", 1_000.0)] {
        assert!(fires(complexity, threshold) && !fires(complexity, threshold - 1.0), "{complexity}");
    }
}

#[test]
fn each_further_request_is_cheaper_on_own_gpus_where_the_volume_is_large() {
    let inputs = scene! { requests_per_month: 2e7, labels: 5_000.0 };
    let marginal = |id| cost(&inputs, id).marginal_per_request;
    assert!(marginal(StrategyId::Lora) < 0.5 * marginal(StrategyId::Prompt));
}

/// The first volume from which LoRA is cheaper than the prompted API model.
fn break_even(inputs: &Inputs) -> f64 {
    let evaluation = evaluate(inputs);
    let found = of(&evaluation, StrategyId::Lora).break_even.clone().unwrap();
    found.crossings.iter().find(|crossing| crossing.cheaper_above).unwrap().volume
}

#[test]
fn the_break_even_depends_on_model_size_and_api_price_as_the_guide_says() {
    let at = |price: f64, base: &str| {
        break_even(&scene! {
            labels: 5_000.0, api_input_price: price, api_output_price: 5.0 * price, base_model: base,
            migration_interval: 120.0, growth_per_month: 0.0,
        })
    };
    let small = "Llama-3.1-8B";
    assert!(at(8.0, small) < at(4.0, small) && at(4.0, small) < at(1.0, small));
    assert!(at(4.0, small) < at(4.0, "Qwen3-32B"));
    // The prices that the range fits.
    let usual = at(4.0, small);
    assert!(BREAK_EVEN_RANGE.0 < usual && usual < BREAK_EVEN_RANGE.1, "{usual}");
    assert!(at(0.5, small) > BREAK_EVEN_RANGE.1, "far higher for cheap models");
}

#[test]
fn quality_gates_and_cost_decides_only_among_the_proven() {
    let used = |lora: &str, prompt: &str, requests: f64| {
        let scene = scene! {
            hosted_tuning: "aws_bedrock/amazon.nova-lite-v1:0/lora", requests_per_month: requests, labels: 5_000.0, evidence_prompt: prompt, evidence_lora: lora,
        };
        evaluate(&scene).decided.choice.use_now
    };
    let (good, bad) = ("980/1000", "600/1000");
    assert_eq!(used("", good, 2e7), Some(StrategyId::Prompt), "cheaper, but no evidence");
    assert_eq!(used(good, good, 2e7), Some(StrategyId::Lora), "proven, and cost at scale justifies it");
    assert_eq!(used(good, good, 2e4), Some(StrategyId::Prompt), "proven, and not worth it");
    assert_eq!(used(good, bad, 2e4), Some(StrategyId::Lora), "prompting is measured to fail");
    assert_eq!(used(bad, good, 2e7), Some(StrategyId::Prompt), "tuning is measured to fail");
}

#[test]
fn the_plan_says_which_combination_would_follow() {
    let says = |inputs: &Inputs| {
        let plan = evaluate(inputs).plan;
        plan.last().unwrap().text.clone()
    };
    assert!(says(&scene! {}).contains("Nothing here calls for one yet"));
    assert!(
        says(&scene! { mixed_difficulty: true }).contains("the larger one for the 25\u{a0}% that are hard")
    );
    assert!(says(&scene! { task_share: 0.4 }).contains("a tuned model for this task"));
    assert!(says(&scene! { knowledge_tokens: 5e6 }).contains("This is one already"));
}

#[test]
fn the_description_of_policies_holds_a_valid_example_and_every_fact() {
    let text = include_str!("../../docs/POLICY.md");
    let example = text.split("```").nth(1).unwrap().strip_prefix("json").unwrap();
    let policy = Policy::read(example).unwrap();
    assert_eq!(policy.issues(), []);
    for fact in FACTS {
        let row = format!("| {} | {} | {} |", fact.id, fact.label, of_fact(fact));
        assert!(text.lines().any(|line| line.replace('`', "") == row), "docs/POLICY.md lacks: {row}");
    }
    let (_, facts) = text.split_once("## Facts").unwrap();
    assert_eq!(facts.lines().filter(|line| line.starts_with("| `")).count(), FACTS.len());
}

#[test]
fn the_description_of_policies_holds_every_column_of_the_catalogue() {
    let text = include_str!("../../docs/POLICY.md");
    for table in Table::ALL {
        let (_, part) = text.split_once(&format!("### `{}`", table.key())).unwrap();
        let part = part.split("\n#").next().unwrap();
        let row = |column: &Column| format!("| {} | {} | {} |", column.name, column.label, of_column(column));
        let expected: Vec<String> = table.columns().iter().map(row).collect();
        let rows = part.lines().filter(|line| line.starts_with("| `"));
        let found: Vec<String> = rows.map(|line| line.replace('`', "")).collect();
        assert_eq!(found, expected, "docs/POLICY.md, {}: {}", table.key(), expected.join("\n"));
    }
}
