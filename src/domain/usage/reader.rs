//! A file that comes in slices, whatever its format.

use super::csv_rows::CsvRows;
use super::json_rows::JsonRows;
use super::limits::{MOST_BYTES, MOST_HEAD_BYTES};
use super::meaning::Meaning;
use super::problem::Problem;
use super::tally::{Tally, Usage};

/// What editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads an export slice by slice.
pub struct Reader {
    /// Columns that the user named, by number.
    said: Vec<(Meaning, usize)>,
    bytes: usize,
    tally: Tally,
    rows: Rows,
}

enum Rows {
    /// The first bytes, until they tell the format.
    Head(Vec<u8>),
    Csv(Box<CsvRows>),
    Json(JsonRows),
}

impl Default for Reader {
    fn default() -> Self {
        Reader::with_columns(Vec::new())
    }
}

impl Reader {
    /// A reader of a CSV file whose columns, by number from 0, mean what the user says; their names then mean
    /// nothing. With none it goes by the names.
    pub fn with_columns(said: Vec<(Meaning, usize)>) -> Reader {
        Reader { said, bytes: 0, tally: Tally::default(), rows: Rows::Head(Vec::new()) }
    }

    /// Take the next bytes of the file.
    ///
    /// # Errors
    /// What is wrong with the file; then nothing more can be taken.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.bytes = self.bytes.saturating_add(bytes.len());
        if self.bytes > MOST_BYTES {
            return Err(Problem::TooLarge);
        }
        if bytes.contains(&0) {
            return Err(Problem::NotText);
        }
        if let Rows::Head(head) = &mut self.rows {
            head.extend_from_slice(bytes);
            let is_told = head.trim_ascii_start().contains(&b'\n') || starts_json(head);
            return match (is_told, head.len() > MOST_HEAD_BYTES) {
                (true, _) => self.begin(),
                (false, true) => Err(Problem::RowTooLong),
                (false, false) => Ok(()),
            };
        }
        self.feed(bytes)
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.tally.rows()
    }

    /// The file has ended: what it says.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn finish(mut self) -> Result<Usage, Problem> {
        if let Rows::Head(head) = &self.rows {
            if without_mark(head).trim_ascii().is_empty() {
                return Err(Problem::Empty);
            }
            self.begin()?;
        }
        match &mut self.rows {
            Rows::Csv(rows) => rows.take(&[], &mut self.tally)?,
            Rows::Json(rows) => rows.end()?,
            Rows::Head(_) => {}
        }
        self.tally.finish()
    }

    /// The format is known: read the head by it.
    fn begin(&mut self) -> Result<(), Problem> {
        let Rows::Head(head) = &mut self.rows else { return Ok(()) };
        let head = std::mem::take(head);
        let text = without_mark(&head).trim_ascii_start();
        self.rows = if starts_json(&head) {
            Rows::Json(JsonRows::default())
        } else {
            let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let first = std::str::from_utf8(line).map_err(|_| Problem::NotText)?;
            Rows::Csv(Box::new(CsvRows::new(delimiter(first), std::mem::take(&mut self.said))))
        };
        self.feed(text)
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        match &mut self.rows {
            Rows::Csv(rows) if !bytes.is_empty() => rows.take(bytes, &mut self.tally),
            Rows::Json(rows) => rows.take(bytes, &mut self.tally),
            Rows::Head(_) | Rows::Csv(_) => Ok(()),
        }
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

fn starts_json(head: &[u8]) -> bool {
    matches!(without_mark(head).trim_ascii_start().first(), Some(b'{' | b'['))
}

/// The mark between fields that stands in the first line most often.
fn delimiter(line: &str) -> u8 {
    let count = |mark: u8| line.bytes().filter(|byte| *byte == mark).count();
    let most = [b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark));
    most.unwrap_or(b',')
}
