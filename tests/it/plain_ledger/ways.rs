//! The ways in which a strategy can serve, each with its bill of every month; the cheapest is taken (method §2, §4, §5).

use tunewise::domain::catalog::ApiModel;
use tunewise::domain::input::{DataBoundary, GpuBilling, RoutingKind};
use tunewise::domain::strategy::StrategyId;

use super::amounts::Month;
use super::engine::{Hardware, Replica, Training};
use super::hardware;
use super::hosted;
use super::knowledge::Knowledge;
use super::months::Plain;
use super::payment::ways_to_pay;
use super::people;
use super::prices::{self, Path};
use super::tokens::{Call, Called, call_to, month_usd, premium, split, split_retrieves};

/// One way to serve.
pub struct Way {
    /// What it costs to run, by ledger month from 1; index 0 is empty.
    pub running: Vec<Month>,
    /// Ledger months in which a model that it calls retires.
    pub migrations: Vec<usize>,
    /// How it trains, if it does.
    pub training: Train,
}

/// What training costs.
#[derive(Clone, Copy)]
pub enum Train {
    /// It does not train, or on serving cards that are bought anyway.
    Nothing,
    /// So many US dollars for each run, and so many runs the first time.
    Runs { usd: f64, first: f64, drift: bool },
    /// Cards bought for it, US dollars a month.
    Cards { usd_per_month: f64 },
}

/// Every way of a strategy.
pub fn ways(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    found: &Hardware,
) -> Result<Vec<Way>, String> {
    let models = &plain.inputs.models;
    match id {
        StrategyId::Prompt | StrategyId::Rag => {
            single(plain, knowledge, row(plain, &models.api_model)?, Called::Large)
        }
        StrategyId::PromptSmall => {
            single(plain, knowledge, row(plain, &models.small_api_model)?, Called::Small)
        }
        StrategyId::Route => Ok(vec![routed(plain, knowledge)?]),
        StrategyId::OpenManaged => managed(plain, knowledge),
        StrategyId::HostedTune => Err("hosted tuning depends on its cut-over".to_owned()),
        _ => Ok(vec![own_cards(plain, knowledge, id, found)?]),
    }
}

/// The same with hosted tuning, whose offers must be open at the cut-over.
pub fn ways_from(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    found: &Hardware,
    own_from: usize,
) -> Result<Vec<Way>, String> {
    match id {
        StrategyId::HostedTune => hosted::ways(plain, knowledge, found, own_from),
        _ if !are_enough_cards(plain, id, found, own_from) => Err("there are too few cards".to_owned()),
        _ => ways(plain, knowledge, id, found),
    }
}

/// Whether no month of its own operation takes more cards than there are, those bought for training included.
fn are_enough_cards(plain: &Plain, id: StrategyId, found: &Hardware, own_from: usize) -> bool {
    let (Some(most), Some(replica)) = (plain.inputs.models.gpus_at_most, &found.replica) else { return true };
    let to_train = match &found.training {
        Some(training) if hardware::billing(plain) == GpuBilling::Owned && found.buys_to_train => {
            hardware::bought_for_training(plain, training)
        }
        _ => 0.0,
    };
    let replica = &copied(plain, id, replica);
    let enough =
        |month| hardware::used_in(plain, replica, own_share(plain, id), month).cards + to_train <= most;
    (own_from..=plain.horizon()).all(enough)
}

/// Tasks share the cards, unless each has all weights of its own (method §4: adapters of one base share its GPUs).
fn copied(plain: &Plain, id: StrategyId, replica: &Replica) -> Replica {
    let copies = if id == StrategyId::Full { plain.inputs.work.tasks } else { 1.0 };
    Replica { copies, ..replica.clone() }
}

/// The share of the calls that own cards serve.
fn own_share(plain: &Plain, id: StrategyId) -> f64 {
    let work = &plain.inputs.work;
    match id {
        StrategyId::LoraRoute => work.task_share.unwrap_or(1.0 - work.hard_share),
        _ => 1.0,
    }
}

fn row<'a>(plain: &Plain<'a>, id: &str) -> Result<&'a ApiModel, String> {
    plain.catalog.api_models.iter().find(|row| row.model_id == id).ok_or(format!("no such model: {id}"))
}

/// Whether the boundary lets a provider among those allowed see the data: contracted ones only, where that is asked.
pub fn has_contract(plain: &Plain, provider: &str) -> bool {
    let rules = &plain.inputs.constraints;
    rules.data_boundary != DataBoundary::Contract
        || rules.contracted_providers.iter().any(|it| it == provider)
}

/// The price path of a model that may be called: a contract where one is needed, a call within its limits, not yet gone.
fn callable(plain: &Plain, row: &ApiModel, call: &Call) -> Result<Path, String> {
    if row.max_input_tokens.is_some_and(|most| call.longest() > most)
        || row.max_output_tokens.is_some_and(|most| call.output > most)
    {
        return Err(format!("a call is too long for {}", row.model_id));
    }
    if !has_contract(plain, &row.provider) {
        return Err(format!("no contract with {}", row.provider));
    }
    if prices::is_gone(plain, row) {
        return Err(format!("{} is gone", row.model_id));
    }
    prices::path(plain, row)
}

/// Calls to one model of a provider, a share of all calls.
struct Calls {
    call: Call,
    path: Path,
    share: f64,
}

impl Calls {
    fn usd(&self, plain: &Plain, month: usize) -> f64 {
        let calls = plain.requests(month) * plain.calls_per_request() * self.share;
        month_usd(plain, &self.call, &self.path.price[month], calls)
    }
}

fn calls_to(
    plain: &Plain,
    knowledge: &Knowledge,
    row: &ApiModel,
    model: Called,
    share: f64,
) -> Result<Calls, String> {
    let mut call = call_to(plain, knowledge, model);
    // What was measured speaks for today's model and a prompt that brings knowledge in alike.
    let is_alike = plain.inputs.data.knowledge_tokens == 0.0 || knowledge.retrieves == split_retrieves(plain);
    call.split = split(plain).filter(|_| is_alike && row.model_id == plain.inputs.models.api_model);
    Ok(Calls { path: callable(plain, row, &call)?, call, share })
}

fn single(plain: &Plain, knowledge: &Knowledge, row: &ApiModel, model: Called) -> Result<Vec<Way>, String> {
    let all = calls_to(plain, knowledge, row, model, 1.0)?;
    let mut way = no_cost(plain);
    for month in 1..=plain.horizon() {
        way.running[month].tokens = all.usd(plain, month);
    }
    way.migrations.clone_from(&all.path.migrations);
    Ok(ways_to_pay(plain, row, &all.call, &all.path, way))
}

fn no_cost(plain: &Plain) -> Way {
    Way {
        running: vec![Month::default(); plain.horizon() + 1],
        migrations: Vec::new(),
        training: Train::Nothing,
    }
}

/// κ: the classifier's or verifier's tokens at the small model's input price, on every request (method §4, §15).
fn classifier(plain: &Plain) -> Result<Vec<f64>, String> {
    let path = prices::path(plain, row(plain, &plain.inputs.models.small_api_model)?)?;
    let tokens = plain.inputs.work.classifier_tokens;
    Ok(path.price.iter().map(|price| tokens * price.input * premium(plain, price) / 1e6).collect())
}

/// Predictive: `(1−s)` small, `s` large. Cascade: all small, the escalated `s` large as well (method §4).
fn routed(plain: &Plain, knowledge: &Knowledge) -> Result<Way, String> {
    let models = &plain.inputs.models;
    let s = plain.inputs.work.hard_share;
    let small_share = if plain.inputs.work.routing == RoutingKind::Cascade { 1.0 } else { 1.0 - s };
    let large = calls_to(plain, knowledge, row(plain, &models.api_model)?, Called::Large, s)?;
    let small = calls_to(plain, knowledge, row(plain, &models.small_api_model)?, Called::Small, small_share)?;
    let kappa = classifier(plain)?;
    let mut way = no_cost(plain);
    for month in 1..=plain.horizon() {
        way.running[month].tokens =
            large.usd(plain, month) + small.usd(plain, month) + plain.requests(month) * kappa[month];
    }
    way.migrations = [large.path.migrations, small.path.migrations].concat();
    Ok(way)
}

/// Every offer of exactly these open weights that may be used and whose prices are known.
fn managed(plain: &Plain, knowledge: &Knowledge) -> Result<Vec<Way>, String> {
    let models = &plain.inputs.models;
    let mut ways = Vec::new();
    let mut why = "nobody offers it per token".to_owned();
    for row in &plain.catalog.api_models {
        let serves_it = row.open_model.as_deref() == Some(models.open_model.as_str());
        let is_wanted = models.managed_offer == "auto" || models.managed_offer == row.model_id;
        if !serves_it || !is_wanted {
            continue;
        }
        match single(plain, knowledge, row, Called::Open) {
            Ok(of_row) => ways.extend(of_row),
            Err(other) => why = other,
        }
    }
    if ways.is_empty() { Err(why) } else { Ok(ways) }
}

/// Own cards serve all, or the tuned model its task and the API model the rest (method §2, rule H3).
fn own_cards(plain: &Plain, knowledge: &Knowledge, id: StrategyId, found: &Hardware) -> Result<Way, String> {
    let replica = found.replica.as_ref().ok_or("the engine found no cards")?;
    let replica = &copied(plain, id, replica);
    let own_share = own_share(plain, id);
    let mut way = no_cost(plain);
    for month in 1..=plain.horizon() {
        way.running[month] = hardware::month(plain, replica, own_share, month);
    }
    if id == StrategyId::LoraRoute {
        let large = row(plain, &plain.inputs.models.api_model)?;
        let rest = calls_to(plain, knowledge, large, Called::Large, 1.0 - own_share)?;
        let kappa = classifier(plain)?;
        for month in 1..=plain.horizon() {
            way.running[month].tokens = rest.usd(plain, month) + plain.requests(month) * kappa[month];
        }
        way.migrations = rest.path.migrations;
    }
    if let Some(training) = &found.training {
        way.training = train(plain, knowledge, id, found, training);
    }
    Ok(way)
}

/// GPU-hours × the hour of the card that trains, × experiments the first time, once from scratch (method §5). Cards
/// that are bought and can train do so for nothing; cards bought for training are paid as such.
fn train(
    plain: &Plain,
    knowledge: &Knowledge,
    id: StrategyId,
    found: &Hardware,
    training: &Training,
) -> Train {
    if hardware::billing(plain) == GpuBilling::Owned {
        return match found.buys_to_train {
            true => Train::Cards {
                usd_per_month: hardware::bought_for_training_usd(
                    plain,
                    training,
                    people::today(plain) == Some(id),
                ),
            },
            false => Train::Nothing,
        };
    }
    let hour = hardware::hour_usd(plain, hardware::gpu(plain, &training.gpu)).unwrap();
    let mut first = if id == StrategyId::Custom { 1.0 } else { plain.inputs.team.experiments };
    if id == StrategyId::Full && people::continues_pretraining(plain) {
        first += 1.5 * runs_of_text(plain, knowledge);
    }
    Train::Runs { usd: training.gpu_hours * hour, first, drift: true }
}

/// Tokens of the text on which the base goes on pretraining, in tuning runs: a run is max(have, needed) examples as long
/// as a call, × epochs, and of the validation set the forward pass, 2 of 6 operations (method §5).
fn runs_of_text(plain: &Plain, knowledge: &Knowledge) -> f64 {
    let call = call_to(plain, knowledge, Called::Tuned);
    let examples = people::labels_needed(plain, StrategyId::Full).max(plain.inputs.data.labels);
    let tokens = examples * (call.input() + call.output) * plain.inputs.team.epochs;
    let validation = plain.inputs.data.validation_share * 2.0 / 6.0;
    plain.inputs.data.pretraining_tokens / (tokens * (1.0 + validation))
}
