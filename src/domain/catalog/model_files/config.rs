//! A `config.json` by its members, those of the language model inside a larger one included.

use serde_json::{Map, Value};

use super::limits::MOST_CONFIG_BYTES;
use super::unknown::Unreadable;

/// Members that hold the language model of a model that also sees or hears.
const NESTED: [&str; 3] = ["text_config", "llm_config", "language_config"];
/// Numbers beyond this are no sizes of a model.
const MOST: f64 = 1e12;

/// The members of a `config.json`; those of the language model go before those around it.
#[derive(Clone, Debug, Default)]
pub struct Config {
    outer: Map<String, Value>,
    inner: Map<String, Value>,
}

impl Config {
    /// Read a file.
    ///
    /// # Errors
    /// Where it is too long, or no JSON object.
    pub fn read(bytes: &[u8]) -> Result<Config, Unreadable> {
        if bytes.len() > MOST_CONFIG_BYTES {
            return Err(Unreadable::TooLong);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Unreadable::Empty);
        }
        let outer: Map<String, Value> =
            serde_json::from_slice(bytes).map_err(|error| Unreadable::NoConfig(error.to_string()))?;
        Ok(Config::of(outer))
    }

    /// The members of an object.
    pub fn of(outer: Map<String, Value>) -> Config {
        let nested = NESTED.iter().find_map(|key| outer.get(*key)?.as_object());
        Config { inner: nested.cloned().unwrap_or_default(), outer }
    }

    /// A member; null is as if it were not there.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.inner.get(key).or_else(|| self.outer.get(key)).filter(|value| !value.is_null())
    }

    /// Whether a member is there and null.
    pub fn says_null(&self, key: &str) -> bool {
        self.inner.get(key).or_else(|| self.outer.get(key)).is_some_and(Value::is_null)
    }

    /// Whether there is such a member around the language model.
    pub fn has_outside(&self, key: &str) -> bool {
        self.outer.get(key).is_some_and(|value| !value.is_null())
    }

    /// The first of these members that is a size.
    pub fn number(&self, keys: &[&str]) -> Option<f64> {
        keys.iter().find_map(|key| size(self.get(key)?))
    }

    /// A member that is yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// A member that is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// A member that is a list.
    pub fn list(&self, key: &str) -> Option<&[Value]> {
        self.get(key)?.as_array().map(Vec::as_slice)
    }

    /// The members of a member.
    pub fn part(&self, key: &str) -> Option<Config> {
        Some(Config { outer: self.get(key)?.as_object()?.clone(), inner: Map::new() })
    }

    /// The kind of model: of the language model, else of the whole.
    pub fn model_type(&self) -> Option<&str> {
        [&self.inner, &self.outer].into_iter().find_map(|members| members.get("model_type")?.as_str())
    }
}

/// A number that may be a size: not negative, and not absurd.
pub fn size(value: &Value) -> Option<f64> {
    value.as_f64().filter(|number| (0.0..=MOST).contains(number))
}
