use super::super::words::{count_exact, count_short, count_words, percent, usd_exact, usd_short};
use super::*;

const COUNT: Unit = Unit::Plain("");
const MONTHS: Unit = Unit::Plain("months");
const USD: Unit = Unit::Usd("an hour");
const SHARE: Unit = Unit::Share("of requests");

#[test]
fn the_forms_people_write_are_read() {
    for (text, unit, number) in [
        ("60k", COUNT, 60_000.0),
        ("3 k", COUNT, 3_000.0),
        ("2 million", COUNT, 2e6),
        ("2m", COUNT, 2e6),
        ("1.2M", COUNT, 1.2e6),
        ("1,2 M", COUNT, 1.2e6),
        ("1 bn", COUNT, 1e9),
        ("2bn", COUNT, 2e9),
        ("3 tn", COUNT, 3e12),
        ("12 000", COUNT, 12_000.0),
        ("12\u{a0}000", COUNT, 12_000.0),
        ("12\u{202f}000", COUNT, 12_000.0),
        ("1\u{2009}234\u{2009}567", COUNT, 1_234_567.0),
        ("12'000", COUNT, 12_000.0),
        ("12’000.50", COUNT, 12_000.5),
        ("12 000,5", COUNT, 12_000.5),
        ("1.234,5", COUNT, 1_234.5),
        ("1,234.5", COUNT, 1_234.5),
        ("1,234.567", COUNT, 1_234.567),
        ("1,234,567", COUNT, 1_234_567.0),
        ("1.234.567", COUNT, 1_234_567.0),
        ("1,234,567.5", COUNT, 1_234_567.5),
        ("12,000", COUNT, 12_000.0),
        ("12,00", COUNT, 12.0),
        ("5,5", COUNT, 5.5),
        (".5", COUNT, 0.5),
        ("0.125", COUNT, 0.125),
        ("0,125", COUNT, 0.125),
        ("1.2340", COUNT, 1.234),
        ("1234.567", COUNT, 1_234.567),
        ("1e6", COUNT, 1e6),
        ("1.234e6", COUNT, 1_234_000.0),
        ("+7", COUNT, 7.0),
        ("−5", COUNT, -5.0),
        ("$1.50", USD, 1.5),
        ("-$1.50", USD, -1.5),
        ("$ -1.50", USD, -1.5),
        ("1.50 $", USD, 1.5),
        ("100 USD an hour", USD, 100.0),
        ("$120/hour", USD, 120.0),
        ("24 months", MONTHS, 24.0),
        ("1 month", MONTHS, 1.0),
        ("150,000 a month", Unit::Plain("a month"), 150_000.0),
        ("80 ms", Unit::Plain("milliseconds"), 80.0),
        ("8%", SHARE, 0.08),
        ("8 %", SHARE, 0.08),
        ("8", SHARE, 0.08),
        ("90 % of requests", SHARE, 0.9),
        ("0.9 %", SHARE, 0.009),
        ("0", SHARE, 0.0),
        ("86,5 %", SHARE, 0.865),
        ("-5 %", SHARE, -0.05),
    ] {
        let read = parse_number(text, unit);
        assert!(
            read.as_ref().is_ok_and(|read| (read - number).abs() <= 1e-12 * number.abs()),
            "{text} {read:?}"
        );
    }
}

#[test]
fn what_can_be_meant_in_two_ways_is_asked_with_both_readings() {
    for (text, unit, question) in [
        ("12.000", COUNT, "12 or 12,000? Write 12 or 12000."),
        ("1.234", COUNT, "1.2340 or 1,234? Write 1.2340 or 1234."),
        ("1.234 M", COUNT, "1,234,000 or 1,234,000,000? Write 1234000 or 1234000000."),
        ("1 234,567", COUNT, "1,234.567 or 1,234,567? Write 1234.567 or 1234567."),
        ("-1.500", COUNT, "−1.5 or −1,500? Write -1.5 or -1500."),
        ("12.500 %", SHARE, "12.5 % or 12,500 %? Write 12.5 % or 12500 %."),
        ("0.9", SHARE, "0.9 % or 90 %? Write 0.9 % or 90 %."),
        ("0,05", SHARE, "0.05 % or 5 %? Write 0.05 % or 5 %."),
    ] {
        let error = parse_number(text, unit).expect_err(text);
        assert_eq!(error.sentence("60k"), question, "{text}");
    }
}

#[test]
fn what_is_written_for_either_reading_is_read_without_a_question() {
    for text in ["12.000", "1.234", "999.999", "1.234 M", "1 234.567", "-1.500", "1.010"] {
        let Err(NumberError::Ambiguous(readings)) = parse_number(text, COUNT) else { panic!("{text}") };
        for written in readings.written.iter().chain(&readings.shown) {
            assert!(parse_number(written, COUNT).is_ok(), "{text} {written}");
        }
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "",
        "  ",
        "abc",
        "1e999",
        "nan",
        "inf",
        "1.2.3",
        "1,2,3",
        "--4",
        "-+4",
        "1,2345.6.7",
        "12 00",
        "1 2345",
        "5 %%",
        "5 apples",
        "5 k k",
        "€5",
        ".",
        ",",
        "-",
        "1.23,456,7",
        "5e",
        "..5",
        "1__000",
    ] {
        assert!(parse_number(text, COUNT).is_err(), "{text}");
    }
    assert_eq!(parse_number(" ", COUNT), Err(NumberError::Empty));
}

/// Numbers of every size and length, always the same ones.
fn numbers() -> impl Iterator<Item = f64> {
    let mut state = 42_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let places = [0, 1, 2, 3, 4, 6];
    (0..20_000).map(move |index| {
        let number = (next() - 0.2) * 10_f64.powi((index % 14) - 3);
        let places = places.get(index as usize % places.len()).copied().unwrap_or(0);
        format!("{number:.places$}").parse::<f64>().unwrap_or(number)
    })
}

#[test]
fn what_the_page_writes_in_a_field_reads_back_as_the_same_number() {
    for number in numbers() {
        for unit in [COUNT, USD] {
            assert_eq!(parse_number(&format_number(number, unit), unit), Ok(number), "{number}");
        }
        let share = number / 1e6;
        let read = parse_number(&format_number(share, SHARE), SHARE).unwrap_or(f64::NAN);
        assert!((read - share).abs() <= 1e-15 * share.abs().max(1.0), "{share} {read}");
    }
}

#[test]
fn what_the_page_writes_in_words_reads_back_as_what_it_says() {
    type Written = fn(f64) -> String;
    let forms: [(Written, Unit); 6] = [
        (usd_short, USD),
        (usd_exact, USD),
        (count_short, COUNT),
        (count_exact, COUNT),
        (count_words, COUNT),
        (percent, SHARE),
    ];
    for number in numbers().filter(|number| number.abs() < 1e11 && number.abs() > 2.0) {
        for (form, unit) in forms {
            let words = form(number);
            let read = parse_number(&words, unit).unwrap_or(f64::NAN);
            // Words carry two digits at least.
            assert!((read - number).abs() <= 0.051 * number.abs(), "{number} {words} {read}");
        }
    }
}
