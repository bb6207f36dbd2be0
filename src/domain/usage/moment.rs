//! When a row of usage was: its month and day in UTC.

use crate::domain::units::{Date, YearMonth};

const SECONDS_PER_DAY: f64 = 86_400.0;
/// Seconds since 1970 that are a date of an export: 2001 to 2286.
const SECONDS: std::ops::Range<f64> = 1e9..1e10;

/// A month, and the day in it where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub month: YearMonth,
    pub day: Option<u8>,
}

impl Moment {
    /// Read `2026-11-28`, with or without a time behind it, `2026-11`, or seconds or milliseconds since 1970.
    pub fn read(text: &str) -> Option<Moment> {
        let text = text.trim();
        if let Some(date) = text.get(..10).and_then(|date| date.parse::<Date>().ok()) {
            return Some(Moment { month: date.year_month(), day: Some(date.day) });
        }
        if let Ok(month) = text.parse::<YearMonth>() {
            return Some(Moment { month, day: None });
        }
        let is_number = text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.parse().ok().filter(|_| is_number).and_then(Moment::of_seconds)
    }

    /// The day of seconds or milliseconds since 1970.
    pub fn of_seconds(number: f64) -> Option<Moment> {
        let seconds = if SECONDS.contains(&(number / 1_000.0)) { number / 1_000.0 } else { number };
        if !SECONDS.contains(&seconds) {
            return None;
        }
        // Days of a calendar that begins in March, so that the leap day is the last of its year (Hinnant).
        let days = (seconds / SECONDS_PER_DAY) as i64 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let month = YearMonth { year: i32::try_from(year).ok()?, month: u8::try_from(month).ok()? };
        Some(Moment { month, day: u8::try_from(day).ok() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Moment::read(text).map_or_else(String::new, |it| format!("{} {}", it.month, it.day.unwrap_or(0)))
    }

    #[test]
    fn days_months_and_seconds_are_read_and_nothing_else() {
        assert_eq!(read("2026-11-28"), "2026-11 28");
        assert_eq!(read("2026-11-28T10:11:12Z"), "2026-11 28");
        assert_eq!(read("2026-11"), "2026-11 0");
        assert_eq!(read("1730696460"), "2024-11 4");
        assert_eq!(read("951782400000"), "", "February 2000 is before all exports");
        assert_eq!(read("1709164800"), "2024-02 29");
        assert_eq!(read("1767225600000"), "2026-01 1");
        for text in ["", "inf", "NaN", "2026-13-01", "11/28/26", "-5", "12", "ä2026-11-28"] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
