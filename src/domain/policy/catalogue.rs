//! The rows of the catalogue that a policy changes or adds: `{"table": "gpus", "like": "L4", "set": {…}}`.

use super::Reader;
use crate::domain::own_rows::{Author, Kept, Layer, OwnRow};
use crate::json::Json;

/// Most rows of a file.
pub(super) const MOST_ROWS: usize = 100;
/// Keys of a row.
const KEYS: [&str; 3] = ["like", "set", "table"];

impl Reader {
    /// The rows that are valid, over the built-in catalogue.
    pub(super) fn catalogue(&mut self, json: Option<&Json>, name: &str) -> Layer {
        let mut kept = Kept::new(Author::Policy(name.to_owned()), None);
        for (index, written) in self.list("catalogue", json, MOST_ROWS).iter().enumerate() {
            let place = format!("catalogue {}", index + 1);
            if let Json::Object(members) = written {
                for key in members.keys().filter(|key| !KEYS.contains(&key.as_str())) {
                    self.wrong(&place, format!("“{key}” is not known."));
                }
            }
            match OwnRow::from_json(written) {
                Ok(row) => {
                    let errors = kept.add(row).err().unwrap_or_default();
                    errors.iter().for_each(|error| self.wrong(&place, error.in_file()));
                }
                Err(message) => self.wrong(&place, message),
            }
        }
        Layer::of(kept)
    }
}

#[cfg(test)]
pub(super) mod tests;
