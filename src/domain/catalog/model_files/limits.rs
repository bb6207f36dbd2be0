//! How much of what is given is looked at.

/// The longest `config.json` that is looked at, bytes.
pub const MOST_CONFIG_BYTES: usize = 1 << 20;
/// So much of a larger file is looked at, bytes: the index of a large model and the header of a GGUF file end before.
pub const MOST_FILE_BYTES: usize = 32 << 20;
/// Most files that are read together.
pub const MOST_FILES: usize = 4;
