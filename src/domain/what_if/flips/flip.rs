//! A flip, and what the search learns of one value.

use serde::Serialize;

use crate::domain::decide::NamedOutcome;
use crate::domain::input::Value;
use crate::domain::strategy::StrategyId;
use crate::domain::what_if::in_force::InForce;

/// On which side of the present value a flip lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// This value and all less, as far as was looked.
    Below,
    /// This value and all more, as far as was looked.
    Above,
    /// This value.
    At,
}

/// What changes at a flip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlipKind {
    /// What to use, to build or to move to.
    Use,
    /// Only what to try first.
    Trial,
}

/// What the verdict at a flip costs, US dollars.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct FlipCosts {
    /// Over the horizon, of what is used there, if it is known.
    pub total: Option<f64>,
    /// Of the test that comes first there, if any does.
    pub test: Option<f64>,
}

/// A value of an input, and the verdict there.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The nearest value on its side at which the verdict differs in that way. Numbers have two digits, and at the
    /// number before it does not yet.
    pub to: Value,
    /// Its side.
    pub side: Side,
    /// What changes there.
    pub kind: FlipKind,
    /// What the decision comes to there.
    pub there: NamedOutcome,
    /// What that costs.
    pub costs: FlipCosts,
    /// How far it lies from the present value: the logarithm of the factor between them; a change that has no
    /// factor counts as one of two.
    pub distance: f64,
    /// What holds at present although the input is not set.
    pub from: Option<InForce>,
}

/// What was found for one input; without flips, no value in range changes the answer.
///
/// On each side the nearest value that changes anything, and where that changes only what to try the nearest that
/// changes what to use.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Flips {
    /// The flips, nearest first.
    pub found: Vec<Flip>,
    /// Whether neither a figure of any strategy nor the verdict depends on the input here.
    pub inert: bool,
}

impl Flips {
    /// The flip on one side of the present value: the nearest that changes what to use, or else what to try.
    pub fn on(&self, side: Side) -> Option<&Flip> {
        self.found.iter().filter(|flip| flip.side == side).min_by_key(|flip| flip.kind)
    }

    /// The nearest flip of one kind.
    pub fn nearest(&self, kind: FlipKind) -> Option<&Flip> {
        self.found.iter().find(|flip| flip.kind == kind)
    }

    /// The nearest flip to a verdict that uses a strategy or tests it first.
    pub fn towards(&self, id: StrategyId) -> Option<&Flip> {
        self.found.iter().find(|flip| flip.there.outcome.involves(id))
    }

    /// The distance of the nearest flip; infinite without one.
    pub fn distance(&self) -> f64 {
        self.found.first().map_or(f64::INFINITY, |flip| flip.distance)
    }
}

/// Another outcome than today's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Changed {
    pub(super) there: NamedOutcome,
    pub(super) costs: FlipCosts,
    pub(super) kind: FlipKind,
}

/// What one more decision shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// What it comes to, where that is another outcome than today's.
    pub(super) changed: Option<Changed>,
    /// Whether all figures are today's.
    pub(super) same_figures: bool,
}

impl Look {
    /// Whether nothing depends on the input there.
    pub(super) fn stands_still(&self) -> bool {
        self.same_figures && self.changed.is_none()
    }
}

/// Put the nearest first.
pub(super) fn nearest_first(mut found: Vec<Flip>) -> Vec<Flip> {
    found.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    found
}
