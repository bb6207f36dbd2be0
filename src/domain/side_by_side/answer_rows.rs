//! What each scenario comes to.

use super::difference::{Against, money};
use super::read::VOLUME;
use super::side::{Leading, Side, Test};
use super::sides::SideBySide;
use crate::domain::answer::{Flip, FlipKind, Flips, Leads, Range, input_words::flip_words};
use crate::domain::input::input;
use crate::domain::units::Cell;
use crate::domain::units::words::{NONE, capital, months, usd_short, weeks};

const THOUSAND: f64 = 1_000.0;

/// The rows, each with a name before its cells.
pub fn answer_rows(sides: &SideBySide) -> Vec<Vec<Cell>> {
    let of = |label: &str, cell: fn(&Side) -> Cell| {
        let cells = sides.sides().iter().map(|side| cell(side));
        [Cell::from(label)].into_iter().chain(cells).collect::<Vec<Cell>>()
    };
    let is_any = |holds: fn(&Side) -> bool| sides.sides().iter().any(|side| holds(side));
    let has_one_horizon = sides.has_one_horizon();
    let mut rows = vec![of("Recommended", |side| side.headline.as_str().into())];
    if is_any(|side| side.wrong_fields > 0) {
        rows.push(of("Fields that need attention", |side| wrong(side.wrong_fields)));
    }
    rows.extend([
        of("Costs are those of", |side| leading(side.leading.as_ref())),
        of("Made of", |side| {
            side.leading.as_ref().map_or_else(unknown, |one| one.configuration.join("; ").into())
        }),
        of("Confidence", |side| capital(side.grade.label()).into()),
        of("Horizon", |side| months(side.horizon).into()),
        totals(sides, "Total cost of ownership, today’s money", |_| 1.0, has_one_horizon),
        of("Likely range of it", |side| {
            side.leading.as_ref().and_then(|one| one.range).map_or_else(unknown, range)
        }),
    ]);
    if !has_one_horizon {
        rows.push(totals(sides, "The same per month of operation", a_month, true));
    }
    if is_any(|side| side.leading.as_ref().is_some_and(|one| one.total.errors.is_some())) {
        let errors = |side: &Side| side.leading.as_ref().and_then(|one| one.total.errors);
        rows.push(amounts(sides, "Of the total, wrong answers", errors, has_one_horizon));
    }
    rows.extend([
        amounts(sides, "Paid before launch", |side| side.leading.as_ref().map(|one| one.upfront), true),
        totals(sides, "1,000 requests on average, today’s money", a_thousand, true),
        amounts(sides, "1,000 more requests at this volume", marginal, true),
        of("Time to market", |side| {
            side.leading.as_ref().map_or_else(unknown, |one| weeks(one.lead_weeks).into())
        }),
        of("Volume that changes the answer", |side| flips(side.volume_flips.as_ref())),
        of("Test first", |side| side.test.as_ref().map_or_else(|| "nothing".into(), test)),
    ]);
    rows
}

fn unknown() -> Cell {
    NONE.into()
}

fn wrong(count: usize) -> Cell {
    match count {
        0 => "none".into(),
        count => format!("{count}; the last valid value or the default counts").into(),
    }
}

fn leading(leading: Option<&Leading>) -> Cell {
    let Some(one) = leading else { return "nothing whose cost is known".into() };
    match one.is {
        Leads::Verdict => one.name.as_str().into(),
        is => format!("{}, {}", one.name, is.words()).into(),
    }
}

fn range(range: Range) -> Cell {
    format!("{} to {}", usd_short(range.low), usd_short(range.high)).into()
}

fn a_month(one: &Leading) -> f64 {
    let operation = one.months.len().saturating_sub(1).max(1);
    1.0 / operation as f64
}

fn a_thousand(one: &Leading) -> f64 {
    THOUSAND / one.discounted_requests
}

fn marginal(side: &Side) -> Option<f64> {
    side.leading.as_ref().map(|one| one.marginal_per_request * THOUSAND)
}

/// Totals times a factor, as the page shows them.
fn totals(sides: &SideBySide, label: &str, factor: fn(&Leading) -> f64, differences: bool) -> Vec<Cell> {
    let first = sides.sides().first().and_then(|side| side.leading.as_ref()).filter(|_| differences);
    let cell = |place: usize, side: &Side| {
        let own = side.leading.as_ref();
        let against = first.zip(own).filter(|_| place > 0);
        let amount = own.map(|one| one.total.all() * factor(one));
        money(amount, against.map(|(first, own)| Against::totals(first, own, factor)))
    };
    let cells = sides.sides().iter().enumerate().map(|(place, side)| cell(place, side));
    [Cell::from(label)].into_iter().chain(cells).collect()
}

/// Amounts that are the same kind of money in all.
fn amounts(sides: &SideBySide, label: &str, of: fn(&Side) -> Option<f64>, differences: bool) -> Vec<Cell> {
    let first = sides.sides().first().and_then(|side| of(side)).filter(|_| differences);
    let cell = |place: usize, side: &Side| {
        let own = of(side);
        let against = first.zip(own).filter(|_| place > 0);
        money(own, against.map(|(first, own)| Against::plain(first, own)))
    };
    let cells = sides.sides().iter().enumerate().map(|(place, side)| cell(place, side));
    [Cell::from(label)].into_iter().chain(cells).collect()
}

/// Where the answer changes over volume: each volume with what is done there.
fn flips(flips: Option<&Flips>) -> Cell {
    let (Some(flips), Some(volume)) = (flips, input(VOLUME)) else { return "still being searched".into() };
    let there = |flip: &Flip| match (flip.kind, flip.there.test_first.as_str()) {
        (FlipKind::Use, _) => flip.verdict(),
        (FlipKind::Trial, "") => "the same, no test".to_owned(),
        (FlipKind::Trial, test) => format!("the same, test first: {test}"),
    };
    let told =
        flips.found.iter().map(|flip| format!("{} a month: {}", flip_words(flip, volume), there(flip)));
    let told: Vec<String> = told.collect();
    if told.is_empty() { "none found".into() } else { told.join("; ").into() }
}

fn test(test: &Test) -> Cell {
    let saving =
        test.saving.map(|usd| format!(", saves {} if it passes", usd_short(usd))).unwrap_or_default();
    format!("{}: {}{saving}", test.name, usd_short(test.usd)).into()
}
