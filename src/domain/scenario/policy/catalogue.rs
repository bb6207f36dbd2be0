//! The rows of the catalogue that a policy changes or adds: `{"table": "gpus", "like": "L4", "set": {…}}`.

use serde_json::Value;

use super::{Faults, PolicyFile};
use crate::domain::catalog::Edition;
use crate::domain::catalog::own::{Author, Below, CheckedRows, Layer};
use crate::domain::units::read_json;
use crate::domain::units::words::capital;

/// Most rows of a file.
pub(super) const MOST_ROWS: usize = 100;
/// Keys of a row.
const KEYS: [&str; 3] = ["like", "set", "table"];

impl PolicyFile {
    /// The rows that are valid, over the tables of a version.
    pub(super) fn catalogue(&self, edition: &'static Edition, faults: &mut Faults) -> Layer {
        let mut kept = CheckedRows::new(Author::Policy(self.name.clone()), Below::Builtin(edition));
        for (place, row) in faults.rows("catalogue", &self.catalogue, MOST_ROWS) {
            for key in unknown_keys(row) {
                faults.add(&place, format!("“{key}” is not known."));
            }
            match read_json(row) {
                Ok(row) => {
                    let errors = kept.add(row).err().unwrap_or_default();
                    errors.iter().for_each(|error| faults.add(&place, error.in_file()));
                }
                Err(message) => faults.add(&place, capital(&message)),
            }
        }
        kept.into_layer()
    }
}

/// Keys of a row that mean nothing: more likely misspelt than meant to be left out.
fn unknown_keys(row: &Value) -> impl Iterator<Item = &String> {
    row.as_object().into_iter().flat_map(|members| members.keys()).filter(|key| !KEYS.contains(&key.as_str()))
}

#[cfg(test)]
pub(super) mod tests;
