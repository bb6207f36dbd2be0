//! What would change the answer, as sentences: a condition on one input, and what to do then.

mod condition;
mod phrases;
mod strip;

use super::spans::money;
use super::verdict::headline;
use crate::domain::case::Case;
use crate::domain::decide::{Decided, NamedOutcome};
use crate::domain::input::{Input, Kind, Value};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::lower_first;
use crate::domain::what_if::{Flip, FlipKind};
use condition::{condition, said};

pub use strip::strip_sentence;

/// A flip as a sentence, such as "If gpt-6-luna gets 189 of 200 right or more, prompt the smaller API model. Saves
/// $18 k."
pub fn flip_sentence(flip: &Flip, record: &Input, case: &Case, decided: &Decided) -> String {
    let mut condition = condition(flip, record, case);
    if flip.there.lacks_vendors && !case.inputs.constraints.lacks_vendors() {
        condition.push_str(" and none is named");
    }
    match flip.kind {
        FlipKind::Use => format!("{condition}, {}", used(flip, record, decided)),
        FlipKind::Trial => format!("{condition}, {}", tested(flip)),
    }
}

/// What is said once a value is tried, with what stood there before.
pub fn tried(record: &Input, to: &Value, before: &Value) -> String {
    let was = match before {
        Value::Blank => String::new(),
        before => format!(" It was {}.", said(before, record)),
    };
    format!("Trying {} for “{}”.{was}", said(to, record), record.label)
}

/// What is used there, and what that costs.
fn used(flip: &Flip, record: &Input, decided: &Decided) -> String {
    let outcome = flip.there.outcome;
    let test = || outcome.test_first.map(|id| id.noun_for(&flip.there.test_first));
    if outcome.use_now.is_none() && outcome.later.is_none() && outcome.fits {
        return match test() {
            Some(test) => format!("nothing is proven. Test {test}."),
            None => "nothing is proven, and nothing is left to try.".to_owned(),
        };
    }
    // That no vendor is named belongs to the condition.
    let headline = headline(&NamedOutcome { lacks_vendors: false, ..flip.there.clone() });
    let what = lower_first(headline.trim_end_matches('.'));
    let cost = match flip.costs.total {
        Some(total) => cost(total, flip, record, decided),
        None => ".".to_owned(),
    };
    let then = match (outcome.use_now, outcome.later) {
        (Some(_), Some(later)) => format!(" Then move to {}.", later.noun_for(&flip.there.later)),
        _ => String::new(),
    };
    format!("{what}{cost}{then}")
}

/// A measurement changes no cost, so that what it lets in can be held against what is used today.
fn cost(total: f64, flip: &Flip, record: &Input, decided: &Decided) -> String {
    let get = |id: Option<StrategyId>| id.and_then(|id| decided.get(id));
    let pair = get(decided.choice.use_now).zip(get(flip.there.outcome.use_now));
    let costs = pair.and_then(|(today, there)| today.costs_beside(there));
    let saving = costs.map(|(today, there)| today - there).filter(|saving| *saving >= 1.0);
    match saving.filter(|_| matches!(record.kind, Kind::Evidence)) {
        Some(saving) => format!(". Saves {}.", money(saving)),
        None => format!(", for {}.", money(total)),
    }
}

/// What is tested there, and for how much.
fn tested(flip: &Flip) -> String {
    let Some(id) = flip.there.outcome.test_first else { return "nothing is worth a test.".to_owned() };
    let cost = flip.costs.test.filter(|cost| *cost >= 1.0);
    let cost = cost.map_or_else(String::new, |cost| format!(", for {}", money(cost)));
    format!("test {}{cost}.", id.noun_for(&flip.there.test_first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer;
    use crate::domain::input::{input, registry};
    use crate::domain::what_if::flips_of;

    /// Every flip of an input at the defaults, as sentences with plain spaces.
    fn sentences(id: &str) -> Vec<String> {
        let case = Case::default();
        let (record, answer) = (input(id).unwrap(), answer(&case));
        let flips = flips_of(&case, record).found;
        let sentence = |flip: &Flip| flip_sentence(flip, record, &case, &answer.decided);
        flips.iter().map(|flip| sentence(flip).replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn a_measurement_says_what_it_saves_and_another_input_what_is_paid_then() {
        let small = sentences("evidence_small").join(" ");
        let move_to_it =
            "If gpt-6-luna gets 189 of 200 right or more, prompt the smaller API model. Saves $18 k.";
        assert!(small.contains(move_to_it), "{small}");
        let boundary = sentences("data_boundary").join(" ");
        assert!(boundary.contains("If the data must stay in your own cloud, run open weights"), "{boundary}");
        assert!(boundary.contains(", for $"), "{boundary}");
    }

    #[test]
    fn what_changes_only_the_test_says_which_and_what_it_costs() {
        let migration = sentences("migration").join(" ");
        assert!(
            migration.contains(" hours each or more, test a model tuned at a provider, for $"),
            "{migration}"
        );
        let volume = sentences("requests_per_month").join(" ");
        assert!(volume.contains(" requests a month or fewer, nothing is worth a test."), "{volume}");
    }

    #[test]
    fn every_flip_of_every_input_is_a_sentence_of_its_own() {
        let case = Case::default();
        let answer = answer(&case);
        let mut seen = Vec::new();
        for record in registry() {
            for flip in flips_of(&case, record).found {
                let sentence = flip_sentence(&flip, record, &case, &answer.decided);
                assert!(sentence.ends_with('.') && !sentence.contains(".."), "{sentence}");
                assert!(sentence.chars().next().is_some_and(char::is_uppercase), "{sentence}");
                assert!(!sentence.contains("not set") && sentence.contains(", "), "{sentence}");
                assert!(!seen.contains(&sentence), "{sentence}");
                seen.push(sentence);
            }
        }
        assert!(seen.len() > 30, "{}", seen.len());
    }

    #[test]
    fn what_is_tried_is_said_with_what_it_was() {
        let record = input("requests_per_month").unwrap();
        let words = tried(record, &Value::Number(360_000.0), &Value::Number(150_000.0));
        let plain = words.replace('\u{a0}', " ");
        assert_eq!(plain, "Trying 360,000 a month for “Requests”. It was 150,000 a month.");
        let launch = input("launch_weeks").unwrap();
        let words = tried(launch, &Value::Number(3.0), &Value::Blank).replace('\u{a0}', " ");
        assert_eq!(words, "Trying 3 weeks for “Launch in”.");
    }
}
