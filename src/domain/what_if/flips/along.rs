//! The search along a line: first the ends, then inwards, then the change itself.

use super::axis::Axis;
use super::flip::{Changed, Flip, FlipKind, Flips, Look, Side, nearest_first};
use crate::domain::input::Value;

/// Shares of the way to an end that are looked at when the verdict there is another one: the first change counts.
const TOWARDS_CHANGE: [f64; 3] = [0.04, 0.16, 0.45];
/// Shares of the way to an end that are looked at when the verdict there is today's.
const TOWARDS_SAME: [f64; 1] = [0.3];
/// Halvings that locate a change, at most; it is located when no written value lies in between.
const HALVINGS: usize = 24;

/// A search along a line. A change back within one probe step can be missed.
#[derive(Clone, Debug)]
pub(super) struct Along {
    axis: Axis,
    /// Where to start from: the present position, or else the first of these at which the verdict is today's.
    starts: Vec<f64>,
    /// Both directions, once there is a start.
    sides: Option<[Way; 2]>,
    /// What was asked last.
    asked: Option<Asked>,
    /// The first start tried, with another verdict than today's.
    elsewhere: Option<(f64, Changed)>,
    inert: bool,
}

#[derive(Clone, Copy, Debug)]
enum Asked {
    Start(f64),
    Side(usize, f64),
}

impl Along {
    pub fn new(axis: Axis) -> Along {
        let sides = axis.now.map(|now| Way::both(now, &axis));
        // The last one is tried first.
        let mut starts = vec![axis.min, axis.max, axis.between(axis.min, axis.max, 0.5)];
        starts.extend(axis.in_force.map(|found| found.value).filter(|at| (axis.min..=axis.max).contains(at)));
        Along { axis, starts, sides, asked: None, elsewhere: None, inert: true }
    }

    /// The next value to ask about; `None` once both sides are searched.
    pub fn next(&mut self) -> Option<Value> {
        let (asked, at) = match &mut self.sides {
            Some(sides) => next_of(sides, &self.axis)?,
            None => {
                let start = self.starts.pop()?;
                (Asked::Start(start), start)
            }
        };
        self.asked = Some(asked);
        Some(self.axis.value(at))
    }

    /// Take in what is decided at that value.
    pub fn learn(&mut self, look: Look) {
        self.inert &= look.stands_still();
        match (self.asked.take(), &mut self.sides) {
            (Some(Asked::Start(at)), None) => match look.changed {
                None => self.sides = Some(Way::both(at, &self.axis)),
                Some(verdict) if self.elsewhere.is_none() => self.elsewhere = Some((at, verdict)),
                Some(_) => {}
            },
            (Some(Asked::Side(index, at)), Some(sides)) => {
                if let Some(side) = sides.get_mut(index) {
                    side.learn(at, look);
                }
            }
            _ => {}
        }
    }

    pub fn flips(&self) -> Flips {
        let flip = |side: Side, (at, changed): &(f64, Changed)| Flip {
            to: self.axis.value(*at),
            side,
            kind: changed.kind,
            there: changed.there.clone(),
            costs: changed.costs,
            distance: self.axis.distance(*at),
            from: self.axis.in_force,
        };
        let found = match &self.sides {
            Some(sides) => [Side::Below, Side::Above]
                .into_iter()
                .zip(sides)
                .flat_map(|(side, way)| way.found().map(move |other| flip(side, other)))
                .collect(),
            None => self.elsewhere.iter().map(|other| flip(Side::At, other)).collect(),
        };
        Flips { found: nearest_first(found), inert: self.inert }
    }
}

/// The next position: both ends first, since what stands still there is not looked at further.
fn next_of(sides: &mut [Way; 2], axis: &Axis) -> Option<(Asked, f64)> {
    let asked = |index: usize, at: f64| (Asked::Side(index, at), at);
    for (index, side) in sides.iter().enumerate() {
        if side.end_changes.is_none() {
            return Some(asked(index, side.end));
        }
    }
    sides.iter_mut().enumerate().find_map(|(index, side)| Some(asked(index, side.next(axis)?)))
}

/// One direction of a search.
#[derive(Clone, Debug)]
struct Way {
    start: f64,
    end: f64,
    /// What differs at the end; `None` until it is known.
    end_changes: Option<Option<Changed>>,
    /// Whether a figure or the verdict differs there.
    end_moves: bool,
    /// Probe to take next.
    probe: usize,
    /// The nearest change of anything.
    any: Nearest,
    /// The nearest change of what to use.
    of_use: Nearest,
}

/// The nearest change of a kind, closed in from both sides.
#[derive(Clone, Debug)]
struct Nearest {
    /// Farthest position known to show no such change.
    same: f64,
    /// Nearest position known to show one.
    other: Option<(f64, Changed)>,
    halvings: usize,
}

impl Nearest {
    fn from(start: f64) -> Nearest {
        Nearest { same: start, other: None, halvings: 0 }
    }

    /// Take in what a position shows; only what lies between the two sides tells anything.
    fn learn(&mut self, at: f64, start: f64, changed: Option<&Changed>) {
        let far = |position: f64| libm::fabs(position - start);
        let is_nearer = self.other.as_ref().is_none_or(|(other, _)| far(at) < far(*other));
        match changed {
            Some(changed) if is_nearer && far(at) > far(self.same) => {
                self.other = Some((at, changed.clone()))
            }
            None if is_nearer && far(at) > far(self.same) => self.same = at,
            _ => {}
        }
    }

    /// The middle between the two sides, as long as a written value lies there.
    fn middle(&mut self, axis: &Axis) -> Option<f64> {
        let nearest = self.other.as_ref()?.0;
        let middle = axis.between(self.same, nearest, 0.5);
        let is_between = (middle - self.same) * (nearest - middle) > 0.0;
        (is_between && self.halvings < HALVINGS).then(|| {
            self.halvings += 1;
            middle
        })
    }
}

impl Way {
    fn both(start: f64, axis: &Axis) -> [Way; 2] {
        [Way::new(start, axis.min), Way::new(start, axis.max)]
    }

    fn new(start: f64, end: f64) -> Way {
        let end_changes = (start == end).then_some(None);
        let nearest = Nearest::from(start);
        Way { start, end, end_changes, end_moves: false, probe: 0, any: nearest.clone(), of_use: nearest }
    }

    /// The changes that were found, the nearest first: of anything, and of what to use where that is another one.
    fn found(&self) -> impl Iterator<Item = &(f64, Changed)> {
        let any = self.any.other.as_ref();
        let is_other = |of_use: &&(f64, Changed)| any.is_none_or(|any| any.0 != of_use.0);
        any.into_iter().chain(self.of_use.other.as_ref().filter(is_other))
    }

    /// The position to look at after the end; nothing where the end moves neither a figure nor the verdict.
    fn next(&mut self, axis: &Axis) -> Option<f64> {
        if !self.end_moves {
            return None;
        }
        // The first probe that shows a change is followed; the others would lie beyond it.
        if !self.is_found_before_end() {
            let changes_at_end = self.end_changes.as_ref().is_some_and(Option::is_some);
            let shares: &[f64] = if changes_at_end { &TOWARDS_CHANGE } else { &TOWARDS_SAME };
            while let Some(share) = shares.get(self.probe) {
                self.probe += 1;
                let at = axis.between(self.start, self.end, *share);
                if at != self.any.same && at != self.start && at != self.end {
                    return Some(at);
                }
            }
        }
        self.any.middle(axis).or_else(|| self.of_use.middle(axis))
    }

    fn is_found_before_end(&self) -> bool {
        self.any.other.as_ref().is_some_and(|(at, _)| *at != self.end)
    }

    fn learn(&mut self, at: f64, look: Look) {
        if self.end_changes.is_none() {
            self.end_moves = !look.stands_still();
            self.end_changes = Some(look.changed.clone());
        }
        let changed = look.changed.as_ref();
        self.any.learn(at, self.start, changed);
        self.of_use.learn(at, self.start, changed.filter(|changed| changed.kind == FlipKind::Use));
    }
}
