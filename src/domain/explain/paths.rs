//! The tree of what open measurements lead to, in words.

use super::phrases::{thing, to_use};
use super::test_words::TestWords;
use super::verdict::{count, headline, money};
use crate::domain::evidence::QualityState;
use crate::domain::input::{Inputs, Value, input};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{capital, count_exact, counted, lower_first, percent, weeks};
use crate::domain::what_if::{Branch, Event, Held, PathState, Question, TestTime};

/// One state of the tree, as data and in words: what the tree shows, then what a reader opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The state.
    pub state: PathState,
    /// When it comes to this, in a few words: "189 or more right", "It fails too".
    pub condition: String,
    /// What to do there: "Prompt gpt-6.1-sol", "Proven: test gpt-6-luna".
    pub action: String,
    /// What that takes, and what to do beside it: "2 weeks, $14 k. Measure it on 200 examples."
    pub note: String,
    /// Whose cost the branch ends at: what is used there, or what is tested where nothing is used.
    pub strategy: Option<StrategyId>,
    /// Its cost for 1,000 requests at the volume there, US dollars.
    pub per_thousand: Option<f64>,
    /// Whether that is only to be tested: nothing is used there.
    pub is_test: bool,
    /// What is tested beside what is used, with its cost for 1,000 requests.
    pub test: Option<PathTest>,
    /// The volume there where that is not the present one, requests a month.
    pub volume: Option<f64>,
    /// The places of the states that follow, in the order of the branches.
    pub branches: Vec<usize>,
    /// What to set to be in this state: inputs with their values.
    pub edits: Vec<(&'static str, Value)>,
    /// What to do there, as a headline.
    pub verdict: String,
    /// What it takes: weeks and money before it serves; empty where nothing is used.
    pub takes: String,
    /// Why that.
    pub reason: String,
    /// What to find out next; empty where nothing is open.
    pub question: String,
    /// The test that is followed there, line by line.
    pub trial: Option<TestWords>,
    /// What each branch waits for, in the order of the branches.
    pub events: Vec<String>,
}

/// What is tested beside what is used.
#[derive(Clone, Debug, PartialEq)]
pub struct PathTest {
    /// What is tested.
    pub strategy: StrategyId,
    /// What it would cost to use for 1,000 requests, US dollars.
    pub per_thousand: Option<f64>,
}

/// Put the states of a tree, which begins with these inputs, into words.
pub fn told(states: &[PathState], inputs: &Inputs) -> Vec<Path> {
    let told = |(place, state)| path(state, Way::to(place, states), inputs);
    states.iter().enumerate().map(told).collect()
}

/// The test of a state, under the inputs that hold there.
fn trial(state: &PathState, inputs: &Inputs) -> Option<TestWords> {
    let pilot = state.trial.as_ref()?;
    let mut there = inputs.clone();
    for (id, value) in &state.edits {
        if let Some(record) = input(id) {
            (record.set)(&mut there, value);
        }
    }
    Some(TestWords::of(pilot, &there))
}

/// How a state is reached.
#[derive(Clone, Copy)]
struct Way<'a> {
    /// What happened.
    event: Event,
    /// Where.
    from: &'a PathState,
    /// What had happened before that.
    before: Option<Event>,
}

impl<'a> Way<'a> {
    fn to(place: usize, states: &'a [PathState]) -> Option<Way<'a>> {
        let (at, branch) = leading_to(place, states)?;
        let before = leading_to(at, states).map(|(_, branch)| branch.event);
        Some(Way { event: branch.event, from: states.get(at)?, before })
    }
}

fn leading_to(place: usize, states: &[PathState]) -> Option<(usize, &Branch)> {
    let mut all = states.iter().enumerate();
    all.find_map(|(at, state)| Some((at, state.branches.iter().find(|branch| branch.to == place)?)))
}

fn path(state: &PathState, way: Option<Way>, inputs: &Inputs) -> Path {
    let (action, note) = action(state, way);
    let test = test_of(state);
    let held = state.held.as_ref().filter(|_| state.outcome.outcome.use_now.is_some());
    let (strategy, per_thousand) = match (held, &test) {
        (Some(held), _) => (Some(held.strategy), held.per_thousand),
        (None, Some(test)) => (Some(test.strategy), test.per_thousand),
        (None, None) => (None, None),
    };
    Path {
        condition: way.map_or_else(|| "Now".to_owned(), condition),
        action,
        note,
        strategy,
        per_thousand,
        is_test: held.is_none() && test.is_some(),
        test: test.filter(|_| held.is_some()),
        volume: way.filter(|way| matches!(way.event, Event::Volume { .. })).map(|_| state.requests_per_month),
        branches: state.branches.iter().map(|branch| branch.to).collect(),
        edits: state.edits.clone(),
        verdict: headline(&state.outcome),
        takes: state.held.as_ref().map_or_else(String::new, takes),
        reason: reason(
            state,
            state
                .held
                .as_ref()
                .map_or(inputs.quality.required_quality, |held| inputs.quality.bar_of(held.strategy)),
        ),
        question: state.question.as_ref().map_or_else(String::new, question),
        trial: trial(state, inputs),
        events: state.branches.iter().map(|branch| event(branch.event)).collect(),
        state: state.clone(),
    }
}

fn test_of(state: &PathState) -> Option<PathTest> {
    match &state.question {
        Some(Question::Test { strategy, per_thousand, .. }) => {
            Some(PathTest { strategy: *strategy, per_thousand: *per_thousand })
        }
        _ => None,
    }
}

/// When it comes to a state, seen from the one before.
fn condition(Way { event, from, before }: Way) -> String {
    let is_test = matches!(from.question, Some(Question::Test { .. }));
    let too = |same: bool| if same { " too" } else { "" };
    let number = |correct: u32| count_exact(f64::from(correct));
    // The note of the state before says how many examples there are, unless some are there already.
    let asks_more =
        from.held.as_ref().is_some_and(|held| matches!(held.quality, QualityState::Unclear { .. }));
    let of = |total: u32| if asks_more { format!(" of {}", number(total)) } else { String::new() };
    match event {
        Event::Passes { .. } if is_test => {
            format!("It passes{}", too(matches!(before, Some(Event::Passes { .. }))))
        }
        Event::Fails { .. } if is_test => {
            format!("It fails{}", too(matches!(before, Some(Event::Fails { .. }))))
        }
        Event::Passes { correct, total } if correct == total => format!("All {} right", number(total)),
        Event::Passes { correct, total } => format!("{} or more{} right", number(correct), of(total)),
        Event::Fails { correct: 0, .. } => "None right".to_owned(),
        Event::Fails { correct, total, after_hours: None } => {
            format!("{} or fewer{} right", number(correct), of(total))
        }
        Event::Fails { correct, total, after_hours: Some(hours) } => {
            let hours = counted(&count_exact(hours), "hour");
            format!("{} or fewer{} right after {hours}", number(correct), of(total))
        }
        Event::Volume { requests, failed } => {
            let passes = format!("olume passes {}", count(requests));
            match failed {
                0 => format!("V{passes}"),
                1 => format!("It fails, v{passes}"),
                2 => format!("Both fail, v{passes}"),
                _ => format!("All fail, v{passes}"),
            }
        }
    }
}

/// What to do in a state, and what that takes.
fn action(state: &PathState, way: Option<Way>) -> (String, String) {
    let outcome = &state.outcome;
    let before = way.and_then(|way| way.from.held.as_ref());
    let is_same = |held: &Held| before.is_some_and(|before| is_same_choice(before, held));
    let test = test_words(state);
    match (&state.held, test) {
        (Some(held), Some((test, takes))) if is_same(held) => (after(way, &test), takes),
        (Some(held), None) if is_same(held) => (after(way, &stays(held)), measuring(state)),
        (Some(held), _) => (act(held, outcome), taken_with(held, state, way)),
        (None, Some((test, takes))) => {
            let is_lost = way.is_some_and(|way| matches!(way.from.question, Some(Question::Measure { .. })));
            let action = if is_lost { format!("Not proven: {test}") } else { capital(&test) };
            (action, takes)
        }
        (None, None) if !outcome.outcome.fits => ("Nothing fits".to_owned(), String::new()),
        (None, None) => ("Nothing is left to try".to_owned(), String::new()),
    }
}

fn is_same_choice(before: &Held, held: &Held) -> bool {
    before.strategy == held.strategy && before.model == held.model
}

/// What to do next where what is used stays, with what that shows.
fn after(way: Option<Way>, next: &str) -> String {
    match way.map(|way| (way.event, &way.from.question)) {
        Some((Event::Passes { .. }, Some(Question::Measure { .. }))) => format!("Proven: {next}"),
        Some((Event::Volume { .. }, _)) => capital(next),
        _ if next.starts_with("stay") => capital(next),
        _ => format!("Stay, {next}"),
    }
}

fn stays(held: &Held) -> String {
    format!("stay with {}", thing(held.strategy, held.model.as_deref()))
}

/// What to use, in a few words.
fn act(held: &Held, outcome: &crate::domain::decide::NamedOutcome) -> String {
    let words = to_use(held.strategy, held.model.as_deref());
    match (outcome.is_today, outcome.outcome.use_now) {
        (true, Some(_)) => format!("Keep what you have: {}", lower_first(&words)),
        (_, None) => format!("Not by the launch: {}", lower_first(&words)),
        _ => words,
    }
}

/// Weeks and money of what is used, what it saves, and what to find out beside.
fn taken_with(held: &Held, state: &PathState, way: Option<Way>) -> String {
    let mut parts = Vec::new();
    if !state.outcome.is_today {
        parts.push(weeks(held.lead_weeks));
        let before = way.and_then(|way| way.from.held.as_ref());
        match (before.and_then(|before| before.saving(held)), held.upfront, held.total) {
            (Some(usd), ..) => parts.push(format!("saves {}", money(usd))),
            (None, Some(usd), _) if way.is_none() => parts.push(money(usd)),
            (None, _, Some(usd)) if way.is_some() => parts.push(format!("{} in all", money(usd))),
            _ => {}
        }
    }
    let next = match test_words(state) {
        Some((test, takes)) => format!("{}, {takes}", capital(&test)),
        None => measuring(state),
    };
    let taken = parts.join(", ");
    match (taken.is_empty(), next.is_empty()) {
        (false, false) => format!("{}. {next}", capital(&taken)),
        _ => format!("{}{next}", capital(&taken)),
    }
}

/// What to measure of what is used, if that is open.
fn measuring(state: &PathState) -> String {
    match &state.question {
        Some(Question::Measure { examples, .. }) => {
            let there =
                matches!(state.held.as_ref().map(|held| held.quality), Some(QualityState::Unclear { .. }));
            let more = if there { " more" } else { "" };
            format!("Measure it on {}{more} examples.", count_exact(f64::from(*examples)))
        }
        _ => String::new(),
    }
}

/// The test that is open, and what it takes.
fn test_words(state: &PathState) -> Option<(String, String)> {
    let Some(Question::Test { strategy, model, is_stronger, cost, takes, .. }) = &state.question else {
        return None;
    };
    let time = match takes {
        TestTime::Hours(hours) => counted(&count_exact(*hours), "hour"),
        TestTime::Weeks(count) => weeks(*count),
    };
    let what = match model {
        Some(stronger) if *is_stronger => stronger.clone(),
        _ => thing(*strategy, model.as_deref()),
    };
    Some((format!("test {what}"), format!("{}, {time}", money(*cost))))
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
        Question::Test { name, cost, .. } => format!("Test {} ({})", lower_first(name), money(*cost)),
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
        Event::Volume { requests, failed } => {
            let first = match failed {
                0 => "",
                1 => "If that test fails, once",
                2 => "If both tests fail, once",
                _ => "If all tests fail, once",
            };
            let first = if first.is_empty() { "Once" } else { first };
            format!("{first} {} requests a month are reached", count(requests))
        }
    }
}
