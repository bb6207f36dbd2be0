//! Own rows of the catalogue as they travel: `[{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":"1.9"}}, …]`.

use std::sync::Arc;

use serde::Deserialize as _;
use serde_json::Value;

use super::Invalid;
use crate::domain::catalog::own::OwnRow;
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

/// The valid rows over those of a policy, and what was left out.
pub(super) fn rows_over(policy: Option<Arc<Policy>>, written: Option<&Value>) -> RowsOver {
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
        match OwnRow::deserialize(row) {
            Ok(row) => read.push(row),
            Err(error) => {
                unreadable += 1;
                invalid.push(Invalid::new(format!("rows {}", index + 1), capital(&error.to_string())));
            }
        }
    }
    let (rows, refused) = OwnRows::over(policy, read);
    said.extend(left_out(&refused));
    invalid.extend(refused.into_iter().map(|row| Invalid::new(format!("rows: {}", row.name), row.message)));
    if unreadable > 0 {
        said.push(format!("Rows of yours that are not readable and were left out: {unreadable}."));
    }
    RowsOver { rows, said, invalid }
}
