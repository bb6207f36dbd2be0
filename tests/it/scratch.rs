//! s
use crate::support::*;
use tunewise::domain::evaluate;
use tunewise::domain::input::Inputs;
fn show(name: &str, i: &Inputs) {
    let e = evaluate(i);
    println!("=== {name}: ref {:?} now {:?} conf {:?} | {}", e.advice.reference.map(|r| r.key()), e.advice.use_now.map(|r| r.key()), e.advice.confidence, e.advice.headline);
    for p in &e.advice.pilots { println!("   pilot {} {:.0} {:?} {:?}", p.name, p.cost, p.saving, p.break_even_chance); }
    for s in &e.strategies { println!("   {:13} {:>12.0} lead {} out {:?} | {} | {:?}", s.id.key(), s.tco().unwrap_or(-1.0), s.lead_weeks, s.out.iter().map(|r| r.rule.as_str()).collect::<Vec<_>>(), s.why_not, s.findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>()); }
}
#[test]
fn personas() {
    show("prompt", &scene!{ task: "summarise", requests_per_month: 2_000.0, growth_per_month: 0.05, input_tokens: 6_000.0, output_tokens: 400.0, prefix_tokens: 600.0, labels: 0.0, stage: "prototype", launch_weeks: 3.0, horizon: 12.0 });
    show("rag", &scene!{ task: "answer", requests_per_month: 20_000.0, input_tokens: 300.0, output_tokens: 350.0, labels: 0.0, knowledge_tokens: 5e7, knowledge_change_per_month: 0.25, citations_needed: true, failure_mode: "knowledge", evidence_rag: "188/200", evidence_prompt: "120/200" });
    show("prompt-small", &scene!{ task: "extract", requests_per_month: 800_000.0, input_tokens: 600.0, output_tokens: 60.0, evidence_prompt: "485/500", evidence_small: "480/500", labels: 50.0 });
    show("route", &scene!{ task: "code", api_model: "claude-opus-5-5", small_api_model: "claude-haiku-5-5", requests_per_month: 400_000.0, input_tokens: 2_048.0, output_tokens: 300.0, mixed_difficulty: true, hard_share: 0.25, diverse_inputs: true, labels: 0.0, evidence_prompt: "380/400", evidence_route: "378/400", evidence_small: "300/400" });
    show("open-managed", &scene!{ task: "summarise", requests_per_month: 1_500_000.0, input_tokens: 3_500.0, output_tokens: 150.0, shape: "nightly", deferrable_share: 1.0, labels: 0.0, evidence_prompt: "388/400", evidence_open: "382/400" });
    show("hosted-tune", &scene!{ task: "generate", requests_per_month: 120_000.0, strict_format: true, input_tokens: 400.0, output_tokens: 300.0, labels: 1_500.0, evidence_prompt: "150/200", evidence_hosted: "470/500" });
    show("open-self", &scene!{ task: "converse", data_boundary: "own-cloud", requests_per_month: 300_000.0, labels: 0.0, evidence_open: "465/500", growth_per_month: 0.02 });
    show("lora", &scene!{ task: "extract", data_boundary: "own-premises", complexity: "complex", specialisation: "high", strict_format: true, requests_per_month: 200_000.0, labels: 3_000.0, shape: "nightly", deferrable_share: 1.0, downtime_accepted: true, evidence_open: "700/1000", evidence_lora: "940/1000", horizon: 36.0 });
    show("lora pilot", &scene!{ task: "extract", requests_per_month: 5_000_000.0, strict_format: true, labels: 5_000.0, evidence_prompt: "960/1000" });
    show("qlora", &scene!{ task: "extract", data_boundary: "own-premises", consumer_gpus: true, serving_gpu: "RTX 4090", training_gpu: "RTX 4090", training_gpu_count: "1", base_model: "Qwen3-14B", open_model: "gpt-oss-20b", serving_gpu_count: "1", weight_precision: "int4", downtime_accepted: true, requests_per_month: 30_000.0, labels: 2_000.0, evidence_open: "140/200", evidence_qlora: "470/500", specialisation: "high" });
    show("full", &scene!{ task: "generate", requests_per_month: 900_000.0, complexity: "complex", specialisation: "high", labels: 60_000.0, far_from_pretraining: true, maximum_quality: true, required_quality: 0.95, evidence_prompt: "800/1000", evidence_lora: "900/1000", evidence_full: "975/1000", data_boundary: "own-cloud" });
    show("full pilot", &scene!{ task: "generate", requests_per_month: 900_000.0, complexity: "complex", specialisation: "high", labels: 60_000.0, far_from_pretraining: true, maximum_quality: true, required_quality: 0.95, evidence_prompt: "800/1000", evidence_lora: "900/1000" });
    show("lora-route", &scene!{ task: "extract", api_model: "gpt-6.1-sol", requests_per_month: 6_000_000.0, task_share: 0.7, tasks: 3.0, strict_format: true, labels: 4_000.0, evidence_prompt: "960/1000", evidence_lora_route: "955/1000", diverse_inputs: false });
    show("custom", &scene!{ task: "generate", no_base_covers: true, pretraining_tokens: 2e12, custom_params: 1e9, custom_tokens_per_param: 1_000.0, labels: 20_000.0, requests_per_month: 2_000_000.0, required_quality: 0.85, evidence_custom: "assumed equal" });
    show("custom2", &scene!{ task: "generate", no_base_covers: true, pretraining_tokens: 2e12, labels: 20_000.0, requests_per_month: 2_000_000.0, evidence_prompt: "50/100" });
    show("jargon", &scene!{ task: "extract", specialisation: "high", requests_per_month: 400_000.0, failure_mode: "both", knowledge_tokens: 2e7, labels: 2_500.0, complexity: "complex", evidence_rag: "150/200", strict_format: true });
    show("startup", &scene!{ upfront_budget: 20_000.0, monthly_budget: 1_500.0, requests_per_month: 50_000.0 });
    show("latency", &scene!{ task: "converse", time_to_first_token_s: 0.4, provider_time_to_first_token_s: 0.9, requests_per_month: 500_000.0 });
}
