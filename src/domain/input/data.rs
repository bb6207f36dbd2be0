//! Data: labels for tuning and evaluation, knowledge for retrieval.

use super::{CacheLifetime, LabelMethod, YOURS, choice, flag, input_group, number, optional_number};
use crate::domain::units::Unit;

input_group! {
    /// Labels and knowledge.
    Data (data) {
        labels: f64 = 300.0 => number("Labelled examples you have", 300.0, 0.0, 1e8, Unit::Plain("examples")).counted().source(YOURS).basic()
            .help("Pairs of input and right output, beside the evaluation set. The guide: 100+ for simple tasks, 1,000+ for complex ones.");
        labels_obtainable: bool = true => flag("More labels can be had").source(YOURS)
            .help("If not, strategies that need more than you have are out.");
        labels_per_week: f64 = 500.0 => number("Labels you can make", 500.0, 1.0, 1e6, Unit::Plain("a week")).counted().log().between(100.0, 2000.0)
            .help("Decides whether the missing labels are there before the launch date.");
        validation_share: f64 = 0.0 => number("Validation set of tuning", 0.0, 0.0, 1.0, Unit::Share("of the training examples")).between(0.0, 0.2)
            .help("Examples beside the training ones that each pass is checked on. Hosted tuning bills their tokens as training, unless the offer says otherwise; on own GPUs they cost the forward pass.");
        label_method: LabelMethod = LabelMethod::People => choice("How labels are made", LabelMethod::OPTIONS)
            .help("By people at the price below, or by a large model at its token price plus review by people.");
        label_cost: Option<f64> = None => optional_number("Cost of a label", 0.0, 1_000.0, Unit::Usd("per label"))
            .help("Blank: the usual price of a simple or complex label (see Team).");
        knowledge_tokens: f64 = 0.0 => number("Knowledge the model must look up", 0.0, 0.0, 1e12, Unit::Plain("tokens")).counted().source(YOURS).basic()
            .help("Documents, policies, tickets that answers must rest on. Up to about 200,000 tokens fit a cached prompt, and are retrieved where that costs less; beyond that it takes retrieval. A page is about 500 tokens.");
        knowledge_change_per_month: f64 = 0.05 => number("Knowledge that changes", 0.05, 0.0, 10.0, Unit::Share("a month")).between(0.0, 0.3).source(YOURS)
            .help("Share of the documents that is new or edited each month. A policy set that changes weekly is near 25 %.");
        citations_needed: bool = false => flag("Answers must cite their source").source(YOURS)
            .help("Speaks for retrieval: a tuned model cannot say where a fact comes from.");
        retrieved_tokens: f64 = 2_000.0 => number("Retrieved per call", 2_000.0, 100.0, 200_000.0, Unit::Plain("tokens")).counted().log().between(1000.0, 5000.0)
            .help("Passages put into the prompt, typically five of 400 tokens. They usually dominate the cost of retrieval.");
        chunk_tokens: f64 = 400.0 => number("Chunk length", 400.0, 50.0, 8_000.0, Unit::Plain("tokens")).counted()
            .help("Documents are cut into chunks of this length before embedding.");
        chunk_overlap: f64 = 0.1 => number("Chunk overlap", 0.1, 0.0, 0.8, Unit::Share("of a chunk"))
            .help("Neighbouring chunks share this part.");
        query_tokens: f64 = 50.0 => number("Query length", 50.0, 1.0, 8_000.0, Unit::Plain("tokens"))
            .help("Embedded for each call to find the passages.");
        vector_price: f64 = 0.33 => number("Vector store", 0.33, 0.0, 100.0, Unit::Usd("per GiB and month")).between(0.33, 2.0)
            .help("Published prices contradict each other ($0.33 and $2): put in yours.");
        vector_minimum: f64 = 30.0 => number("Vector store minimum", 30.0, 0.0, 10_000.0, Unit::Usd("a month")).between(25.0, 70.0)
            .help("The least a managed store bills in a month.");
        rerank_price: f64 = 0.0 => number("Reranking", 0.0, 0.0, 100.0, Unit::Usd("per 1,000 queries")).between(0.0, 2.0)
            .help("Zero: no reranker.");
        cache_hit_share: f64 = 0.9 => number("Prompt cache hits", 0.9, 0.0, 1.0, Unit::Share("of calls")).between(0.7, 0.98)
            .help("An upper limit: with little traffic fewer calls find the prefix still cached, and the app computes how many. A share that you measured is taken as it is; say so below.");
        pretraining_tokens: f64 = 0.0 => number("Text for pretraining", 0.0, 0.0, 1e14, Unit::Plain("tokens")).counted().source(YOURS)
            .help("For a language or domain that no model covers. From about 100 million tokens on a base can go on pretraining with it; a custom model asks for 200 tokens for each parameter at least, better 1,000.");
        cache_hits_measured: bool = false => flag("That share of cache hits is measured").source(YOURS)
            .help("Then it holds whatever the traffic. Else it is the most that calls reach.");
        cache_lifetime: CacheLifetime = CacheLifetime::Cheaper => choice("Cache is paid for", CacheLifetime::OPTIONS)
            .help("Some providers keep a prompt for an hour at a higher price of writing. Models without that keep it for minutes.");
        split_plain_tokens: Option<f64> = None => optional_number("Measured: input at the full price", 0.0, 1e9, Unit::Plain("tokens a request")).source(YOURS)
            .help("From a bill or usage export of today’s API model, all calls and retries of one request together. Given with the output, the split takes the place of lengths, sessions and cache: exactly for calls to that model, as lengths and hits for every other.");
        split_read_tokens: Option<f64> = None => optional_number("Measured: input read from the cache", 0.0, 1e9, Unit::Plain("tokens a request")).source(YOURS)
            .help("Part of the measured split; blank is none.");
        split_written_5m_tokens: Option<f64> = None => optional_number("Measured: input written to the cache", 0.0, 1e9, Unit::Plain("tokens a request")).source(YOURS)
            .help("Part of the measured split: written for minutes, or where only one lifetime is sold; blank is none.");
        split_written_1h_tokens: Option<f64> = None => optional_number("Measured: input written for an hour", 0.0, 1e9, Unit::Plain("tokens a request")).source(YOURS)
            .help("Part of the measured split; blank is none.");
        split_output_tokens: Option<f64> = None => optional_number("Measured: output", 0.0, 1e9, Unit::Plain("tokens a request")).source(YOURS)
            .help("Part of the measured split, hidden reasoning included. Without it there is no split.");
    }
}
