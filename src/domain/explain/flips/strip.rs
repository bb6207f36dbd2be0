//! What stands under a number's slider: where another answer begins, in one short line.

use super::condition::bare;
use crate::domain::decide::Decided;
use crate::domain::input::{Input, Kind, Value};
use crate::domain::units::words::capital;
use crate::domain::what_if::{Flip, FlipKind, Flips, Side};

/// Characters of such a sentence at most: it stands in one line under the slider.
const MOST_CHARACTERS: usize = 42;

/// Where the nearest other answer begins on each side of the present value, such as "No test up to 86,000, another from
/// 360,000."; of the nearer side alone where both do not fit in a line. `None` where nothing changes.
pub fn strip_sentence(flips: &Flips, record: &Input, decided: &Decided) -> Option<String> {
    let on = |side: Side| {
        let flip = flips.found.iter().find(|flip| flip.side == side)?;
        Some((change(flip, decided), place(flip, record)?))
    };
    let (below, above) = (on(Side::Below), on(Side::Above));
    let both = match (&below, &above) {
        (Some((there, up_to)), Some((here, from))) => {
            Some(sentence(&match (there.as_str(), here.as_str()) {
                (there, here) if there == here => format!("{there} {up_to} and {from}"),
                ("no test", "another test") => format!("no test {up_to}, another {from}"),
                ("another test", "no test") => format!("another test {up_to}, none {from}"),
                (there, here) => format!("{there} {up_to}, {here} {from}"),
            }))
        }
        _ => None,
    };
    let is_nearer_below = flips.found.first().is_some_and(|flip| flip.side == Side::Below);
    let nearer = if is_nearer_below { below.or(above) } else { above.or(below) };
    let (change, place) = nearer?;
    let pays = if matches!(change.as_str(), "no test" | "a test") { " pays" } else { "" };
    let alone =
        [format!("{change}{pays} {place}"), format!("another answer {place}")].map(|words| sentence(&words));
    both.into_iter().chain(alone).find(|sentence| sentence.chars().count() <= MOST_CHARACTERS)
}

fn sentence(words: &str) -> String {
    format!("{}.", capital(words))
}

/// Where it is decided.
fn place(flip: &Flip, record: &Input) -> Option<String> {
    let (Value::Number(number), Kind::Number { unit, .. }) = (&flip.to, record.kind) else { return None };
    let word = if flip.side == Side::Below { "up to" } else { "from" };
    Some(format!("{word} {}", bare(*number, unit)))
}

/// What is decided there.
fn change(flip: &Flip, decided: &Decided) -> String {
    let outcome = flip.there.outcome;
    if flip.kind == FlipKind::Trial {
        return match (outcome.test_first, decided.pilots.is_empty()) {
            (None, _) => "no test".to_owned(),
            (Some(_), true) => "a test".to_owned(),
            (Some(_), false) => "another test".to_owned(),
        };
    }
    match (outcome.use_now, outcome.later) {
        (None, _) if !outcome.fits => "nothing fits".to_owned(),
        (None, None) => "nothing proven".to_owned(),
        (Some(id), _) if decided.choice.use_now != Some(id) => {
            let way = if outcome.must_be_built { "build" } else { "use" };
            format!("{way} {}", id.noun_for(&flip.there.use_now))
        }
        _ => "another answer".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer;
    use crate::domain::case::Case;
    use crate::domain::input::{input, registry};
    use crate::domain::what_if::flips_of;

    fn said(id: &str) -> Option<String> {
        let case = Case::default();
        let record = input(id).unwrap();
        let words = strip_sentence(&flips_of(&case, record), record, &answer::answer(&case).decided);
        words.map(|words| words.replace('\u{a0}', " "))
    }

    #[test]
    fn both_sides_of_a_number_stand_in_one_line() {
        assert_eq!(said("input_tokens").unwrap(), "No test up to 140, another from 130,000.");
        assert!(said("requests_per_month").unwrap().starts_with("No test "));
    }

    #[test]
    fn every_sentence_fits_a_line_and_what_changes_nothing_has_none() {
        let case = Case::default();
        let decided = answer::answer(&case).decided;
        let mut said = 0;
        for record in registry() {
            let flips = flips_of(&case, record);
            let words = strip_sentence(&flips, record, &decided);
            let is_number = matches!(record.kind, Kind::Number { .. });
            let has_flip = is_number && flips.found.iter().any(|flip| flip.side != Side::At);
            assert_eq!(words.is_some(), has_flip, "{} {words:?}", record.id);
            let Some(words) = words else { continue };
            assert!(words.chars().count() <= MOST_CHARACTERS && !words.contains(".."), "{words}");
            said += 1;
        }
        assert!(said > 8, "{said}");
    }
}
