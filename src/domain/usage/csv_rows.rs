//! Rows of a CSV file that comes in slices.

use std::borrow::Cow;

use csv_core::ReadRecordResult;

use super::cells::{Cell, Cells};
use super::json_rows::details;
use super::limits::{MOST_COLUMNS, MOST_ROW_BYTES};
use super::meaning::{Meaning, is_of_anthropic, meaning_of};
use super::problem::Problem;
use super::tally::Tally;

/// A push parser for CSV: its head says what the columns mean.
pub struct CsvRows {
    reader: csv_core::Reader,
    /// The record so far, and the ends of its fields.
    text: Vec<u8>,
    text_end: usize,
    ends: Vec<usize>,
    ends_end: usize,
    /// What the user says that columns hold.
    said: Vec<(Meaning, usize)>,
    /// What the columns hold, once the head was read.
    columns: Option<Vec<Option<Meaning>>>,
    is_of_anthropic: bool,
}

impl CsvRows {
    /// A parser for fields separated so; `said` are columns by number that the user named.
    pub fn new(delimiter: u8, said: Vec<(Meaning, usize)>) -> CsvRows {
        CsvRows {
            reader: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            text: vec![0; MOST_ROW_BYTES],
            text_end: 0,
            ends: vec![0; MOST_COLUMNS],
            ends_end: 0,
            said,
            columns: None,
            is_of_anthropic: false,
        }
    }

    /// Take the next bytes; none mean that the file ends.
    pub fn take(&mut self, mut bytes: &[u8], tally: &mut Tally) -> Result<(), Problem> {
        let ends = bytes.is_empty();
        loop {
            let text = self.text.get_mut(self.text_end..).unwrap_or_default();
            let ends_left = self.ends.get_mut(self.ends_end..).unwrap_or_default();
            let (result, read, written, fields) = self.reader.read_record(bytes, text, ends_left);
            bytes = bytes.get(read..).unwrap_or_default();
            self.text_end += written;
            self.ends_end += fields;
            match result {
                ReadRecordResult::InputEmpty => return Ok(()),
                ReadRecordResult::OutputFull => return Err(Problem::RowTooLong),
                ReadRecordResult::OutputEndsFull => return Err(Problem::TooManyColumns),
                ReadRecordResult::End => return Ok(()),
                ReadRecordResult::Record => {
                    self.record(tally)?;
                    (self.text_end, self.ends_end) = (0, 0);
                    if bytes.is_empty() && !ends {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn record(&mut self, tally: &mut Tally) -> Result<(), Problem> {
        let fields = fields(&self.text, self.ends.get(..self.ends_end).unwrap_or_default());
        let Some(columns) = &self.columns else {
            let names: Option<Vec<&str>> = fields.map(|field| std::str::from_utf8(field).ok()).collect();
            return self
                .head(&names.ok_or(Problem::NotText)?.into_iter().map(str::to_owned).collect::<Vec<_>>());
        };
        let mut cells = Cells::default();
        cells.is_of_anthropic = self.is_of_anthropic;
        let mut deeper = None;
        for (field, meaning) in fields.zip(columns) {
            let Some(meaning) = *meaning else { continue };
            let text = std::str::from_utf8(field).map_err(|_| Problem::NotText)?;
            if meaning == Meaning::Details {
                deeper = details(text);
            } else {
                cells.put(meaning, Cell::Text(Cow::Borrowed(text)));
            }
        }
        if let Some(deeper) = deeper {
            cells.fill_from(deeper);
        }
        tally.take(&cells)
    }

    /// What the columns hold: as the user says, else by their names.
    fn head(&mut self, names: &[String]) -> Result<(), Problem> {
        let mut columns: Vec<Option<Meaning>> = vec![None; names.len()];
        if self.said.is_empty() {
            columns = names.iter().map(|name| meaning_of(name)).collect();
            self.is_of_anthropic = names.iter().any(|name| is_of_anthropic(name));
        }
        for (meaning, column) in &self.said {
            if let Some(place) = columns.get_mut(*column) {
                *place = Some(*meaning);
            }
        }
        if !counts_tokens(&columns) {
            return Err(Problem::UnknownColumns(names.to_vec()));
        }
        self.columns = Some(columns);
        Ok(())
    }
}

/// Whether columns count input and output.
fn counts_tokens(columns: &[Option<Meaning>]) -> bool {
    let has = |meanings: &[Meaning]| columns.iter().flatten().any(|meaning| meanings.contains(meaning));
    has(&[Meaning::Input, Meaning::InputTokens, Meaning::Plain]) && has(&[Meaning::Output])
}

/// The fields of a record.
fn fields<'a>(text: &'a [u8], ends: &'a [usize]) -> impl Iterator<Item = &'a [u8]> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| text.get(start..*end).unwrap_or_default())
}
