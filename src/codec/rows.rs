//! Own rows of the catalogue as JSON: `[{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"}}, …]`.

use std::sync::Arc;

use crate::domain::own_rows::{MOST_ROWS, OwnRow, OwnRows, left_out};
use crate::domain::policy::Policy;
use crate::json::{self, Json};

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

/// The valid rows over those of a policy, and sentences on those that were left out.
pub(super) fn rows_from_json(written: Option<&Json>, policy: Option<Arc<Policy>>) -> (OwnRows, Vec<String>) {
    let (written, mut said): (&[Json], _) = match written {
        None => (&[], Vec::new()),
        Some(Json::List(written)) => (written, Vec::new()),
        Some(_) => (&[], vec!["Own rows of the catalogue are not readable and were left out.".to_owned()]),
    };
    // One more than a scenario takes, so that it is said that there are too many.
    let written = written.iter().take(MOST_ROWS + 1);
    let read: Vec<Option<OwnRow>> = written.map(|row| OwnRow::from_json(row).ok()).collect();
    let unreadable = read.iter().filter(|row| row.is_none()).count();
    let (rows, refused) = OwnRows::over(policy, read.into_iter().flatten().collect());
    said.extend(left_out(&refused));
    if unreadable > 0 {
        said.push(format!("Rows of yours that are not readable and were left out: {unreadable}."));
    }
    (rows, said)
}
