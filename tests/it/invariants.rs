//! What holds of every answer, whatever is asked: shared by the tests and the large grid of `examples/grid.rs`.

use tunewise::domain::answer::{Answer, Assessment, Path, Pilot};
use tunewise::domain::case::Case;
use tunewise::domain::evidence::QualityState;
use tunewise::domain::input::Today;
use tunewise::domain::strategy::{Exclusion, StrategyId};

/// The first thing that is wrong with an answer, if anything is.
pub fn broken(case: &Case, answer: &Answer) -> Option<String> {
    nothing_excluded_is_recommended(answer)
        .or_else(|| nothing_unproven_is_moved_to(answer))
        .or_else(|| proof_comes_before_what_is_forced(case, answer))
        .or_else(|| trials_are_in_order(answer))
        .or_else(|| trials_can_be_paid_and_passed(case, answer))
        .or_else(|| costs_add_up(answer))
        .or_else(|| sentences(answer).into_iter().find_map(|text| wrong_with(&text)))
}

/// The first thing that is wrong with the tree of an answer, if anything is.
pub fn broken_paths(answer: &Answer, paths: &[Path]) -> Option<String> {
    let Some(first) = paths.first() else { return Some("there is no path".to_owned()) };
    if paths.len() > 8 {
        return Some(format!("{} states", paths.len()));
    }
    if first.state.outcome.outcome.use_now != answer.decided.choice.use_now {
        return Some("the first state is not the present one".to_owned());
    }
    let reached =
        |place: usize| paths.iter().flat_map(|one| &one.state.branches).filter(|to| to.to == place).count();
    let is_tree = (1..paths.len()).all(|place| reached(place) == 1) && reached(0) == 0;
    if !is_tree {
        return Some("a state is reached in no way, or in several".to_owned());
    }
    let words = paths.iter().flat_map(|one| {
        let short = [&one.condition, &one.action, &one.note];
        [&one.verdict, &one.takes, &one.reason, &one.question]
            .into_iter()
            .chain(short)
            .chain(&one.events)
            .cloned()
    });
    words.into_iter().find_map(|text| wrong_with(&text))
}

/// What a rule or a limit excludes is neither used, moved to nor tried; nothing but evidence is held against the
/// reference.
fn nothing_excluded_is_recommended(answer: &Answer) -> Option<String> {
    let choice = &answer.decided.choice;
    let stands = |id: &StrategyId| answer.get(*id).is_some_and(|one| one.survives());
    let tried = answer
        .decided
        .pilots
        .iter()
        .filter(|pilot| pilot.stronger_model.is_none())
        .map(|pilot| pilot.strategy);
    let named: Vec<StrategyId> = choice.use_now.into_iter().chain(choice.later).chain(tried).collect();
    if let Some(id) = named.into_iter().find(|id| !stands(id)) {
        return Some(format!("{} is excluded, and recommended", id.key()));
    }
    let reference = answer.get(choice.reference?)?;
    let out = reference.out.iter().find(|out| !out.is_evidence())?;
    Some(format!("the reference is out: {out}", out = Exclusion::to_string(out)))
}

/// What replaces or follows is measured, or assumed, to meet the bar.
fn nothing_unproven_is_moved_to(answer: &Answer) -> Option<String> {
    let choice = &answer.decided.choice;
    let is_first = |id: StrategyId| choice.replaced.is_empty() && choice.use_now == Some(id);
    let moved = choice.later.into_iter().chain(choice.use_now.filter(|id| !is_first(*id)));
    let unproven = |id: &StrategyId| answer.get(*id).is_some_and(|one| !one.quality.is_accepted());
    let id = moved.into_iter().find(unproven)?;
    Some(format!("{} is moved to without proof", id.key()))
}

/// A reference that constraints forced and nobody measured is not used where something measured to meet the bar is
/// ready in time and costs no more than a fifth more; at any cost where it is a weaker model of a provider.
fn proof_comes_before_what_is_forced(case: &Case, answer: &Answer) -> Option<String> {
    let choice = &answer.decided.choice;
    let holder = answer.get(choice.use_now.filter(|id| choice.reference == Some(*id))?)?;
    let is_asked_for = matches!(holder.id, StrategyId::Prompt | StrategyId::Rag);
    let is_open = matches!(holder.quality, QualityState::Untested | QualityState::Stated(_));
    if is_asked_for || !is_open || case.inputs.economics.today != Today::Nothing {
        return None;
    }
    let (launch, present) = (case.inputs.constraints.launch_weeks, holder.tco()?);
    let class = |name: &str| case.catalog.api_model(name).and_then(|row| row.tier_class);
    let models = &case.inputs.models;
    let classes = class(&models.small_api_model).zip(class(&models.api_model));
    let is_weaker =
        holder.id == StrategyId::PromptSmall && classes.is_some_and(|(small, large)| small < large);
    let is_better = |one: &&Assessment| {
        let is_in_time = launch.is_none_or(|weeks| one.lead_weeks <= weeks);
        one.survives()
            && one.quality.meets()
            && is_in_time
            && one.tco().is_some_and(|own| is_weaker || own <= 1.2 * present)
    };
    // A stated share prices the wrong answers of the holder too.
    let is_priced = case.inputs.quality.cost_per_error.is_some();
    let better = answer.decided.assessments.iter().find(is_better).filter(|_| !is_priced)?;
    Some(format!("{} is proven and costs little more than {}", better.id.key(), holder.id.key()))
}

/// No trial stands before one that costs no more, saves no less and is ready no later.
fn trials_are_in_order(answer: &Answer) -> Option<String> {
    let weeks = |pilot: &Pilot| answer.get(pilot.strategy).map_or(0.0, |one| one.lead_weeks);
    let pilots: Vec<&Pilot> = answer
        .decided
        .pilots
        .iter()
        .filter(|pilot| pilot.saving.is_some() && pilot.stronger_model.is_none())
        .collect();
    let dominates = |a: &Pilot, b: &Pilot| {
        let (own, other) =
            ((a.cost, -a.saving.unwrap_or(0.0), weeks(a)), (b.cost, -b.saving.unwrap_or(0.0), weeks(b)));
        own.0 <= other.0 && own.1 <= other.1 && own.2 <= other.2 && own != other
    };
    for (place, first) in pilots.iter().enumerate() {
        if let Some(later) = pilots.iter().skip(place + 1).find(|later| dominates(later, first)) {
            return Some(format!(
                "{} is tried before {}, which dominates it",
                first.strategy.key(),
                later.strategy.key()
            ));
        }
    }
    None
}

/// No trial must show that everything is right.
fn trials_can_be_paid_and_passed(case: &Case, answer: &Answer) -> Option<String> {
    let bar = case.inputs.quality.required_quality;
    let is_impossible = |pilot: &&Pilot| bar >= 1.0 || pilot.needs_share.is_some_and(|share| share >= 1.0);
    let impossible = answer.decided.pilots.iter().find(is_impossible)?;
    Some(format!("{} would have to be always right", impossible.strategy.key()))
}

fn costs_add_up(answer: &Answer) -> Option<String> {
    let wrong = answer.decided.assessments.iter().find(|one| {
        one.cost.as_ref().is_ok_and(|cost| {
            let paid = cost.ledger.by_line().paid();
            !cost.tco.is_finite() || (paid - cost.tco).abs() > 0.01 + 1e-9 * cost.tco.abs()
        })
    })?;
    Some(format!("the ledger of {} does not add up to its total", wrong.id.key()))
}

/// Every sentence of an answer.
pub fn sentences(answer: &Answer) -> Vec<String> {
    let lede: String = answer.verdict.lede.iter().map(|span| span.text.as_str()).collect();
    let mut all = vec![answer.verdict.headline.clone(), lede, answer.verdict.short.clone()];
    all.extend(answer.confidence.reasons.iter().cloned());
    all.extend(answer.plan.iter().map(|step| step.text.clone()));
    all.push(answer.confidence.because.clone());
    all.extend(answer.trace.iter().flat_map(|step| [step.summary.clone(), step.text.clone()]));
    all.extend(answer.trace.iter().flat_map(|step| step.compared.iter().map(|(_, found)| found.clone())));
    all.extend(answer.explanations.iter().map(|one| one.in_full()));
    all.extend(
        answer.explanations.iter().flat_map(|one| one.findings.iter().map(|finding| finding.text.clone())),
    );
    all.extend(answer.pilots.iter().flat_map(|words| {
        [&words.takes, &words.gives, &words.if_passed, &words.if_failed].map(String::clone)
    }));
    all.extend(answer.relaxations.iter().map(|one| one.text.clone()));
    all
}

/// What is wrong with a sentence: two compared figures that read the same, a saving of nothing, a number that is none,
/// a share above one, or a wrong plural.
fn wrong_with(text: &str) -> Option<String> {
    let wrong = |what: &str| Some(format!("{what}: {text}"));
    for (before, between) in [
        ("aves ", ", less than the "),
        ("", " of the "),
        ("aves ", ", not more than the "),
        ("costs ", ", over your budget before launch of "),
    ] {
        if same_figures(text, before, between) {
            return wrong("two figures read the same");
        }
    }
    let singular = ["\u{a0}months", "\u{a0}weeks", "\u{a0}hours", "\u{a0}labels", "\u{a0}more examples"];
    let is_one = |before: &str| {
        before.ends_with('1')
            && !before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    if singular.iter().any(|noun| text.match_indices(noun).any(|(at, _)| is_one(&text[..at]))) {
        return wrong("one of several");
    }
    for bad in [
        "NaN",
        "inf ",
        "saves $0 ",
        "saves $0,",
        "Saves $0 ",
        "Saves $0,",
        "saves −",
        "Saves −",
        "costs $0 more",
        "—",
    ] {
        if text.contains(bad) {
            return wrong(bad);
        }
    }
    if text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 15) {
        return wrong("a number of many digits");
    }
    let shares = text.match_indices("\u{a0}%").filter_map(|(at, _)| {
        let number: String =
            text[..at].chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ',').collect();
        number.chars().rev().filter(|c| *c != ',').collect::<String>().parse::<f64>().ok()
    });
    // Changes of a price or a volume may pass all of it; shares of right or wrong answers may not.
    if (text.contains("right") || text.contains("wrong")) && shares.into_iter().any(|share| share > 100.0) {
        return wrong("a share above one");
    }
    None
}

/// Whether dollars on both sides of some words read the same.
fn same_figures(text: &str, before: &str, between: &str) -> bool {
    let is_figure =
        |c: char| c.is_ascii_digit() || matches!(c, '$' | '.' | ',' | '\u{a0}' | 'k' | 'M' | 'b' | 'n' | 't');
    text.match_indices(between).any(|(at, _)| {
        let left: String = text[..at].chars().rev().take_while(|c| is_figure(*c)).collect();
        let left: String = left.chars().rev().collect();
        let right: String = text[at + between.len()..].chars().take_while(|c| is_figure(*c)).collect();
        let right = right.trim_end_matches(['.', ',', '\u{a0}']).to_owned();
        let start = at - left.len();
        left.starts_with('$') && left == right && text[..start].ends_with(before)
    })
}
