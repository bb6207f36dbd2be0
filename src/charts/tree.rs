//! The path as a small tree whose branches end at their cost for 1,000 requests.

use super::cast::Role;
use super::scale::round_steps;
use crate::domain::answer::{Answer, Event, Path, Question};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{NONE, capital, count_short, few, usd_short};

/// The narrowest axis, the width of one character, and what a mark takes beside its cost, in pixels.
const AXIS_PX: f64 = 140.0;
const CHARACTER_PX: f64 = 7.8;
const MARK_PX: f64 = 16.0;
/// However long a cost is written, a mark has so much of the axis to stand on.
const LEAST_ROOM: f64 = 0.25;

/// Ticks stand so far from each other, as a share of the axis.
const APART: f64 = 0.45;

/// The tree, the present state first.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub deck: String,
    /// Which counts decide nothing; empty where all do.
    pub note: String,
    /// What is paid now, as a share of the axis, and in words.
    pub now: Option<(f64, String)>,
    /// The far tick of the axis.
    pub tick: Option<(f64, String)>,
    /// The states; the first one is the present.
    pub nodes: Vec<Node>,
}

/// One state.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// When it comes to this.
    pub condition: String,
    /// What to do.
    pub action: String,
    /// What that takes.
    pub note: String,
    /// The states that follow.
    pub branches: Vec<usize>,
    /// What it costs there.
    pub end: End,
}

/// Where a branch ends on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// What is used there: a share of the axis.
    pub at: Option<f64>,
    /// What is tested there: a share of the axis.
    pub test: Option<f64>,
    /// The cost in words, with the volume where that is another one.
    pub words: String,
    /// The same for those who do not see the axis.
    pub said: String,
    /// Whether it is only to be tested.
    pub is_test: bool,
    /// The colour it has.
    pub is_verdict: bool,
    /// Whether it is the best rival.
    pub is_rival: bool,
}

/// The tree of an answer; without a node where nothing leads on, which its title says.
pub fn tree(paths: &[Path], answer: &Answer) -> Option<Tree> {
    let first = paths.first()?;
    if first.branches.is_empty() {
        return Some(still(first));
    }
    let leaves = || paths.iter().filter(|path| path.branches.is_empty());
    let tests = paths.iter().filter_map(|path| path.test.as_ref()?.per_thousand);
    let most = leaves().filter_map(|path| path.per_thousand).chain(tests).chain(first.per_thousand);
    let most = most.fold(0.0, f64::max);
    let end = leaves().map(end_for).fold(if most > 0.0 { most * 1.02 } else { 1.0 }, f64::max);
    let share = |usd: f64| (usd / end).clamp(0.0, 1.0);
    Some(Tree {
        title: title(paths),
        deck: deck(paths).to_owned(),
        note: undecided(first),
        now: first.per_thousand.filter(|_| !first.is_test).map(|usd| (share(usd), usd_short(usd))),
        // Not where the two would stand on each other.
        tick: far_tick(most)
            .filter(|usd| first.per_thousand.is_none_or(|now| (share(now) - share(*usd)).abs() > APART))
            .map(|usd| (share(usd), usd_short(usd).trim_end_matches(".00").to_owned())),
        nodes: paths.iter().map(|path| node(path, first, answer, &share)).collect(),
    })
}

/// The end of an axis on which the cost of a branch is written out behind its mark.
fn end_for(path: &Path) -> f64 {
    let characters = words(path).chars().count() as f64;
    let room = 1.0 - (characters * CHARACTER_PX + MARK_PX) / AXIS_PX;
    path.per_thousand.unwrap_or(0.0) / room.max(LEAST_ROOM)
}

/// The cost of a branch, with the volume where that is another one.
fn words(path: &Path) -> String {
    let cost = path.per_thousand.map_or_else(|| NONE.to_owned(), usd_short);
    format!("{cost}{}", at_volume(path))
}

fn at_volume(path: &Path) -> String {
    path.volume.map_or_else(String::new, |volume| format!(" at {}", count_short(volume)))
}

/// The highest round cost that no branch lies far beyond.
fn far_tick(most: f64) -> Option<f64> {
    let (step, steps) = round_steps(most);
    let tick = step * f64::from(steps.saturating_sub(1));
    (most > 0.0 && tick > 0.0).then_some(tick)
}

/// Where nothing leads on, it says why.
fn still(first: &Path) -> Tree {
    let title = match (first.state.outcome.outcome.fits, &first.state.question) {
        (false, _) => "Nothing fits, so nothing leads on",
        (true, None) => "No test is worth its cost, and no volume asks again",
        (true, Some(_)) => "No count of right answers would settle it",
    };
    Tree {
        title: title.to_owned(),
        deck: String::new(),
        note: String::new(),
        now: None,
        tick: None,
        nodes: Vec::new(),
    }
}

/// Between which costs the measurements decide: of what is used then, at the present volume.
fn title(paths: &[Path]) -> String {
    // What only a greater volume leads on from is settled at the present one.
    let grows = |place: &usize| paths.get(*place).is_some_and(|next| next.volume.is_some());
    let used = |path: &&Path| path.branches.iter().all(grows) && path.volume.is_none() && !path.is_test;
    let costs = paths.iter().filter(used).filter_map(|path| path.per_thousand);
    let (low, high) = costs.fold((f64::INFINITY, 0.0_f64), |(low, high), usd| (low.min(usd), high.max(usd)));
    let asks = |path: &&Path| path.state.question.is_some() && !path.branches.is_empty();
    let decide = match paths.iter().filter(asks).count() {
        0 => return "Only more volume asks the question again".to_owned(),
        1 => "One measurement decides".to_owned(),
        count => format!("{} measurements decide", capital(&few(count))),
    };
    let (from, to) = (usd_short(low), usd_short(high));
    if !low.is_finite() || from == to {
        return format!("{decide} what follows");
    }
    format!("{decide} between {from} and {to} per 1,000 requests")
}

fn deck(paths: &[Path]) -> &'static str {
    let has_tests =
        paths.iter().any(|path| path.branches.is_empty() && (path.is_test || path.test.is_some()));
    if has_tests {
        "Each branch ends at its cost. Filled: use it. Open: its test must pass first. Press a step for its reason, or to try it."
    } else {
        "Each branch ends at its cost. Press a step for its reason, or to try it."
    }
}

/// The counts between those that prove and those that rule out.
fn undecided(first: &Path) -> String {
    if !matches!(first.state.question, Some(Question::Measure { .. })) {
        return String::new();
    }
    let events = || first.state.branches.iter().map(|branch| branch.event);
    let passes = events().find_map(|event| match event {
        Event::Passes { correct, total } => Some((correct, total)),
        _ => None,
    });
    let fails = events().find_map(|event| match event {
        Event::Fails { correct, .. } => Some(correct),
        _ => None,
    });
    match (passes, fails) {
        (Some((passes, total)), Some(fails)) if fails + 1 < passes => {
            format!("Of {total} examples, {} to {} right cannot tell: measure more.", fails + 1, passes - 1)
        }
        _ => String::new(),
    }
}

fn node(path: &Path, first: &Path, answer: &Answer, share: &impl Fn(f64) -> f64) -> Node {
    let model = |path: &Path| path.state.held.as_ref().and_then(|held| held.model.clone());
    // The same strategy with another model is not the verdict.
    let is_verdict = path.strategy == first.strategy && model(path) == model(first);
    let role = |id: StrategyId| match id {
        _ if is_verdict && !path.is_test => Role::Verdict,
        id if answer.decided.choice.rival == Some(id) => Role::Rival,
        _ => Role::Other,
    };
    let role = path.strategy.map_or(Role::Other, role);
    Node {
        condition: path.condition.clone(),
        action: path.action.clone(),
        note: path.note.clone(),
        branches: path.branches.clone(),
        end: End {
            at: path.per_thousand.map(share),
            test: path.test.as_ref().and_then(|test| test.per_thousand).map(share),
            said: path.per_thousand.map_or_else(String::new, |usd| {
                format!("{} per 1,000 requests{}", usd_short(usd), at_volume(path))
            }),
            words: words(path),
            is_test: path.is_test,
            is_verdict: role == Role::Verdict,
            is_rival: role == Role::Rival,
        },
    }
}
