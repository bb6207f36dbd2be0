//! Own rows of the catalogue as they travel: `[{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"}}, …]`;
//! written by hand, a row of an open model may hold its `config.json` instead of the columns that this gives.

use std::sync::Arc;

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::Invalid;
use crate::domain::catalog::Edition;
use crate::domain::catalog::model_files::read_model_files;
use crate::domain::catalog::own::{OwnRow, Table};
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::{MOST_ROWS, OwnRows, left_out};
use crate::domain::units::words::capital;

/// Rows over those of a policy, and what was left out of them.
pub(super) struct RowsOver {
    /// The valid ones.
    pub rows: OwnRows,
    /// Sentences on those that were left out.
    pub said: Vec<String>,
    /// Each of those, with what is wrong with it.
    pub invalid: Vec<Invalid>,
}

/// The valid rows over those of a policy and the tables of a version, and what was left out.
pub(super) fn rows_over(
    edition: &'static Edition,
    policy: Option<Arc<Policy>>,
    written: Option<&Value>,
) -> RowsOver {
    let mut invalid = Vec::new();
    let (written, mut said): (&[Value], _) = match written {
        None => (&[], Vec::new()),
        Some(Value::Array(written)) => (written, Vec::new()),
        Some(_) => {
            invalid.push(Invalid::new("rows", "They must be a list."));
            (&[], vec!["Own rows of the catalogue are not readable and were left out.".to_owned()])
        }
    };
    let mut read = Vec::new();
    let mut unreadable = 0;
    // One more than a scenario takes, so that it is said that there are too many.
    for (index, row) in written.iter().take(MOST_ROWS + 1).enumerate() {
        match described(row) {
            Ok((row, open)) => {
                said.extend(open.into_iter().map(|unknown| format!("Row {}: {unknown}", index + 1)));
                read.push(row);
            }
            Err(message) => {
                unreadable += 1;
                invalid.push(Invalid::new(format!("rows {}", index + 1), message));
            }
        }
    }
    let (rows, refused) = OwnRows::over_edition(edition, policy, read);
    said.extend(left_out(&refused));
    invalid.extend(refused.into_iter().map(|row| Invalid::new(format!("rows: {}", row.name), row.message)));
    if unreadable > 0 {
        said.push(format!("Rows of yours that are not readable and were left out: {unreadable}."));
    }
    RowsOver { rows, said, invalid }
}

/// Members of a row that hold the files of its model.
const FILES: [&str; 2] = ["config", "index"];

/// A row as it is written, and what the files of its model leave open: with the columns that they give, where it fills
/// in none itself.
///
/// # Errors
/// Why it is none.
fn described(written: &Value) -> Result<(OwnRow, Vec<String>), String> {
    let read = |row: &Value| OwnRow::deserialize(row).map_err(|error| capital(&error.to_string()));
    let files: Vec<Vec<u8>> =
        FILES.iter().filter_map(|file| serde_json::to_vec(written.get(file)?).ok()).collect();
    if files.is_empty() {
        return Ok((read(written)?, Vec::new()));
    }
    let mut row = written.clone();
    if let Some(members) = row.as_object_mut() {
        members.entry("set").or_insert_with(|| Value::Object(Map::new()));
    }
    let mut own = read(&row)?;
    if own.table != Table::OpenModels || own.like.is_some() {
        return Err("A config describes a row of open_models that rests on no other.".to_owned());
    }
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let reading = read_model_files(&files).map_err(|error| error.to_string())?;
    if !reading.is_usable() {
        return Err(reading.decisive().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    }
    for (column, text) in reading.row.set {
        own.set.entry(column).or_insert(text);
    }
    Ok((own, reading.unknown.iter().map(ToString::to_string).collect()))
}
