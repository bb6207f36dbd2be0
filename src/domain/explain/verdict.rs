//! The verdict in plain words: a headline, a few sentences with the two decisive numbers, one line for a phone.

use crate::domain::cost::month_reached;
use crate::domain::decide::{Assessment, Choice, Comparison, Decision, NamedOutcome, Outcome, Pilot, margin};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::StrategyId;
use crate::domain::units::words::{counted, percent_up};
use crate::domain::what_if::{Flip, Relaxation};

/// A run of text with a role: the page colours it, a report does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// What they are.
    pub role: Role,
}

/// The role of a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain words.
    Plain,
    /// A number or name of the verdict.
    Verdict,
    /// A number or name of its best rival.
    Rival,
    /// Stressed.
    Strong,
}

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The headline, such as "Keep prompting an API model."
    pub headline: String,
    /// The two decisive numbers and the pilots in a few sentences.
    pub lede: Vec<Span>,
    /// One line for a narrow screen.
    pub short: String,
}

/// Dollars as a verdict says them: two or three digits with a magnitude.
pub use crate::domain::units::words::{count_words as count, usd_short as money};

fn plain(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Plain }
}

fn verdict_span(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Verdict }
}

fn rival_span(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Rival }
}

fn strong(text: impl Into<String>) -> Span {
    Span { text: text.into(), role: Role::Strong }
}

/// Put the decision into words.
pub fn verdict(decision: &Decision, relaxations: &[Relaxation]) -> Verdict {
    let Decision { comparison, choice, trials } = decision;
    let named = decision.named_outcome();
    let lede = match choice.use_now.and_then(|id| comparison.get(id)) {
        Some(holder) => holding(comparison, choice, holder, &trials.pilots),
        None if choice.reference.is_none() => nothing_fits(relaxations),
        None => nothing_proven(comparison, choice, &trials.pilots, relaxations),
    };
    Verdict { headline: headline(&named), lede, short: short(&named) }
}

impl Flip {
    /// The verdict there, in a few words.
    pub fn verdict(&self) -> String {
        short(&self.there)
    }
}

/// An outcome as a headline.
fn headline(named: &NamedOutcome) -> String {
    match named.outcome.use_now {
        Some(id) => format!("{}.", instruction(id, named)),
        None if named.outcome.fits => "Nothing is proven yet: run a pilot.".to_owned(),
        None => "Nothing fits these constraints.".to_owned(),
    }
}

/// An outcome in one line.
fn short(named: &NamedOutcome) -> String {
    let Outcome { use_now, later, test_first, .. } = named.outcome;
    let mut line = match (use_now, test_first) {
        (None, Some(_)) => "Nothing is proven yet.".to_owned(),
        _ => headline(named),
    };
    if let Some(later) = later {
        line.push_str(&format!(" Then move to {}.", later.noun_for(&named.later)));
    }
    if let Some(pilot) = test_first {
        line.push_str(&format!(" Test {}.", pilot.noun_for(&named.test_first)));
    }
    line
}

fn holding(comparison: &Comparison, choice: &Choice, holder: &Assessment, pilots: &[Pilot]) -> Vec<Span> {
    let mut lede = vec![plain(format!("Over {} months it costs ", comparison.setting.months.horizon))];
    match &holder.cost {
        Ok(cost) => {
            lede.push(verdict_span(money(cost.tco)));
            lede.push(plain(format!(
                " at {} requests a month, {} for 1,000 requests. ",
                count(comparison.inputs.work.requests_per_month),
                money(cost.per_request * 1_000.0)
            )));
        }
        Err(unknown) => {
            lede = vec![strong("Its cost is not known"), plain(format!(": {unknown}. "))];
        }
    }
    lede.extend(late(comparison, holder));
    lede.extend(evidence(holder, comparison));
    let later = choice.later.and_then(|id| comparison.get(id));
    lede.extend(later.into_iter().flat_map(|later| move_sentence(comparison, holder, later)));
    match pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(comparison, pilot)),
        None if later.is_none() => lede.extend(rival_sentence(comparison, choice, holder)),
        None => {}
    }
    lede
}

/// What follows the holder once it is built.
fn move_sentence(comparison: &Comparison, holder: &Assessment, later: &Assessment) -> Vec<Span> {
    let saving = comparison.costs(later, holder).map_or(0.0, |(own, present)| present - own);
    vec![
        strong(format!("Then move to {}", later.id.noun_for(&later.name))),
        plain(format!(
            ", which is {}, saves ",
            if later.quality.meets() { "measured to meet the bar" } else { "assumed to meet the bar" }
        )),
        rival_span(money(saving)),
        plain(format!(" and takes {}. ", counted(&format!("{:.0}", later.lead_weeks), "week"))),
    ]
}

/// What to do now.
fn instruction(id: StrategyId, named: &NamedOutcome) -> String {
    let retrieval = named.retrieval && !matches!(id, StrategyId::Prompt | StrategyId::Rag);
    let suffix = if retrieval { " with retrieval" } else { "" };
    if named.is_today {
        return format!("Keep what you have: {}", id.noun_for(&named.use_now));
    }
    if named.outcome.must_be_built {
        return format!("Build this: {}", id.noun_for(&named.use_now));
    }
    let text = match id {
        StrategyId::Prompt => "Prompt an API model",
        StrategyId::PromptSmall => "Prompt the smaller API model",
        StrategyId::Rag => "Add retrieval to an API model",
        StrategyId::Route => "Route between two API models",
        StrategyId::OpenManaged => "Use open weights from an inference provider",
        StrategyId::HostedTune => "Use a model tuned at a provider",
        StrategyId::OpenSelf => "Run open weights on your own GPUs",
        StrategyId::Qlora => "Use a QLoRA-tuned model on your own GPUs",
        StrategyId::Lora => "Use a LoRA-tuned model on your own GPUs",
        StrategyId::Full => "Use a fully fine-tuned model on your own GPUs",
        StrategyId::LoraRoute => "Combine a tuned model with an API model",
        StrategyId::Custom => "Train a model of your own",
    };
    format!("{text}{suffix}")
}

fn late(comparison: &Comparison, holder: &Assessment) -> Vec<Span> {
    match comparison.inputs.constraints.launch_weeks {
        Some(weeks) if holder.lead_weeks > weeks => vec![
            strong(format!("It takes {:.0} weeks", holder.lead_weeks)),
            plain(format!(
                " and your launch is in {weeks:.0}: nothing that the constraints allow is ready by then. "
            )),
        ],
        _ => Vec::new(),
    }
}

fn evidence(holder: &Assessment, comparison: &Comparison) -> Vec<Span> {
    let bar = crate::domain::units::words::percent(comparison.inputs.quality.required_quality);
    match holder.quality {
        QualityState::Meets(measured) => {
            vec![plain(format!(
                "It is measured to meet your bar of {bar} ({} of {} examples). ",
                percent_of(measured.share),
                measured.total
            ))]
        }
        QualityState::Unclear { further_examples: Some(n), .. } => {
            vec![plain(format!(
                "Your evaluation cannot yet tell whether it reaches {bar}; about {n} more examples would. "
            ))]
        }
        QualityState::Unclear { further_examples: None, .. } => {
            vec![plain(format!(
                "Your evaluation puts it so close to {bar} that more examples will not settle it. "
            ))]
        }
        QualityState::AssumedEqual => {
            vec![plain(format!("That it reaches {bar} is assumed, not measured. "))]
        }
        QualityState::Fails(_) => {
            vec![plain(format!("It misses {bar} so far, before a real attempt at prompt engineering. "))]
        }
        QualityState::Untested | QualityState::Stated(_) => {
            vec![plain(format!("Whether it reaches {bar} on your task is not measured yet: do that first. "))]
        }
    }
}

fn percent_of(share: f64) -> String {
    crate::domain::units::words::percent(share)
}

fn pilot_sentence(comparison: &Comparison, pilot: &Pilot) -> Vec<Span> {
    let mut spans = vec![
        strong(format!("Test {}", pilot.strategy.noun_for(&comparison.pilot_name(pilot)))),
        plain(": "),
        plain(money(pilot.cost)),
        plain(" to find out"),
    ];
    if let (Some(saving), Some(chance)) = (pilot.saving, pilot.break_even_chance) {
        spans.push(plain(", saves "));
        spans.push(rival_span(money(saving)));
        spans.push(plain(format!(
            " if {}; worth it if you give it a chance of {} or more.",
            pilot.condition(),
            percent_up(chance)
        )));
    } else {
        spans.push(plain("."));
    }
    spans
}

fn rival_sentence(comparison: &Comparison, choice: &Choice, holder: &Assessment) -> Vec<Span> {
    let Some(rival) = choice.rival.and_then(|id| comparison.get(id)) else {
        return vec![plain("No other strategy survives your constraints.")];
    };
    let (Some(own), Some(other)) = (holder.tco(), rival.tco()) else { return Vec::new() };
    let name = rival_span(rival.id.noun_for(&rival.name));
    if other < own {
        let why = if rival.quality.is_accepted() || own - other <= margin(own, comparison.inputs) {
            format!(", less than the {} that would justify a move.", money(margin(own, comparison.inputs)))
        } else {
            " but is not proven.".to_owned()
        };
        return vec![
            plain("The cheapest alternative, "),
            name,
            plain(", saves "),
            rival_span(money(own - other)),
            plain(why),
        ];
    }
    let times = other / own;
    let much = if times >= 1.05 { format!("{times:.1} times as much") } else { "about the same".to_owned() };
    let mut spans = vec![plain("The cheapest alternative, "), name, plain(", would cost "), rival_span(much)];
    let today = comparison.inputs.work.requests_per_month;
    match rival.cheaper_from(today).filter(|_| choice.reference == Some(holder.id)) {
        Some(volume) => {
            spans.push(plain("; it becomes cheaper above "));
            spans.push(strong(format!("{} requests a month", count(volume))));
            spans.push(plain(match month_reached(volume, today, &comparison.setting.months) {
                Some(month) => format!(", which your growth reaches in month {month}."),
                None => ", which your growth does not reach within the horizon.".to_owned(),
            }));
        }
        None => spans.push(plain(".")),
    }
    spans
}

fn nothing_fits(relaxations: &[Relaxation]) -> Vec<Span> {
    match relaxations.first() {
        Some(first) => vec![
            plain("Every strategy is out. The least that would have to give: "),
            strong(first.text.clone()),
            plain("."),
        ],
        None => vec![plain("Every strategy is out; the table says why.")],
    }
}

fn nothing_proven(
    comparison: &Comparison,
    choice: &Choice,
    pilots: &[Pilot],
    relaxations: &[Relaxation],
) -> Vec<Span> {
    let reference = choice.reference.map_or_else(String::new, |id| comparison.name(id).to_owned());
    let bar = crate::domain::units::words::percent(comparison.inputs.quality.required_quality);
    let mut lede = vec![
        strong(reference),
        plain(format!(" is measured to fail {bar}, and nothing else is measured to meet it. ")),
    ];
    match pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(comparison, pilot)),
        None => {
            lede.push(plain(
                "No strategy has a reason to do better: look at the failures, the bar and the data first.",
            ));
            for one in relaxations {
                lede.extend([plain(" What would have to give: "), strong(one.text.clone()), plain(".")]);
            }
        }
    }
    lede
}
