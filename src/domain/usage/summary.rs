//! A month of usage, model by model, with the bill at catalogue prices.

use super::bill::{ListBill, NoBill, list_bill};
use super::matching::catalogue_row;
use super::tally::{Usage, UsageLine};
use crate::domain::catalog::Catalog;
use crate::domain::units::YearMonth;
use crate::domain::workload::MeasuredSplit;

/// Days from which on a month counts as whole.
const WHOLE_MONTH_DAYS: u32 = 28;

/// What is looked at as one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A month that the file names.
    Month(YearMonth),
    /// A file whose rows name no month.
    Undated,
}

/// What one model used in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelUsage {
    /// The name in the file; empty where the rows name none.
    pub name: String,
    /// Id of the row of the catalogue that it is; `None` where none is, or several are.
    pub row: Option<String>,
    /// Calls; `None` where the file does not say.
    pub requests: Option<f64>,
    /// Tokens by kind.
    pub tokens: MeasuredSplit,
    /// Share of its tokens that was processed in batches.
    pub batch_share: f64,
    /// What was charged, US dollars; `None` where the file does not say.
    pub spend_usd: Option<f64>,
    /// The bill at list prices.
    pub list_usd: ListBill,
    /// Share of the list bill of all models with one; `None` where it has none.
    pub share: Option<f64>,
}

/// What a file says of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct UsageSummary {
    /// Which.
    pub period: Period,
    /// Days of it on which something was used; `None` where the rows name no days.
    pub days: Option<u32>,
    /// Its models, the dearest first.
    pub models: Vec<ModelUsage>,
}

impl Usage {
    /// The periods of the file: its months, newest first, then rows without one.
    pub fn periods(&self) -> Vec<Period> {
        let mut periods: Vec<Period> = self.months().map(Period::Month).collect();
        periods.reverse();
        if self.lines.iter().any(|line| line.month.is_none()) {
            periods.push(Period::Undated);
        }
        periods
    }

    /// The period that is looked at first: the newest month that looks whole, else the newest.
    pub fn newest_whole_period(&self) -> Period {
        let periods = self.periods();
        let is_whole = |period: &Period| match period {
            Period::Month(month) => self.days_of(*month).is_none_or(|days| days >= WHOLE_MONTH_DAYS),
            Period::Undated => false,
        };
        let whole = periods.iter().copied().find(is_whole);
        whole.or_else(|| periods.first().copied()).unwrap_or(Period::Undated)
    }
}

impl Period {
    fn holds(self, line: &UsageLine) -> bool {
        match self {
            Period::Month(month) => line.month == Some(month),
            Period::Undated => line.month.is_none(),
        }
    }
}

impl UsageSummary {
    /// What a file says of a period, with prices of a catalogue.
    pub fn of(usage: &Usage, period: Period, catalog: &Catalog) -> UsageSummary {
        let mut models: Vec<ModelUsage> = Vec::new();
        for line in usage.lines.iter().filter(|line| period.holds(line)) {
            let place = models.iter().position(|model| model.name == line.model);
            match place.and_then(|place| models.get_mut(place)) {
                Some(model) => model.add(line, catalog),
                None => models.push(ModelUsage::of(line, catalog)),
            }
        }
        let total: f64 = models.iter().filter_map(|model| model.list_usd.ok()).sum();
        for model in &mut models {
            model.share = model.list_usd.ok().filter(|_| total > 0.0).map(|usd| usd / total);
        }
        let size = |model: &ModelUsage| (model.list_usd.unwrap_or(-1.0), model.tokens.input());
        models.sort_by(|a, b| {
            let ((a_usd, a_tokens), (b_usd, b_tokens)) = (size(a), size(b));
            b_usd.total_cmp(&a_usd).then(b_tokens.total_cmp(&a_tokens)).then_with(|| a.name.cmp(&b.name))
        });
        let days = match period {
            Period::Month(month) => usage.days_of(month),
            Period::Undated => None,
        };
        UsageSummary { period, days, models }
    }

    /// The bill at list prices of all models, US dollars; `None` where a model has none.
    pub fn list_usd(&self) -> Option<f64> {
        self.models.iter().map(|model| model.list_usd.ok()).sum()
    }

    /// What was charged for all models, US dollars; `None` where the file does not say.
    pub fn spend_usd(&self) -> Option<f64> {
        self.models.iter().map(|model| model.spend_usd).sum()
    }
}

impl ModelUsage {
    fn of(line: &UsageLine, catalog: &Catalog) -> ModelUsage {
        ModelUsage {
            name: line.model.clone(),
            row: catalogue_row(&line.model, catalog).map(|row| row.model_id.clone()),
            requests: line.requests,
            tokens: line.tokens,
            batch_share: if line.is_batch { 1.0 } else { 0.0 },
            spend_usd: line.spend_usd,
            list_usd: list_of(line, catalog),
            share: None,
        }
    }

    /// Take what the same model used in batches, or else.
    fn add(&mut self, line: &UsageLine, catalog: &Catalog) {
        let all = |tokens: &MeasuredSplit| tokens.input() + tokens.output;
        let (own, more) = (all(&self.tokens), all(&line.tokens));
        let in_batch = self.batch_share * own + if line.is_batch { more } else { 0.0 };
        self.batch_share = if own + more > 0.0 { in_batch / (own + more) } else { 0.0 };
        self.tokens.add(&line.tokens);
        self.requests = self.requests.zip(line.requests).map(|(sum, more)| sum + more);
        self.spend_usd = self.spend_usd.zip(line.spend_usd).map(|(sum, more)| sum + more);
        self.list_usd = self.list_usd.and_then(|sum| list_of(line, catalog).map(|more| sum + more));
    }
}

fn list_of(line: &UsageLine, catalog: &Catalog) -> ListBill {
    let row = catalogue_row(&line.model, catalog).ok_or(NoBill::NotInCatalogue)?;
    list_bill(&line.tokens, line.requests, line.is_batch, row)
}
