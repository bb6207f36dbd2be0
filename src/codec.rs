//! Scenario ⇄ versioned text: one JSON envelope, shared by link, storage and file.
//!
//! A scenario carries the answers that differ from the defaults, its own rows of the catalogue, and the versions of registry,
//! catalogue and method that those defaults, prices and formulas belong to. A version never changes what it stands for: a
//! scenario is answered by the catalogue that it was made with, so that within a method its numbers are the same for good.
//! Formulas of earlier methods are not held here: the headline of the result rides along, so that a later version can show
//! what was seen then beside what it computes now. An organisation's policy travels whole, because nothing else holds it.
//!
//! - [`to_json`] and [`from_json`]: the envelope itself, for storage and files.
//! - [`encode`] and [`decode`]: the envelope deflated and in base64url, for `#s=…` in a link.
//! - [`joined`] and [`parts`]: several of these in one link, `#s=…&with=…`.
//! - [`recognise`]: what a text from elsewhere is, and the scenarios in it.
//!
//! Whatever is read may be hostile: sizes are limited, nothing panics, and an answer that this
//! version does not know is named in a notice and left out. So are members that mean nothing or stand there twice;
//! a policy or a row that is not valid is left out too, unless the whole is read [strictly](Decoded::strictly).

mod comparison;
mod envelope;
mod intake;
mod link;
mod members;
mod migration;
mod recorded;
mod rows;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use comparison::{
    LinkParts, MOST_COMPARISON_BYTES, MOST_OTHERS, decode_others, joined, parts, text_in_link,
};
pub use envelope::{from_json, to_json};
pub use intake::{Foreign, Intake, MOST_BYTES, MOST_ENTRIES, RecordForm, recognise, recognise_bytes};
pub use link::{LINK_PREFIX, decode, encode};

use crate::domain::answer::{Answer, Assessment, METHOD_VERSION};
use crate::domain::catalog::CATALOG_VERSION;
use crate::domain::input::REGISTRY_VERSION;
use crate::domain::scenario::Scenario;
use crate::domain::units::plain_text;

/// Version of the envelope: its keys and their meaning.
///
/// 2 brought own rows of the catalogue and an organisation's policy: a program that does not know them must
/// not show other numbers.
pub const FORMAT_VERSION: u32 = 2;
/// What a scenario without either is still written as, so that its links stay as they were.
const FORMAT_PLAIN: u32 = 1;

/// The longest recorded verdict, in characters: a headline, and no room to imitate the page.
const MOST_VERDICT_CHARS: usize = 200;
/// The longest key of a strategy that is kept, in characters.
const MOST_KEY_CHARS: usize = 40;
/// Two totals that differ by no more than this part of them are the same.
const SAME: f64 = 1e-9;

/// The result in one line, as it was when the scenario was saved or shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// Key of the strategy that it recommends; none where it recommends none, or where that was not recorded.
    #[serde(
        rename = "s",
        default,
        deserialize_with = "envelope::or_default",
        skip_serializing_if = "Option::is_none"
    )]
    pub strategy: Option<String>,
    /// Total cost of what it recommends in US dollars, if known.
    #[serde(rename = "t", default, deserialize_with = "envelope::or_default")]
    pub tco_usd: Option<f64>,
    /// The verdict's headline.
    #[serde(rename = "v")]
    pub verdict: String,
}

impl Headline {
    /// The result of an answer.
    pub fn of(answer: &Answer) -> Headline {
        Headline {
            strategy: answer.decided.choice.use_now.map(|id| id.key().to_owned()),
            tco_usd: answer.chosen().and_then(Assessment::tco),
            verdict: answer.verdict.headline.clone(),
        }
    }

    /// Whether another one says the same: its total, and its strategy where both were recorded. Wording does not count.
    pub fn agrees_with(&self, other: &Headline) -> bool {
        let same_total = match (self.tco_usd, other.tco_usd) {
            (Some(one), Some(other)) => (one - other).abs() <= SAME * one.abs().max(other.abs()),
            (one, other) => one == other,
        };
        let strategies = self.strategy.as_ref().zip(other.strategy.as_ref());
        same_total && strategies.is_none_or(|(one, other)| one == other)
    }

    /// The same without what turns or imitates the words around it.
    fn plain(self) -> Headline {
        Headline {
            strategy: self.strategy.map(|key| plain_text(&key, MOST_KEY_CHARS)),
            verdict: plain_text(&self.verdict, MOST_VERDICT_CHARS),
            ..self
        }
    }
}

/// The versions a scenario was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Of the input registry: defaults and ranges.
    pub registry: u32,
    /// Of the catalogue: models, GPUs and prices.
    pub catalog: u32,
    /// Of the method: formulas and rules.
    pub method: u32,
}

impl Versions {
    /// Those of this program.
    pub const CURRENT: Versions =
        Versions { registry: REGISTRY_VERSION, catalog: CATALOG_VERSION, method: METHOD_VERSION };
}

/// A scenario that was read, with all that is worth saying about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The scenario; answers equal to the default are left out.
    pub scenario: Scenario,
    /// The result when it was saved, if it was recorded.
    pub headline: Option<Headline>,
    /// What it was made with; those of this program where the text does not say.
    pub versions: Versions,
    /// Sentences for the user about what was left out or may differ.
    pub notices: Vec<String>,
    /// Policy and rows that are not valid and were left out, which `notices` says in short.
    pub invalid: Vec<Invalid>,
}

/// A part of a text that was meant to decide the answer and cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Where: `policy: rules 3`, `rows 2`.
    pub place: String,
    /// A sentence for whoever wrote it.
    pub message: String,
}

impl Invalid {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Invalid {
        Invalid { place: place.into(), message: message.into() }
    }
}

impl Decoded {
    /// The scenario only if all of it can be used: an answer without a policy or a row that was meant to count is
    /// another answer.
    ///
    /// # Errors
    /// Everything in policy and rows that is not valid.
    pub fn strictly(self) -> Result<Decoded, Vec<Invalid>> {
        if self.invalid.is_empty() { Ok(self) } else { Err(self.invalid) }
    }
}

/// Why a text is no scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Longer than any scenario of this program.
    TooLong,
    /// Cut off or changed on its way.
    Damaged,
    /// Readable, but something else.
    NotAScenario,
    /// Written in a later format.
    Newer,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DecodeError::TooLong => "This is too long to be a scenario of Tunewise.",
            DecodeError::Damaged => "This scenario is incomplete or damaged. Copy it once more, from its first to its last character.",
            DecodeError::NotAScenario => "This holds no scenario of Tunewise.",
            DecodeError::Newer => "This scenario was made with a newer version of Tunewise. Reload the page to get that version.",
        })
    }
}

impl std::error::Error for DecodeError {}
