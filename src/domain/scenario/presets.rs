//! Real workloads to start from. Token counts come from published traces where they exist, else they are assumptions.

use super::Scenario;
use crate::domain::input::{Entry, Value, input};

/// A workload to start from.
#[derive(Debug, PartialEq)]
pub struct Preset {
    /// Key in the page.
    pub id: &'static str,
    /// Name in the page.
    pub name: &'static str,
    /// The workload in two sentences.
    pub story: &'static str,
    /// What is assumed, not read.
    pub assumptions: &'static [&'static str],
    /// Documents the figures come from: title and address or identifier.
    pub sources: &'static [(&'static str, &'static str)],
    entries: &'static [(&'static str, Said)],
}

/// An entry of an example.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    Number(f64),
    Text(&'static str),
    Yes,
}

use Said::{Number, Text, Yes};

impl Preset {
    /// The preset as a scenario.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = Scenario { name: self.name.to_owned(), ..Scenario::default() };
        for (id, said) in self.entries {
            let entry = match said {
                Number(number) => Entry::Number(*number),
                Text(text) => Entry::Text((*text).to_owned()),
                Yes => Entry::Flag(true),
            };
            scenario.entries.insert((*id).to_owned(), entry);
        }
        // What equals the default is no entry: a later default must not be pinned by accident.
        scenario.entries.retain(|id, entry| {
            input(id).is_none_or(|record| match (entry, record.default_value()) {
                (Entry::Number(number), Value::Number(default)) => *number != default,
                (Entry::Text(text), Value::Choice(default)) => text != default,
                (Entry::Text(text), Value::Row(default)) => *text != default,
                _ => true,
            })
        });
        scenario
    }
}

impl Preset {
    /// Whether a scenario is this preset, unchanged.
    pub fn is(&self, scenario: &Scenario) -> bool {
        scenario.rows.rows().is_empty() && self.scenario().entries == scenario.entries
    }

    /// The preset that a scenario is, unchanged.
    pub fn of(scenario: &Scenario) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.is(scenario))
    }
}

/// Mean of 19,366 conversation requests in Azure's 2023 trace: 1,155 input and 211 output tokens.
const AZURE_TRACE: (&str, &str) =
    ("Splitwise: Azure LLM inference traces 2023 (conversation, code)", "arXiv 2311.18677");
const CONTEXTUAL_RETRIEVAL: (&str, &str) =
    ("Anthropic, Contextual Retrieval", "anthropic.com/news/contextual-retrieval");
const BUCHER: (&str, &str) =
    ("Bucher & Martini, fine-tuned small models in text classification", "arXiv 2406.08660");
const BURST: (&str, &str) = ("BurstGPT: real-world traffic of LLM services", "arXiv 2401.17644");

/// What the defaults are called.
pub const DEFAULT_NAME: &str = "Invoice fields";

/// Every preset.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "support-triage",
        name: "Support triage",
        story: "Incoming tickets are sorted into 40 queues with a priority. 250,000 a month in business hours, 2,000 old tickets with the right queue, and prompting is measured at 94 %.",
        assumptions: &[
            "ticket of 350 tokens, answer of 40, instructions of 1,500",
            "a wrong queue costs $0.40 of somebody's time",
        ],
        sources: &[BUCHER],
        entries: &[
            ("task", Text("extract")),
            ("requests_per_month", Number(250_000.0)),
            ("growth_per_month", Number(0.02)),
            ("prefix_tokens", Number(1_500.0)),
            ("input_tokens", Number(350.0)),
            ("output_tokens", Number(40.0)),
            ("strict_format", Yes),
            ("mixed_difficulty", Yes),
            ("hard_share", Number(0.2)),
            ("required_quality", Number(0.92)),
            ("evidence_prompt", Text("470/500")),
            ("cost_per_error", Number(0.4)),
            ("labels", Number(2_000.0)),
        ],
    },
    Preset {
        id: "policy-answers",
        name: "Answers over changing policies",
        story: "Staff ask about rules and procedures: 20,000 questions a month over 50 M tokens of policies, a quarter of which changes each month, and every answer must name its paragraph.",
        assumptions: &["question with history of 300 tokens, answer of 350", "five passages of 400 tokens"],
        sources: &[CONTEXTUAL_RETRIEVAL],
        entries: &[
            ("task", Text("answer")),
            ("requests_per_month", Number(20_000.0)),
            ("growth_per_month", Number(0.01)),
            ("input_tokens", Number(300.0)),
            ("output_tokens", Number(350.0)),
            ("failure_mode", Text("knowledge")),
            ("diverse_inputs", Yes),
            ("labels", Number(0.0)),
            ("knowledge_tokens", Number(50e6)),
            ("knowledge_change_per_month", Number(0.25)),
            ("citations_needed", Yes),
            ("required_quality", Number(0.9)),
            ("api_model", Text("claude-sonnet-5-5")),
            ("small_api_model", Text("claude-haiku-5-5")),
        ],
    },
    Preset {
        id: "contracts-on-premises",
        name: "Contracts that may not leave the company",
        story: "Clauses and amounts are taken out of 200,000 contract pages a month. The texts may not leave the building, the work can wait until night, and 3,000 pages are labelled.",
        assumptions: &["page with instructions of 2,400 tokens, extracted fields of 300"],
        sources: &[],
        entries: &[
            ("task", Text("extract")),
            ("requests_per_month", Number(200_000.0)),
            ("growth_per_month", Number(0.0)),
            ("prefix_tokens", Number(900.0)),
            ("input_tokens", Number(1_500.0)),
            ("output_tokens", Number(300.0)),
            ("complexity", Text("complex")),
            ("specialisation", Text("high")),
            ("strict_format", Yes),
            ("shape", Text("nightly")),
            ("deferrable_share", Number(1.0)),
            ("labels", Number(3_000.0)),
            ("data_boundary", Text("own-premises")),
            ("downtime_accepted", Yes),
            ("horizon", Number(36.0)),
        ],
    },
    Preset {
        id: "code-assistant",
        name: "Code assistant",
        story: "200 developers complete and explain code: 400,000 calls a month, long inputs and short outputs, and speed matters. Requests are of very mixed difficulty.",
        assumptions: &["2,000 calls a developer and month", "30 % of the calls are hard"],
        sources: &[AZURE_TRACE],
        entries: &[
            ("task", Text("code")),
            ("requests_per_month", Number(400_000.0)),
            ("growth_per_month", Number(0.03)),
            ("prefix_tokens", Number(1_500.0)),
            ("input_tokens", Number(2_048.0)),
            ("output_tokens", Number(28.0)),
            ("complexity", Text("complex")),
            ("diverse_inputs", Yes),
            ("mixed_difficulty", Yes),
            ("hard_share", Number(0.3)),
            ("time_to_first_token_s", Number(1.0)),
            ("time_per_output_token_ms", Number(40.0)),
            ("labels", Number(0.0)),
            ("required_quality", Number(0.85)),
            ("evidence_prompt", Text("273/300")),
            ("evidence_route", Text("271/300")),
            ("api_model", Text("claude-opus-5-5")),
            ("small_api_model", Text("claude-haiku-5-5")),
        ],
    },
    Preset {
        id: "nightly-summaries",
        name: "Nightly summaries",
        story: "Each night 60,000 call transcripts become a five-line summary. Nobody waits for it, the open model is measured to be good enough, and the data may go to any vendor.",
        assumptions: &["transcript of 3,500 tokens, summary of 150"],
        sources: &[],
        entries: &[
            ("task", Text("summarise")),
            ("requests_per_month", Number(1_800_000.0)),
            ("growth_per_month", Number(0.01)),
            ("prefix_tokens", Number(600.0)),
            ("input_tokens", Number(3_500.0)),
            ("output_tokens", Number(150.0)),
            ("shape", Text("nightly")),
            ("deferrable_share", Number(1.0)),
            ("required_quality", Number(0.9)),
            ("evidence_prompt", Text("388/400")),
            ("evidence_open", Text("379/400")),
            ("labels", Number(0.0)),
            ("cold_starts_accepted", Yes),
        ],
    },
    Preset {
        id: "consumer-chat",
        name: "Consumer chat at scale",
        story: "A chat inside an app with a million users: six million turns a month in the evenings, growing 5 % a month. Token counts are those of Azure's conversation trace.",
        assumptions: &["instructions of 1,200 tokens", "two of three turns are easy"],
        sources: &[AZURE_TRACE, BURST],
        entries: &[
            ("task", Text("converse")),
            ("requests_per_month", Number(6_000_000.0)),
            ("growth_per_month", Number(0.05)),
            ("prefix_tokens", Number(1_200.0)),
            ("input_tokens", Number(1_155.0)),
            ("output_tokens", Number(211.0)),
            ("diverse_inputs", Yes),
            ("mixed_difficulty", Yes),
            ("hard_share", Number(0.33)),
            ("shape", Text("consumer-evenings")),
            ("labels", Number(0.0)),
            ("required_quality", Number(0.9)),
            ("evidence_prompt", Text("186/200")),
            ("round_the_clock", Yes),
            ("on_call", Yes),
        ],
    },
    Preset {
        id: "mvp-summariser",
        name: "MVP: summarise meetings",
        story: "A first version for pilot customers: 2,000 meeting summaries a month, live in three weeks, no labelled data and no evaluation yet.",
        assumptions: &["transcript of 8,000 tokens, summary of 400"],
        sources: &[],
        entries: &[
            ("task", Text("summarise")),
            ("requests_per_month", Number(2_000.0)),
            ("growth_per_month", Number(0.1)),
            ("prefix_tokens", Number(500.0)),
            ("input_tokens", Number(8_000.0)),
            ("output_tokens", Number(400.0)),
            ("labels", Number(0.0)),
            ("stage", Text("prototype")),
            ("launch_weeks", Number(3.0)),
            ("horizon", Number(12.0)),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer;
    use std::collections::BTreeSet;

    #[test]
    fn every_preset_is_valid_and_says_only_what_differs_from_the_defaults() {
        for preset in PRESETS {
            let scenario = preset.scenario();
            assert!(scenario.case().is_ok(), "{}: {:?}", preset.id, scenario.case().err());
            assert!(!preset.assumptions.is_empty() || !preset.sources.is_empty(), "{}", preset.id);
        }
    }

    #[test]
    fn presets_differ_in_verdict_and_one_recommends_a_pilot() {
        let mut verdicts = BTreeSet::new();
        let mut pilots = 0;
        for preset in PRESETS {
            let evaluation = answer(&preset.scenario().case().unwrap());
            verdicts.insert(evaluation.decided.choice.use_now.map(|id| id.key()));
            pilots += usize::from(!evaluation.decided.pilots.is_empty());
        }
        assert!(verdicts.len() >= 4, "{verdicts:?}");
        assert!(pilots >= 1);
    }
}
