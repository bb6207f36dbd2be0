//! Calls to models of providers, billed per token: alone, routed, and by offers of open weights (method §4).

use std::sync::Arc;

use super::fixed::migration_costs;
use super::model::{Origin, Variant};
use super::operation::{ModelCalls, Offer, Operation};
use super::payment::ways_to_pay;
use super::prices::{PricePath, retired_before};
use super::rates::TokenPrices;
use super::service::Service;
use super::session::SessionUses;
use super::setting::{Setting, Unpriced};
use super::tokens::{CallPrice, TokenFlow};
use crate::domain::catalog::ApiModel;
use crate::domain::input::RoutingKind;
use crate::domain::strategy::{Exclusion, ModelRole, Strategy};
use crate::domain::workload::{Caching, CallTokens, MeasuredSplit};

const MILLION: f64 = 1e6;

/// Calls to one model with what they cost.
pub struct PricedCalls<'a> {
    /// The calls.
    pub calls: ModelCalls<'a>,
    /// What they cost, month by month.
    pub flow: TokenFlow,
}

/// Calls to a chat model, `share` of all calls of a request.
///
/// # Errors
/// Why it cannot be used or priced.
pub fn priced_calls<'a>(
    setting: &Setting<'a>,
    row: &'a ApiModel,
    tokens: CallTokens,
    share: f64,
) -> Result<PricedCalls<'a>, Unpriced> {
    check_limits(row, &tokens)?;
    setting.check_provider(&row.provider)?;
    if let Some(date) = retired_before(row, &setting.months) {
        return Err(Exclusion::Retired { model: row.model_id.clone(), date }.into());
    }
    let prices = setting.price_path(row).map_err(Unpriced::Unknown)?;
    let split = setting.measured_split(row);
    let called = Called { tokens: &tokens, split: split.as_ref() };
    let flow = token_flow(setting, &prices, &called, setting.calls_per_request * share);
    Ok(PricedCalls { calls: ModelCalls { row, tokens, split, prices }, flow })
}

/// Two things that a strategy needs both.
///
/// # Errors
/// Why one of them is impossible, before what is not known of the other: no price would help.
pub fn both<A, B>(a: Result<A, Unpriced>, b: Result<B, Unpriced>) -> Result<(A, B), Unpriced> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Unpriced::Unknown(_)), Err(why @ Unpriced::Impossible(_))) => Err(why),
        (Err(why), _) | (_, Err(why)) => Err(why),
    }
}

/// What one call carries: as reckoned, and as measured where that speaks for it.
pub struct Called<'a> {
    /// The tokens of the mean call.
    pub tokens: &'a CallTokens,
    /// Its measured split.
    pub split: Option<&'a MeasuredSplit>,
}

/// What calls cost at the prices of each month.
pub fn token_flow(
    setting: &Setting,
    prices: &PricePath,
    called: &Called,
    calls_per_request: f64,
) -> TokenFlow {
    let service = Service::of(setting.inputs);
    let caching = Caching::of(setting.inputs);
    // A session of hundreds of calls is followed once, and priced in each month.
    let mut session: Option<(&TokenPrices, SessionUses)> = None;
    let mut priced = |prices| match called.split {
        Some(split) => CallPrice::of_split(split, prices, &service),
        None => {
            let known = session.take().filter(|(before, _)| prices.has_lengths_of(before));
            let followed = || (prices, SessionUses::of(called.tokens, prices, &caching));
            let (_, uses) = session.insert(known.unwrap_or_else(followed));
            CallPrice::of_session(uses, prices, &caching, &service)
        }
    };
    let mut price: Vec<CallPrice> = Vec::with_capacity(prices.months.len());
    for (month, of_month) in prices.months.iter().enumerate() {
        let same = month > 0 && prices.months.get(month - 1) == Some(of_month);
        match price.last().copied().filter(|_| same) {
            Some(before) => price.push(before),
            None => price.push(priced(of_month)),
        }
    }
    TokenFlow::new(calls_per_request, price, caching)
}

/// One API model serves all.
///
/// # Errors
/// Why it cannot be used or priced.
pub fn single_api<'a>(setting: &Setting<'a>, strategy: &Strategy) -> Result<Operation<'a>, Unpriced> {
    let (row, tokens) = match strategy.model {
        ModelRole::SmallApi => (setting.small_api_model()?, setting.small_tokens()),
        _ => (setting.api_model()?, setting.api_tokens()),
    };
    let PricedCalls { calls, flow } = priced_calls(setting, row, tokens, 1.0)?;
    let per_token = Variant::per_token(Arc::new([flow]), Origin::Calls);
    Ok(Operation {
        variants: ways_to_pay(setting, &calls, per_token).into(),
        migrations: calls.prices.migrations.clone(),
        calls: vec![calls],
        ..Operation::default()
    })
}

/// Routing between the large and the small API model (method §4).
///
/// # Errors
/// Why one of them cannot be used or priced.
pub fn routed<'a>(setting: &Setting<'a>) -> Result<Operation<'a>, Unpriced> {
    let hard = setting.inputs.work.hard_share;
    let small_share = match setting.inputs.work.routing {
        RoutingKind::Predictive => 1.0 - hard,
        RoutingKind::Cascade => 1.0,
    };
    let large = priced_calls(setting, setting.api_model()?, setting.api_tokens(), hard);
    let small = priced_calls(setting, setting.small_api_model()?, setting.small_tokens(), small_share);
    let (large, small) = both(large, small)?;
    let classifier = classifier_flow(setting)?;
    let migrations = [&large, &small].into_iter().flat_map(|it| it.calls.prices.migrations.clone());
    Ok(Operation {
        migrations: migrations.collect(),
        variants: Arc::new([Variant::per_token(
            Arc::new([large.flow, small.flow, classifier]),
            Origin::Calls,
        )]),
        calls: vec![large.calls, small.calls],
        has_classifier: true,
        ..Operation::default()
    })
}

/// The classifier or verifier: its tokens at the small model's input price, once for each request.
///
/// # Errors
/// Why the small model has no price.
pub fn classifier_flow(setting: &Setting) -> Result<TokenFlow, Unpriced> {
    let path = setting.price_path(setting.small_api_model()?).map_err(Unpriced::Unknown)?;
    let tokens = setting.inputs.work.classifier_tokens;
    let service = Service::of(setting.inputs);
    let usd = |prices: &TokenPrices| tokens * prices.base.input / MILLION * service.factor_at_once(prices);
    let price = path.months.iter().map(|prices| CallPrice::flat(usd(prices))).collect();
    Ok(TokenFlow::new(1.0, price, Caching::NONE))
}

/// Offers of exactly these open weights at inference providers, per token, each with the migrations of its own row.
///
/// # Errors
/// Why none can be used or priced.
pub fn managed_open<'a>(setting: &Setting<'a>, own_from: usize) -> Result<Operation<'a>, Unpriced> {
    let wanted = &setting.inputs.models.managed_offer;
    let open = setting.inputs.models.open_model.as_str();
    let rows = setting.case.catalog.api_models.iter();
    let offers: Vec<&ApiModel> = rows
        .filter(|row| row.open_model.as_deref() == Some(open))
        .filter(|row| wanted == "auto" || row.model_id == *wanted)
        .collect();
    if offers.is_empty() {
        return Err(Exclusion::NoOfferPerToken { model: open.to_owned() }.into());
    }
    let mut operation = Operation::default();
    let mut variants = Vec::with_capacity(offers.len());
    let mut refusal = None;
    for row in offers {
        match priced_calls(setting, row, setting.open_tokens(), 1.0) {
            Ok(PricedCalls { calls, flow }) => {
                let migrations = &calls.prices.migrations;
                let costs = migration_costs(migrations, own_from, &setting.months, setting.inputs);
                let origin = Origin::Offer(operation.offers.len());
                let per_token = Variant {
                    fixed: costs.all.into(),
                    occasional: costs.occasional.into(),
                    migrations: migrations.as_slice().into(),
                    ..Variant::per_token(Arc::new([flow]), origin)
                };
                variants.extend(ways_to_pay(setting, &calls, per_token));
                operation.offers.push(Offer::PerToken(calls));
            }
            Err(reason) => refusal = Some(reason),
        }
    }
    match refusal {
        Some(reason) if variants.is_empty() => Err(reason),
        _ => Ok(Operation { variants: variants.into(), ..operation }),
    }
}

/// Whether a call fits the limits of an API model.
///
/// # Errors
/// Which limit it passes.
pub(super) fn check_limits(row: &ApiModel, tokens: &CallTokens) -> Result<(), Exclusion> {
    let model = || row.model_id.clone();
    if let Some(limit) = row.max_input_tokens.filter(|limit| tokens.longest_input() > *limit) {
        return Err(Exclusion::InputTooLong { model: model(), limit, tokens: tokens.longest_input() });
    }
    if let Some(limit) = row.max_output_tokens.filter(|limit| tokens.output > *limit) {
        return Err(Exclusion::OutputTooLong { model: model(), limit, tokens: tokens.output });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::Case;
    use crate::domain::cost::{Costed, Curve, Line};
    use crate::domain::input::Inputs;
    use crate::domain::strategy::StrategyId;

    #[test]
    fn what_is_impossible_is_said_before_what_is_not_known() {
        let mut case = Case::default();
        let mut tables = (*case.catalog).clone();
        let Inputs { models, .. } = &case.inputs;
        for row in &mut tables.api_models {
            // The large model goes within the horizon, and nobody knows to what; the small one is gone.
            let gone = [(&models.api_model, "2027-12-31"), (&models.small_api_model, "2026-01-31")];
            if let Some((_, date)) = gone.into_iter().find(|(id, _)| **id == row.model_id) {
                (row.retires_on, row.successor_model_id) = (date.parse().ok(), None);
            }
        }
        case.catalog = Arc::new(tables);
        let setting = Setting::new(&case);
        let model = |id: StrategyId| Costed::of(&setting, id.strategy(), None).model;
        assert!(matches!(model(StrategyId::Prompt), Err(Unpriced::Unknown(_))));
        assert!(matches!(model(StrategyId::Route), Err(Unpriced::Impossible(_))));
    }

    #[test]
    fn the_chosen_offer_pays_its_own_migrations_and_not_those_of_the_last_one() {
        let mut case = Case::default();
        let mut tables = (*case.catalog).clone();
        let offers = |row: &&mut ApiModel| row.open_model.as_deref() == Some("gpt-oss-120b");
        let last = tables.api_models.iter_mut().filter(offers).last().unwrap();
        let (last, retires_on) = (last.model_id.clone(), "2027-05-31".parse().ok());
        for row in tables.api_models.iter_mut().filter(offers).filter(|row| row.model_id != last) {
            (row.retires_on, row.successor_model_id) = (retires_on, Some(last.clone()));
            (row.input_usd_per_m, row.output_usd_per_m) = (0.0, Some(0.0));
        }
        case.catalog = Arc::new(tables);
        let setting = Setting::new(&case);
        let costed = Costed::of(&setting, StrategyId::OpenManaged.strategy(), None);
        let curve = Curve::new(costed.model.as_ref().unwrap(), &setting.months);
        let point = curve.point(1e7);
        let ledger = curve.ledger(&point).unwrap();
        let chosen = costed.operation.migrations_of(curve.chosen(&point).unwrap());
        assert_eq!(chosen, [6], "what is free until May hands over then");
        let upkeep = ledger.months[1].get(Line::PeopleRun);
        let more = |month: usize| ledger.months[month].get(Line::PeopleRun) - upkeep;
        assert_eq!((more(6), more(18)), (2_400.0, 0.0));
    }
}
