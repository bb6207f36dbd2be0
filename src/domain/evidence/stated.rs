//! A measured quality as the user states it.

use crate::domain::units::{Unit, parse_number};

/// What is known about the quality of one configuration on the user's own evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Evidence {
    /// Nothing measured.
    #[default]
    Untested,
    /// `correct` of `total` examples were right; `correct` ≤ `total`, `total` > 0.
    Counted {
        /// Right answers.
        correct: u32,
        /// Examples.
        total: u32,
    },
    /// A share without the number of examples: shown, but never clear evidence.
    Stated(f64),
    /// The user takes it to be as good as the bar asks, at low confidence.
    AssumedEqual,
}

impl Evidence {
    /// Read `172/200`, `172 of 200`, `86 %`, `0.86`, `assumed equal`, or blank.
    ///
    /// # Errors
    /// A sentence for the person who typed it.
    pub fn parse(text: &str) -> Result<Evidence, String> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Ok(Evidence::Untested);
        }
        if text.starts_with("assumed") || text == "equal" {
            return Ok(Evidence::AssumedEqual);
        }
        let counted = text.split_once('/').or_else(|| text.split_once(" of "));
        if let Some((correct, total)) = counted {
            return Evidence::counted(correct, total);
        }
        // Files hold a share as a part of one; people write it in percent.
        let share = match text.parse::<f64>() {
            Ok(share) if (0.0..=1.0).contains(&share) => Some(share),
            _ => parse_number(&text, Unit::Share("")).ok(),
        };
        match share {
            Some(share) if (0.0..=1.0).contains(&share) => Ok(Evidence::Stated(share)),
            Some(_) => Err("A share lies between 0 and 100 %; write 86 % or, better, 172/200.".to_owned()),
            None => {
                Err("Write correct/total such as 172/200, a share such as 86 %, or “assumed equal”."
                    .to_owned())
            }
        }
    }

    fn counted(correct: &str, total: &str) -> Result<Evidence, String> {
        let whole = |text: &str| text.trim().replace([',', ' '], "").parse::<u32>();
        match (whole(correct), whole(total)) {
            (Ok(_), Ok(0)) => Err("The evaluation needs at least one example.".to_owned()),
            (Ok(correct), Ok(total)) if correct > total => {
                Err(format!("{correct} correct of {total} is more than all of them."))
            }
            (Ok(correct), Ok(total)) if total <= 10_000_000 => Ok(Evidence::Counted { correct, total }),
            (Ok(_), Ok(_)) => Err("At most 10,000,000 examples.".to_owned()),
            _ => Err("Write whole numbers: correct/total, such as 172/200.".to_owned()),
        }
    }

    /// The text that [`Evidence::parse`] reads back to the same value.
    pub fn format(self) -> String {
        match self {
            Evidence::Untested => String::new(),
            Evidence::Counted { correct, total } => format!("{correct}/{total}"),
            Evidence::Stated(share) => format!("{share}"),
            Evidence::AssumedEqual => "assumed equal".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written_back() {
        for (text, evidence) in [
            ("172/200", Evidence::Counted { correct: 172, total: 200 }),
            ("172 of 200", Evidence::Counted { correct: 172, total: 200 }),
            ("86 %", Evidence::Stated(0.86)),
            ("assumed equal", Evidence::AssumedEqual),
            ("", Evidence::Untested),
        ] {
            assert_eq!(Evidence::parse(text), Ok(evidence));
            assert_eq!(Evidence::parse(&evidence.format()), Ok(evidence));
        }
    }

    #[test]
    fn nonsense_is_refused_with_a_sentence() {
        for text in ["201/200", "1/0", "x/y", "120 %", "good", "-1/5", "99999999/99999999"] {
            assert!(Evidence::parse(text).is_err(), "{text}");
        }
    }
}
