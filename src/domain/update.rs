//! A scenario that was made with an earlier catalogue: what has changed since, and what updating it would do.

use super::answer::{Answer, Assessment, answer};
use super::catalog::Edition;
use super::catalog::changes::{CatalogChange, changes};
use super::scenario::policy::PolicyError;
use super::scenario::{Scenario, left_out};
use super::units::Date;
use super::units::words::{counted, percent, usd_apart, usd_short};

/// The present catalogue beside the one that a scenario was made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The catalogue that it was made with.
    pub from: &'static Edition,
    /// Figures that have changed since, those that a cost of the answer rests on first.
    pub changes: Vec<CatalogChange>,
    /// The scenario over the present catalogue, and what that changes; or why there is none.
    pub outcome: Result<Updated, String>,
}

/// A scenario over the present catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Updated {
    /// The scenario.
    pub scenario: Scenario,
    /// What it does to verdict and total, in a sentence, and what is lost by it.
    pub effect: String,
}

/// What updating a scenario would do to its answer; nothing to say where it rests on the present catalogue.
pub fn update(scenario: &Scenario, then: &Answer) -> Option<Update> {
    let from = scenario.rows.edition();
    if from.is_current() {
        return None;
    }
    let mut changes = changes(from, Edition::current());
    changes.sort_by_key(|change| !is_in_use(change, then));
    Some(Update { from, changes, outcome: updated(scenario, then) })
}

/// Whether a cost of the answer is read from what changed.
fn is_in_use(change: &CatalogChange, answer: &Answer) -> bool {
    let rows = || answer.decided.assessments.iter().flat_map(|one| &one.rows);
    change.of.as_ref().is_none_or(|row| rows().any(|used| used == row))
}

fn updated(scenario: &Scenario, then: &Answer) -> Result<Updated, String> {
    let (scenario, refused) = scenario.updated().map_err(|faults| does_not_fit(&faults))?;
    let case = scenario.case().map_err(|errors| {
        let first = errors.first().map_or("", |error| error.message.as_str());
        format!("It cannot be updated as it stands. {first}")
    })?;
    let effect = std::iter::once(effect(then, &answer(&case))).chain(left_out(&refused));
    Ok(Updated { effect: effect.collect::<Vec<_>>().join(" "), scenario })
}

fn does_not_fit(faults: &[PolicyError]) -> String {
    let first = faults.first().map(|fault| format!(" ({}: {})", fault.place, fault.message));
    format!(
        "It cannot be updated: the organisation’s policy does not fit the present catalogue{}.",
        first.unwrap_or_default()
    )
}

impl Update {
    /// What it was made with and how much has changed since, in a sentence.
    pub fn since(&self) -> String {
        let day = self.from.date.parse().map_or_else(|_| self.from.date.to_owned(), Date::words);
        let made =
            format!("Shown with the catalogue it was made with, version {} of {day}.", self.from.version);
        let changed = match self.changes.len() {
            0 => "No figure has changed since.".to_owned(),
            1 => "One figure has changed since.".to_owned(),
            count => format!("{} have changed since.", counted(&count.to_string(), "figure")),
        };
        format!("{made} {changed}")
    }

    /// What updating would do, or why it cannot be done, in a sentence.
    pub fn effect(&self) -> &str {
        match &self.outcome {
            Ok(updated) => &updated.effect,
            Err(why) => why,
        }
    }
}

/// What another catalogue does to verdict and total, in a sentence.
fn effect(then: &Answer, now: &Answer) -> String {
    let total = |answer: &Answer| answer.chosen().and_then(Assessment::tco);
    let amounts = (total(then), total(now));
    let same_total = amounts.0 == amounts.1;
    let same_verdict = then.decided.choice.use_now == now.decided.choice.use_now
        && then.verdict.headline == now.verdict.headline;
    let verdict = match same_verdict {
        true => "leaves the verdict as it is".to_owned(),
        false => format!("turns the verdict into “{}”", now.verdict.headline),
    };
    match amounts {
        (Some(before), Some(_)) if same_total => {
            format!("Updating {verdict}; its total stays {}.", usd_short(before))
        }
        (Some(before), Some(after)) => {
            let (from, to) = usd_apart(before, after);
            let share = (before > 0.0).then(|| percent((after - before).abs() / before));
            let more = if after > before { "more" } else { "less" };
            let by = share.map(|share| format!(", {share} {more}")).unwrap_or_default();
            format!("Updating {verdict}; its total of {from} becomes {to}{by}.")
        }
        (Some(before), None) => {
            format!("Updating {verdict}; its total, {} now, becomes unknown.", usd_short(before))
        }
        (None, Some(after)) => {
            format!("Updating {verdict}; its total, unknown now, becomes {}.", usd_short(after))
        }
        (None, None) => format!("Updating {verdict}."),
    }
}
