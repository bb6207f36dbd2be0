//! Own rows of the catalogue as JSON: `[{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"}}, …]`.

use super::envelope::{MOST_LISTED, clipped};
use crate::domain::own_rows::{MOST_ROWS, OwnRow, OwnRows, Table};
use crate::json::{self, Json};

/// Cells of one row that are looked at.
const MOST_CELLS: usize = 100;

/// Only what was filled in travels; the rest is in the catalogue of the version that travels too.
pub(super) fn rows_json(rows: &[OwnRow]) -> String {
    let row = |row: &OwnRow| {
        let set: Vec<(&str, String)> =
            row.set.iter().map(|(column, text)| (column.as_str(), json::text(text))).collect();
        let mut members = vec![("set", json::object(&set)), ("table", json::text(row.table.key()))];
        if let Some(like) = &row.like {
            members.insert(0, ("like", json::text(like)));
        }
        json::object(&members)
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("[{}]", rows.join(","))
}

/// The valid rows, and sentences on those that were left out.
pub(super) fn rows_from_json(written: &Json) -> (OwnRows, Vec<String>) {
    let Json::List(written) = written else {
        return (
            OwnRows::default(),
            vec!["Own rows of the catalogue are not readable and were left out.".to_owned()],
        );
    };
    // One more than a scenario takes, so that it is said that there are too many.
    let read: Vec<Option<OwnRow>> = written.iter().take(MOST_ROWS + 1).map(row_from_json).collect();
    let unreadable = read.iter().filter(|row| row.is_none()).count();
    let (rows, refused) = OwnRows::of(read.into_iter().flatten().collect());
    let mut said: Vec<String> = refused
        .iter()
        .take(MOST_LISTED)
        .map(|refused| format!("A row of yours was left out. {}: {}", refused.name, refused.message))
        .collect();
    if refused.len() > MOST_LISTED {
        said.push(format!("{} more rows of yours were left out.", refused.len() - MOST_LISTED));
    }
    if unreadable > 0 {
        said.push(format!("Rows of yours that are not readable and were left out: {unreadable}."));
    }
    (rows, said)
}

fn row_from_json(written: &Json) -> Option<OwnRow> {
    let key = written.get("table")?.text()?;
    let table = Table::ALL.into_iter().find(|table| table.key() == key)?;
    let like = match written.get("like") {
        None | Some(Json::Null) => None,
        Some(like) => Some(clipped(like.text()?)),
    };
    let Json::Object(cells) = written.get("set")? else { return None };
    let mut row = OwnRow { table, like, set: Vec::new() };
    for (column, cell) in cells.iter().take(MOST_CELLS) {
        let text = match cell {
            Json::Text(text) => clipped(text),
            Json::Number(digits) => (*digits).to_owned(),
            Json::Flag(flag) => flag.to_string(),
            Json::Null => String::new(),
            Json::List(_) | Json::Object(_) => return None,
        };
        row.fill(&clipped(column), text);
    }
    Some(row)
}
