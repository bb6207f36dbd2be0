//! Rows added up by month, model and whether they were a batch.

use std::collections::BTreeMap;

use super::cells::{Cells, Row, Tier};
use super::limits::{MOST_MODELS, MOST_MONTHS, MOST_ROWS};
use super::problem::{Problem, RowProblem};
use crate::domain::units::YearMonth;
use crate::domain::workload::MeasuredSplit;

/// What one model used in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct UsageLine {
    /// The month; `None` where the rows do not say.
    pub month: Option<YearMonth>,
    /// The name in the file; empty where the rows name none.
    pub model: String,
    /// Whether it was processed in batches.
    pub is_batch: bool,
    /// Calls; `None` where a row does not say.
    pub requests: Option<f64>,
    /// Tokens by kind.
    pub tokens: MeasuredSplit,
    /// What was charged, US dollars; `None` where a row does not say.
    pub spend_usd: Option<f64>,
}

/// Rows that do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub rows: usize,
    /// The first of them, counted from 1 without the head.
    pub first_row: usize,
    /// What is wrong with that.
    pub first: RowProblem,
}

/// What a file of usage says.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Usage {
    /// By month, model and batch.
    pub lines: Vec<UsageLine>,
    /// Rows that were read, those that count nothing included.
    pub rows: usize,
    /// Rows that could not be used.
    pub left_out: Option<LeftOut>,
    /// Rows of a service tier that is neither standard nor batch; they count as standard.
    pub other_tiers: usize,
    /// Days seen of each month, as bits.
    days: BTreeMap<YearMonth, u32>,
}

impl Usage {
    /// The months of the file, oldest first.
    pub fn months(&self) -> impl Iterator<Item = YearMonth> {
        self.days.keys().copied()
    }

    /// Days of a month on which something was used; `None` where the rows name no days.
    pub fn days_of(&self, month: YearMonth) -> Option<u32> {
        self.days.get(&month).map(|bits| bits.count_ones()).filter(|days| *days > 0)
    }
}

/// Adds rows up.
#[derive(Debug, Default)]
pub struct Tally {
    usage: Usage,
    models: BTreeMap<String, usize>,
    /// Places of the lines by month, number of the model and batch.
    places: BTreeMap<(Option<YearMonth>, usize, bool), usize>,
}

impl Tally {
    /// Take a row, or note why it does not count.
    pub fn take(&mut self, cells: &Cells<'_>) -> Result<(), Problem> {
        self.usage.rows += 1;
        if self.usage.rows > MOST_ROWS {
            return Err(Problem::TooManyRows);
        }
        match cells.row() {
            Ok(Some(row)) => self.add(&row),
            Ok(None) => Ok(()),
            Err(problem) => {
                self.leave_out(problem);
                Ok(())
            }
        }
    }

    /// Note a row that cannot be used.
    fn leave_out(&mut self, problem: RowProblem) {
        let rows = self.usage.rows;
        let left_out =
            self.usage.left_out.get_or_insert(LeftOut { rows: 0, first_row: rows, first: problem });
        left_out.rows += 1;
    }

    fn add(&mut self, row: &Row<'_>) -> Result<(), Problem> {
        let month = row.moment.map(|moment| moment.month);
        if let Some(moment) = row.moment {
            let bits = self.usage.days.entry(moment.month).or_default();
            *bits |= moment.day.map_or(0, |day| 1_u32.checked_shl(u32::from(day)).unwrap_or(0));
            if self.usage.days.len() > MOST_MONTHS {
                return Err(Problem::TooManyMonths);
            }
        }
        let is_batch = row.tier == Tier::Batch;
        self.usage.other_tiers += usize::from(row.tier == Tier::Other);
        let model = self.model(&row.model)?;
        let next = self.usage.lines.len();
        let place = *self.places.entry((month, model, is_batch)).or_insert(next);
        if place == next {
            self.usage.lines.push(UsageLine {
                month,
                model: row.model.to_string(),
                is_batch,
                requests: Some(0.0),
                tokens: MeasuredSplit::default(),
                spend_usd: Some(0.0),
            });
        }
        if let Some(line) = self.usage.lines.get_mut(place) {
            line.tokens.add(&row.tokens);
            line.requests = line.requests.zip(row.requests).map(|(sum, more)| sum + more);
            line.spend_usd = line.spend_usd.zip(row.spend_usd).map(|(sum, more)| sum + more);
        }
        Ok(())
    }

    /// The number of a model; each name is kept once.
    fn model(&mut self, name: &str) -> Result<usize, Problem> {
        if let Some(known) = self.models.get(name) {
            return Ok(*known);
        }
        let next = self.models.len();
        if next >= MOST_MODELS {
            return Err(Problem::TooManyModels);
        }
        self.models.insert(name.to_owned(), next);
        Ok(next)
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.usage.rows
    }

    /// The sums, by month and model.
    pub fn finish(self) -> Result<Usage, Problem> {
        let mut usage = self.usage;
        if usage.lines.is_empty() {
            return Err(Problem::NoUsage(usage.left_out.map(|left_out| left_out.first)));
        }
        usage.lines.sort_by(|a, b| (a.month, &a.model, a.is_batch).cmp(&(b.month, &b.model, b.is_batch)));
        Ok(usage)
    }
}
