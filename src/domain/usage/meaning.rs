//! What columns of exports mean, by their names.
//!
//! Names: OpenAI's usage export (`n_context_tokens_total`, …) and its usage API (`input_tokens`, …), the CSV of
//! Anthropic's console (`usage_input_tokens_no_cache`, …) and its usage API, LiteLLM's spend logs; read 2026-11.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Name of the model.
    Model,
    /// Day or second of the row.
    Time,
    /// Number of calls.
    Requests,
    /// Id of a call: each row is one.
    RequestId,
    /// All input tokens, those of the cache included.
    Input,
    /// `input_tokens`: without those of the cache where Anthropic's cache columns stand beside it, else with them.
    InputTokens,
    /// Input tokens neither read from a cache nor written to one.
    Plain,
    /// Input tokens read from a cache.
    Read,
    /// Input tokens written to a cache, for how long is not said.
    Written,
    /// Input tokens written for five minutes.
    Written5m,
    /// Input tokens written for an hour.
    Written1h,
    /// Output tokens.
    Output,
    /// What was charged, US dollars.
    Spend,
    /// Whether it was a batch, or its service tier.
    Tier,
    /// JSON with more of the same: LiteLLM's `metadata`.
    Details,
}

impl Meaning {
    /// How many there are.
    pub const COUNT: usize = 15;
}

/// What the user may say that a column holds, with its name in the page.
pub const fn choices() -> [(Meaning, &'static str); 10] {
    [
        (Meaning::Model, "Model"),
        (Meaning::Time, "Date"),
        (Meaning::Requests, "Requests"),
        (Meaning::Input, "Input tokens, cached ones included"),
        (Meaning::Plain, "Input tokens, cached ones apart"),
        (Meaning::Read, "Tokens read from the cache"),
        (Meaning::Written5m, "Tokens written for 5 minutes"),
        (Meaning::Written1h, "Tokens written for an hour"),
        (Meaning::Output, "Output tokens"),
        (Meaning::Spend, "Cost, US dollars"),
    ]
}

/// What a column of this name holds; `None` where it is not known.
pub(super) fn meaning_of(name: &str) -> Option<Meaning> {
    let name = normal(name);
    Some(match name.as_str() {
        "model" | "model_version" | "model_name" | "snapshot_id" | "model_id" => Meaning::Model,
        "usage_date_utc"
        | "date"
        | "day"
        | "usage_date"
        | "date_utc"
        | "starttime"
        | "start_time"
        | "start_time_iso"
        | "starting_at"
        | "aggregation_timestamp"
        | "timestamp"
        | "created_at" => Meaning::Time,
        "n_requests" | "num_model_requests" | "num_requests" | "requests" | "request_count"
        | "api_requests" => Meaning::Requests,
        "request_id" => Meaning::RequestId,
        "n_context_tokens_total" | "prompt_tokens" => Meaning::Input,
        "input_tokens" => Meaning::InputTokens,
        "usage_input_tokens_no_cache"
        | "uncached_input_tokens"
        | "input_uncached_tokens"
        | "n_non_cached_context_tokens_total" => Meaning::Plain,
        "n_cached_context_tokens_total"
        | "input_cached_tokens"
        | "usage_input_tokens_cache_read"
        | "cache_read_input_tokens"
        | "cached_tokens"
        | "cached_input_tokens" => Meaning::Read,
        "cache_creation_input_tokens" => Meaning::Written,
        "usage_input_tokens_cache_write_5m" | "ephemeral_5m_input_tokens" => Meaning::Written5m,
        "usage_input_tokens_cache_write_1h" | "ephemeral_1h_input_tokens" => Meaning::Written1h,
        "n_generated_tokens_total" | "output_tokens" | "completion_tokens" | "usage_output_tokens" => {
            Meaning::Output
        }
        "spend" | "cost" | "cost_usd" | "total_cost_usd" => Meaning::Spend,
        "batch" | "usage_type" | "service_tier" => Meaning::Tier,
        "metadata" => Meaning::Details,
        _ => return None,
    })
}

/// Whether a name is one of Anthropic's for the cache: beside it `input_tokens` leaves the cache out.
pub(super) fn is_of_anthropic(name: &str) -> bool {
    matches!(
        normal(name).as_str(),
        "cache_read_input_tokens"
            | "cache_creation_input_tokens"
            | "cache_creation"
            | "ephemeral_5m_input_tokens"
            | "ephemeral_1h_input_tokens"
    )
}

/// Objects that hold more of the same.
pub(super) fn is_nested(name: &str) -> bool {
    matches!(
        name,
        "metadata"
            | "usage"
            | "usage_object"
            | "additional_usage_values"
            | "prompt_tokens_details"
            | "cache_creation"
    )
}

/// Small letters, and underscores for spaces and dashes.
fn normal(name: &str) -> String {
    let plain = |char: char| if matches!(char, ' ' | '-') { '_' } else { char.to_ascii_lowercase() };
    name.trim().chars().map(plain).collect()
}
