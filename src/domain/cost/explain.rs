//! How the lines of people, labels and evaluation came about, in words.

use super::build::{Built, Study, today};
use super::fleet::Fleet;
use super::ledger::{Ledger, Line, Lines};
use super::operation::Variant;
use super::people::{self, FixedTerms, Part, is_retrain};
use super::serving::grouped;
use crate::domain::demand::Months;
use crate::domain::evidence::QualityState;
use crate::domain::explain::Derivation;
use crate::domain::hardware::{ServingOption, billing};
use crate::domain::input::{GpuBilling, Inputs};
use crate::domain::strategy::Strategy;
use crate::format::{count_exact, counted, share_exact, usd_exact, usd_rate};

/// The formula of people's time.
const PEOPLE: &str = "method §6, people";
/// The formula of own GPUs.
const FLEET: &str = "method §5, replicas and cost";

fn assumptions() -> String {
    "effort_defaults.csv (assumptions with ranges), 2026-11".to_owned()
}

/// How the lines of people, labels and evaluation came about.
pub fn people_derivations(
    terms: &FixedTerms,
    built: &Built,
    months: &Months,
    inputs: &Inputs,
) -> Vec<Derivation> {
    let line = |line, text| Derivation { line, text, formula: PEOPLE, source: assumptions() };
    let mut derivations = vec![
        line(Line::PeopleBuild, build_words(terms, built, inputs)),
        line(Line::PeopleRun, run_words(terms, months, inputs)),
        line(Line::Evaluation, evaluation_words(terms, months, inputs)),
    ];
    let needed = people::labels_for(built.strategy, inputs);
    if needed > 0.0 {
        let missing = people::labels_missing(built.strategy, inputs);
        let to_make = if missing > 0.0 {
            let each = usd_rate(built.labels_usd / missing);
            format!("{} to make at {each} = {}", count_exact(missing), usd_exact(built.labels_usd))
        } else {
            "none to make".to_owned()
        };
        derivations.push(Derivation {
            line: Line::Labels,
            text: format!(
                "{} labels needed, {} there: {to_make}",
                grouped(needed),
                grouped(inputs.data.labels)
            ),
            formula: "method §6, labels",
            source: assumptions(),
        });
    }
    derivations
}

/// How the line of wrong answers came about.
pub fn errors_derivation(strategy: &Strategy, inputs: &Inputs) -> Derivation {
    let quality = &inputs.quality;
    let share = QualityState::of(strategy.evidence(inputs), quality.required_quality).share().unwrap_or(1.0);
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

fn build_words(terms: &FixedTerms, built: &Built, inputs: &Inputs) -> String {
    let part = |part: &Part| {
        let existing = if terms.sunk.contains(part) { ", exists already" } else { "" };
        format!("{} {} h{existing}", part.label(), count_exact(part.build_hours(inputs)))
    };
    let mut words: Vec<String> = terms.parts.iter().map(part).collect();
    let missing: Vec<Part> = terms.parts.iter().filter(|part| !terms.sunk.contains(part)).copied().collect();
    let runs = people::experiment_hours(&missing, inputs);
    if runs > 0.0 {
        words.push(format!("training runs {} h", count_exact(runs)));
    }
    let leaving = match today(inputs).filter(|today| *today != built.strategy.id) {
        Some(_) if inputs.economics.exit_cost > 0.0 => {
            format!("; leaving what is in use: {}", usd_exact(inputs.economics.exit_cost))
        }
        _ => String::new(),
    };
    format!("{}; at {}{leaving}", words.join(", "), rate(inputs))
}

fn run_words(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> String {
    let mut words = format!("{} h a month", count_exact(people::monthly_hours(terms.parts, inputs)));
    if terms.own_from > 1 {
        words += &format!(" from month {} on", terms.own_from);
    }
    let runs: f64 = terms.parts.iter().map(|part| part.run_hours(inputs)).sum();
    let hours = [runs, inputs.team.migration];
    for (event, hours) in events(terms, months, inputs).iter().zip(hours) {
        if let Some(event) = event {
            words += &format!(", {} h for {event}", count_exact(hours));
        }
    }
    words += &format!("; at {}", rate(inputs));
    let on_call = people::on_call(terms.on_own_gpus, inputs);
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
        format!(", {} h for {}", count_exact(inputs.team.re_evaluation), again.join(" and for "))
    };
    format!("evaluation set {} h{existing}{again}; at {}", count_exact(inputs.team.eval_set), rate(inputs))
}

/// Retrains and migrations with their months, in words.
fn events(terms: &FixedTerms, months: &Months, inputs: &Inputs) -> [Option<String>; 2] {
    let is_retrained = |month: &usize| terms.retrains && is_retrain(*month, terms.own_from, months, inputs);
    let retrains: Vec<usize> = months.running().filter(is_retrained).collect();
    let own = terms.own_from..=months.horizon;
    let migrations: Vec<usize> =
        terms.migrations.iter().filter(|month| own.contains(month)).copied().collect();
    [("retrain", retrains), ("migration", migrations)].map(|(event, months)| {
        let noun = if months.len() == 1 { "month" } else { "months" };
        let months: Vec<String> = months.iter().map(usize::to_string).collect();
        (!months.is_empty()).then(|| format!("each {event} ({noun} {})", months.join(", ")))
    })
}

fn rate(inputs: &Inputs) -> String {
    format!("{} an hour", usd_rate(inputs.team.hourly_rate))
}

/// Replicas, GPU-hours, their price and what month 1 costs; `price` says what a GPU-hour is made of.
pub fn fleet_words(fleet: &Fleet, replica: &str, price: &str, inputs: &Inputs) -> String {
    let month = fleet.month(1, inputs.work.requests_per_month);
    let hours = match fleet.billing {
        GpuBilling::Autoscaled => format!("{} GPU-hours", count_exact(month.gpu_hours)),
        _ => format!("{} × 730.5 hours", counted(&count_exact(month.peak_gpus), "GPU")),
    };
    format!(
        "{} of {replica} at the peak of month 1, {hours} at {}{price} = {} with the traffic of month 1",
        counted(&count_exact(month.peak_replicas), "replica"),
        usd_rate(fleet.usd_per_gpu_hour),
        usd_exact(month.compute_usd),
    )
}

/// How the lines of own GPUs came about.
fn own_gpus(option: &ServingOption, fleet: &Fleet, inputs: &Inputs) -> Vec<Derivation> {
    let economics = &inputs.economics;
    let (what, drift) = match billing(inputs) {
        GpuBilling::Owned => ("capital, power and space", 0.0),
        _ => ("rent", economics.gpu_rent_drift),
    };
    let price = format!(
        " a GPU-hour ({what} {} + {} for gateway, logging, staging and storage)",
        usd_rate(option.usd_per_gpu_hour),
        share_exact(inputs.team.serving_overhead_share),
    );
    let mut text = fleet_words(fleet, &option.label(), &price, inputs);
    if drift != 0.0 {
        text += &format!("; rents change by {} a year", share_exact(drift));
    }
    let source = option.source(inputs);
    let mut derivations = vec![Derivation { line: Line::ServingCompute, text, formula: FLEET, source }];
    let people_usd = fleet.month(1, inputs.work.requests_per_month).people_usd;
    if people_usd > 0.0 {
        derivations.push(Derivation {
            line: Line::PeopleRun,
            text: format!(
                "and {} nodes of eight GPUs after the first × {} h a month at {} with the traffic of month 1",
                count_exact(people_usd / fleet.usd_per_further_node),
                count_exact(inputs.team.self_host_upkeep_per_extra_node),
                rate(inputs),
            ),
            formula: FLEET,
            source: assumptions(),
        });
    }
    derivations
}

impl Study<'_> {
    /// How all lines of a strategy came about, serving in this way, and in `before` until it is ready.
    pub fn derivations(
        &self,
        built: &Built,
        (variant, before): (&Variant, Option<&Variant>),
        ledger: &Ledger,
    ) -> Vec<Derivation> {
        let mut derivations = built.derivations.clone();
        if !self.is_explained() {
            return derivations;
        }
        let offers = built.model.as_ref().map_or(0, |model| model.variants.len());
        for offer in &variant.derivations {
            let mut offer = offer.clone();
            if offers > 1 {
                offer.text += &format!("; the cheapest of {offers} offers at this volume");
            }
            derivations.push(offer);
        }
        let option = variant.hardware.and_then(|index| built.options.get(index));
        if let (Some(option), Some(fleet)) = (option, &variant.fleet) {
            derivations.extend(own_gpus(option, fleet, self.inputs));
        }
        if let (Some((name, one_offs)), Some(before)) = (&built.until_ready, before) {
            let own_from = built.model.as_ref().map_or(1, |model| model.own_from);
            derivations.extend(until_ready(name, one_offs, before, ledger, own_from));
        }
        derivations
    }
}

/// What is paid for the strategy that serves until the cut-over, line by line; retrieval is shared, and its line says it.
fn until_ready(
    name: &str,
    one_offs: &Lines,
    before: &Variant,
    ledger: &Ledger,
    own_from: usize,
) -> Vec<Derivation> {
    let last = own_from - 1;
    let months = if last == 1 { "month 1".to_owned() } else { format!("months 1 to {last}") };
    let mut derivations = Vec::new();
    for line in Line::ALL.into_iter().filter(|line| *line != Line::Retrieval) {
        let running = ledger.months.iter().zip(&ledger.discount).skip(1).take(last);
        let running: f64 = running.map(|(lines, factor)| lines.get(line) * factor).sum();
        let once = one_offs.get(line) + before.fixed.first().map_or(0.0, |lines| lines.get(line));
        let parts = [(running, "of its running costs"), (once, "once for what is not shared")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(usd, _)| *usd > 0.0)
            .map(|(usd, what)| format!("{} {what}", usd_exact(*usd)))
            .collect();
        if !parts.is_empty() {
            derivations.push(Derivation {
                line,
                text: format!(
                    "until this is ready, in {months}, “{name}” serves: {} in today’s money, derived there",
                    parts.join(" and ")
                ),
                formula: "method §6, time to market",
                source: format!("the same line of “{name}”"),
            });
        }
    }
    derivations
}
