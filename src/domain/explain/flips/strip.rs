//! What stands under a number's slider: where another answer begins, in one short sentence.

use super::condition::bare;
use crate::domain::decide::Decided;
use crate::domain::input::{Input, Kind, Value};
use crate::domain::units::words::capital;
use crate::domain::what_if::{Flip, FlipKind, Flips, Side};

/// Words of such a sentence at most.
const MOST_WORDS: usize = 14;

/// Where the nearest other answer begins on each side of the present value, such as "Up to 86,000 no test pays; from
/// 360,000 another test comes first."; `None` where nothing changes or a short sentence does not say it.
pub fn strip_sentence(flips: &Flips, record: &Input, decided: &Decided) -> Option<String> {
    let on = |side: Side| flips.found.iter().find(|flip| flip.side == side);
    let parts: Vec<String> = [(Side::Below, "up to"), (Side::Above, "from")]
        .into_iter()
        .filter_map(|(side, word)| part(on(side)?, word, record, decided))
        .collect();
    let sentence = format!("{}.", capital(&parts.join("; ")));
    let is_short = sentence.split_whitespace().count() <= MOST_WORDS;
    (is_short && !parts.is_empty()).then_some(sentence)
}

fn part(flip: &Flip, word: &str, record: &Input, decided: &Decided) -> Option<String> {
    let (Value::Number(number), Kind::Number { unit, .. }) = (&flip.to, record.kind) else { return None };
    Some(format!("{word} {} {}", bare(*number, unit), change(flip, decided)?))
}

/// What is decided there.
fn change(flip: &Flip, decided: &Decided) -> Option<String> {
    let outcome = flip.there.outcome;
    if flip.kind == FlipKind::Trial {
        return Some(match (outcome.test_first, decided.pilots.is_empty()) {
            (None, _) => "no test pays".to_owned(),
            (Some(_), true) => "a test pays".to_owned(),
            (Some(_), false) => "another test comes first".to_owned(),
        });
    }
    if !outcome.fits {
        return Some("nothing fits".to_owned());
    }
    match (outcome.use_now, outcome.later) {
        (None, None) => Some("nothing is proven".to_owned()),
        (Some(id), _) if decided.choice.use_now != Some(id) => {
            let way = if outcome.must_be_built { "build" } else { "use" };
            Some(format!("{way} {}", id.noun_for(&flip.there.use_now)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer;
    use crate::domain::case::Case;
    use crate::domain::input::{input, registry};
    use crate::domain::what_if::flips_of;

    fn sentence(id: &str) -> Option<String> {
        let case = Case::default();
        let record = input(id).unwrap();
        let words = strip_sentence(&flips_of(&case, record), record, &answer::answer(&case).decided);
        words.map(|words| words.replace('\u{a0}', " "))
    }

    #[test]
    fn both_sides_of_the_volume_stand_in_one_short_sentence() {
        let words = sentence("requests_per_month").unwrap();
        assert!(words.starts_with("Up to ") && words.contains(" no test pays; from "), "{words}");
        assert!(words.ends_with(" another test comes first."), "{words}");
    }

    #[test]
    fn no_sentence_is_long_and_what_changes_nothing_has_none() {
        let case = Case::default();
        let decided = answer::answer(&case).decided;
        let mut said = 0;
        for record in registry() {
            let flips = flips_of(&case, record);
            let Some(words) = strip_sentence(&flips, record, &decided) else { continue };
            assert!(words.split_whitespace().count() <= MOST_WORDS, "{words}");
            assert!(!flips.found.is_empty() && !words.contains(".."), "{words}");
            said += 1;
        }
        assert!(said > 8, "{said}");
    }
}
