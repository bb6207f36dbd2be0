//! The verdict as a picture: every strategy on one dollar axis, with its likely range.

use super::cast::brief;
use super::scale::round_steps;
use crate::domain::answer::{Answer, Assessment, Range};
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
        // Why it is excluded says that it is.
        let says_itself = self.note.is_empty() || matches!(self.part, Seat::Out);
        let note = if says_itself { String::new() } else { format!(" {}.", capital(self.note)) };
        format!("{}: {}{range}.{measured}{note} {}", self.name, self.total, self.why)
    }
}

/// In which terms strategies stand beside each other: with wrong answers only where all of them know theirs, so that
/// no dot lies cheaper for what is not known of it.
#[derive(Clone, Copy)]
struct Terms {
    with_errors: bool,
}

impl Terms {
    fn of(answer: &Answer) -> Terms {
        let mut compared = answer.decided.assessments.iter().filter(|one| one.survives());
        let is_known = |one: &Assessment| one.cost.as_ref().map_or(true, |cost| cost.errors.is_some());
        Terms { with_errors: compared.all(is_known) }
    }

    /// What is taken away from a total.
    fn left_out(self, one: &Assessment) -> f64 {
        let errors = one.cost.as_ref().ok().and_then(|cost| cost.errors);
        if self.with_errors { 0.0 } else { errors.unwrap_or(0.0) }
    }

    fn total(self, one: &Assessment) -> Option<f64> {
        one.total().map(|total| total - self.left_out(one)).filter(|total| total.is_finite())
    }

    fn range(self, one: &Assessment) -> Option<Range> {
        let left_out = self.left_out(one);
        one.range.map(|range| Range { low: range.low - left_out, high: range.high - left_out })
    }
}

/// All strategies, the cheapest first and what is of unknown cost last: the order of the picture and of its table.
pub fn by_cost(answer: &Answer) -> Vec<&Assessment> {
    let terms = Terms::of(answer);
    let mut all: Vec<&Assessment> = answer.decided.assessments.iter().collect();
    let total = |one: &Assessment| terms.total(one).unwrap_or(f64::INFINITY);
    all.sort_by(|a, b| total(a).total_cmp(&total(b)).then_with(|| (a.rung, a.id).cmp(&(b.rung, b.id))));
    all
}

/// The picture of an answer.
pub fn dots(answer: &Answer) -> Dots {
    let (all, terms) = (by_cost(answer), Terms::of(answer));
    let end = end_of(answer, &all, terms);
    Dots {
        title: title(answer, terms),
        deck: deck(answer, terms),
        ticks: ticks(end),
        rows: all.into_iter().map(|one| dot(one, answer, end, terms)).collect(),
    }
}

/// The end of the axis: the highest range of what nothing excludes, but no more than a few times the verdict's cost.
fn end_of(answer: &Answer, all: &[&Assessment], terms: Terms) -> f64 {
    let survivors = || all.iter().filter(|one| one.survives()).filter(|one| terms.total(one).is_some());
    let shown = if survivors().next().is_some() { survivors().copied().collect() } else { all.to_vec() };
    let highs = shown.iter().filter_map(|one| high(one, terms));
    let most = highs.fold(0.0, f64::max);
    let main = [answer.decided.choice.use_now, answer.decided.choice.rival];
    let main = main.into_iter().flatten().filter_map(|id| answer.get(id)).filter_map(|one| high(one, terms));
    let least = shown.iter().filter_map(|one| terms.total(one)).fold(f64::INFINITY, f64::min);
    let anchor = answer.decided.choice.use_now.and_then(|id| answer.get(id)).and_then(|one| terms.total(one));
    let cut = (LONGEST * anchor.unwrap_or(least)).max(main.fold(0.0, f64::max) * 1.05);
    most.min(cut)
}

fn high(one: &Assessment, terms: Terms) -> Option<f64> {
    terms.range(one).map(|range| range.high).or(terms.total(one)).filter(|high| high.is_finite())
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

fn dot(one: &Assessment, answer: &Answer, end: f64, terms: Terms) -> Dot {
    let choice = &answer.decided.choice;
    let part = match one.id {
        id if choice.use_now == Some(id) => Seat::Verdict,
        _ if !one.survives() => Seat::Out,
        id if choice.rival == Some(id) => Seat::Rival,
        _ => Seat::Other,
    };
    let words = answer.explanation(one.id);
    let note = words.map_or("", |words| words.standing);
    let total = terms.total(one).map_or_else(|| "cost unknown".to_owned(), usd_short);
    let range = terms.range(one).map(|range| (usd_short(range.low), usd_short(range.high)));
    let characters = total.chars().count() + 1 + one.name.chars().count() + note.chars().count() + 3;
    Dot {
        id: one.id,
        name: one.name.clone(),
        short: brief(one.id),
        note,
        part,
        is_measured: one.quality.is_measured(),
        place: terms.total(one).map(|total| place(terms.range(one), total, end, characters)),
        why: words.map_or_else(String::new, |words| words.why_not.clone()),
        range: range.filter(|(low, high)| low != high).map(|(low, high)| format!("{low} to {high}")),
        total,
    }
}

fn place(range: Option<Range>, total: f64, end: f64, characters: usize) -> Place {
    if total > end {
        return Place::Beyond;
    }
    // Where all is free, all stands at the beginning.
    let share = |usd: f64| if end > 0.0 { (usd / end).clamp(0.0, 1.0) } else { 0.0 };
    let (low, high) = range.map_or((total, total), |range| (range.low, range.high));
    let (low, at, high) = (share(low), share(total), share(high));
    let needed = (characters as f64 * CHARACTER_PX + GAP_PX) / PLOT_PX;
    // Where neither side has room, the one with more of it.
    let label_before = high + needed > 1.0 && (low >= needed || low > 1.0 - high);
    Place::On { low, at, high, label_before }
}

fn title(answer: &Answer, terms: Terms) -> String {
    let choice = &answer.decided.choice;
    let survivors = || answer.decided.assessments.iter().filter(|one| one.survives());
    if survivors().next().is_none() {
        return "All twelve are excluded".to_owned();
    }
    let Some(holder) = choice.use_now.and_then(|id| answer.get(id)) else {
        let title = match choice.later {
            Some(_) => "What is proven is not ready by the launch",
            None => "None is proven yet, so cost does not decide",
        };
        return title.to_owned();
    };
    let Some(total) = terms.total(holder) else { return "What is used now has no known cost".to_owned() };
    let is_cheaper = |one: &&Assessment| terms.total(one).is_some_and(|other| other < total);
    let cheaper: Vec<&Assessment> =
        survivors().filter(|one| one.id != holder.id).filter(is_cheaper).collect();
    let cost = match cheaper.len() {
        0 => return "Nothing that fits costs less".to_owned(),
        1 => "One strategy costs less".to_owned(),
        count => format!("{} strategies cost less", capital(&few(count))),
    };
    format!("{cost}{}", why_not_cheaper(&cheaper, choice.later.is_some()))
}

/// What keeps the cheaper ones from being used.
fn why_not_cheaper(cheaper: &[&Assessment], is_late: bool) -> String {
    let count = cheaper.len();
    let proven = cheaper.iter().filter(|one| one.quality.meets()).count();
    // Measured, and still not shown to meet the bar, is no longer unmeasured.
    let state = if cheaper.iter().any(|one| one.quality.is_measured()) { "proven" } else { "measured" };
    match (count, proven) {
        (1, 0) => format!("; it is not {state} yet"),
        (2, 0) => format!("; neither is {state} yet"),
        (_, 0) => format!("; none is {state} yet"),
        _ if proven < count => format!("; {} of them not proven yet", few(count - proven)),
        (1, _) if is_late => "; it is not ready in time".to_owned(),
        (1, _) => ", by too little to move".to_owned(),
        _ => ", by too little to move or too late".to_owned(),
    }
}

fn deck(answer: &Answer, terms: Terms) -> String {
    let mut costs = answer.decided.assessments.iter().filter_map(|one| one.cost.as_ref().ok());
    let Some(cost) = costs.next() else { return "No total is known.".to_owned() };
    let horizon = months(cost.ledger.months.len().saturating_sub(1));
    let knows_errors = cost.errors.is_some() || costs.any(|cost| cost.errors.is_some());
    let errors = match (knows_errors, terms.with_errors) {
        (false, _) => "",
        (true, true) => ", with wrong answers",
        (true, false) => ", without wrong answers, which are known of some only",
    };
    format!("Total over {horizon} in today’s money{errors}.{}", whiskers(answer, terms))
}

/// What the whiskers are, and what of them the verdict and its rival share.
fn whiskers(answer: &Answer, terms: Terms) -> String {
    if answer.decided.assessments.iter().all(|one| one.range.is_none()) {
        return String::new();
    }
    let lines = " Lines: low to high estimates of hours and speed";
    let pair = answer.decided.choice.use_now.zip(answer.decided.pilots.first());
    let saving = pair.and_then(|(holder, pilot)| {
        let range = answer.saving_range(holder, pilot.strategy)?;
        let own = terms.range(answer.get(holder)?)?;
        let words = (usd_short(range.low), usd_short(range.high));
        let is_shared = range.high - range.low < 0.5 * (own.high - own.low);
        let is_said = range.low > 0.0 && words.0 != words.1 && pilot.stronger_model.is_none();
        is_said.then_some((brief(pilot.strategy), words, is_shared))
    });
    match saving {
        Some((name, (low, high), true)) => {
            format!("{lines}, mostly shared, so “{name}” saves {low} to {high} at either end.")
        }
        Some((name, (low, high), false)) => format!("{lines}; “{name}” saves {low} to {high}."),
        None => format!("{lines}."),
    }
}
