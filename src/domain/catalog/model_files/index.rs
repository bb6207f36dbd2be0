//! `model.safetensors.index.json`: how many bytes the files of a model hold.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::limits::MOST_FILE_BYTES;
use super::unknown::Unreadable;

/// What an index says of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// Bytes of all tensors.
    pub bytes: Option<f64>,
    /// Parameters, where it counts them.
    pub parameters: Option<f64>,
}

/// The file; where each tensor lies is passed over.
#[derive(Deserialize)]
struct Written {
    metadata: Option<Metadata>,
    weight_map: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Metadata {
    total_size: Option<f64>,
    total_parameters: Option<f64>,
}

impl Index {
    /// Read a file; none, if it is of another kind.
    ///
    /// # Errors
    /// Where it is longer than what is looked at.
    pub fn read(bytes: &[u8]) -> Result<Option<Index>, Unreadable> {
        if bytes.len() > MOST_FILE_BYTES {
            return Err(Unreadable::TooLong);
        }
        let Ok(Written { metadata, weight_map: Some(_) }) = serde_json::from_slice::<Written>(bytes) else {
            return Ok(None);
        };
        let plausible = |number: Option<f64>| number.filter(|number| *number > 0.0 && number.is_finite());
        Ok(Some(Index {
            bytes: plausible(metadata.as_ref().and_then(|of| of.total_size)),
            parameters: plausible(metadata.as_ref().and_then(|of| of.total_parameters)),
        }))
    }
}
