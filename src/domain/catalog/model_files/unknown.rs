//! What of a model's files could not be understood, as data; its words are made here and decide nothing.

use std::fmt;

use super::limits::{MOST_CONFIG_BYTES, MOST_FILES};
use crate::domain::units::plain_text;

/// The longest word of a file that is repeated, in characters.
const MOST_SAID: usize = 40;

/// Something that the files leave open or that is not known here.
#[derive(Clone, Debug, PartialEq)]
pub enum Unknown {
    /// The kind of model: what its layers are made of.
    Family(String),
    /// A member that the family needs.
    Missing(&'static str),
    /// A kind of layer: whether and what it caches.
    LayerType(String),
    /// How the layers divide into those with and without a growing cache.
    Layers,
    /// What a layer with linear attention or a state space holds.
    Mixer,
    /// Shared experts that are no multiple of an expert.
    SharedExperts,
    /// A quantisation that has no format here.
    Format(String),
    /// A part beside the language model, such as an encoder of images.
    Part(&'static str),
    /// The index of sparse attention, which is cached too.
    SparseIndex,
    /// Layers that predict further tokens: in the files, and loaded only to speculate. Billions of parameters.
    FurtherTokens(f64),
    /// The files hold other parameters than the architecture gives, both in billions.
    Parameters {
        /// By the formula.
        computed: f64,
        /// By the files.
        stated: f64,
    },
}

impl Unknown {
    /// Whether parameters or cache cannot be told without it.
    ///
    /// `is_total_stated`: whether the files say how many parameters there are.
    pub const fn is_decisive(&self, is_total_stated: bool) -> bool {
        match self {
            Unknown::Family(_) | Unknown::Missing(_) | Unknown::LayerType(_) | Unknown::Layers => true,
            Unknown::Mixer | Unknown::SharedExperts => !is_total_stated,
            Unknown::Format(_)
            | Unknown::Part(_)
            | Unknown::SparseIndex
            | Unknown::FurtherTokens(_)
            | Unknown::Parameters { .. } => false,
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::Family(name) => write!(
                f,
                "model_type “{}” is not known: what its layers hold and cache is not guessed.",
                short(name)
            ),
            Unknown::Missing(key) => write!(f, "“{key}” is missing."),
            Unknown::LayerType(name) => {
                write!(f, "Layers of type “{}” are not known: the KV cache is unknown.", short(name))
            }
            Unknown::Layers => f.write_str("Which layers keep a growing KV cache is not said."),
            Unknown::Mixer => {
                f.write_str("What a layer of linear attention or state space holds is not known: its parameters and state are not counted.")
            }
            Unknown::SharedExperts => {
                f.write_str("The width of the shared experts is no multiple of an expert’s: they are not counted.")
            }
            Unknown::Format(name) => write!(
                f,
                "The quantisation “{}” has no format here: the weight format stays open.",
                short(name)
            ),
            Unknown::Part(key) => {
                write!(f, "“{key}” is not counted: the parameters are those of the language model.")
            }
            Unknown::SparseIndex => f.write_str(
                "The index of its sparse attention is cached too and not counted: the cache is somewhat larger.",
            ),
            Unknown::FurtherTokens(billions) => write!(
                f,
                "{billions:.2} billion of the parameters predict further tokens; engines load them only to speculate."
            ),
            Unknown::Parameters { computed, stated } => write!(
                f,
                "The files hold {stated:.2} billion parameters, the architecture gives {computed:.2}: {:+.1} %. The files’ count is used.",
                (computed / stated - 1.0) * 100.0
            ),
        }
    }
}

/// Why files are not read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unreadable {
    /// Nothing was given.
    Empty,
    /// More files than are read together.
    TooMany,
    /// Two of one kind.
    Twice,
    /// A `config.json` beyond [`MOST_CONFIG_BYTES`].
    TooLong,
    /// No JSON object, nor a GGUF file: what the reader says of it.
    NoConfig(String),
    /// An index without the `config.json` beside it.
    IndexAlone,
    /// A GGUF file whose header is damaged, or goes on behind what is looked at.
    Gguf(&'static str),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Empty => f.write_str("Give a config.json, its text, or a GGUF file."),
            Unreadable::TooMany => write!(f, "At most {MOST_FILES} files, all of one model."),
            Unreadable::Twice => f.write_str("Two files of one kind: give those of one model."),
            Unreadable::TooLong => {
                write!(f, "A config.json has at most {} KiB; this is longer.", MOST_CONFIG_BYTES / 1024)
            }
            Unreadable::NoConfig(reason) => write!(f, "This is no config.json: {reason}."),
            Unreadable::IndexAlone => f.write_str(
                "This index says how many bytes there are, not what they are: give the config.json too.",
            ),
            Unreadable::Gguf(reason) => write!(f, "This GGUF header cannot be read: {reason}."),
        }
    }
}

/// Enough of a word to recognise it by.
fn short(word: &str) -> String {
    plain_text(word, MOST_SAID)
}
