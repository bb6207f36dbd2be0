//! More people with a workload, from published cases where there are any; what they are told follows from the method.

use tunewise::domain::strategy::StrategyId;

use crate::personas::{Told, ask};

#[test]
fn a_vendor_of_many_narrow_tasks_runs_them_on_one_tuned_base() {
    // LoRA Land (arXiv 2405.00732): adapters for 25 tasks served from one card, each as good as a large model.
    // Eight million short calls a month, prompting proven and LoRA too: it halves the cost.
    ask(&Told {
        who: "twenty-five-tasks",
        use_now: Some("hosted-tune"),
        pilot: Some("open-managed"),
        because: ("lora", &["T3", "F2", "F3", "F4"]),
        why_not: ("full", "full fine-tuning wants about 10,000 labels"),
    });
}

#[test]
fn facts_of_the_week_are_not_trained_into_a_model() {
    // Ovadia et al. (arXiv 2312.05934): tuning is a poor store of facts, and these change weekly. What is left is
    // retrieval, whose corpus is to be stated, and a stronger model.
    ask(&Told {
        who: "news-desk",
        use_now: None,
        pilot: Some("rag"),
        because: ("lora", &["H1c", "H1d", "F7"]),
        why_not: ("rag", "Not proven, but likely to do better: test it"),
    });
}

#[test]
fn a_handbook_of_240_pages_stands_in_the_prompt() {
    // Anthropic, Contextual Retrieval: below 200,000 tokens put everything into the cached prompt.
    ask(&Told {
        who: "staff-handbook",
        use_now: Some("prompt"),
        pilot: Some("open-managed"),
        because: ("prompt", &["P1", "P2", "H5p"]),
        why_not: ("rag", "times the cost"),
    });
}

#[test]
fn where_knowledge_and_behaviour_are_missing_tuning_and_retrieval_are_tried_together() {
    // Microsoft on agriculture (arXiv 2401.08406): tuning +6 points, retrieval +5 more. Behind the boundary of
    // one's own cloud the open model with retrieval fails, so a larger one is tried, and the tuned one with retrieval.
    let evaluation = ask(&Told {
        who: "agronomists",
        use_now: None,
        pilot: Some("open-self"),
        because: ("lora", &["F1", "F3", "F7", "H4"]),
        why_not: ("rag", "which may not leave (own cloud)"),
    });
    assert!(evaluation.pilots[0].name.contains("retrieval"));
}

#[test]
fn a_70_billion_model_is_tuned_with_a_4_bit_base_on_one_card() {
    // QLoRA (arXiv 2305.14314): what takes eight cards in 16 bits takes one in 4. Nine thousand labels, the open
    // model fails, and the bf16 base does not fit the one card of 96 GB.
    ask(&Told {
        who: "one-large-card",
        use_now: Some("qlora"),
        pilot: None,
        because: ("qlora", &["M3", "M3n", "F3", "F7"]),
        why_not: ("lora", "does not fit the GPUs allowed for training"),
    });
}

#[test]
fn a_tune_at_a_provider_that_closes_is_not_recommended_however_good_it_is() {
    // OpenAI, deprecations: no new tuning jobs after 2027-01-06, tunes end with their base. The tune is measured
    // to meet the bar and would be gone a week after it is live.
    let evaluation = ask(&Told {
        who: "closed-offer",
        use_now: None,
        pilot: Some("prompt"),
        because: ("lora", &["F2", "F3", "F7", "F9"]),
        why_not: ("hosted-tune", "gpt-4o-mini at OpenAI (serves until 14 January 2027 only)"),
    });
    assert_eq!(evaluation.decided.pilots[1].strategy, StrategyId::Lora);
}

#[test]
fn a_help_line_with_easy_calls_tries_a_router_first() {
    // RouteLLM (arXiv 2406.18665): 95 % of the quality with 14 % of the calls on the large model; figures that do
    // not transfer, so it is a trial. The small model alone fails.
    ask(&Told {
        who: "help-line",
        use_now: Some("prompt"),
        pilot: Some("route"),
        because: ("route", &["H2", "P5a"]),
        why_not: ("prompt-small", "it is measured to fail the bar"),
    });
}

#[test]
fn an_agent_is_not_handed_over_in_mid_task() {
    // NVIDIA-NeMo/Switchyard PR 681: after a hand-over the strong model does the work again. Measured as a whole
    // the routed agent fails, and the large model keeps the task.
    ask(&Told {
        who: "travel-agent",
        use_now: Some("prompt"),
        pilot: Some("hosted-tune"),
        because: ("route", &["H2", "U3", "E1"]),
        why_not: ("route", "it is measured to fail the bar"),
    });
}

#[test]
fn without_any_connection_the_open_model_retrieves_on_its_own() {
    // Air gap: nothing leaves, embedding included; the open model is measured and the manuals are searched on board.
    let evaluation = ask(&Told {
        who: "submarine",
        use_now: Some("open-self"),
        pilot: None,
        because: ("open-self", &["F5s", "P2"]),
        why_not: ("rag", "which may not leave (air gap)"),
    });
    assert!(evaluation.verdict.headline.contains("with retrieval"), "{}", evaluation.verdict.headline);
}

#[test]
fn twelve_labels_and_no_more_tune_nothing() {
    // The guide's case of no training data, with a task that prompting fails: only a stronger model is left.
    ask(&Told {
        who: "rare-disease",
        use_now: None,
        pilot: Some("prompt"),
        because: ("lora", &["P4b", "P4d", "F1", "F7"]),
        why_not: ("hosted-tune", "no more can be had"),
    });
}

#[test]
fn what_runs_already_and_is_proven_is_kept() {
    // The build is paid, leaving costs $20,000, and it is far cheaper than the API at four million calls.
    let evaluation = ask(&Told {
        who: "running-lora",
        use_now: Some("lora"),
        pilot: Some("open-managed"),
        because: ("prompt", &["P2", "X2"]),
        why_not: ("prompt", "times the cost here"),
    });
    assert!(evaluation.verdict.headline.starts_with("Keep what you have"), "{}", evaluation.verdict.headline);
}

#[test]
fn a_bar_below_the_accuracy_at_which_the_task_pays_is_warned_about() {
    // OpenAI, model selection (quoted): $300 lost on an error and $50 saved on a success pay from 85.7 % on.
    // The bar says 80 %, and prompting is measured at 90.
    ask(&Told {
        who: "refund-desk",
        use_now: Some("prompt"),
        pilot: None,
        because: ("prompt", &["P1", "P2", "Q1"]),
        why_not: ("open-self", "times the cost here"),
    });
}

#[test]
fn a_regulated_night_desk_without_skills_is_told_what_it_lacks() {
    // Nobody has run a model, nobody is on call, data may not leave, and nothing is measured: the open model is
    // what the constraints allow, with low confidence.
    let evaluation = ask(&Told {
        who: "night-desk",
        use_now: Some("open-self"),
        pilot: None,
        because: ("open-self", &["T1", "T2", "A3", "A4", "F5s", "E4"]),
        why_not: ("lora", "no more can be had"),
    });
    assert_eq!(evaluation.confidence.grade.label(), "low");
}

#[test]
fn a_prompt_with_two_hundred_examples_is_a_reason_to_try_tuning() {
    // Many-shot prompting (arXiv 2404.11018) works here and costs: 20,000 tokens a call, most of them cached.
    ask(&Told {
        who: "shelf-labels",
        use_now: Some("prompt"),
        pilot: Some("prompt-small"),
        because: ("lora", &["T5", "F2", "F3", "F4"]),
        why_not: ("qlora", "LoRA training fits the GPUs"),
    });
}

#[test]
fn six_months_are_too_short_to_earn_back_a_cluster() {
    // Everything is proven, and what takes three months to build has three left to save.
    ask(&Told {
        who: "election-season",
        use_now: Some("prompt-small"),
        pilot: None,
        because: ("lora", &["X1", "F3", "T4"]),
        why_not: ("lora", "times the cost here"),
    });
}
