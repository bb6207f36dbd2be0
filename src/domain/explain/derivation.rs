//! How the amounts of a ledger came about, in words with the user's numbers.
//!
//! Nothing is computed here that the cost does not hold: flows with their model, tokens and prices, fleets with their
//! configuration, the terms of the fixed costs.

mod gpus;
mod hosted;
mod people;
mod retrieval;
mod tokens;
mod until_ready;

use crate::domain::catalog::Provenance;
use crate::domain::cost::{Costed, Ledger, Line, Offer, Origin, Setting, Variant};

/// How one amount of the ledger came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Which line it explains.
    pub line: Line,
    /// The computation in words with the user's numbers.
    pub text: String,
    /// The formula's name in the method, such as "method §4".
    pub formula: &'static str,
    /// Title, date and confidence of the prices used.
    pub source: String,
}

/// The variants that a strategy serves with at one volume.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// Its own.
    pub own: &'a Variant,
    /// That of the reference, until it is ready.
    pub before: Option<&'a Variant>,
}

/// How all lines of a strategy came about, serving with the chosen variants; nothing where its cost is not known.
pub fn derivations(setting: &Setting, costed: &Costed, chosen: Chosen, ledger: &Ledger) -> Vec<Derivation> {
    let Ok(model) = &costed.model else { return Vec::new() };
    let inputs = setting.inputs;
    let mut derivations = tokens::of_calls(&costed.operation, chosen.own, setting);
    derivations.extend(gpus::of_training(costed, inputs));
    derivations.extend(people::of_people(costed, model.own_from, setting));
    derivations.extend(setting.retrieval().ok().flatten().map(|cost| retrieval::of_retrieval(cost, inputs)));
    if model.errors_per_request.is_some() {
        derivations.push(people::of_errors(costed.strategy, inputs));
    }
    derivations.extend(of_offer(setting, costed, chosen.own));
    derivations.extend(gpus::of_own_gpus(&costed.operation, chosen.own, inputs));
    if let (Some(until), Some(before)) = (&costed.until_ready, chosen.before) {
        derivations.extend(until_ready::of_what_serves(until, before, ledger, model.own_from));
    }
    derivations
}

/// The lines of an offer, of which others may be the cheapest at other volumes.
fn of_offer(setting: &Setting, costed: &Costed, variant: &Variant) -> Vec<Derivation> {
    let Origin::Offer(place) = variant.origin else { return Vec::new() };
    let mut derivations = match costed.operation.offers.get(place) {
        Some(Offer::PerToken(calls)) => {
            variant.flows.iter().map(|flow| tokens::of_flow(calls, flow, setting.inputs)).collect()
        }
        Some(Offer::Tuned(offer)) => hosted::of_offer(offer, variant, setting.inputs),
        None => Vec::new(),
    };
    let offers = costed.operation.variants.len();
    if offers > 1 {
        let note = format!("; the cheapest of {offers} offers at this volume");
        derivations.iter_mut().for_each(|derivation| derivation.text += &note);
    }
    derivations
}

/// Title, date and confidence of a row.
fn provenance(row: &impl Provenance) -> String {
    let as_of = row.as_of().map_or_else(|| "undated".to_owned(), |month| month.to_string());
    format!("{}, {as_of}, {}", row.source(), row.confidence().label())
}

/// A count with thousands separators and no decimals.
fn grouped(number: f64) -> String {
    crate::domain::input::format_number(libm::round(number), crate::domain::input::Unit::Plain(""))
}
