//! The verdict in plain words: a headline, a few sentences with the two decisive numbers, one line for a phone.

use super::{Assessed, Decision, cheaper_from, margin};
use crate::domain::breakeven::month_reached;
use crate::domain::evaluation::{Assessment, Pilot, Relaxation, Role, Span};
use crate::domain::evidence::QualityState;
use crate::domain::strategy::{Adaptation, StrategyId};
use crate::domain::units::words::{counted, percent_up};

/// What is said.
pub struct Said {
    /// The headline.
    pub headline: String,
    /// The sentences.
    pub lede: Vec<Span>,
    /// One line.
    pub short: String,
    /// Whether it says to build something.
    pub builds: bool,
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
pub fn verdict(case: &Assessed, decision: &Decision, pilots: &[Pilot], relaxations: &[Relaxation]) -> Said {
    match decision.use_now.and_then(|id| case.get(id)) {
        Some(holder) => holding(case, decision, holder, pilots),
        None if decision.reference.is_none() => nothing_fits(relaxations),
        None => nothing_proven(case, decision, pilots, relaxations),
    }
}

fn holding(case: &Assessed, decision: &Decision, holder: &Assessment, pilots: &[Pilot]) -> Said {
    // A custom model is trained in any case: its headline says so.
    let builds = is_yet_to_be_built(case, holder) && holder.id != StrategyId::Custom;
    let headline = format!("{}.", headline(holder.id, case, builds));
    let mut lede = vec![plain(format!("Over {} months it costs ", case.study.months.horizon))];
    match &holder.cost {
        Ok(cost) => {
            lede.push(verdict_span(money(cost.tco)));
            lede.push(plain(format!(
                " at {} requests a month, {} for 1,000 requests. ",
                count(case.inputs.work.requests_per_month),
                money(cost.per_request * 1_000.0)
            )));
        }
        Err(unknown) => {
            lede = vec![strong("Its cost is not known"), plain(format!(": {unknown}. "))];
        }
    }
    lede.extend(late(case, holder));
    lede.extend(evidence(holder, case));
    let later = decision.later.and_then(|id| case.get(id));
    lede.extend(later.into_iter().flat_map(|later| move_sentence(case, holder, later)));
    match pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(pilot)),
        None if later.is_none() => lede.extend(rival_sentence(case, decision, holder)),
        None => {}
    }
    let mut short = headline.clone();
    if let Some(later) = later {
        short.push_str(&format!(" Then move to {}.", later.id.noun_for(&later.name)));
    }
    if let Some(pilot) = pilots.first() {
        short.push_str(&format!(" Test {}.", pilot.strategy.noun_for(&pilot.name)));
    }
    Said { headline, lede, short, builds }
}

/// Whether a holder has to be built before anybody can use it: it comes after the launch, or is yet to be trained.
pub fn is_yet_to_be_built(case: &Assessed, holder: &Assessment) -> bool {
    let is_today = crate::domain::cost::today(case.inputs) == Some(holder.id);
    let is_trained = holder.id.strategy().adaptation == Adaptation::Prompt || holder.quality.is_measured();
    !(is_today || case.in_time(holder) && is_trained)
}

/// What follows the holder once it is built.
fn move_sentence(case: &Assessed, holder: &Assessment, later: &Assessment) -> Vec<Span> {
    let saving = case.costs(later, holder).map_or(0.0, |(own, its)| its - own);
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

/// The verdict as an instruction.
fn headline(id: StrategyId, case: &Assessed, builds: bool) -> String {
    let is_today = crate::domain::cost::today(case.inputs) == Some(id);
    let retrieval = case.study.workload.retrieval && !matches!(id, StrategyId::Prompt | StrategyId::Rag);
    let suffix = if retrieval { " with retrieval" } else { "" };
    if is_today {
        return format!("Keep what you have: {}", id.noun_for(case.name(id)));
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
    if builds { format!("Build this: {}", id.noun_for(case.name(id))) } else { format!("{text}{suffix}") }
}

fn late(case: &Assessed, holder: &Assessment) -> Vec<Span> {
    match case.inputs.constraints.launch_weeks {
        Some(weeks) if holder.lead_weeks > weeks => vec![
            strong(format!("It takes {:.0} weeks", holder.lead_weeks)),
            plain(format!(
                " and your launch is in {weeks:.0}: nothing that the constraints allow is ready by then. "
            )),
        ],
        _ => Vec::new(),
    }
}

fn evidence(holder: &Assessment, case: &Assessed) -> Vec<Span> {
    let bar = crate::domain::units::words::percent(case.inputs.quality.required_quality);
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

fn pilot_sentence(pilot: &Pilot) -> Vec<Span> {
    let mut spans = vec![
        strong(format!("Test {}", pilot.strategy.noun_for(&pilot.name))),
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

fn rival_sentence(case: &Assessed, decision: &Decision, holder: &Assessment) -> Vec<Span> {
    let Some(rival) = decision.rival.and_then(|id| case.get(id)) else {
        return vec![plain("No other strategy survives your constraints.")];
    };
    let (Some(own), Some(its)) = (holder.tco(), rival.tco()) else { return Vec::new() };
    let name = rival_span(rival.id.noun_for(&rival.name));
    if its < own {
        let why = if rival.quality.is_accepted() || own - its <= margin(own, case.inputs) {
            format!(", less than the {} that would justify a move.", money(margin(own, case.inputs)))
        } else {
            " but is not proven.".to_owned()
        };
        return vec![
            plain("The cheapest alternative, "),
            name,
            plain(", saves "),
            rival_span(money(own - its)),
            plain(why),
        ];
    }
    let times = its / own;
    let much = if times >= 1.05 { format!("{times:.1} times as much") } else { "about the same".to_owned() };
    let mut spans = vec![plain("The cheapest alternative, "), name, plain(", would cost "), rival_span(much)];
    let today = case.inputs.work.requests_per_month;
    match cheaper_from(rival.break_even.as_ref(), today).filter(|_| decision.reference == Some(holder.id)) {
        Some(volume) => {
            spans.push(plain("; it becomes cheaper above "));
            spans.push(strong(format!("{} requests a month", count(volume))));
            spans.push(plain(match month_reached(volume, today, &case.study.months) {
                Some(month) => format!(", which your growth reaches in month {month}."),
                None => ", which your growth does not reach within the horizon.".to_owned(),
            }));
        }
        None => spans.push(plain(".")),
    }
    spans
}

fn nothing_fits(relaxations: &[Relaxation]) -> Said {
    let headline = "Nothing fits these constraints.".to_owned();
    let lede = match relaxations.first() {
        Some(first) => vec![
            plain("Every strategy is out. The least that would have to give: "),
            strong(first.text.clone()),
            plain("."),
        ],
        None => vec![plain("Every strategy is out; the table says why.")],
    };
    Said { short: headline.clone(), headline, lede, builds: false }
}

fn nothing_proven(
    case: &Assessed,
    decision: &Decision,
    pilots: &[Pilot],
    relaxations: &[Relaxation],
) -> Said {
    let headline = "Nothing is proven yet: run a pilot.".to_owned();
    let reference = decision.reference.map_or_else(String::new, |id| case.name(id).to_owned());
    let bar = crate::domain::units::words::percent(case.inputs.quality.required_quality);
    let mut lede = vec![
        strong(reference),
        plain(format!(" is measured to fail {bar}, and nothing else is measured to meet it. ")),
    ];
    match pilots.first() {
        Some(pilot) => lede.extend(pilot_sentence(pilot)),
        None => {
            lede.push(plain(
                "No strategy has a reason to do better: look at the failures, the bar and the data first.",
            ));
            for one in relaxations {
                lede.extend([plain(" What would have to give: "), strong(one.text.clone()), plain(".")]);
            }
        }
    }
    let short = match pilots.first() {
        Some(pilot) => format!("Nothing is proven yet. Test {}.", pilot.strategy.noun_for(&pilot.name)),
        None => headline.clone(),
    };
    Said { headline, lede, short, builds: false }
}
