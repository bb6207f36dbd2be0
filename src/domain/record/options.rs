//! The strategies side by side: money, weeks, what is known of their quality, and why not.

use super::basis::Basis;
use super::data::{Alternative, EvidenceLine, OptionLine};
use super::text::said;
use crate::domain::answer::{Answer, Assessment, Deciding, Explanation};
use crate::domain::units::words::{count_exact, percent};

const THOUSAND: f64 = 1_000.0;

/// All strategies, by rung.
pub fn options(answer: &Answer) -> Vec<OptionLine> {
    let line = |(one, told): (&Assessment, &Explanation)| {
        let total = one.total();
        let requests = answer.decided.discounted_requests;
        OptionLine {
            id: one.id.key().to_owned(),
            name: said(&one.name),
            role: role(one, told, answer),
            total_usd: total,
            low_usd: one.range.map(|range| range.low),
            high_usd: one.range.map(|range| range.high),
            per_thousand_usd: total.filter(|_| requests > 0.0).map(|usd| usd / requests * THOUSAND),
            errors_usd: one.cost.as_ref().ok().and_then(|cost| cost.errors),
            cost_unknown: one.cost.as_ref().err().map(|why| said(why)),
            lead_weeks: one.lead_weeks,
            excluded_by: excluding(one),
        }
    };
    answer.strategies().map(line).collect()
}

fn excluding(one: &Assessment) -> Vec<String> {
    let mut rules: Vec<String> = one.out.iter().map(|exclusion| said(exclusion.rule())).collect();
    rules.dedup();
    rules
}

/// What a strategy is here, in words.
pub fn role(one: &Assessment, told: &Explanation, answer: &Answer) -> String {
    let choice = &answer.decided.choice;
    let mut words = vec![if told.standing.is_empty() { "fits, not chosen" } else { told.standing }];
    if choice.reference == Some(one.id) {
        words.push("the reference");
    }
    if choice.rival == Some(one.id) {
        words.push("the rival");
    }
    words.join(", ")
}

/// Every strategy but the verdict, and why not.
pub fn alternatives(answer: &Answer) -> Vec<Alternative> {
    let others = answer.strategies().filter(|(one, _)| answer.decided.choice.use_now != Some(one.id));
    let alternative = |(one, told): (&Assessment, &Explanation)| Alternative {
        name: said(&one.name),
        why_not: said(&told.why_not),
        lets_in: told.lets_in.as_ref().map(|wish| said(wish)),
        excluded: one
            .out
            .iter()
            .map(|exclusion| (said(exclusion.rule()), said(&exclusion.to_string())))
            .collect(),
    };
    others.map(alternative).collect()
}

/// What is known of the quality of each.
pub fn evidence(basis: &Basis) -> Vec<EvidenceLine> {
    let quality = &basis.case.inputs.quality;
    let line = |(one, _): (&Assessment, &Explanation)| {
        let bar = quality.bar_of(one.id);
        EvidenceLine {
            strategy: said(&one.name),
            known: said(&one.quality.sentence(bar)),
            bar: said(&percent(bar)),
            decides: said(&one.deciding.as_ref().map_or_else(|| closed(one), decides)),
        }
    };
    basis.answer.strategies().map(line).collect()
}

/// Why no evaluation would decide.
fn closed(one: &Assessment) -> String {
    let words = if one.survives() { "nothing: its state is settled" } else { "nothing: it is excluded" };
    words.to_owned()
}

fn decides(deciding: &Deciding) -> String {
    let number = |count: u32| count_exact(f64::from(count));
    let of = number(deciding.examples);
    let meets = match deciding.meets_from {
        Some(count) => format!("{} right of {of} or more prove the bar", number(count)),
        None => format!("not even {of} right of {of} prove the bar"),
    };
    match deciding.fails_to {
        Some(count) => format!("{meets}; {} or fewer rule it out", number(count)),
        None => format!("{meets}; no count of {of} rules it out"),
    }
}
