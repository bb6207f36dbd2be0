//! The texts of the table's cells.

use crate::domain::answer::{Answer, Assessment, Cost};
use crate::domain::cost::{BreakEven, Crossing};
use crate::domain::units::words::{NONE, count_short, percent, usd_short};

/// Total cost: with wrong answers where they are priced and known; a total without them says so where others have them.
pub fn total(assessment: &Assessment, answer: &Answer) -> String {
    let Ok(cost) = &assessment.cost else { return "unknown".to_owned() };
    let all = &answer.decided.assessments;
    let counts_some = all.iter().any(|one| one.cost.as_ref().is_ok_and(|cost| cost.errors.is_some()));
    let apart = if counts_some && cost.errors.is_none() { " + errors" } else { "" };
    format!("{}{apart}", usd_short(cost.total()))
}

/// Cost of a thousand requests, of the same total.
pub fn per_thousand(assessment: &Assessment, answer: &Answer) -> String {
    let requests = answer.decided.discounted_requests;
    with_cost(assessment, |cost| usd_short(cost.total() / requests * 1_000.0))
}

/// Low and high of the total, where they differ from it.
pub fn range(assessment: &Assessment) -> String {
    let range = assessment.range.map(|range| (usd_short(range.low), usd_short(range.high)));
    range.filter(|(low, high)| low != high).map_or_else(String::new, |(low, high)| format!("{low} to {high}"))
}

/// Extra wrong answers that eat the saving; the saving itself where an error has no price.
pub fn price_of_quality(assessment: &Assessment) -> String {
    let price = assessment.cost.as_ref().ok().and_then(|cost| cost.price_of_quality);
    match price {
        Some(price) => match price.extra_error_share {
            Some(share) => format!("{} wrong", percent(share)),
            None => format!("{} per 1,000", usd_short(price.saving_per_request * 1_000.0)),
        },
        None => NONE.to_owned(),
    }
}

/// Where it is cheaper than the reference; nothing where it never is.
pub fn break_even(assessment: &Assessment) -> String {
    assessment.break_even.as_ref().map_or_else(String::new, crossings)
}

/// Crossings that are listed one by one.
const MOST_LISTED: usize = 3;

fn crossings(break_even: &BreakEven) -> String {
    let crossings = break_even.crossings.as_slice();
    // As other sentences say them, unless that would make two of them one.
    let said: Vec<f64> = crossings.iter().map(Crossing::said).collect();
    let is_distinct = said.is_sorted_by(|one, next| one < next);
    let volume =
        |crossing: &Crossing| count_short(if is_distinct { crossing.said() } else { crossing.volume });
    let words = |crossing: &Crossing| {
        let side = if crossing.cheaper_above { "from" } else { "below" };
        format!("{side} {}", volume(crossing))
    };
    match crossings {
        [] if break_even.cheaper_at_start => "always".to_owned(),
        [] => String::new(),
        [first, .., last] if break_even.alternates.is_some() || crossings.len() > MOST_LISTED => {
            let between = format!("alternates between {} and {}", volume(first), volume(last));
            // Outside of them one side wins for good: said where it is this one.
            let before = (!first.cheaper_above).then(|| words(first));
            let after = last.cheaper_above.then(|| words(last));
            let parts: Vec<String> = before.into_iter().chain([between]).chain(after).collect();
            parts.join(", ")
        }
        crossings => crossings.iter().map(words).collect::<Vec<_>>().join(", "),
    }
}

/// The month in which it has paid back against the reference.
pub fn payback(assessment: &Assessment, answer: &Answer) -> String {
    if answer.decided.choice.reference == Some(assessment.id) {
        return NONE.to_owned();
    }
    with_cost(assessment, |cost| match cost.payback_month {
        Some(month) => format!("month {month}"),
        None => "never".to_owned(),
    })
}

/// Time to market.
pub fn lead(assessment: &Assessment) -> String {
    match assessment.lead_weeks {
        weeks if weeks < 0.5 => "under 1".to_owned(),
        weeks => format!("{weeks:.0}"),
    }
}

/// People's hours to keep it running.
pub fn hours(assessment: &Assessment) -> String {
    count_short(libm::round(assessment.hours_per_month))
}

/// The reason it is out, or the line that says why it is not used.
pub fn why(assessment: &Assessment, answer: &Answer) -> String {
    let why_not = answer.explanation(assessment.id).map_or_else(String::new, |words| words.in_full());
    match (assessment.out.first(), &assessment.cost) {
        (Some(exclusion), _) if why_not.is_empty() => exclusion.to_string(),
        (None, Err(unknown)) if why_not.is_empty() => unknown.clone(),
        _ => why_not,
    }
}

fn with_cost(assessment: &Assessment, text: impl Fn(&Cost) -> String) -> String {
    assessment.cost.as_ref().map_or_else(|_| NONE.to_owned(), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::strategy::StrategyId;
    use crate::domain::units::words::GAP;

    fn words(volumes: &[f64], cheaper_at_start: bool) -> String {
        let crossing = |(place, volume): (usize, &f64)| Crossing {
            volume: *volume,
            cheaper_above: (place % 2 == 0) != cheaper_at_start,
            reached_in_month: None,
        };
        crossings(&BreakEven {
            against: StrategyId::Prompt,
            crossings: volumes.iter().enumerate().map(crossing).collect(),
            alternates: None,
            cheaper_at_start,
            complete: true,
        })
        .replace(GAP, " ")
    }

    #[test]
    fn curves_that_cross_again_and_again_are_said_to_alternate_with_the_first_and_last_volume() {
        let many = [509e3, 516e3, 525e3, 536e3, 541e3];
        assert_eq!(words(&many, false), "alternates between 509 k and 541 k, from 541 k");
        assert_eq!(words(&many, true), "below 509 k, alternates between 509 k and 541 k");
        assert_eq!(words(&many[..4], false), "alternates between 509 k and 536 k");
    }

    #[test]
    fn a_few_crossings_are_listed() {
        assert_eq!(words(&[], true), "always");
        assert_eq!(words(&[], false), "");
        assert_eq!(words(&[314_335.6], false), "from 320 k", "as the sentence beside it");
        assert_eq!(words(&[509e3, 2.06e6], false), "from 510 k, below 2 M");
        assert_eq!(words(&[509e3, 516e3], false), "from 509 k, below 516 k");
    }
}
