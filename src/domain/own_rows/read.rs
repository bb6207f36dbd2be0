//! Rows as links, files and policies hold them: `{"table":"gpus","like":"H100 SXM","set":{"usd_hr_neocloud":1.9}}`.

use super::{OwnRow, Table};
use crate::json::Json;

/// Cells of one row that are looked at: more than any table has columns.
const MOST_CELLS: usize = 100;

impl OwnRow {
    /// Read a row; what its cells hold is checked when it is laid over the catalogue.
    ///
    /// # Errors
    /// Why it is no row, in a sentence.
    pub fn from_json(written: &Json) -> Result<OwnRow, String> {
        let key = written.get("table").and_then(Json::text);
        let Some(table) = Table::ALL.into_iter().find(|table| Some(table.key()) == key) else {
            return Err(format!("Its table must be one of: {}.", Table::ALL.map(Table::key).join(", ")));
        };
        let like = match written.get("like") {
            None | Some(Json::Null) => None,
            Some(Json::Text(like)) => Some(like.clone()),
            Some(_) => return Err("The row that it is like must be named by a text.".to_owned()),
        };
        let Some(Json::Object(cells)) = written.get("set") else {
            return Err("What it sets must be an object: column and value.".to_owned());
        };
        let mut row = OwnRow { table, like, set: Vec::new() };
        for (column, cell) in cells.iter().take(MOST_CELLS) {
            let text = match cell {
                Json::Text(text) => text.clone(),
                Json::Number(digits) => (*digits).to_owned(),
                Json::Flag(flag) => flag.to_string(),
                Json::Null => String::new(),
                Json::List(_) | Json::Object(_) => {
                    return Err("A value must be a number, a text, true, false or null.".to_owned());
                }
            };
            row.fill(column, text);
        }
        Ok(row)
    }
}
