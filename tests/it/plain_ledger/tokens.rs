//! The token bill of a provider's model (method §4).

use super::knowledge::Knowledge;
use super::months::{HOURS, Plain};

/// Tokens of one call: prefix P, variable and retrieved input V + K, output O.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub prefix: f64,
    pub variable: f64,
    pub output: f64,
}

impl Call {
    pub fn input(&self) -> f64 {
        self.prefix + self.variable
    }
}

/// Which model a call goes to: each has its own reasoning and tokenizer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Called {
    Large,
    Small,
    Open,
    Tuned,
}

/// `P`, `V + K`, `O` = visible output × reasoning multiplier; all × the model's tokenizer ratio (method §4).
pub fn call_to(plain: &Plain, knowledge: &Knowledge, model: Called) -> Call {
    let (work, models) = (&plain.inputs.work, &plain.inputs.models);
    let (reasoning, ratio) = match model {
        Called::Large => (models.reasoning_multiplier_api, 1.0),
        Called::Small => (models.reasoning_multiplier_small, models.tokenizer_ratio_small),
        Called::Open | Called::Tuned => (models.reasoning_multiplier_open, models.tokenizer_ratio_open),
    };
    // P_tuned = instructions and examples / 4 + cached knowledge.
    let instructions = if model == Called::Tuned { work.prefix_tokens / 4.0 } else { work.prefix_tokens };
    Call {
        prefix: (instructions + knowledge.in_prefix) * ratio,
        variable: (work.input_tokens + knowledge.retrieved) * ratio,
        output: work.output_tokens * reasoning * ratio,
    }
}

/// Prices of a model in one month, US dollars per million tokens.
#[derive(Clone, Debug)]
pub struct Price {
    pub input: f64,
    pub cached: Option<f64>,
    pub write: Option<f64>,
    pub output: f64,
    pub batch_discount: Option<f64>,
    pub batch_cached: Option<f64>,
    pub batch_stacks: bool,
    pub least_cacheable: Option<f64>,
    pub long_from: Option<f64>,
    pub long_input: f64,
    pub long_output: f64,
}

impl Price {
    /// `p_in`, cached and written input, and `p_out` all changed by a factor: what a migration brings.
    pub fn times(&self, factor: f64) -> Price {
        Price {
            input: self.input * factor,
            cached: self.cached.map(|usd| usd * factor),
            write: self.write.map(|usd| usd * factor),
            output: self.output * factor,
            batch_cached: self.batch_cached.map(|usd| usd * factor),
            ..self.clone()
        }
    }
}

/// `hit = min(h, 1 − exp(−arrivals per cache lifetime))`, lifetime five minutes (method §4).
pub fn hit_share(plain: &Plain, calls_of_month: f64) -> f64 {
    let arrivals = calls_of_month / HOURS * (5.0 / 60.0);
    plain.inputs.data.cache_hit_share.min(1.0 - (-arrivals).exp())
}

/// US dollars for one call at a share of cache hits; `waiting` is b, the share of calls that can wait (method §4).
///
/// ```text
/// cached = P·(hit·p_cached + (1−hit)·max(p_in, p_write)) + (V+K)·p_in + O·p_out
/// plain  = (P+V+K)·p_in + O·p_out
/// sync   = min(cached, plain) if p_cached is known and P ≥ the model's minimum (1,024), else plain
/// batch  = (1−d)·(sync if the provider stacks both discounts, else plain);  no batch price → sync
/// call   = ((1−b)·sync + b·batch) / 1e6, × long-context multipliers where P+V+K passes the model's threshold
/// ```
pub fn call_usd(call: &Call, price: &Price, hit: f64, waiting: f64) -> f64 {
    let is_long = price.long_from.is_some_and(|threshold| call.input() > threshold);
    let (input_factor, output_factor) =
        if is_long { (price.long_input, price.long_output) } else { (1.0, 1.0) };
    let p_in = price.input * input_factor;
    let p_out = price.output * output_factor;
    let p_write = price.write.unwrap_or(price.input).max(price.input) * input_factor;
    let may_cache = call.prefix >= price.least_cacheable.unwrap_or(1_024.0);

    let rest = call.variable * p_in + call.output * p_out;
    let plain = call.prefix * p_in + rest;
    let with_cache = |p_cached: f64| call.prefix * (hit * p_cached + (1.0 - hit) * p_write) + rest;
    let sync = match price.cached {
        Some(p_cached) if may_cache => with_cache(p_cached * input_factor).min(plain),
        _ => plain,
    };
    let batch = match (price.batch_discount, price.batch_cached) {
        (None, _) => sync,
        // With `batch_cached_input_usd_per_m` given, cached tokens in a batch cost that; the rest gets the discount.
        (Some(d), Some(listed)) if may_cache => {
            let read = call.prefix * hit * listed * input_factor;
            let others = call.prefix * (1.0 - hit) * p_write + rest;
            (read + (1.0 - d) * others).min((1.0 - d) * plain)
        }
        (Some(d), _) if price.batch_stacks => (1.0 - d) * sync,
        (Some(d), _) => (1.0 - d) * plain,
    };
    ((1.0 - waiting) * sync + waiting * batch) / 1e6
}

/// US dollars for so many calls of one month.
pub fn month_usd(plain: &Plain, call: &Call, price: &Price, calls: f64) -> f64 {
    calls * call_usd(call, price, hit_share(plain, calls), plain.inputs.work.deferrable_share)
}
