//! Reading a decimal number, correctly rounded, without the standard library's table of powers.
//!
//! That table and what goes with it are 12 kB of a download that counts in tens. Numbers as people
//! write them take the quick way below; all others are compared exactly with the floats near them.
//! Tests hold this against the standard library's reader.

use std::cmp::Ordering;

/// More digits than these cannot matter one by one: no midpoint between two floats has more than 768.
const MOST_DIGITS: usize = 800;
/// Floats around a first guess among which the nearest is looked for at first.
const NEIGHBOURS: u64 = 512;
/// Bits of a float's fraction.
const FRACTION_BITS: u32 = 52;

/// Read exactly what [`f64::from_str`](std::str::FromStr) reads.
pub fn parse(text: &str) -> Option<f64> {
    let (unsigned, is_negative) = match text.strip_prefix('-') {
        Some(unsigned) => (unsigned, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let is_word = |word: &str| unsigned.eq_ignore_ascii_case(word);
    let size = match parse_unsigned(unsigned) {
        None if is_word("inf") || is_word("infinity") => f64::INFINITY,
        None if is_word("nan") => f64::NAN,
        size => size?,
    };
    Some(if is_negative { -size } else { size })
}

fn parse_unsigned(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.bytes().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(place) => (text.get(..place)?, parse_exponent(text.get(place + 1..)?)?),
        None => (text, 0),
    };
    let whole_digits = mantissa.bytes().position(|byte| byte == b'.').unwrap_or(mantissa.len());
    let (mut digits, mut point) = (Vec::new(), whole_digits as i64 + exponent);
    for (place, byte) in mantissa.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => digits.push(byte - b'0'),
            b'.' if place == whole_digits && mantissa.len() > 1 => {}
            _ => return None,
        }
    }
    if digits.is_empty() {
        return None;
    }
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    point -= zeros as i64;
    while digits.last() == Some(&0) {
        digits.pop();
    }
    Some(value(digits, point))
}

/// A whole number with or without a sign; one that is absurdly large is as good as any larger.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut size = 0;
    for byte in digits.bytes() {
        size = (size * 10 + i64::from(char::from(byte).to_digit(10)?)).min(1_000_000_000_000);
    }
    (!digits.is_empty()).then_some(if text.starts_with('-') { -size } else { size })
}

/// The float nearest to 0.`digits` times ten to the power of `point`; no digit zero at either end.
fn value(mut digits: Vec<u8>, point: i64) -> f64 {
    if digits.is_empty() || point < -330 {
        return 0.0;
    }
    if point > 310 {
        return f64::INFINITY;
    }
    if digits.len() > MOST_DIGITS {
        digits.truncate(MOST_DIGITS);
        digits.push(1);
    }
    let power = point as i32 - digits.len() as i32;
    // Both are exact in a float, so that the one operation rounds once.
    if digits.len() <= 15 && power.abs() <= 22 {
        return scaled(&digits, power);
    }
    nearest(&digits, power)
}

/// Digits times a power of ten, each step rounded.
fn scaled(digits: &[u8], power: i32) -> f64 {
    let whole = digits.iter().fold(0.0, |whole, digit| whole * 10.0 + f64::from(*digit));
    let factor = |power: i32| (0..power).fold(1.0, |factor, _| factor * 10.0);
    match power {
        ..=-301 => whole / factor(300) / factor(-300 - power),
        -300..0 => whole / factor(-power),
        _ => whole * factor(power),
    }
}

/// The float nearest to digits times a power of ten, the even one of two; found by comparing exactly.
fn nearest(digits: &[u8], power: i32) -> f64 {
    let leading = &digits[..digits.len().min(17)];
    let guess = scaled(leading, power + (digits.len() - leading.len()) as i32).to_bits();
    let mut number = Whole::default();
    for digit in digits {
        number.multiply_add(10, u32::from(*digit));
    }
    number.multiply_by_ten(power);
    // Twice the fraction, so that a midpoint between two floats has one too.
    let compare = |bits: u64, half: u64| {
        let exponent = (bits >> FRACTION_BITS) as i32;
        let fraction = bits & ((1 << FRACTION_BITS) - 1);
        let fraction = if exponent == 0 { fraction } else { fraction | 1 << FRACTION_BITS };
        let mut float = Whole::from(2 * fraction + half);
        float.multiply_by_ten(-power);
        let exponent = exponent.max(1) - 1076;
        float.compare_shifted(exponent, &number)
    };
    let is_at_most = |bits: u64| compare(bits, 0) != Ordering::Greater;
    let largest = f64::INFINITY.to_bits();
    let mut low = Some(guess.saturating_sub(NEIGHBOURS)).filter(|bits| is_at_most(*bits)).unwrap_or(0);
    let mut high =
        Some(guess + NEIGHBOURS).filter(|bits| *bits < largest && !is_at_most(*bits)).unwrap_or(largest);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_at_most(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::from_bits(match compare(low, 1) {
        Ordering::Less => high,
        Ordering::Greater => low,
        Ordering::Equal => low + low % 2,
    })
}

/// A whole number of any size: its digits to the base 2³², the lowest first, none zero at the end.
#[derive(Clone, Default)]
struct Whole(Vec<u32>);

impl From<u64> for Whole {
    fn from(number: u64) -> Whole {
        let mut whole = Whole::default();
        whole.multiply_add(0, (number >> 32) as u32);
        whole.shift(32);
        whole.multiply_add(1, number as u32);
        whole
    }
}

impl Whole {
    fn multiply_add(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Multiply by a power of ten; by one if it is negative.
    fn multiply_by_ten(&mut self, power: i32) {
        for _ in 0..power / 9 {
            self.multiply_add(1_000_000_000, 0);
        }
        for _ in 0..power % 9 {
            self.multiply_add(10, 0);
        }
    }

    /// Multiply by a power of two; by one if it is negative.
    fn shift(&mut self, bits: i32) {
        if bits > 0 && !self.0.is_empty() {
            self.multiply_add(1 << (bits % 32), 0);
            self.0.splice(..0, std::iter::repeat_n(0, bits as usize / 32));
        }
    }

    /// Compare this times two to the power of `bits` with another.
    fn compare_shifted(mut self, bits: i32, other: &Whole) -> Ordering {
        let mut other = other.clone();
        self.shift(bits);
        other.shift(-bits);
        let longer = self.0.len().cmp(&other.0.len());
        longer.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_same(text: &str) {
        let theirs = text.parse::<f64>().ok();
        assert_eq!(parse(text).map(f64::to_bits), theirs.map(f64::to_bits), "{text}");
    }

    #[test]
    fn what_is_no_number_is_refused_and_every_form_is_read() {
        for text in [
            "",
            "+",
            "-",
            ".",
            "e",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1e1.5",
            "1.2.3",
            "--1",
            "+-1",
            "1 ",
            " 1",
            "1_0",
            "1,0",
            "0x1",
            "inf",
            "-Infinity",
            "+NaN",
            "-nan",
            "infinit",
            "é",
            "1é",
            "1eé",
            "٣",
            "5.",
            ".5",
            "+5",
            "-.5",
            "5.e3",
            "0",
            "-0",
            "00012",
            "1.500",
            "1e-0",
            "1E+5",
            "0e999999999999999999999999",
            "1e999999999999999999999999",
            "1e-999999999999999999999999",
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740993.00000000000000000001",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "179769313486231580793e289",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "1e310",
            "1e23",
            "8.5e22",
            "0.1",
            "0.3",
            "123456789012345678",
        ] {
            assert_same(text);
        }
        // Longer than any exponent, and an exponent that outweighs them.
        assert_same(&format!("0.{}1e5001", "0".repeat(5_000)));
        assert_same(&format!("1{}e-5000", "0".repeat(5_000)));
        assert_same(&"123456789".repeat(200));
    }

    #[test]
    fn every_number_is_rounded_as_by_the_standard_library() {
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ (state >> 29)
        };
        for round in 0..5_000 {
            let number = f64::from_bits(random());
            if number.is_finite() {
                for text in [format!("{number:e}"), format!("{number:.16e}"), format!("{number:.11e}")] {
                    assert_same(&text);
                }
            }
            assert_same(&format!("{}e{}", random(), (random() % 700) as i64 - 350));
            assert_same(&format!("{}.{}", random() >> (round % 60), random() % 1_000_000));
            assert_same(&format!("{}e-{}", random() >> (round % 60), random() % 360));
        }
    }

    #[test]
    fn a_midpoint_goes_to_the_even_float_and_a_hair_beside_it_to_the_nearer() {
        let mut state = 7_u64;
        for exponent in
            [0_u64, 1, 2, 500, 1_000, 1_022, 1_023, 1_024, 1_075, 1_076, 1_100, 1_500, 2_045, 2_046]
        {
            for _ in 0..20 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let below = f64::from_bits(exponent << FRACTION_BITS | state >> 12);
                let above = f64::from_bits(below.to_bits() + 1);
                if !above.is_finite() {
                    continue;
                }
                // Exact in decimal: a float ends at the 1,074th digit after the point, its midpoint one later.
                let half = (format!("{below:.1074}"), format!("{above:.1074}"));
                let midpoint = middle_of(&half.0, &half.1);
                assert_same(&midpoint);
                assert_same(&format!("{midpoint}0000000000000001"));
                assert_same(&format!("{}4999999999999999", midpoint.strip_suffix('5').unwrap_or(&midpoint)));
                assert_same(&half.0);
            }
        }
    }

    /// Half the sum of two decimals with equally many digits after the point, with one digit more.
    fn middle_of(a: &str, b: &str) -> String {
        let length = a.len().max(b.len());
        let digits = |text: &str| format!("{text:0>length$}").into_bytes();
        let (a, b) = (digits(a), digits(b));
        let mut sum = vec![0_u32; length + 1];
        let mut carry = 0;
        for place in (0..length).rev() {
            if a[place] == b'.' {
                sum[place + 1] = u32::from(b'.');
                continue;
            }
            let digit = u32::from(a[place] - b'0') + u32::from(b[place] - b'0') + carry;
            (sum[place + 1], carry) = (digit % 10, digit / 10);
        }
        sum[0] = carry;
        let (mut text, mut rest) = (String::new(), 0);
        for digit in sum {
            if digit == u32::from(b'.') {
                text.push('.');
                continue;
            }
            let doubled = rest * 10 + digit;
            text.push(char::from_digit(doubled / 2, 10).unwrap_or('?'));
            rest = doubled % 2;
        }
        text.push(if rest == 1 { '5' } else { '0' });
        text
    }
}
