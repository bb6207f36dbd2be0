//! The texts of the table's cells.

use crate::domain::breakeven::{BreakEven, Crossing};
use crate::domain::evaluation::{Assessment, Cost, Evaluation};
use crate::format::{NONE, count_short, percent, usd_short};

/// Total cost.
pub fn total(assessment: &Assessment) -> String {
    assessment.tco().map_or_else(|| "unknown".to_owned(), usd_short)
}

/// Cost of a thousand requests.
pub fn per_thousand(assessment: &Assessment) -> String {
    with_cost(assessment, |cost| usd_short(cost.per_request * 1_000.0))
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

/// Where it is cheaper than the reference.
pub fn break_even(assessment: &Assessment, evaluation: &Evaluation) -> String {
    match &assessment.break_even {
        Some(break_even) => crossings(break_even),
        None if evaluation.advice.reference == Some(assessment.id) => "the reference".to_owned(),
        None => NONE.to_owned(),
    }
}

fn crossings(break_even: &BreakEven) -> String {
    if let Some((first, last)) = break_even.alternates {
        return format!("alternates between {} and {}", count_short(first), count_short(last));
    }
    let words = |crossing: &Crossing| {
        let side = if crossing.cheaper_above { "above" } else { "below" };
        format!("{side} {}", count_short(crossing.volume))
    };
    match break_even.crossings.as_slice() {
        [] if break_even.cheaper_at_start => "always".to_owned(),
        [] => "never".to_owned(),
        crossings => crossings.iter().map(words).collect::<Vec<_>>().join(", "),
    }
}

/// The month in which it has paid back against the reference.
pub fn payback(assessment: &Assessment, evaluation: &Evaluation) -> String {
    if evaluation.advice.reference == Some(assessment.id) {
        return NONE.to_owned();
    }
    with_cost(assessment, |cost| match cost.payback_month {
        Some(month) => format!("month {month}"),
        None => "never".to_owned(),
    })
}

/// The interval of its measurement, and what would settle it, as a sentence of its own.
pub fn interval(assessment: &Assessment) -> String {
    assessment.quality.interval_words().map_or_else(String::new, |words| format!(" Right: {words}."))
}

/// Time to market.
pub fn lead(assessment: &Assessment) -> String {
    match assessment.lead_weeks {
        weeks if weeks < 0.5 => "< 1 wk".to_owned(),
        weeks => format!("{weeks:.0} wk"),
    }
}

/// People's hours to keep it running.
pub fn hours(assessment: &Assessment) -> String {
    count_short(libm::round(assessment.hours_per_month))
}

/// The reason it is out, or the line that says why it is not used.
pub fn why(assessment: &Assessment) -> String {
    match (assessment.out.first(), &assessment.cost) {
        (Some(reason), _) if assessment.why_not.is_empty() => reason.text.clone(),
        (None, Err(unknown)) if assessment.why_not.is_empty() => unknown.clone(),
        _ => assessment.why_not.clone(),
    }
}

fn with_cost(assessment: &Assessment, text: impl Fn(&Cost) -> String) -> String {
    assessment.cost.as_ref().map_or_else(|_| NONE.to_owned(), text)
}
