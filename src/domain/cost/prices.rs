//! The price of a model over calendar time: announced changes, retirements, migrations (method §4).

use super::rates::TokenPrices;
use crate::domain::case::Case;
use crate::domain::catalog::{ApiModel, Catalog, model_name};
use crate::domain::input::Inputs;
use crate::domain::units::{Date, YearMonth};
use crate::domain::workload::{Months, whole_months};

/// Prices of a model line by ledger month, with the months in which its users must migrate.
#[derive(Clone, Debug, PartialEq)]
pub struct PricePath {
    /// Prices by ledger month; index 0 repeats month 1.
    pub months: Vec<TokenPrices>,
    /// Ledger months in which the model retires and its users move on.
    pub migrations: Vec<usize>,
    /// What happens in those months.
    pub events: Vec<PriceEvent>,
}

/// What makes users of a model line migrate.
#[derive(Clone, Debug, PartialEq)]
pub enum PriceEvent {
    /// The model retires on an announced day, and its named successor takes over.
    Takeover {
        /// Ledger month.
        month: usize,
        /// Id of the model.
        model: String,
        /// The day.
        retires_on: Date,
        /// Id of the successor.
        successor: String,
    },
    /// The line is taken to retire although nobody announced it.
    TakenToRetire {
        /// Ledger month.
        month: usize,
        /// Share of today's price that its successor costs.
        price_share: f64,
    },
}

/// Follow a model and its successors through the horizon.
///
/// A model keeps its list price, with its announced changes, until it retires: on the announced date, or
/// every `migration_interval` months where none is announced. At an announced retirement its named
/// successor takes over at its own list price; at an unannounced one the price falls by the yearly decline. Month by
/// month it follows the continuous decline, if one is stated.
/// Prices that the user states for the API model stand in place of its list, announced changes included.
///
/// # Errors
/// A sentence, if the cost cannot be known: no output price, or a retirement without a successor.
pub fn price_path(row: &ApiModel, months: &Months, case: &Case) -> Result<PricePath, String> {
    price_path_until(row, months, months.horizon, case)
}

/// As [`price_path`], where prices after a ledger month need not be known: the last known ones stand for them.
///
/// # Errors
/// A sentence, if a cost up to that month cannot be known.
pub fn price_path_until(
    row: &ApiModel,
    months: &Months,
    until: usize,
    case: &Case,
) -> Result<PricePath, String> {
    let path = known_path(row, months, until, case)?;
    let last = path.months.last().cloned().ok_or_else(|| "no months to price".to_owned())?;
    let first = path.months.first().cloned().unwrap_or_else(|| last.clone());
    let mut all = vec![first];
    all.extend(path.months);
    all.resize(months.horizon + 1, last);
    Ok(PricePath { months: all, ..path })
}

/// The path from month 1 on, as far as prices are known, at least to a month.
fn known_path(row: &ApiModel, months: &Months, until: usize, case: &Case) -> Result<PricePath, String> {
    let economics = &case.inputs.economics;
    let catalog = &case.catalog;
    let interval = whole_months(economics.migration_interval);
    let mut model = row;
    let changes = |model: &ApiModel| catalog.price_changes_of(&model.model_id).next().is_some();
    let mut decline = 1.0;
    let mut known = None;
    let mut takeovers = 0;
    let mut next_unannounced = interval;
    let mut path = PricePath {
        months: Vec::with_capacity(months.horizon + 1),
        migrations: Vec::new(),
        events: Vec::new(),
    };
    for month in months.running() {
        let calendar = months.calendar(month);
        while let Some(date) = model.retires_on.filter(|date| date.year_month() <= calendar) {
            let successor = model.successor_model_id.as_deref().and_then(|id| catalog.api_model(id));
            let Some(successor) = successor else {
                if month > until {
                    return Ok(path);
                }
                return Err(format!(
                    "{} retires on {} and no successor is named: its cost after that is unknown",
                    model_name(&model.model_id),
                    date.words()
                ));
            };
            path.events.push(PriceEvent::Takeover {
                month,
                model: model.model_id.clone(),
                retires_on: date,
                successor: successor.model_id.clone(),
            });
            if path.migrations.last() != Some(&month) {
                path.migrations.push(month);
            }
            // Rows of a user or a policy may name each other.
            takeovers += 1;
            if takeovers > catalog.api_models.len() {
                return Err(format!(
                    "the successors of {} lead back to one that has retired: its cost after that is unknown",
                    model_name(&row.model_id)
                ));
            }
            model = successor;
            known = None;
            next_unannounced = month + interval;
        }
        if model.retires_on.is_none() && month == next_unannounced && month < months.horizon {
            decline = libm::pow(1.0 - economics.api_price_decline, month as f64 / 12.0);
            path.migrations.push(month);
            path.events.push(PriceEvent::TakenToRetire { month, price_share: decline });
            next_unannounced = month + interval;
        }
        // The price of most models is the same in every month, and looked up once.
        if known.is_none() || changes(model) {
            known = priced_in(model, calendar, case);
        }
        let prices = match &known {
            Some(prices) => prices,
            None if month > until => return Ok(path),
            None => return Err(format!("{} has no known output price", model_name(&model.model_id))),
        };
        path.months.push(prices.times(decline * drift(month, &case.inputs)));
    }
    Ok(path)
}

/// Factor on the price of a given model in a ledger month.
///
/// ```text
/// (1 − δ)^((m − 1) / 12)      δ the continuous decline a year
/// ```
/// Source: method §4.
pub fn drift(month: usize, inputs: &Inputs) -> f64 {
    let decline = inputs.economics.api_price_drift;
    let years = (month.max(1) as f64 - 1.0) / 12.0;
    if decline == 0.0 { 1.0 } else { libm::pow(1.0 - decline, years) }
}

/// The day on which a model retired, if that lies before the first month.
pub fn retired_before(row: &ApiModel, months: &Months) -> Option<Date> {
    row.retires_on.filter(|date| date.year_month() < months.start)
}

/// Whether the user states a price of this model.
pub fn has_own_price(row: &ApiModel, inputs: &Inputs) -> bool {
    let models = &inputs.models;
    let stated = models.api_input_price.is_some() || models.api_output_price.is_some();
    stated && row.model_id == models.api_model
}

/// Prices in a calendar month: what the user states, else the list.
pub fn priced_in(row: &ApiModel, calendar: YearMonth, case: &Case) -> Option<TokenPrices> {
    let inputs = &case.inputs;
    let listed = listed_prices(row, calendar, &case.catalog);
    if !has_own_price(row, inputs) {
        return listed;
    }
    let (input, output) = (inputs.models.api_input_price, inputs.models.api_output_price);
    let at_own_output = || Some(with_changes(TokenPrices::at(row, output?), row, calendar, &case.catalog));
    let mut prices = listed.or_else(at_own_output)?;
    if let Some(input) = input {
        prices = prices.times_each(ratio(input, prices.base.input), 1.0);
        prices.base.input = input;
    }
    if let Some(output) = output {
        prices = prices.times_each(1.0, ratio(output, prices.base.output));
        prices.base.output = output;
    }
    Some(prices)
}

/// List prices in a calendar month: the row, with the latest announced change that is in force.
pub fn listed_prices(row: &ApiModel, calendar: YearMonth, catalog: &Catalog) -> Option<TokenPrices> {
    Some(with_changes(TokenPrices::of(row)?, row, calendar, catalog))
}

/// Prices of a row with the latest announced change that is in force in a calendar month.
fn with_changes(
    mut prices: TokenPrices,
    row: &ApiModel,
    calendar: YearMonth,
    catalog: &Catalog,
) -> TokenPrices {
    let in_force = catalog
        .price_changes_of(&row.model_id)
        .filter(|change| change.valid_from.is_some_and(|date| date.year_month() <= calendar))
        .max_by_key(|change| change.valid_from);
    if let Some(change) = in_force {
        let before = prices.base;
        // A change names input, cached input and output; what it does not name moves with the input price.
        let input = ratio(change.input_usd_per_m, before.input);
        let cached = change.cached_input_usd_per_m.or(before.cached);
        let of_cached = cached.zip(before.cached).map(|(now, then)| ratio(now, then));
        prices = prices.times_each(input, ratio(change.output_usd_per_m, before.output));
        if let Some(of_cached) = of_cached.filter(|_| input > 0.0) {
            prices.change_listed(|rates| rates.cached = rates.cached.map(|usd| usd / input * of_cached));
        }
        prices.base.input = change.input_usd_per_m;
        prices.base.cached = cached;
        prices.base.output = change.output_usd_per_m;
    }
    prices
}

/// A price against another; one where that is zero.
fn ratio(now: f64, before: f64) -> f64 {
    if before > 0.0 { now / before } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(id: &str) -> Result<PricePath, String> {
        let case = Case::default();
        price_path(Catalog::builtin().api_model(id).unwrap(), &Months::of(&case.inputs), &case)
    }

    #[test]
    fn an_announced_change_applies_from_its_month() {
        let mut case = Case::default();
        case.inputs.economics.start = YearMonth { year: 2026, month: 11 };
        let row = Catalog::builtin().api_model("gemini/gemini-3.8-flash").unwrap();
        let path = price_path(row, &Months::of(&case.inputs), &case).unwrap();
        assert_eq!((path.months[2].base.input, path.months[2].base.output), (0.75, 3.75));
        assert_eq!((path.months[3].base.input, path.months[3].base.output), (1.5, 7.5));
        assert_eq!(path.months[3].base.cached, Some(0.15));
    }

    #[test]
    fn a_retiring_model_hands_over_to_its_successor_and_pays_a_migration() {
        let path = path("gpt-5").unwrap();
        assert_eq!(path.migrations, [1, 19]);
        assert_eq!(path.months[1].base.input, 2.0, "gpt-6.1-sol takes over in December 2026");
    }

    #[test]
    fn a_successor_costs_what_it_lists_then_announced_changes_included() {
        let path = path("gemini/gemini-2.5-pro").unwrap();
        // gemini-3.8-flash takes over in December 2026; its introductory price ends with the year.
        assert_eq!(path.migrations[0], 1);
        assert_eq!((path.months[1].base.input, path.months[2].base.input), (0.75, 1.5));
    }

    #[test]
    fn a_retirement_without_successor_makes_the_cost_unknown() {
        for id in ["gpt-5.4-nano", "mistral/mistral-large-2512", "mistral/mistral-medium-3-5"] {
            assert!(path(id).unwrap_err().contains("unknown"), "{id}");
        }
    }

    #[test]
    fn a_successor_without_a_price_is_unknown_only_where_it_is_paid() {
        let mut case = Case::default();
        let mut tables = (*case.catalog).clone();
        let successor = tables.api_models.iter_mut().find(|row| row.model_id == "gpt-6.1-sol").unwrap();
        successor.output_usd_per_m = None;
        case.catalog = std::sync::Arc::new(tables);
        let months = Months::of(&case.inputs);
        let row = ApiModel {
            retires_on: Some(Date { year: months.calendar(6).year, month: months.calendar(6).month, day: 1 }),
            successor_model_id: Some("gpt-6.1-sol".to_owned()),
            ..Catalog::builtin().api_model("gpt-6-luna").unwrap().clone()
        };
        let path = price_path_until(&row, &months, 5, &case).unwrap();
        assert!(path.months.len() == 25 && path.months.iter().all(|prices| prices.base.output == 0.5));
        assert!(price_path_until(&row, &months, 6, &case).is_err());
    }

    #[test]
    fn an_announced_change_of_input_holds_where_only_the_output_price_is_the_users() {
        let mut case = Case::default();
        let inputs = &mut case.inputs;
        "gemini/gemini-3.8-flash".clone_into(&mut inputs.models.api_model);
        inputs.models.api_output_price = Some(3.0);
        let listed = Catalog::builtin().api_model("gemini/gemini-3.8-flash").unwrap();
        for output_usd_per_m in [listed.output_usd_per_m, None] {
            let row = ApiModel { output_usd_per_m, ..listed.clone() };
            let path = price_path(&row, &Months::of(&case.inputs), &case).unwrap();
            assert_eq!((path.months[1].base.input, path.months[1].base.output), (0.75, 3.0));
            assert_eq!((path.months[2].base.input, path.months[2].base.output), (1.5, 3.0));
        }
    }

    #[test]
    fn the_decline_takes_effect_only_at_a_migration() {
        let path = path("gpt-6.1-sol").unwrap();
        assert_eq!(path.migrations, [18]);
        assert_eq!(path.months[17].base.input, 2.0);
        assert!((path.months[18].base.input - 2.0 * libm::pow(0.8, 1.5)).abs() < 1e-12);
    }
}
