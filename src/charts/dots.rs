//! The verdict as a picture: every strategy on one dollar axis, with its likely range.

use super::cast::brief;
use super::scale::round_steps;
use crate::domain::answer::{Answer, Assessment};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{capital, few, months, usd_short};

/// The axis ends at so many times the verdict's cost, unless all strategies cost less.
const LONGEST: f64 = 6.0;
/// The narrowest plot whose labels stand beside their whiskers, and the width of one character, in pixels.
const PLOT_PX: f64 = 656.0;
const CHARACTER_PX: f64 = 7.4;
/// Space between a whisker and its label, in pixels.
const GAP_PX: f64 = 12.0;

/// The picture: a title that says the finding, what is drawn, the axis and the rows, the cheapest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// The finding.
    pub title: String,
    /// What is drawn.
    pub deck: String,
    /// Ticks of the axis: place as a share of its length, and label.
    pub ticks: Vec<(f64, String)>,
    /// One row for each strategy.
    pub rows: Vec<Dot>,
}

/// The part that a strategy plays in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// What is used now.
    Verdict,
    /// Its best rival.
    Rival,
    /// Any other that nothing excludes.
    Other,
    /// Excluded.
    Out,
}

/// One strategy in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its key.
    pub id: StrategyId,
    /// Its name.
    pub name: String,
    /// The same for a narrow column.
    pub short: &'static str,
    /// Its total cost in words.
    pub total: String,
    /// What it is here, such as "use now"; empty for most.
    pub note: &'static str,
    /// The part it plays.
    pub part: Seat,
    /// Whether its quality is measured to meet the bar.
    pub is_measured: bool,
    /// Where it stands, if its cost is known.
    pub place: Option<Place>,
    /// The line that says why, or why not.
    pub why: String,
    /// Low and high in words, where they differ from the total.
    pub range: Option<String>,
}

/// Where a strategy stands on the axis; shares of its length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// On the axis.
    On {
        /// Low, central and high.
        low: f64,
        /// The total.
        at: f64,
        /// The high total, at most the end of the axis.
        high: f64,
        /// Whether its label stands before the whisker, for want of room behind it.
        label_before: bool,
    },
    /// Beyond its end.
    Beyond,
}

impl Dot {
    /// All that the row shows, for those who do not see it.
    pub fn description(&self) -> String {
        let range = self.range.as_ref().map_or(String::new(), |range| format!(", {range}"));
        let measured = match (self.part, self.is_measured) {
            (Seat::Out, _) => "",
            (_, true) => " Measured.",
            (_, false) => " Not measured.",
        };
        let note = if self.note.is_empty() { String::new() } else { format!(" {}.", capital(self.note)) };
        format!("{}: {}{range}.{measured}{note} {}", self.name, self.total, self.why)
    }
}

/// The picture of an answer.
pub fn dots(answer: &Answer) -> Dots {
    let mut all: Vec<&Assessment> = answer.decided.assessments.iter().collect();
    all.sort_by(|a, b| {
        let total = |one: &Assessment| one.total().unwrap_or(f64::INFINITY);
        total(a).total_cmp(&total(b)).then_with(|| (a.rung, a.id).cmp(&(b.rung, b.id)))
    });
    let end = end_of(answer, &all);
    Dots {
        title: title(answer),
        deck: deck(answer),
        ticks: ticks(end),
        rows: all.into_iter().map(|one| dot(one, answer, end)).collect(),
    }
}

/// The end of the axis: the highest range of what nothing excludes, but no more than a few times the verdict's cost.
fn end_of(answer: &Answer, all: &[&Assessment]) -> f64 {
    let survivors = || all.iter().filter(|one| one.survives()).filter(|one| one.total().is_some());
    let shown = if survivors().next().is_some() { survivors().copied().collect() } else { all.to_vec() };
    let highs = shown.iter().filter_map(|one| high(one));
    let most = highs.fold(0.0, f64::max);
    let main = [answer.decided.choice.use_now, answer.decided.choice.rival];
    let main = main.into_iter().flatten().filter_map(|id| answer.get(id)).filter_map(high);
    let least = shown.iter().filter_map(|one| one.total()).fold(f64::INFINITY, f64::min);
    let anchor = answer.decided.choice.use_now.and_then(|id| answer.get(id)).and_then(Assessment::total);
    let cut = (LONGEST * anchor.unwrap_or(least)).max(main.fold(0.0, f64::max) * 1.05);
    most.min(cut)
}

fn high(one: &Assessment) -> Option<f64> {
    one.range.map(|range| range.high).or(one.total()).filter(|high| high.is_finite())
}

fn ticks(end: f64) -> Vec<(f64, String)> {
    if !(end.is_finite() && end > 0.0) {
        return Vec::new();
    }
    // Few ticks are halved.
    let (step, steps) = match round_steps(end) {
        (step, steps) if steps <= 4 => (step / 2.0, 2 * steps),
        steps => steps,
    };
    let ticks = (0..=steps).map(|tick| step * f64::from(tick)).take_while(|usd| *usd <= end);
    ticks.map(|usd| (usd / end, usd_short(usd))).collect()
}

fn dot(one: &Assessment, answer: &Answer, end: f64) -> Dot {
    let choice = &answer.decided.choice;
    let part = match one.id {
        id if choice.use_now == Some(id) => Seat::Verdict,
        _ if !one.survives() => Seat::Out,
        id if choice.rival == Some(id) => Seat::Rival,
        _ => Seat::Other,
    };
    let note = note(one, answer, part);
    let total = one.total().map_or_else(|| "cost unknown".to_owned(), usd_short);
    let range = one.range.map(|range| (usd_short(range.low), usd_short(range.high)));
    let characters = total.chars().count() + 1 + one.name.chars().count() + note.chars().count() + 3;
    Dot {
        id: one.id,
        name: one.name.clone(),
        short: brief(one.id),
        note,
        part,
        is_measured: one.quality.meets(),
        place: one.total().filter(|total| total.is_finite()).map(|total| place(one, total, end, characters)),
        why: answer.explanation(one.id).map_or_else(String::new, |words| words.why_not.clone()),
        range: range.filter(|(low, high)| low != high).map(|(low, high)| format!("{low} to {high}")),
        total,
    }
}

fn note(one: &Assessment, answer: &Answer, part: Seat) -> &'static str {
    let choice = &answer.decided.choice;
    let pilot = answer.decided.pilots.iter().position(|pilot| pilot.strategy == one.id);
    match (part, pilot) {
        (Seat::Verdict, _) if choice.must_be_built => "build it",
        (Seat::Verdict, _) => "use now",
        (Seat::Out, _) => "excluded",
        _ if choice.later == Some(one.id) => "follows when it is ready",
        (_, Some(0)) => "test first",
        (_, Some(1)) => "test next",
        _ => "",
    }
}

fn place(one: &Assessment, total: f64, end: f64, characters: usize) -> Place {
    if total > end {
        return Place::Beyond;
    }
    let share = |usd: f64| (usd / end).clamp(0.0, 1.0);
    let (low, high) = one.range.map_or((total, total), |range| (range.low, range.high));
    let (low, at, high) = (share(low), share(total), share(high));
    let needed = (characters as f64 * CHARACTER_PX + GAP_PX) / PLOT_PX;
    // Where neither side has room, the one with more of it.
    let label_before = high + needed > 1.0 && (low >= needed || low > 1.0 - high);
    Place::On { low, at, high, label_before }
}

fn title(answer: &Answer) -> String {
    let survivors: Vec<&Assessment> =
        answer.decided.assessments.iter().filter(|one| one.survives()).collect();
    if survivors.is_empty() {
        return "All twelve are excluded".to_owned();
    }
    let Some(holder) = answer.decided.choice.use_now.and_then(|id| answer.get(id)) else {
        return "None is proven yet; so the costs do not decide".to_owned();
    };
    let Some(total) = holder.total() else { return "What is used now has no known cost".to_owned() };
    let cheaper: Vec<&&Assessment> = survivors
        .iter()
        .filter(|one| one.id != holder.id && one.total().is_some_and(|other| other < total))
        .collect();
    let proven = cheaper.iter().filter(|one| one.quality.meets()).count();
    let cost = match cheaper.len() {
        0 => return "Nothing that fits costs less".to_owned(),
        1 => "One strategy costs less".to_owned(),
        count => format!("{} strategies cost less", capital(&few(count))),
    };
    let late = answer.decided.choice.later.is_some();
    match (cheaper.len(), proven) {
        (1, 0) => format!("{cost}; it is not measured yet"),
        (2, 0) => format!("{cost}; neither is measured yet"),
        (_, 0) => format!("{cost}; none is measured yet"),
        (all, proven) if proven < all => format!("{cost}; {} of them not measured yet", few(all - proven)),
        (1, _) if late => format!("{cost}; it is not ready in time"),
        (1, _) => format!("{cost}, by too little to move"),
        _ => format!("{cost}, by too little to move or too late"),
    }
}

fn deck(answer: &Answer) -> String {
    let horizon = answer.decided.assessments.iter().find_map(|one| one.cost.as_ref().ok());
    let Some(cost) = horizon else { return "No total is known.".to_owned() };
    let horizon = months(cost.ledger.months.len().saturating_sub(1));
    let errors = answer.decided.assessments.iter().filter_map(|one| one.cost.as_ref().ok());
    let errors = if errors.into_iter().any(|cost| cost.errors.is_some()) {
        ", with wrong answers where they are known"
    } else {
        ""
    };
    format!("Total over {horizon} in today’s money{errors}.{}", whiskers(answer))
}

/// What the whiskers are, and how much of them the verdict and its rival share.
fn whiskers(answer: &Answer) -> String {
    if answer.decided.assessments.iter().all(|one| one.range.is_none()) {
        return String::new();
    }
    let lines = " Lines: low to high estimates of hours and speed";
    let choice = &answer.decided.choice;
    let pair = choice.use_now.zip(answer.decided.pilots.first());
    let saving = pair.and_then(|(holder, pilot)| {
        let range = answer.saving_range(holder, pilot.strategy)?;
        let words = (usd_short(range.low), usd_short(range.high));
        (range.low > 0.0 && words.0 != words.1).then_some((brief(pilot.strategy), words))
    });
    match saving {
        Some((name, (low, high))) => {
            format!("{lines}, mostly shared, so “{name}” saves {low} to {high} at either end.")
        }
        None => format!("{lines}."),
    }
}
