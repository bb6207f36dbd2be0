//! What lies over and under the lines: ticks, the band, names, crossings, and the volume that can be moved.

use super::places::{Rect, spread};
use super::words::crossing_name;
use crate::charts::cast::{Cast, Role, brief, subject};
use crate::charts::scale::{round_numbers, share_of};
use crate::charts::volume_curves::{Crossover, VolumeCurves};
use crate::domain::answer::BREAK_EVEN_RANGE;
use crate::domain::units::words::{count_exact, count_short, count_words, usd_short};

/// Height of the plot; the style sheet holds the same.
const HEIGHT: f64 = 340.0;
/// Least width of the plot on which words stand at crossings: what fits there fits on wider ones.
const LEAST_WIDTH: f64 = 530.0;
/// Names at the ends of lines are so far apart.
const NAME_GAP: f64 = 18.0;
/// Height of words at a crossing, two lines of them.
const WORDS_HEIGHT: f64 = 36.0;
/// Width of a letter of them, on average.
const LETTER: f64 = 7.0;
/// How far words may stand from their crossing.
const LEADERS: [f64; 7] = [8.0, 20.0, 34.0, 50.0, 68.0, 90.0, 116.0];
/// Crossings nearer than this share of the width are told together.
const TOGETHER: f64 = 0.05;
/// Room above the dearest and below the cheapest line, as factors.
const ROOM: (f64, f64) = (1.15, 0.85);
/// Lines this many times dearer than verdict and rival leave the plot.
const DEARER: f64 = 3.0;
/// Steps of the mark from end to end.
pub(super) const STEPS: f64 = 100.0;

/// A place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Percent of the width, or pixels from the top.
    pub at: f64,
    /// What stands there.
    pub text: String,
}

/// A name at the end of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct EndName {
    /// Pixels from the top.
    pub at: f64,
    /// The name.
    pub name: &'static str,
    /// The part of its strategy.
    pub role: Role,
    /// Whether there is room for it on a phone.
    pub on_phone: bool,
}

/// Words at a crossing.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Percent of the width.
    pub x: f64,
    /// Pixels from the top to their upper edge.
    pub y: f64,
    /// Length of the line down to the crossing; negative: up to it.
    pub leader: f64,
    /// Whether they end at the crossing rather than begin there.
    pub is_left: bool,
    /// The volume.
    pub volume: String,
    /// Who crosses the verdict there.
    pub who: String,
}

/// The line of verdict or rival, to be read off.
#[derive(Clone, Debug, PartialEq)]
pub struct MainLine {
    /// What it is called beside a figure.
    pub name: &'static str,
    /// What it is called in a sentence.
    pub subject: &'static str,
    /// Its part.
    pub role: Role,
    /// Volume and cost, by rising volume.
    points: Vec<(f64, f64)>,
}

/// What a line says at a volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Cost of 1,000 requests, US dollars.
    pub cost: f64,
    /// Pixels from the top.
    pub y: f64,
}

/// What lies over and under the lines.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeView {
    /// The volume of today.
    pub present: f64,
    /// First and last volume.
    pub range: (f64, f64),
    /// Lowest and highest cost.
    pub costs: (f64, f64),
    /// The guide's band in percent of the width, where it can be seen.
    pub band: Option<(f64, f64)>,
    /// Volumes on the axis.
    pub across: Vec<Tick>,
    /// Costs on the axis.
    pub up: Vec<Tick>,
    /// Names at the ends.
    pub ends: Vec<EndName>,
    /// Percent of the width and pixels from the top of each crossing.
    pub circles: Vec<(f64, f64)>,
    /// What stands beside them.
    pub words: Vec<Words>,
    /// Verdict and rival.
    pub main: Vec<MainLine>,
}

impl VolumeView {
    /// Lay it out.
    pub(super) fn of(cast: &Cast, curves: &VolumeCurves, present: f64) -> VolumeView {
        let range = curves.range;
        let mut view = VolumeView {
            present,
            range,
            costs: costs_shown(cast, curves),
            band: band(range),
            across: across(range),
            up: Vec::new(),
            ends: Vec::new(),
            circles: Vec::new(),
            words: Vec::new(),
            main: main_lines(cast, curves),
        };
        view.up = view.ticks_up();
        view.ends = view.end_names(cast, curves);
        let seen = |it: &&Crossover| (view.costs.0..=view.costs.1).contains(&it.cost);
        let crossovers: Vec<&Crossover> = curves.crossovers.iter().filter(seen).collect();
        view.circles = crossovers.iter().map(|it| (view.x(it.volume), view.y(it.cost))).collect();
        view.words = view.placed(&crossovers);
        view
    }

    /// Percent of the width.
    pub fn x(&self, volume: f64) -> f64 {
        (share_of(self.range, volume) * 100.0).clamp(0.0, 100.0)
    }

    /// Pixels from the top.
    fn y(&self, cost: f64) -> f64 {
        let share = share_of(self.costs, cost);
        if share.is_finite() { ((1.0 - share) * HEIGHT).clamp(0.0, HEIGHT) } else { HEIGHT }
    }

    /// What a line says at a volume.
    pub fn reading(&self, line: &MainLine, volume: f64) -> Option<Reading> {
        let after = line.points.iter().position(|(at, _)| *at >= volume);
        let upper = line.points.get(after?)?;
        let lower = after.and_then(|index| line.points.get(index.checked_sub(1)?)).unwrap_or(upper);
        let along =
            if upper.0 > lower.0 { share_of((lower.0, upper.0), volume).clamp(0.0, 1.0) } else { 1.0 };
        let cost = lower.1 * libm::pow(upper.1 / lower.1, along);
        Some(Reading { cost, y: self.y(cost) })
    }

    /// The place of the mark at a volume, in steps from 0 to 100.
    pub fn step_of(&self, volume: f64) -> f64 {
        share_of(self.range, volume).clamp(0.0, 1.0) * STEPS
    }

    /// The volume of a place of the mark: a round one, but today's where the mark stood.
    pub fn volume_at(&self, step: f64) -> f64 {
        if (step - self.step_of(self.present)).abs() < 0.5 {
            return self.present;
        }
        let (first, last) = self.range;
        rounded(first * libm::pow(last / first, (step / STEPS).clamp(0.0, 1.0))).clamp(first, last)
    }

    /// What the mark says at a volume, for those who do not see it.
    pub fn spoken(&self, volume: f64) -> String {
        let costs = self.main.iter().filter_map(|line| {
            Some(format!("{} {}", line.subject, usd_short(self.reading(line, volume)?.cost)))
        });
        let costs: Vec<String> = costs.collect();
        format!("{} a month: {} per 1,000 requests", count_exact(libm::round(volume)), costs.join(", "))
    }

    fn ticks_up(&self) -> Vec<Tick> {
        let fine = round_numbers(self.costs, &[1.0, 3.0]);
        let numbers = if fine.len() > 7 { round_numbers(self.costs, &[1.0]) } else { fine };
        let tick = |cost: &f64| Tick { at: self.y(*cost), text: whole_usd(*cost) };
        numbers.iter().map(tick).collect()
    }

    fn end_names(&self, cast: &Cast, curves: &VolumeCurves) -> Vec<EndName> {
        let last = curves.range.1;
        let named = curves.curves.iter().filter_map(|curve| {
            let cost = curves.cost_at(curve.id, last)?;
            let is_seen = (self.costs.0..=self.costs.1).contains(&cost);
            is_seen.then(|| (curve.id, self.y(cost)))
        });
        let named: Vec<_> = named.collect();
        let wanted: Vec<f64> = named.iter().map(|(_, height)| *height).collect();
        let places = spread(&wanted, NAME_GAP, (0.0, HEIGHT));
        let crosses = |id| curves.crossovers.iter().any(|it| it.id == id);
        let name = |((id, _), at): ((_, f64), f64)| {
            let role = cast.role(id);
            EndName { at, name: brief(id), role, on_phone: role != Role::Other || crosses(id) }
        };
        named.into_iter().zip(places).map(name).collect()
    }

    /// Words for the crossings that have room for them.
    fn placed(&self, crossovers: &[&Crossover]) -> Vec<Words> {
        let mut groups: Vec<Vec<&Crossover>> = Vec::new();
        for it in crossovers {
            let near = |group: &&mut Vec<&Crossover>| {
                group
                    .last()
                    .is_some_and(|last| share_of((last.volume, last.volume * 100.0), it.volume) < TOGETHER)
            };
            match groups.last_mut().filter(near) {
                Some(group) => group.push(it),
                None => groups.push(vec![it]),
            }
        }
        let mut taken = self.obstacles();
        groups.iter().filter_map(|group| self.place(group, &mut taken)).collect()
    }

    /// What words may not cover: the caption of the band.
    fn obstacles(&self) -> Vec<Rect> {
        let caption = |(_, to): (f64, f64)| Rect {
            left: to / 100.0 * LEAST_WIDTH - 150.0,
            top: 0.0,
            width: 150.0,
            height: 44.0,
        };
        self.band.map(caption).into_iter().collect()
    }

    fn place(&self, group: &[&Crossover], taken: &mut Vec<Rect>) -> Option<Words> {
        let (first, last) = (group.first()?, group.last()?);
        let mut names: Vec<String> = Vec::new();
        for it in group {
            let name = crossing_name(it.id);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let (from, to) = (count_words(first.said), count_words(last.said));
        let volume = if from == to { from } else { format!("{from} to {to}") };
        let who = names.join(", ");
        let letters = volume.chars().count().max(who.chars().count());
        let width = f64::from(u32::try_from(letters).unwrap_or(u32::MAX)) * LETTER + 6.0;
        let (x, y) = (self.x(first.volume), self.y(first.cost));
        let at = x / 100.0 * LEAST_WIDTH;
        let sides = [(1.0, false), (1.0, true), (-1.0, false), (-1.0, true)];
        let candidates =
            LEADERS.into_iter().flat_map(|leader| sides.map(|(up, is_left)| (leader * up, is_left)));
        for (leader, is_left) in candidates {
            let top = if leader > 0.0 { y - leader - WORDS_HEIGHT } else { y - leader };
            let left = if is_left { at - width } else { at };
            let rect = Rect { left, top, width, height: WORDS_HEIGHT };
            let fits = left >= 0.0
                && left + width <= LEAST_WIDTH
                && top >= 4.0
                && top + WORDS_HEIGHT <= HEIGHT - 16.0;
            if fits && !self.covers_main(&rect) && !taken.iter().any(|other| other.meets(&rect)) {
                taken.push(rect);
                return Some(Words { x, y: top, leader, is_left, volume, who });
            }
        }
        None
    }

    /// Whether the lines of verdict and rival, or the mark, run through a rectangle.
    fn covers_main(&self, rect: &Rect) -> bool {
        let mark = self.x(self.present) / 100.0 * LEAST_WIDTH;
        let crosses_mark = rect.left - 6.0 < mark && mark < rect.left + rect.width + 6.0;
        let point = |(volume, cost): &(f64, f64)| (self.x(*volume) / 100.0 * LEAST_WIDTH, self.y(*cost));
        crosses_mark || self.main.iter().flat_map(|line| &line.points).any(|it| rect.holds(point(it)))
    }
}

/// Lowest and highest cost: verdict and rival from end to end, and where others end unless they are far away.
fn costs_shown(cast: &Cast, curves: &VolumeCurves) -> (f64, f64) {
    let costs = |is_main: bool| {
        let chosen =
            curves.curves.iter().filter(move |curve| (cast.role(curve.id) != Role::Other) == is_main);
        chosen.flat_map(|curve| curve.costs.iter().flatten().copied()).filter(|cost| *cost > 0.0)
    };
    let (low, high) =
        costs(true).fold((f64::MAX, 0.0_f64), |(low, high), cost| (low.min(cost), high.max(cost)));
    if high <= 0.0 {
        return (1.0, 10.0);
    }
    let ends = curves.curves.iter().filter_map(|curve| curve.costs.last().copied().flatten());
    let top = ends.filter(|cost| *cost <= high * DEARER).fold(high, f64::max);
    let bottom = costs(false).filter(|cost| *cost >= low / DEARER).fold(low, f64::min);
    (bottom * ROOM.1, top * ROOM.0)
}

fn main_lines(cast: &Cast, curves: &VolumeCurves) -> Vec<MainLine> {
    let line = |one: &crate::domain::answer::Assessment| {
        let costs = curves.curve(one.id)?.costs.iter();
        let known = curves.volumes.iter().zip(costs);
        let points = known.filter_map(|(volume, cost)| Some((*volume, cost.filter(|cost| *cost > 0.0)?)));
        Some(MainLine {
            name: brief(one.id),
            subject: subject(one.id),
            role: cast.role(one.id),
            points: points.collect(),
        })
    };
    [Some(cast.verdict), cast.rival].into_iter().flatten().filter_map(line).collect()
}

/// The guide's band, as far as it lies in the range.
fn band(range: (f64, f64)) -> Option<(f64, f64)> {
    let place = |volume: f64| share_of(range, volume).clamp(0.0, 1.0) * 100.0;
    let (from, to) = (place(BREAK_EVEN_RANGE.0), place(BREAK_EVEN_RANGE.1));
    (to - from > 1.0).then_some((from, to))
}

fn across(range: (f64, f64)) -> Vec<Tick> {
    let text = |volume: f64| if volume < 999_000.0 { count_exact(volume) } else { count_short(volume) };
    let tick =
        |volume: f64| Tick { at: (share_of(range, volume) * 100.0).clamp(0.0, 100.0), text: text(volume) };
    round_numbers(range, &[1.0, 3.0]).into_iter().map(tick).collect()
}

/// Dollars on an axis: no cents where there are none.
fn whole_usd(usd: f64) -> String {
    usd_short(usd).trim_end_matches(".00").to_owned()
}

/// A round volume near one: steps of a twentieth below two, of a tenth above.
fn rounded(volume: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(volume)));
    let step = if volume / unit < 1.975 { unit / 20.0 } else { unit / 10.0 };
    libm::round(libm::round(volume / step) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_mark_leads_on_to_another_round_volume() {
        let factor = libm::pow(100.0, 1.0 / STEPS);
        for start in [10_000.0, 15_000.0, 19_500.0, 20_000.0, 51_000.0, 99_000.0, 1e6] {
            assert!(rounded(start * factor) > start && rounded(start / factor) < start, "{start}");
            assert_eq!(rounded(start), start);
        }
    }
}
