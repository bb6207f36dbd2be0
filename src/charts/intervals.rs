//! What is measured as intervals against the bar: one row for each configuration that can be measured.

use super::cast::brief;
use crate::domain::answer::{Answer, Deciding};
use crate::domain::catalog::model_name;
use crate::domain::evidence::{Evidence, FIRST_EVALUATION, QualityState, wilson_interval};
use crate::domain::input::{Input, Inputs, Value, evidence_input, registry};
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{GAP, capital, count_exact, lower_first, percent};

/// The axis begins here, or lower where something lies lower.
const BEGIN: f64 = 0.7;
/// So many tests stand among what could decide.
const TESTS: usize = 3;
/// The label of the bar takes so much of the axis on either side, the end of the axis a little more.
const ROOM: f64 = 0.2;
const ROOM_AT_END: f64 = 0.27;

/// The picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervals {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub deck: String,
    /// The axis.
    pub axis: Axis,
    /// The bar: a share of the axis, and its label.
    pub bar: (f64, String),
    /// The counts that decide of what is asked first, at the foot: where it misses, and where it meets.
    pub feet: [Option<(f64, String)>; 2],
    /// The rows, in the order of the inputs.
    pub rows: Vec<EvidenceRow>,
    /// The input of what is asked first: what is used, or else what is tested first.
    pub first: &'static str,
    /// Results of that which are worth trying, the worst first.
    pub results: Vec<Evidence>,
}

/// One configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRow {
    /// Its input.
    pub id: &'static str,
    /// What it is called, with its model.
    pub name: String,
    /// Whether it is the verdict's.
    pub is_verdict: bool,
    /// Whether it is its best rival's.
    pub is_rival: bool,
    /// Whether it could decide, or is measured.
    pub is_shown: bool,
    /// The bar that it is held against.
    pub bar: f64,
    /// Examples of its evaluation: those that are measured, or the usual ones.
    pub examples: u32,
    /// The counts that decide, as shares of the axis.
    pub deciding: [Option<f64>; 2],
    /// What is known.
    pub reading: Found,
}

/// On which side of the bar something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known.
    Unknown,
    /// It meets the bar.
    Meets,
    /// It misses the bar.
    Misses,
    /// That cannot be told.
    Open,
}

/// What a measurement shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The interval as shares of the axis.
    pub range: Option<(f64, f64)>,
    /// The measured rate as a share of the axis.
    pub at: Option<f64>,
    /// On which side of the bar.
    pub standing: Standing,
    /// The same in words.
    pub word: String,
    /// The interval in words; empty where there is none.
    pub interval: String,
    /// What would settle it, where that is open; else empty.
    pub note: String,
}

/// The axis of rates: from its low end to 100 %.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    low: f64,
    /// Ticks: a share of the axis, and a label, which is empty where the bar's stands.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// Where a rate lies: a share of the axis.
    pub fn share(&self, rate: f64) -> f64 {
        ((rate - self.low) / (1.0 - self.low)).clamp(0.0, 1.0)
    }

    fn reaching(lowest: f64, bar: f64) -> Axis {
        let low = (libm::floor(lowest.min(BEGIN) * 10.0) / 10.0).clamp(0.0, BEGIN);
        let axis = Axis { low, ticks: Vec::new() };
        let step = if 1.0 - low > 0.45 { 2 } else { 1 };
        let tenths = (0..=10).filter(|tenth| tenth % step == 0).map(|tenth| f64::from(tenth) / 10.0);
        let tick = |rate: f64| {
            let (at, of_bar) = (axis.share(rate), axis.share(bar));
            let room = if (0.01..=0.99).contains(&at) { ROOM } else { ROOM_AT_END };
            (at, if libm::fabs(at - of_bar) < room { String::new() } else { percent(rate) })
        };
        let ticks = tenths.filter(|rate| *rate >= low - 1e-9).map(tick).collect();
        Axis { ticks, ..axis }
    }

    /// What some evidence shows against a bar.
    pub fn reading(&self, evidence: Evidence, bar: f64) -> Found {
        let state = QualityState::of(evidence, bar);
        let bar = percent(bar);
        let (standing, word) = match state {
            QualityState::Untested => (Standing::Unknown, "not measured".to_owned()),
            QualityState::AssumedEqual => (Standing::Unknown, format!("assumed to meet {bar}")),
            QualityState::Stated(share) => (Standing::Open, format!("{} of how many?", percent(share))),
            QualityState::Meets(_) => (Standing::Meets, format!("meets {bar}")),
            QualityState::Fails(_) => (Standing::Misses, format!("misses {bar}")),
            QualityState::Unclear { .. } => (Standing::Open, "cannot tell".to_owned()),
        };
        let measured = match state {
            QualityState::Meets(measured) | QualityState::Fails(measured) => Some(measured),
            QualityState::Unclear { measured, .. } => Some(measured),
            QualityState::Untested | QualityState::Stated(_) | QualityState::AssumedEqual => None,
        };
        Found {
            range: measured.map(|measured| (self.share(measured.low), self.share(measured.high))),
            at: state.share().map(|share| self.share(share)),
            standing,
            word,
            interval: measured.map_or_else(String::new, |measured| {
                format!("{:.1} to {:.1}{GAP}%", measured.low * 100.0, measured.high * 100.0)
            }),
            note: note(state, &bar),
        }
    }
}

fn note(state: QualityState, bar: &str) -> String {
    match state {
        QualityState::Unclear { further_examples: Some(more), .. } => {
            format!("About {} more examples would settle it.", count_exact(f64::from(more)))
        }
        QualityState::Unclear { further_examples: None, .. } => {
            format!("Too close to {bar} for more examples to settle it.")
        }
        _ => String::new(),
    }
}

/// The picture of an answer to these inputs.
pub fn intervals(answer: &Answer, inputs: &Inputs) -> Intervals {
    let measures: Vec<Measure> = registry().filter_map(|record| Measure::of(record, inputs)).collect();
    let bar = inputs.quality.required_quality;
    let axis = Axis::reaching(measures.iter().fold(BEGIN, |low, one| low.min(one.lowest())), bar);
    let first = evidence_input(asked_first(answer));
    let asked = measures.iter().find(|one| one.id == first);
    let deciding = asked.map_or(Deciding::of(FIRST_EVALUATION, bar), |one| one.deciding);
    Intervals {
        title: title(asked, &deciding),
        deck: deck(&measures, &deciding),
        bar: (axis.share(bar), format!("bar {}", percent(bar))),
        feet: feet(&deciding, &axis),
        rows: measures.iter().map(|one| row(one, answer, inputs, &axis)).collect(),
        first,
        results: results(&deciding),
        axis,
    }
}

/// What is used, or follows, or is tested first.
fn asked_first(answer: &Answer) -> StrategyId {
    let choice = &answer.decided.choice;
    let tested = answer.decided.pilots.first().map(|pilot| pilot.strategy);
    choice.use_now.or(choice.later).or(tested).or(choice.reference).unwrap_or(StrategyId::Prompt)
}

/// What one input says of its configuration.
struct Measure {
    id: &'static str,
    label: &'static str,
    evidence: Evidence,
    bar: f64,
    deciding: Deciding,
}

impl Measure {
    fn of(record: &'static Input, inputs: &Inputs) -> Option<Measure> {
        let Value::Evidence(evidence) = (record.get)(inputs) else { return None };
        let quality = &inputs.quality;
        let own = quality.task_required_quality.filter(|_| record.id == "evidence_task");
        let bar = own.unwrap_or(quality.required_quality);
        let examples = match evidence {
            Evidence::Counted { total, .. } => total,
            Evidence::Untested | Evidence::Stated(_) | Evidence::AssumedEqual => FIRST_EVALUATION,
        };
        let label = record.label.strip_suffix(", measured").unwrap_or(record.label);
        Some(Measure { id: record.id, label, evidence, bar, deciding: Deciding::of(examples, bar) })
    }

    /// The lowest rate that its row shows.
    fn lowest(&self) -> f64 {
        let fails = self.deciding.fails_to;
        let fails = fails.map(|correct| wilson(correct, self.deciding.examples));
        let own = match self.evidence {
            Evidence::Counted { correct, total } => Some(wilson(correct, total)),
            Evidence::Stated(share) => Some(share),
            Evidence::Untested | Evidence::AssumedEqual => None,
        };
        fails.into_iter().chain(own).fold(self.bar, f64::min)
    }
}

fn wilson(correct: u32, total: u32) -> f64 {
    wilson_interval(f64::from(correct), f64::from(total)).0
}

/// What a configuration is called, with its model where it is one of the catalogue.
fn name(one: &Measure, inputs: &Inputs) -> String {
    let models = &inputs.models;
    let with = |name: &str, key: &str| format!("{name}, {}", model_name(key));
    match one.id {
        "evidence_prompt" => with(brief(StrategyId::Prompt), &models.api_model),
        "evidence_small" => with(brief(StrategyId::PromptSmall), &models.small_api_model),
        "evidence_open" => with("Open weights", &models.open_model),
        "evidence_rag" => with(brief(StrategyId::Rag), &models.api_model),
        _ => one.label.to_owned(),
    }
}

fn row(one: &Measure, answer: &Answer, inputs: &Inputs, axis: &Axis) -> EvidenceRow {
    let Deciding { examples, meets_from, fails_to, .. } = one.deciding;
    let decided = &answer.decided;
    let plays = |id: Option<StrategyId>| id.is_some_and(|id| evidence_input(id) == one.id);
    let is_tested = decided.pilots.iter().take(TESTS).any(|pilot| plays(Some(pilot.strategy)));
    let (is_verdict, is_rival) = (plays(decided.choice.use_now), plays(decided.choice.rival));
    let at = |correct: Option<u32>| Some(axis.share(f64::from(correct?) / f64::from(examples)));
    EvidenceRow {
        id: one.id,
        name: name(one, inputs),
        is_verdict,
        is_rival: is_rival && !is_verdict,
        is_shown: is_verdict
            || is_rival
            || is_tested
            || plays(Some(asked_first(answer)))
            || one.evidence != Evidence::Untested,
        bar: one.bar,
        examples,
        deciding: [at(fails_to), at(meets_from)],
        reading: axis.reading(one.evidence, one.bar),
    }
}

fn title(asked: Option<&Measure>, deciding: &Deciding) -> String {
    let bar = percent(deciding.bar);
    let number = |count: u32| count_exact(f64::from(count));
    if let Some((Evidence::Counted { correct, total }, one)) = asked.map(|one| (one.evidence, one)) {
        let (right, name) = (format!("{} of {} right", number(correct), number(total)), noun(one));
        return match QualityState::of(one.evidence, one.bar) {
            QualityState::Meets(_) => format!("{} meets {bar}, with {right}", capital(&name)),
            QualityState::Fails(_) => format!("{} misses {bar}, with {right}", capital(&name)),
            _ => format!("{right} cannot tell whether {name} meets {bar}"),
        };
    }
    let examples = number(deciding.examples);
    match (deciding.meets_from, deciding.fails_to) {
        (Some(meets), Some(fails)) => {
            format!("{} of {examples} right prove it; {} rule it out", number(meets), number(fails))
        }
        (Some(meets), None) => format!("{} of {examples} right prove it", number(meets)),
        (None, Some(fails)) => format!("{} of {examples} right rule it out; none prove {bar}", number(fails)),
        (None, None) => format!("{examples} examples cannot tell whether {bar} is met"),
    }
}

/// What a configuration is called within a title.
fn noun(one: &Measure) -> String {
    match one.id {
        "evidence_prompt" => "prompting".to_owned(),
        "evidence_small" => "the smaller model".to_owned(),
        "evidence_open" => "the open model".to_owned(),
        "evidence_custom" => "the custom model".to_owned(),
        _ => lower_first(one.label),
    }
}

fn deck(measures: &[Measure], deciding: &Deciding) -> String {
    let is_measured = |one: &Measure| matches!(one.evidence, Evidence::Counted { .. });
    let between = match (deciding.meets_from, deciding.fails_to) {
        (Some(_), Some(_)) => {
            let examples = count_exact(f64::from(deciding.examples));
            format!("; between the dashed lines {examples} examples cannot tell")
        }
        _ => String::new(),
    };
    if measures.iter().any(is_measured) {
        format!("Each bar shows where the true rate lies, with 95{GAP}% confidence{between}.")
    } else {
        format!(
            "Nothing is measured yet. Each bar will show where the true rate lies, with 95{GAP}% confidence{between}."
        )
    }
}

fn feet(deciding: &Deciding, axis: &Axis) -> [Option<(f64, String)>; 2] {
    let at = |correct: u32| axis.share(f64::from(correct) / f64::from(deciding.examples.max(1)));
    let number = |count: u32| count_exact(f64::from(count));
    [
        deciding.fails_to.map(|correct| (at(correct), format!("{} or fewer: misses", number(correct)))),
        deciding.meets_from.map(|correct| (at(correct), format!("{} or more: meets", number(correct)))),
    ]
}

/// The counts that decide, and one between them.
fn results(deciding: &Deciding) -> Vec<Evidence> {
    let Deciding { examples: total, meets_from, fails_to, .. } = *deciding;
    let between = match (fails_to, meets_from) {
        (Some(fails), Some(meets)) if meets.saturating_sub(fails) > 1 => Some(fails + (meets - fails) / 2),
        _ => None,
    };
    let counts = [fails_to, between, meets_from];
    counts.into_iter().flatten().map(|correct| Evidence::Counted { correct, total }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::answer;
    use crate::domain::case::Case;

    fn drawn(change: impl FnOnce(&mut Inputs)) -> Intervals {
        let mut inputs = Inputs::default();
        change(&mut inputs);
        let case = Case::from(inputs);
        intervals(&answer(&case), &case.inputs)
    }

    fn counted(correct: u32, total: u32) -> Evidence {
        Evidence::Counted { correct, total }
    }

    #[test]
    fn the_title_says_the_counts_that_decide_and_once_measured_the_finding() {
        let found = |evidence| drawn(|inputs| inputs.quality.evidence_prompt = evidence).title;
        assert_eq!(found(Evidence::Untested), "189 of 200 right prove it; 171 rule it out");
        assert_eq!(found(counted(190, 200)), "Prompting meets 90\u{a0}%, with 190 of 200 right");
        let open = found(counted(181, 200));
        assert_eq!(open, "181 of 200 right cannot tell whether prompting meets 90\u{a0}%");
    }

    #[test]
    fn what_could_decide_is_shown_and_whatever_is_measured() {
        let shown = |one: &Intervals| -> Vec<&str> {
            one.rows.iter().filter(|row| row.is_shown).map(|row| row.id).collect()
        };
        let plain = drawn(|_| ());
        assert_eq!(shown(&plain), ["evidence_prompt", "evidence_small", "evidence_open"]);
        assert_eq!(plain.first, "evidence_prompt");
        let more = drawn(|inputs| inputs.quality.evidence_full = counted(10, 50));
        assert!(shown(&more).contains(&"evidence_full"));
        assert!(more.axis.low < plain.axis.low, "the axis reaches what is measured");
    }

    #[test]
    fn nothing_leaves_the_axis_whatever_the_bar_and_the_measurement() {
        let every = [Evidence::Untested, Evidence::AssumedEqual, Evidence::Stated(0.0), counted(0, 1)];
        let every = every.into_iter().chain([counted(10_000_000, 10_000_000), counted(3, 7)]);
        for evidence in every {
            for bar in [0.0, 0.01, 0.5, 0.955, 1.0] {
                let one = drawn(|inputs| {
                    inputs.quality.required_quality = bar;
                    inputs.quality.evidence_prompt = evidence;
                    inputs.quality.evidence_task = evidence;
                });
                let feet = one.feet.iter().flatten().map(|(at, _)| *at);
                let ticks = one.axis.ticks.iter().map(|(at, _)| *at);
                let rows = one.rows.iter().flat_map(|row| {
                    let range = row.reading.range.into_iter().flat_map(|(low, high)| [low, high]);
                    row.deciding.into_iter().flatten().chain(row.reading.at).chain(range)
                });
                for at in feet.chain(ticks).chain(rows).chain([one.bar.0]) {
                    assert!((0.0..=1.0).contains(&at), "{evidence:?} {bar} {at}");
                }
                assert!(!one.title.is_empty() && !one.deck.is_empty());
            }
        }
    }

    #[test]
    fn the_results_to_try_are_those_that_decide_and_one_that_does_not() {
        let one = drawn(|_| ());
        let words: Vec<String> =
            one.results.iter().map(|result| one.axis.reading(*result, 0.9).word).collect();
        assert_eq!(words, ["misses 90\u{a0}%", "cannot tell", "meets 90\u{a0}%"]);
        assert!(drawn(|inputs| inputs.quality.required_quality = 1.0).results.len() < 3);
    }
}
