//! How much of each figure of people's hours is in a total, by the rules by which the total is made (method §12).
//!
//! Every total is proportional to each of these figures, so one reckoning says what any change of one does.

use super::costed::Costed;
use super::fixed::{FixedTerms, fixed_costs, migration_costs};
use super::fleet::Fleet;
use super::ledger::Lines;
use super::model::{Variant, sized_growth};
use super::setting::Setting;
use crate::domain::effort::{Part, first_hours};
use crate::domain::input::Inputs;

/// A strategy as it serves at the present volume, with what serves until it is ready.
#[derive(Debug)]
pub struct AsServed<'b, 'a> {
    setting: &'b Setting<'a>,
    terms: FixedTerms<'b>,
    variant: &'b Variant,
    before: Option<Before<'b>>,
}

/// What serves until a strategy is ready.
#[derive(Debug)]
struct Before<'b> {
    terms: FixedTerms<'b>,
    variant: Option<&'b Variant>,
    not_shared: &'b [Part],
}

impl<'b, 'a> AsServed<'b, 'a> {
    /// A strategy that serves in one way; `meanwhile` is what serves until it is ready, with the way in which it does.
    pub fn of(
        setting: &'b Setting<'a>,
        costed: &'b Costed<'a>,
        variant: &'b Variant,
        meanwhile: Option<(&'b Costed<'a>, Option<&'b Variant>)>,
    ) -> Option<AsServed<'b, 'a>> {
        let model = costed.model.as_deref().ok()?;
        let bare = |costed: &'b Costed<'a>, own_from| FixedTerms {
            labels_usd: 0.0,
            ..costed.fixed_terms(setting, own_from)
        };
        let before = costed.until_ready.as_ref().zip(meanwhile).map(|(until, (one, variant))| Before {
            terms: bare(one, 1),
            variant,
            not_shared: &until.not_shared,
        });
        Some(AsServed { setting, terms: bare(costed, model.own_from), variant, before })
    }

    /// The present value of people's hours by these inputs, US dollars.
    pub fn people_usd(&self, inputs: &Inputs) -> f64 {
        let own_from = self.terms.own_from;
        let own = self.of_terms(&self.terms, Some(self.variant), inputs);
        let own = own.iter().enumerate().filter(|(month, _)| *month == 0 || *month >= own_from);
        let mut usd: f64 = own.map(|(month, lines)| lines.total() * self.discount(month)).sum();
        if let Some(before) = &self.before {
            let its = self.of_terms(&before.terms, before.variant, inputs);
            let its = its.iter().enumerate().take(own_from).skip(1);
            usd += its.map(|(month, lines)| lines.total() * self.discount(month)).sum::<f64>();
            usd += first_hours(before.not_shared, inputs) * inputs.team.hourly_rate;
        }
        usd
    }

    /// What people cost who tend the further nodes of its fleets, present value in US dollars.
    pub fn nodes_usd(&self) -> f64 {
        let own_from = self.terms.own_from;
        let own = self.nodes_of(Some(self.variant), own_from..self.setting.months.horizon + 1);
        own + self.before.as_ref().map_or(0.0, |before| self.nodes_of(before.variant, 1..own_from))
    }

    fn nodes_of(&self, variant: Option<&Variant>, span: std::ops::Range<usize>) -> f64 {
        let Some(fleet) = variant.and_then(|variant| variant.fleet.as_ref()) else { return 0.0 };
        if fleet.usd_per_further_node == 0.0 {
            return 0.0;
        }
        span.map(|month| self.month_of(fleet, month) * self.discount(month)).sum()
    }

    fn month_of(&self, fleet: &Fleet, month: usize) -> f64 {
        let requests = self.setting.inputs.work.requests_per_month;
        fleet.month(month, requests * sized_growth(fleet, &self.setting.months, month)).people_usd
    }

    fn of_terms(&self, terms: &FixedTerms, variant: Option<&Variant>, inputs: &Inputs) -> Vec<Lines> {
        let months = &self.setting.months;
        let mut lines = fixed_costs(terms, months, inputs).all;
        let Some(variant) = variant.filter(|variant| !variant.migrations.is_empty()) else { return lines };
        let of_variant = migration_costs(&variant.migrations, terms.own_from, months, inputs);
        for (lines, more) in lines.iter_mut().zip(&of_variant.all) {
            lines.add_scaled(more, 1.0);
        }
        lines
    }

    fn discount(&self, month: usize) -> f64 {
        self.setting.months.discount.get(month).copied().unwrap_or(0.0)
    }
}
