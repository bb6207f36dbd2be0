//! What a scenario comes to, as a record would tell it.

use super::stated::{ERRORS, Stated};
use crate::domain::answer::Answer;
use crate::domain::input::Inputs;
use crate::domain::record::sheets;
use crate::domain::units::one_line;

/// What a scenario comes to. Amounts are present values in US dollars to the cent; what is not known is absent.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The headline of the verdict.
    pub headline: Option<String>,
    /// The strategy that stands first.
    pub leading: Option<String>,
    /// What that pays in all.
    pub paid: Option<f64>,
    /// Its total, wrong answers included where they are known.
    pub total: Option<f64>,
    /// Its cost by line, by name.
    pub lines: Vec<(String, f64)>,
    /// The total of each strategy, by name.
    pub totals: Vec<(String, Option<f64>)>,
}

impl Point {
    /// What an answer comes to.
    pub fn of(answer: &Answer, inputs: &Inputs) -> Point {
        let sheet = sheets(answer, inputs).into_iter().next();
        let sheet = sheet.as_ref();
        let errors = sheet.and_then(|sheet| sheet.errors.as_ref());
        let lines = sheet.map_or(&[][..], |sheet| &sheet.lines).iter();
        let lines = lines.map(|line| (line.label.clone(), line.amounts.present_value_usd));
        let of_errors = errors.map(|errors| (ERRORS.to_owned(), errors.present_value_usd));
        let totals = answer.decided.assessments.iter();
        Point {
            headline: Some(one_line(&answer.verdict.headline)),
            leading: sheet.map(|sheet| sheet.name.clone()),
            paid: sheet.map(|sheet| sheet.paid.present_value_usd),
            total: sheet.map(|sheet| sheet.total.present_value_usd),
            lines: lines.chain(of_errors).collect(),
            totals: totals.map(|one| (one_line(&one.name), one.total().map(cents))).collect(),
        }
    }

    /// What a record says.
    pub fn stated(stated: &Stated) -> Point {
        let Stated { headline, leading, paid, total, lines, totals, .. } = stated.clone();
        let totals = totals.into_iter().map(|(name, usd)| (name, usd.map(cents))).collect();
        let lines = lines.into_iter().map(|(name, usd)| (name, cents(usd))).collect();
        Point { headline, leading, paid: paid.map(cents), total: total.map(cents), lines, totals }
    }
}

/// To the cent.
pub fn cents(usd: f64) -> f64 {
    libm::round(usd * 100.0) / 100.0
}
