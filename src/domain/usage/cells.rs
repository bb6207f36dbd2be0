//! The cells of one row by their meaning, and the row that they make.

use std::borrow::Cow;

use super::limits::{LARGEST_COUNT, MOST_DIGITS, MOST_NAME_BYTES};
use super::meaning::Meaning;
use super::moment::Moment;
use super::problem::RowProblem;
use crate::domain::units::is_plain;
use crate::domain::workload::MeasuredSplit;

/// One cell as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Number(f64),
}

/// The cells of one row; of two with one meaning the first counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells<'a> {
    by_meaning: [Option<Cell<'a>>; Meaning::COUNT],
    /// Whether Anthropic's cache columns stand beside `input_tokens`.
    pub is_of_anthropic: bool,
}

/// Service tiers that have a price of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    Standard,
    Batch,
    /// Flex, priority and whatever else is sold.
    Other,
}

/// What one row says.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Name of the model; empty where the row names none.
    pub model: Cow<'a, str>,
    pub moment: Option<Moment>,
    pub tier: Tier,
    pub requests: Option<f64>,
    pub tokens: MeasuredSplit,
    pub spend_usd: Option<f64>,
}

impl<'a> Cells<'a> {
    /// Take a cell unless one of its meaning is there.
    pub fn put(&mut self, meaning: Meaning, cell: Cell<'a>) {
        if let Some(place @ None) = self.by_meaning.get_mut(meaning as usize) {
            *place = Some(cell);
        }
    }

    /// Take what is not there from cells deeper in the record.
    pub fn fill_from(&mut self, deeper: Cells<'a>) {
        for (own, its) in self.by_meaning.iter_mut().zip(deeper.by_meaning) {
            if own.is_none() {
                *own = its;
            }
        }
    }

    fn get(&self, meaning: Meaning) -> Option<&Cell<'a>> {
        self.by_meaning.get(meaning as usize).and_then(Option::as_ref)
    }

    fn text(&self, meaning: Meaning) -> Option<&str> {
        match self.get(meaning) {
            Some(Cell::Text(text)) => Some(text.trim()),
            _ => None,
        }
    }

    /// A count; `None` where the cell is missing or blank.
    fn count(&self, meaning: Meaning) -> Result<Option<f64>, RowProblem> {
        let number = match self.get(meaning) {
            None => return Ok(None),
            Some(Cell::Number(number)) => *number,
            Some(Cell::Text(text)) => match typed(text)? {
                None => return Ok(None),
                Some(number) => number,
            },
        };
        match number {
            _ if number.is_nan() => Err(RowProblem::NotANumber),
            _ if number < 0.0 => Err(RowProblem::Negative),
            _ if number > LARGEST_COUNT => Err(RowProblem::TooLarge),
            _ => Ok(Some(number)),
        }
    }

    /// What the row says; `None` where it counts no tokens at all.
    pub fn row(&self) -> Result<Option<Row<'_>>, RowProblem> {
        let Some(tokens) = self.tokens()? else { return Ok(None) };
        let requests = match self.count(Meaning::Requests)? {
            None if self.get(Meaning::RequestId).is_some() => Some(1.0),
            said => said,
        };
        let model = self.text(Meaning::Model).unwrap_or("");
        if model.len() > MOST_NAME_BYTES || !model.chars().all(is_plain) {
            return Err(RowProblem::BadName);
        }
        Ok(Some(Row {
            model: Cow::Borrowed(model),
            moment: self.moment(),
            tier: self.tier(),
            requests,
            tokens,
            spend_usd: self.count(Meaning::Spend)?,
        }))
    }

    fn tokens(&self) -> Result<Option<MeasuredSplit>, RowProblem> {
        let plain = self.count(Meaning::Plain)?;
        let input_tokens = self.count(Meaning::InputTokens)?;
        let total = self.count(Meaning::Input)?;
        let output = self.count(Meaning::Output)?;
        if plain.is_none() && input_tokens.is_none() && total.is_none() && output.is_none() {
            return Ok(None);
        }
        let read = self.count(Meaning::Read)?.unwrap_or(0.0);
        let (five, hour) = (self.count(Meaning::Written5m)?, self.count(Meaning::Written1h)?);
        // A lifetime that is not said is the one that writes have unless they ask for another.
        let unsaid = self.count(Meaning::Written)?.filter(|_| five.is_none() && hour.is_none());
        let (written_5m, written_1h) = (five.or(unsaid).unwrap_or(0.0), hour.unwrap_or(0.0));
        let plain = match (plain, total, input_tokens) {
            (Some(plain), ..) => plain,
            (None, None, Some(plain)) if self.is_of_anthropic => plain,
            (None, Some(all), _) | (None, None, Some(all)) => all - read - written_5m - written_1h,
            (None, None, None) => 0.0,
        };
        if plain < 0.0 {
            return Err(RowProblem::MoreCachedThanInput);
        }
        Ok(Some(MeasuredSplit {
            plain,
            read,
            written: written_5m,
            written_hour: written_1h,
            output: output.unwrap_or(0.0),
        }))
    }

    fn moment(&self) -> Option<Moment> {
        match self.get(Meaning::Time)? {
            Cell::Text(text) => Moment::read(text),
            Cell::Number(seconds) => Moment::of_seconds(*seconds),
        }
    }

    fn tier(&self) -> Tier {
        match self.get(Meaning::Tier) {
            Some(Cell::Number(number)) if *number != 0.0 => Tier::Batch,
            Some(Cell::Text(text)) => match text.trim().to_ascii_lowercase().as_str() {
                "batch" | "true" | "1" => Tier::Batch,
                "" | "standard" | "default" | "auto" | "false" | "0" | "on_demand" => Tier::Standard,
                _ => Tier::Other,
            },
            _ => Tier::Standard,
        }
    }
}

/// A count as exports write it: digits, perhaps with commas between thousands, a dollar sign, a power of ten.
fn typed(text: &str) -> Result<Option<f64>, RowProblem> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("null") {
        return Ok(None);
    }
    if text.len() > MOST_DIGITS {
        return Err(RowProblem::TooLarge);
    }
    let text = text.strip_prefix('$').unwrap_or(text);
    let number = if text.contains(',') { without_commas(text).parse() } else { text.parse() };
    match number {
        Ok(number) if f64::is_infinite(number) => Err(RowProblem::TooLarge),
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(RowProblem::NotANumber),
    }
}

/// `1,234,567` without its commas; what groups otherwise is no number.
fn without_commas(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(',');
    let is_grouped = groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3);
    if !is_grouped {
        return String::new();
    }
    let whole = whole.replace(',', "");
    fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"))
}
