//! The same as serde_json: what is read, what is refused, and what is written.

use super::*;
use serde_json::Value;

/// What serde_json makes of a value that was read here.
fn agrees(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Flag(ours), Value::Bool(theirs)) => ours == theirs,
        (Json::Number(_), Value::Number(theirs)) => {
            ours.number().map(f64::to_bits) == theirs.as_f64().map(f64::to_bits)
                && ours.whole() == theirs.as_u64()
        }
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| agrees(ours, theirs))
        }
        (Json::Object(ours), Value::Object(theirs)) => {
            ours.keys().eq(theirs.keys()) && ours.iter().all(|(key, ours)| agrees(ours, &theirs[key]))
        }
        _ => false,
    }
}

fn assert_same(text: &str) {
    match (Json::read(text), serde_json::from_str::<Value>(text)) {
        (Some(ours), Ok(theirs)) => assert!(agrees(&ours, &theirs), "{text}: {ours:?}"),
        (None, Err(_)) => {}
        (ours, theirs) => panic!("{text}: {ours:?} here, {theirs:?} there"),
    }
}

#[test]
fn every_text_is_read_or_refused_as_by_serde_json() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "nullx",
        "true",
        "false",
        " \t\r\n1 ",
        "\u{feff}1",
        "\u{a0}1",
        "1 2",
        "NaN",
        "0",
        "-0",
        "-",
        "--1",
        "+1",
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "-.5",
        "1.5",
        "1e",
        "1e+",
        "1e5",
        "1E-5",
        "1ee5",
        "1e+-5",
        "1.e5",
        "1e5.5",
        "0x10",
        "1e308",
        "1e309",
        "-1e309",
        "0e999",
        "1e-999",
        "1_000",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "4.9e-324",
        "2e-324",
        "9007199254740993",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "0.1000000000000000055511151231257827021181583404541015625",
        "123456789012345678901234567890",
        "2.2250738585072011e-308",
        "1e99999999999999999999",
        "0e99999999999999999999",
        "\"",
        "\"a",
        "\"a\"",
        "\"a\"b",
        "'a'",
        "\"\u{1f600}é\"",
        "\"\n\"",
        "\"\u{7f}\"",
        "\"\u{1f}\"",
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\x""#,
        r#""\"#,
        r#""\u00e9\u00E9\u0000""#,
        r#""\u00g0""#,
        r#""\u00""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        r#""\ud83d\ud83d""#,
        r#""\u+041""#,
        r#""\uÿÿÿÿ""#,
        "[",
        "[]",
        "[ ]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1,2 , 3]",
        "]",
        "[[],[[]]]",
        "[}",
        "{",
        "{}",
        "{ }",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" : 1 }",
        r#"{"a":1,"a":{"b":[null,true]},"":2}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a":1;"b":2}"#,
        r#"{"a"1}"#,
        "// no\n1",
        "[1]// no",
    ] {
        assert_same(text);
    }
    for levels in [1, 2, 126, 127, 128, 129, 5_000] {
        assert_same(&format!("{}{}", "[".repeat(levels), "]".repeat(levels)));
        assert_same(&format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels)));
    }
}

#[test]
fn mutations_are_read_or_refused_as_by_serde_json() {
    let whole =
        r#"{"f":1,"n":"na\u00e9me","a":{"x":[1.5e-7,-20,true],"y":"\ud83d\ude00","z":null},"h":{"t":0.1}}"#;
    let mut state = 1_u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound.max(1)
    };
    for _ in 0..20_000 {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..=below(3) {
            let index = below(bytes.len());
            match below(3) {
                0 => drop(bytes.remove(index)),
                1 => bytes.insert(index, whole.as_bytes()[below(whole.len())]),
                _ => bytes[index] = below(256) as u8,
            }
        }
        assert_same(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn texts_and_numbers_are_written_so_that_both_read_them_back() {
    let odd: String = ('\0'..'\u{180}').chain(['\u{2028}', '\u{1f600}']).collect();
    let text = super::text(&odd);
    assert_eq!(text, serde_json::to_string(&odd).unwrap());
    assert_eq!(Json::read(&text), Some(Json::Text(odd)));

    let mut state = 1_u64;
    let mut number = 1e-320;
    while number < f64::MAX {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        for number in [number, -number, f64::from_bits(state), f64::from((state >> 33) as u32)] {
            let text = super::number(number);
            match Json::read(&text) {
                Some(Json::Null) => assert!(!number.is_finite()),
                read => assert_eq!(read.unwrap().number().map(f64::to_bits), Some(number.to_bits())),
            }
            assert_same(&text);
        }
        number *= 1.37;
    }
}

#[test]
fn a_tree_is_written_so_that_it_is_read_as_the_same() {
    let text = r#" { "b" : [1, -2.50e3, true, null, "a\"\u0007\\é"], "a": {} } "#;
    let tree = Json::read(text).unwrap();
    let written = tree.write();
    assert_eq!(written, r#"{"a":{},"b":[1,-2.50e3,true,null,"a\"\u0007\\é"]}"#);
    assert_eq!(Json::read(&written), Some(tree));
}
