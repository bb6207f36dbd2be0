//! The files that a model is published with, read into a row of the open models: `config.json`, the index of its
//! safetensors, the header of a GGUF file.
//!
//! What a family of models does is a fact of [`family`]; what a file says of itself goes before it. What neither says
//! is named ([`Unknown`]), never guessed. Files may be hostile: sizes are bounded, nothing recurses on them or trusts
//! a length, and the row that comes out is checked like any other own row.

mod config;
mod family;
mod format;
mod gguf;
mod gguf_keys;
mod index;
mod layers;
mod limits;
mod mixer;
mod mixture;
mod reading;
mod unknown;

pub use limits::{MOST_CONFIG_BYTES, MOST_FILE_BYTES, MOST_FILES};
pub use reading::{ModelReading, Parameters};
pub use unknown::{Unknown, Unreadable};

use config::Config;
use gguf::Gguf;
use index::Index;

/// Read the files of one model, in any order; of which kind each is, its content says.
///
/// # Errors
/// The first that is no such file, or that nothing among them describes a model.
pub fn read_model_files(files: &[&[u8]]) -> Result<ModelReading, Unreadable> {
    if files.len() > MOST_FILES {
        return Err(Unreadable::TooMany);
    }
    let (mut config, mut index, mut gguf) = (None, None, None);
    for bytes in files {
        if Gguf::is_one(bytes) {
            put(&mut gguf, Gguf::read(bytes)?)?;
        } else if let Some(found) = Index::read(bytes)? {
            put(&mut index, found)?;
        } else {
            put(&mut config, Config::read(bytes)?)?;
        }
    }
    let held = gguf.as_ref().map(Gguf::held);
    let config = match (config, gguf) {
        (Some(config), _) => config,
        (None, Some(gguf)) => gguf_keys::config_of(&gguf)?,
        (None, None) if index.is_some() => return Err(Unreadable::IndexAlone),
        (None, None) => return Err(Unreadable::Empty),
    };
    Ok(reading::reading_of(&config, index.as_ref(), held))
}

/// Keep what was read, unless there is one already.
fn put<T>(place: &mut Option<T>, found: T) -> Result<(), Unreadable> {
    match place.replace(found) {
        None => Ok(()),
        Some(_) => Err(Unreadable::Twice),
    }
}

#[cfg(test)]
mod tests;
