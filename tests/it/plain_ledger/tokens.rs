//! The token bill of a provider's model (method §4).

use super::knowledge::Knowledge;
use super::months::{HOURS, Plain};
use tunewise::domain::input::{CacheLifetime, ServiceTier, Today};

/// Tokens of one call: prefix P, variable and retrieved input V + K, output O; with what its session carries on.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub prefix: f64,
    pub variable: f64,
    pub output: f64,
    /// Calls of a session.
    pub calls: f64,
    /// Input and output of a call that all later ones send again.
    pub carried: (f64, f64),
    /// History as a measured split tells it.
    pub measured: f64,
    /// The measured split of a call, where it speaks for the model: plain, read, written, written for an hour, output.
    pub split: Option<[f64; 5]>,
}

/// One call of a session: how likely it is to be there, and to be followed by another one.
struct Turn {
    weight: f64,
    followed: f64,
    history: f64,
}

impl Call {
    /// The calls of a session one by one; two and a half calls are two, and a third in every other session.
    fn turns(&self) -> Vec<Turn> {
        let mut turns = Vec::new();
        let mut left = self.calls;
        while left > 0.0 {
            let there = left.min(1.0);
            let followed = ((left - 1.0) / there).clamp(0.0, 1.0);
            let history = self.measured + turns.len() as f64 * (self.carried.0 + self.carried.1);
            turns.push(Turn { weight: there / self.calls, followed, history });
            left -= 1.0;
        }
        turns
    }

    /// Input of the mean call.
    pub fn input(&self) -> f64 {
        let history: f64 = self.turns().iter().map(|turn| turn.weight * turn.history).sum();
        self.prefix + self.variable + history
    }

    /// Input of the longest call.
    pub fn longest(&self) -> f64 {
        self.prefix + self.variable + self.turns().last().unwrap().history
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
    let read = lengths(plain);
    // P_tuned = instructions and examples / 4 + cached knowledge.
    let instructions = if model == Called::Tuned { read.instructions / 4.0 } else { read.instructions };
    let carried = if read.is_measured { 0.0 } else { work.history_share * ratio };
    Call {
        prefix: (instructions + knowledge.in_prefix) * ratio,
        variable: (read.variable + knowledge.retrieved) * ratio,
        output: read.output * reasoning * ratio,
        calls: if read.is_measured { 1.0 } else { work.calls_per_request },
        carried: (carried * (read.variable + knowledge.retrieved), carried * read.output),
        measured: read.history * ratio,
        split: None,
    }
}

/// The lengths of a call, as stated or as a measured split tells them.
struct Lengths {
    instructions: f64,
    variable: f64,
    output: f64,
    history: f64,
    is_measured: bool,
}

/// The measured split of a call: that of a request over its calls and retries.
pub fn split(plain: &Plain) -> Option<[f64; 5]> {
    let data = &plain.inputs.data;
    let output = data.split_output_tokens?;
    let input = [
        data.split_plain_tokens,
        data.split_read_tokens,
        data.split_written_5m_tokens,
        data.split_written_1h_tokens,
    ];
    let input = input.map(|tokens| tokens.unwrap_or(0.0));
    let calls = plain.calls_per_request();
    let [a, b, c, d] = input;
    (a + b + c + d > 0.0).then(|| [a, b, c, d, output].map(|tokens| tokens / calls))
}

/// Whether what was measured brings its knowledge by retrieval.
pub fn split_retrieves(plain: &Plain) -> bool {
    match plain.inputs.economics.today {
        Today::Rag => true,
        Today::Prompt => false,
        _ => plain.inputs.data.knowledge_tokens > 200_000.0,
    }
}

fn lengths(plain: &Plain) -> Lengths {
    let (work, data) = (&plain.inputs.work, &plain.inputs.data);
    let Some([full, read, written, hour, output]) = split(plain) else {
        return Lengths {
            instructions: work.prefix_tokens,
            variable: work.input_tokens,
            output: work.output_tokens,
            history: 0.0,
            is_measured: false,
        };
    };
    let through_cache = read + written + hour;
    let knowledge = match split_retrieves(plain) {
        _ if data.knowledge_tokens == 0.0 => 0.0,
        true => data.retrieved_tokens,
        false => data.knowledge_tokens,
    };
    let others = (full + through_cache - knowledge).max(0.0);
    let instructions = work.prefix_tokens.min(others);
    let knowledge_there = if split_retrieves(plain) { 0.0 } else { knowledge };
    let history = (through_cache - knowledge_there - instructions).max(0.0).min(others - instructions);
    Lengths {
        instructions,
        variable: others - instructions - history,
        output: output / plain.inputs.models.reasoning_multiplier_api,
        history,
        is_measured: true,
    }
}

/// Prices of a model in one month, US dollars per million tokens.
#[derive(Clone, Debug)]
pub struct Price {
    pub input: f64,
    pub cached: Option<f64>,
    pub write: Option<f64>,
    pub write_hour: Option<f64>,
    pub output: f64,
    pub batch_discount: Option<f64>,
    pub batch_cached: Option<f64>,
    pub batch_stacks: bool,
    pub flex: Option<f64>,
    pub flex_cached: Option<f64>,
    pub priority: Option<f64>,
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
            write_hour: self.write_hour.map(|usd| usd * factor),
            output: self.output * factor,
            batch_cached: self.batch_cached.map(|usd| usd * factor),
            flex_cached: self.flex_cached.map(|usd| usd * factor),
            ..self.clone()
        }
    }
}

/// A lifetime of the cache, in minutes.
const LIFETIMES: [f64; 2] = [5.0, 60.0];

/// h, or what was measured.
fn most_hits(plain: &Plain) -> f64 {
    match split(plain) {
        Some([_, read, written, hour, _]) if read + written + hour > 0.0 => read / (read + written + hour),
        Some(_) => 0.0,
        None => plain.inputs.data.cache_hit_share,
    }
}

/// `hit = min(h, 1 − exp(−sessions per lifetime))`; all calls are sessions where the pause is no shorter (method §4).
fn first_hit(plain: &Plain, call: &Call, calls_of_month: f64, lifetime: f64) -> f64 {
    let most = most_hits(plain);
    if plain.inputs.data.cache_hits_measured || split(plain).is_some() {
        return most;
    }
    let is_kept = call.calls > 1.0 && plain.inputs.work.minutes_between_calls < lifetime;
    let sessions = if is_kept { calls_of_month / call.calls } else { calls_of_month };
    most.min(1.0 - (-sessions / HOURS * lifetime / 60.0).exp())
}

/// Which of the lifetimes may be paid for.
fn is_allowed(plain: &Plain, lifetime: f64, sells_hour: bool) -> bool {
    match plain.inputs.data.cache_lifetime {
        CacheLifetime::Cheaper => lifetime < 60.0 || sells_hour,
        CacheLifetime::FiveMinutes => lifetime < 60.0,
        CacheLifetime::OneHour => (lifetime < 60.0) != sells_hour,
    }
}

/// The prices of one call: p_in, p_cached, p_write for each lifetime, p_out.
struct Tariff {
    input: f64,
    cached: Option<f64>,
    write: [Option<f64>; 2],
    output: f64,
}

/// The service tiers.
#[derive(Clone, Copy, PartialEq)]
enum Tier {
    Standard,
    Priority,
    Batch,
    Flex,
}

/// The tier of calls that cannot wait: priority where it is asked for and sold.
fn at_once(plain: &Plain, price: &Price) -> Tier {
    let is_pinned = plain.inputs.models.service_tier == ServiceTier::Priority;
    if is_pinned && price.priority.is_some() { Tier::Priority } else { Tier::Standard }
}

/// What priority makes of a price, where calls that cannot wait take it.
pub fn premium(plain: &Plain, price: &Price) -> f64 {
    if at_once(plain, price) == Tier::Priority { price.priority.unwrap() } else { 1.0 }
}

/// The tiers that calls may wait in.
fn waiting(plain: &Plain, price: &Price) -> Vec<Tier> {
    let asked = plain.inputs.models.service_tier;
    let mut tiers = Vec::new();
    if price.batch_discount.is_some() && !matches!(asked, ServiceTier::Standard | ServiceTier::Flex) {
        tiers.push(Tier::Batch);
    }
    if price.flex.is_some() && !matches!(asked, ServiceTier::Standard | ServiceTier::Batch) {
        tiers.push(Tier::Flex);
    }
    if tiers.is_empty() {
        // With neither they are answered as all others, but at no premium that they do not ask for.
        tiers.push(Tier::Standard);
    }
    tiers
}

/// Prices by length; in a batch all is `(1−d)` of it, and cached input what is listed, or as much less if both discounts
/// stack. In flex and priority all is a multiple, but cached input in flex what is listed.
fn tariff(price: &Price, input_tokens: f64, tier: Tier) -> Tariff {
    let in_batch = tier == Tier::Batch;
    let is_long = price.long_from.is_some_and(|threshold| input_tokens > threshold);
    let (times_in, times_out) = if is_long { (price.long_input, price.long_output) } else { (1.0, 1.0) };
    let left = match tier {
        Tier::Standard => 1.0,
        Tier::Priority => price.priority.unwrap(),
        Tier::Flex => price.flex.unwrap(),
        Tier::Batch => 1.0 - price.batch_discount.unwrap_or(0.0),
    };
    let cached = match (in_batch && price.batch_discount.is_some(), price.batch_cached) {
        (false, _) if tier == Tier::Flex && price.flex_cached.is_some() => price.flex_cached,
        (false, _) => price.cached.map(|usd| usd * left),
        (true, Some(listed)) => Some(listed),
        (true, None) if price.batch_stacks => price.cached.map(|usd| usd * left),
        (true, None) => None,
    };
    Tariff {
        input: price.input * times_in * left,
        cached: cached.map(|usd| usd * times_in),
        write: [Some(price.write.unwrap_or(price.input)), price.write_hour]
            .map(|usd| usd.map(|usd| usd.max(price.input) * times_in * left)),
        output: price.output * times_out * left,
    }
}

/// Every call of a session at the full price of input.
fn without_cache(call: &Call, price: &Price, tier: Tier) -> f64 {
    call.turns()
        .iter()
        .map(|turn| {
            let input = call.prefix + turn.history + call.variable;
            let at = tariff(price, input, tier);
            turn.weight * (input * at.input + call.output * at.output)
        })
        .sum()
}

/// The same through the cache: what the call before left is read, or written again; what is new to it is written once.
fn with_cache(
    plain: &Plain,
    call: &Call,
    price: &Price,
    tier: Tier,
    lifetime: usize,
    first: f64,
) -> Option<f64> {
    let least = price.least_cacheable.unwrap_or(1_024.0);
    let minutes = LIFETIMES[lifetime];
    let remembers = call.calls <= 1.0 || plain.inputs.work.minutes_between_calls < minutes;
    let same = call.prefix + call.measured;
    let mut usd = 0.0;
    let mut there = 0.0;
    let mut is_used = false;
    for turn in call.turns() {
        let input = call.prefix + turn.history + call.variable;
        let at = tariff(price, input, tier);
        if !is_allowed(plain, minutes, at.write[1].is_some()) {
            return None;
        }
        let (cached, write) = (at.cached?, at.write[lifetime]?);
        let may_leave = if remembers && turn.followed > 0.0 { call.carried.0 } else { 0.0 };
        let up_to = if remembers { call.prefix + turn.history + may_leave } else { same };
        let mut of_call = call.output * at.output;
        if up_to >= least && up_to > 0.0 {
            is_used = true;
            let in_it = up_to - may_leave * (1.0 - turn.followed);
            let (known, hit) = match () {
                () if there > 0.0 => (there, most_hits(plain)),
                () if same >= least && same > 0.0 => (same, first),
                () => (0.0, 0.0),
            };
            of_call += known * (hit * cached + (1.0 - hit) * write) + (in_it - known) * write;
            of_call += (input - in_it) * at.input;
            there = if remembers { up_to } else { 0.0 };
        } else {
            of_call += input * at.input;
            there = 0.0;
        }
        usd += turn.weight * of_call;
    }
    is_used.then_some(usd)
}

/// A measured split; tokens for which no cache or no hour is sold cost what is nearest.
fn measured(split: [f64; 5], price: &Price, tier: Tier) -> f64 {
    let [full, read, written, hour, output] = split;
    let at = tariff(price, full + read + written + hour, tier);
    let write = at.write[0].unwrap();
    full * at.input
        + read * at.cached.unwrap_or(at.input)
        + written * write
        + hour * at.write[1].unwrap_or(write)
        + output * at.output
}

/// US dollars for one call that no cache helps.
pub fn plain_call_usd(call: &Call, price: &Price) -> f64 {
    without_cache(call, price, Tier::Standard) / 1e6
}

/// US dollars for so many calls of one month: the cheapest of no cache and each lifetime of it, at once and in the cheapest
/// tier that may be waited in (method §4).
pub fn month_usd(plain: &Plain, call: &Call, price: &Price, calls: f64) -> f64 {
    let mean_call = |tier: Tier| match call.split {
        Some(split) => measured(split, price, tier),
        None => [0, 1]
            .into_iter()
            .filter_map(|lifetime| {
                let first = first_hit(plain, call, calls, LIFETIMES[lifetime]);
                with_cache(plain, call, price, tier, lifetime, first)
            })
            .fold(without_cache(call, price, tier), f64::min),
    };
    let share = plain.inputs.work.deferrable_share;
    let waiting = waiting(plain, price).into_iter().map(&mean_call).fold(f64::INFINITY, f64::min);
    calls * ((1.0 - share) * mean_call(at_once(plain, price)) + share * waiting) / 1e6
}
