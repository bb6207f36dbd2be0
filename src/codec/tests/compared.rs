//! Several scenarios in one link.

use super::*;

fn named(name: &str) -> Scenario {
    Scenario { name: name.to_owned(), ..answered(&[("requests_per_month", Entry::Number(7_777.0))]) }
}

#[test]
fn a_comparison_reads_back_as_it_was_joined() {
    let mut random = Lcg(16);
    for count in 0..=MOST_OTHERS {
        let present = encode(&changed(20, &mut random), &headline());
        let others = (0..count).map(|_| with_own_row(changed(12, &mut random)));
        let texts: Vec<String> = others.map(|other| encode(&other, &headline())).collect();
        let text = joined(&present, texts.iter().map(String::as_str));
        let read = parts(&text);
        assert_eq!((read.present, read.is_cut), (present.as_str(), false));
        let alone: Vec<_> = texts.iter().map(|text| decode(text)).collect();
        assert!(alone.iter().all(Result::is_ok));
        assert_eq!(decode_others(&read), alone);
    }
}

#[test]
fn names_travel_and_a_broken_one_leaves_the_others_readable() {
    let texts =
        [encode(&named("Pilot"), &headline()), "damaged".to_owned(), encode(&named("Bank"), &headline())];
    let text = joined("x", texts.iter().map(String::as_str));
    let read = decode_others(&parts(&text));
    let names: Vec<Option<String>> =
        read.into_iter().map(|one| one.ok().map(|decoded| decoded.scenario.name)).collect();
    assert_eq!(names, [Some("Pilot".to_owned()), None, Some("Bank".to_owned())]);
}

#[test]
fn no_more_than_three_are_read_and_what_is_cut_is_known() {
    let many = format!("x{}", "&with=a".repeat(100_000 / 7));
    let read = parts(&many);
    assert_eq!((read.others.len(), read.is_cut), (MOST_OTHERS, true));
    let long = format!("x&with={}", "a".repeat(MOST_COMPARISON_BYTES));
    assert_eq!(parts(&long), LinkParts { present: "x", others: Vec::new(), is_cut: true });
    assert_eq!(parts("x"), LinkParts { present: "x", others: Vec::new(), is_cut: false });
}

#[test]
fn what_is_neither_means_nothing_and_a_pasted_comparison_opens_its_first() {
    let read = parts("x&from=mail&with=y&utm=1");
    assert_eq!((read.present, read.others, read.is_cut), ("x", vec!["y"], false));
    assert_eq!(text_in_link("https://example.org/#s=abc&with=def"), Some("abc"));
}

#[test]
fn no_noise_panics() {
    let mut random = Lcg(61);
    let signs: Vec<char> = "&with=#s\u{202e}Aé=&&".chars().collect();
    for _ in 0..2_000 {
        let noise: String = (0..random.below(60)).map(|_| signs[random.below(signs.len())]).collect();
        let _ = decode_others(&parts(&noise));
        let _ = text_in_link(&noise);
    }
}
