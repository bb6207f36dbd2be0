//! Own rows of the catalogue as they travel: `[{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"}}, …]`.

use std::sync::Arc;

use serde::Deserialize as _;
use serde_json::Value;

use crate::domain::catalog::own::OwnRow;
use crate::domain::scenario::policy::Policy;
use crate::domain::scenario::{MOST_ROWS, OwnRows, left_out};

/// The valid rows over those of a policy, and sentences on those that were left out.
pub(super) fn rows_over(policy: Option<Arc<Policy>>, written: Option<&Value>) -> (OwnRows, Vec<String>) {
    let (written, mut said): (&[Value], _) = match written {
        None => (&[], Vec::new()),
        Some(Value::Array(written)) => (written, Vec::new()),
        Some(_) => (&[], vec!["Own rows of the catalogue are not readable and were left out.".to_owned()]),
    };
    // One more than a scenario takes, so that it is said that there are too many.
    let written = written.iter().take(MOST_ROWS + 1);
    let read: Vec<Option<OwnRow>> = written.map(|row| OwnRow::deserialize(row).ok()).collect();
    let unreadable = read.iter().filter(|row| row.is_none()).count();
    let (rows, refused) = OwnRows::over(policy, read.into_iter().flatten().collect());
    said.extend(left_out(&refused));
    if unreadable > 0 {
        said.push(format!("Rows of yours that are not readable and were left out: {unreadable}."));
    }
    (rows, said)
}
