//! The tree of what open measurements lead to, in words.

use super::verdict::{count, headline, money};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{count_exact, lower_first, percent, weeks};
use crate::domain::what_if::{Event, Held, PathState, Question};

/// One state of the tree, as data and in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The state.
    pub state: PathState,
    /// What to do there.
    pub verdict: String,
    /// What it takes: weeks and money before it serves; empty where nothing is used.
    pub takes: String,
    /// Why that.
    pub reason: String,
    /// What to find out next; empty where nothing is open.
    pub question: String,
    /// What each branch waits for, in the order of the branches.
    pub events: Vec<String>,
}

/// Put the states of a tree into words.
pub fn told(states: Vec<PathState>, bar: f64) -> Vec<Path> {
    states.into_iter().map(|state| path(state, bar)).collect()
}

fn path(state: PathState, bar: f64) -> Path {
    Path {
        verdict: headline(&state.outcome),
        takes: state.held.as_ref().map_or_else(String::new, takes),
        reason: reason(&state, bar),
        question: state.question.as_ref().map_or_else(String::new, question),
        events: state.branches.iter().map(|branch| event(branch.event)).collect(),
        state,
    }
}

fn takes(held: &Held) -> String {
    let total = held
        .total
        .map_or_else(|| "a cost that is not known".to_owned(), |usd| format!("{} in all", money(usd)));
    let upfront = held.upfront.map_or_else(String::new, |usd| format!("{} before it serves, ", money(usd)));
    format!("{}, {upfront}{total}", weeks(held.lead_weeks))
}

fn reason(PathState { outcome, held, .. }: &PathState, bar: f64) -> String {
    let bar = percent(bar);
    let Some(held) = held else {
        return match (outcome.outcome.fits, outcome.outcome.test_first) {
            (false, _) => "every strategy is out by a constraint".to_owned(),
            (true, Some(_)) => {
                format!("what is asked first fails {bar}, and nothing else is measured to meet it")
            }
            (true, None) => format!("everything that may be tried has failed {bar}"),
        };
    };
    let known = match held.quality {
        QualityState::Meets(measured) => format!(
            "it is measured to meet {bar}, with {} of {} right",
            percent(measured.share),
            count_exact(f64::from(measured.total))
        ),
        QualityState::AssumedEqual => format!("it is assumed to meet {bar}"),
        QualityState::Fails(_) => {
            format!("it misses {bar} so far, before a real attempt at prompt engineering is over")
        }
        QualityState::Untested | QualityState::Stated(_) | QualityState::Unclear { .. } => {
            let lowest = matches!(held.strategy, StrategyId::Prompt | StrategyId::Rag);
            let place = if lowest {
                "the simplest strategy there is"
            } else {
                "the simplest strategy that the constraints allow"
            };
            format!("it is {place}, and not yet shown to meet or to fail {bar}")
        }
    };
    match &held.saves {
        Some((usd, before)) => format!("{known}, and saves {} against {}", money(*usd), lower_first(before)),
        None => known,
    }
}

fn question(question: &Question) -> String {
    match question {
        Question::Measure { name, examples, cost } => format!(
            "Measure {} on {} more examples ({})",
            lower_first(name),
            count_exact(f64::from(*examples)),
            money(*cost)
        ),
        Question::Test { name, cost } => format!("Test {} ({})", lower_first(name), money(*cost)),
    }
}

fn event(event: Event) -> String {
    let right = |correct: u32, total: u32| {
        format!("{} of {} right", count_exact(f64::from(correct)), count_exact(f64::from(total)))
    };
    match event {
        Event::Passes { correct, total } => format!("If it passes, with at least {}", right(correct, total)),
        Event::Fails { correct, total, after_hours: None } => {
            format!("If it fails, with at most {}", right(correct, total))
        }
        Event::Fails { correct, total, after_hours: Some(hours) } => format!(
            "If it still fails after {} hours of prompt engineering, with at most {}",
            count_exact(hours),
            right(correct, total)
        ),
        Event::Volume(volume) => format!("Once {} requests a month are reached", count(volume)),
    }
}
