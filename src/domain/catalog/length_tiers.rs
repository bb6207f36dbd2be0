//! Prices by length of the input, as one cell of a table: `32k 0.5/2.5; 128k 0.8/0.2/4`.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::domain::units::{Unit, parse_number};

/// Most tiers of one row.
const MOST_TIERS: usize = 12;
/// Most tokens of a threshold.
const MOST_TOKENS: f64 = 1e9;
/// Most that a price may be, US dollars per million tokens.
const MOST_USD: f64 = 10_000.0;
const FORM: &str = "Write each tier as “32k 0.5/2.5”: tokens, then input/output, input/cached/output or \
                    input/cached/write/output in $ per M; tiers are separated by “;”.";

/// The prices of calls whose input is longer than a threshold; US dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatedTier {
    /// Input tokens above which every token of the call costs this.
    pub above_tokens: f64,
    /// Uncached input.
    pub input: f64,
    /// Cache read; `None` keeps the row's ratio to its input price.
    pub cached: Option<f64>,
    /// Cache write; `None` keeps the row's ratio to its input price.
    pub write: Option<f64>,
    /// Output.
    pub output: f64,
}

/// The length tiers of a row, by rising threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LengthTiers(Vec<StatedTier>);

impl Deref for LengthTiers {
    type Target = [StatedTier];

    fn deref(&self) -> &[StatedTier] {
        &self.0
    }
}

impl LengthTiers {
    /// Read the tiers of a cell, thresholds in rising order.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn parse(text: &str) -> Result<LengthTiers, String> {
        let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Err(FORM.to_owned());
        }
        if parts.len() > MOST_TIERS {
            return Err(format!("At most {MOST_TIERS} tiers."));
        }
        let tiers = parts.into_iter().map(tier).collect::<Result<Vec<StatedTier>, String>>()?;
        if !tiers.is_sorted_by(|one, next| one.above_tokens < next.above_tokens) {
            return Err("The thresholds must rise from tier to tier.".to_owned());
        }
        Ok(LengthTiers(tiers))
    }
}

fn tier(text: &str) -> Result<StatedTier, String> {
    let (threshold, prices) = text.split_once(char::is_whitespace).ok_or(FORM)?;
    let above_tokens = within(threshold, 1.0, MOST_TOKENS)?;
    let prices: Vec<f64> =
        prices.split('/').map(|price| within(price, 0.0, MOST_USD)).collect::<Result<_, String>>()?;
    let (input, cached, write, output) = match *prices.as_slice() {
        [input, output] => (input, None, None, output),
        [input, cached, output] => (input, Some(cached), None, output),
        [input, cached, write, output] => (input, Some(cached), Some(write), output),
        _ => return Err(FORM.to_owned()),
    };
    if cached.is_some_and(|cached| cached > input) {
        return Err("Cached input costs no more than input.".to_owned());
    }
    Ok(StatedTier { above_tokens, input, cached, write, output })
}

fn within(text: &str, min: f64, max: f64) -> Result<f64, String> {
    // A file writes its decimals with a point, whatever a person may mean by it.
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let number = match number {
        Some(number) => number,
        None => parse_number(text.trim(), Unit::Plain("")).map_err(|_| FORM.to_owned())?,
    };
    if (min..=max).contains(&number) {
        Ok(number + 0.0)
    } else {
        Err(format!("“{}” must lie between {min} and {max}.", text.trim()))
    }
}

impl TryFrom<String> for LengthTiers {
    type Error = String;

    fn try_from(text: String) -> Result<LengthTiers, String> {
        LengthTiers::parse(&text)
    }
}

impl From<LengthTiers> for String {
    fn from(tiers: LengthTiers) -> String {
        tiers.to_string()
    }
}

impl fmt::Display for LengthTiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, tier) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{} {}", tier.above_tokens, tier.input)?;
            for price in [tier.cached, tier.write].into_iter().flatten() {
                write!(f, "/{price}")?;
            }
            write!(f, "/{}", tier.output)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_read_as_people_write_them_and_written_plainly() {
        let tiers = LengthTiers::parse("32k 0.5/2.5; 128K 0.8/0.2/4;256000 1.6/0.4/2/9.6").unwrap();
        assert_eq!(tiers.to_string(), "32000 0.5/2.5; 128000 0.8/0.2/4; 256000 1.6/0.4/2/9.6");
        assert_eq!(LengthTiers::parse(&tiers.to_string()), Ok(tiers));
    }

    #[test]
    fn tiers_that_cannot_be_are_refused_with_a_sentence() {
        for wrong in [
            "",
            ";",
            "32k",
            "32k 1",
            "32k 1/2/3/4/5",
            "32k -1/2",
            "0 1/2",
            "2 1/2; 1 1/2",
            "2 1/3/4",
            "x 1/2",
        ] {
            assert!(LengthTiers::parse(wrong).is_err(), "{wrong}");
        }
        assert!(LengthTiers::parse(&"1 1/1;".repeat(13)).is_err());
    }
}
