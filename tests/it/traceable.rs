//! The words beside each cost line: from their numbers alone the amounts of the ledger follow.

use tunewise::domain::answer::{Answer, Derivation};
use tunewise::domain::cost::{Ledger, Line, Lines};
use tunewise::domain::input::Inputs;
use tunewise::domain::strategy::StrategyId;

use crate::support::{evaluate, explained, of, presets, to_the_cent};

/// What is told of a cost: its amounts, and how they came about.
struct Told<'a> {
    ledger: &'a Ledger,
    derivations: &'a [Derivation],
}

fn cost_of(evaluation: &Answer, id: StrategyId) -> Told<'_> {
    let ledger = &of(evaluation, id).cost.as_ref().unwrap().ledger;
    Told { ledger, derivations: &explained(evaluation, id).derivations }
}

fn words<'a>(cost: &Told<'a>, line: Line) -> Vec<&'a Derivation> {
    cost.derivations.iter().filter(|one| one.line == line).collect()
}

/// The one text of a line.
fn only(cost: &Told, line: Line) -> String {
    let [one] = words(cost, line)[..] else { panic!("{:?}", words(cost, line)) };
    one.text.replace('\u{a0}', " ")
}

/// The number that ends right before some words; a percentage is a share.
fn before(text: &str, words: &str) -> Option<f64> {
    let end = text.find(words)?;
    let head = text[..end].trim_end();
    let (head, factor) = head.strip_suffix(" %").map_or((head, 1.0), |head| (head, 0.01));
    let start = head
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
    Some(head[start..].replace(',', "").parse::<f64>().unwrap_or_else(|_| panic!("{words}: {text}")) * factor)
}

/// The number of dollars that follows some words.
fn after(text: &str, words: &str) -> Option<f64> {
    let rest = text[text.find(words)? + words.len()..].trim_start().strip_prefix('$')?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    Some(
        rest[..end]
            .trim_end_matches(',')
            .replace(',', "")
            .parse()
            .unwrap_or_else(|_| panic!("{words}: {text}")),
    )
}

/// The same where the tokens of the month stand one kind after the other, each with its price.
fn bill_by_kind(text: &str) -> f64 {
    let listed = text.split(" use ").nth(1).unwrap().split(" per million tokens =").next().unwrap();
    let kinds = ["of plain input", "read from the cache", "written to the cache", "of output"];
    listed
        .split(", ")
        .filter(|part| kinds.iter().any(|kind| part.contains(kind)))
        .map(|part| {
            let tokens = kinds.iter().find_map(|kind| before(part, &format!(" {kind}"))).unwrap();
            tokens * after(part, " at").unwrap() / 1e6
        })
        .sum()
}

/// The token bill of month 1 as a reader works it out from the text.
fn bill(text: &str) -> f64 {
    if text.contains(" per million tokens =") {
        return bill_by_kind(text);
    }
    let of = |words| before(text, words).unwrap_or_else(|| panic!("{words}: {text}"));
    let (prefix, variable, output) = (of(" prefix +"), of(" variable input"), of(" output tokens"));
    let input_price = after(text, ") at").unwrap();
    let output_price = of(" out per million");
    let rest = variable * input_price + output * output_price;
    let hit = before(text, " of calls read").unwrap_or(0.0);
    let write = after(text, "write it at").unwrap_or(input_price);
    let prefix_at = |read: f64| prefix * (hit * read + (1.0 - hit) * write);
    let cached = after(text, "from the cache at").map(prefix_at);
    let sync = rest + cached.unwrap_or(prefix * input_price);
    let waiting = before(text, " of calls in a batch").unwrap_or(0.0);
    let off = before(text, " off").unwrap_or(0.0);
    let in_batch = if text.contains("without the cache") {
        (rest + prefix * input_price) * (1.0 - off)
    } else if let Some(read) = after(text, "read the prefix there at") {
        let hit = before(text, " of them").unwrap();
        (rest + prefix * (1.0 - hit) * write) * (1.0 - off) + prefix * hit * read
    } else {
        sync * (1.0 - off)
    };
    of(" calls a month") * ((1.0 - waiting) * sync + waiting * in_batch) / 1e6
}

fn follows_from_its_words(inputs: &Inputs, id: StrategyId, wanted: &[&str]) {
    let evaluation = evaluate(inputs);
    let cost = cost_of(&evaluation, id);
    let text = only(&cost, Line::Tokens);
    for words in wanted {
        assert!(text.contains(words), "“{words}” is missing: {text}");
    }
    to_the_cent(&text, bill(&text), cost.ledger.months[1].get(Line::Tokens));
    to_the_cent(&text, after(&text, " =").unwrap(), bill(&text));
}

#[test]
fn the_token_bill_of_month_1_follows_from_its_words() {
    follows_from_its_words(
        &scene! {},
        StrategyId::Prompt,
        &["90 % of calls read the prefix from the cache at $0.10, the others write it at $2.50"],
    );
    follows_from_its_words(
        &scene! { deferrable_share: 0.3 },
        StrategyId::Prompt,
        &["30 % of calls in a batch at 50 % off"],
    );
    follows_from_its_words(
        &scene! { deferrable_share: 0.3, service_tier: "priority" },
        StrategyId::Prompt,
        &["priority where it may be taken, as asked for", "at once in the priority tier: ", "in a batch: "],
    );
    follows_from_its_words(
        &scene! { deferrable_share: 0.3, service_tier: "flex" },
        StrategyId::Prompt,
        &["flex where it may be taken, as asked for", "in the flex tier: "],
    );
    let long = scene! { prefix_tokens: 300_000.0 };
    follows_from_its_words(
        &long,
        StrategyId::Prompt,
        &["$4.00 in and $15.00 out per million above 272,000 input tokens"],
    );
    let rare = scene! { requests_per_month: 2_000.0 };
    follows_from_its_words(&rare, StrategyId::Prompt, &["no cache, which would save nothing"]);
    let cold = scene! { requests_per_month: 8_000.0 };
    follows_from_its_words(&cold, StrategyId::Prompt, &["within the 5 minutes for which it stays"]);
    follows_from_its_words(
        &scene! { prefix_tokens: 900.0 },
        StrategyId::Prompt,
        &["no cache for a prefix below 1,024 tokens"],
    );
    let chat = scene! {
        calls_per_request: 30.0, history_share: 1.0, deferrable_share: 0.2, input_tokens: 12_000.0,
        api_model: "claude-haiku-5-5",
    };
    follows_from_its_words(
        &chat,
        StrategyId::Prompt,
        &[
            "each call with what those before it carry on",
            "in calls above 100,000 input tokens",
            "in a batch",
        ],
    );
    let turns = scene! { calls_per_request: 3.0, requests_per_month: 4_000.0 };
    follows_from_its_words(&turns, StrategyId::Prompt, &["of calls read the prefix from the cache"]);
    let bill = scene! {
        split_plain_tokens: 352.0, split_read_tokens: 286_600.0, split_written_1h_tokens: 46_500.0,
        split_output_tokens: 2_100.0, api_model: "claude-sonnet-4-6", requests_per_month: 22.0,
    };
    follows_from_its_words(
        &bill,
        StrategyId::Prompt,
        &[
            "by the measured split, which speaks for this model",
            "1,023,000 written to the cache for an hour at $6.00",
        ],
    );
    follows_from_its_words(
        &bill,
        StrategyId::PromptSmall,
        &["the share of cache hits of the measured split"],
    );
    for model in ["gpt-4.1", "gemini/gemini-2.5-pro", "claude-sonnet-5", "mistral/mistral-small-2603"] {
        let mut inputs = scene! { deferrable_share: 0.4, prefix_tokens: 6_000.0 };
        model.clone_into(&mut inputs.models.api_model);
        follows_from_its_words(&inputs, StrategyId::Prompt, &[]);
    }
}

#[test]
fn the_hours_of_people_follow_from_their_words_with_the_months_of_migrations() {
    let evaluation = evaluate(&scene! { migration_interval: 6.0, retrain_interval: 12.0 });
    let prompt = cost_of(&evaluation, StrategyId::Prompt);
    let text = only(&prompt, Line::PeopleRun);
    assert!(text.contains("for each migration (months 6, 12, 18)"), "{text}");
    let (monthly, migration, rate) = (
        before(&text, " h a month").unwrap(),
        before(&text, " h for each migration").unwrap(),
        after(&text, "; at").unwrap(),
    );
    let paid: f64 = prompt.ledger.months.iter().map(|month| month.get(Line::PeopleRun)).sum();
    to_the_cent(&text, (24.0 * monthly + 3.0 * migration) * rate, paid);
    let text = only(&prompt, Line::Evaluation);
    let once = before(&text, " h, ").unwrap();
    let again = before(&text, " h for each migration (months 6, 12, 18)").unwrap();
    let paid: f64 = prompt.ledger.months.iter().map(|month| month.get(Line::Evaluation)).sum();
    to_the_cent(&text, (once + 3.0 * again) * rate, paid);
}

#[test]
fn leaving_what_is_in_use_is_named_where_it_is_paid() {
    let evaluation = evaluate(&scene! { exit_cost: 25_000.0, today: "prompt" });
    let build = |id| words(&cost_of(&evaluation, id), Line::PeopleBuild)[0].text.clone();
    assert!(build(StrategyId::PromptSmall).contains("leaving what is in use: $25,000.00"));
    assert!(!build(StrategyId::Prompt).contains("leaving"));
}

#[test]
fn what_the_reference_costs_until_the_cut_over_is_named_with_its_amount() {
    let evaluation = evaluate(&scene! {});
    let (prompt, lora) = (cost_of(&evaluation, StrategyId::Prompt), cost_of(&evaluation, StrategyId::Lora));
    let text = only(&lora, Line::Tokens);
    let months = before(&text, ", “").unwrap_or(1.0) as usize;
    let factors = prompt.ledger.months.iter().zip(&prompt.ledger.discount);
    let of_reference: f64 =
        factors.skip(1).take(months).map(|(lines, factor)| lines.get(Line::Tokens) * factor).sum();
    to_the_cent(&text, of_reference, lora.ledger.by_line().get(Line::Tokens));
    to_the_cent(&text, after(&text, "serves:").unwrap(), of_reference);
}

#[test]
fn the_hosted_offer_that_serves_is_named_alone_and_its_token_bill_follows() {
    let inputs = scene! { lead_time_hosted_tuning: 1.0, lead_time_prompt: 1.0, deferrable_share: 0.2 };
    let evaluation = evaluate(&inputs);
    let hosted = cost_of(&evaluation, StrategyId::HostedTune);
    let training = only(&hosted, Line::TrainingCompute);
    assert!(training.contains(" offers at this volume"), "{training}");
    if hosted.ledger.months[1].get(Line::Tokens) > 0.0 {
        let text = only(&hosted, Line::Tokens);
        to_the_cent(&text, bill(&text), hosted.ledger.months[1].get(Line::Tokens));
    }
    let runs = hosted.ledger.months[0].get(Line::TrainingCompute);
    let (each, count) = (after(&training, " =").unwrap(), before(&training, " runs at first").unwrap());
    to_the_cent(&training, each * count, runs);
}

#[test]
fn gpu_hours_times_their_price_are_the_compute_of_month_1() {
    for billing in ["reserved", "autoscaled"] {
        let evaluation =
            evaluate(&scene! { gpu_billing: billing, lead_time_self_hosted: 1.0, lead_time_prompt: 1.0 });
        let own = cost_of(&evaluation, StrategyId::OpenSelf);
        let text = only(&own, Line::ServingCompute);
        let hours =
            before(&text, " GPU-hours").unwrap_or_else(|| before(&text, " GPUs × 730.5").unwrap() * 730.5);
        let (rent, overhead) = (after(&text, "(rent").unwrap(), before(&text, " for gateway").unwrap());
        let paid = own.ledger.months[1].get(Line::ServingCompute);
        let computed = hours * rent * (1.0 + overhead);
        assert!((computed - paid).abs() < 1e-3 * paid, "{computed} {paid} {text}");
    }
}

#[test]
fn every_amount_of_every_example_has_words_and_a_source() {
    for (id, inputs) in presets() {
        let evaluation = evaluate(&inputs);
        for assessment in &evaluation.decided.assessments {
            if assessment.cost.is_err() {
                continue;
            }
            let cost = cost_of(&evaluation, assessment.id);
            let amounts: Lines = cost.ledger.by_line();
            for line in Line::ALL.into_iter().filter(|line| amounts.get(*line) != 0.0) {
                let found = words(&cost, line);
                let at = format!("{id} {:?} {line:?}", assessment.id);
                assert!(!found.is_empty(), "{at}");
                for one in found {
                    let text = &one.text;
                    assert!(!text.is_empty() && !one.source.is_empty() && !one.formula.is_empty(), "{at}");
                    assert!(!text.contains("NaN") && !text.contains("inf "), "{at}: {text}");
                }
            }
        }
    }
}
