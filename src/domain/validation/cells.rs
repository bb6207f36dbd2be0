//! The cells of one record of a table of measurements, read by the names of the columns.

use csv::StringRecord;

/// Columns that say what a row is about, and the words around each.
const SUBJECT: [(&str, &str, &str); 10] = [
    ("", "model", ""),
    (", ", "method", ""),
    (", ", "weight_precision", ""),
    (" on ", "gpu", ""),
    (" × ", "gpus_total", ""),
    (", software ", "software", ""),
    (", in flight: ", "concurrency", ""),
    (", tokens in: ", "input_tokens", ""),
    (", out: ", "output_tokens", ""),
    (", tokens of a sequence: ", "seq_len", ""),
];
/// What goes without saying.
const SELF_EVIDENT: [(&str, &str); 3] =
    [("method", "inference"), ("weight_precision", "bf16"), ("gpus_total", "1")];

/// The cells of one record by column.
pub(super) struct Cells<'a> {
    columns: &'a StringRecord,
    record: &'a [String],
}

impl<'a> Cells<'a> {
    /// The cells under these names.
    pub(super) fn new(columns: &'a StringRecord, record: &'a [String]) -> Self {
        Self { columns, record }
    }

    /// What a cell says; `None` if it is blank or missing.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let place = self.columns.iter().position(|header| header.trim() == column)?;
        self.record.get(place).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// A number in a cell.
    pub(super) fn number(&self, column: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let number = text.replace(['_', ','], "").parse::<f64>().ok().filter(|number| number.is_finite());
        number.map(Some).ok_or_else(|| format!("column {column} holds no number: {text}"))
    }

    /// A number of GPUs in a cell.
    pub(super) fn count(&self, column: &str) -> Result<Option<u32>, String> {
        let number = self.number(column)?.filter(|number| *number >= 1.0);
        // Saturates, so a number beyond any cluster stays one.
        Ok(number.map(|number| number as u32))
    }

    /// Yes or no in a cell.
    pub(super) fn flag(&self, column: &str) -> bool {
        self.text(column).is_some_and(|text| text.eq_ignore_ascii_case("true") || text == "1")
    }

    /// What a table of words makes of a cell.
    pub(super) fn word<Word>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Option<Word>,
    ) -> Result<Word, String> {
        let text = self.text(column).ok_or_else(|| format!("column {column} is blank"))?;
        read(&text.to_ascii_lowercase()).ok_or_else(|| format!("{column} {text} is not known"))
    }

    /// Model, way of training, format, hardware and load as the cells write them; what is blank is left out.
    pub(super) fn subject(&self) -> String {
        let mut words = String::new();
        for (before, column, after) in SUBJECT {
            let text = self.text(column).filter(|text| !SELF_EVIDENT.contains(&(column, *text)));
            if let Some(text) = text {
                words.push_str(if words.is_empty() { "" } else { before });
                words.push_str(&text.replace('_', " "));
                words.push_str(after);
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(row: &[&str]) -> String {
        let own = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| (*text).to_owned()).collect() };
        let columns = StringRecord::from(vec![
            "model",
            "method",
            "weight_precision",
            "gpu",
            "gpus_total",
            "concurrency",
        ]);
        Cells::new(&columns, &own(row)).subject()
    }

    #[test]
    fn a_row_is_described_by_what_it_states() {
        let row = ["Llama-2-7B", "full_bf16_states", "fp8", "H100", "8", ""];
        assert_eq!(subject(&row), "Llama-2-7B, full bf16 states, fp8 on H100 × 8");
        assert_eq!(subject(&["A", "inference", "bf16", "H100", "", "max"]), "A on H100, in flight: max");
        assert_eq!(subject(&["A", "", "", "H100", "1", "1"]), "A on H100, in flight: 1");
        assert_eq!(subject(&[]), "");
    }
}
