//! How far a total may lie from what it is likely to be (method §12): each figure of people's hours at its low and its
//! high, pay held, and each estimate of size at the ends of its band, one at a time; their distances from the likely
//! total combined as the root of the sum of squares, downwards and upwards.

use crate::domain::strategy::StrategyId;

/// Where a sum of money is likely to lie, US dollars in today's money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Likely low end.
    pub low: f64,
    /// Likely high end.
    pub high: f64,
}

/// A figure that may be off, and with it every total that rests on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncertain {
    /// People's hours: a row of the effort defaults.
    Hours(&'static str),
    /// The speed of the GPU configuration that this strategy serves on, the first by rung of those on the same one.
    ServingSpeed(StrategyId),
    /// The GPU-hours of this strategy's training, the first by rung of those with the same run.
    TrainingHours(StrategyId),
}

/// What one uncertain figure does to a total, US dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The figure.
    pub of: Uncertain,
    /// What the total gains with the figure at its low end; negative where it falls.
    pub at_low: f64,
    /// The same at its high end.
    pub at_high: f64,
}

impl Range {
    /// The range around a likely sum.
    pub fn around(likely: f64, swings: &[Swing]) -> Range {
        let (mut down, mut up) = (0.0, 0.0);
        for swing in swings {
            let (least, most) =
                (swing.at_low.min(swing.at_high).min(0.0), swing.at_low.max(swing.at_high).max(0.0));
            down += least * least;
            up += most * most;
        }
        Range { low: likely - libm::sqrt(down), high: likely + libm::sqrt(up) }
    }
}

/// What each uncertain figure does to a difference: one that moves both alike does nothing.
pub fn of_difference(from: &[Swing], to: &[Swing]) -> Vec<Swing> {
    let shared = from.iter().map(|swing| {
        let other = to.iter().find(|other| other.of == swing.of);
        let (low, high) = other.map_or((0.0, 0.0), |other| (other.at_low, other.at_high));
        Swing { at_low: swing.at_low - low, at_high: swing.at_high - high, ..*swing }
    });
    let only_there = to.iter().filter(|swing| !from.iter().any(|own| own.of == swing.of));
    let only_there =
        only_there.map(|swing| Swing { at_low: -swing.at_low, at_high: -swing.at_high, ..*swing });
    shared.chain(only_there).collect()
}
