//! What a strategy costs at any volume, as the decision compares it.

use super::comparable::compares_errors;
use super::comparison::{Candidate, Comparison};
use super::figures::banded;
use crate::domain::cost::{Costed, Curve, Setting};

/// What a strategy costs at any volume, as the decision compares it.
pub struct DecisionCurve<'a, 'b> {
    curve: Curve<'a>,
    setting: &'a Setting<'b>,
    costed: &'a Costed<'b>,
}

/// The costs of two strategies in the same terms, US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostPair {
    /// What the one costs.
    pub own: f64,
    /// What the other costs.
    pub other: f64,
}

impl<'a, 'b> DecisionCurve<'a, 'b> {
    /// Prepare it; `None` if the cost is unknown or the strategy impossible.
    pub fn of(comparison: &'a Comparison<'b>, candidate: &'a Candidate<'b>) -> Option<Self> {
        let curve = Curve::new(candidate.model()?, &comparison.setting.months);
        Some(DecisionCurve { curve, setting: &comparison.setting, costed: &candidate.costed })
    }

    /// What its sizing band adds to its cost at the dear end, US dollars.
    pub fn dear(&self, requests: f64) -> f64 {
        let point = self.curve.point(requests);
        banded(&self.curve, &point, self.setting, self.costed).1 - point.cost
    }

    /// Its cost and another's, wrong answers included if both are known.
    pub fn against(&self, other: &DecisionCurve, requests: f64) -> CostPair {
        let with_errors = compares_errors(self.curve.model, other.curve.model);
        let errors = |curve: &Curve| match curve.model.errors_slope(&self.setting.months) {
            Some(slope) if with_errors => slope * requests,
            _ => 0.0,
        };
        let cost = |curve: &Curve| curve.at(requests) + errors(curve);
        CostPair { own: cost(&self.curve), other: cost(&other.curve) }
    }
}
