//! How a strategy serves requests: its variants, and its ledger at one volume.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::fleet::Fleet;
use super::ledger::{Ledger, Line, Lines};
use super::tokens::TokenFlow;
use crate::domain::input::{ApiPayment, GpuBilling};
use crate::domain::workload::Months;

/// One way to serve: an offer, or a GPU configuration. The cheapest one at the volume in question is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Calls billed per token; shared as the fixed costs are.
    pub flows: Arc<[TokenFlow]>,
    /// Calls served on GPUs billed by time.
    pub fleet: Option<Fleet>,
    /// Costs that do not depend on volume, by ledger month from 0: training, endpoint fees, migrations of an offer. Shared, since all
    /// GPU configurations of a strategy mostly have the same.
    pub fixed: Arc<[Lines]>,
    /// What of them is paid once in a while: retrains, migrations of an offer.
    pub occasional: Arc<[Lines]>,
    /// Ledger months in which a model retires that only this variant calls; shared.
    pub migrations: Arc<[usize]>,
    /// What of them recovers, each month, the purchase of cards that only training needs, US dollars.
    pub training_capital: Arc<[f64]>,
    /// What it comes from.
    pub origin: Origin,
    /// How the model of a provider is paid that it calls.
    pub paid_by: PaidBy,
    /// Purchase of cards that only training needs, US dollars.
    pub training_purchase_usd: f64,
}

/// What a variant comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Calls to the chosen models: there is no other way to serve.
    Calls,
    /// An offer of a provider, by its place among the offers of the operation.
    Offer(usize),
    /// A GPU configuration, by its place among the options of the operation.
    Option(usize),
}

/// How a model of a provider is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaidBy {
    /// Per token, in service tiers.
    #[default]
    Tokens,
    /// By units of provisioned throughput.
    Provisioned,
    /// By seats.
    Seats,
}

impl PaidBy {
    /// Key in results.
    pub const fn key(self) -> &'static str {
        match self {
            PaidBy::Tokens => ApiPayment::Tokens.id(),
            PaidBy::Provisioned => ApiPayment::Provisioned.id(),
            PaidBy::Seats => ApiPayment::Seats.id(),
        }
    }
}

impl Variant {
    /// A variant that is billed per token only.
    pub fn per_token(flows: Arc<[TokenFlow]>, origin: Origin) -> Variant {
        Variant {
            flows,
            fleet: None,
            fixed: Arc::default(),
            occasional: Arc::default(),
            migrations: Arc::default(),
            training_capital: Arc::default(),
            origin,
            paid_by: PaidBy::Tokens,
            training_purchase_usd: 0.0,
        }
    }

    /// Add the costs of one month of serving to a ledger.
    fn add_month(&self, month: usize, months: &Months, requests: f64, ledger: &mut Ledger) {
        self.add_fixed(month, ledger);
        let Some(lines) = ledger.months.get_mut(month) else { return };
        let served = requests * months.growth[month];
        for flow in self.flows.iter() {
            lines.add(Line::Tokens, flow.cost(month, served));
        }
        if let Some(fleet) = &self.fleet {
            let used = fleet.month(month, requests * sized_growth(fleet, months, month));
            // Cards stay when traffic falls; the power that they draw does not.
            lines.add(Line::ServingCompute, used.compute_usd + fleet.busy_usd_per_request() * served);
            lines.add(Line::PeopleRun, used.people_usd);
            if let Some(capital) = ledger.capital.get_mut(month) {
                *capital += used.capital_usd;
            }
        }
    }

    /// Add the fixed costs of one month to a ledger.
    fn add_fixed(&self, month: usize, ledger: &mut Ledger) {
        add_fixed(&self.fixed, month, &mut ledger.months);
        add_fixed(&self.occasional, month, &mut ledger.occasional);
        if let (Some(sum), Some(usd)) = (ledger.capital.get_mut(month), self.training_capital.get(month)) {
            *sum += usd;
        }
    }
}

/// Growth by which a fleet is sized: bought cards do not go away when traffic falls, and what is committed to neither.
pub fn sized_growth(fleet: &Fleet, months: &Months, month: usize) -> f64 {
    if fleet.committed_months > 1 {
        let first = month - month.saturating_sub(1) % fleet.committed_months;
        let committed = months.growth.iter().skip(first).take(fleet.committed_months);
        return committed.copied().fold(0.0, f64::max);
    }
    match fleet.billing {
        GpuBilling::Owned => months.peak_growth[month],
        GpuBilling::Autoscaled | GpuBilling::Reserved => months.growth[month],
    }
}

/// Everything that decides the cost of one strategy, at any volume.
#[derive(Clone, Debug, PartialEq)]
pub struct CostModel {
    /// Costs that depend neither on volume nor on the variant, by ledger month from 0.
    pub fixed: Vec<Lines>,
    /// What of them is paid once in a while: migrations and retrains with their evaluation.
    pub occasional: Vec<Lines>,
    /// How it can serve from [`CostModel::own_from`] on; at least one way.
    pub variants: Arc<[Variant]>,
    /// How the reference serves until then.
    pub before: Arc<[Variant]>,
    /// First ledger month of its own operation.
    pub own_from: usize,
    /// Retrieval for each request, US dollars.
    pub retrieval_per_request: f64,
    /// The same while the reference still serves.
    pub retrieval_before: f64,
    /// Expected cost of wrong answers for each request, US dollars, where quality and cost per error are known.
    pub errors_per_request: Option<f64>,
    /// The same while the reference still serves.
    pub errors_before: Option<f64>,
}

impl CostModel {
    /// Expected cost of wrong answers over the horizon for each request of month 1, US dollars, where known.
    pub fn errors_slope(&self, months: &Months) -> Option<f64> {
        let own = self.errors_per_request?;
        let before = self.errors_before.unwrap_or(0.0);
        let rate = |month: usize| if month >= self.own_from { own } else { before };
        Some(months.running().map(|month| rate(month) * months.growth[month] * months.discount[month]).sum())
    }

    /// Retrieval over the horizon for each request of month 1, US dollars.
    pub fn retrieval_slope(&self, months: &Months) -> f64 {
        let of_month = |month| self.retrieval_rate(month) * months.growth[month] * months.discount[month];
        months.running().map(of_month).sum()
    }

    /// Retrieval for each request of a ledger month, US dollars.
    const fn retrieval_rate(&self, month: usize) -> f64 {
        if month >= self.own_from { self.retrieval_per_request } else { self.retrieval_before }
    }

    /// Months of its own operation.
    pub fn own_span(&self, months: &Months) -> RangeInclusive<usize> {
        self.own_from..=months.horizon
    }

    /// Months in which the reference serves for it; empty if it starts at once.
    pub fn before_span(&self) -> RangeInclusive<usize> {
        1..=self.own_from.saturating_sub(1)
    }

    /// The ledger at this volume, serving with `own`, and with `before` until it is ready.
    pub fn ledger(&self, months: &Months, requests: f64, own: &Variant, before: Option<&Variant>) -> Ledger {
        let none = vec![Lines::default(); months.horizon + 1];
        let mut ledger = Ledger {
            occasional: none.clone(),
            capital: vec![0.0; none.len()],
            months: none,
            discount: months.discount.clone(),
        };
        for month in 0..=months.horizon {
            add_fixed(&self.fixed, month, &mut ledger.months);
            add_fixed(&self.occasional, month, &mut ledger.occasional);
            if month == 0 {
                own.add_fixed(0, &mut ledger);
                if let Some(before) = before {
                    before.add_fixed(0, &mut ledger);
                }
                continue;
            }
            if let Some(serving) = if month >= self.own_from { Some(own) } else { before } {
                serving.add_month(month, months, requests, &mut ledger);
            }
            let Some(lines) = ledger.months.get_mut(month) else { continue };
            let requests = requests * months.growth[month];
            lines.add(Line::Retrieval, requests * self.retrieval_rate(month));
            let errors = if month >= self.own_from { self.errors_per_request } else { self.errors_before };
            if let Some(errors) = errors {
                lines.add(Line::Errors, requests * errors);
            }
        }
        ledger
    }
}

fn add_fixed(fixed: &[Lines], month: usize, sums: &mut [Lines]) {
    if let (Some(amounts), Some(lines)) = (fixed.get(month), sums.get_mut(month)) {
        lines.add_scaled(amounts, 1.0);
    }
}
