//! What the money buys: one bar for each strategy, of tokens, machines, and people's hours.

use super::cast::{Cast, Role, brief, subject_first};
use super::figure::ChartTable;
use super::scale::finite;
use crate::domain::answer::{Answer, Assessment};
use crate::domain::cost::{Line, Lines};
use crate::domain::strategy::StrategyId;
use crate::domain::units::Cell;
use crate::domain::units::words::{months, usd_short};

/// Bars up to so many times the dearer of verdict and rival are shown whole, longer ones broken.
const LONGEST: f64 = 4.0;
/// The plot ends so much beyond the longest whole bar.
const HEADROOM: f64 = 1.1;
/// A part below this share of the total is no part of a headline.
const WORTH_NAMING: f64 = 0.02;
/// It surprises if people cost so many times what the training costs that they surround.
const SURPRISING: f64 = 20.0;

/// What money is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is described by its label")]
pub enum Part {
    Tokens,
    Machines,
    Build,
    Run,
    Evaluate,
    Errors,
}

impl Part {
    /// Every part, in the order of the bars.
    pub const ALL: [Part; 6] =
        [Part::Tokens, Part::Machines, Part::Build, Part::Run, Part::Evaluate, Part::Errors];

    /// The part that a line of the ledger belongs to; labels are people's work.
    pub const fn of(line: Line) -> Part {
        match line {
            Line::Tokens | Line::Retrieval => Part::Tokens,
            Line::TrainingCompute | Line::ServingCompute => Part::Machines,
            Line::Labels | Line::PeopleBuild => Part::Build,
            Line::PeopleRun => Part::Run,
            Line::Evaluation => Part::Evaluate,
            Line::Errors => Part::Errors,
        }
    }

    /// Its name in a table.
    pub const fn label(self) -> &'static str {
        match self {
            Part::Tokens => "Tokens",
            Part::Machines => "Machines",
            Part::Build => "People: building",
            Part::Run => "People: running",
            Part::Evaluate => "People: evaluating",
            Part::Errors => "Wrong answers",
        }
    }

    /// Its name within a list.
    const fn within(self) -> &'static str {
        match self {
            Part::Tokens => "tokens",
            Part::Machines => "machines",
            Part::Build => "building",
            Part::Run => "running",
            Part::Evaluate => "evaluating",
            Part::Errors => "wrong answers",
        }
    }

    /// What it comes to.
    pub(super) fn amount(self, lines: &Lines) -> f64 {
        let own = Line::ALL.into_iter().filter(|line| Part::of(*line) == self);
        finite(own.map(|line| lines.get(line)).sum())
    }
}

/// The bars, with all that explains them.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The finding, as a headline.
    pub title: String,
    /// The surprising part, or what is shown.
    pub deck: String,
    /// From top to bottom.
    pub bars: Vec<MoneyBar>,
    /// Whether wrong answers are a part of any.
    pub has_errors: bool,
    /// The numbers.
    pub table: ChartTable,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct MoneyBar {
    /// Its strategy.
    pub id: StrategyId,
    /// What that is called.
    pub name: String,
    /// The same where there is little room.
    pub brief: &'static str,
    /// Its part.
    pub role: Role,
    /// Whether nothing excludes it.
    pub survives: bool,
    /// What is paid for, in percent of the width.
    pub parts: Vec<(Part, f64)>,
    /// What it comes to.
    pub total: String,
    /// Whether it is longer than the plot.
    pub is_broken: bool,
    /// All parts in words.
    pub spoken: String,
}

/// What is known of one strategy.
struct Known<'a> {
    one: &'a Assessment,
    lines: Lines,
    total: f64,
}

/// The bars; `None` if no cost is known.
pub fn money(answer: &Answer) -> Option<Money> {
    let cast = Cast::of(answer)?;
    let known = known(answer);
    let verdict = known.iter().find(|it| it.one.id == cast.verdict.id)?;
    let horizon = cast.verdict.cost.as_ref().ok()?.ledger.months.len().saturating_sub(1);
    let end = longest(&known, &cast) * HEADROOM;
    Some(Money {
        title: title(verdict, &cast),
        deck: deck(&known, horizon),
        bars: known.iter().map(|it| bar(it, &cast, end)).collect(),
        has_errors: known.iter().any(|it| Part::Errors.amount(&it.lines) > 0.0),
        table: table(&known),
    })
}

/// Every strategy with a known cost, the cheapest first.
fn known(answer: &Answer) -> Vec<Known<'_>> {
    let of = |one| {
        let one: &Assessment = one;
        let cost = one.cost.as_ref().ok()?;
        let total = cost.total();
        total.is_finite().then(|| Known { one, lines: cost.ledger.by_line(), total })
    };
    let mut known: Vec<Known> = answer.decided.assessments.iter().filter_map(of).collect();
    known.sort_by(|a, b| a.total.total_cmp(&b.total));
    known
}

/// The longest bar that is shown whole.
fn longest(known: &[Known], cast: &Cast) -> f64 {
    let main = known.iter().filter(|it| cast.role(it.one.id) != Role::Other);
    let main = main.map(|it| it.total).fold(0.0, f64::max);
    known.iter().map(|it| it.total).filter(|total| *total <= main * LONGEST).fold(main, f64::max)
}

fn bar(it: &Known, cast: &Cast, end: f64) -> MoneyBar {
    let is_broken = it.total > end;
    let amounts = || {
        let all = Part::ALL.into_iter().map(|part| (part, part.amount(&it.lines)));
        all.filter(|(_, usd)| *usd > 0.0)
    };
    let mut room = 100.0;
    let parts = amounts().map(|(part, usd)| {
        let share = if end > 0.0 { (usd / end * 100.0).min(room) } else { 0.0 };
        room -= share;
        (part, share)
    });
    let parts: Vec<(Part, f64)> = parts.filter(|(_, share)| *share > 0.0).collect();
    let said: Vec<String> =
        amounts().map(|(part, usd)| format!("{} {}", part.within(), usd_short(usd))).collect();
    let beyond = if is_broken { "; longer than drawn" } else { "" };
    let out = if it.one.survives() { "" } else { "excluded: " };
    MoneyBar {
        id: it.one.id,
        name: it.one.name.clone(),
        brief: brief(it.one.id),
        role: cast.role(it.one.id),
        survives: it.one.survives(),
        parts,
        total: usd_short(it.total),
        is_broken,
        spoken: format!("{out}{}{beyond}", said.join(", ")),
    }
}

/// What the verdict's money buys.
fn title(verdict: &Known, cast: &Cast) -> String {
    let amount = |part: Part| part.amount(&verdict.lines);
    let people = amount(Part::Build) + amount(Part::Run) + amount(Part::Evaluate);
    let groups = [
        (amount(Part::Tokens), "tokens"),
        (amount(Part::Machines), "machines"),
        (people, "people"),
        (amount(Part::Errors), "wrong answers"),
    ];
    let named = groups.into_iter().filter(|(usd, _)| *usd > 0.0 && *usd >= verdict.total * WORTH_NAMING);
    let mut named: Vec<String> = named.map(|(usd, name)| format!("{} in {name}", usd_short(usd))).collect();
    let costs = cast.claim(verdict.one.id).verb("cost");
    let subject = subject_first(verdict.one.id);
    match (named.pop(), named.is_empty()) {
        (Some(only), true) => format!("{subject} {costs} {only}"),
        (Some(last), false) => format!("{subject} {costs} {} and {last}", named.join(", ")),
        (None, _) => format!("{subject} {costs} {}", usd_short(verdict.total)),
    }
}

/// That training is cheap beside the people around it, where it is; else what is shown.
fn deck(known: &[Known], horizon: usize) -> String {
    let tuned =
        [(StrategyId::Lora, "a LoRA"), (StrategyId::Full, "a whole model"), (StrategyId::Custom, "a model")];
    let surprise = tuned.into_iter().find_map(|(id, name)| {
        let it = known.iter().find(|it| it.one.id == id && it.one.survives())?;
        let training = it.lines.get(Line::TrainingCompute);
        let people: f64 =
            [Part::Build, Part::Run, Part::Evaluate].map(|part| part.amount(&it.lines)).iter().sum();
        (training > 0.0 && people >= training * SURPRISING).then(|| {
            format!(
                "Training {name} takes {} of GPU time. The people around it cost {}.",
                small_usd(training),
                usd_short(people)
            )
        })
    });
    surprise.unwrap_or_else(|| format!("Total over {}, in today’s money.", months(horizon)))
}

/// Dollars, or cents below one.
fn small_usd(usd: f64) -> String {
    match libm::round(usd * 100.0) {
        cents if cents <= 1.0 => "about a cent".to_owned(),
        cents if cents < 100.0 => format!("{cents:.0} cents"),
        _ => usd_short(usd),
    }
}

/// Each strategy's amount by part, and its total.
fn table(known: &[Known]) -> ChartTable {
    let is_used = |part: &Part| known.iter().any(|it| part.amount(&it.lines) > 0.0);
    let parts: Vec<Part> = Part::ALL.into_iter().filter(is_used).collect();
    let head = parts.iter().map(|part| part.label().to_owned());
    let head = ["Strategy".to_owned()].into_iter().chain(head).chain(["Total".to_owned()]).collect();
    let row = |it: &Known| {
        let amounts = parts.iter().map(|part| part.amount(&it.lines)).chain([it.total]);
        let amounts = amounts.map(|usd| Cell::number(usd, usd_short));
        [Cell::from(it.one.name.as_str())].into_iter().chain(amounts).collect()
    };
    ChartTable { head, rows: known.iter().map(row).collect(), word_columns: (1, 0) }
}
