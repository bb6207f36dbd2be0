//! Links of every version of inputs, catalogue and method, as the program of that time wrote them: they open for good.

use super::*;
use crate::domain::answer::{Assessment, answer};

/// Links of a version, each line a name and the text of a link.
const LINKS: [(u32, &str); 3] = [
    (1, include_str!("../../../tests/data/links/version-1.txt")),
    (2, include_str!("../../../tests/data/links/version-2.txt")),
    (3, include_str!("../../../tests/data/links/version-3.txt")),
];

/// The links with their version.
fn links() -> impl Iterator<Item = (u32, &'static str, Decoded)> {
    LINKS.into_iter().flat_map(|(version, lines)| {
        lines.lines().map(move |line| {
            let (name, text) = line.split_once(' ').unwrap();
            (version, name, decode(text).unwrap())
        })
    })
}

#[test]
fn a_link_of_any_version_opens_whole_and_keeps_the_answer_of_its_time() {
    for (version, name, read) in links() {
        assert_eq!(
            read.versions,
            Versions { registry: version, catalog: version, method: version },
            "{name}"
        );
        assert!(read.invalid.is_empty(), "{name}: {:?}", read.invalid);
        assert!(read.scenario.resolve(&BTreeMap::new()).errors.is_empty(), "{name}");
        let headline = read.headline.as_ref().unwrap();
        assert!(
            headline.tco_usd.is_some_and(|usd| usd > 1_000.0) && headline.verdict.ends_with('.'),
            "{name}"
        );
        let is_older = version < METHOD_VERSION;
        assert_eq!(
            read.notices.iter().any(|notice| notice.starts_with("Corrected since then")),
            is_older,
            "{name}"
        );
        // What is shared again is the same scenario.
        let again = decode(&encode(&read.scenario, headline)).unwrap();
        assert_eq!(again.scenario, read.scenario, "{name}");
    }
}

#[test]
fn a_link_of_this_version_shows_the_numbers_that_it_was_made_with() {
    assert_eq!(
        LINKS.last().map(|(version, _)| *version),
        Some(METHOD_VERSION),
        "a new version needs its links"
    );
    for (_, name, read) in links().filter(|(version, ..)| *version == METHOD_VERSION) {
        let answer = answer(&read.scenario.case().unwrap());
        let headline = read.headline.unwrap();
        assert_eq!(headline.verdict, answer.verdict.headline, "{name}");
        assert_eq!(headline.tco_usd, answer.chosen().and_then(Assessment::tco), "{name}");
    }
}
