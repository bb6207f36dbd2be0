//! The columns of the catalogue that a user may fill: declared once, for the form, its checks and the tables of the page.

use strum::VariantNames as _;

use super::Table;
use crate::domain::catalog::{
    ApiKind, Availability, HostedMethod, LengthTiers, LicenceClass, SeatBeyond, ServingMode, TierClass,
    WeightFormat,
};
use crate::domain::units::words::{NONE, count_short, percent};
use crate::domain::units::{Cell, Date, Unit, YearMonth, format_number, parse_number};

/// The longest text of a cell, in characters.
pub(super) const MOST_CELL_CHARS: usize = 80;
/// The longest list of length tiers, in characters.
const MOST_TIERS_CHARS: usize = 400;
/// Most that a price may be, US dollars: as for the prices among the inputs.
const MOST_USD: f64 = 10_000.0;
/// Most tokens of anything.
const MOST_TOKENS: f64 = 1e9;

impl Table {
    /// The columns that a user may fill, in the order of form and table.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::ApiModels => API_MODELS,
            Table::HostedTuning => HOSTED_TUNING,
            Table::OpenModels => OPEN_MODELS,
            Table::Gpus => GPUS,
        }
    }
}

/// What a cell may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellKind {
    /// A name, which may be part of the row's key and of a list of names.
    Name,
    /// Any words.
    Text,
    /// A number in a closed range.
    Number(NumberKind, f64, f64),
    /// One of a few words.
    Words(&'static [&'static str]),
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A month, `YYYY-MM`.
    Month,
    /// The name of a row of a table.
    Row(Table),
    /// Prices by length of the input.
    Tiers,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// In full.
    Plain,
    /// In full, and without a fraction.
    Whole,
    /// In short: it is large and round.
    Tokens,
    /// As a percentage; a fraction of one in the table.
    Share,
}

/// One column that a user may fill.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the table.
    pub name: &'static str,
    /// Head on the page, with its unit.
    pub label: &'static str,
    /// What to enter, where the label does not say it all.
    pub help: &'static str,
    /// What a cell may hold.
    pub kind: CellKind,
    /// Whether a row cannot do without it.
    pub needed: bool,
    /// Whether the page's table shows it.
    pub shown: bool,
}

impl Column {
    const fn new(name: &'static str, label: &'static str, kind: CellKind) -> Column {
        Column { name, label, help: "", kind, needed: false, shown: false }
    }

    const fn needed(mut self) -> Column {
        self.needed = true;
        self
    }

    const fn shown(mut self) -> Column {
        self.shown = true;
        self
    }

    const fn help(mut self, help: &'static str) -> Column {
        self.help = help;
        self
    }

    /// What was typed into a form, as it stands in the table; blank where nothing was. A share without a sign
    /// is a percentage.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read_typed(&self, typed: &str) -> Result<String, String> {
        self.read(typed, true)
    }

    /// A cell from a link or a file, where a share without a sign is a fraction of one, as in the table.
    pub(super) fn read_cell(&self, cell: &str) -> Result<String, String> {
        self.read(cell, false)
    }

    fn read(&self, typed: &str, in_form: bool) -> Result<String, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(String::new());
        }
        let most = if self.kind == CellKind::Tiers { MOST_TIERS_CHARS } else { MOST_CELL_CHARS };
        if typed.chars().count() > most {
            return Err(format!("At most {most} characters."));
        }
        let kept = || Ok(typed.to_owned());
        match self.kind {
            CellKind::Tiers => LengthTiers::parse(typed).map(|tiers| tiers.to_string()),
            CellKind::Number(kind, min, max) => read_number(typed, kind, (min, max), in_form),
            CellKind::Name | CellKind::Row(_) if !typed.chars().all(is_of_name) => {
                Err("Letters, digits, spaces and - _ . : / + ( ) only.".to_owned())
            }
            CellKind::Name if typed == "auto" => {
                Err("“auto” means the cheapest one; choose another name.".to_owned())
            }
            CellKind::Text if !typed.chars().all(is_of_text) => {
                Err("Words and common signs only, without < > { }.".to_owned())
            }
            CellKind::Words(words) if !words.contains(&typed) => {
                Err(format!("One of: {}.", words.join(", ")))
            }
            CellKind::Day if typed.parse::<Date>().is_err() => Err("Write a day as 2026-12-31.".to_owned()),
            CellKind::Month if typed.parse::<YearMonth>().is_err() => {
                Err("Write a month as 2026-12.".to_owned())
            }
            _ => kept(),
        }
    }

    /// A cell of the table as it is typed into a form.
    pub fn typed(&self, cell: &str) -> String {
        match (self.kind, cell.parse::<f64>().ok()) {
            (CellKind::Number(kind, ..), Some(number)) => format_number(number, unit(kind)),
            _ => cell.to_owned(),
        }
    }

    /// A cell of the table as the page's table shows it.
    pub fn display(&self, cell: &str) -> Cell {
        match (self.kind, cell.parse::<f64>().ok()) {
            _ if cell.is_empty() => Cell::from(NONE),
            (CellKind::Number(NumberKind::Share, ..), Some(number)) => Cell::number(number, percent),
            (CellKind::Number(NumberKind::Tokens, ..), Some(number)) => Cell::number(number, count_short),
            // In full: a price of 0.125 is not 0.12.
            (CellKind::Number(..), Some(number)) => {
                Cell::number(number, |it| format_number(it, Unit::Plain("")))
            }
            (CellKind::Words(["0", "1"] | ["true", "false"]), _) => {
                Cell::from(if matches!(cell, "1" | "true") { "yes" } else { "no" })
            }
            _ => Cell::from(cell),
        }
    }
}

/// Characters of names: no commas, because lists of names are separated by them, and none that break words.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || " -_.:/+()".contains(c) || is_foreign(c)
}

/// Characters of words, without those that mean something to templates and pages.
fn is_of_text(c: char) -> bool {
    let is_punctuation = ('\u{2010}'..='\u{2027}').contains(&c) || ('\u{20a0}'..='\u{20bf}').contains(&c);
    is_of_name(c) || is_punctuation || (c.is_ascii_graphic() && !"<>{}".contains(c))
}

/// Letters beyond ASCII, roughly: without the marks that turn the direction of what follows.
const fn is_foreign(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{60f}' | '\u{620}'..='\u{1fff}' | '\u{2c00}'..='\u{d7ff}')
}

const fn unit(kind: NumberKind) -> Unit {
    match kind {
        NumberKind::Share => Unit::Share(""),
        _ => Unit::Plain(""),
    }
}

fn read_number(
    typed: &str,
    kind: NumberKind,
    (min, max): (f64, f64),
    in_form: bool,
) -> Result<String, String> {
    let unit = if in_form { unit(kind) } else { Unit::Plain("") };
    // A file writes its decimals with a point; a person may mean thousands by it.
    let number = match typed.parse::<f64>() {
        Ok(number) if !in_form && number.is_finite() => number,
        _ => parse_number(typed, unit).map_err(|error| error.sentence("0.15, 60k, 1.2M or 8 %"))?,
    };
    if !(min..=max).contains(&number) {
        return Err(format!(
            "Must lie between {} and {}.",
            format_number(min, unit),
            format_number(max, unit)
        ));
    }
    if kind == NumberKind::Whole && libm::floor(number) != number {
        return Err("Must be a whole number.".to_owned());
    }
    // A zero has no sign here.
    let written = format!("{}", number + 0.0);
    // What is kept is read again with every link and policy.
    if written.len() > MOST_CELL_CHARS {
        return Err(format!("A number of at most {MOST_CELL_CHARS} digits."));
    }
    Ok(written)
}

/// A name that is needed.
const fn name(name: &'static str, label: &'static str) -> Column {
    Column::new(name, label, CellKind::Name).needed().shown()
}

const fn text(name: &'static str, label: &'static str) -> Column {
    Column::new(name, label, CellKind::Text)
}

const fn words(name: &'static str, label: &'static str, words: &'static [&'static str]) -> Column {
    Column::new(name, label, CellKind::Words(words))
}

const fn number(name: &'static str, label: &'static str, min: f64, max: f64) -> Column {
    Column::new(name, label, CellKind::Number(NumberKind::Plain, min, max))
}

/// A count without a fraction.
const fn count(name: &'static str, label: &'static str, min: f64, max: f64) -> Column {
    Column::new(name, label, CellKind::Number(NumberKind::Whole, min, max))
}

/// Tokens of a call or a context.
const fn tokens(name: &'static str, label: &'static str) -> Column {
    Column::new(name, label, CellKind::Number(NumberKind::Tokens, 1.0, MOST_TOKENS))
}

/// US dollars; blank is unknown, zero is free.
const fn usd(name: &'static str, label: &'static str) -> Column {
    number(name, label, 0.0, MOST_USD)
}

const NOTE: Column = text("note", "Where you have it from")
    .help("For example “offer of 3 November”. Stands behind “entered by you”.");
const AS_OF: Column =
    Column::new("as_of", "As of, month", CellKind::Month).help("As 2026-11; blank if it has no date.");
const PROVIDER: Column = name("provider", "Provider")
    .help("A new name adds a provider, also to those that you may have a contract with.");

pub(super) const API_MODELS: &[Column] = &[
    name("model_id", "Model"),
    PROVIDER,
    usd("input_usd_per_m", "Input, $ per M").needed().shown().help("US dollars per million tokens. A price of yours holds until the model retires: announced changes of the list no longer apply."),
    usd("cached_input_usd_per_m", "Cached, $ per M").shown().help("Input read from the cache; blank: billed as input."),
    usd("output_usd_per_m", "Output, $ per M").shown().help("Blank is unknown, 0 is free. Embeddings have none."),
    usd("cache_write_usd_per_m", "Cache write, $ per M").help("Input written to the cache; blank: billed as input."),
    usd("cache_write_1h_usd_per_m", "Cache write for an hour, $ per M").help("Where a longer lifetime is sold; blank: only minutes."),
    Column::new("batch_discount", "Batch, off", CellKind::Number(NumberKind::Share, 0.0, 1.0)).shown().help("Share off input and output in a batch; blank: no batches."),
    usd("batch_cached_input_usd_per_m", "Cached in a batch, $ per M"),
    tokens("max_input_tokens", "Context").shown().help("Longest input, tokens."),
    tokens("max_output_tokens", "Longest output, tokens"),
    tokens("long_context_threshold_tokens", "Long prompts from, tokens").help("Above it the multiples below apply."),
    number("long_context_input_multiplier", "Long prompts, × input price", 1.0, 100.0),
    number("long_context_output_multiplier", "Long prompts, × output price", 1.0, 100.0),
    Column::new("length_tiers", "Prices by length", CellKind::Tiers).help("Tiers as “32k 0.5/2.5; 128k 0.8/0.2/4”: above so many tokens of input, every token of the call costs input/output, input/cached/output or input/cached/write/output, $ per M. In place of the threshold and its multiples."),
    Column::new("flex_multiplier", "Flex, of the standard price", CellKind::Number(NumberKind::Share, 0.0, 1.0)).help("Slower and without a promised time; blank: not sold."),
    usd("flex_cached_input_usd_per_m", "Cached in flex, $ per M").help("Blank: the same share of the cached price."),
    number("priority_multiplier", "Priority, × standard price", 1.0, 100.0).help("Answers sooner at a premium; blank: not sold."),
    usd("provisioned_usd_per_unit_hour", "Provisioned, $ a unit and hour").help("Throughput that is paid by the hour, used or not; blank: not sold."),
    tokens("provisioned_tokens_per_minute", "Tokens a minute of a unit").help("Counted as input, read from a cache or not."),
    number("provisioned_output_weight", "Output counts as, × input", 0.001, 1_000.0).help("Tokens of input that a token of output takes of a unit; blank: 1."),
    count("provisioned_min_units", "Fewest units", 1.0, 1e6).help("Blank: 1."),
    count("provisioned_commitment_months", "Bought for, months", 1.0, 60.0).help("Units stay for so long, for the busiest month of that time; blank: 1."),
    usd("seat_usd_per_month", "Seat, $ a user and month").help("Blank: not sold by the seat."),
    number("seat_requests_per_month", "A seat includes, requests a month", 1.0, 1e9),
    words("seat_beyond", "Beyond that", SeatBeyond::VARIANTS).help("Billed per token, or stopped, so that more work takes more seats. Blank: stopped."),
    Column::new("retires_on", "Retires", CellKind::Day).shown().help("As 2027-06-30. From then on the successor is paid."),
    Column::new("successor_model_id", "Successor", CellKind::Row(Table::ApiModels)),
    words("kind", "Sold as", ApiKind::VARIANTS).needed(),
    words("tier_class", "Class", TierClass::VARIANTS).help("Its place in the maker’s range; blank is not ranked."),
    Column::new("open_model", "Weights served", CellKind::Row(Table::OpenModels)).help("For open weights: the row of the open models, so that it counts as an offer to serve them."),
    count("embedding_dims", "Dimensions", 1.0, 1e6).help("Embeddings only."),
    number("time_to_first_token_s", "First token after, s", 0.01, 600.0)
        .help("Of 95 of 100 calls, as you measured it. Blank: not stated."),
    number("time_per_output_token_ms", "Time per token, ms", 0.1, 10_000.0)
        .help("Of 95 of 100 calls, as you measured it. Blank: not stated."),
    AS_OF,
    NOTE,
];

pub(super) const HOSTED_TUNING: &[Column] = &[
    name("base_model", "Base"),
    PROVIDER,
    words("method", "Method", HostedMethod::VARIANTS),
    usd("training_usd_per_m_tokens", "Training, $ per M")
        .shown()
        .help("US dollars per million tokens of the set, times epochs. Blank is unknown, 0 is free."),
    number("min_charge_usd", "Least charge of a job, $", 0.0, 1e6),
    words("serving_mode", "Served and billed", ServingMode::VARIANTS),
    usd("tuned_input_usd_per_m", "Tuned input, $ per M").shown(),
    usd("tuned_cached_input_usd_per_m", "Tuned cached input, $ per M"),
    usd("tuned_output_usd_per_m", "Tuned output, $ per M").shown(),
    usd("endpoint_usd_per_hour", "Endpoint, $ an hour")
        .shown()
        .help("Of one GPU, or of the deployment where tokens are paid too."),
    Column::new("endpoint_gpu", "GPU of the endpoint", CellKind::Row(Table::Gpus)),
    Column::new("open_model", "Weights tuned", CellKind::Row(Table::OpenModels))
        .help("The row of the open models that this base is; else give sizes."),
    number("min_params_b", "Sizes above, B", 0.0, 1e5).help("Billions of parameters, for an offer by size."),
    number("max_params_b", "Sizes up to, B", 0.0, 1e5),
    words("availability", "New jobs", Availability::VARIANTS).needed(),
    Column::new("no_new_jobs_after", "No new jobs after", CellKind::Day),
    Column::new("serving_ends_on", "Serving ends on", CellKind::Day),
    number("time_to_first_token_s", "First token after, s", 0.01, 600.0)
        .help("Of 95 of 100 calls, as you measured it. Blank: not stated."),
    number("time_per_output_token_ms", "Time per token, ms", 0.1, 10_000.0)
        .help("Of 95 of 100 calls, as you measured it. Blank: not stated."),
    words("validation_billed", "Validation is billed", &["true", "false"])
        .help("Whether tokens of a validation set are billed as training tokens; blank is taken as yes."),
    AS_OF,
    NOTE,
];

pub(super) const OPEN_MODELS: &[Column] = &[
    name("model", "Model").help(
        "Let a copy of a gpt-oss or Gemma-4 model begin with that name: what no column says is known by it.",
    ),
    text("licence", "Licence").shown(),
    words("licence_class", "Use is", LicenceClass::VARIANTS),
    number("params_total_b", "Parameters, B", 0.001, 1e5)
        .needed()
        .shown()
        .help("All of them, billions: they decide the memory."),
    number("params_active_b", "Active, B", 0.001, 1e5)
        .needed()
        .shown()
        .help("Used for one token, billions; all of them where there are no experts."),
    count("layers", "Layers", 1.0, 10_000.0).needed().shown(),
    tokens("max_context", "Context").shown().help("Longest context, tokens."),
    count("hidden", "Width", 1.0, 1e6).needed().help("hidden_size in its config.json."),
    count("q_heads", "Query heads", 1.0, 10_000.0).needed().help("num_attention_heads."),
    count("kv_heads", "Key and value heads", 1.0, 10_000.0).help("num_key_value_heads."),
    count("head_dim", "Width of a head", 1.0, 100_000.0).help("head_dim, or width divided by query heads."),
    count("ffn", "Feed-forward width", 1.0, 1e7).needed().help("intermediate_size."),
    count("vocab", "Vocabulary", 1.0, 1e8).needed().help("vocab_size."),
    words("tied_embeddings", "One embedding matrix", &["0", "1"])
        .needed()
        .help("1 if input and output share it (tie_word_embeddings)."),
    text("attention", "Kind of attention").needed().help("In words, for example GQA."),
    count("full_attn_layers", "Layers with full attention", 0.0, 10_000.0)
        .help("Blank: all but the windowed ones."),
    count("window", "Window, tokens", 1.0, MOST_TOKENS),
    count("window_layers", "Windowed layers", 0.0, 10_000.0),
    count("experts", "Experts per layer", 0.0, 100_000.0).help("Blank without experts."),
    count("top_k", "Experts used by a token", 1.0, 100_000.0),
    count("moe_ffn", "Width of an expert", 1.0, 1e7),
    count("shared_experts", "Shared experts", 0.0, 100_000.0),
    count("dense_layers", "Layers without experts", 0.0, 10_000.0)
        .help("first_k_dense_replace, or their number wherever they stand."),
    count("moe_every", "Experts in every … layers", 1.0, 10_000.0)
        .help("Of those that remain; blank: in all of them."),
    count("mla_kv_rank", "Rank of latent keys and values", 1.0, 1e6)
        .help("kv_lora_rank. With it the cache holds this and the part with position, not the heads."),
    count("mla_rope_dim", "Width of a latent head with position", 1.0, 1e6).help("qk_rope_head_dim."),
    count("mla_q_rank", "Rank of latent queries", 1.0, 1e6).help("q_lora_rank; blank: queries have none."),
    count("mla_nope_dim", "Its width without position", 1.0, 1e6).help("qk_nope_head_dim."),
    count("mla_v_dim", "Width of a latent value", 1.0, 1e6).help("v_head_dim."),
    words("gated_attention", "Attention has an output gate", &["0", "1"])
        .help("attn_output_gate; blank: no."),
    count("linear_layers", "Layers with a constant state", 0.0, 10_000.0)
        .help("Linear attention or a state space. Blank: what full and windowed layers leave."),
    number("linear_params_m", "Parameters of one of them, M", 0.0, 1e6)
        .help("Of its mixing block, millions; blank: as many as attention."),
    number("linear_state_mib", "State of a request, MiB", 0.0, 1e6)
        .help("Of all these layers together; blank: not counted."),
    count("ffn_layers", "Layers with a feed-forward block", 0.0, 10_000.0).help("Blank: all."),
    words("ffn_matrices", "Matrices of a feed-forward block", &["2", "3"])
        .help("3 with a gate (SwiGLU), 2 without; blank: 3."),
    words("weight_format", "Weights are released in", WeightFormat::VARIANTS)
        .help("Served in it where the precision is left open; blank: bf16."),
    NOTE,
];

pub(super) const GPUS: &[Column] = &[
    name("name", "GPU"),
    text("form", "Form")
        .needed()
        .shown()
        .help("SXM and OAM are bought in eights; “consumer” and “desktop” are left out by auto."),
    number("mem_gb_marketing", "Memory, GB", 1.0, 100_000.0).needed().shown().help("As sold."),
    number("mem_bw_gb_s", "Bandwidth, GB/s", 1.0, 1e6).needed().shown(),
    number("bf16_dense_tflops", "bf16, TFLOPS", 0.1, 1e6).needed().shown().help("Peak without sparsity."),
    usd("usd_hr_neocloud", "Neocloud, $ an hour")
        .shown()
        .help("Rent of one at a specialised GPU cloud. Blank is unknown, 0 is free."),
    usd("usd_hr_hyperscaler", "Hyperscaler, $ an hour")
        .shown()
        .help("Rent of one in your own cloud account."),
    number("purchase_usd_per_gpu", "Purchase, $", 0.0, 1e7)
        .shown()
        .help("One of them with its share of a server."),
    text("vendor", "Vendor").needed().help("NVIDIA or AMD: auto considers no others."),
    number("mem_gib_usable_approx", "Usable memory, GiB", 0.5, 100_000.0)
        .needed()
        .help("What a program can use: an H100 of 80 GB has 79."),
    number("fp8_dense_tflops", "fp8, TFLOPS", 0.1, 1e6).help("Blank: not supported."),
    number("fp4_dense_tflops", "fp4, TFLOPS", 0.1, 1e6).help("Blank: not supported."),
    words("bf16_native", "bf16 is native", &["true", "false"]).needed(),
    text("interconnect", "Link between GPUs")
        .needed()
        .help("NVLink… and Infinity Fabric… join up to 16; else at most 2 work as one."),
    number("tdp_w", "Board power, W", 1.0, 100_000.0).help("Needed where they are bought."),
    count("min_rentable", "Rented in multiples of", 1.0, 1_024.0),
    Column { name: "price_as_of", ..AS_OF },
    Column { name: "spec_note", ..NOTE },
];
