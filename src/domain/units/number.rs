//! Numbers with their units, written the way people type them.

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

/// Write a number so that [`super::parse_number`] reads the same value back: `12,000`, `8 %`, `0.15`, `1.2340`.
pub fn format_number(number: f64, unit: Unit) -> String {
    if let Unit::Share(_) = unit {
        let percent = round_to_twelve_digits(number * 100.0);
        if (percent / 100.0).to_bits() == number.to_bits() {
            return format!("{} %", with_separators(percent));
        }
        return format!("{} %", with_separators(number * 100.0));
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
        // Three digits behind one point could be thousands.
        Some(fraction) if fraction.len() == 3 && whole != "0" && whole.len() <= 3 => {
            format!("{sign}{grouped}.{fraction}0")
        }
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
    fn numbers_are_written_with_separators_and_never_so_that_a_point_could_part_thousands() {
        for (number, unit, text) in [
            (1_234_567.0, COUNT, "1,234,567"),
            (1_234.567, COUNT, "1,234.567"),
            (1.234, COUNT, "1.2340"),
            (0.125, COUNT, "0.125"),
            (-12.5, COUNT, "-12.5"),
            (0.07, SHARE, "7 %"),
            (0.123_45, SHARE, "12.3450 %"),
        ] {
            assert_eq!(format_number(number, unit), text);
        }
    }
}
