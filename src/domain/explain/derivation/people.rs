//! How the lines of people, labels, evaluation and wrong answers came about.

use super::line::{Derivation, grouped};
use crate::domain::cost::{Costed, FixedTerms, Line, Setting, Variant, is_retrain, on_call, quality_of};
use crate::domain::effort::{
    Part, evaluation_set_hours, experiment_hours, in_use, labels_missing, labels_needed, migration_hours,
    monthly_hours, re_evaluation_hours,
};
use crate::domain::input::Inputs;
use crate::domain::strategy::Strategy;
use crate::domain::units::words::{count_exact, share_exact, usd_exact, usd_rate};
use crate::domain::workload::Months;

/// The formula of people's time.
const PEOPLE: &str = "method §6, people";

/// The source of hours and lead times.
pub(super) fn assumptions() -> String {
    "assumptions of this tool, each with its range, 2026-11".to_owned()
}

/// How the lines of people, labels and evaluation came about, serving with a variant.
pub(super) fn of_people(
    costed: &Costed,
    variant: &Variant,
    own_from: usize,
    setting: &Setting,
) -> Vec<Derivation> {
    let (inputs, months) = (setting.inputs, &*setting.months);
    let migrations = costed.operation.migrations_of(variant);
    let terms = &FixedTerms { migrations, ..costed.fixed_terms(setting, own_from) };
    let line = |line, text| Derivation { line, text, formula: PEOPLE, source: assumptions() };
    let mut derivations = vec![
        line(Line::PeopleBuild, build_words(terms, costed.strategy, inputs)),
        line(Line::PeopleRun, run_words(terms, months, inputs)),
        line(Line::Evaluation, evaluation_words(terms, months, inputs)),
    ];
    derivations.extend(of_labels(costed, inputs));
    derivations
}

/// How the line of labels came about; nothing where none are needed.
fn of_labels(costed: &Costed, inputs: &Inputs) -> Option<Derivation> {
    let needed = labels_needed(costed.strategy, inputs);
    let missing = labels_missing(costed.strategy, inputs);
    let to_make = if missing > 0.0 {
        let each = usd_rate(costed.labels_usd / missing);
        format!("{} to make at {each} = {}", count_exact(missing), usd_exact(costed.labels_usd))
    } else {
        "none to make".to_owned()
    };
    (needed > 0.0).then(|| Derivation {
        line: Line::Labels,
        text: format!("{} labels needed, {} there: {to_make}", grouped(needed), grouped(inputs.data.labels)),
        formula: "method §6, labels",
        source: assumptions(),
    })
}

/// How the line of wrong answers came about.
pub(super) fn of_errors(setting: &Setting, strategy: &Strategy) -> Derivation {
    let quality = &setting.inputs.quality;
    let share = quality_of(setting, strategy.id).share().unwrap_or(1.0);
    Derivation {
        line: Line::Errors,
        text: format!(
            "{} of requests wrong × {} each; expected, not paid",
            share_exact(1.0 - share),
            usd_rate(quality.cost_per_error.unwrap_or(0.0))
        ),
        formula: "method §7, errors",
        source: "your evaluation and your cost of a wrong answer".to_owned(),
    }
}

fn build_words(terms: &FixedTerms, strategy: &Strategy, inputs: &Inputs) -> String {
    let part = |part: &Part| {
        let existing = if terms.sunk.contains(part) { ", exists already" } else { "" };
        format!("{} {} h{existing}", part.label(), count_exact(part.build_hours(inputs)))
    };
    let mut words: Vec<String> = terms.parts.iter().map(part).collect();
    let missing: Vec<Part> = terms.parts.iter().filter(|part| !terms.sunk.contains(part)).copied().collect();
    let runs = experiment_hours(&missing, inputs);
    if runs > 0.0 {
        words.push(format!("training runs {} h", count_exact(runs)));
    }
    let leaving = match in_use(inputs).filter(|today| *today != strategy.id) {
        Some(_) if inputs.economics.exit_cost > 0.0 => {
            format!("; leaving what is in use: {}", usd_exact(inputs.economics.exit_cost))
        }
        _ => String::new(),
    };
    let tasks = of_tasks("prompts and training runs ", inputs);
    format!("{}{tasks}; at {}{leaving}", words.join(", "), rate(inputs))
}

fn run_words(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> String {
    let mut words = format!("{} h a month", count_exact(monthly_hours(terms.parts, inputs)));
    if terms.own_from > 1 {
        words += &format!(" from month {} on", terms.own_from);
    }
    let runs: f64 = terms.parts.iter().map(|part| part.run_hours(inputs)).sum();
    let hours = [runs, migration_hours(inputs)];
    for (event, hours) in events(terms, months, inputs).iter().zip(hours) {
        if let Some(event) = event {
            words += &format!(", {} h for {event}", count_exact(hours));
        }
    }
    words += &of_tasks("prompts, retrains and migrations ", inputs);
    words += &format!("; at {}", rate(inputs));
    let on_call = on_call(terms.on_own_gpus, inputs);
    if on_call > 0.0 {
        words += &format!("; on call {} a month", usd_exact(on_call));
    }
    words
}

fn evaluation_words(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> String {
    let existing = if terms.evaluation_sunk { ", exists already" } else { "" };
    let candidate = terms.further_candidate.then(|| "this candidate beside the reference".to_owned());
    let again: Vec<String> = [candidate].into_iter().chain(events(terms, months, inputs)).flatten().collect();
    let again = if again.is_empty() {
        String::new()
    } else {
        format!(", {} h for {}", count_exact(re_evaluation_hours(inputs)), again.join(" and for "))
    };
    format!(
        "evaluation set {} h{existing}{again}{}; at {}",
        count_exact(evaluation_set_hours(inputs)),
        of_tasks("", inputs),
        rate(inputs)
    )
}

/// That hours are those of several tasks, each with its own; nothing where there is one.
fn of_tasks(what: &str, inputs: &Inputs) -> String {
    match inputs.work.tasks {
        tasks if tasks > 1.0 => format!("; {what}for each of {} tasks", count_exact(tasks)),
        _ => String::new(),
    }
}

/// Retrains and migrations with their months, in words.
fn events(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> [Option<String>; 2] {
    let is_retrained = |month: &usize| terms.retrains && is_retrain(*month, terms.own_from, months, inputs);
    let retrains: Vec<usize> = months.running().filter(is_retrained).collect();
    let own = terms.own_from..=months.horizon;
    let migrations: Vec<usize> =
        terms.migrations.iter().filter(|month| own.contains(month)).copied().collect();
    [("retrain", retrains), ("migration", migrations)].map(|(event, months)| {
        (!months.is_empty()).then(|| format!("each {event} ({})", month_words(&months)))
    })
}

/// Months of events, in order: "month 18", "months 7, 13", and "months 7, 18 twice" where two fall together.
fn month_words(months: &[usize]) -> String {
    let together: Vec<&[usize]> = months.chunk_by(|a, b| a == b).collect();
    let noun = if together.len() == 1 { "month" } else { "months" };
    let words = together.iter().filter_map(|same| {
        let month = same.first()?;
        Some(match same.len() {
            1 => month.to_string(),
            2 => format!("{month} twice"),
            times => format!("{month} {times} times"),
        })
    });
    format!("{noun} {}", words.collect::<Vec<_>>().join(", "))
}

pub(super) fn rate(inputs: &Inputs) -> String {
    format!("{} an hour", usd_rate(inputs.team.hourly_rate))
}
