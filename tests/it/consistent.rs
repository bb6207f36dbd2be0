//! No two sentences of an answer contradict each other: the same figure of the same strategy is said in one way,
//! wherever it is said.

use crate::random;
use crate::support::{evaluate, presets};
use tunewise::domain::answer::{Answer, Role, paths};
use tunewise::domain::case::Case;
use tunewise::domain::units::words::usd_short;

fn cases() -> impl Iterator<Item = (String, Case)> {
    let presets = presets().map(|(name, inputs)| (name.to_owned(), Case::from(inputs)));
    let random = (0..200).map(|seed| (format!("scenario {seed}"), random::case(seed)));
    std::iter::once(("the default".to_owned(), Case::default())).chain(presets).chain(random)
}

/// What stands behind a word as far as a figure goes: "$18 k" behind "saves" in "It saves $18 k if it passes".
fn figures_behind<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let end = |rest: &str| {
        rest.find([',', ';', ':', ')']).into_iter().chain(rest.find(". ")).chain(word_end(rest)).min()
    };
    text.match_indices(word)
        .map(|(at, word)| text[at + word.len()..].trim_start())
        .filter(|rest| rest.starts_with('$'))
        .map(|rest| rest[..end(rest).unwrap_or(rest.len())].trim_end_matches('.'))
        .collect()
}

/// A figure ends at the first blank: number and magnitude are joined by one that does not break.
fn word_end(rest: &str) -> Option<usize> {
    rest.find(' ')
}

fn lede(answer: &Answer) -> String {
    answer.verdict.lede.iter().map(|span| span.text.as_str()).collect()
}

#[test]
fn the_total_of_what_is_used_reads_the_same_in_the_lede_in_one_line_and_in_the_figures() {
    let mut compared = 0;
    for (name, case) in cases() {
        let answer = evaluate(&case);
        let holder = answer.decided.choice.use_now.and_then(|id| answer.get(id));
        let Some(total) = holder.and_then(|holder| holder.total()) else { continue };
        let said =
            answer.verdict.lede.iter().find(|span| span.role == Role::Verdict && span.text.starts_with('$'));
        let Some(said) = said else { continue };
        assert_eq!(said.text, usd_short(total), "{name}: {}", lede(&answer));
        let line: String = answer.one_line().now.iter().map(|span| span.text.as_str()).collect();
        assert!(line.contains(&said.text), "{name}: {line}");
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn what_a_test_costs_and_saves_reads_the_same_wherever_it_is_said() {
    let mut compared = 0;
    for (name, case) in cases() {
        let answer = evaluate(&case);
        let paths = paths(&case);
        for (pilot, words) in answer.pilots() {
            let (cost, saving) = (usd_short(pilot.cost), pilot.saving.map(usd_short));
            assert!(
                pilot.cost == 0.0 || words.takes.contains(&cost),
                "{name}: {} is not {cost}",
                words.takes
            );
            let reason = answer.explanation(pilot.strategy).map_or("", |one| one.why_not.as_str());
            // A stronger model has another total than the strategy as it stands.
            let reason = if pilot.stronger_model.is_some() { "" } else { reason };
            for text in [words.gives.as_str(), reason] {
                for figure in figures_behind(text, "aves ") {
                    assert_eq!(Some(figure), saving.as_deref(), "{name}, {}: {text}", words.name);
                    compared += 1;
                }
            }
            for figure in figures_behind(reason, "test it, for ") {
                assert_eq!(figure, cost, "{name}, {}: {reason}", words.name);
            }
        }
        let first = answer.decided.pilots.first();
        let rival =
            answer.verdict.lede.iter().find(|span| span.role == Role::Rival && span.text.starts_with('$'));
        if let (Some(rival), Some(saving)) = (rival, first.and_then(|pilot| pilot.saving)) {
            assert_eq!(rival.text, usd_short(saving), "{name}: {}", lede(&answer));
            compared += 1;
        }
        // The first test of the path is the first of the answer, and costs the same.
        if let (Some(now), Some(pilot)) = (paths.first(), first)
            && let Some(test) = now.test.as_ref().filter(|test| test.strategy == pilot.strategy)
            && pilot.stronger_model.is_none()
        {
            let costs: Vec<&str> = figures_behind(&now.note, " ").into_iter().collect();
            let cost = usd_short(pilot.cost);
            assert!(
                now.note.contains(&cost) || costs.is_empty(),
                "{name}: {} and {cost} of {:?}",
                now.note,
                test.strategy
            );
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_volume_from_which_a_strategy_is_cheaper_reads_as_its_crossing() {
    let mut compared = 0;
    for (name, case) in cases() {
        let answer = evaluate(&case);
        let holder = answer.decided.choice.use_now.or(answer.decided.choice.reference);
        for (assessment, words) in answer.strategies() {
            let against_holder = assessment.break_even.as_ref().is_some_and(|it| Some(it.against) == holder);
            let Some((_, rest)) = words.why_not.split_once("cheaper from ") else { continue };
            let Some((volume, _)) = rest.split_once(" requests a month") else { continue };
            if !against_holder || !assessment.survives() {
                continue;
            }
            let crossings: Vec<&str> = answer
                .crossings
                .iter()
                .filter(|one| one.strategy == assessment.id)
                .map(|one| one.text.as_str())
                .collect();
            assert!(
                crossings.iter().any(|text| text.contains(volume)),
                "{name}: {} beside {crossings:?}",
                words.why_not
            );
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn no_strategy_is_said_to_cost_less_than_one_that_costs_less() {
    for (name, case) in cases() {
        let answer = evaluate(&case);
        let Some(holder) = answer.decided.choice.use_now.and_then(|id| answer.get(id)) else { continue };
        for (assessment, words) in
            answer.strategies().filter(|(one, _)| one.survives() && one.id != holder.id)
        {
            let Some((own, present)) = assessment.costs_beside(holder) else { continue };
            let says_saves = words.why_not.starts_with("Saves ") && own > present;
            let says_dearer = (words.why_not.contains("times the cost here")
                || words.why_not.contains("dearer here"))
                && own < present;
            assert!(
                !says_saves && !says_dearer,
                "{name}, {}: {} ({own} beside {present})",
                assessment.name,
                words.why_not
            );
        }
    }
}

#[cfg(feature = "web")]
#[test]
fn the_picture_lays_a_strategy_on_the_side_of_the_verdict_that_its_reason_says() {
    use tunewise::charts::{Place, dots};
    let mut compared = 0;
    for (name, case) in cases() {
        let answer = evaluate(&case);
        let dots = dots(&answer);
        let at = |place: Option<Place>| match place? {
            Place::On { at, .. } => Some(at),
            Place::Beyond => Some(f64::INFINITY),
        };
        let holder = dots.rows.iter().find(|dot| Some(dot.id) == answer.decided.choice.use_now);
        let Some(holder) = holder.and_then(|dot| at(dot.place)) else { continue };
        for dot in &dots.rows {
            let Some(own) = at(dot.place) else { continue };
            let is_dearer = dot.why.contains("times the cost here");
            assert!(!is_dearer || own > holder, "{name}, {}: {}", dot.name, dot.why);
            assert!(!dot.why.starts_with("Saves ") || own < holder, "{name}, {}: {}", dot.name, dot.why);
            compared += usize::from(is_dearer);
        }
    }
    assert!(compared > 100, "{compared}");
}
