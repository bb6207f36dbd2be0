//! Numbers with their units, read and written the way people type them.

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A pure count or factor; the text is shown behind the number.
    Plain(&'static str),
    /// US dollars, with what they buy ("", "per hour", "per label").
    Usd(&'static str),
    /// A fraction of one, written as a percentage, with what it is a share of.
    Share(&'static str),
}

impl Unit {
    /// The words behind the number, without the currency or percent sign.
    pub const fn suffix(self) -> &'static str {
        match self {
            Unit::Plain(text) | Unit::Usd(text) | Unit::Share(text) => text,
        }
    }
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing typed.
    Empty,
    /// Not readable as a number.
    Unreadable,
}

/// Read `60k`, `1.2M`, `12,000`, `8%`, `$1.50`; a share without a sign is read as a percentage.
///
/// # Errors
/// [`NumberError`] where the text holds no finite number.
pub fn parse_number(text: &str, unit: Unit) -> Result<f64, NumberError> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
    let compact = compact.trim_start_matches('$');
    if compact.is_empty() {
        return Err(NumberError::Empty);
    }
    let (digits, percent) = match compact.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (compact, matches!(unit, Unit::Share(_))),
    };
    let (digits, factor) = split_suffix(digits);
    let number = without_separators(digits).and_then(|digits| digits.parse::<f64>().ok());
    let number = number.filter(|number| number.is_finite()).ok_or(NumberError::Unreadable)?;
    let number = if percent { number / 100.0 } else { number * factor };
    if number.is_finite() { Ok(number) } else { Err(NumberError::Unreadable) }
}

/// Split off a magnitude: k, M, B or bn, T.
fn split_suffix(text: &str) -> (&str, f64) {
    let lower = text.to_ascii_lowercase();
    for (suffix, factor) in [("bn", 1e9), ("k", 1e3), ("m", 1e6), ("b", 1e9), ("t", 1e12)] {
        if lower.ends_with(suffix) {
            return (&text[..text.len() - suffix.len()], factor);
        }
    }
    (text, 1.0)
}

/// Remove thousands separators; a comma anywhere else makes the text unreadable.
fn without_separators(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    if fraction.is_some_and(|fraction| fraction.contains(',')) {
        return None;
    }
    let groups: Vec<&str> = whole.split([',', '_', '\'']).collect();
    let grouped = groups.len() > 1;
    if grouped && groups.iter().skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let mut joined = groups.concat();
    if let Some(fraction) = fraction {
        joined.push('.');
        joined.push_str(fraction);
    }
    Some(joined)
}

/// Write a number so that [`parse_number`] reads the same value back: `12,000`, `8 %`, `0.15`.
pub fn format_number(number: f64, unit: Unit) -> String {
    if let Unit::Share(_) = unit {
        let percent = round_to_twelve_digits(number * 100.0);
        if (percent / 100.0).to_bits() == number.to_bits() {
            return format!("{} %", with_separators(percent));
        }
        return format!("{} %", number * 100.0);
    }
    with_separators(number)
}

/// The nearest number with twelve significant decimal digits, which drops the noise of a multiplication.
fn round_to_twelve_digits(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// Group the whole part in threes.
fn with_separators(number: f64) -> String {
    let text = format!("{number}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: Unit = Unit::Plain("");
    const SHARE: Unit = Unit::Share("");

    #[test]
    fn the_forms_people_type_are_read() {
        for (text, unit, number) in [
            ("60k", COUNT, 60_000.0),
            ("1.2M", COUNT, 1_200_000.0),
            ("12,000", COUNT, 12_000.0),
            ("1,234,567.5", COUNT, 1_234_567.5),
            ("$1.50", Unit::Usd(""), 1.5),
            ("8%", SHARE, 0.08),
            ("8 %", SHARE, 0.08),
            ("8", SHARE, 0.08),
            ("-5 %", SHARE, -0.05),
            ("2bn", COUNT, 2e9),
        ] {
            assert_eq!(parse_number(text, unit), Ok(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "  ", "abc", "1,2", "12,00", "1e999", "nan", "inf", "1.2.3", "--4"] {
            assert!(parse_number(text, COUNT).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back_exactly() {
        for unit in [COUNT, SHARE] {
            for number in [0.0, 0.07, 0.003, 1.0 / 3.0, 12_000.0, 60_000.5, 1e9, -0.15, 0.35, 1234.0] {
                let text = format_number(number, unit);
                let read = parse_number(&text, unit).unwrap();
                assert!((read - number).abs() <= 1e-15 * number.abs().max(1.0), "{text} {read} {number}");
            }
        }
        assert_eq!(format_number(1_234_567.0, COUNT), "1,234,567");
        assert_eq!(format_number(0.07, SHARE), "7 %");
    }
}
