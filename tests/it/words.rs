//! How many words the page says before anything is opened, and what no sentence of it names.

use tunewise::domain::answer::Answer;
use tunewise::domain::case::Case;
use tunewise::domain::catalog::{model_name, provider_name};
use tunewise::domain::scenario::presets::PRESETS;

use crate::invariants::sentences;
use crate::support::evaluate;

/// Words of verdict, confidence, twelve reasons and the chain, over all examples.
const MOST_WORDS: usize = 300;
/// Words of one reason why a strategy is not used.
const MOST_OF_A_REASON: usize = 20;

fn answers() -> Vec<(&'static str, Case)> {
    let examples = PRESETS.iter().map(|preset| (preset.id, preset.scenario().case().unwrap()));
    [("default", Case::default())].into_iter().chain(examples).collect()
}

/// What the page says before anything is opened.
fn visible(answer: &Answer) -> Vec<String> {
    let lede = answer.verdict.lede.iter().map(|span| span.text.as_str()).collect();
    let mut said = vec![answer.verdict.headline.clone(), lede, answer.confidence.because.clone()];
    said.extend(answer.explanations.iter().map(|one| one.why_not.clone()));
    said.extend(answer.trace.iter().map(|step| step.summary.clone()));
    said
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn what_is_visible_of_every_example_stays_short() {
    for (id, case) in answers() {
        let answer = evaluate(&case);
        let count: usize = visible(&answer).iter().map(|text| words(text)).sum();
        assert!(count <= MOST_WORDS, "{id}: {count} words");
        for one in &answer.explanations {
            assert!(words(&one.why_not) <= MOST_OF_A_REASON, "{id}: {}", one.why_not);
        }
        let lede: String = answer.verdict.lede.iter().map(|span| span.text.as_str()).collect();
        assert!(words(&lede) <= 55, "{id}: {lede}");
    }
}

#[test]
fn no_sentence_names_a_key_a_table_or_a_paragraph_of_the_method() {
    for (id, case) in answers() {
        let catalog = &case.catalog;
        let rows = catalog
            .api_models
            .iter()
            .map(|row| (row.model_id.as_str(), model_name(&row.model_id).to_owned()));
        let keys: Vec<&str> = rows
            .chain(
                catalog.hosted_tuning.iter().map(|row| (row.provider.as_str(), provider_name(&row.provider))),
            )
            .filter(|(key, name)| key != name && key.contains(['/', ':', '_']))
            .map(|(key, _)| key)
            .collect();
        let answer = evaluate(&case);
        for text in sentences(&answer).into_iter().chain(visible(&answer)) {
            assert!(!text.contains(".csv") && !text.contains('§'), "{id}: {text}");
            let key = keys.iter().find(|key| text.contains(**key));
            assert_eq!(key, None, "{id}: {text}");
        }
    }
}

#[test]
fn providers_are_called_by_their_names() {
    let case = Case::default().edited(|inputs| {
        inputs.constraints.data_boundary = tunewise::domain::input::DataBoundary::Contract;
        inputs.constraints.contracted_providers = vec!["anthropic".to_owned()];
    });
    let answer = evaluate(&case);
    let line = &answer.explanations.iter().find(|one| one.id.key() == "prompt").unwrap().why_not;
    assert_eq!(line, "Excluded: OpenAI is not under contract.");
}

#[test]
fn a_chosen_model_that_is_not_under_contract_names_the_vendors_that_serve_its_equals() {
    let told = |vendors: &str| {
        let evaluation = evaluate(&scene! { data_boundary: "contract", contracted_providers: vendors });
        evaluation.verdict.lede.iter().map(|span| span.text.as_str()).collect::<String>()
    };
    let both = told("anthropic, google");
    assert!(
        both.contains("is not under contract: choose a model of Anthropic or Google as API model. "),
        "{both}"
    );
    let one = told("anthropic");
    assert!(one.contains("is not under contract: choose a model of Anthropic as API model. "), "{one}");
    // A vendor that serves none of its class leaves none; with its own vendor nothing is forced.
    let none = told("deepinfra");
    assert!(!none.contains("is not under contract: choose"), "{none}");
    let own = told("openai");
    assert!(!own.contains("under contract: choose"), "{own}");
}
