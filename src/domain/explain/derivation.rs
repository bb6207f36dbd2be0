//! How the amounts of a ledger came about, in words with the user's numbers.
//!
//! Nothing is computed here that the cost does not hold: flows with their model, tokens and prices, fleets with their
//! configuration, the terms of the fixed costs.

mod gpus;
mod hosted;
mod line;
mod payment;
mod people;
mod retrieval;
mod tokens;
mod until_ready;

pub use line::Derivation;

use crate::domain::cost::{Costed, Ledger, Offer, Origin, Setting, Variant};

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
    let calls = costed.operation.calls.first();
    derivations.extend(calls.and_then(|calls| payment::of_payment(calls, chosen.own, inputs)));
    derivations.extend(gpus::of_training(costed, chosen.own, inputs));
    derivations.extend(people::of_people(costed, chosen.own, model.own_from, setting));
    let own = setting.with_retrieval(costed.retrieves());
    derivations.extend(own.retrieval().ok().flatten().map(|cost| retrieval::of_retrieval(cost, inputs)));
    if model.errors_per_request.is_some() {
        derivations.push(people::of_errors(setting, costed.strategy));
    }
    derivations.extend(of_offer(setting, costed, chosen.own));
    derivations.extend(gpus::of_own_gpus(&costed.operation, chosen.own, inputs));
    if let (Some(until), Some(before)) = (&costed.until_ready, chosen.before) {
        derivations.extend(until_ready::of_what_serves(until, before, ledger, costed));
    }
    derivations
}

/// The lines of an offer, of which others may be the cheapest at other volumes.
fn of_offer(setting: &Setting, costed: &Costed, variant: &Variant) -> Vec<Derivation> {
    let Origin::Offer(place) = variant.origin else { return Vec::new() };
    let mut derivations = match costed.operation.offers.get(place) {
        Some(Offer::PerToken(calls)) => {
            let flows = variant.flows.iter().map(|flow| tokens::of_flow(calls, flow, setting.inputs));
            flows.chain(payment::of_payment(calls, variant, setting.inputs)).collect()
        }
        Some(Offer::Tuned(offer)) => hosted::of_offer(offer, variant, setting.inputs),
        None => Vec::new(),
    };
    let offers = costed.operation.offers.len();
    if offers > 1 {
        let note = format!("; the cheapest of {offers} offers at this volume");
        derivations.iter_mut().for_each(|derivation| derivation.text += &note);
    }
    derivations
}
