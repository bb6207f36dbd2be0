//! Numbers as people write them: separators of every country, magnitudes in letters and words, signs and units.
//!
//! What can be meant in two ways is never decided silently: it is refused with both readings.

use super::number::{Unit, format_number};
use super::words::to_digits;

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing typed.
    Empty,
    /// Not readable as a number.
    Unreadable,
    /// Readable in two ways; both, as they are written without doubt and as they are read.
    Ambiguous(Readings),
}

/// The two numbers that a text may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readings {
    /// Both as the page shows them: `12`, `12,000`.
    pub shown: [String; 2],
    /// Both as nobody misreads them: `12`, `12000`.
    pub written: [String; 2],
}

impl NumberError {
    /// What is wrong, for the person who typed it; `example` is a form that would do.
    pub fn sentence(&self, example: &str) -> String {
        match self {
            NumberError::Empty => "A number is needed here.".to_owned(),
            NumberError::Unreadable => format!("This is not a number. Write {example}."),
            NumberError::Ambiguous(Readings { shown: [one, other], written: [this, that] }) => {
                format!("{one} or {other}? Write {this} or {that}.")
            }
        }
    }
}

/// Words and letters for a magnitude, in lower case.
const MAGNITUDES: [(&str, f64); 16] = [
    ("k", 1e3),
    ("thousand", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("mio", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("b", 1e9),
    ("bn", 1e9),
    ("billion", 1e9),
    ("billions", 1e9),
    ("t", 1e12),
    ("tn", 1e12),
    ("trillion", 1e12),
    ("trillions", 1e12),
    ("thousands", 1e3),
];

/// Short forms of unit words.
const SHORT_UNITS: [(&str, &str); 5] =
    [("ms", "milliseconds"), ("s", "seconds"), ("h", "hours"), ("mo", "months"), ("w", "weeks")];

/// Read `60k`, `1.2 million`, `12,000`, `12 000`, `12'000`, `1.234,5`, `.5`, `1e6`, `8 %`, `$1.50`, `24 months`.
///
/// A share is read in percent. `12.000` and `1.234` are refused with both readings, and so is a share below one
/// that does not say whether it is one in percent.
///
/// # Errors
/// [`NumberError`] where the text holds no finite number, or may hold two.
pub fn parse_number(text: &str, unit: Unit) -> Result<f64, NumberError> {
    let typed = Typed::of(text, unit)?;
    let readings = digits(typed.digits)?;
    let numbers: Vec<f64> =
        readings.iter().map(|digits| typed.value(*digits)).filter(|value| value.is_finite()).collect();
    match *numbers.as_slice() {
        [number] => typed.in_one_convention(number, unit),
        [one, other] => Err(ambiguous(one, other, unit)),
        _ => Err(NumberError::Unreadable),
    }
}

fn ambiguous(one: f64, other: f64, unit: Unit) -> NumberError {
    let shown = [one, other].map(|number| format_number(number, unit).replace('-', "−"));
    let written = [one, other].map(|number| format_number(number, unit).replace(',', ""));
    NumberError::Ambiguous(Readings { shown, written })
}

/// A text without what stands around its digits.
struct Typed<'a> {
    negative: bool,
    digits: &'a str,
    factor: f64,
    /// Whether it carries the percent sign.
    percent: bool,
    /// Whether it stands in a field of shares.
    share: bool,
}

impl Typed<'_> {
    fn of(text: &str, unit: Unit) -> Result<Typed<'_>, NumberError> {
        let mut rest = text.trim();
        let mut negative = false;
        // The sign may stand before or behind the currency.
        for _ in 0..2 {
            rest = without_currency(rest);
            if let Some(behind) = rest.strip_prefix(['-', '−']) {
                (rest, negative) = (behind.trim_start(), !negative);
                if rest.starts_with(['-', '−', '+']) {
                    return Err(NumberError::Unreadable);
                }
            }
        }
        let rest = rest.strip_prefix('+').unwrap_or(rest);
        let end = end_of_digits(rest);
        let (digits, behind) = rest.split_at_checked(end).ok_or(NumberError::Unreadable)?;
        if digits.is_empty() {
            let empty = behind.is_empty() && !negative;
            return Err(if empty { NumberError::Empty } else { NumberError::Unreadable });
        }
        let (factor, percent) = behind_digits(behind, unit)?;
        Ok(Typed { negative, digits, factor, percent, share: matches!(unit, Unit::Share(_)) })
    }

    fn value(&self, digits: f64) -> f64 {
        let size =
            if self.percent || self.share { digits * self.factor / 100.0 } else { digits * self.factor };
        if self.negative { -size } else { size }
    }

    /// A share in percent; one below a percent must say so, since it may be meant as a part of one.
    fn in_one_convention(&self, number: f64, unit: Unit) -> Result<f64, NumberError> {
        let below_one = number != 0.0 && number.abs() < 0.01;
        if self.share && !self.percent && below_one {
            return Err(ambiguous(number, to_digits(number * 100.0, 12), unit));
        }
        Ok(number)
    }
}

fn without_currency(text: &str) -> &str {
    let signs = ["US$", "USD", "usd", "$"];
    signs.into_iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text).trim_start()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{202f}'
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '_')
}

/// Where the digits end, with separators and exponent, but without the spaces behind them.
fn end_of_digits(text: &str) -> usize {
    let mut end = 0;
    let mut exponent = false;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let belongs = match c {
            '0'..='9' => true,
            '.' | ',' => !exponent,
            'e' | 'E' if !exponent && previous.is_ascii_digit() && is_exponent(text, at) => {
                exponent = true;
                true
            }
            '-' | '+' => exponent && matches!(previous, 'e' | 'E'),
            c => (is_space(c) || is_apostrophe(c)) && !exponent,
        };
        if !belongs {
            break;
        }
        previous = c;
        if !is_space(c) {
            end = at + c.len_utf8();
        }
    }
    end
}

/// Whether digits follow the letter, so that it is an exponent and no unit.
fn is_exponent(text: &str, at: usize) -> bool {
    let behind = text.get(at + 1..).unwrap_or("");
    behind.strip_prefix(['-', '+']).unwrap_or(behind).starts_with(|c: char| c.is_ascii_digit())
}

/// The factor behind the digits, and whether they are percents.
fn behind_digits(behind: &str, unit: Unit) -> Result<(f64, bool), NumberError> {
    let known = unit.suffix().to_lowercase();
    let behind = behind.to_lowercase().replace('%', " % ").replace('/', " ").replace("us$", " $ ");
    let (mut factor, mut percent, mut words) = (1.0, false, 0);
    for word in behind.split(is_space).filter(|word| !word.is_empty()) {
        let magnitude = MAGNITUDES.into_iter().find(|(name, _)| *name == word);
        match (word, magnitude) {
            ("%" | "percent", _) if !percent => percent = true,
            ("$" | "usd" | "a" | "an" | "per", _) => {}
            (_, Some((_, of))) if words == 0 && factor == 1.0 => factor = of,
            _ if is_unit_word(word, &known) => words += 1,
            _ => return Err(NumberError::Unreadable),
        }
    }
    Ok((factor, percent))
}

/// Whether a word is one of those of the unit, in singular or plural or for short.
fn is_unit_word(word: &str, unit: &str) -> bool {
    let long = SHORT_UNITS.into_iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long);
    let stem = |word: &str| word.trim_end_matches('s').to_owned();
    unit.split([' ', ',', '(', ')']).any(|known| !known.is_empty() && stem(known) == stem(long))
}

/// The numbers that digits with separators may stand for: one, or two where nobody can tell.
fn digits(text: &str) -> Result<Vec<f64>, NumberError> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let spread = mantissa.split(|c: char| is_space(c) || is_apostrophe(c)).collect::<Vec<_>>();
    let texts = match *spread.as_slice() {
        [plain] => readings(plain, false)?,
        [.., last] => {
            let whole = last.split(['.', ',']).next().unwrap_or("");
            let firsts = spread.iter().take(spread.len() - 1).copied();
            if !are_groups(&firsts.chain([whole]).collect::<Vec<_>>()) {
                return Err(NumberError::Unreadable);
            }
            readings(&spread.concat(), true)?
        }
        [] => return Err(NumberError::Unreadable),
    };
    let read = |text: &String| {
        let text = exponent.map_or(text.clone(), |exponent| format!("{text}e{exponent}"));
        text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or(NumberError::Unreadable)
    };
    // A number in scientific notation has no groups.
    texts.iter().take(if exponent.is_some() { 1 } else { 2 }).map(read).collect()
}

/// What points and commas may stand for, the decimal first; `grouped` where others already part the thousands.
fn readings(text: &str, grouped: bool) -> Result<Vec<String>, NumberError> {
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let decimal = |sign: char, group: char| {
        let plain = text.replace(group, "").replace(sign, ".");
        vec![plain]
    };
    let joined = || text.replace([',', '.'], "");
    match (points, commas) {
        (0, 0) => Ok(vec![text.to_owned()]),
        (1, 0) if grouped || is_doubtful(text, '.') => match is_three_behind(text, '.') {
            true => Ok(vec![text.to_owned(), joined()]),
            false => Ok(vec![text.to_owned()]),
        },
        (1, 0) => Ok(vec![text.to_owned()]),
        (0, 1) if grouped && is_three_behind(text, ',') => Ok(vec![text.replace(',', "."), joined()]),
        // As the page writes thousands itself.
        (0, 1) if !grouped && is_doubtful(text, ',') => Ok(vec![joined()]),
        (0, 1) => Ok(decimal(',', '.')),
        _ if grouped => Err(NumberError::Unreadable),
        (0, _) if are_groups(&text.split(',').collect::<Vec<_>>()) => Ok(vec![joined()]),
        (_, 0) if are_groups(&text.split('.').collect::<Vec<_>>()) => Ok(vec![joined()]),
        (1, _) if parts_thousands(text, ',', '.') => Ok(decimal('.', ',')),
        (_, 1) if parts_thousands(text, '.', ',') => Ok(decimal(',', '.')),
        _ => Err(NumberError::Unreadable),
    }
}

/// Whether exactly three digits stand behind the one sign.
fn is_three_behind(text: &str, sign: char) -> bool {
    text.split_once(sign).is_some_and(|(_, behind)| behind.len() == 3)
}

/// Whether one sign may part thousands: three digits behind it, one to three before it, and no leading zero.
fn is_doubtful(text: &str, sign: char) -> bool {
    let before = text.split(sign).next().unwrap_or("");
    is_three_behind(text, sign) && (1..=3).contains(&before.len()) && !before.starts_with('0')
}

/// Whether all before the decimal sign is parted in threes by the other one.
fn parts_thousands(text: &str, group: char, sign: char) -> bool {
    text.split_once(sign).is_some_and(|(whole, fraction)| {
        !fraction.contains(group) && are_groups(&whole.split(group).collect::<Vec<_>>())
    })
}

/// Whether parts are groups of thousands.
fn are_groups(parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
    first && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
#[path = "notation/tests.rs"]
mod tests;
