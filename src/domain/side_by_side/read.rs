//! A side, read off a scenario and its answer.

use super::side::{Bill, Leading, Origin, Said, Side, Test};
use crate::domain::answer::input_words::held_words;
use crate::domain::answer::{Answer, Assessment, Flips, Hardware, Lead, Pilot, PilotWords};
use crate::domain::case::Case;
use crate::domain::catalog::model_name;
use crate::domain::catalog::own::{Table, key_of};
use crate::domain::cost::{Line, Lines};
use crate::domain::input::{Input, registry};
use crate::domain::scenario::Scenario;
use crate::domain::units::words::count_exact;
use crate::domain::units::{one_line, plain_text};

/// The longest name of a side, characters.
const MOST_OF_NAME: usize = 120;
/// The longest text of a cell, characters.
const MOST_OF_TEXT: usize = 2_000;
/// The input along which a change of the answer is told.
pub const VOLUME: &str = "requests_per_month";

/// What a side is read off.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What the scenario is called.
    pub name: &'a str,
    /// What was said.
    pub scenario: &'a Scenario,
    /// What it means.
    pub case: &'a Case,
    /// The answer to it.
    pub answer: &'a Answer,
    /// Where the answer changes over volume; `None` where nobody has looked yet.
    pub volume_flips: Option<&'a Flips>,
    /// Fields that are wrong.
    pub wrong_fields: usize,
}

/// Read a side.
pub fn read(asked: &Asked) -> Side {
    let Asked { name, scenario, case, answer, volume_flips, wrong_fields } = *asked;
    Side {
        name: plain_text(&one_line(name), MOST_OF_NAME),
        headline: answer.verdict.headline.clone(),
        grade: answer.confidence.grade,
        leading: answer.decided.lead().and_then(|lead| leading(lead, answer)),
        horizon: case.inputs.economics.horizon as usize,
        volume_flips: volume_flips.cloned(),
        test: answer.pilots().next().map(test),
        wrong_fields,
        values: registry().map(|record| said(record, scenario, case)).collect(),
        edition: scenario.rows.edition(),
        own_rows: own_rows(scenario),
        policy: scenario.policy().cloned(),
    }
}

fn leading(Lead { first, is, .. }: Lead, answer: &Answer) -> Option<Leading> {
    let cost = first.cost.as_ref().ok()?;
    let bill =
        |month: &Lines| Bill { paid: month.paid(), errors: cost.errors.map(|_| month.get(Line::Errors)) };
    Some(Leading {
        strategy: first.id,
        name: first.name.clone(),
        is,
        configuration: configuration(first),
        total: Bill { paid: cost.tco, errors: cost.errors },
        range: first.range,
        upfront: cost.upfront,
        discounted_requests: answer.decided.discounted_requests,
        marginal_per_request: cost.marginal_per_request,
        lead_weeks: first.lead_weeks,
        months: cost.ledger.months.iter().map(bill).collect(),
    })
}

/// Models that its cost is read from, and the GPUs that it serves on.
fn configuration(one: &Assessment) -> Vec<String> {
    let is_model = |table: Table| matches!(table, Table::ApiModels | Table::OpenModels);
    let models = one.rows.iter().filter(|(table, _)| is_model(*table)).map(|(_, key)| shown(model_name(key)));
    models.chain(one.hardware.as_ref().map(gpus)).collect()
}

fn gpus(hardware: &Hardware) -> String {
    let (_, likely, _) = hardware.peak_gpus;
    format!("{} × {}, weights in {}", count_exact(likely), shown(&hardware.gpu), hardware.precision)
}

fn test((pilot, words): (&Pilot, &PilotWords)) -> Test {
    Test { name: shown(&words.name), usd: pilot.cost, saving: pilot.saving }
}

fn said(record: &Input, scenario: &Scenario, case: &Case) -> Said {
    let is_of_policy =
        || scenario.policy().is_some_and(|policy| policy.defaults().any(|(of, _)| of.id == record.id));
    let origin = match scenario.is_changed(record.id) {
        true => Origin::Stated,
        false if is_of_policy() => Origin::Policy,
        false => Origin::Default,
    };
    Said { value: (record.get)(&case.inputs), text: shown(&held_words(record, case)), origin }
}

fn own_rows(scenario: &Scenario) -> Vec<String> {
    let words = |row| {
        let key = key_of(row);
        one_line(&format!("{key}: {}", row.in_words(&key)))
    };
    scenario.rows.rows().iter().map(words).collect()
}

fn shown(text: &str) -> String {
    plain_text(text, MOST_OF_TEXT)
}
