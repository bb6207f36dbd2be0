//! Numbers as people read them: one module, so that core, page and charts agree.
//!
//! Short forms carry two or three significant digits and a magnitude (`$31 k`, `1.2 M`), exact forms
//! carry separators and cents. Number and magnitude are joined by a no-break space ([`GAP`]), the sign
//! is a true minus, a zero never has one, and what is not finite becomes a dash.

/// The no-break space between a number and its magnitude or unit.
pub const GAP: char = '\u{a0}';
/// What stands where there is no number.
pub const NONE: &str = "—";

/// From here on a number is named as too large to be told, not written out with hundreds of digits.
const BEYOND: f64 = 1e15;

/// Magnitudes above one, the largest first.
const MAGNITUDES: [(f64, &str); 4] = [(1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k")];

/// Dollars for a table or a sentence: `$31 k`, `$1.2 M`, `$420`, `$14.80`, `$0.0148`.
pub fn usd_short(usd: f64) -> String {
    signed(usd, "$", |size| match short(size) {
        Some(text) => text,
        // At 99.995 the cents would round up to three digits of dollars, which carry no cents.
        None if size >= 99.995 => grouped(&format!("{size:.0}")),
        None => cents(size),
    })
}

/// Two amounts that are compared, in as few digits as tell them apart: a sentence never compares what reads the same.
///
/// Amounts that even cents do not tell apart read the same.
pub fn usd_apart(a: f64, b: f64) -> (String, String) {
    let whole = |usd: f64| signed(usd, "$", |size| grouped(&format!("{size:.0}")));
    let forms: [&dyn Fn(f64) -> String; 3] = [&usd_short, &whole, &usd_exact];
    let pairs = forms.map(|form| (form(a), form(b)));
    let [first, ..] = &pairs;
    let apart = pairs.iter().find(|(a, b)| a != b).unwrap_or(first);
    apart.clone()
}

/// Dollars to the cent, or to three digits where that is finer: `$31,204.57`, `$0.0148`.
pub fn usd_exact(usd: f64) -> String {
    signed(usd, "$", |size| grouped(&cents(size)))
}

/// A price that a reader multiplies by, with all its digits down to a millionth: `$2.00`, `$0.0375`.
pub fn usd_rate(usd: f64) -> String {
    signed(usd, "$", |size| grouped(&with_cents(&format!("{size:.6}"))))
}

/// A count for a table, an axis or a sentence: `60 k`, `1.2 M`, `140`, `2.5`.
pub fn count_short(count: f64) -> String {
    signed(count, "", |size| short(size).unwrap_or_else(|| small_count(size)))
}

/// A count in full: `1,234,567`, `2.5`.
pub fn count_exact(count: f64) -> String {
    signed(count, "", small_count)
}

/// A small count in a sentence: in words up to twelve, `three`, then in digits.
pub fn few(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(count).map_or_else(|| count_exact(count as f64), |word| (*word).to_owned())
}

/// A count for a headline, in words from a million on: `1.2 million`, `140,000`, `60,000`.
pub fn count_words(count: f64) -> String {
    signed(count, "", |size| {
        let named = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
        match named.into_iter().find(|(factor, _)| size >= factor * 0.9995) {
            Some((factor, name)) => format!("{}{GAP}{name}", scaled_digits(size / factor)),
            None if size >= 100.0 => grouped(&format!("{:.0}", to_digits(size, 2))),
            None => small_count(size),
        }
    })
}

/// The text with its first letter in upper case; names and texts here start with ASCII letters.
pub fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// A name inside a sentence: "prompted API model", but "LoRA, self-hosted".
pub fn lower_first(name: &str) -> String {
    let mut text = name.to_owned();
    let first_word = name.split([' ', ',']).next().unwrap_or("");
    let is_name = first_word.chars().skip(1).any(|letter| letter.is_ascii_uppercase());
    if let Some(first) = text.get_mut(..1).filter(|_| !is_name) {
        first.make_ascii_lowercase();
    }
    text
}

/// A fraction of one as a percentage: `8 %`, `86.5 %`, `0.03 %`.
pub fn percent(share: f64) -> String {
    let body = signed(share * 100.0, "", |size| {
        let places = if size < 1.0 { places_for(size, 2) } else { 1 };
        grouped(&without_trailing_zeros(&format!("{size:.places$}")))
    });
    if body == NONE { body } else { format!("{body}{GAP}%") }
}

/// A fraction of one as a whole percentage, rounded up and never nothing: a chance that is not to be overstated.
pub fn percent_up(share: f64) -> String {
    percent(libm::ceil(share * 100.0 - 1e-9).max(1.0) / 100.0)
}

/// A chance as odds that are not less than it: `1 in 12`, `2 in 3`; whoever has better odds has more than the chance.
pub fn odds(chance: f64) -> String {
    if chance.is_nan() || chance <= 0.0 {
        return NONE.to_owned();
    }
    if chance > 0.5 {
        let above = [(2, 3), (3, 4), (4, 5), (9, 10), (19, 20), (99, 100)];
        let fit = above.into_iter().find(|(good, of)| f64::from(*good) / f64::from(*of) >= chance);
        return fit.map_or_else(|| "certain".to_owned(), |(good, of)| format!("{good} in {of}"));
    }
    let of = libm::floor((1.0 + 1e-9) / chance);
    // Two digits, rounded down, so that the odds stay at least the chance.
    let mut unit = 1.0;
    while of / unit >= 100.0 && unit < BEYOND {
        unit *= 10.0;
    }
    format!("1 in {}", count_exact(libm::floor(of / unit) * unit))
}

/// A share that a reader multiplies by, with one digit more: `90 %`, `48.37 %`.
pub fn share_exact(share: f64) -> String {
    format!("{}{GAP}%", count_exact(share * 100.0))
}

/// A number of months in words: `1 month`, `24 months`.
pub fn months(count: usize) -> String {
    counted(&count.to_string(), "month")
}

/// A lead time in words, in whole weeks: `under a week`, `1 week`, `14 weeks`.
pub fn weeks(count: f64) -> String {
    match count {
        count if !count.is_finite() => NONE.to_owned(),
        count if count < 0.5 => "under a week".to_owned(),
        count => counted(&grouped(&format!("{count:.0}")), "week"),
    }
}

/// A ratio: `3.4 times`, `17 times`, `1.02 times`.
pub fn times(ratio: f64) -> String {
    let body = signed(ratio, "", |size| match size {
        size if size >= 9.95 => short(size).unwrap_or_else(|| format!("{size:.0}")),
        size if size >= 1.1 => format!("{size:.1}"),
        size => format!("{size:.2}"),
    });
    if body == NONE { body } else { format!("{body}{GAP}times") }
}

/// Put sign and currency before the text of the size; drop the sign if that text holds only zeros.
fn signed(number: f64, before: &str, text: impl Fn(f64) -> String) -> String {
    if !number.is_finite() {
        return NONE.to_owned();
    }
    let size = number.abs();
    if size >= BEYOND {
        let (than, sign) = if number < 0.0 { ("under", "−") } else { ("over", "") };
        return format!("{than} {sign}{before}1,000{GAP}tn");
    }
    let body = text(size);
    let is_zero = !body.contains(|c: char| ('1'..='9').contains(&c));
    if is_zero {
        return format!("{before}0");
    }
    format!("{}{before}{body}", if number < 0.0 { "−" } else { "" })
}

/// Digits and magnitude from a thousand on; `None` below.
fn short(size: f64) -> Option<String> {
    // 999.5 would be written as 1,000, and 999.5 k as 1,000 k: each magnitude starts at its rounding.
    let (factor, name) = MAGNITUDES.into_iter().find(|(factor, _)| size >= factor * 0.9995)?;
    Some(format!("{}{GAP}{name}", scaled_digits(size / factor)))
}

/// The digits before a magnitude: one decimal below ten, none above.
fn scaled_digits(scaled: f64) -> String {
    let digits = if scaled < 9.95 { format!("{scaled:.1}") } else { format!("{scaled:.0}") };
    grouped(&without_trailing_zeros(&digits))
}

/// The nearest number with so many significant digits.
pub fn to_digits(size: f64, digits: usize) -> f64 {
    let places = digits.saturating_sub(1);
    format!("{size:.places$e}").parse().unwrap_or(size)
}

/// An amount below a thousand: two decimals, or as many as three significant digits take.
fn cents(size: f64) -> String {
    let places = places_for(size, 3).max(2);
    with_cents(&format!("{size:.places$}"))
}

/// Drop zeros behind the decimal point, but none of the cents.
fn with_cents(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{:0<2}", fraction.trim_end_matches('0')),
        None => text.to_owned(),
    }
}

/// A count below a thousand, or an exact one: whole, or with up to two decimals.
fn small_count(size: f64) -> String {
    let places = if size < 0.1 { places_for(size, 2) } else { 2 };
    let text = format!("{size:.places$}");
    grouped(&without_trailing_zeros(&text))
}

/// Decimals that show so many significant digits of a number; bounded, and none beyond a billionth.
fn places_for(size: f64, digits: usize) -> usize {
    let scientific = format!("{size:e}");
    let exponent =
        scientific.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or(0);
    let wanted = i64::try_from(digits).unwrap_or(0) - 1 - i64::from(exponent);
    usize::try_from(wanted.clamp(0, 9)).unwrap_or(0)
}

/// Drop zeros behind the decimal point, and the point if nothing is left behind it.
fn without_trailing_zeros(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

/// Group the digits before the point in threes.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut result = String::with_capacity(text.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            result.push(',');
        }
        result.push(digit);
    }
    result + fraction
}

/// A number with its noun, in the plural unless it is one.
pub fn counted(number: &str, noun: &str) -> String {
    format!("{number}{GAP}{noun}{}", if number == "1" { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With plain spaces, so that the expectations below can be read.
    fn plain(text: String) -> String {
        text.replace(GAP, " ")
    }

    #[test]
    fn amounts_that_are_compared_read_differently_unless_they_are_the_same() {
        let apart = |a, b| usd_apart(a, b);
        let words = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(apart(1_000.0, 2_000.0), words("$1\u{a0}k", "$2\u{a0}k"));
        assert_eq!(apart(11_210.0, 11_340.0), words("$11,210", "$11,340"));
        assert_eq!(apart(11_210.2, 11_210.4), words("$11,210.20", "$11,210.40"));
        assert_eq!(apart(5.0, 5.0), words("$5.00", "$5.00"));
    }

    #[test]
    fn what_is_too_large_to_be_told_is_not_written_out() {
        for (text, said) in [
            (usd_short(f64::MAX), "over $1,000 tn"),
            (usd_exact(-1e300), "under −$1,000 tn"),
            (count_exact(1e16), "over 1,000 tn"),
            (count_words(1e17), "over 1,000 tn"),
        ] {
            assert_eq!(plain(text), said);
        }
    }

    #[test]
    fn dollars_are_short_in_tables_and_exact_on_request() {
        for (usd, short, exact) in [
            (0.0, "$0", "$0"),
            (-0.0, "$0", "$0"),
            (0.0148, "$0.0148", "$0.0148"),
            (0.000_000_02, "$0.00000002", "$0.00000002"),
            (0.5, "$0.50", "$0.50"),
            (0.999_9, "$1.00", "$1.00"),
            (14.8, "$14.80", "$14.80"),
            (99.996, "$100", "$100.00"),
            (420.4, "$420", "$420.40"),
            (999.6, "$1 k", "$999.60"),
            (1_249.0, "$1.2 k", "$1,249.00"),
            (9_960.0, "$10 k", "$9,960.00"),
            (31_204.567, "$31 k", "$31,204.57"),
            (999_600.0, "$1 M", "$999,600.00"),
            (1_234_567.0, "$1.2 M", "$1,234,567.00"),
            (5e9, "$5 bn", "$5,000,000,000.00"),
            (-31_204.0, "−$31 k", "−$31,204.00"),
        ] {
            assert_eq!(plain(usd_short(usd)), short, "{usd}");
            assert_eq!(plain(usd_exact(usd)), exact, "{usd}");
        }
    }

    #[test]
    fn counts_are_short_on_axes_and_exact_on_request() {
        for (count, short, exact) in [
            (0.0, "0", "0"),
            (0.004, "0.004", "0.004"),
            (2.5, "2.5", "2.5"),
            (140.0, "140", "140"),
            (999.9, "1 k", "999.9"),
            (2_000.0, "2 k", "2,000"),
            (60_000.0, "60 k", "60,000"),
            (1_234_567.0, "1.2 M", "1,234,567"),
            (1e9, "1 bn", "1,000,000,000"),
            (-12.0, "−12", "−12"),
        ] {
            assert_eq!(plain(count_short(count)), short, "{count}");
            assert_eq!(plain(count_exact(count)), exact, "{count}");
        }
    }

    #[test]
    fn what_is_multiplied_keeps_its_digits() {
        for (usd, rate) in [(2.0, "$2.00"), (0.1, "$0.10"), (1.375, "$1.375"), (0.037_5, "$0.0375")] {
            assert_eq!(usd_rate(usd), rate);
        }
        assert_eq!(plain(share_exact(0.9)), "90 %");
        assert_eq!(plain(share_exact(0.483_72)), "48.37 %");
    }

    #[test]
    fn counts_in_headlines_are_words() {
        for (count, words) in [
            (1_234_567.0, "1.2 million"),
            (12_345_678.0, "12 million"),
            (999_800.0, "1 million"),
            (144_000.0, "140,000"),
            (60_000.0, "60,000"),
            (1_234.0, "1,200"),
            (15.0, "15"),
            (1e9, "1 billion"),
        ] {
            assert_eq!(plain(count_words(count)), words, "{count}");
        }
    }

    #[test]
    fn shares_ratios_and_durations_read_as_words() {
        assert_eq!(plain(percent(0.08)), "8 %");
        assert_eq!(plain(percent(0.865)), "86.5 %");
        assert_eq!(plain(percent(0.0003)), "0.03 %");
        assert_eq!(plain(percent(-0.2)), "−20 %");
        assert_eq!(plain(percent(24.0)), "2,400 %");
        assert_eq!(plain(times(3.44)), "3.4 times");
        assert_eq!(plain(times(17.2)), "17 times");
        assert_eq!(plain(times(0.5)), "0.50 times");
        assert_eq!(plain(months(1)), "1 month");
        assert_eq!(plain(months(24)), "24 months");
        assert_eq!(plain(weeks(0.2)), "under a week");
        assert_eq!(plain(weeks(14.2)), "14 weeks");
    }

    #[test]
    fn odds_are_never_worse_than_the_chance_that_they_stand_for() {
        for (chance, said) in [
            (0.08, "1 in 12"),
            (0.5, "1 in 2"),
            (0.4, "1 in 2"),
            (0.51, "2 in 3"),
            (0.93, "19 in 20"),
            (0.999, "certain"),
            (0.000_3, "1 in 3,300"),
            (1.0 / 7.0, "1 in 7"),
            (0.0, NONE),
        ] {
            assert_eq!(odds(chance), said, "{chance}");
        }
    }

    #[test]
    fn no_number_breaks_a_form_and_no_zero_has_a_sign() {
        let forms =
            [usd_short, usd_exact, count_short, count_exact, count_words, percent, weeks, times, odds];
        let odd = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            -1e-300,
            -0.0,
        ];
        for number in odd {
            for form in forms {
                let text = form(number);
                assert!(
                    !text.is_empty() && text != "−$0" && text != "−0" && !text.contains("NaN"),
                    "{number} {text}"
                );
            }
        }
        assert_eq!(usd_short(-1e-300), "$0");
    }
}
