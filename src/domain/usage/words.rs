//! What a file of usage says, in words.

use super::summary::{ModelUsage, Period, UsageSummary};
use super::tally::Usage;
use crate::domain::units::words::{count_exact, counted, percent, usd_exact};

impl Period {
    /// As one says it: `November 2026`.
    pub fn words(self) -> String {
        match self {
            Period::Month(month) => month.words(),
            Period::Undated => "Rows without a date, as one month".to_owned(),
        }
    }

    /// A key for choosing it.
    pub fn key(self) -> String {
        match self {
            Period::Month(month) => month.to_string(),
            Period::Undated => "undated".to_owned(),
        }
    }
}

impl Usage {
    /// What was read, and what does not count.
    pub fn sentence(&self) -> String {
        let mut text = format!("{} read.", counted(&count_exact(self.rows as f64), "row"));
        if let Some(left_out) = self.left_out {
            let rows = count_exact(left_out.rows as f64);
            let row = count_exact(left_out.first_row as f64);
            text += &format!(" {rows} left out: in row {row} {}.", left_out.first);
        }
        if self.other_tiers > 0 {
            let rows = counted(&count_exact(self.other_tiers as f64), "row");
            text += &format!(" {rows} of a flex, priority or other tier count as standard.");
        }
        text
    }
}

impl ModelUsage {
    /// Its name, with the row of the catalogue where that is called otherwise.
    pub fn title(&self) -> String {
        match (&self.row, self.name.as_str()) {
            (_, "") => "no model named".to_owned(),
            (Some(row), name) if row != name => format!("{name} = {row}"),
            (_, name) => name.to_owned(),
        }
    }

    /// What its figures cannot say; empty where they say all.
    pub fn open_questions(&self) -> String {
        let mut open = Vec::new();
        if let Err(why) = self.list_usd {
            open.push(why.to_string());
        }
        if self.requests.is_none() {
            open.push("the number of requests is not in the file".to_owned());
        }
        if self.batch_share > 0.0 {
            open.push(format!("{} of its tokens in batches", percent(self.batch_share)));
        }
        open.join("; ")
    }
}

impl UsageSummary {
    /// What was charged and what it is at list prices, of all models of the period.
    pub fn bill_sentence(&self) -> String {
        let days =
            self.days.map(|days| format!(" ({})", counted(&days.to_string(), "day"))).unwrap_or_default();
        let period = self.period.words();
        let spend = self.spend_usd().map(|usd| format!("{} charged, ", usd_exact(usd))).unwrap_or_default();
        let list = match self.list_usd() {
            Some(usd) => format!("{} at the list prices of the catalogue", usd_exact(usd)),
            None => {
                let known: f64 = self.models.iter().filter_map(|model| model.list_usd.ok()).sum();
                format!("{} at list prices for the models that have one", usd_exact(known))
            }
        };
        format!("{period}{days}: {spend}{list}.")
    }
}

/// What the engine says of one model beside its list bill.
pub fn engine_sentence(usage: &ModelUsage, engine_usd: Option<f64>) -> String {
    let name = usage.row.as_deref().unwrap_or(&usage.name);
    match (engine_usd, usage.list_usd) {
        (Some(engine), Ok(list)) => {
            format!(
                "{name}: {} by the engine for the same month, {} at list prices.",
                usd_exact(engine),
                usd_exact(list)
            )
        }
        (Some(engine), Err(why)) => format!("{name}: {} by the engine; {why}.", usd_exact(engine)),
        (None, _) => format!("{name}: no estimate of the engine."),
    }
}
