//! Bounds of what is read, each checked before the work that it bounds.

use super::*;

/// The text of a link that holds these bytes.
fn link_of(json: &[u8]) -> String {
    use base64::Engine as _;
    let deflated = miniz_oxide::deflate::compress_to_vec_zlib(json, 10);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(deflated)
}

#[test]
fn sizes_are_limited_before_and_after_inflating() {
    let bomb = link_of(&vec![b' '; 10_000_000]);
    assert!(bomb.len() < 16_384);
    assert_eq!(decode(&bomb), Err(DecodeError::TooLong));
    assert_eq!(decode(&"A".repeat(100_000)), Err(DecodeError::TooLong));
    assert_eq!(from_json(&" ".repeat(300_000)), Err(DecodeError::TooLong));
    assert_eq!(from_json(&"[".repeat(100_000)), Err(DecodeError::Damaged));
    let long = answered(&[("evidence_prompt", Entry::Text("9".repeat(100_000)))]);
    assert!(decode(&encode(&long, &headline())).is_ok());
}

#[test]
fn a_short_link_holds_no_more_than_can_be_read_at_once() {
    let numbers = format!(r#"{{"a":{{}},"c":1,"f":1,"m":1,"n":"","r":1,"x":[{}1]}}"#, "1,".repeat(100_000));
    let columns: Vec<String> = (0..20_000).map(|index| format!(r#""c{index}":"1""#)).collect();
    let row = format!(r#"{{"table":"gpus","set":{{{}}}}}"#, columns.join(","));
    let rows = format!(r#"{{"a":{{}},"c":1,"f":2,"m":1,"n":"","o":[{row}],"r":1}}"#);
    assert_eq!(decode(&link_of(numbers.as_bytes())), Err(DecodeError::TooLong));
    // What is long in a file as well is told in a few lines.
    let read = from_json(&rows[..]).unwrap();
    let said: usize =
        read.notices.iter().chain(read.invalid.iter().map(|it| &it.message)).map(String::len).sum();
    assert!(said < 10_000, "{said} bytes");
}

#[test]
fn what_a_link_says_of_itself_cannot_turn_or_imitate_the_words_of_the_page() {
    let mut scenario = answered(&[]);
    scenario.name = "a\u{202E}b\u{2066}c".to_owned();
    let hostile =
        Headline { strategy: None, verdict: format!("\u{202E}{}", "x ".repeat(1_000)), tco_usd: None };
    let read = decode(&encode(&scenario, &hostile)).unwrap();
    assert_eq!(read.scenario.name, "abc");
    let verdict = read.headline.unwrap().verdict;
    assert!(verdict.starts_with("x ") && verdict.chars().count() == 200, "{verdict}");
}

#[test]
fn the_way_to_a_member_is_put_into_words_only_where_it_is_told() {
    // Each of these members once took a copy of the long name around it: two gigabytes of them.
    let members: Vec<String> = (0..15_000).map(|index| format!("\"{index}\":1")).collect();
    let text = format!("{{\"labels\":5,\"{}\":{{{}}}}}", "x".repeat(100_000), members.join(","));
    let start = std::time::Instant::now();
    let read = from_json(&text).unwrap();
    assert!(start.elapsed().as_secs_f64() < 1.0, "{:?}", start.elapsed());
    assert_eq!(read.notices, [format!("Not readable and left out: {}.", "x".repeat(40))]);
}
