//! The search among options: each is tried, of long lists those nearest in price or size.

use super::axis::NO_FACTOR;
use super::flip::{Changed, Flip, Flips, Look, Side, nearest_first};
use crate::domain::case::Case;
use crate::domain::catalog::choice::{RowTable, row_options};
use crate::domain::catalog::{ApiModel, Catalog};
use crate::domain::input::{Input, Kind, Value};

/// Rows of one table that are tried.
pub const MOST_ROWS: usize = 8;
/// Output tokens that weigh as much as one input token in the price of a model.
const OUTPUT_WEIGHT: f64 = 0.25;
/// Rows or vendors that are tried, of rows the nearest and the farthest, before a list counts as one that nothing
/// depends on.
const ENOUGH: usize = 2;

/// A search among options.
#[derive(Clone, Debug)]
pub(super) struct Options {
    /// Value and distance, the next one last.
    waiting: Vec<(Value, f64)>,
    distance: f64,
    tried: usize,
    /// After so many without any change in a figure the rest is not tried.
    enough: usize,
    inert: bool,
    found: Vec<Flip>,
}

impl Options {
    /// All options but the present one.
    pub fn of(case: &Case, record: &Input) -> Options {
        let now = (record.get)(&case.inputs);
        let mut waiting: Vec<(Value, f64)> = match (record.kind, &now) {
            (Kind::Choice { options }, _) => {
                options.iter().map(|(id, _)| (Value::Choice(id), NO_FACTOR)).collect()
            }
            (Kind::Flag, _) => vec![(Value::Flag(false), NO_FACTOR), (Value::Flag(true), NO_FACTOR)],
            (Kind::Row(table), Value::Row(id)) => rows(table, id, &case.catalog),
            (Kind::Names(table), Value::Names(names)) => toggled(names, &table.names(&case.catalog)),
            _ => Vec::new(),
        };
        waiting.retain(|(value, _)| *value != now);
        waiting.reverse();
        let enough = if matches!(record.kind, Kind::Row(_) | Kind::Names(_)) { ENOUGH } else { usize::MAX };
        Options { waiting, distance: 0.0, tried: 0, enough, inert: true, found: Vec::new() }
    }

    pub fn next(&mut self) -> Option<Value> {
        if self.inert && self.tried >= self.enough {
            return None;
        }
        let (value, distance) = self.waiting.pop()?;
        self.distance = distance;
        Some(value)
    }

    pub fn learn(&mut self, to: Value, look: Look) {
        self.tried += 1;
        self.inert &= look.stands_still();
        if let Some(Changed { there, costs, kind }) = look.changed {
            let (side, distance) = (Side::At, self.distance);
            self.found.push(Flip { to, side, kind, there, costs, distance, from: None });
        }
    }

    pub fn flips(&self) -> Flips {
        Flips { found: nearest_first(self.found.clone()), inert: self.inert }
    }
}

/// The nearest rows of a table.
fn rows(table: RowTable, now: &str, catalog: &Catalog) -> Vec<(Value, f64)> {
    let size_now = size(table, now, catalog);
    let distance = |id: &str| match (size_now, size(table, id, catalog)) {
        (Some(now), Some(other)) if now > 0.0 && other > 0.0 => {
            NO_FACTOR + libm::fabs(libm::log(other / now))
        }
        // Not comparable, so after those that are.
        _ => 2.0 * NO_FACTOR,
    };
    let mut rows: Vec<(Value, f64)> = row_options(table, catalog)
        .into_iter()
        .map(|id| {
            let distance = distance(&id);
            (Value::Row(id), distance)
        })
        .collect();
    rows.sort_by(|a, b| a.1.total_cmp(&b.1));
    rows.truncate(MOST_ROWS + 1);
    rows.retain(|(value, _)| *value != Value::Row(now.to_owned()));
    if let Some(farthest) = rows.pop() {
        rows.insert(rows.len().min(1), farthest);
    }
    rows
}

/// What rows of a table are compared by: a price, or a size.
fn size(table: RowTable, id: &str, catalog: &Catalog) -> Option<f64> {
    let price = |row: &ApiModel| row.input_usd_per_m + OUTPUT_WEIGHT * row.output_usd_per_m.unwrap_or(0.0);
    match table {
        RowTable::ApiChat | RowTable::Embedding | RowTable::ManagedOffer => catalog.api_model(id).map(price),
        RowTable::OpenModel => catalog.open_model(id).map(|row| row.params_total_b),
        RowTable::HostedTuning => {
            catalog.hosted_tuning_offer(id).and_then(|row| row.training_usd_per_m_tokens)
        }
        RowTable::Gpu => catalog.gpu(id).and_then(|row| row.usd_hr_neocloud.or(row.usd_hr_typical)),
    }
}

/// The list with each of all names taken in or left out.
fn toggled(names: &[String], all: &[String]) -> Vec<(Value, f64)> {
    let change = |name: &String| {
        let mut changed: Vec<String> = names.iter().filter(|other| *other != name).cloned().collect();
        if changed.len() == names.len() {
            changed.push(name.clone());
            changed.sort();
        }
        (Value::Names(changed), NO_FACTOR)
    };
    all.iter().map(change).collect()
}
