//! How a strategy serves requests, and its cost at any volume: one set of formulas for the ledger and the curves.

use super::fleet::Fleet;
use super::ledger::{Ledger, Line, Lines};
use super::tokens::TokenFlow;
use crate::domain::demand::Months;
use crate::domain::input::GpuBilling;

/// One way to serve: an offer, or a GPU configuration. The cheapest one at the volume in question is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What tells it apart, for show.
    pub label: String,
    /// Calls billed per token.
    pub flows: Vec<TokenFlow>,
    /// Calls served on GPUs billed by time.
    pub fleet: Option<Fleet>,
    /// Costs that do not depend on volume, by ledger month from 0: training, endpoint fees.
    pub fixed: Vec<Lines>,
    /// Index into the hardware choices that it came from, if any.
    pub hardware: Option<usize>,
}

/// The ways to serve among which the cheapest is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// At least one.
    pub variants: Vec<Variant>,
}

/// A volume, and the volume that keeps the caches warm: the same except when a cost is bounded from one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volume {
    /// Requests of month 1.
    pub requests: f64,
    /// Requests of month 1 by which cache hits are reckoned.
    pub cache: f64,
}

impl Volume {
    /// A volume as it is.
    pub const fn exactly(requests: f64) -> Volume {
        Volume { requests, cache: requests }
    }
}

impl Variant {
    /// Add the costs of one month to the lines.
    fn add_month(&self, month: usize, months: &Months, volume: Volume, lines: &mut Lines) {
        let growth = months.growth[month];
        for flow in &self.flows {
            lines.add(Line::Tokens, flow.cost(month, volume.requests * growth, volume.cache * growth));
        }
        if let Some(fleet) = &self.fleet {
            let used = fleet.month(month, volume.requests * sized_growth(fleet, months, month));
            lines.add(Line::ServingCompute, used.compute_usd);
            lines.add(Line::PeopleRun, used.people_usd);
        }
    }

    /// Net present value of a span of months at this volume, the fixed part of the span and of month 0 included.
    fn present_value(&self, span: (usize, usize), months: &Months, volume: Volume) -> f64 {
        let mut sum = self.fixed.first().map_or(0.0, Lines::total);
        for month in span.0..=span.1 {
            let growth = months.growth[month];
            let mut cost = self.fixed.get(month).map_or(0.0, Lines::total);
            for flow in &self.flows {
                cost += flow.cost(month, volume.requests * growth, volume.cache * growth);
            }
            if let Some(fleet) = &self.fleet {
                cost += fleet.cost(month, volume.requests * sized_growth(fleet, months, month));
            }
            sum += cost * months.discount[month];
        }
        sum
    }
}

/// Growth by which a fleet is sized: bought cards do not go away when traffic falls.
fn sized_growth(fleet: &Fleet, months: &Months, month: usize) -> f64 {
    match fleet.billing {
        GpuBilling::Owned => months.peak_growth[month],
        GpuBilling::Autoscaled | GpuBilling::Reserved => months.growth[month],
    }
}

impl Operation {
    /// The cheapest variant over a span of months at this volume; the first one of equals.
    pub fn cheapest(&self, span: (usize, usize), months: &Months, volume: Volume) -> Option<(&Variant, f64)> {
        let mut best: Option<(&Variant, f64)> = None;
        for variant in &self.variants {
            let cost = variant.present_value(span, months, volume);
            if best.is_none_or(|(_, least)| cost < least) {
                best = Some((variant, cost));
            }
        }
        best
    }
}

/// Everything that decides the cost of one strategy, at any volume.
#[derive(Clone, Debug, PartialEq)]
pub struct CostModel {
    /// Costs that depend neither on volume nor on the variant, by ledger month from 0.
    pub fixed: Vec<Lines>,
    /// How it serves from [`CostModel::own_from`] on.
    pub operation: Operation,
    /// How the reference serves until then.
    pub before: Option<Operation>,
    /// First ledger month of its own operation.
    pub own_from: usize,
    /// Retrieval for each request, US dollars.
    pub retrieval_per_request: f64,
    /// Expected cost of wrong answers for each request, US dollars, where quality and cost per error are known.
    pub errors_per_request: Option<f64>,
}

impl CostModel {
    fn own_span(&self, months: &Months) -> (usize, usize) {
        (self.own_from, months.horizon)
    }

    fn before_span(&self) -> (usize, usize) {
        (1, self.own_from.saturating_sub(1))
    }

    /// The variant it serves with at this volume.
    pub fn chosen(&self, months: &Months, requests: f64) -> Option<&Variant> {
        self.operation.cheapest(self.own_span(months), months, Volume::exactly(requests)).map(|(variant, _)| variant)
    }

    /// Net present value of all costs but errors, US dollars.
    pub fn present_value(&self, months: &Months, volume: Volume) -> f64 {
        let own = self.operation.cheapest(self.own_span(months), months, volume).map_or(0.0, |(_, cost)| cost);
        let before = match &self.before {
            Some(operation) if self.own_from > 1 => {
                operation.cheapest(self.before_span(), months, volume).map_or(0.0, |(_, cost)| cost)
            }
            _ => 0.0,
        };
        let fixed = present_value_of(&self.fixed, months);
        fixed + before + own + volume.requests * self.retrieval_per_request * months.discounted_volume()
    }

    /// The ledger at this volume, serving with the given variant.
    pub fn ledger(&self, months: &Months, requests: f64, variant: &Variant) -> Ledger {
        let volume = Volume::exactly(requests);
        let mut ledger = Ledger {
            months: vec![Lines::default(); months.horizon + 1],
            discount: months.discount.clone(),
        };
        let before = self
            .before
            .as_ref()
            .filter(|_| self.own_from > 1)
            .and_then(|operation| operation.cheapest(self.before_span(), months, volume));
        for (month, lines) in ledger.months.iter_mut().enumerate() {
            add_fixed(&self.fixed, month, lines);
            let serving = if month == 0 || month >= self.own_from { Some(variant) } else { before.map(|(v, _)| v) };
            if month == 0 {
                add_fixed(&variant.fixed, 0, lines);
                if let Some((before, _)) = before {
                    add_fixed(&before.fixed, 0, lines);
                }
                continue;
            }
            if let Some(serving) = serving {
                add_fixed(&serving.fixed, month, lines);
                serving.add_month(month, months, volume, lines);
            }
            let requests = requests * months.growth[month];
            lines.add(Line::Retrieval, requests * self.retrieval_per_request);
            if let Some(errors) = self.errors_per_request {
                lines.add(Line::Errors, requests * errors);
            }
        }
        ledger
    }

    /// Lowest and highest present value within an interval of volumes.
    ///
    /// Every cost rises with volume but for the cache, whose hits rise too: the cheap end takes the low volume
    /// with the warm cache, the dear end the high volume with the cold one.
    pub fn bounds(&self, months: &Months, low: f64, high: f64) -> (f64, f64) {
        (
            self.present_value(months, Volume { requests: low, cache: high }),
            self.present_value(months, Volume { requests: high, cache: low }),
        )
    }
}

fn add_fixed(fixed: &[Lines], month: usize, lines: &mut Lines) {
    if let Some(amounts) = fixed.get(month) {
        lines.add_scaled(amounts, 1.0);
    }
}

/// Net present value of fixed amounts by month.
pub fn present_value_of(fixed: &[Lines], months: &Months) -> f64 {
    fixed.iter().zip(&months.discount).map(|(lines, factor)| lines.total() * factor).sum()
}
