//! Calendar months and days, as the catalogue and the scenario write them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is no calendar date of the expected form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADate {
    text: String,
    form: &'static str,
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a date of the form {}", self.text, self.form)
    }
}

impl std::error::Error for NotADate {}

/// A calendar month, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth {
    /// Year of the Gregorian calendar.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
}

impl YearMonth {
    /// The month so many months later; earlier when negative.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let index = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        // Twelve divides the span of i32 years, so only the year can overflow; it saturates.
        let year = index.div_euclid(12).clamp(i64::from(i32::MIN), i64::from(i32::MAX));
        Self { year: year as i32, month: index.rem_euclid(12) as u8 + 1 }
    }
}

/// Names of the months, January first.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl YearMonth {
    /// As one says it: `May 2028`.
    pub fn words(self) -> String {
        let name = usize::from(self.month).checked_sub(1).and_then(|place| MONTHS.get(place));
        name.map_or_else(|| self.to_string(), |name| format!("{name} {}", self.year))
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for YearMonth {
    type Err = NotADate;

    /// Read `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parsed = match text.split('-').collect::<Vec<_>>()[..] {
            [year, month] => year_and_month(year, month),
            _ => None,
        };
        parsed.ok_or_else(|| NotADate { text: text.to_owned(), form: "YYYY-MM" })
    }
}

/// A calendar day, written `2026-11-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    /// Year of the Gregorian calendar.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The month this day lies in.
    pub const fn year_month(self) -> YearMonth {
        YearMonth { year: self.year, month: self.month }
    }
}

impl Date {
    /// As one says it: `5 May 2028`.
    pub fn words(self) -> String {
        format!("{} {}", self.day, self.year_month().words())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year_month(), self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Read `YYYY-MM-DD`; days the month does not have are refused.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parsed = match text.split('-').collect::<Vec<_>>()[..] {
            [year, month, day] => year_and_month(year, month).and_then(|month| on_day(month, day)),
            _ => None,
        };
        parsed.ok_or_else(|| NotADate { text: text.to_owned(), form: "YYYY-MM-DD" })
    }
}

/// A month from its four-digit year and two-digit month.
fn year_and_month(year: &str, month: &str) -> Option<YearMonth> {
    let year = digits(year, 4)?;
    let month = digits(month, 2).filter(|month| (1..=12).contains(month))?;
    Some(YearMonth { year: i32::from(year), month: u8::try_from(month).ok()? })
}

/// A day of the given month from its two digits.
fn on_day(month: YearMonth, day: &str) -> Option<Date> {
    let day = u8::try_from(digits(day, 2)?).ok()?;
    let exists = (1..=days_in(month)).contains(&day);
    exists.then_some(Date { year: month.year, month: month.month, day })
}

/// An unsigned number of exactly so many ASCII digits.
fn digits(text: &str, count: usize) -> Option<u16> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// Days of a month in the Gregorian calendar.
const fn days_in(month: YearMonth) -> u8 {
    let year = month.year;
    match month.month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Serde reads and writes both as their text.
macro_rules! as_text {
    ($type:ty) => {
        impl TryFrom<String> for $type {
            type Error = NotADate;

            fn try_from(text: String) -> Result<Self, NotADate> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> String {
                value.to_string()
            }
        }
    };
}
as_text!(YearMonth);
as_text!(Date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_and_written_as_the_same_text() {
        for text in ["2026-11", "0001-01", "9999-12"] {
            assert_eq!(text.parse::<YearMonth>().unwrap().to_string(), text);
        }
        for text in ["2026", "2026-13", "2026-00", "26-11", "2026-1", "2026-11-24", "+026-01", "٢٠٢٦-١١", ""]
        {
            assert!(text.parse::<YearMonth>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2026-11-24", "2028-02-29", "2000-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["2026-02-29", "1900-02-29", "2026-04-31", "2026-11-00", "2026-11", "2026-11-24-1"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_add_across_years_in_both_directions() {
        let start = YearMonth { year: 2026, month: 12 };
        assert_eq!(start.plus_months(0), start);
        assert_eq!(start.plus_months(1).to_string(), "2027-01");
        assert_eq!(start.plus_months(24).to_string(), "2028-12");
        assert_eq!(start.plus_months(-12).to_string(), "2025-12");
        assert_eq!(YearMonth { year: i32::MAX, month: 12 }.plus_months(i32::MAX).year, i32::MAX);
        assert_eq!(YearMonth { year: i32::MIN, month: 1 }.plus_months(i32::MIN).year, i32::MIN);
    }

    #[test]
    fn order_is_that_of_the_calendar() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(day("2026-11-24") < day("2026-12-01") && day("2026-12-01") < day("2027-01-01"));
        assert_eq!(day("2026-11-24").year_month(), "2026-11".parse().unwrap());
    }

    #[test]
    fn json_holds_dates_as_text() {
        let day: Date = serde_json::from_str("\"2027-01-14\"").unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"2027-01-14\"");
        assert!(serde_json::from_str::<YearMonth>("\"soon\"").is_err());
    }
}
